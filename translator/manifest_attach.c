// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * `attach` of a manifest: which function runs where. Each entry has exactly one
 * kind, and the kind says which other keys it takes.
 */
#include "manifest_parts.h"

#include <ctype.h>
#include <string.h>

#include "manifest_pattern.h"

#define KIND(id) (1u << B2C_ATTACH_##id)
#define KIND_IN(kind, kinds) ((kinds) >> (kind) & 1)
#define KINDS_KPROBE (KIND(KPROBE) | KIND(KRETPROBE))
#define KINDS_MATCH (KINDS_KPROBE | KIND(TRACEPOINT) | KIND(RAW_TRACEPOINT))
#define KINDS_UPROBE (KIND(UPROBE) | KIND(URETPROBE) | KIND(USDT))

/* What a kind's targets look like. */
static const char *target_problem(enum b2c_attach_kind kind, const char *target)
{
	const char *colon = strchr(target, ':');
	size_t i;

	if (strpbrk(target, "^*?|[("))
		return KIND_IN(kind, KINDS_MATCH)
			       ? "is a pattern: write it as '{match: REGEX}'"
			       : "is a pattern, which this kind does not take";
	if (kind == B2C_ATTACH_TRACEPOINT) {
		if (!colon || colon == target || !colon[1] || strchr(colon + 1, ':'))
			return "must be 'category:event'";
	} else if (colon) {
		return "must be a name without ':'";
	}
	if (isdigit((unsigned char)*target) || *target == '-' || word_is_keyword(target))
		return "is not a name of the kernel";
	for (i = 0; target[i]; i++)
		if (!isalnum((unsigned char)target[i]) && !strchr("_.$:-", target[i]))
			return "is not a name of the kernel";
	return NULL;
}

static void read_target(const struct value *value, void *ret_attach)
{
	struct b2c_attach *attach = ret_attach;
	struct b2c_word *targets = (struct b2c_word *)attach->targets;
	struct b2c_word word = { 0 };
	const char *problem;
	size_t i;

	read_line(value, &word);
	if (!word.text || !attach->kind)
		return;
	problem = target_problem(attach->kind, word.text);
	if (problem) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "%s '%s' %s", value->key, word.text, problem);
		return;
	}
	for (i = 0; i < attach->nr_targets; i++) {
		if (strcmp(targets[i].text, word.text) != 0)
			continue;
		diag_report(value->reader->diag, B2C_DIAG_manifest_duplicate, value->loc,
			    "'%s' is given twice", word.text);
		return;
	}
	*arena_append(value->reader->arena, targets, attach->nr_targets) = word;
	attach->targets = targets;
}

#define MEMBER(name) .offset = offsetof(struct b2c_attach, name)

static void read_pattern(const struct value *value, void *ret_word)
{
	struct b2c_word *word = ret_word;
	const char *problem, *given;

	read_line(value, word);
	given = word->text;
	if (!given)
		return;
	word->text = pattern_translate(given, value->reader->arena, &problem);
	if (problem)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc, "'%s' %s",
			    given, problem);
}

static const struct rule line_rule = { .key = "line", .read = read_line };
static const struct form line_form = { FORM_RULE, .rule = &line_rule };

static const struct rule match_rules[] = {
	{ .key = "match", .read = read_pattern, MEMBER(match), .required = true,
	  .form = &line_form },
};

static const struct shape place_shape = {
	.noun = "a place by pattern", .id = "match", .rules = match_rules, .nr_rules = 1,
};
static const struct shape symbol_shape = {
	.noun = "a symbol by pattern", .id = "match", .rules = match_rules, .nr_rules = 1,
};

/* Names of places, as target_problem() has them. */
static const struct form name_form = { FORM_TEXT, .pattern = "^[A-Za-z_.$][A-Za-z0-9_.$-]*$" };
static const struct form event_form = {
	FORM_TEXT, .pattern = "^[A-Za-z_.$][A-Za-z0-9_.$-]*:[A-Za-z0-9_.$-]+$",
};
#define NAMES_OF(name) { FORM_LIST, .of = &(name), .least = 1, .or = &(name) }
static const struct form names_form = NAMES_OF(name_form);
static const struct form events_form = NAMES_OF(event_form);
#define OR_PATTERN(names) { FORM_SHAPE, .shape = &place_shape, .or = &(names) }
static const struct form names_or_match_form = OR_PATTERN(names_form);
static const struct form events_or_match_form = OR_PATTERN(events_form);

