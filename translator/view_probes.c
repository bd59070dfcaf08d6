// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* View, probes: the tables of what runs where, with its conditions, and of what is pinned. */
#include <ctype.h>
#include <string.h>

#include "view_parts.h"

static const char *const kind_names[] = {
#define X(id, word, section, has_target) "B2C_" #id,
	B2C_ATTACH_KINDS(X)
#undef X
};

const char *view_option_of(const struct b2c_word *word)
{
	const char *name = word->text;

	if (!name || strncmp(name, "opt.", 4))
		return NULL;
	return name[4 + strspn(name + 4, "abcdefghijklmnopqrstuvwxyz"
					 "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789")]
		       ? NULL
		       : name + 4;
}

static bool is_pid_option(const struct b2c_manifest *manifest, const char *name,
			  struct b2c_arena *arena)
{
	size_t i;

	for (i = 0; name && i < manifest->nr_options; i++)
		if (!strcmp(view_option_name(&manifest->options[i], arena), name))
			return manifest->options[i].type == B2C_OPTION_PID;
	return false;
}

/* ---- conditions: expressions that are no plain option become functions ---- */

static size_t rows_of(const struct b2c_plan *plan, const struct b2c_program *program)
{
	size_t i, nr = 0;

	for (i = 0; i < plan->nr_probes; i++)
		nr += plan->probes[i].program == program;
	return nr;
}

/* What tells a row of a program from its others: "vfs_read", "libc_so_6_malloc". */
static const char *row_place(const struct b2c_plan_probe *probe, struct b2c_arena *arena)
{
	const struct b2c_attach *attach = probe->attach;
	const struct b2c_word *words[] = { &attach->match, &attach->binary, &attach->provider,
					   &attach->symbol, &attach->event };
	const char *place = probe->nr_targets ? probe->targets[0] : "";
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i]->text)
			place = arena_printf(arena, "%s%s%s", place, *place ? "_" : "",
					     words[i]->text);
	return place;
}

/* "when_trace_done"; with the place where the program has several rows. */
static const char *condition_name(const struct b2c_plan *plan, const struct b2c_plan_probe *probe,
				  const char *prefix, struct b2c_arena *arena)
{
	const struct b2c_program *slow = probe->program->slow ? probe->program->slow
								 : probe->program;
	const char *program = slow->name, *place;
	const struct b2c_plan_probe *other;
	char *name, *p;

	if (rows_of(plan, slow) == 1)
		return arena_printf(arena, "%s_%s", prefix, program);
	place = row_place(probe, arena);
	name = arena_printf(arena, "%s_%s_%s", prefix, program, place);
	for (other = plan->probes; other < plan->probes + plan->nr_probes; other++) {
		if (other == probe || other->program != slow || !other->attach ||
		    strcmp(row_place(other, arena), place) != 0)
			continue;
		name = arena_printf(arena, "%s_line_%u", name, probe->attach->loc.line);
		break;
	}
	for (p = name; *p; p++)
		if (!isalnum((unsigned char)*p))
			*p = '_';
	return name;
}

static void add_condition(const struct b2c_plan *plan, const struct b2c_plan_probe *probe,
			  const char *type, const struct b2c_word *word, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	struct b2c_view *item = view_add(view, "conditions");
	const struct b2c_attach *attach = probe->attach;
	const char *prefix = word == &attach->when  ? "when"
			     : word == &attach->pid ? "pid_of"
						    : "cpu_of";
	const char *what = word == &attach->when  ? "Whether it is attached"
			   : word == &attach->pid ? "The process it is attached to"
						  : "The CPU it is attached to";

	view_set(item, "type", type);
	view_set(item, "function", condition_name(plan, probe, prefix, arena));
	view_set(item, "origin", view_origin(plan, what, word->loc, arena));
	view_printf(item, "manifest_line", "%u", word->loc.line);
	view_set(item, "expression", view_expression(word->text, arena));
}

/* ---- rows ---- */

