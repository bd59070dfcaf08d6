// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What a run prints and what it waits for. Part of run.h.
 */
#ifndef B2C_OUTPUTS_H
#define B2C_OUTPUTS_H

#include <bpf/libbpf.h>

#include <b2c/b2c.h>

#include "text.h"

struct b2c_elements;
struct b2c_output;

/* A row in the making; see print.h. */
struct b2c_row {
	struct b2c_run *run;
	const struct b2c_output *output; /* whose header belongs above; NULL: no header */
	const struct b2c_column *columns;
	size_t nr_columns;
	const char *name; /* "table" of JSON; NULL: without */
	const char *record; /* "record" of JSON; NULL: without */
	const char *time; /* "timestamp" of JSON and CSV; NULL: without */
	/* takes each cell, as of JSON, instead of a line; NULL: it is printed */
	void (*take)(struct b2c_row *row, const char *cell, size_t size);
	void *taker; /* of `take` */
	size_t column;	  /* the next one */
	size_t nr_cells;  /* of this row, so far */
	size_t last_cell; /* where the last one starts in `line` */
	bool ends_in_text; /* it is text, which may be cut */
	bool no_header;
	uint64_t *previous; /* a time for each column, of the row before; NULL: none yet */
	struct b2c_text line;
	struct b2c_text scratch;
	struct b2c_text below; /* lines that follow the row */
	bool has_below;
	bool json;
	bool csv;
	int err; /* first failure of writing a row */
};

/* One output that prints maps, or one kind of rows from events. */
struct b2c_output {
	struct bpf_map *map;
	struct bpf_map *traces; /* stacks: their frames */
	const void *config;	/* struct b2c_table, b2c_histogram or b2c_stacks */
	int (*print)(struct b2c_run *run, struct b2c_output *output); /* NULL: events */
	/* appends its metrics for Prometheus; NULL: it has none */
	int (*expose)(struct b2c_run *run, struct b2c_output *output, struct b2c_text *text);
	bool every_interval;
	uint32_t every; /* seconds; 0: see every_interval */
	bool clear;
	bool (*when)(void), (*timestamp)(void), (*screen)(void);
	bool no_last;
	bool has_above;
	void (*above)(struct b2c_lines *lines);
	void (*below)(struct b2c_lines *lines);
	bool is_left_out; /* a summary whose row is not there: nor is what stands below it */
	bool header_once;
	int64_t next_ms;  /* of `every`: when it is printed next */
	int64_t since_ms; /* what its map has counted is from then on */
	struct b2c_row row;
	b2c_print_event_fn print_event;
	const unsigned long long *lost; /* the BPF program's B2C_NR_LOST counters; NULL: none */
	uint64_t nr_received;		/* events */
	uint64_t nr_kernel_lost;	/* of a perf buffer, by the kernel's count */
	bool is_joined; /* another one before it reads its map */
	struct b2c_output *other; /* events: takes what this one does not; NULL: nobody does */
	struct b2c_parts *parts; /* events: of rows of several records; NULL: there are none */
	void (*free_parts)(struct b2c_parts *parts);
};

/* Tables, histograms and stacks have the same members for when they are printed. */
#define B2C_TAKE_TIMES(output, config)                              \
	do {                                                        \
		(output)->every_interval = (config)->every_interval; \
		(output)->every = (config)->every;                  \
		(output)->clear = (config)->clear;                  \
		(output)->when = (config)->when;                    \
		(output)->timestamp = (config)->timestamp;          \
		(output)->screen = (config)->screen;                \
		(output)->no_last = (config)->no_last;              \
		(output)->has_above = (config)->has_above;          \
		(output)->above = (config)->above;                  \
		(output)->below = (config)->below;                  \
	} while (0)

/* Something to wait for. */
struct b2c_source {
	int fd; /* becomes readable; not owned */
	size_t room; /* bytes of the buffer behind it; 0: none, or not known */
	size_t (*waiting)(const void *handle); /* how many of them are to be read; NULL: unknown */
	void *handle;
	int (*consume)(struct b2c_run *run, void *handle); /* all that is there; 0 or -errno */
	void (*release)(void *handle);
};

/* ---- ring_buffer.c, perf_buffer.c ---- */

int b2c_add_ring(struct b2c_run *run, struct b2c_output *output);
int b2c_add_perf(struct b2c_run *run, struct b2c_output *output);

/* ---- output.c ---- */

