// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Bind, attaches: which program runs where. The manifest decides; programs
 * whose name says where they run attach themselves unless it names them.
 */
#include "bind_parts.h"

#include <string.h>

#include "target.h"

static const char *const kind_words[] = {
#define X(id, word, section, has_target) word,
	B2C_ATTACH_KINDS(X)
#undef X
};

/* ---- does any kernel have the target ---- */

#define OWN_KERNEL \
	"for a function of a kernel or module of your own, give its entry in the manifest " \
	"'optional: true', or that kernel with '--btf'"

static void report_target(struct bind *b, const struct b2c_plan_probe *probe)
{
	static const struct {
		enum b2c_diag_id id;
		const char *noun;
	} words[B2C_NR_ATTACH_KINDS] = {
		[B2C_ATTACH_KSYSCALL] = { B2C_DIAG_syscall_unknown, "system call" },
		[B2C_ATTACH_KRETSYSCALL] = { B2C_DIAG_syscall_unknown, "system call" },
		[B2C_ATTACH_TRACEPOINT] = { B2C_DIAG_tracepoint_unknown, "tracepoint" },
		[B2C_ATTACH_LSM] = { B2C_DIAG_function_unknown, "hook of the LSM" },
		[B2C_ATTACH_ITER] = { B2C_DIAG_function_unknown, "iterator" },
	};
	enum b2c_diag_id id = words[probe->kind].noun ? words[probe->kind].id
						      : B2C_DIAG_function_unknown;
	bool noun_is_function = !words[probe->kind].noun;
	const char *noun = noun_is_function ? "function" : words[probe->kind].noun;
	struct b2c_loc loc = probe->attach ? probe->attach->targets[0].loc : probe->program->loc;
	const char *target = probe->targets[0];
	const char *nearest = target_nearest(b->kernels, probe->kind, target);

	diag_report(b->diag, id, loc, "no kernel of the data has the %s '%s'", noun, target);
	if (nearest)
		diag_help(b->diag, "did you mean '%s'?", nearest);
	diag_help(b->diag, "looked at: %s", kernels_looked_at(b->kernels));
	if (id == B2C_DIAG_function_unknown && noun_is_function)
		diag_help(b->diag, OWN_KERNEL);
}

/* Which functions match is the host's; the data tells when it can be none. */
static void report_match(struct bind *b, const struct b2c_attach *attach)
{
	bool is_event = attach->kind == B2C_ATTACH_TRACEPOINT;

	diag_report(b->diag, is_event ? B2C_DIAG_tracepoint_unknown : B2C_DIAG_function_unknown,
		    attach->match.loc, "no kernel of the data has a %s that matches '%s'",
		    is_event ? "tracepoint" : "function", attach->match.text);
	diag_help(b->diag, "looked at: %s", kernels_looked_at(b->kernels));
	if (is_event)
		diag_help(b->diag, "a pattern is matched with 'category:event', from its start");
	else
		diag_help(b->diag, OWN_KERNEL);
}

static bool has_kernels(const struct bind *b, const struct b2c_plan_probe *probe)
{
	uint32_t with;
	size_t i;

	if (probe->attach && probe->attach->match.text)
		return !target_kernels_matching(b->kernels, probe->kind,
						probe->attach->match.text, &with) ||
		       with;
	for (i = 0; i < probe->nr_targets; i++)
		if (!target_kernels(b->kernels, probe->kind, probe->targets[i], &with) || with)
			return true;
	return !probe->nr_targets;
}

/* `probe` is the last of the plan; of a choice one place is enough. */
static void check_targets(struct bind *b, const struct b2c_plan_probe *probe)
{
	const struct b2c_plan_probe *one = probe;

	if (!b->kernels || probe->or_next || (probe->attach && probe->attach->optional))
		return;
	if (has_kernels(b, one))
		return;
	for (; plan_probe_is_second(b->plan, one); one--)
		if (has_kernels(b, one - 1))
			return;
	if (one->attach && one->attach->match.text)
		report_match(b, one->attach);
	else
		report_target(b, one);
}

/* ---- probes ---- */

/* Programs that something else attaches, with its command. */
static const struct {
	enum b2c_attach_kind kind;
	const char *way;
} foreign[] = {
	{ B2C_ATTACH_TC_ACTION, "tc filter add ... action bpf object-file FILE section action" },
	{ B2C_ATTACH_LWT, "ip route add ... encap bpf in|out|xmit obj FILE section SECTION" },
};