static const char *const *literals(const struct b2c_plan_probe *probe, struct b2c_arena *arena)
{
	const char **items = NULL;
	size_t i, nr = 0;

	for (i = 0; i < probe->nr_targets; i++) {
		const char *target = probe->targets[i];
		const char *event = strchr(target, ':');

		if (probe->kind == B2C_ATTACH_RAW_TRACEPOINT && event)
			target = event + 1;
		*arena_append(arena, items, nr) = view_literal(target, arena);
	}
	return items;
}

static void uprobe_fields(const struct b2c_attach *attach, struct view_fields *fields)
{
	const char *binary = view_option_of(&attach->binary);
	const char *symbol = view_option_of(&attach->symbol);

	if (binary)
		view_field(fields, ".binary_option = opt.%s", binary);
	else if (attach->binary.text)
		view_field_literal(fields, "binary", attach->binary.text);
	if (attach->provider.text)
		view_field_literal(fields, "provider", attach->provider.text);
	if (symbol) {
		view_field(fields, ".symbol_option = opt.%s", symbol);
	} else if (attach->symbol.text) {
		const char *item = view_literal(attach->symbol.text, fields->arena);

		view_field_list(fields, "targets", &item, 1);
	}
}

/* What the runtime does not attach by kind: the function that does. */
static const char *const attach_functions[B2C_NR_ATTACH_KINDS] = {
	[B2C_ATTACH_PERF_EVENT] = "b2c_attach_perf_event",
	[B2C_ATTACH_LSM] = "b2c_attach_lsm",
	[B2C_ATTACH_ITER] = "b2c_attach_iter",
	[B2C_ATTACH_SOCKET_FILTER] = "b2c_attach_socket_filter",
	[B2C_ATTACH_XDP] = "b2c_attach_xdp",
	[B2C_ATTACH_TC] = "b2c_attach_tc",
	[B2C_ATTACH_CGROUP] = "b2c_attach_cgroup",
	[B2C_ATTACH_SOCKOPS] = "b2c_attach_cgroup",
	[B2C_ATTACH_SK_SKB] = "b2c_attach_sockmap",
	[B2C_ATTACH_SK_MSG] = "b2c_attach_sockmap",
	[B2C_ATTACH_SK_LOOKUP] = "b2c_attach_netns",
	[B2C_ATTACH_FLOW_DISSECTOR] = "b2c_attach_netns",
};

/* What the runtime does with each kind of places by pattern. */
static const char *const patterns[B2C_NR_ATTACH_KINDS] = {
	[B2C_ATTACH_KPROBE] = "b2c_pattern_of_functions",
	[B2C_ATTACH_KRETPROBE] = "b2c_pattern_of_functions",
	[B2C_ATTACH_TRACEPOINT] = "b2c_pattern_of_tracepoints",
	[B2C_ATTACH_RAW_TRACEPOINT] = "b2c_pattern_of_tracepoints",
	[B2C_ATTACH_UPROBE] = "b2c_pattern_of_symbols",
	[B2C_ATTACH_URETPROBE] = "b2c_pattern_of_symbols",
};

static void hook_fields(const struct b2c_attach *attach, struct view_fields *fields)
{
	const struct b2c_word *places[] = { &attach->interface, &attach->cgroup, &attach->map,
					    &attach->netns };
	size_t i;

	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		const char *option = view_option_of(places[i]);

		if (option)
			view_field(fields, ".place_option = opt.%s", option);
		else if (places[i]->text)
			view_field_literal(fields, "place", places[i]->text);
	}
	if (attach->mode.text && strcmp(attach->mode.text, "auto") != 0)
		view_field_literal(fields, "mode", attach->mode.text);
}

static void attach_fields(const struct b2c_plan *plan, const struct b2c_plan_probe *probe,
			  struct view_fields *fields)
{
	const struct b2c_attach *attach = probe->attach;
	const char *pid = view_option_of(&attach->pid);