static void read_targets(const struct value *value, void *ret_attach)
{
	struct b2c_attach *attach = ret_attach;

	if (value->node->type == YAML_MAPPING_NODE && KIND_IN(attach->kind, KINDS_MATCH))
		reader_mapping(value, &place_shape, attach);
	else if (value->node->type == YAML_SCALAR_NODE)
		read_target(value, ret_attach);
	else if (value->node->type != YAML_SEQUENCE_NODE)
		reader_wrong_type(value, "a name or a list of names");
	else if (value->node->data.sequence.items.start == value->node->data.sequence.items.top)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'%s' is an empty list", value->key);
	else
		reader_list(value, read_target, ret_attach);
}

static void read_symbol(const struct value *value, void *ret_attach)
{
	struct b2c_attach *attach = ret_attach;

	if (value->node->type == YAML_MAPPING_NODE)
		reader_mapping(value, &symbol_shape, attach);
	else
		read_line(value, &attach->symbol);
}

static const struct form symbol_form = {
	FORM_SHAPE, .shape = &symbol_shape, .or = &line_form,
};

static const struct rule uprobe_rules[] = {
	{ .key = "binary", .read = read_line, MEMBER(binary), .required = true },
	{ .key = "symbol", .read = read_symbol, .form = &symbol_form },
	{ .key = "address", .read = read_u64, MEMBER(address), .min = 1, .max = INT64_MAX },
};

static const struct group uprobe_groups[] = { { .first = "symbol", .nr = 2 }, { .nr = 0 } };
static const struct shape uprobe_shape = {
	.noun = "a uprobe", .id = "uprobe", .rules = uprobe_rules,
	.nr_rules = sizeof(uprobe_rules) / sizeof(uprobe_rules[0]), .groups = uprobe_groups,
};
static const struct form uprobe_form = { FORM_SHAPE, .shape = &uprobe_shape };

static void read_uprobe(const struct value *value, void *ret_attach)
{
	reader_mapping(value, &uprobe_shape, ret_attach);
}

static const struct rule usdt_rules[] = {
	{ .key = "binary", .read = read_line, MEMBER(binary) },
	{ .key = "provider", .read = read_line, MEMBER(provider) },
	{ .key = "probe", .read = read_line, MEMBER(symbol), .required = true },
};

static const struct shape usdt_shape = {
	.noun = "a usdt", .id = "usdt", .rules = usdt_rules, .nr_rules = 3,
};
static const struct form usdt_form = { FORM_SHAPE, .shape = &usdt_shape };

/* The probe may be written as bcc's "provider:probe". */
static void read_usdt(const struct value *value, void *ret_attach)
{
	struct b2c_attach *attach = ret_attach;
	struct b2c_arena *arena = value->reader->arena;
	const char *colon;

	if (!reader_mapping(value, &usdt_shape, attach) || !attach->symbol.text)
		return;
	colon = strchr(attach->symbol.text, ':');
	if (!colon || attach->provider.text)
		return;
	attach->provider = attach->symbol;
	attach->provider.text = arena_strndup(arena, attach->symbol.text,
					      (size_t)(colon - attach->symbol.text));
	attach->symbol.text = arena_strdup(arena, colon + 1);
}

static const struct form true_form = { .kind = FORM_TRUE };

