// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * `each` of a manifest: an attach, an output or the text of a replacement for each item of a
 * list, as scripts make them in a loop. The entry is read once for each, with the item in
 * place of the word that `each` gives it.
 */
#include "manifest_parts.h"

#include <ctype.h>
#include <string.h>

#include "text.h"

#define EACH_MAX 1000	/* as many as a tool attaches one by one */

struct each {
	struct b2c_word name, number;
	const struct b2c_word *items;
	size_t nr_items;
};

static void read_item(const struct value *value, void *ret_each)
{
	struct each *each = ret_each;
	struct b2c_word word = { 0 };

	read_line(value, &word);
	reader_add_word(value, word, &each->items, &each->nr_items);
}

static void read_items(const struct value *value, void *ret_each)
{
	struct each *each = ret_each;

	if (!reader_list(value, read_item, each))
		return;
	if (!each->nr_items || each->nr_items > EACH_MAX)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'in' has %zu items, and 1 to %d can be", each->nr_items, EACH_MAX);
}

static const struct rule item_rule = { .key = "in", .read = read_line };
static const struct form item_form = { FORM_RULE, .rule = &item_rule };
static const struct form items_form = {
	FORM_LIST, .of = &item_form, .least = 1, .most = EACH_MAX,
};

static const struct rule each_rules[] = {
	{ .key = "name", .read = read_identifier, .offset = offsetof(struct each, name),
	  .required = true },
	{ .key = "in", .read = read_items, .required = true, .form = &items_form },
	{ .key = "number", .read = read_identifier, .offset = offsetof(struct each, number) },
};

static const struct shape each_shape = {
	.noun = "'each'", .id = "each", .rules = each_rules,
	.nr_rules = sizeof(each_rules) / sizeof(each_rules[0]),
};
const struct form each_form = { FORM_SHAPE, .shape = &each_shape };

void read_each(const struct value *value, void *ret_nothing)
{
	(void)value;
	(void)ret_nothing;
}

/* Whether the word at `s` stands alone or as a part between underscores. */
static bool stands(const char *text, const char *s, size_t n)
{
	return (s == text || !isalnum((unsigned char)s[-1])) && !isalnum((unsigned char)s[n]);
}

static const char *put(struct b2c_arena *arena, const char *text, const char *word,
		       const char *item)
{
	const char *s, *from = text, *result;
	struct b2c_text out = { 0 };
	size_t n = strlen(word);

	for (s = strstr(text, word); s; s = strstr(s + 1, word)) {
		if (s < from || !stands(text, s, n))
			continue;
		text_append_n(&out, from, (size_t)(s - from));
		text_append(&out, item);
		from = s + n;
	}
	text_append(&out, from);
	result = arena_strdup(arena, text_string(&out));
	text_free(&out);
	return result;
}

const char *reader_put_item(const struct reader *reader, const char *text)
{
	const struct reader_item *item = &reader->item;

	if (!item->name)
		return text;
	if (item->number)
		text = put(reader->arena, text, item->number,
			   arena_printf(reader->arena, "%zu", item->index));
	return put(reader->arena, text, item->name, item->text);
}

static yaml_node_t *each_node(const struct value *value)
{
	return value->node->type == YAML_MAPPING_NODE ? reader_lookup(value, "each") : NULL;
}

bool reader_has_each(const struct value *value)
{
	return each_node(value) != NULL;
}

void reader_repeat(const struct value *value,
		   void (*read)(const struct value *value, void *ret_object), void *ret_object)
{
	struct reader *reader = value->reader;
	struct value under = *value;
	struct each each = { 0 };
	size_t i;

	under.node = each_node(value);
	if (!under.node) {
		read(value, ret_object);
		return;
	}
	under.key = "each";
	under.loc = reader_loc(reader, under.node);
	if (!reader_mapping(&under, &each_shape, &each) || !each.name.text)
		return;
	for (i = 0; i < each.nr_items && each.nr_items <= EACH_MAX; i++) {
		reader->item = (struct reader_item){
			.name = each.name.text,
			.text = each.items[i].text,
			.number = each.number.text,
			.index = i,
		};
		read(value, ret_object);
	}
	reader->item = (struct reader_item){ 0 };
}
