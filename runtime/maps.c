// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Reading and emptying maps; see maps.h. */
#define _GNU_SOURCE
#include "maps.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define BATCH 1024

/* The map being read. */
struct reader {
	int fd;
	bool is_array;
	bool clear;
	size_t sum_size;
	size_t nr_cpus;	  /* per-CPU maps; else 1 */
	size_t slot_size; /* of one CPU's value as the kernel copies it */
	uint32_t max_entries;
	struct b2c_elements *elements;
};

static int reader_init(struct reader *reader, const struct b2c_map_form *form,
		       const struct b2c_read *how)
{
	uint32_t type = form->type;
	bool is_percpu = type == BPF_MAP_TYPE_PERCPU_ARRAY || type == BPF_MAP_TYPE_PERCPU_HASH ||
			 type == BPF_MAP_TYPE_LRU_PERCPU_HASH;
	int nr_cpus = is_percpu ? libbpf_num_possible_cpus() : 1;

	if (nr_cpus < 1)
		return nr_cpus < 0 ? nr_cpus : -EINVAL;
	if (is_percpu && how->lists_cpus)
		reader->elements->nr_cpus = (size_t)nr_cpus;
	else if (is_percpu && (how->sum_size != 4 && how->sum_size != 8))
		return -EINVAL;
	reader->fd = form->fd;
	reader->is_array = type == BPF_MAP_TYPE_ARRAY || type == BPF_MAP_TYPE_PERCPU_ARRAY;
	reader->elements->is_array = reader->is_array;
	reader->clear = how->clear;
	reader->sum_size = how->sum_size;
	reader->nr_cpus = (size_t)nr_cpus;
	reader->slot_size = form->value_size;
	if (is_percpu)
		reader->slot_size = (reader->slot_size + 7) / 8 * 8;
	reader->max_entries = form->max_entries;
	reader->elements->key_size = form->key_size;
	reader->elements->value_size = form->value_size;
	return 0;
}

int b2c_elements_reserve(struct b2c_elements *elements, size_t more)
{
	size_t room = elements->room ? elements->room : 64;
	uint8_t *grown;

	while (room < elements->nr + more)
		room *= 2;
	if (room == elements->room)
		return 0;
	grown = realloc(elements->keys, room * elements->key_size + 1); /* queues have no keys */
	if (!grown)
		return -ENOMEM;
	elements->keys = grown;
	grown = realloc(elements->values, room * elements->value_size);
	if (!grown)
		return -ENOMEM;
	elements->values = grown;
	elements->room = room;
	return 0;
}

void b2c_elements_free(struct b2c_elements *elements)
{
	free(elements->keys);
	free(elements->values);
	*elements = (struct b2c_elements){ 0 };
}

/* Adds the integers of one CPU's value to those of the sum. */
static void add_values(uint8_t *sum, const uint8_t *value, size_t size, size_t sum_size)
{
	uint64_t a, b;
	uint32_t c, d;
	size_t i;

	for (i = 0; i + sum_size <= size; i += sum_size) {
		if (sum_size == 8) {
			memcpy(&a, sum + i, sizeof(a));
			memcpy(&b, value + i, sizeof(b));
			a += b;
			memcpy(sum + i, &a, sizeof(a));
		} else {
			memcpy(&c, sum + i, sizeof(c));
			memcpy(&d, value + i, sizeof(d));
			c += d;
			memcpy(sum + i, &c, sizeof(c));
		}
	}
}

/* Appends one element as the kernel gave it. */
static int append(struct reader *reader, const uint8_t *key, const uint8_t *slots)
{
	struct b2c_elements *elements = reader->elements;
	size_t copies = elements->nr_cpus ? elements->nr_cpus : 1, cpu;
	int err = b2c_elements_reserve(elements, copies);
	uint8_t *value;

	for (cpu = 0; !err && cpu < elements->nr_cpus; cpu++) {
		size_t index = elements->nr++;

		memcpy(elements->keys + index * elements->key_size, key, elements->key_size);
		memcpy(elements->values + index * elements->value_size,
		       slots + cpu * reader->slot_size, elements->value_size);
	}
	if (err || elements->nr_cpus)
		return err;
	memcpy(elements->keys + elements->nr * elements->key_size, key, elements->key_size);
	value = elements->values + elements->nr * elements->value_size;
	memcpy(value, slots, elements->value_size);
	for (cpu = 1; cpu < reader->nr_cpus; cpu++)
		add_values(value, slots + cpu * reader->slot_size, elements->value_size,
			   reader->sum_size);
	elements->nr++;
	return 0;
}

/* One call of a batch operation; *ret_nr elements came. -ENOENT after the last. */
static int next_batch(const struct reader *reader, void *in, void *out, uint8_t *buffers[2],
		      uint32_t *ret_nr)
{
	LIBBPF_OPTS(bpf_map_batch_opts, opts);
	int err;

	if (reader->clear && !reader->is_array)
		err = bpf_map_lookup_and_delete_batch(reader->fd, in, out, buffers[0], buffers[1],
						      ret_nr, &opts);
	else
		err = bpf_map_lookup_batch(reader->fd, in, out, buffers[0], buffers[1], ret_nr,
					   &opts);
	return err < 0 ? err : 0;
}