/* The kinds come first, NR_KINDS of them. */
static const struct rule attach_rules[] = {
	{ .key = "kprobe", .read = read_targets, .variants = KIND(KPROBE),
	  .form = &names_or_match_form },
	{ .key = "kretprobe", .read = read_targets, .variants = KIND(KRETPROBE),
	  .form = &names_or_match_form },
	{ .key = "ksyscall", .read = read_targets, .variants = KIND(KSYSCALL),
	  .form = &names_form },
	{ .key = "kretsyscall", .read = read_targets, .variants = KIND(KRETSYSCALL),
	  .form = &names_form },
	{ .key = "tracepoint", .read = read_targets, .variants = KIND(TRACEPOINT),
	  .form = &events_or_match_form },
	{ .key = "raw_tracepoint", .read = read_targets, .variants = KIND(RAW_TRACEPOINT),
	  .form = &names_or_match_form },
	{ .key = "fentry", .read = read_targets, .variants = KIND(FENTRY), .form = &names_form },
	{ .key = "fexit", .read = read_targets, .variants = KIND(FEXIT), .form = &names_form },
	{ .key = "uprobe", .read = read_uprobe, .variants = KIND(UPROBE), .form = &uprobe_form },
	{ .key = "uretprobe", .read = read_uprobe, .variants = KIND(URETPROBE),
	  .form = &uprobe_form },
	{ .key = "usdt", .read = read_usdt, .variants = KIND(USDT), .form = &usdt_form },
	{ .key = "perf_event", .read = read_perf_event, .variants = KIND(PERF_EVENT),
	  .form = &perf_event_form },
	{ .key = "fmod_ret", .read = read_targets, .variants = KIND(FMOD_RET),
	  .form = &names_form },
	{ .key = "lsm", .read = read_targets, .variants = KIND(LSM), .form = &names_form },
	{ .key = "iter", .read = read_targets, .variants = KIND(ITER), .form = &names_form },
	{ .key = "socket_filter", .read = read_hook_attach, .variants = KIND(SOCKET_FILTER),
	  .form = &hook_attach_form },
	{ .key = "xdp", .read = read_hook_attach, .variants = KIND(XDP),
	  .form = &hook_attach_form },
	{ .key = "tc", .read = read_hook_attach, .variants = KIND(TC), .form = &hook_attach_form },
	{ .key = "tc_action", .read = read_hook_attach, .variants = KIND(TC_ACTION),
	  .form = &true_form },
	{ .key = "cgroup", .read = read_hook_attach, .variants = KIND(CGROUP),
	  .form = &hook_attach_form },
	{ .key = "sockops", .read = read_hook_attach, .variants = KIND(SOCKOPS),
	  .form = &hook_attach_form },
	{ .key = "sk_skb", .read = read_hook_attach, .variants = KIND(SK_SKB),
	  .form = &hook_attach_form },
	{ .key = "sk_msg", .read = read_hook_attach, .variants = KIND(SK_MSG),
	  .form = &hook_attach_form },
	{ .key = "sk_lookup", .read = read_hook_attach, .variants = KIND(SK_LOOKUP),
	  .form = &hook_attach_form },
	{ .key = "flow_dissector", .read = read_hook_attach, .variants = KIND(FLOW_DISSECTOR),
	  .form = &hook_attach_form },
	{ .key = "lwt", .read = read_hook_attach, .variants = KIND(LWT), .form = &hook_form },
	{ .key = "run", .read = read_identifier, MEMBER(run), .required = true },
	{ .key = "pid", .read = read_expression, MEMBER(pid),
	  .variants = KINDS_UPROBE | KIND(PERF_EVENT) },
	{ .key = "cpu", .read = read_expression, MEMBER(cpu), .variants = KIND(PERF_EVENT) },
	{ .key = "offset", .read = read_u64, MEMBER(offset), .max = UINT32_MAX,
	  .variants = KIND(KPROBE) | KIND(UPROBE) },
	{ .key = "maxactive", .read = read_u64, MEMBER(maxactive), .min = 1, .max = 4096,
	  .variants = KIND(KRETPROBE) },
	{ .key = "trampoline", .read = read_bool, MEMBER(trampoline),
	  .variants = KINDS_KPROBE },
	{ .key = "when", .read = read_expression, MEMBER(when) },
	{ .key = "optional", .read = read_bool, MEMBER(optional) },
	{ .key = "each", .read = read_each, .form = &each_form },
};

#define NR_KINDS (B2C_NR_ATTACH_KINDS - 1) /* all but NONE */

static const struct group attach_groups[] = {
	{ .first = "kprobe", .nr = NR_KINDS, .asked = true }, { .nr = 0 },
};
static const struct shape attach_shape = {
	.noun = "an attach", .id = "attach", .rules = attach_rules,
	.nr_rules = sizeof(attach_rules) / sizeof(attach_rules[0]), .groups = attach_groups,
};
static const struct form attach_form = { FORM_SHAPE, .shape = &attach_shape };

static const char *const nouns[] = {
#define X(id, word, section, has_target) [B2C_ATTACH_##id] = "a " word,
	B2C_ATTACH_KINDS(X)
#undef X
};

/* An entry of unknown kind is read for its other mistakes, then dropped. */
static enum b2c_attach_kind attach_kind(const struct value *value)
{
	const struct rule *rule = reader_variant(value, &attach_shape, attach_rules, NR_KINDS);
	unsigned int kind;

	for (kind = B2C_ATTACH_NONE + 1; rule && kind < B2C_NR_ATTACH_KINDS; kind++)
		if (rule->variants == 1u << kind)
			return (enum b2c_attach_kind)kind;
	return B2C_ATTACH_NONE;
}

static struct b2c_attach *add_attach(const struct value *value, struct b2c_manifest *manifest,
				     const struct b2c_attach *attach)
{
	struct b2c_attach *attaches = (struct b2c_attach *)manifest->attaches;
	struct b2c_attach *added =
		arena_append(value->reader->arena, attaches, manifest->nr_attaches);

	*added = *attach;
	manifest->attaches = attaches;
	return added;
}

