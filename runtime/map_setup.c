// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What maps need before the load: the sizes that depend on the host, and the
 * places they are pinned at. bcc takes both from the host it runs on.
 */
#define _GNU_SOURCE
#include <bpf/libbpf.h>
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "map_setup.h"

/* What the size of a ring buffer in the object is in units of. */
#define OBJECT_PAGE 4096

/* Sizes have 32 bits and are powers of two. */
static uint32_t ring_size(uint64_t size)
{
	return size < 1U << 31 ? (uint32_t)size : 1U << 31;
}

uint32_t b2c_ring_size(uint32_t size, long page)
{
	return ring_size((uint64_t)size * (uint64_t)(page / OBJECT_PAGE));
}

/* Ring buffers are so many pages; arrays of counters have one for each CPU at least. */
static int set_size(struct bpf_map *map)
{
	uint32_t size = bpf_map__max_entries(map);
	int nr_cpus;

	if (bpf_map__type(map) == BPF_MAP_TYPE_RINGBUF)
		return bpf_map__set_max_entries(map, b2c_ring_size(size, sysconf(_SC_PAGESIZE)));
	if (bpf_map__type(map) != BPF_MAP_TYPE_PERF_EVENT_ARRAY || !size)
		return 0;
	nr_cpus = libbpf_num_possible_cpus();
	if (nr_cpus < 0)
		return nr_cpus;
	return size < (uint32_t)nr_cpus ? bpf_map__set_max_entries(map, (uint32_t)nr_cpus) : 0;
}

uint32_t b2c_ring_of_cpus(uint32_t size, unsigned int nr_cpus)
{
	uint64_t all = size;

	while (all < (uint64_t)size * nr_cpus)
		all *= 2;
	return ring_size(all);
}

void b2c_ring_for_cpus(struct b2c_run *run, struct bpf_map *map)
{
	long nr_cpus = sysconf(_SC_NPROCESSORS_ONLN);
	int err;

	err = bpf_map__set_max_entries(map, b2c_ring_of_cpus(bpf_map__max_entries(map),
							     nr_cpus > 0 ? nr_cpus : 1));
	if (!err || run->err)
		return;
	b2c_error(run, "cannot size map '%s': %s", bpf_map__name(map), b2c_strerror(err));
	run->err = err;
}

/* ---- --map NAME=N ---- */

#define DEFAULT_PERF_PAGES 64

/* Types whose size no program counts on. Those of buffers are in bytes. */
static bool is_sizeable(const struct bpf_map *map)
{
	switch (bpf_map__type(map)) {
	case BPF_MAP_TYPE_HASH:
	case BPF_MAP_TYPE_PERCPU_HASH:
	case BPF_MAP_TYPE_LRU_HASH:
	case BPF_MAP_TYPE_LRU_PERCPU_HASH:
	case BPF_MAP_TYPE_LPM_TRIE:
	case BPF_MAP_TYPE_QUEUE:
	case BPF_MAP_TYPE_STACK:
	case BPF_MAP_TYPE_STACK_TRACE:
	case BPF_MAP_TYPE_HASH_OF_MAPS:
	case BPF_MAP_TYPE_RINGBUF:
		return true;
	case BPF_MAP_TYPE_PERF_EVENT_ARRAY:
		return !bpf_map__max_entries(map); /* others are counters, one for each CPU */
	default:
		return false;
	}
}

static int cannot_size(const struct b2c_run *run, struct bpf_object *object, const char *name)
{
	struct b2c_text names = { 0 };
	struct bpf_map *map;

	for (map = bpf_object__next_map(object, NULL); map;
	     map = bpf_object__next_map(object, map))
		if (is_sizeable(map))
			b2c_text_printf(&names, "%s'%s'", names.size ? ", " : "",
					bpf_map__name(map));
	b2c_error(run, "option '--map': '%s' is no map whose size can be set; those are %s", name,
		  b2c_text_string(&names));
	b2c_text_free(&names);
	return -EINVAL;
}

