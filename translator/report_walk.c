// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Report: which instructions of a program one kernel's verifier gets to. What is
 * known of a value is followed through registers and stack, so that a branch on
 * bpf_core_field_exists() is taken one way only, as libbpf and the verifier do.
 * Where two ways meet only what is the same on both is kept.
 */
#include <stdio.h>
#include <string.h>

#include "report_parts.h"

#define NR_REGISTERS 10		/* without the frame pointer */
#define FRAME BPF_REG_10
#define NR_SLOTS 64		/* of 8 bytes: the whole stack */

/*
 * VALUE_PLACE: an address; `bits` is what libbpf puts there before the load.
 * VALUE_OPTION: an address in the options; `bits` is the distance from their start.
 */
enum value_kind { VALUE_UNKNOWN, VALUE_KNOWN, VALUE_PLACE, VALUE_OPTION };

struct value {
	enum value_kind kind;
	uint64_t bits;
};

struct state {
	struct value registers[NR_REGISTERS];
	struct value slots[NR_SLOTS];	/* slots[0] is at frame - 8 */
	bool queued;
};

struct place {
	size_t section, insn;
};

struct walk {
	const struct report *report;
	const struct report_way *way;
	size_t kernel;
	struct b2c_arena *arena;
	struct state ***states;		/* by section and instruction; where ways meet */
	bool **seen;			/* instructions that were visited */
	struct place *queue;
	size_t nr_queued;
	report_visit *visit;
	void *context;
};

static const struct value unknown = { VALUE_UNKNOWN, 0 };

static struct value known(uint64_t bits)
{
	return (struct value){ VALUE_KNOWN, bits };
}

/* ---- states ---- */

static bool value_join(struct value *to, const struct value *from)
{
	if (to->kind == VALUE_UNKNOWN ||
	    (to->kind == from->kind && to->bits == from->bits))
		return false;
	*to = unknown;
	return true;
}

static bool state_join(struct state *to, const struct state *from)
{
	bool changed = false;
	size_t i;

	for (i = 0; i < NR_REGISTERS; i++)
		changed |= value_join(&to->registers[i], &from->registers[i]);
	for (i = 0; i < NR_SLOTS; i++)
		changed |= value_join(&to->slots[i], &from->slots[i]);
	return changed;
}

/* One more way leads to a place. */
static void arrive(struct walk *walk, struct place place, const struct state *state)
{
	const struct report_object *object = &walk->report->object;
	struct state **at;
	bool changed;

	if (place.section >= object->nr_sections ||
	    place.insn >= object->sections[place.section].nr_insns)
		return;
	at = &walk->states[place.section][place.insn];
	changed = !*at;
	if (!*at)
		*at = memcpy(arena_alloc(walk->arena, sizeof(*state)), state, sizeof(*state));
	else
		changed = state_join(*at, state);
	if (!changed || (*at)->queued)
		return;
	(*at)->queued = true;
	*arena_append(walk->arena, walk->queue, walk->nr_queued) = place;
}

/* ---- values ---- */

static struct value get(const struct state *state, unsigned int reg)
{
	return reg < NR_REGISTERS ? state->registers[reg] : unknown;
}

static void set(struct state *state, unsigned int reg, struct value value)
{
	if (reg < NR_REGISTERS)
		state->registers[reg] = value;
}

/* The slot of an 8-byte place on the stack, or NULL. */
static struct value *slot_at(struct state *state, int offset)
{
	if (offset >= 0 || offset < -8 * NR_SLOTS)
		return NULL;
	return &state->slots[(-offset - 1) / 8];
}

/* Whoever has an address on the stack may write from there on. */
static void slots_forget(struct state *state, int lowest)
{
	int i;

	for (i = 0; i < NR_SLOTS; i++)
		if (-8 * (i + 1) + 7 >= lowest)
			state->slots[i] = unknown;
}

/* What libbpf writes into an instruction with a relocation, where that can be said. */
static struct value relocated(const struct walk *walk, const struct b2c_core_spec *core)
{
	switch (core->kind) {
	case BPF_CORE_FIELD_EXISTS:
	case BPF_CORE_TYPE_EXISTS:
	case BPF_CORE_TYPE_MATCHES:
	case BPF_CORE_ENUMVAL_EXISTS:
		return known(kernel_core_resolves(walk->report->kernels, walk->kernel, core));
	default:
		return unknown;
	}
}

/* ---- what libbpf says of the host: variables that are no part of its configuration ---- */