/* All of it by batches of `size`. -ENOSPC: a bucket of the hash has more. */
static int read_batches(struct reader *reader, uint32_t size)
{
	size_t key_size = reader->elements->key_size;
	size_t value_size = reader->slot_size * reader->nr_cpus;
	uint8_t *position = calloc(2, key_size < 8 ? 8 : key_size);
	uint8_t *buffers[2] = { calloc(size, key_size), calloc(size, value_size) };
	uint8_t *in = NULL, *out = position;
	int err = position && buffers[0] && buffers[1] ? 0 : -ENOMEM;
	bool is_last = false;
	uint32_t nr, i;

	while (!err && !is_last) {
		nr = size;
		err = next_batch(reader, in, out, buffers, &nr);
		is_last = err == -ENOENT;
		if (is_last)
			err = 0;
		for (i = 0; i < nr && !err; i++)
			err = append(reader, buffers[0] + i * key_size,
				     buffers[1] + i * value_size);
		in = out;
		out = in == position ? position + (key_size < 8 ? 8 : key_size) : position;
	}
	free(position);
	free(buffers[0]);
	free(buffers[1]);
	return err;
}

/*
 * Takes one element after the other out of a hash, so that no update is lost: kernels
 * since 5.14. -EINVAL or another error of the first call: the kernel cannot.
 */
static int take_one_by_one(struct reader *reader, uint8_t *key, uint8_t *value)
{
	uint64_t nr_keys = 0;
	int err = 0;

	while (!err && nr_keys++ < reader->max_entries &&
	       bpf_map_get_next_key(reader->fd, NULL, key) == 0) {
		err = bpf_map_lookup_and_delete_elem(reader->fd, key, value);
		if (!err)
			err = append(reader, key, value);
		else if (err == -ENOENT) /* the program deleted it */
			err = 0;
	}
	return err;
}

/* The way of kernels before 5.6: key by key, then delete what was read. */
static int read_one_by_one(struct reader *reader)
{
	struct b2c_elements *elements = reader->elements;
	uint8_t *key = calloc(1, elements->key_size + 1);
	uint8_t *value = calloc(reader->nr_cpus, reader->slot_size);
	const void *previous = NULL;
	uint32_t nr_keys = 0;
	bool is_taken = false;
	int err = key && value ? 0 : -ENOMEM;
	size_t i;

	if (!err && reader->clear && !reader->is_array) {
		err = take_one_by_one(reader, key, value);
		is_taken = !err;
		err = err == -ENOMEM ? err : 0;
	}
	/* a hash that changes meanwhile can start over: no more than it can hold */
	while (!err && !is_taken && nr_keys++ < reader->max_entries &&
	       bpf_map_get_next_key(reader->fd, previous, key) == 0) {
		if (bpf_map_lookup_elem(reader->fd, key, value) == 0)
			err = append(reader, key, value);
		previous = key;
	}
	for (i = 0; !err && !is_taken && reader->clear && !reader->is_array && i < elements->nr;
	     i++)
		bpf_map_delete_elem(reader->fd, elements->keys + i * elements->key_size);
	free(key);
	free(value);
	return err;
}

static int zero_array(const struct reader *reader)
{
	uint8_t *zero = calloc(reader->nr_cpus, reader->slot_size);
	int err = zero ? 0 : -ENOMEM;
	uint32_t i;

	for (i = 0; i < reader->max_entries && !err; i++)
		err = bpf_map_update_elem(reader->fd, &i, zero, BPF_ANY);
	free(zero);
	return err;
}

/* Takes what there is out of a queue or stack, but no more than it holds at a time. */
static int take_all(struct reader *reader)
{
	uint8_t *value = calloc(1, reader->slot_size);
	uint64_t nr = 0;
	int err = value ? 0 : -ENOMEM;

	while (!err && nr++ < reader->max_entries) {
		err = bpf_map_lookup_and_delete_elem(reader->fd, NULL, value);
		if (!err)
			err = append(reader, value, value);
	}
	free(value);
	return err == -ENOENT ? 0 : err;
}

int b2c_map_read(const struct bpf_map *map, const struct b2c_read *how,
		 struct b2c_elements *ret_elements)
{
	const struct b2c_map_form form = {
		.fd = bpf_map__fd(map),
		.type = bpf_map__type(map),
		.key_size = bpf_map__key_size(map),
		.value_size = bpf_map__value_size(map),
		.max_entries = bpf_map__max_entries(map),
	};

	return b2c_map_read_form(&form, how, ret_elements);
}

int b2c_map_read_form(const struct b2c_map_form *form, const struct b2c_read *how,
		      struct b2c_elements *ret_elements)
{
	struct reader reader = { .elements = ret_elements };
	uint32_t size = BATCH;
	int err;

	*ret_elements = (struct b2c_elements){ 0 };
	err = reader_init(&reader, form, how);
	if (err)
		return err;
	if (form->type == BPF_MAP_TYPE_QUEUE || form->type == BPF_MAP_TYPE_STACK)
		return take_all(&reader);
	do {
		err = read_batches(&reader, size);
		size *= 8;
	} while (err == -ENOSPC && !ret_elements->nr && size < reader.max_entries * 8ULL);
	/* some kernels cannot do it for this map, or gave up on a crowded bucket */
	if (err && err != -ENOMEM) {
		if (!reader.clear || reader.is_array)
			ret_elements->nr = 0;
		err = read_one_by_one(&reader);
	}
	if (!err && reader.clear && reader.is_array)
		err = zero_array(&reader);
	return err;
}
