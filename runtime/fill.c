// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What user space puts into maps; see fill.h. */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <b2c/fill.h>

#include "fill.h"
#include "run.h"

void b2c_fill_failed(struct b2c_run *run, int err)
{
	if (!run->err)
		run->err = err;
}

void b2c_map_entries(struct b2c_run *run, struct bpf_map *map, uint64_t entries)
{
	int err = entries > UINT32_MAX ? -E2BIG : 0;

	if (!err && entries)
		err = bpf_map__set_max_entries(map, (uint32_t)entries);
	if (!err)
		return;
	b2c_error(run, "map '%s' cannot have %llu elements: %s", bpf_map__name(map),
		  (unsigned long long)entries, b2c_strerror(err));
	b2c_fill_failed(run, err);
}

static bool is_per_cpu(const struct bpf_map *map)
{
	enum bpf_map_type type = bpf_map__type(map);

	return type == BPF_MAP_TYPE_PERCPU_HASH || type == BPF_MAP_TYPE_PERCPU_ARRAY ||
	       type == BPF_MAP_TYPE_LRU_PERCPU_HASH;
}

/* The value once for every possible CPU, as the kernel wants it. */
static int update_every_cpu(struct bpf_map *map, const void *key, const void *value)
{
	size_t size = bpf_map__value_size(map), step = (size + 7) / 8 * 8, i;
	int nr_cpus = libbpf_num_possible_cpus(), err;
	char *values;

	if (nr_cpus < 0)
		return nr_cpus;
	values = calloc((size_t)nr_cpus, step);
	if (!values)
		return -ENOMEM;
	for (i = 0; i < (size_t)nr_cpus; i++)
		memcpy(values + i * step, value, size);
	err = bpf_map_update_elem(bpf_map__fd(map), key, values, BPF_ANY);
	free(values);
	return err;
}

void b2c_fill_sizes(struct b2c_run *run, const struct bpf_map *map, size_t key, size_t value)
{
	if (run->err || (bpf_map__key_size(map) == key && bpf_map__value_size(map) == value))
		return;
	b2c_error(run, "map '%s' does not have the layout of its elements", bpf_map__name(map));
	b2c_fill_failed(run, -EINVAL);
}

void b2c_fill(struct b2c_run *run, struct bpf_map *map, const void *key, const void *value)
{
	int err;

	if (run->err)
		return;
	err = is_per_cpu(map) ? update_every_cpu(map, key, value)
			      : bpf_map_update_elem(bpf_map__fd(map), key, value, BPF_ANY);
	if (!err)
		return;
	b2c_error(run, "cannot put an element into map '%s': %s", bpf_map__name(map),
		  err == -E2BIG ? "it is full" : b2c_strerror(err));
	b2c_fill_failed(run, err);
}

void b2c_fill_text(struct b2c_run *run, const struct bpf_map *map, char *place, size_t size,
		   const char *text)
{
	size_t length = strlen(text);

	if (run->err)
		return;
	if (length >= size) {
		b2c_error(run, "cannot put '%s' into map '%s': it has more than %zu bytes", text,
			  bpf_map__name(map), size - 1);
		b2c_fill_failed(run, -E2BIG);
		return;
	}
	memset(place, 0, size);
	memcpy(place, text, length);
}

int b2c_fill_number(struct bpf_map *map, uint32_t number, uint32_t value)
{
	uint64_t key = number; /* little endian, so right for a shorter key too */

	if (bpf_map__key_size(map) > sizeof(key))
		return -EINVAL;
	return bpf_map_update_elem(bpf_map__fd(map), &key, &value, BPF_ANY);
}

void b2c_fill_program(struct b2c_run *run, struct bpf_map *map, uint32_t index,
		      const struct bpf_program *program)
{
	int err;

	if (run->err)
		return;
	err = b2c_fill_number(map, index, (uint32_t)bpf_program__fd(program));
	if (!err)
		return;
	b2c_error(run, "cannot put program '%s' into map '%s': %s", bpf_program__name(program),
		  bpf_map__name(map),
		  err == -EINVAL ? "the programs that call it are of another kind"
				 : b2c_strerror(err));
	b2c_fill_failed(run, err);
}

void b2c_fill_cgroup(struct b2c_run *run, struct bpf_map *map, uint32_t index, const char *path)
{
	int fd, err;

	if (run->err || !*path)
		return;
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	err = fd < 0 ? -errno : b2c_fill_number(map, index, (uint32_t)fd);
	if (fd >= 0)
		close(fd);
	if (!err)
		return;
	b2c_error(run, "cannot put cgroup '%s' into map '%s': %s", path, bpf_map__name(map),
		  err == -EINVAL || err == -EBADF ? "it is no folder of a cgroup2 file system"
						  : b2c_strerror(err));
	b2c_fill_failed(run, err);
}

void b2c_fill_interface(struct b2c_run *run, struct bpf_map *map, uint32_t index,
			const char *name)
{
	unsigned int interface;
	int err;

	if (run->err || !*name)
		return;
	interface = if_nametoindex(name);
	err = interface ? b2c_fill_number(map, index, interface) : -ENODEV;
	if (!err)
		return;
	b2c_error(run, "cannot put interface '%s' into map '%s': %s", name, bpf_map__name(map),
		  interface ? b2c_strerror(err) : "there is none of that name");
	b2c_fill_failed(run, err);
}

void b2c_fill_cpu(struct b2c_run *run, struct bpf_map *map, uint32_t cpu, uint32_t queue)
{
	int err = run->err ? 0 : b2c_fill_number(map, cpu, queue);

	if (!err)
		return;
	b2c_error(run, "cannot put CPU %u into map '%s': %s", cpu, bpf_map__name(map),
		  err == -ENODEV || err == -E2BIG ? "this host does not have it, or the map no room"
						  : b2c_strerror(err));
	b2c_fill_failed(run, err);
}

static void inner_failed(struct b2c_run *run, const struct bpf_map *map, const char *inner,
			 int err)
{
	b2c_error(run, "cannot put map '%s' into map '%s': %s", inner, bpf_map__name(map),
		  err == -EINVAL ? "it is of another form than the map's own" : b2c_strerror(err));
	b2c_fill_failed(run, err);
}

void b2c_fill_map(struct b2c_run *run, struct bpf_map *map, uint32_t index,
		  const struct bpf_map *inner)
{
	int err = run->err ? 0 : b2c_fill_number(map, index, (uint32_t)bpf_map__fd(inner));

	if (err)
		inner_failed(run, map, bpf_map__name(inner), err);
}

void b2c_fill_maps(struct b2c_run *run, struct bpf_map *map, const struct bpf_map *form,
		   uint32_t nr)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = bpf_map__map_flags(form));
	uint32_t i;
	int fd, err;

	for (i = 0; i < nr && !run->err; i++) {
		fd = bpf_map_create(bpf_map__type(form), bpf_map__name(form),
				    bpf_map__key_size(form), bpf_map__value_size(form),
				    bpf_map__max_entries(form), &opts);
		err = fd < 0 ? fd : b2c_fill_number(map, i, (uint32_t)fd);
		if (fd >= 0)
			close(fd);
		if (err)
			inner_failed(run, map, bpf_map__name(form), err);
	}
}