static bool kernel_version(const struct walk *walk, uint64_t *ret_value)
{
	unsigned int major = 0, minor = 0;

	if (sscanf(kernel_name(walk->report->kernels, walk->kernel), "%u.%u", &major, &minor) != 2)
		return false;
	*ret_value = (uint64_t)major << 16 | minor << 8 | 255;
	return true;
}

static bool has_cookie(const struct walk *walk, uint64_t *ret_value)
{
	*ret_value = kernel_enum_value(walk->report->kernels, walk->kernel, "bpf_func_id",
				       BPF_FUNC_get_attach_cookie) != NULL;
	return true;
}

static const struct {
	const char *symbol;
	bool (*ask)(const struct walk *walk, uint64_t *ret_value);
} host_variables[] = {
	{ "LINUX_KERNEL_VERSION", kernel_version },
	{ "LINUX_HAS_BPF_COOKIE", has_cookie },
};

static struct value host_variable(const struct walk *walk, const char *symbol)
{
	struct value value = { VALUE_PLACE, 0 };
	size_t i;

	for (i = 0; i < sizeof(host_variables) / sizeof(host_variables[0]); i++)
		if (!strcmp(host_variables[i].symbol, symbol) &&
		    host_variables[i].ask(walk, &value.bits))
			return value;
	return unknown;
}

/* The lowest bytes of `bits`, as many as an instruction takes. */
static struct value sized(uint64_t bits, uint8_t code)
{
	switch (BPF_SIZE(code)) {
	case BPF_B:
		return known((uint8_t)bits);
	case BPF_H:
		return known((uint16_t)bits);
	case BPF_W:
		return known((uint32_t)bits);
	default:
		return known(bits);
	}
}

/* ---- steps ---- */

static uint64_t alu(unsigned int operation, uint64_t a, uint64_t b, bool *ret_known)
{
	*ret_known = true;
	switch (operation) {
	case BPF_ADD: return a + b;
	case BPF_SUB: return a - b;
	case BPF_MUL: return a * b;
	case BPF_AND: return a & b;
	case BPF_OR: return a | b;
	case BPF_XOR: return a ^ b;
	case BPF_LSH: return a << (b & 63);
	case BPF_RSH: return a >> (b & 63);
	case BPF_ARSH: return (uint64_t)((int64_t)a >> (b & 63));
	case BPF_MOV: return b;
	default: *ret_known = false; return 0;
	}
}

static void step_alu(const struct walk *walk, struct state *state, const struct bpf_insn *insn,
		     const struct report_note *note)
{
	bool is_wide = BPF_CLASS(insn->code) == BPF_ALU64, is_known;
	unsigned int operation = BPF_OP(insn->code);
	struct value a = get(state, insn->dst_reg), b = known((uint64_t)(int64_t)insn->imm);
	uint64_t bits;

	if (BPF_SRC(insn->code) == BPF_X)
		b = insn->off ? unknown : get(state, insn->src_reg);
	if (note->core)
		b = relocated(walk, note->core);
	if (operation == BPF_MOV)
		a = known(0);
	if (operation == BPF_MOV && is_wide && b.kind >= VALUE_PLACE) {
		set(state, insn->dst_reg, b);
		return;
	}
	if (operation == BPF_ADD && is_wide && a.kind == VALUE_OPTION && b.kind == VALUE_KNOWN) {
		a.bits += b.bits;
		set(state, insn->dst_reg, a);
		return;
	}
	set(state, insn->dst_reg, unknown);
	/* A shift of 32 bits counts and fills otherwise. */
	if (!is_wide && (operation == BPF_LSH || operation == BPF_RSH || operation == BPF_ARSH))
		return;
	if (a.kind != VALUE_KNOWN || b.kind != VALUE_KNOWN)
		return;
	bits = alu(operation, a.bits, b.bits, &is_known);
	if (is_known)
		set(state, insn->dst_reg, known(is_wide ? bits : (uint32_t)bits));
}

/* The default of an option that an instruction loads from `place`. */
static struct value option_load(const struct walk *walk, uint64_t place, uint8_t code)
{
	static const size_t sizes[] = { [BPF_W >> 3] = 4, [BPF_H >> 3] = 2, [BPF_B >> 3] = 1,
					[BPF_DW >> 3] = 8 };
	size_t size = sizes[BPF_SIZE(code) >> 3];
	uint64_t bits = 0;