/* Adds an output and returns it; NULL when run->err is set, for want of memory or before. */
struct b2c_output *b2c_add_output(struct b2c_run *run, struct bpf_map *map);
/* The same for a map whose keys and values must have these sizes, else run->err is -EINVAL. */
struct b2c_output *b2c_add_map_output(struct b2c_run *run, struct bpf_map *map, size_t key_size,
				      size_t value_size);
/* Has the first output that takes the record print it. Returns 0 or -errno. */
int b2c_print_record(struct b2c_output *output, void *data, size_t size);
/*
 * Adds an output of records, of a map or the trace pipe (NULL), whose records it must be given.
 * NULL: they come to it from one before it, or run->err is set.
 */
struct b2c_output *b2c_add_event_output(struct b2c_run *run, struct bpf_map *map,
					b2c_print_event_fn print,
					const struct b2c_column *columns, size_t nr_columns);
/* Takes over the handle, also on failure. */
int b2c_add_source(struct b2c_run *run, const struct b2c_source *source);

int b2c_write(struct b2c_run *run, const char *data, size_t size);
int b2c_write_text(struct b2c_run *run, const struct b2c_text *text);
int b2c_flush(struct b2c_run *run);
/* Columns of the terminal that standard output is; 0: it is none. Asked again after each flush. */
size_t b2c_terminal_width(struct b2c_run *run);

/* A text of a tool, or the one that its options choose. */
static inline const char *b2c_text_of(const char *text, const char *(*choose)(void))
{
	return choose ? choose() : text;
}

/* ---- print.c ---- */

/* Numbers and names for a program: JSON or CSV. */
static inline bool b2c_row_is_data(const struct b2c_row *row)
{
	return row->json || row->csv;
}

/* Whether a column is there at all: its `when`. */
bool b2c_column_is_shown(const struct b2c_column *column);

void b2c_row_init(struct b2c_row *row, struct b2c_run *run, const struct b2c_output *output,
		  const struct b2c_column *columns, size_t nr_columns);
void b2c_row_free(struct b2c_row *row);
/* Lines below the row instead of the next cell. */
void b2c_row_add_below(struct b2c_row *row, const struct b2c_text *lines);
int b2c_print_header(struct b2c_run *run, const struct b2c_row *row);
/* The column of the next cell; one that asks for nothing where there are no more. */
const struct b2c_column *b2c_row_column(const struct b2c_row *row);
/* Whether that column is not there, so that its value need not be looked up. */
bool b2c_row_skips(const struct b2c_row *row);
/* Appends a finished cell: a JSON value, or text that is padded here. */
void b2c_put_cell(struct b2c_row *row, const char *cell, size_t size);
/* A number that has no name: the column's text for those, or the number. */
void b2c_put_unnamed(struct b2c_row *row, long long value);
/* "READ" for the number that the table has so, else the number. */
void b2c_put_named(struct b2c_row *row, const struct b2c_name *names, size_t nr_names,
		   long long value);

/* ---- rounds.c: which maps are printed when ---- */

enum b2c_round { B2C_ROUND_TIMER, B2C_ROUND_INTERVAL, B2C_ROUND_END, B2C_ROUND_REST };

/* From now on maps count; `end_ms` is when the run ends by itself, or 0. */
void b2c_rounds_start(struct b2c_run *run, int64_t now_ms, int64_t end_ms);
/* When the next map with seconds of its own is due; 0: never. */
int64_t b2c_rounds_next(const struct b2c_run *run);
/*
 * Prints what is due: by its own seconds alone, with an interval, at the end with
 * the last interval, or at the end when that was printed already.
 */
int b2c_print_round(struct b2c_run *run, int64_t now_ms, enum b2c_round round);

/* ---- lines.c ---- */

void b2c_find_seconds(const struct b2c_run *run); /* for seconds_of_round() */
/* What the function adds; NULL adds nothing. */
int b2c_print_lines(struct b2c_run *run, void (*add)(struct b2c_lines *lines));

/* ---- derived.c ---- */

/* What is printed next has been counted since then. */
void b2c_count_from(int64_t since_ms);
void b2c_set_row_cpu(int cpu);

/* ---- csv.c ---- */

/* Begins the block of a row's kind, unless the last line belongs to it already. */
int b2c_csv_header(struct b2c_run *run, const struct b2c_row *row);
/* The same for a kind without columns, by the text of its header. */
int b2c_csv_block(struct b2c_run *run, const struct b2c_row *row, const char *header);

#endif