static void read_place(const struct value *value, void *ret_manifest)
{
	struct b2c_attach attach = { .loc = value->loc, .trampoline = true };
	struct shape shape = attach_shape;

	shape.variant = ~0u;
	if (value->node->type != YAML_MAPPING_NODE) {
		reader_wrong_type(value, "a mapping");
		return;
	}
	attach.kind = attach_kind(value);
	if (attach.kind) {
		shape.noun = nouns[attach.kind];
		shape.variant = 1u << attach.kind;
	}
	reader_mapping(value, &shape, &attach);
	if (attach.kind == B2C_ATTACH_USDT && attach.symbol.text && !attach.binary.text &&
	    !attach.pid.text)
		diag_report(value->reader->diag, B2C_DIAG_manifest_missing, value->loc,
			    "a usdt needs 'binary', or 'pid' for what that process runs");
	if (attach.offset && attach.match.text)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, attach.match.loc,
			    "a place by pattern is the start of functions and has no 'offset'");
	if (attach.maxactive && attach.match.text)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, attach.match.loc,
			    "places by pattern have no 'maxactive': write the functions as a list");
	if (attach.offset && attach.address)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "an address is exact and has no 'offset'");
	add_attach(value, ret_manifest, &attach);
}

/* ---- choices: of several attaches the first that the host has ---- */

/* A host has these or not; what networks have is for the user to know. */
#define KINDS_CHOICE                                                                        \
	(KINDS_KPROBE | KINDS_UPROBE | KIND(KSYSCALL) | KIND(KRETSYSCALL) | KIND(TRACEPOINT) | \
	 KIND(RAW_TRACEPOINT) | KIND(FENTRY) | KIND(FEXIT) | KIND(FMOD_RET) | KIND(LSM) |      \
	 KIND(ITER) | KIND(PERF_EVENT))

struct choice {
	struct b2c_manifest *manifest;
	bool optional;
};

static void read_alternative(const struct value *value, void *ret_choice)
{
	struct choice *choice = ret_choice;
	struct b2c_manifest *manifest = choice->manifest;
	size_t before = manifest->nr_attaches;
	struct b2c_attach *attach;

	if (reader_has_each(value))
		diag_report(value->reader->diag, B2C_DIAG_manifest_key, value->loc,
			    "'each' belongs beside 'first', not to what it lists");
	read_place(value, manifest);
	if (manifest->nr_attaches == before)
		return;
	attach = (struct b2c_attach *)&manifest->attaches[before];
	if (attach->optional)
		diag_report(value->reader->diag, B2C_DIAG_manifest_key, value->loc,
			    "'optional' belongs beside 'first', not to what it lists");
	if (attach->kind && !KIND_IN(attach->kind, KINDS_CHOICE))
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "%s can't be one of several", nouns[attach->kind]);
	attach->or_next = true;
}

static void read_first(const struct value *value, void *ret_choice)
{
	if (value->node->type == YAML_SEQUENCE_NODE &&
	    value->node->data.sequence.items.top - value->node->data.sequence.items.start < 2)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "'first' needs two attaches or more to choose from");
	else
		reader_list(value, read_alternative, ret_choice);
}

static const struct form first_form = { FORM_LIST, .of = &attach_form, .least = 2 };

static const struct rule choice_rules[] = {
	{ .key = "first", .read = read_first, .required = true, .form = &first_form },
	{ .key = "optional", .read = read_bool, .offset = offsetof(struct choice, optional) },
	{ .key = "each", .read = read_each, .form = &each_form },
};

static const struct shape choice_shape = {
	.noun = "a choice of attaches", .id = "choice", .rules = choice_rules, .nr_rules = 3,
};
static const struct form choice_form = {
	FORM_SHAPE, .shape = &choice_shape, .or = &attach_form,
};
const struct form attaches_form = { FORM_LIST, .of = &choice_form };

static void read_choice_of_attaches(const struct value *value, struct b2c_manifest *manifest)
{
	struct choice choice = { .manifest = manifest };
	size_t i, before = manifest->nr_attaches;
	struct b2c_attach *attaches;

	reader_mapping(value, &choice_shape, &choice);
	attaches = (struct b2c_attach *)manifest->attaches;
	for (i = before; i < manifest->nr_attaches; i++) {
		attaches[i].optional = choice.optional;
		attaches[i].or_next = i + 1 < manifest->nr_attaches;
	}
}

static void read_one(const struct value *value, void *ret_manifest)
{
	if (reader_lookup(value, "first"))
		read_choice_of_attaches(value, ret_manifest);
	else
		read_place(value, ret_manifest);
}

static void read_attach(const struct value *value, void *ret_manifest)
{
	reader_repeat(value, read_one, ret_manifest);
}

void read_attaches(const struct value *value, void *ret_manifest)
{
	reader_list(value, read_attach, ret_manifest);
}
