// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Arena: a list of blocks; see arena.h for what it promises. */
#include "arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)64 * 1024)

struct block {
	struct block *next;
	size_t used;
	size_t size;
	_Alignas(max_align_t) unsigned char data[];
};

struct b2c_arena {
	struct block *blocks;
};

static void *must(void *memory)
{
	if (!memory) {
		fputs("bcc2core: out of memory\n", stderr);
		_Exit(2);
	}
	return memory;
}

struct b2c_arena *arena_new(void)
{
	return must(calloc(1, sizeof(struct b2c_arena)));
}

void arena_free(struct b2c_arena *arena)
{
	struct block *block, *next;

	if (!arena)
		return;
	for (block = arena->blocks; block; block = next) {
		next = block->next;
		free(block);
	}
	free(arena);
}

void *arena_alloc(struct b2c_arena *arena, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	struct block *block = arena->blocks;
	void *memory;

	size = (size + align - 1) / align * align;
	if (!block || block->size - block->used < size) {
		size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;

		block = must(calloc(1, sizeof(*block) + room));
		block->size = room;
		block->next = arena->blocks;
		arena->blocks = block;
	}
	memory = block->data + block->used;
	block->used += size;
	return memory;
}

char *arena_strndup(struct b2c_arena *arena, const char *s, size_t n)
{
	char *copy = arena_alloc(arena, n + 1);

	memcpy(copy, s, n);
	return copy;
}

char *arena_strdup(struct b2c_arena *arena, const char *s)
{
	return arena_strndup(arena, s, strlen(s));
}

char *arena_vprintf(struct b2c_arena *arena, const char *fmt, va_list args)
{
	va_list again;
	char *text;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	text = arena_alloc(arena, (size_t)n + 1);
	vsnprintf(text, (size_t)n + 1, fmt, args);
	return text;
}

char *arena_printf(struct b2c_arena *arena, const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	text = arena_vprintf(arena, fmt, args);
	va_end(args);
	return text;
}

void *arena_grow(struct b2c_arena *arena, void *items, size_t nr, size_t item_size)
{
	void *larger;

	/* Room is always the next power of two: full exactly when nr is one. */
	if (nr & (nr - 1) || (nr == 0 && items))
		return items;
	larger = arena_alloc(arena, (nr ? 2 * nr : 1) * item_size);
	if (nr)
		memcpy(larger, items, nr * item_size);
	return larger;
}
