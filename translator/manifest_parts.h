// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Reading YAML by tables, inside: what each manifest_*.c reads, for the others. */
#ifndef B2C_MANIFEST_PARTS_H
#define B2C_MANIFEST_PARTS_H

#include "manifest_read.h"

/* ---- all fit struct rule's `read` ---- */

extern const struct form options_form, arguments_form, replaces_form, attaches_form;
extern const struct form outputs_form, maps_form, facts_form, filters_form;
extern const struct shape manifest_shape;

void read_options(const struct value *value, void *ret_manifest);
void read_arguments(const struct value *value, void *ret_manifest);
void read_attaches(const struct value *value, void *ret_manifest);
void read_outputs(const struct value *value, void *ret_manifest);
void read_maps(const struct value *value, void *ret_manifest);
void read_facts(const struct value *value, void *ret_manifest);
void read_filters(const struct value *value, void *ret_manifest);

/* manifest_argument.c: words of `sets`, NULL at the end; [interval [count]] that nobody wrote;
 * the option that sets one of them, or NULL; names that are no options, once these are read. */
extern const char *const manifest_settings[];

void add_interval_arguments(struct reader *reader);
const struct b2c_option *option_that_sets(const struct b2c_manifest *manifest,
					  enum b2c_option_sets sets);
void check_arguments(struct reader *reader);

/* manifest_filter.c: options for the filters, once all options are read. */
void add_filter_options(struct reader *reader);

/* manifest_event.c: words of perf events, NULL at the end. */
extern const char *const manifest_software_events[];
extern const char *const manifest_hardware_events[];

/* manifest_histogram.c: what slots stand for; into a struct b2c_output. */
extern const struct form scale_form, buckets_form, percentiles_form;

void read_scale(const struct value *value, void *ret_output);
void read_buckets(const struct value *value, void *ret_output);
void read_percentiles(const struct value *value, void *ret_output);

/* manifest_caption.c: a text or a choice of texts; into a struct b2c_caption. */
extern const struct form caption_form;

void read_caption(const struct value *value, void *ret_caption);
void read_title(const struct value *value, void *ret_caption);
extern const struct form title_form;

/* manifest_join.c: maps that a table reads besides; into a struct b2c_output. */
extern const struct form joins_form;

void read_joins(const struct value *value, void *ret_output);

/* manifest_gather.c: rows of several records; into a struct b2c_gather. */
extern const struct form gather_form;

void read_gather(const struct value *value, void *ret_gather);

/* manifest_lines.c: lines of text; into a struct b2c_lines. */
extern const struct form lines_form;

void read_lines(const struct value *value, void *ret_lines);
/* manifest_stack_lines.c: what elements of stacks are printed as; into a struct b2c_stack_lines. */
extern const struct form stack_lines_form;

void read_stack_lines(const struct value *value, void *ret_lines);
/* Reports what an output with `lines` has no use for, or lacks. */
void check_stack_lines(const struct value *value, const struct b2c_output *output);

/* manifest_option.c: the option that opt.NAME belongs to; NULL if there is none. */
const struct b2c_option *option_find(const struct b2c_manifest *manifest, const char *name,
				     struct b2c_arena *arena);

/* manifest_default.c: the default of an option whose other keys are read. */
void read_option_default(const struct value *value, struct b2c_option *option);

/* manifest_hook.c: the attaches that name a hook of the network, by their key. */
extern const struct form hook_form, hook_attach_form;

void read_hook_attach(const struct value *value, void *ret_attach);
/* The words of `hook` for the kinds of attach in `variants`, up to 32; NULL at the end. */
void hook_words(unsigned int variants, const char **ret_words);

/* manifest_column.c: of an output */
extern const struct form columns_form;
extern const struct type_keys column_type_keys[];

void read_columns(const struct value *value, void *ret_output);
/* Reports keys that the type of a column or section has no use for, or lacks. */
void check_type_keys(const struct value *value, const struct b2c_column *column);
extern const char *const value_type_words[];	/* of b2c_value_type, NULL at the end */

/* manifest_event.c: the event of an attach. */
extern const struct form perf_event_form;

void read_perf_event(const struct value *value, void *ret_attach);

/* What only the whole manifest shows: intervals, opt.NAME without an option. */
void manifest_check(struct reader *reader, const struct value *root);

#endif