static bool is_foreign(struct bind *b, const struct b2c_plan_probe *probe)
{
	struct b2c_loc loc = probe->attach ? probe->attach->loc : probe->program->loc;
	size_t i;

	for (i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++) {
		if (foreign[i].kind != probe->kind)
			continue;
		diag_report(b->diag, B2C_DIAG_attach_object, loc,
			    "'%s' is a program of kind %s, which no tool attaches itself",
			    probe->program->name, kind_words[probe->kind]);
		diag_help(b->diag, "make it with 'bcc2core object', then '%s'", foreign[i].way);
		return true;
	}
	return false;
}

/* sk_skb, sk_msg: the map whose sockets they are for */
static void check_map(struct bind *b, const struct b2c_plan_probe *probe)
{
	const struct b2c_word *word = probe->attach ? &probe->attach->map : NULL;
	size_t i;

	if (!word || !word->text)
		return;
	for (i = 0; i < b->unit->nr_maps; i++) {
		const struct b2c_map *map = &b->unit->maps[i];

		if (strcmp(map->name, word->text) != 0)
			continue;
		if (map->kind != B2C_MAP_SOCKMAP && map->kind != B2C_MAP_SOCKHASH)
			diag_report(b->diag, B2C_DIAG_manifest_map_kind, word->loc,
				    "map '%s' holds no sockets", word->text);
		return;
	}
	diag_report(b->diag, B2C_DIAG_manifest_map, word->loc, "the program has no map '%s'",
		    word->text);
}

static void add_probe(struct bind *b, const struct b2c_plan_probe *probe)
{
	struct b2c_plan_probe *probes = (struct b2c_plan_probe *)b->plan->probes;

	if (is_foreign(b, probe))
		return;
	check_map(b, probe);
	*arena_append(b->arena, probes, b->plan->nr_probes) = *probe;
	b->plan->probes = probes;
	check_targets(b, &probes[b->plan->nr_probes - 1]);
}

/* A program of two forms is a choice: the trampoline where the host has it, else the probe. */
static void add_forms(struct bind *b, const struct b2c_plan_probe *probe)
{
	struct b2c_plan_probe fast = *probe;

	if (probe->program->fast) {
		fast.program = probe->program->fast;
		fast.kind = fast.program->kind;
		fast.or_next = true;
		add_probe(b, &fast);
	}
	add_probe(b, probe);
}

static const struct b2c_program *find_program(struct bind *b, const struct b2c_word *word)
{
	const char **names = NULL, *nearest;
	size_t i, nr = 0;

	for (i = 0; i < b->unit->nr_programs; i++) {
		if (!strcmp(b->unit->programs[i].name, word->text))
			return &b->unit->programs[i];
		*arena_append(b->arena, names, nr) = b->unit->programs[i].name;
	}
	diag_report(b->diag, B2C_DIAG_manifest_function, word->loc,
		    "the program has no function '%s' that can be attached", word->text);
	nearest = diag_nearest(word->text, names, nr);
	if (nearest)
		diag_help(b->diag, "did you mean '%s'?", nearest);
	return NULL;
}

/* An fentry program is loaded for one function; others run wherever they are attached. */
static bool is_bound(enum b2c_attach_kind kind)
{
	return kind == B2C_ATTACH_FENTRY || kind == B2C_ATTACH_FEXIT ||
	       kind == B2C_ATTACH_FMOD_RET || kind == B2C_ATTACH_LSM || kind == B2C_ATTACH_ITER;
}

static bool conflicts(const struct b2c_attach *one, const struct b2c_attach *other)
{
	return one->kind != other->kind || is_bound(one->kind);
}

static bool check_conflict(struct bind *b, const struct b2c_attach *attach)
{
	const struct b2c_attach *before;

	for (before = b->manifest->attaches; before < attach; before++) {
		if (strcmp(before->run.text, attach->run.text) || !conflicts(before, attach))
			continue;
		diag_report(b->diag, B2C_DIAG_attach_conflict, attach->run.loc,
			    "'%s' can't run as %s and as %s", attach->run.text,
			    kind_words[before->kind], kind_words[attach->kind]);
		diag_note(b->diag, before->run.loc, "it is attached here already");
		diag_help(b->diag, "write one function for each, which call a common one");
		return false;
	}
	return true;
}

/* Only another variant of the program has the function. */
static bool is_absent(struct bind *b, const struct b2c_attach *attach)
{
	return attach->never && bind_runs_elsewhere(b, attach->run.text);
}

