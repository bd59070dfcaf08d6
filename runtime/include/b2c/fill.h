// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What user space puts into maps: their size before the load, their elements between
 * the load and the attaching. A failure is reported and makes b2c_load() or b2c_trace() fail.
 */
#ifndef B2C_FILL_H
#define B2C_FILL_H

#include <stddef.h>
#include <stdint.h>

struct b2c_run;
struct bpf_map;
struct bpf_program;

/* Before b2c_load(): how many elements the map has; 0 leaves it as it is. */
void b2c_map_entries(struct b2c_run *run, struct bpf_map *map, uint64_t entries);

/*
 * Before b2c_load(): gives a ring buffer its size in the object for each CPU, as the
 * perf buffers have that it stands for.
 */
void b2c_ring_for_cpus(struct b2c_run *run, struct bpf_map *map);

/*
 * Before b2c_load(): has the programs use the map that is pinned at `path`, whose keys say
 * what to trace. With "" there is no map, and programs must not get to where they use it.
 */
void b2c_filter_map(struct b2c_run *run, struct bpf_map *map, const char *path);

/* After it. */

/*
 * An element of a hash, array or trie; the value of a per-CPU map is that of every CPU.
 * The sizes of key and value are compared with the map's once, before.
 */
void b2c_fill_sizes(struct b2c_run *run, const struct bpf_map *map, size_t key, size_t value);
void b2c_fill(struct b2c_run *run, struct bpf_map *map, const void *key, const void *value);

/* A text in a value's array of characters, which has zeros behind it; one at least. */
void b2c_fill_text(struct b2c_run *run, const struct bpf_map *map, char *place, size_t size,
		   const char *text);

/* A program for tail calls, which must be of the kind of those that call it. */
void b2c_fill_program(struct b2c_run *run, struct bpf_map *map, uint32_t index,
		      const struct bpf_program *program);

/* A cgroup (version 2) by its folder. A path that is "" leaves the element empty. */
void b2c_fill_cgroup(struct b2c_run *run, struct bpf_map *map, uint32_t index, const char *path);

/* A network interface by its name. A name that is "" leaves the element empty. */
void b2c_fill_interface(struct b2c_run *run, struct bpf_map *map, uint32_t index,
			const char *name);

/* A CPU that packets may be sent to, and how many of them can wait for it. */
void b2c_fill_cpu(struct b2c_run *run, struct bpf_map *map, uint32_t cpu, uint32_t queue);

/* An inner map; and `nr` new ones like `form`, under the keys from 0 on. */
void b2c_fill_map(struct b2c_run *run, struct bpf_map *map, uint32_t index,
		  const struct bpf_map *inner);
void b2c_fill_maps(struct b2c_run *run, struct bpf_map *map, const struct bpf_map *form,
		   uint32_t nr);

/* A counter of perf's event ("cpu-cycles") on every online CPU, each under the CPU's number. */
void b2c_fill_counters(struct b2c_run *run, struct bpf_map *map, const char *event);

#endif
