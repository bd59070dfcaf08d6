// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Attaches that name a hook: which one, and at which interface, cgroup, map or
 * network namespace. The hook's word becomes the attach's target.
 */
#include "manifest_parts.h"

#include <string.h>

static const struct {
	enum b2c_attach_kind kind;
	const char *word;
} hooks[] = {
#define HOOK(kind, word, section) { B2C_ATTACH_##kind, word },
#include "attach_hooks.def"
#undef HOOK
};

#define NR_HOOKS (sizeof(hooks) / sizeof(hooks[0]))

void hook_words(unsigned int variants, const char **ret_words)
{
	size_t i;

	for (i = 0; i < NR_HOOKS; i++)
		if (variants >> hooks[i].kind & 1)
			*ret_words++ = hooks[i].word;
	*ret_words = NULL;
}

static void read_hook(const struct value *value, void *ret_attach)
{
	struct b2c_attach *attach = ret_attach;
	struct b2c_word *targets = (struct b2c_word *)attach->targets;
	const char *choices[NR_HOOKS + 1] = { NULL };
	struct b2c_word word = { 0 };
	size_t i;

	read_line(value, &word);
	if (!word.text)
		return;
	hook_words(1u << attach->kind, choices);
	for (i = 0; choices[i]; i++) {
		if (strcmp(choices[i], word.text) != 0)
			continue;
		*arena_append(value->reader->arena, targets, attach->nr_targets) = word;
		attach->targets = targets;
		return;
	}
	report_choice(value, word.text, choices);
}

static const char *const xdp_modes[] = { "auto", "skb", "drv", "hw", NULL };

#define KIND(id) (1u << B2C_ATTACH_##id)
#define MEMBER(name) .offset = offsetof(struct b2c_attach, name)

const struct form hook_form = { .kind = FORM_HOOK };

static const struct rule hook_rules[] = {
	{ .key = "hook", .read = read_hook, .required = true, .form = &hook_form,
	  .variants = KIND(TC) | KIND(CGROUP) | KIND(SK_SKB) },
	{ .key = "interface", .read = read_line, MEMBER(interface), .required = true,
	  .variants = KIND(SOCKET_FILTER) | KIND(XDP) | KIND(TC) },
	{ .key = "mode", .read = read_choice_word, MEMBER(mode), .variants = KIND(XDP),
	  .choices = xdp_modes },
	{ .key = "path", .read = read_line, MEMBER(cgroup), .required = true,
	  .variants = KIND(CGROUP) | KIND(SOCKOPS) },
	{ .key = "map", .read = read_identifier, MEMBER(map), .required = true,
	  .variants = KIND(SK_SKB) | KIND(SK_MSG) },
	{ .key = "netns", .read = read_line, MEMBER(netns), .required = true,
	  .variants = KIND(SK_LOOKUP) | KIND(FLOW_DISSECTOR) },
};

static const struct shape hook_shape = {
	.noun = "a hook", .id = "hook", .rules = hook_rules,
	.nr_rules = sizeof(hook_rules) / sizeof(hook_rules[0]),
};
const struct form hook_attach_form = { FORM_SHAPE, .shape = &hook_shape };

static void read_true(const struct value *value)
{
	bool given = true;

	read_bool(value, &given);
	if (!given)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'%s' can only be true", value->key);
}

static const char *const nouns[] = {
#define X(id, word, section, has_target) [B2C_ATTACH_##id] = "a " word,
	B2C_ATTACH_KINDS(X)
#undef X
};

void read_hook_attach(const struct value *value, void *ret_attach)
{
	struct b2c_attach *attach = ret_attach;
	struct shape shape = hook_shape;

	shape.noun = nouns[attach->kind];
	shape.variant = 1u << attach->kind;
	if (!attach->kind)
		return;
	/* these have no other keys */
	if (attach->kind == B2C_ATTACH_LWT)
		read_hook(value, attach);
	else if (attach->kind == B2C_ATTACH_TC_ACTION)
		read_true(value);
	else
		reader_mapping(value, &shape, attach);
}