/* The choice that `attach` is the end of, and is left out of, ends before it. */
static void end_choice(struct bind *b, const struct b2c_attach *attach)
{
	struct b2c_attach *attaches = (struct b2c_attach *)b->manifest->attaches;
	size_t i;

	for (i = (size_t)(attach - attaches); i-- > 0 && attaches[i].or_next;) {
		if (is_absent(b, &attaches[i]))
			continue;
		attaches[i].or_next = false;
		return;
	}
}

static void attach_asked(struct bind *b, const struct b2c_attach *attach)
{
	struct b2c_plan_probe probe = {
		.attach = attach,
		.kind = attach->kind,
		.or_next = attach->or_next,
	};
	const char **targets = NULL;
	size_t i;

	if (is_absent(b, attach)) {
		if (!attach->or_next)
			end_choice(b, attach);
		return;
	}
	probe.program = find_program(b, &attach->run);
	if (!probe.program || !check_conflict(b, attach))
		return;
	for (i = 0; i < attach->nr_targets; i++)
		*arena_append(b->arena, targets, probe.nr_targets) = attach->targets[i].text;
	probe.targets = targets;
	add_forms(b, &probe);
}

static bool is_asked(const struct b2c_manifest *manifest, const char *name)
{
	size_t i;

	for (i = 0; i < manifest->nr_attaches; i++)
		if (!strcmp(manifest->attaches[i].run.text, name))
			return true;
	return false;
}

static void attach_self(struct bind *b, const struct b2c_program *program)
{
	struct b2c_plan_probe probe = { .program = program, .kind = program->kind };
	const char **targets = arena_alloc(b->arena, sizeof(*targets));

	if (program->target && *program->target) {
		targets[0] = program->target;
		probe.nr_targets = 1;
	}
	probe.targets = targets;
	add_forms(b, &probe);
}

/* As bcc, a tool leaves out what nothing attaches, unless that is everything. */
static void report_idle(struct bind *b, const struct b2c_program *program)
{
	static const char *const examples[B2C_NR_ATTACH_KINDS] = {
		[B2C_ATTACH_SOCKET_FILTER] = "socket_filter: {interface: NAME}",
		[B2C_ATTACH_XDP] = "xdp: {interface: NAME}",
		[B2C_ATTACH_TC] = "tc: {interface: NAME, hook: ingress}",
		[B2C_ATTACH_CGROUP] = "cgroup: {path: CGROUP, hook: HOOK}",
		[B2C_ATTACH_SOCKOPS] = "sockops: {path: CGROUP}",
		[B2C_ATTACH_SK_MSG] = "sk_msg: {map: SOCKMAP}",
		[B2C_ATTACH_SK_LOOKUP] = "sk_lookup: {netns: /proc/self/ns/net}",
	};

	if (b->plan->nr_probes)
		diag_report(b->diag, B2C_DIAG_attach_idle, program->loc,
			    "'%s' is attached nowhere and not loaded", program->name);
	else
		diag_report(b->diag, B2C_DIAG_attach_none, program->loc,
			    "'%s' is attached nowhere", program->name);
	diag_help(b->diag, "say where in the manifest: 'attach: [{run: %s, %s}]'", program->name,
		  examples[program->kind] ? examples[program->kind] : "kprobe: FUNCTION");
}

/* In the order of the source, then what the manifest says in the order of the manifest. */
void bind_attaches(struct bind *b)
{
	const struct b2c_program *programs = b->unit->programs;
	size_t i, errors = diag_count(b->diag, B2C_ERROR);

	for (i = 0; i < b->unit->nr_programs; i++)
		if (programs[i].self_attach && !is_asked(b->manifest, programs[i].name))
			attach_self(b, &programs[i]);
	for (i = 0; i < b->manifest->nr_attaches; i++)
		attach_asked(b, &b->manifest->attaches[i]);
	for (i = 0; i < b->unit->nr_programs; i++)
		if (!programs[i].self_attach && !is_asked(b->manifest, programs[i].name) &&
		    !bind_is_called(b->manifest, programs[i].name))
			report_idle(b, &programs[i]);
	if (b->plan->nr_probes || diag_count(b->diag, B2C_ERROR) > errors)
		return;
	diag_report(b->diag, B2C_DIAG_attach_none, (struct b2c_loc){ .file = b->plan->source },
		    "the program has no function to attach");
	diag_help(b->diag,
		  "name a function 'kprobe__FUNCTION', or write a manifest with 'attach:'");
}
