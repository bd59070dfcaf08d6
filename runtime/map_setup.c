// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What maps need before the load: the sizes that depend on the host, and the
 * places they are pinned at. bcc takes both from the host it runs on.
 */
#define _GNU_SOURCE
#include <bpf/libbpf.h>
#include <errno.h>
#include <libgen.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "map_setup.h"

/* What the size of a ring buffer in the object is in units of. */
#define OBJECT_PAGE 4096

uint32_t b2c_ring_size(uint32_t size, long page)
{
	return size * (uint32_t)(page / OBJECT_PAGE);
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
	for (i = 0; i < run->tool->nr_pins && !err; i++)
		err = set_pin(run, object, &run->tool->pins[i]);
	return err;
}
