// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Stacks: a map that counts by stack ids and the BPF_MAP_TYPE_STACK_TRACE map
 * that the ids belong to, printed frame by frame or folded for flame graphs.
 */
#ifndef B2C_STACKS_H
#define B2C_STACKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <b2c/print.h>

struct bpf_map;
struct b2c_lines;
struct b2c_run;

#define B2C_COMM_SIZE 64

/* One element of the counting map. */
struct b2c_stack {
	int64_t kernel; /* what bpf_get_stackid() returned; negative: there is none */
	int64_t user;
	uint32_t pid;		  /* process id (tgid) of the user stack */
	char comm[B2C_COMM_SIZE]; /* by b2c_stack_comm(); "": that of pid */
	uint64_t count;
};

static inline void b2c_stack_comm(struct b2c_stack *stack, const char *comm, size_t size)
{
	size_t i;

	for (i = 0; i < size && i < sizeof(stack->comm) - 1 && comm[i]; i++)
		stack->comm[i] = comm[i];
	stack->comm[i] = '\0';
}

/*
 * Finds user symbols; references liblzma and libiberty, so that tools without user stacks link
 * without them. The value for `users` of a tool that has them: &b2c_user_symbols.
 */
struct b2c_symbolizer;
extern const struct b2c_symbolizer b2c_user_symbols;

/* How they are printed, beside enum b2c_symbol_part. */
enum b2c_stacks_form {
	B2C_STACKS_FOLDED = 4,	   /* one line a stack */
	B2C_STACKS_DELIMITED = 8,  /* "-" or "--" between kernel and user frames */
	B2C_STACKS_ANNOTATED = 16, /* "_[k]" behind kernel frames */
};

/*
 * Lines that a tool says itself. A function of it calls, for each line of an element, one of the
 * functions below; it is called several times for an element and does the same each time.
 */
struct b2c_layout;

/* A stack of them. */
struct b2c_side {
	const char *key; /* of JSON and CSV */
	const struct b2c_symbolizer *users; /* &b2c_user_symbols; NULL: it is the kernel's */
	const char *indent; /* before each frame, in lines */
	int address; /* width of the address before the name, in lines; 0: without */
	size_t skip; /* so many innermost frames are left out */
	bool reversed; /* outermost first */
};

/* Up to `size` bytes of a text; key of JSON and CSV, NULL: it is not in these. */
void b2c_lay_text(struct b2c_layout *layout, const char *key, const char *text, size_t size);
/* A text that ends with its NUL, of text alone. */
static inline void b2c_lay_line(struct b2c_layout *layout, const char *text)
{
	b2c_lay_text(layout, NULL, text, SIZE_MAX);
}

/* The frames of an id, negative: none; those of a process by its pid. */
void b2c_lay_stack(struct b2c_layout *layout, const struct b2c_side *side, int64_t id,
		   uint32_t pid);

struct b2c_stacks {
	const char *name; /* "stacks" of JSON; NULL: without */
	void (*get)(const void *key, const void *value, struct b2c_stack *ret_stack);
	size_t key_size; /* checked against the map */
	size_t value_size;
	bool has_kernel; /* `get` sets kernel */
	bool has_user;	 /* `get` sets user and pid */
	bool has_task;	 /* `get` sets pid, comm or both: a line "-  comm (pid)" */
	const struct b2c_symbolizer *users; /* &b2c_user_symbols if has_user, else NULL */
	unsigned int (*form)(void);	    /* b2c_symbol_part, b2c_stacks_form; NULL: none */
	/* The lines of an element, and the parts of its folded line, which end in the count. */
	void (*lines)(const void *key, const void *value, struct b2c_layout *layout);
	void (*fold)(const void *key, const void *value, struct b2c_layout *layout);
	/* Of JSON and CSV, with lines: the task's, the keys of `fold` or of `lines`, "count". */
	const struct b2c_column *columns;
	size_t nr_columns;
	/* Largest first; NULL: by the count, smallest first, as bcc. */
	double (*order)(const void *key, const void *value);
	uint64_t top;	  /* so many of those that count most; 0: all */
	const char *unit; /* of the counts, in JSON; NULL: a number */
	const char *(*unit_of)(void); /* the one that options choose; NULL: `unit` */
	bool every_interval;		    /* else only at the end */
	uint32_t every; /* seconds, unless the command line gives an interval; 0: see above */
	bool clear;	/* empty the map after each print */
	bool (*when)(void);	 /* false: it is not printed; NULL: true */
	bool (*timestamp)(void); /* true: the time of day above each print; NULL: false */
	bool (*screen)(void);	 /* a line with the load above each print; true clears a terminal */
	bool no_last; /* at intervals, not at the end as well */
	bool has_above; /* lines in place of an empty line and the time */
	void (*above)(struct b2c_lines *lines); /* NULL: there are none */
	void (*below)(struct b2c_lines *lines); /* NULL: there are none */
};

void b2c_print_stacks(struct b2c_run *run, struct bpf_map *counts, struct bpf_map *traces,
		      const struct b2c_stacks *stacks);

/* Takes note of all processes from now on, for columns with symbols of processes. */
void b2c_watch_processes(struct b2c_run *run);

#endif
