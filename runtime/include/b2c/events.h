// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Outputs that come as they happen: records of ring and perf buffers, and the
 * lines of bpf_trace_printk. Registered between b2c_load() and b2c_trace(); what
 * fails is reported by b2c_trace().
 */
#ifndef B2C_EVENTS_H
#define B2C_EVENTS_H

#include <stddef.h>
#include <stdint.h>

#include <b2c/counts.bpf.h>
#include <b2c/print.h>

struct bpf_map;
struct b2c_run;

/* What a b2c_print_event_fn returns of a record that is not of its output. */
#define B2C_NOT_TAKEN 1

/*
 * Prints one record; `row` is a struct b2c_row. Perf buffers may pad: `size`
 * can be larger than what was submitted. Returns what b2c_row_end() returned.
 */
typedef int (*b2c_print_event_fn)(void *row, void *data, size_t size);

/*
 * Ring or perf buffer, by the map's type. Called again for the same map it adds an
 * output for the records that those before do not take. What no output takes is counted.
 */
void b2c_print_events(struct b2c_run *run, struct bpf_map *map, b2c_print_event_fn print,
		      const struct b2c_column *columns, size_t nr_columns);

/*
 * The counters of the BPF program, B2C_NR_LOST of them in its .bss or .data, of records
 * that did not get into the buffer given to b2c_print_events() just before. Without them, what
 * a perf buffer loses is the kernel's count, and a ring buffer's losses are unknown.
 */
void b2c_count_lost(struct b2c_run *run, const unsigned long long *lost);

/* A counter of the BPF program, in the same place, of elements that a map had no room for. */
void b2c_count_full(struct b2c_run *run, struct bpf_map *map, const unsigned long long *nr);

/* Rows of the output added last begin with "record" in JSON. */
void b2c_name_record(struct b2c_run *run, const char *name);

/* The output added last prints rows alone. */
void b2c_hide_header(struct b2c_run *run);

/* A line of bpf_trace_printk. */
struct b2c_trace_line {
	char task[16];
	int pid; /* of the thread */
	int cpu;
	char flags[16];		 /* of interrupts and preemption, as ftrace writes them */
	unsigned long long time; /* ns since the boot; ftrace tells microseconds */
	char text[8192];
};

/* Lines of bpf_trace_printk as they are; as JSON task, pid, CPU, flags, time and text. */
void b2c_print_trace(struct b2c_run *run);

/*
 * As rows of columns; the records are struct b2c_trace_line. Called again it adds an output
 * as b2c_print_events() does.
 */
void b2c_print_trace_rows(struct b2c_run *run, b2c_print_event_fn print,
			  const struct b2c_column *columns, size_t nr_columns);

#endif
