// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * `perf_event` of an attach: what is counted and how often the program runs. Each kind of
 * event becomes one text, as perf writes events: "cpu-clock", "LLC-load-misses", "r1a8",
 * "mem:jiffies_64/8:w".
 */
#include "manifest_parts.h"

#include <ctype.h>
#include <string.h>

#define MEMBER(name) .offset = offsetof(struct b2c_attach, name)

const char *const manifest_software_events[] = {
	"cpu-clock", "task-clock", "page-faults", "context-switches", "cpu-migrations",
	"minor-faults", "major-faults", "alignment-faults", "emulation-faults", "dummy",
	"bpf-output", "cgroup-switches", NULL,
};

const char *const manifest_hardware_events[] = {
	"cpu-cycles", "instructions", "cache-references", "cache-misses",
	"branch-instructions", "branch-misses", "bus-cycles", "stalled-cycles-frontend",
	"stalled-cycles-backend", "ref-cycles", NULL,
};

/* What each cache counts: its loads, stores and prefetches, and which of them missed. */
#define LOADS(cache) cache "-loads", cache "-load-misses"
#define STORES(cache) cache "-stores", cache "-store-misses"
#define PREFETCHES(cache) cache "-prefetches", cache "-prefetch-misses"

static const char *const cache_events[] = {
	LOADS("L1-dcache"), STORES("L1-dcache"), PREFETCHES("L1-dcache"),
	LOADS("L1-icache"), PREFETCHES("L1-icache"),
	LOADS("LLC"), STORES("LLC"), PREFETCHES("LLC"),
	LOADS("dTLB"), STORES("dTLB"), PREFETCHES("dTLB"),
	LOADS("iTLB"), LOADS("branch"),
	LOADS("node"), STORES("node"), PREFETCHES("node"), NULL,
};

static void read_raw(const struct value *value, void *ret_event)
{
	struct b2c_word *event = ret_event;
	uint64_t number = 0;

	read_u64(value, &number);
	event->loc = value->loc;
	event->text = arena_printf(value->reader->arena, "r%llx", (unsigned long long)number);
}

/* ---- breakpoints ---- */

struct breakpoint {
	struct b2c_word symbol, type;
	uint64_t address, length;
};

static const char *const breakpoint_types[] = { "r", "w", "rw", "x", NULL };

static const struct rule breakpoint_rules[] = {
	{ .key = "symbol", .read = read_line, .offset = offsetof(struct breakpoint, symbol) },
	{ .key = "address", .read = read_u64, .offset = offsetof(struct breakpoint, address),
	  .min = 1, .max = INT64_MAX },
	{ .key = "length", .read = read_u64, .offset = offsetof(struct breakpoint, length),
	  .min = 1, .max = 8 },
	{ .key = "type", .read = read_choice_word, .offset = offsetof(struct breakpoint, type),
	  .choices = breakpoint_types, .required = true },
};

static const char *breakpoint_problem(const struct breakpoint *breakpoint)
{
	const char *s;

	if (breakpoint->length & (breakpoint->length - 1))
		return "'length' must be 1, 2, 4 or 8";
	if (breakpoint->length && breakpoint->type.text && *breakpoint->type.text == 'x')
		return "a breakpoint of type 'x' is on an instruction and has no 'length'";
	for (s = breakpoint->symbol.text; s && *s; s++)
		if (!isalnum((unsigned char)*s) && !strchr("_.$", *s))
			return "'symbol' is not a name of the kernel";
	return NULL;
}

static const struct group breakpoint_groups[] = { { .first = "symbol", .nr = 2 }, { .nr = 0 } };
static const struct shape breakpoint_shape = {
	.noun = "a breakpoint", .id = "breakpoint", .rules = breakpoint_rules, .nr_rules = 4,
	.groups = breakpoint_groups,
};
static const struct form breakpoint_form = { FORM_SHAPE, .shape = &breakpoint_shape };

static void read_breakpoint(const struct value *value, void *ret_event)
{
	struct b2c_arena *arena = value->reader->arena;
	struct breakpoint breakpoint = { 0 };
	struct b2c_word *event = ret_event;
	const char *problem, *place;

	if (!reader_mapping(value, &breakpoint_shape, &breakpoint))
		return;
	problem = breakpoint_problem(&breakpoint);
	if (problem)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc, "%s",
			    problem);
	place = breakpoint.symbol.text;
	if (!place)
		place = arena_printf(arena, "%#llx", (unsigned long long)breakpoint.address);
	event->loc = value->loc;
	event->text = arena_printf(arena, "mem:%s/%llu:%s", place,
				   breakpoint.length ? (unsigned long long)breakpoint.length : 8,
				   breakpoint.type.text ? breakpoint.type.text : "");
}

/* ---- the whole ---- */

#define NR_EVENTS 5 /* of the rules, which come first; then two of how often */

static const struct rule raw_rule = { .key = "raw", .read = read_u64, .max = INT64_MAX };
static const struct form raw_form = { FORM_RULE, .rule = &raw_rule };

static const struct rule rules[] = {
	{ .key = "software", .read = read_choice_word, MEMBER(event),
	  .choices = manifest_software_events },
	{ .key = "hardware", .read = read_choice_word, MEMBER(event),
	  .choices = manifest_hardware_events },
	{ .key = "cache", .read = read_choice_word, MEMBER(event), .choices = cache_events },
	{ .key = "raw", .read = read_raw, MEMBER(event), .max = INT64_MAX, .form = &raw_form },
	{ .key = "breakpoint", .read = read_breakpoint, MEMBER(event), .form = &breakpoint_form },
	{ .key = "frequency", .read = read_u64, MEMBER(frequency), .min = 1, .max = 100000 },
	{ .key = "period", .read = read_u64, MEMBER(period), .min = 1, .max = INT64_MAX },
};

static const struct group groups[] = {
	{ .first = "software", .nr = NR_EVENTS }, { .first = "frequency", .nr = 2 }, { .nr = 0 },
};
static const struct shape event_shape = {
	.noun = "a perf_event", .id = "perf_event", .rules = rules, .nr_rules = NR_EVENTS + 2,
	.groups = groups,
};
const struct form perf_event_form = { FORM_SHAPE, .shape = &event_shape };

void read_perf_event(const struct value *value, void *ret_attach)
{
	struct b2c_attach *attach = ret_attach;
	size_t i;

	if (!reader_mapping(value, &event_shape, attach))
		return;
	for (i = 0; i < NR_EVENTS; i++)
		if (reader_lookup(value, rules[i].key))
			attach->event_key = rules[i].key;
}
