// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Variants: which there are, and what a manifest says in one of them; see variant.h. */
#include "variant.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "ctoken.h"

struct find {
	const struct b2c_variants_request *request;
	struct b2c_arena *arena;
	struct b2c_diag *diag;
	struct b2c_variants *variants;
};

/* ---- the macros of an option ---- */

static const char *upper(struct b2c_arena *arena, const char *name)
{
	char *text = arena_strdup(arena, name), *p;

	for (p = text; *p; p++)
		*p = *p == '-' ? '_' : (char)toupper((unsigned char)*p);
	return text;
}

static void add_axis(struct find *f, const struct b2c_option *option)
{
	struct b2c_axis *axes = (struct b2c_axis *)f->variants->axes;
	struct b2c_axis axis = { .option = option };
	const char **names = NULL;
	size_t i, nr = 0;

	if (option->type == B2C_OPTION_FLAG) {
		*arena_append(f->arena, names, nr) = NULL;
		*arena_append(f->arena, names, nr) = option->define.text;
	}
	for (i = 0; i < option->nr_choices; i++)
		*arena_append(f->arena, names, nr) =
			arena_printf(f->arena, "%s_%s", option->define.text,
				     upper(f->arena, option->choices[i].text));
	axis.names = names;
	axis.nr_values = (unsigned int)nr;
	*arena_append(f->arena, axes, f->variants->nr_axes) = axis;
	f->variants->axes = axes;
}

/* ---- whether the program asks for them ---- */

static bool has_word(const char *text, const char *word)
{
	enum ctoken token;
	size_t n;

	for (; *text; text += n) {
		n = ctoken_length(text, &token);
		if (token == CTOKEN_IDENTIFIER && n == strlen(word) && !strncmp(text, word, n))
			return true;
	}
	return false;
}

/* In the source, or in what is put into it. */
static bool occurs(struct find *f, const char *word)
{
	const struct b2c_manifest *manifest = f->request->manifest;
	size_t i;

	if (has_word(f->request->source, word))
		return true;
	for (i = 0; i < manifest->nr_replaces; i++)
		if (has_word(manifest->replaces[i].text.text, word) ||
		    (manifest->replaces[i].otherwise.text &&
		     has_word(manifest->replaces[i].otherwise.text, word)))
			return true;
	return false;
}

/* A replacement whose text depends on the option needs no macro. */
static bool is_asked(struct find *f, const struct b2c_axis *axis)
{
	const struct b2c_manifest *manifest = f->request->manifest;
	struct b2c_arena *arena = f->arena;
	char *name = arena_strdup(arena, axis->option->name.text), *p;
	size_t i;

	for (p = name; *p; p++)
		*p = *p == '-' ? '_' : *p;
	for (i = 0; i < manifest->nr_replaces; i++)
		if (manifest->replaces[i].when.text &&
		    has_word(manifest->replaces[i].when.text, name))
			return true;
	for (i = 0; i < axis->nr_values; i++)
		if (axis->names[i] && occurs(f, axis->names[i]))
			return true;
	/* headers of the program's own are read later, and differ in their -I */
	return strstr(f->request->source, "#include \"");
}

static void check_axis(struct find *f, const struct b2c_axis *axis)
{
	const struct b2c_variants_request *request = f->request;
	const struct b2c_word *define = &axis->option->define;
	const struct b2c_axis *other;
	size_t i, n = strlen(define->text);

	for (other = f->variants->axes; other < axis; other++) {
		if (strcmp(other->option->define.text, define->text))
			continue;
		diag_report(f->diag, B2C_DIAG_manifest_duplicate, define->loc,
			    "option '%s' defines '%s' already", other->option->name.text,
			    define->text);
	}
	for (i = 0; !request->is_object && i < request->nr_defines; i++)
		if (!strncmp(request->defines[i], define->text, n) &&
		    (!request->defines[i][n] || request->defines[i][n] == '='))
			diag_report(f->diag, B2C_DIAG_manifest_duplicate, define->loc,
				    "'-D %s' defines what option '%s' does",
				    request->defines[i], axis->option->name.text);
	if (is_asked(f, axis))
		return;
	diag_report(f->diag, B2C_DIAG_define_unused, define->loc,
		    "the source does not ask for '%s'",
		    axis->names[1] ? axis->names[1] : define->text);
	diag_help(f->diag, "ask with '#ifdef', or with 'when:' of a replacement; what needs no "
			   "other program reads 'opt' instead");
}

