// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* View: the file heads, the options, TOOL.h and main; see view.h. */
#include "view.h"

#include <ctype.h>
#include <string.h>

#include "host_values.h"
#include "view_parts.h"

#define COMMENT_ROOM (VIEW_COLUMNS - 3)

/* ---- comments ---- */

/* Breaks a paragraph into the items `line` of the list `name`. */
static void wrap(struct b2c_view *view, const char *name, const char *text, struct b2c_arena *arena)
{
	size_t n, i;

	view_list(view, name);
	for (text = view_comment(text, arena); *text; text += n + strspn(text + n, " ")) {
		n = strlen(text);
		for (i = 0; n > COMMENT_ROOM && i <= COMMENT_ROOM; i++)
			if (text[COMMENT_ROOM - i] == ' ')
				n = COMMENT_ROOM - i;
		view_set(view_add(view, name), "line", arena_strndup(arena, text, n));
	}
}

const char *view_origin(const struct b2c_plan *plan, const char *what, struct b2c_loc loc,
			struct b2c_arena *arena)
{
	const char *slash = loc.file ? strrchr(loc.file, '/') : NULL;
	const char *file = slash ? slash + 1 : loc.file ? loc.file : plan->source;

	if (!loc.line)
		return arena_printf(arena, "%s, from %s", what, file);
	return arena_printf(arena, "%s, from %s:%u", what, file, loc.line);
}

static void view_abouts(const struct b2c_plan *plan, const char *version, struct b2c_arena *arena,
			struct b2c_view *view)
{
	const char *from = plan->source;
	const char *by;

	if (plan->manifest_file)
		from = arena_printf(arena, "%s and %s", from, plan->manifest_file);
	by = arena_printf(arena, "Emitted by bcc2core %s from %s; edit freely.", version, from);
	wrap(view, "about",
	     arena_printf(arena, "%s%s%s", plan->tool, *plan->summary ? ": " : "", plan->summary),
	     arena);
	view_set(view_add(view, "about"), "line", by);
	wrap(view, "bpf_about", arena_printf(arena, "%s, the BPF side. %s", plan->tool, by), arena);
	wrap(view, "header_about",
	     arena_printf(arena, "What %s.bpf.c and %s.c share. %s", plan->tool, plan->tool, by),
	     arena);
}

/* ---- TOOL.h ---- */