	if (attach->match.text) {
		view_field_literal(fields, "match", attach->match.text);
		view_field(fields, ".pattern = &%s", patterns[probe->kind]);
	}
	if (attach->offset)
		view_field(fields, ".offset = %llu", (unsigned long long)attach->offset);
	if (attach->maxactive && !probe->program->slow) {
		view_field(fields, ".maxactive = %llu", (unsigned long long)attach->maxactive);
		view_field(fields, ".link = b2c_link_maxactive");
	}
	if (attach->address)
		view_field(fields, ".address = %#llx", (unsigned long long)attach->address);
	uprobe_fields(attach, fields);
	hook_fields(attach, fields);
	if (attach->event.text) {
		view_field_literal(fields, "event", attach->event.text);
		view_field(fields, ".ask = b2c_ask_perf_event");
	}
	if (attach->frequency)
		view_field(fields, ".frequency = %llu", (unsigned long long)attach->frequency);
	if (attach->period)
		view_field(fields, ".period = %llu", (unsigned long long)attach->period);
	if (is_pid_option(plan->manifest, pid, fields->arena))
		view_field(fields, ".pid_option = &opt.%s", pid);
	else if (attach->pid.text)
		view_field(fields, ".pid = %s",
			   condition_name(plan, probe, "pid_of", fields->arena));
	if (attach->cpu.text)
		view_field(fields, ".on_cpu = %s",
			   condition_name(plan, probe, "cpu_of", fields->arena));
	if (attach->when.text)
		view_field(fields, ".when = %s",
			   condition_name(plan, probe, "when", fields->arena));
	if (attach->optional && !probe->or_next)
		view_field(fields, ".optional = true");
}

static void add_probe(const struct b2c_plan *plan, const struct b2c_plan_probe *probe,
		      struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	struct view_fields fields = { .arena = arena, .depth = 2 };
	const struct b2c_attach *attach = probe->attach;

	view_field_literal(&fields, "program", probe->program->name);
	view_field(&fields, ".kind = %s", kind_names[probe->kind]);
	if (probe->nr_targets)
		view_field_list(&fields, "targets", literals(probe, arena), probe->nr_targets);
	if (attach_functions[probe->kind])
		view_field(&fields, ".attach = %s", attach_functions[probe->kind]);
	if (probe->program->slow) {
		if (probe->program->reads)
			view_field(&fields, ".reads = %#x", (unsigned int)probe->program->reads);
		view_field(&fields, ".trampoline = &b2c_trampoline");
	}
	if (attach)
		attach_fields(plan, probe, &fields);
	if (probe->or_next)
		view_field(&fields, ".or_next = b2c_choose_first");
	view_set(view_add(view, "probes"), "braces", view_braces(&fields));
	if (!attach || probe->program->slow)
		return;
	if (attach->when.text)
		add_condition(plan, probe, "bool", &attach->when, view);
	if (attach->pid.text && !is_pid_option(plan->manifest, view_option_of(&attach->pid), arena))
		add_condition(plan, probe, "int", &attach->pid, view);
	if (attach->cpu.text)
		add_condition(plan, probe, "int", &attach->cpu, view);
}

static void add_pins(const struct b2c_plan *plan, struct b2c_view *view)
{
	const struct b2c_map *map;
	size_t i;

	view_list(view, "pins");
	for (i = 0; i < plan->unit->nr_maps; i++) {
		struct view_fields fields = { .arena = view_arena(view), .depth = 2 };

		map = &plan->unit->maps[i];
		if (!map->pin)
			continue;
		view_field_literal(&fields, "map", map->name);
		view_field_literal(&fields, "path", map->pin);
		view_set(view_add(view, "pins"), "braces", view_braces(&fields));
	}
}

void view_probes(const struct b2c_plan *plan, struct b2c_view *view)
{
	size_t i;

	add_pins(plan, view);
	view_list(view, "conditions");
	view_list(view, "probes");
	for (i = 0; i < plan->nr_probes; i++)
		add_probe(plan, &plan->probes[i], view);
}