	if (size > walk->report->options_size || place > walk->report->options_size - size ||
	    memchr(walk->report->options_unknown + place, true, size))
		return unknown;
	memcpy(&bits, walk->report->options + place, size);
	return known(bits);
}

static void step_load(const struct walk *walk, struct state *state, const struct bpf_insn *insn)
{
	struct value from = get(state, insn->src_reg), value = unknown;
	struct value *slot;

	if (BPF_MODE(insn->code) != BPF_MEM) {
		value = unknown;
	} else if (insn->src_reg == FRAME) {
		slot = slot_at(state, insn->off);
		if (slot && insn->off % 8 == 0 && slot->kind == VALUE_KNOWN)
			value = sized(slot->bits, insn->code);
		else if (slot && insn->off % 8 == 0 && BPF_SIZE(insn->code) == BPF_DW)
			value = *slot;
	} else if (from.kind == VALUE_OPTION) {
		value = option_load(walk, from.bits + (uint64_t)(int64_t)insn->off, insn->code);
	} else if (from.kind == VALUE_PLACE && !insn->off) {
		value = sized(from.bits, insn->code);
	}
	set(state, insn->dst_reg, value);
}

static void step_store(struct state *state, const struct bpf_insn *insn, int lowest_taken)
{
	struct value *slot;

	if (insn->dst_reg != FRAME) {
		slots_forget(state, lowest_taken);
	} else if ((slot = slot_at(state, insn->off))) {
		*slot = unknown;
		if (BPF_SIZE(insn->code) == BPF_DW && insn->off % 8 == 0 &&
		    BPF_MODE(insn->code) == BPF_MEM)
			*slot = BPF_CLASS(insn->code) == BPF_STX ?
					get(state, insn->src_reg) :
					known((uint64_t)(int64_t)insn->imm);
	}
	/* Atomic operations may put the old value into a register. */
	if (BPF_CLASS(insn->code) == BPF_STX && BPF_MODE(insn->code) != BPF_MEM) {
		set(state, insn->src_reg, unknown);
		set(state, BPF_REG_0, unknown);
	}
}

/* An instruction of two: an address or 64 bits. */
static void step_load_wide(const struct walk *walk, struct state *state,
			   const struct bpf_insn *insn, const struct report_note *note)
{
	struct value value = known((uint32_t)insn[0].imm | (uint64_t)(uint32_t)insn[1].imm << 32);

	if (note->core)
		value = relocated(walk, note->core);
	else if (note->symbol && walk->way->no_options && walk->report->options &&
		 !strcmp(note->symbol, REPORT_OPTIONS))
		value.kind = VALUE_OPTION;
	else if (note->symbol)
		value = host_variable(walk, note->symbol);
	else if (insn->src_reg)
		value = unknown;
	set(state, insn->dst_reg, value);
}

/* ---- jumps ---- */

static bool compare(unsigned int operation, uint64_t a, uint64_t b)
{
	switch (operation) {
	case BPF_JEQ: return a == b;
	case BPF_JNE: return a != b;
	case BPF_JSET: return (a & b) != 0;
	case BPF_JGT: return a > b;
	case BPF_JGE: return a >= b;
	case BPF_JLT: return a < b;
	case BPF_JLE: return a <= b;
	case BPF_JSGT: return (int64_t)a > (int64_t)b;
	case BPF_JSGE: return (int64_t)a >= (int64_t)b;
	case BPF_JSLT: return (int64_t)a < (int64_t)b;
	default: return (int64_t)a <= (int64_t)b;
	}
}

/* Both ways unless what is compared is known. */
static void branch(const struct state *state, const struct bpf_insn *insn, bool *ret_taken,
		   bool *ret_passed)
{
	struct value a = get(state, insn->dst_reg), b = known((uint64_t)(int64_t)insn->imm);

	if (BPF_SRC(insn->code) == BPF_X)
		b = get(state, insn->src_reg);
	*ret_taken = *ret_passed = true;
	if (a.kind != VALUE_KNOWN || b.kind != VALUE_KNOWN)
		return;
	if (BPF_CLASS(insn->code) == BPF_JMP32) {
		a.bits = (uint64_t)(int64_t)(int32_t)a.bits;
		b.bits = (uint64_t)(int64_t)(int32_t)b.bits;
	}
	*ret_taken = compare(BPF_OP(insn->code), a.bits, b.bits);
	*ret_passed = !*ret_taken;
}

