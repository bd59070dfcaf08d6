// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What programs want to know about the host, found out before b2c_load(). What can't
 * be found is reported and makes b2c_trace() fail.
 */
#ifndef B2C_FACTS_H
#define B2C_FACTS_H

#include <stdint.h>

struct b2c_run;

/* The name space ("pid", "net", "mnt") of the tool: its inode and the device of that. */
void b2c_find_ns_ino(struct b2c_run *run, const char *kind, uint64_t *inode);
void b2c_find_ns_dev(struct b2c_run *run, const char *kind, uint64_t *device);

/* The tool's own process, as its pid name space numbers it, and where numbers end. */
void b2c_find_pid(struct b2c_run *run, uint32_t *pid);
void b2c_find_pid_max(struct b2c_run *run, uint32_t *pid_max);

void b2c_find_cpus(struct b2c_run *run, uint32_t *possible);
void b2c_find_online_cpus(struct b2c_run *run, uint32_t *online);
void b2c_find_page_size(struct b2c_run *run, uint32_t *bytes);
void b2c_find_clock_ticks(struct b2c_run *run, uint32_t *per_second);

/* Time since 1970 at which bpf_ktime_get_ns() was 0: the sum of both is the time of day. */
void b2c_find_boot_time(struct b2c_run *run, uint64_t *ns);

/* The address of a symbol of the kernel or a module; the second leaves 0 where it is not there. */
void b2c_find_symbol(struct b2c_run *run, const char *name, uint64_t *address);
void b2c_find_optional_symbol(struct b2c_run *run, const char *name, uint64_t *address);

/* 1 where a kprobe can be put on a function of the kernel, as far as that can be told; else 0. */
void b2c_find_function(struct b2c_run *run, const char *name, uint32_t *is_there);

/* 1 where the kernel has a tracepoint, "block:block_rq_issue"; else 0. */
void b2c_find_tracepoint(struct b2c_run *run, const char *name, uint32_t *is_there);

/*
 * 1 where a struct or union of the kernel has a member itself, "request.rq_disk", and not in an
 * unnamed one of its members; else 0. By the BTF of --btf or of the host, without which it fails.
 */
void b2c_find_member(struct b2c_run *run, const char *name, uint32_t *is_there);

#endif
