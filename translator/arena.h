// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Arena: memory of one translation. Everything in model.h lives in one arena
 * and is released together; nothing in it is freed alone. Running out of
 * memory ends the process with exit status 2, so no caller tests for NULL.
 */
#ifndef B2C_ARENA_H
#define B2C_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct b2c_arena;

struct b2c_arena *arena_new(void);
void arena_free(struct b2c_arena *arena);

/* Zeroed memory, aligned for any type. */
void *arena_alloc(struct b2c_arena *arena, size_t size);
char *arena_strdup(struct b2c_arena *arena, const char *s);
char *arena_strndup(struct b2c_arena *arena, const char *s, size_t n);
char *arena_printf(struct b2c_arena *arena, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct b2c_arena *arena, const char *fmt, va_list args);

/*
 * Growing array: returns `items` with room for one more than `nr`. Grows by
 * powers of two, so the caller keeps only the pointer and the count.
 */
void *arena_grow(struct b2c_arena *arena, void *items, size_t nr, size_t item_size);

#define arena_append(arena, items, nr) \
	((items) = arena_grow((arena), (items), (nr), sizeof(*(items))), &(items)[(nr)++])

#ifdef __cplusplus
}
#endif

#endif