/* A function of the program begins with what its registers hold here. */
static void enter(struct walk *walk, struct place from, const struct bpf_insn *insn,
		  const struct report_note *note, const struct state *state)
{
	struct place to = { from.section, from.insn + 1 + (size_t)(int64_t)insn->imm };
	struct state inner = { 0 };
	size_t i;

	if (note->symbol)
		to = (struct place){ note->symbol_section,
				     note->symbol_insn + (size_t)(int64_t)insn->imm + 1 };
	for (i = BPF_REG_1; i <= BPF_REG_5; i++)
		inner.registers[i] = state->registers[i];
	arrive(walk, to, &inner);
}

/* Returns whether the way goes on with the next instruction. */
static bool step_jump(struct walk *walk, struct place place, struct state *state)
{
	const struct report_section *section = &walk->report->object.sections[place.section];
	const struct bpf_insn *insn = &section->insns[place.insn];
	struct place target = { place.section, place.insn + 1 + (size_t)(int64_t)insn->off };
	bool taken, passed;
	size_t i;

	switch (BPF_OP(insn->code)) {
	case BPF_EXIT:
		return false;
	case BPF_CALL:
		if (insn->src_reg == BPF_PSEUDO_CALL)
			enter(walk, place, insn, &section->notes[place.insn], state);
		for (i = BPF_REG_0; i <= BPF_REG_5; i++)
			state->registers[i] = unknown;
		slots_forget(state, section->lowest_taken);
		return true;
	case BPF_JA:
		if (BPF_CLASS(insn->code) == BPF_JMP32)
			target.insn = place.insn + 1 + (size_t)(int64_t)insn->imm;
		arrive(walk, target, state);
		return false;
	default:
		branch(state, insn, &taken, &passed);
		if (taken)
			arrive(walk, target, state);
		return passed;
	}
}

/* Follows one way until it ends or meets another. */
static void follow(struct walk *walk, struct place place)
{
	const struct report_section *section = &walk->report->object.sections[place.section];
	struct state state = *walk->states[place.section][place.insn];
	bool goes_on = true;

	for (; goes_on && place.insn < section->nr_insns; place.insn++) {
		const struct bpf_insn *insn = &section->insns[place.insn];
		const struct report_note *note = &section->notes[place.insn];

		if (!walk->seen[place.section][place.insn])
			walk->visit(walk->context, note, insn, walk->way);
		walk->seen[place.section][place.insn] = true;
		switch (BPF_CLASS(insn->code)) {
		case BPF_ALU:
		case BPF_ALU64:
			step_alu(walk, &state, insn, note);
			break;
		case BPF_LDX:
			step_load(walk, &state, insn);
			break;
		case BPF_ST:
		case BPF_STX:
			step_store(&state, insn, section->lowest_taken);
			break;
		case BPF_LD:
			if (insn->code == (BPF_LD | BPF_IMM | BPF_DW)) {
				step_load_wide(walk, &state, insn, note);
				place.insn++;
			} else {
				state.registers[0] = unknown;
			}
			break;
		default:
			goes_on = step_jump(walk, place, &state);
		}
		if (goes_on && place.insn + 1 < section->nr_insns &&
		    walk->states[place.section][place.insn + 1]) {
			place.insn++;
			arrive(walk, place, &state);
			return;
		}
	}
}

/* Every target of a jump is a place where ways meet, also one not jumped to so far. */
void report_walk(const struct report *report, const struct report_program *program,
		 const struct report_way *way, report_visit *visit, void *context)
{
	const struct report_object *object = &report->object;
	struct walk walk = { .report = report, .way = way, .kernel = way->kernel,
			     .arena = arena_new(), .visit = visit, .context = context };
	struct place start = { program->section, program->insn };
	struct state state = { 0 };
	size_t s;

	walk.states = arena_alloc(walk.arena, object->nr_sections * sizeof(*walk.states));
	walk.seen = arena_alloc(walk.arena, object->nr_sections * sizeof(*walk.seen));
	for (s = 0; s < object->nr_sections; s++) {
		size_t nr = object->sections[s].nr_insns + 1;

		walk.states[s] = arena_alloc(walk.arena, nr * sizeof(**walk.states));
		walk.seen[s] = arena_alloc(walk.arena, nr * sizeof(**walk.seen));
	}
	arrive(&walk, start, &state);
	while (walk.nr_queued) {
		struct place place = walk.queue[--walk.nr_queued];

		walk.states[place.section][place.insn]->queued = false;
		follow(&walk, place);
	}
	arena_free(walk.arena);
}
