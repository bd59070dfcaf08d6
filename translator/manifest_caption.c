// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Texts that stand above or beside what an output shows: headers, titles, units. Each is
 * a line, or a choice by options between two such texts.
 */
#include "manifest_parts.h"

#include <ctype.h>

struct choice {
	struct b2c_word when;
	struct b2c_caption then, otherwise;
};

#define CHOICE(name) .offset = offsetof(struct choice, name)

static const struct rule choice_rules[] = {
	{ .key = "when", .read = read_expression, CHOICE(when), .required = true },
	{ .key = "then", .read = read_caption, CHOICE(then), .required = true,
	  .form = &caption_form },
	{ .key = "else", .read = read_caption, CHOICE(otherwise), .required = true,
	  .form = &caption_form },
};
static const struct shape choice_shape = {
	.noun = "a choice of texts", .id = "text_choice", .rules = choice_rules,
	.nr_rules = sizeof(choice_rules) / sizeof(choice_rules[0]),
};
static const struct rule line_rule = { .key = "text", .read = read_line };
static const struct form line_form = { FORM_RULE, .rule = &line_rule };
const struct form caption_form = { FORM_SHAPE, .shape = &choice_shape, .or = &line_form };
static const struct rule lines_rule = { .key = "text", .read = read_code };
static const struct form text_form = { FORM_RULE, .rule = &lines_rule };
const struct form title_form = { FORM_SHAPE, .shape = &choice_shape, .or = &text_form };

/* Blanks around a text in quotes are meant: they say where a header stands in its column. */
static void read_text(const struct value *value, struct b2c_word *ret_word)
{
	const char *s, *p;

	read_line(value, ret_word);
	if (!ret_word->text)
		return;
	s = value_string(value);
	for (p = s; *p && !iscntrl((unsigned char)*p); p++)
		;
	if (!*p)
		ret_word->text = s;
}

void read_caption(const struct value *value, void *ret_caption)
{
	struct b2c_caption *caption = ret_caption;
	struct choice *choice;

	if (value->node->type != YAML_MAPPING_NODE) {
		read_text(value, &caption->plain);
		return;
	}
	choice = arena_alloc(value->reader->arena, sizeof(*choice));
	reader_mapping(value, &choice_shape, choice);
	caption->plain = choice->otherwise.plain;
	caption->when = choice->when;
	caption->then = &choice->then;
	caption->otherwise = &choice->otherwise;
}

/* A title alone may be empty, or several lines. */
void read_title(const struct value *value, void *ret_caption)
{
	struct b2c_caption *caption = ret_caption;

	if (value->node->type == YAML_SCALAR_NODE)
		read_code(value, &caption->plain);
	else
		read_caption(value, ret_caption);
}