static void view_header(const struct b2c_plan *plan, struct b2c_arena *arena, struct b2c_view *view)
{
	char *guard = arena_strdup(arena, plan->tool), *p;
	bool has_values = plan->manifest->nr_options || plan->manifest->nr_facts;
	bool uses_bool = false;
	size_t i;

	for (p = guard; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	view_set(view, "guard", guard);
	view_list(view, "records");
	for (i = 0; i < plan->manifest->nr_options; i++)
		uses_bool |= plan->manifest->options[i].type == B2C_OPTION_FLAG;
	for (i = 0; i < plan->nr_types; i++) {
		struct b2c_view *item = view_add(view, "records");
		const struct b2c_type *type = plan->types[i];
		const char *text = view_record(type, arena);

		view_set(item, "origin",
			 view_origin(plan, view_type_name(type, arena), type->loc, arena));
		view_set(item, "text", text);
		uses_bool |= strstr(text, "\tbool ") != NULL;
	}
	view_flag(view, "uses_bool", uses_bool);
	view_flag(view, "has_values", has_values);
	view_flag(view, "has_header", has_values || plan->nr_types);
}

/* ---- TOOL.bpf.c ---- */

/* A licence line at the very top of the user's file stays at the very top. */
static size_t spdx_line(const char *comment)
{
	size_t n = strcspn(comment, "\n");
	const char *id = strstr(comment, "SPDX-License-Identifier:");
	const char *end = strstr(comment, "*/");

	if (!id || (size_t)(id - comment) > n)
		return 0;
	if (!strncmp(comment, "//", 2))
		return n;
	return !strncmp(comment, "/*", 2) && end && (size_t)(end + 2 - comment) == n ? n : 0;
}

/* `text` without blank lines around it; NULL when nothing is left. */
static const char *strip(const char *text, size_t n, struct b2c_arena *arena)
{
	while (n && (*text == '\n' || *text == '\r')) {
		text++;
		n--;
	}
	while (n && isspace((unsigned char)text[n - 1]))
		n--;
	return n ? arena_strndup(arena, text, n) : NULL;
}

/*
 * The comments that the source starts with: about the file, down to the last
 * blank line, and about what comes first in it.
 */
static void view_bpf_comment(const char *comment, struct b2c_arena *arena, struct b2c_view *view)
{
	const char *about_first, *blank;
	size_t n;

	comment += strspn(comment, "\n");
	n = spdx_line(comment);
	view_set(view, "spdx", n ? arena_strndup(arena, comment, n) : NULL);
	comment += n;
	about_first = comment;
	for (blank = strstr(comment, "\n\n"); blank; blank = strstr(blank + 1, "\n\n"))
		about_first = blank + 2;
	view_set(view, "file_comment", strip(comment, (size_t)(about_first - comment), arena));
	view_set(view, "first_comment", strip(about_first, strlen(about_first), arena));
}

static void view_bpf(const struct b2c_plan *plan, struct b2c_arena *arena, struct b2c_view *view)
{
	const struct b2c_unit *unit = plan->unit;

	view_bpf_comment(unit->bpf_comment ? unit->bpf_comment : "", arena, view);
	view_set(view, "bpf_source", strip(unit->bpf_source, strlen(unit->bpf_source), arena));
	view_set(view, "license", unit->license ? view_literal(unit->license, arena) : NULL);
	view_flag(view, "uses_helpers", unit->uses_helpers);
	view_flag(view, "uses_endian", unit->uses_endian);
	view_flag(view, "uses_usdt", unit->uses_usdt);
	view_flag(view, "uses_packet", unit->uses_packet);
}

/* ---- main ---- */

static bool is_trace(const struct b2c_plan_output *out)
{
	return out->asked && out->asked->is_trace;
}

static const char *events_call(const struct b2c_plan_output *out, const char *map,
			       struct b2c_arena *arena)
{
	const char *args[] = {
		"run",
		map,
		arena_printf(arena, "print_%s", out->name),
		arena_printf(arena, "%s_columns", out->name),
		arena_printf(arena, "B2C_SIZE(%s_columns)", out->name),
	};

	if (!is_trace(out))
		return view_call("b2c_print_events", args, 5, arena);
	args[1] = args[0];
	return view_call("b2c_print_trace_rows", args + 1, 4, arena);
}

static const char *output_call(const struct b2c_plan_output *out, struct b2c_arena *arena)
{
	const char *map = arena_printf(arena, "skel->maps.%s", out->map->name);
	const char *args[4] = { "run", map };
	const char *name = out->name;

	switch (out->kind) {
	case B2C_OUTPUT_EVENTS:
		return events_call(out, map, arena);
	case B2C_OUTPUT_HISTOGRAM:
		args[2] = arena_printf(arena, "&%s_histogram", name);
		return view_call("b2c_print_histogram", args, 3, arena);
	case B2C_OUTPUT_TABLE:
		args[2] = arena_printf(arena, "&%s_table", name);
		return view_call("b2c_print_table", args, 3, arena);
	default:
		args[2] = arena_printf(arena, "skel->maps.%s", out->stack_map->name);
		args[3] = arena_printf(arena, "&%s_stacks", name);
		return view_call("b2c_print_stacks", args, 4, arena);
	}
}

/* The frontend declares MAP_full beside every map that the program may find full. */
static const char *count_full_call(const struct b2c_map *map, struct b2c_arena *arena)
{
	const char *args[] = { "run", arena_printf(arena, "skel->maps.%s", map->name),
			       arena_printf(arena, "&skel->bss->%s_full", map->name) };

	return view_call("b2c_count_full", args, 3, arena);
}

/* The frontend declares MAP_lost beside every buffer. */
static const char *count_lost_call(const struct b2c_map *map, struct b2c_arena *arena)
{
	const char *args[] = { "run", arena_printf(arena, "skel->bss->%s_lost", map->name) };

	return view_call("b2c_count_lost", args, 2, arena);
}

/* Which record a row of JSON is of. */
static const char *name_record_call(const struct b2c_plan_output *out, struct b2c_arena *arena)
{
	const char *name = out->event->name && *out->event->name ? out->event->name : out->name;
	const char *args[] = { "run", view_literal(name, arena) };

	return view_call("b2c_name_record", args, 2, arena);
}

static bool has_pins(const struct b2c_unit *unit)
{
	size_t i;

	for (i = 0; i < unit->nr_maps; i++)
		if (unit->maps[i].pin)
			return true;
	return false;
}

static bool counts_losses(const struct b2c_unit *unit)
{
	size_t i;

	for (i = 0; i < unit->nr_maps; i++)
		if (unit->maps[i].counts_full || unit->maps[i].kind == B2C_MAP_PERF_OUTPUT ||
		    unit->maps[i].kind == B2C_MAP_RINGBUF)
			return true;
	return false;
}

/* Whether there is a map whose size is the user's choice; as runtime/map_setup.c decides it. */
static bool sizes_maps(const struct b2c_unit *unit)
{
	const uint64_t kinds = 1ULL << B2C_MAP_HASH | 1ULL << B2C_MAP_PERCPU_HASH |
			       1ULL << B2C_MAP_LRU_HASH | 1ULL << B2C_MAP_LRU_PERCPU_HASH |
			       1ULL << B2C_MAP_LPM_TRIE | 1ULL << B2C_MAP_QUEUE |
			       1ULL << B2C_MAP_STACK | 1ULL << B2C_MAP_STACK_TRACE |
			       1ULL << B2C_MAP_HASH_OF_MAPS | 1ULL << B2C_MAP_RINGBUF |
			       1ULL << B2C_MAP_PERF_OUTPUT;
	size_t i;

	for (i = 0; i < unit->nr_maps; i++)
		if (kinds >> unit->maps[i].kind & 1)
			return true;
	return false;
}

/* A call for each parameter whose position depends on the kernel. */
static void add_arguments(const struct b2c_program *program, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	size_t i;

	for (i = 0; i < program->nr_arguments; i++) {
		const struct b2c_argument *argument = &program->arguments[i];
		const char *args[] = {
			"run",
			view_literal(program->name, arena),
			view_literal(argument->what, arena),
			arena_printf(arena, "&skel->rodata->%s", argument->variable),
		};

		view_set(view_add(view, "arguments"), "call",
			 view_call("b2c_find_argument", args, 4, arena));
	}
}

static void view_arguments(const struct b2c_plan *plan, struct b2c_view *view)
{
	const struct b2c_unit *unit = plan->unit;
	size_t i;

	view_list(view, "arguments");
	for (i = 0; i < unit->nr_programs; i++) {
		add_arguments(&unit->programs[i], view);
		if (unit->programs[i].fast)
			add_arguments(unit->programs[i].fast, view);
	}
}

/* A call for each number of the host that the programs have as a variable. */
static void view_host_values(const struct b2c_unit *unit, struct b2c_arena *arena,
			     struct b2c_view *view)
{
	static const char *const rows[][2] = {
#define X(id, variable, value, what, function) { function, variable },
		B2C_HOST_VALUES(X)
#undef X
	};
	size_t i;

	view_list(view, "host_values");
	for (i = 0; i < B2C_NR_HOST_VALUES; i++) {
		const char *args[] = { "run", arena_printf(arena, "&skel->rodata->%s",
							   rows[i][1]) };

		if (unit->host_values >> i & 1)
			view_set(view_add(view, "host_values"), "call",
				 view_call(rows[i][0], args, 2, arena));
	}
}

static bool has_line(const char *text, const char *line)
{
	size_t n = strlen(line);

	for (; *text; text += strcspn(text, "\n"), text += *text == '\n')
		if (!strncmp(text, line, n) && (!text[n] || text[n] == '\n'))
			return true;
	return false;
}

/* "interval count": what the words behind the options are. */
static const char *words_of_command_line(const struct b2c_plan *plan, struct b2c_arena *arena)
{
	const struct b2c_manifest *manifest = plan->manifest;
	const char *words = "";
	size_t i;

	for (i = 0; i < manifest->nr_arguments; i++)
		words = arena_printf(arena, "%s%s%s", words, i ? " " : "",
				     manifest->arguments[i].text);
	if (plan->takes_interval && !manifest->takes_interval)
		words = arena_printf(arena, "%s%sinterval%s", words, *words ? " " : "",
				     plan->takes_count ? " count" : "");
	return words;
}

/* "counts: pid, count\n": what --json and --csv call the columns of each output. */
static const char *rows_of_help(const struct b2c_plan *plan, struct b2c_arena *arena)
{
	const char *rows = "";
	size_t i, k;

	for (i = 0; i < plan->nr_outputs; i++) {
		const struct b2c_plan_output *out = &plan->outputs[i];
		const char *keys = "";

		for (k = 0; k < out->nr_columns; k++)
			keys = arena_printf(arena, "%s%s%s", keys, k ? ", " : "",
					    out->columns[k].key);
		if (out->kind == B2C_OUTPUT_HISTOGRAM)
			keys = arena_printf(arena, "%s%s, unit, low, high, count",
					    out->nr_sections ? "histogram, " : "histogram",
					    !out->nr_sections	    ? ""
					    : out->nr_sections == 1 ? out->sections[0].key
								    : "section");
		if (out->kind == B2C_OUTPUT_STACKS)
			keys = "comm, pid, kernel, user, count";
		keys = arena_printf(arena, "%s: %s", out->name, keys);
		/* variants may have the same */
		if (!has_line(rows, keys))
			rows = arena_printf(arena, "%s%s%s", rows, *rows ? "\n" : "", keys);
	}
	return rows;
}

static bool has_metrics(const struct b2c_plan *plan)
{
	size_t i;

	for (i = 0; i < plan->nr_outputs; i++)
		if (plan->outputs[i].kind == B2C_OUTPUT_TABLE ||
		    plan->outputs[i].kind == B2C_OUTPUT_HISTOGRAM)
			return true;
	return false;
}

/* The option that --exec puts its process into: the one called pid, or the only one. */
static const struct b2c_option *exec_option(const struct b2c_manifest *manifest)
{
	const struct b2c_option *found = NULL;
	size_t i, nr = 0;

	for (i = 0; i < manifest->nr_options; i++) {
		const struct b2c_option *option = &manifest->options[i];

		if (option->type != B2C_OPTION_PID || option->list ||
		    !strcmp(option->name.text, "tid"))
			continue;
		if (!strcmp(option->name.text, "pid"))
			return option;
		found = option;
		nr++;
	}
	return nr == 1 ? found : NULL;
}

/* A command is traced by what runs in it; iterators look at what is there. */
static void exec_fields(const struct b2c_plan *plan, struct view_fields *fields)
{
	const struct b2c_option *option = exec_option(plan->manifest);
	size_t i;

	for (i = 0; i < plan->nr_probes; i++)
		if (plan->probes[i].kind != B2C_ATTACH_ITER)
			break;
	if (i == plan->nr_probes)
		return;
	view_field(fields, ".exec = &b2c_exec_command");
	if (option)
		view_field(fields, ".exec_pid = &opt.%s", view_option_name(option, fields->arena));
}

static void program_fields(const struct b2c_plan *plan, struct view_fields *fields)
{
	view_field(fields, ".probes = probes");
	view_field(fields, ".nr_probes = B2C_SIZE(probes)");
	if (!has_pins(plan->unit))
		return;
	view_field(fields, ".pins = pins");
	view_field(fields, ".nr_pins = B2C_SIZE(pins)");
}

/* What is said once everything is attached, and at the end. */
static void line_fields(const struct b2c_plan *plan, struct view_fields *fields,
			struct b2c_view *view)
{
	view_list(view, "line_functions");
	if (plan->part != B2C_PART_START) {
		view_lines(plan->start, "add_start", view);
		view_lines(plan->end, "add_end", view);
		if (plan->start && plan->start->nr)
			view_field(fields, ".start = add_start");
		if (plan->end && plan->end->nr)
			view_field(fields, ".end = add_end");
	}
	if (plan->prints_maps && !plan->start)
		view_field_literal(fields, "banner", "Tracing... Hit Ctrl-C to end.");
}

static void view_main(const struct b2c_plan *plan, const char *version, struct b2c_arena *arena,
		      struct b2c_view *view)
{
	struct view_fields fields = { .arena = arena, .depth = 1 };
	size_t i;

	view_list(view, "outputs");
	view_flag(view, "uses_stdio", false);
	for (i = 0; i < plan->nr_outputs; i++) {
		view_set(view_add(view, "outputs"), "call", output_call(&plan->outputs[i], arena));
		view_join_calls(&plan->outputs[i], view);
		if (plan->outputs[i].kind == B2C_OUTPUT_EVENTS && plan->outputs[i].is_first &&
		    !is_trace(&plan->outputs[i]))
			view_set(view_add(view, "outputs"), "call",
				 count_lost_call(plan->outputs[i].map, arena));
		if (plan->outputs[i].is_shared)
			view_set(view_add(view, "outputs"), "call",
				 name_record_call(&plan->outputs[i], arena));
		if (plan->outputs[i].gather.nr)
			view_printf(view_add(view, "outputs"), "call",
				    "b2c_gather_rows(run, &%s_parts);", plan->outputs[i].name);
		if (plan->outputs[i].kind == B2C_OUTPUT_EVENTS && plan->outputs[i].no_header)
			view_set(view_add(view, "outputs"), "call", "b2c_hide_header(run);");
		if (plan->outputs[i].nr_sections > 1)
			view_flag(view, "uses_stdio", true);
	}
	for (i = 0; i < plan->unit->nr_maps; i++)
		if (plan->unit->maps[i].counts_full)
			view_set(view_add(view, "outputs"), "call",
				 count_full_call(&plan->unit->maps[i], arena));
	view_host_values(plan->unit, arena, view);
	view_arguments(plan, view);
	view_flag(view, "prints_trace", plan->prints_trace);
	view_flag(view, "watches", view_has_user_columns(plan));
	view_field_literal(&fields, "name", plan->tool);
	view_field_literal(&fields, "version", arena_printf(arena, "bcc2core %s", version));
	if (*plan->summary)
		view_field_literal(&fields, "summary", plan->summary);
	if (plan->manifest->nr_options && plan->part != B2C_PART_RUN) {
		view_field(&fields, ".options = options");
		view_field(&fields, ".nr_options = B2C_SIZE(options)");
	}
	if (plan->part != B2C_PART_START)
		program_fields(plan, &fields);
	exec_fields(plan, &fields);
	if (*words_of_command_line(plan, arena))
		view_field_literal(&fields, "arguments", words_of_command_line(plan, arena));
	if (counts_losses(plan->unit))
		view_field(&fields, ".counts_losses = true");
	if (sizes_maps(plan->unit))
		view_field(&fields, ".sizes_maps = true");
	if (has_metrics(plan))
		view_field(&fields, ".prometheus = &b2c_prometheus");
	if (plan->nr_outputs)
		view_field_literal(&fields, "rows", rows_of_help(plan, arena));
	line_fields(plan, &fields, view);
	view_add_fields(view, "tool_fields", &fields);
}

struct b2c_view *view_of_plan(const struct b2c_plan *plan, const char *version,
			      struct b2c_arena *arena)
{
	struct b2c_view *view = view_new(arena);

	view_set(view, "tool", plan->tool);
	view_set(view, "version", version);
	view_set(view, "manifest_file",
		 plan->manifest_file ? view_comment(plan->manifest_file, arena) : NULL);
	view_set(view, "code_file", plan->code_file);
	view_printf(view, "abi", "%d", VIEW_ABI);
	view_abouts(plan, version, arena, view);
	view_options(plan->manifest, arena, view);
	view_header(plan, arena, view);
	view_probes(plan, view);
	view_maps(plan, view);
	view_facts(plan->manifest, view);
	view_filters(plan->manifest, view);
	view_bpf(plan, arena, view);
	view_main(plan, version, arena, view);
	view_variants(plan, view);
	return view;
}