/* ---- the combinations ---- */

static void add_name(struct find *f, struct b2c_variant *variant, const char *name)
{
	const char **defines = (const char **)variant->defines;
	char *suffix = arena_printf(f->arena, "%s_%s", variant->suffix, name), *p;

	for (p = suffix; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	variant->suffix = suffix;
	variant->name = arena_printf(f->arena, "%s%s'%s'", variant->name,
				     variant->nr_defines ? " and " : "", name);
	*arena_append(f->arena, defines, variant->nr_defines) = name;
	variant->defines = defines;
}

static void add_variant(struct find *f, const unsigned int *values)
{
	struct b2c_variants *variants = f->variants;
	struct b2c_variant *items = (struct b2c_variant *)variants->items;
	struct b2c_variant variant = { .suffix = "", .name = "" };
	unsigned int *own = arena_alloc(f->arena, (variants->nr_axes + 1) * sizeof(*own));
	size_t i;

	for (i = 0; i < variants->nr_axes; i++) {
		own[i] = values[i];
		if (variants->axes[i].names[values[i]])
			add_name(f, &variant, variants->axes[i].names[values[i]]);
	}
	variant.values = own;
	variant.name = variant.nr_defines ? arena_printf(f->arena, "with %s defined", variant.name)
					  : "with nothing defined";
	*arena_append(f->arena, items, variants->nr) = variant;
	variants->items = items;
}

/* The next combination, the last axis counting fastest; false after the last one. */
static bool next_values(const struct b2c_variants *variants, unsigned int *values)
{
	size_t i;

	for (i = variants->nr_axes; i-- > 0; values[i] = 0)
		if (++values[i] < variants->axes[i].nr_values)
			return true;
	return false;
}

static void report_many(struct find *f)
{
	const struct b2c_variants *variants = f->variants;
	const struct b2c_axis *axis = variants->axes;
	const char *names = "";
	uint64_t nr = 1;
	size_t i;

	for (i = 0; i < variants->nr_axes; i++) {
		axis = &variants->axes[i];
		names = arena_printf(f->arena, "%s%s'%s'", names, i ? ", " : "",
				     axis->option->name.text);
		nr *= axis->nr_values;
	}
	diag_report(f->diag, B2C_DIAG_define_many, axis->option->define.loc,
		    "options %s make %llu programs, and %d are the most", names,
		    (unsigned long long)nr, B2C_VARIANTS_MAX);
	diag_help(f->diag, "keep 'define' for what changes types, maps or functions, and ask for "
			   "the rest with 'if (opt.NAME)'");
}

static unsigned int default_value(const struct b2c_option *option)
{
	unsigned int i;

	for (i = 0; option->default_text.text && i < option->nr_choices; i++)
		if (!strcmp(option->choices[i].text, option->default_text.text))
			return i;
	return 0;
}

static bool is_given(const struct b2c_variants_request *request, const char *name)
{
	size_t i;

	for (i = 0; i < request->nr_defines; i++)
		if (!strcmp(request->defines[i], name))
			return true;
	return false;
}

/* What -D says on each axis: an object has one variant. */
static void chosen_values(struct find *f, unsigned int *values)
{
	size_t i;
	unsigned int v;

	for (i = 0; i < f->variants->nr_axes; i++) {
		const struct b2c_axis *axis = &f->variants->axes[i];

		values[i] = default_value(axis->option);
		for (v = 0; v < axis->nr_values; v++)
			if (axis->names[v] && is_given(f->request, axis->names[v]))
				values[i] = v;
	}
}

int variants_find(const struct b2c_variants_request *request, struct b2c_arena *arena,
		  struct b2c_diag *diag, struct b2c_variants *ret_variants)
{
	struct find f = { request, arena, diag, ret_variants };
	size_t i, errors = diag_count(diag, B2C_ERROR);
	uint64_t nr = 1;
	unsigned int *values;

	*ret_variants = (struct b2c_variants){ .arena = arena };
	for (i = 0; i < request->manifest->nr_options; i++)
		if (request->manifest->options[i].define.text)
			add_axis(&f, &request->manifest->options[i]);
	for (i = 0; i < ret_variants->nr_axes; i++) {
		check_axis(&f, &ret_variants->axes[i]);
		nr *= nr <= B2C_VARIANTS_MAX ? ret_variants->axes[i].nr_values : 1;
	}
	if (nr > B2C_VARIANTS_MAX)
		report_many(&f);
	if (diag_count(diag, B2C_ERROR) > errors)
		return -EINVAL;
	values = arena_alloc(arena, (ret_variants->nr_axes + 1) * sizeof(*values));
	if (request->is_object)
		chosen_values(&f, values);
	do
		add_variant(&f, values);
	while (!request->is_object && next_values(ret_variants, values));
	return 0;
}

/* ---- a manifest in one variant ---- */

static bool is_out(const struct b2c_variants *variants, const struct b2c_variant *variant,
		   struct b2c_word *when)
{
	enum b2c_truth truth = when->text ? variant_truth(variants, variant, when->text)
					  : B2C_UNKNOWN;

	if (truth == B2C_TRUE)
		when->text = NULL;
	return truth == B2C_FALSE;
}

static void filter_columns(const struct b2c_variants *variants, const struct b2c_variant *variant,
			   struct b2c_output *output)
{
	struct b2c_column *columns = NULL;
	size_t i, nr = 0;

	for (i = 0; i < output->nr_columns; i++) {
		struct b2c_column column = output->columns[i];

		if (!is_out(variants, variant, &column.when))
			*arena_append(variants->arena, columns, nr) = column;
	}
	output->columns = columns;
	output->nr_columns = nr;
}

static void filter_outputs(const struct b2c_variants *variants, const struct b2c_variant *variant,
			   struct b2c_diag *diag, struct b2c_manifest *manifest)
{
	struct b2c_output *outputs = NULL;
	size_t i, nr = 0;

	for (i = 0; i < manifest->nr_outputs; i++) {
		struct b2c_output output = manifest->outputs[i];

		if (is_out(variants, variant, &output.when))
			continue;
		if (output.kind == B2C_OUTPUT_EVENTS && output.when.text) {
			diag_report(diag, B2C_DIAG_manifest_value, output.when.loc,
				    "'%s' is not known before the tool runs, and then the events "
				    "are there", output.when.text);
			diag_help(diag, "ask for options with 'define', or leave rows out with "
					"'filter'");
		}
		filter_columns(variants, variant, &output);
		*arena_append(variants->arena, outputs, nr) = output;
	}
	manifest->lists_outputs = manifest->nr_outputs;
	manifest->outputs = outputs;
	manifest->nr_outputs = nr;
}

static void choose_texts(const struct b2c_variants *variants, const struct b2c_variant *variant,
			 struct b2c_diag *diag, struct b2c_manifest *manifest)
{
	struct b2c_replace *replaces = NULL;
	size_t i, nr = 0;

	for (i = 0; i < manifest->nr_replaces; i++) {
		struct b2c_replace replace = manifest->replaces[i];
		enum b2c_truth truth = B2C_TRUE;

		if (replace.when.text)
			truth = variant_truth(variants, variant, replace.when.text);
		if (truth == B2C_UNKNOWN) {
			diag_report(diag, B2C_DIAG_manifest_value, replace.when.loc,
				    "'%s' is not known when the tool is built",
				    replace.when.text);
			diag_help(diag, "ask for options with 'define'; what is known when the "
					"tool runs goes into the text, as 'if (opt.NAME)'");
		}
		if (truth == B2C_FALSE)
			replace.text = replace.otherwise;
		*arena_append(variants->arena, replaces, nr) = replace;
	}
	manifest->replaces = replaces;
}

int variant_manifest(const struct b2c_variants *variants, const struct b2c_variant *variant,
		     struct b2c_diag *diag, struct b2c_manifest *manifest)
{
	size_t i, errors = diag_count(diag, B2C_ERROR);
	struct b2c_attach *attaches = NULL;

	for (i = 0; i < manifest->nr_attaches;) {
		struct b2c_attach attach = manifest->attaches[i];

		attach.never = is_out(variants, variant, &attach.when);
		*arena_append(variants->arena, attaches, i) = attach;
	}
	manifest->attaches = attaches;
	choose_texts(variants, variant, diag, manifest);
	filter_outputs(variants, variant, diag, manifest);
	return diag_count(diag, B2C_ERROR) > errors ? -EINVAL : 0;
}