int b2c_map_size_parse(const char *word, char name[B2C_MAP_NAME], uint32_t *ret_size)
{
	size_t n = strcspn(word, "=");
	unsigned long long number;
	char *end;

	if (!n || n >= B2C_MAP_NAME || word[n] != '=' || word[n + 1] < '0' || word[n + 1] > '9')
		return -EINVAL;
	errno = 0;
	number = strtoull(word + n + 1, &end, 10);
	if (*end || errno || !number || number > INT_MAX)
		return -EINVAL;
	memcpy(name, word, n);
	name[n] = '\0';
	*ret_size = (uint32_t)number;
	return 0;
}

uint32_t b2c_buffer_pages(uint32_t bytes, long page)
{
	uint32_t pages = 1;

	while ((uint64_t)pages * (uint64_t)page < bytes)
		pages *= 2;
	return pages;
}

static int set_given_size(const struct b2c_run *run, struct bpf_object *object, const char *word)
{
	long page = sysconf(_SC_PAGESIZE);
	char name[B2C_MAP_NAME];
	struct bpf_map *map;
	uint32_t size;

	if (b2c_map_size_parse(word, name, &size)) {
		b2c_error(run, "option '--map' needs NAME=N with a number from 1 to %d, not '%s'",
			  INT_MAX, word);
		return -EINVAL;
	}
	map = bpf_object__find_map_by_name(object, name);
	if (!map || !is_sizeable(map))
		return cannot_size(run, object, name);
	if (bpf_map__type(map) == BPF_MAP_TYPE_PERF_EVENT_ARRAY)
		return 0; /* see b2c_perf_pages() */
	if (bpf_map__type(map) == BPF_MAP_TYPE_RINGBUF)
		size = b2c_buffer_pages(size, page) * (uint32_t)page;
	return bpf_map__set_max_entries(map, size);
}

size_t b2c_perf_pages(const struct b2c_run *run, const char *map)
{
	size_t pages = run->tool->perf_pages ? run->tool->perf_pages : DEFAULT_PERF_PAGES, i;
	char name[B2C_MAP_NAME];
	uint32_t size;

	for (i = 0; i < run->settings.map_sizes.nr; i++)
		if (!b2c_map_size_parse(run->settings.map_sizes.words[i], name, &size) &&
		    !strcmp(name, map))
			pages = b2c_buffer_pages(size, sysconf(_SC_PAGESIZE));
	return pages;
}

/* ---- pins ---- */

/* libbpf says only after the load that the path is in no BPF file system. */
static int check_path(const struct b2c_run *run, const struct b2c_pin *pin)
{
	char folder[PATH_MAX];
	struct statfs fs;

	snprintf(folder, sizeof(folder), "%s", pin->path);
	if (statfs(dirname(folder), &fs) || fs.f_type == BPF_FS_MAGIC)
		return 0;
	b2c_error(run, "map '%s' cannot be pinned at '%s', which is in no BPF file system",
		  pin->map, pin->path);
	return -EINVAL;
}

static int set_pin(const struct b2c_run *run, struct bpf_object *object, const struct b2c_pin *pin)
{
	struct bpf_map *map = bpf_object__find_map_by_name(object, pin->map);
	int err;

	if (!map) {
		b2c_error(run, "its BPF object has no map '%s'", pin->map);
		return -ENOENT;
	}
	err = check_path(run, pin);
	return err ? err : bpf_map__set_pin_path(map, pin->path);
}

int b2c_maps_setup(struct b2c_run *run, struct bpf_object *object)
{
	struct bpf_map *map;
	size_t i;
	int err = 0;

	for (map = bpf_object__next_map(object, NULL); map && !err;
	     map = bpf_object__next_map(object, map))
		err = set_size(map);
	if (err)
		b2c_error(run, "cannot size its maps: %s", b2c_strerror(err));
	for (i = 0; i < run->settings.map_sizes.nr && !err; i++)
		err = set_given_size(run, object, run->settings.map_sizes.words[i]);
	for (i = 0; i < run->tool->nr_pins && !err; i++)
		err = set_pin(run, object, &run->tool->pins[i]);
	return err;
}
