// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Tables of maps in maps: the elements of all inner maps one after the other. Behind the key
 * of each is that of the outer map which its map is under.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "maps.h"
#include "run.h"

#define ALIGN(size) (((size) + 7) / 8 * 8)

const void *b2c_outer_key(const void *key, size_t key_size)
{
	return (const char *)key + ALIGN(key_size);
}

/* Appends the elements of an inner map that was read. */
static int append(struct b2c_elements *all, const struct b2c_elements *inner, const void *outer,
		  size_t outer_size)
{
	int err = b2c_elements_reserve(all, inner->nr);
	size_t i;

	for (i = 0; i < inner->nr && !err; i++, all->nr++) {
		uint8_t *key = all->keys + all->nr * all->key_size;

		memset(key, 0, all->key_size);
		memcpy(key, inner->keys + i * inner->key_size, inner->key_size);
		memcpy(key + ALIGN(inner->key_size), outer, outer_size);
		memcpy(all->values + all->nr * all->value_size,
		       inner->values + i * inner->value_size, inner->value_size);
	}
	return err;
}

/* What the outer map has for a key is the inner map's id. */
static int read_inner(uint32_t id, const struct b2c_read *how, struct b2c_elements *ret_inner)
{
	struct bpf_map_info info = { 0 };
	uint32_t size = sizeof(info);
	struct b2c_map_form form;
	int fd = bpf_map_get_fd_by_id(id), err;

	if (fd < 0)
		return -errno;
	err = bpf_obj_get_info_by_fd(fd, &info, &size) ? -errno : 0;
	form = (struct b2c_map_form){ fd, info.type, info.key_size, info.value_size,
				      info.max_entries };
	if (!err)
		err = b2c_map_read_form(&form, how, ret_inner);
	close(fd);
	return err;
}

static int read_under(const struct bpf_map *map, const void *key, const struct b2c_read *how,
		      struct b2c_elements *all)
{
	size_t outer_size = bpf_map__key_size(map);
	struct b2c_elements inner = { 0 };
	uint32_t id;
	int err;

	/* an array has places without a map, and a program may take one out of a hash */
	if (bpf_map_lookup_elem(bpf_map__fd(map), key, &id))
		return 0;
	err = read_inner(id, how, &inner);
	if (err == -ENOENT)
		return 0;
	if (!err && !all->key_size) {
		all->key_size = ALIGN(inner.key_size) + ALIGN(outer_size);
		all->value_size = inner.value_size;
		all->nr_cpus = inner.nr_cpus;
		all->is_array = inner.is_array;
	}
	if (!err)
		err = append(all, &inner, key, outer_size);
	b2c_elements_free(&inner);
	return err;
}

int b2c_read_inner_maps(const struct bpf_map *map, const struct b2c_read *how,
			struct b2c_elements *ret_elements)
{
	uint32_t nr = 0, most = bpf_map__max_entries(map);
	void *key = calloc(1, bpf_map__key_size(map));
	const void *before = NULL;
	int err = key ? 0 : -ENOMEM;

	*ret_elements = (struct b2c_elements){ 0 };
	/* a hash that changes meanwhile can start over: no more than it can hold */
	while (!err && nr++ < most && !bpf_map_get_next_key(bpf_map__fd(map), before, key)) {
		err = read_under(map, key, how, ret_elements);
		before = key;
	}
	free(key);
	return err;
}
