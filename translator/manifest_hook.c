// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Attaches that name a hook: which one, and at which interface, cgroup, map or
 * network namespace. The hook's word becomes the attach's target.
 */
#include "manifest_read.h"

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

static void read_hook(const struct value *value, void *ret_attach)
{
	struct b2c_attach *attach = ret_attach;
	struct b2c_word *targets = (struct b2c_word *)attach->targets;
	const char *choices[NR_HOOKS + 1] = { NULL };
	struct b2c_word word = { 0 };
	size_t i, nr = 0;

	read_line(value, &word);
	if (!word.text)
		return;
	for (i = 0; i < NR_HOOKS; i++) {
		if (hooks[i].kind != attach->kind)
			continue;
		choices[nr++] = hooks[i].word;
		if (strcmp(hooks[i].word, word.text) != 0)
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

static const struct rule hook_rules[] = {
	{ .key = "hook", .read = read_hook, .required = true,
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
	struct shape shape = {
		nouns[attach->kind], hook_rules, sizeof(hook_rules) / sizeof(hook_rules[0]),
		1u << attach->kind,
	};

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
