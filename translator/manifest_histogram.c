// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * `outputs` of a manifest, histograms: what their slots stand for, as a scale, as
 * equal steps or as a list of buckets, and the percentiles below them.
 */
#include "manifest_parts.h"

#include <errno.h>
#include <stdlib.h>

static const char *const scales[] = { "log2", "linear", NULL };

/* ---- scale ---- */

struct steps {
	uint64_t step, from;
};

#define STEP(name) .offset = offsetof(struct steps, name)

static const struct rule step_rules[] = {
	{ .key = "step", .read = read_u64, STEP(step), .required = true, .min = 1,
	  .max = INT64_MAX },
	{ .key = "from", .read = read_u64, STEP(from), .min = 0, .max = INT64_MAX },
};
static const struct shape step_shape = {
	.noun = "a linear scale", .id = "linear", .rules = step_rules,
	.nr_rules = sizeof(step_rules) / sizeof(step_rules[0]),
};
static const struct form step_form = { FORM_SHAPE, .shape = &step_shape };

static void read_steps(const struct value *value, void *ret_steps)
{
	reader_mapping(value, &step_shape, ret_steps);
}

static const struct rule scale_rules[] = {
	{ .key = "linear", .read = read_steps, .required = true, .form = &step_form },
};
static const struct shape scale_shape = {
	.noun = "a scale", .id = "scale", .rules = scale_rules, .nr_rules = 1,
};
static const struct rule word_rule = { .key = "scale", .read = read_choice, .choices = scales };
static const struct form word_form = { FORM_RULE, .rule = &word_rule };
const struct form scale_form = { FORM_SHAPE, .shape = &scale_shape, .or = &word_form };

void read_scale(const struct value *value, void *ret_output)
{
	struct b2c_output *output = ret_output;
	struct value word = *value;
	struct steps steps = { 0 };

	if (value->node->type == YAML_MAPPING_NODE) {
		reader_mapping(value, &scale_shape, &steps);
		output->scale = B2C_SCALE_LINEAR;
		output->step = steps.step;
		output->from = steps.from;
		return;
	}
	word.rule = &word_rule;
	read_choice(&word, &output->scale);
}

/* ---- buckets ---- */

static const struct rule bucket_rule = {
	.key = "buckets", .read = read_u64, .max = INT64_MAX,
};
static const struct form bucket_form = { FORM_RULE, .rule = &bucket_rule };
const struct form buckets_form = { FORM_LIST, .of = &bucket_form, .least = 1 };

static void read_bucket(const struct value *value, void *ret_output)
{
	struct b2c_output *output = ret_output;
	uint64_t *buckets = (uint64_t *)output->buckets, low = UINT64_MAX;

	read_u64(value, &low);
	if (low == UINT64_MAX)
		return;
	if (output->nr_buckets && low <= buckets[output->nr_buckets - 1]) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'buckets' must grow: %llu is not above %llu", (unsigned long long)low,
			    (unsigned long long)buckets[output->nr_buckets - 1]);
		return;
	}
	*arena_append(value->reader->arena, buckets, output->nr_buckets) = low;
	output->buckets = buckets;
}

void read_buckets(const struct value *value, void *ret_output)
{
	struct b2c_output *output = ret_output;

	if (!reader_list(value, read_bucket, output))
		return;
	output->scale = B2C_SCALE_BUCKETS;
	if (value->node->data.sequence.items.start == value->node->data.sequence.items.top)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'buckets' is an empty list");
}

/* ---- percentiles ---- */

static const struct form percentile_form = { .kind = FORM_FLOAT };
const struct form percentiles_form = { FORM_LIST, .of = &percentile_form };

static void read_percentile(const struct value *value, void *ret_output)
{
	struct b2c_output *output = ret_output;
	double *percentiles = (double *)output->percentiles, percent;
	const char *s;
	char *end;

	if (!node_is_plain(value->node)) {
		reader_wrong_type(value, "a number");
		return;
	}
	s = value_string(value);
	percent = strtod(s, &end);
	if (*end || end == s) {
		reader_wrong_type(value, "a number");
		return;
	}
	if (!(percent > 0 && percent <= 100)) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "a percentile is above 0 and at most 100, not %s", s);
		return;
	}
	*arena_append(value->reader->arena, percentiles, output->nr_percentiles) = percent;
	output->percentiles = percentiles;
}

void read_percentiles(const struct value *value, void *ret_output)
{
	reader_list(value, read_percentile, ret_output);
}
