// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What outputs of maps print, without a kernel: a map is the array `fake_map`, and
 * standard output goes to a file in between. For tests that link the runtime.
 */
#ifndef B2C_TEST_PRINTED_H
#define B2C_TEST_PRINTED_H

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../runtime/maps.h"
#include "../../runtime/run.h"

/* The map that is read next; its elements stand in memory of the test. */
static struct {
	enum bpf_map_type type;
	const char *name;
	const void *keys;
	const void *values;
	size_t key_size;
	size_t value_size;
	size_t nr;
	size_t nr_cpus;
	size_t nr_other; /* of another map, which begins with the same elements */
	bool cleared;	 /* by the last reading */
} fake_map;

int b2c_map_read(const struct bpf_map *map, const struct b2c_read *how,
		 struct b2c_elements *ret_elements)
{
	fake_map.cleared = how->clear;
	*ret_elements = (struct b2c_elements){
		.keys = (uint8_t *)fake_map.keys,
		.values = (uint8_t *)fake_map.values,
		.key_size = fake_map.key_size,
		.value_size = fake_map.value_size,
		.nr = map ? fake_map.nr_other : fake_map.nr,
		.nr_cpus = fake_map.nr_cpus,
	};
	return 0;
}

/* Elements with room are copies of those of the test. */
int b2c_elements_reserve(struct b2c_elements *elements, size_t more)
{
	size_t room = elements->nr + more;
	uint8_t *keys = malloc(room * elements->key_size + 1);
	uint8_t *values = malloc(room * elements->value_size + 1);

	assert_non_null(keys);
	assert_non_null(values);
	memcpy(keys, elements->keys, elements->nr * elements->key_size);
	memcpy(values, elements->values, elements->nr * elements->value_size);
	if (elements->room) {
		free(elements->keys);
		free(elements->values);
	}
	elements->keys = keys;
	elements->values = values;
	elements->room = room;
	return 0;
}

void b2c_elements_free(struct b2c_elements *elements)
{
	if (elements->room) {
		free(elements->keys);
		free(elements->values);
	}
	*elements = (struct b2c_elements){ 0 };
}

__u32 bpf_map__key_size(const struct bpf_map *map)
{
	(void)map;
	return (__u32)fake_map.key_size;
}

__u32 bpf_map__value_size(const struct bpf_map *map)
{
	(void)map;
	return (__u32)fake_map.value_size;
}

enum bpf_map_type bpf_map__type(const struct bpf_map *map)
{
	(void)map;
	return fake_map.type;
}

const char *bpf_map__name(const struct bpf_map *map)
{
	(void)map;
	return fake_map.name;
}

/* Standard output while a test prints; the text is valid until the next time. */
static struct {
	char text[16384];
	FILE *file;
	int saved;
} printed;

static void printed_begin(void)
{
	fflush(stdout);
	printed.saved = dup(STDOUT_FILENO);
	printed.file = tmpfile();
	assert_non_null(printed.file);
	dup2(fileno(printed.file), STDOUT_FILENO);
}

static const char *printed_end(void)
{
	size_t n;

	fflush(stdout);
	dup2(printed.saved, STDOUT_FILENO);
	close(printed.saved);
	rewind(printed.file);
	n = fread(printed.text, 1, sizeof(printed.text) - 1, printed.file);
	printed.text[n] = '\0';
	fclose(printed.file);
	return printed.text;
}

/* Frees what the outputs of a run hold. */
static void printed_free(struct b2c_run *run)
{
	size_t i;

	for (i = 0; i < run->nr_outputs; i++) {
		b2c_row_free(&run->outputs[i]->row);
		free(run->outputs[i]);
	}
	free(run->outputs);
	*run = (struct b2c_run){ .tool = run->tool };
}

#endif
