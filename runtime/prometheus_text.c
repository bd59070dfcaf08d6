// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Prometheus' text format: names, labels and what stands above each metric. */
#include "prometheus.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

void b2c_metric_name(struct b2c_text *text, const struct b2c_run *run,
		     const struct b2c_output *output, const char *column)
{
	size_t start = text->size, i;

	b2c_text_printf(text, "%s_%s%s%s", run->tool->name, bpf_map__name(output->map),
			column ? "_" : "", column ? column : "");
	for (i = start; i < text->size; i++)
		if (!isalnum((unsigned char)text->data[i]))
			text->data[i] = '_';
	if (text->size > start && isdigit((unsigned char)text->data[start]))
		text->data[start] = '_';
}

void b2c_metric_head(struct b2c_text *text, const char *name, const char *type, const char *what)
{
	b2c_text_printf(text, "# HELP %s %s\n# TYPE %s %s\n", name, what, name, type);
}

/* Names that begin with two underscores, `le` and `quantile` have a meaning of their own. */
static bool is_reserved(const char *key)
{
	return !strncmp(key, "__", 2) || isdigit((unsigned char)*key) || !*key ||
	       !strcmp(key, "le") || !strcmp(key, "quantile");
}

void b2c_metric_label(struct b2c_text *labels, const char *key, const char *value, size_t size)
{
	size_t i;

	b2c_text_printf(labels, "%s%s%s=\"", labels->size ? "," : "",
			is_reserved(key) ? "key_" : "", key);
	for (i = 0; i < size; i++) {
		if (value[i] == '"' || value[i] == '\\')
			b2c_text_add(labels, "\\", 1);
		b2c_text_add(labels, &value[i], 1);
	}
	b2c_text_add(labels, "\"", 1);
}

int b2c_metrics(struct b2c_run *run, struct b2c_text *text)
{
	size_t i;
	int err = 0;

	for (i = 0; i < run->nr_outputs && !err; i++) {
		struct b2c_output *output = run->outputs[i];

		if (output->expose && (!output->when || output->when()))
			err = output->expose(run, output, text);
	}
	return err ? err : text->failed ? -ENOMEM : 0;
}
