// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * `outputs` of a manifest, histograms: what their slots stand for, as a scale, as
 * equal steps or as a list of buckets, and the percentiles below them.
 */
#include "manifest_read.h"

#include <errno.h>
#include <stdlib.h>

static const char *const scales[] = { "log2", "linear", NULL };

/* ---- scale ---- */

struct steps {
	uint64_t step, from;
};

#define STEP(name) .offset = offsetof(struct steps, name)

static void read_steps(const struct value *value, void *ret_steps)
{
	static const struct rule rules[] = {
		{ .key = "step", .read = read_u64, STEP(step), .required = true, .min = 1,
		  .max = INT64_MAX },
		{ .key = "from", .read = read_u64, STEP(from), .min = 0, .max = INT64_MAX },
	};
	static const struct shape shape = {
		"a linear scale", rules, sizeof(rules) / sizeof(rules[0]), 0,
	};

	reader_mapping(value, &shape, ret_steps);
}

void read_scale(const struct value *value, void *ret_output)
{
	static const struct rule rules[] = {
		{ .key = "linear", .read = read_steps, .offset = 0, .required = true },
	};
	static const struct shape shape = { "a scale", rules, 1, 0 };
	struct b2c_output *output = ret_output;
	struct rule rule = *value->rule;
	struct value word = *value;
	struct steps steps = { 0 };

	if (value->node->type == YAML_MAPPING_NODE) {
		reader_mapping(value, &shape, &steps);
		output->scale = B2C_SCALE_LINEAR;
		output->step = steps.step;
		output->from = steps.from;
		return;
	}
	rule.choices = scales;
	word.rule = &rule;
	read_choice(&word, &output->scale);
}

/* ---- buckets ---- */

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
