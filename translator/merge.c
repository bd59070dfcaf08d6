// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Merging. A text is cut into units that no conditional may part: a line, or several where a
 * parenthesis, a comment or a directive goes on. One text after the other is laid beside what
 * is merged so far: declarations that begin alike first, then the lines of each pair of them.
 */
#include "merge.h"

#include <string.h>

#include "ctoken.h"
#include "text.h"
#include "variant.h"

struct unit {
	const char *text;
	size_t size;
	uint32_t set;	/* variants that have it */
};

struct units {
	struct unit *items;
	size_t nr;
};

struct merger {
	const struct b2c_merge *merge;
	struct b2c_arena *arena;
	bool whole_groups;	/* #if to #endif is one unit */
};

/* ---- cutting ---- */

/* What is open at the end of a line. */
struct state {
	int parentheses;
	int groups;
};

static bool is_directive(const char *line, size_t size, const char *word)
{
	const char *end = line + size;

	while (line < end && strchr(" \t", *line))
		line++;
	if (line == end || *line++ != '#')
		return false;
	while (line < end && strchr(" \t", *line))
		line++;
	return (size_t)(end - line) >= strlen(word) && !strncmp(line, word, strlen(word));
}

/* +1 for #if, -1 for #endif. */
static int group_step(const char *line, size_t size)
{
	return is_directive(line, size, "if") - is_directive(line, size, "endif");
}

/* Whether the group that begins on the line before `rest` ends with the text. */
static bool is_guard(const char *rest)
{
	const char *line = strchr(rest, '\n'), *end;
	int depth = 1;

	while (line && *++line) {
		end = strchr(line, '\n');
		depth += group_step(line, end ? (size_t)(end - line) : strlen(line));
		if (!depth)
			return !end || !end[1 + strspn(end + 1, "\n")];
		line = end;
	}
	return false;
}

/* Bytes of the unit at `text`, with its newline. */
static size_t unit_size(const struct merger *m, const char *text)
{
	struct state state = { 0 };
	const char *line = text, *at = text;
	enum ctoken token;
	size_t n;

	for (; *at; at += n) {
		n = ctoken_length(at, &token);
		if (token == CTOKEN_PUNCTUATOR)
			state.parentheses += (*at == '(') - (*at == ')');
		if (token != CTOKEN_NEWLINE)
			continue;
		if (m->whole_groups)
			state.groups += group_step(line, (size_t)(at - line));
		if (state.groups == 1 && line == text && is_guard(at))
			state.groups = 0;
		if (state.groups < 0)
			state.groups = 0;
		line = at + n;
		if (state.parentheses <= 0 && state.groups <= 0)
			return (size_t)(line - text);
	}
	return (size_t)(at - text);
}

static struct units cut(const struct merger *m, const char *text, uint32_t set)
{
	struct units units = { 0 };
	size_t n;

	for (; *text; text += n) {
		n = unit_size(m, text);
		/* what was left out of a variant leaves blank lines */
		if (n == 1 && units.nr && units.items[units.nr - 1].size == 1)
			continue;
		*arena_append(m->arena, units.items, units.nr) =
			(struct unit){ .text = text, .size = n, .set = set };
	}
	return units;
}

/* ---- laying side by side ---- */

/* "#line 12 "tool.c"": where it leads is known when all is merged. */
static bool is_place(const struct merger *m, const struct unit *unit)
{
	size_t n = strlen(m->merge->file);

	return unit->size > n + 2 && !strncmp(unit->text, "#line ", 6) &&
	       !strncmp(unit->text + unit->size - n - 2, m->merge->file, n);
}

static bool same(const struct merger *m, const struct unit *a, const struct unit *b)
{
	if (is_place(m, a) && is_place(m, b))
		return true;
	return a->size == b->size && !memcmp(a->text, b->text, a->size);
}

/* What blank lines and braces have in common says little. */
static uint16_t weight(const struct unit *unit)
{
	size_t i;

	for (i = 0; i < unit->size; i++)
		if (!strchr(" \t\n{};)*/", unit->text[i]))
			return 8;
	return 1;
}

/* Weights of the best common sequences from each pair of units on, row by row. */
static uint32_t *common_weights(const struct merger *m, const struct units *a,
				const struct units *b)
{
	size_t width = b->nr + 1, i, k;
	uint32_t *best = arena_alloc(m->arena, (a->nr + 1) * width * sizeof(*best));

	for (i = a->nr; i-- > 0;)
		for (k = b->nr; k-- > 0;) {
			uint32_t down = best[(i + 1) * width + k], right = best[i * width + k + 1];
			uint32_t both = 0;

			if (same(m, &a->items[i], &b->items[k]))
				both = best[(i + 1) * width + k + 1] + weight(&a->items[i]);
			best[i * width + k] = down > right ? down : right;
			if (both > best[i * width + k])
				best[i * width + k] = both;
		}
	return best;
}

static void add(const struct merger *m, struct units *units, const struct unit *unit)
{
	*arena_append(m->arena, units->items, units->nr) = *unit;
}

/* `a` is merged, `b` the same part of one more text. */
static void lay_units(const struct merger *m, const struct units *a, const struct units *b,
		      struct units *merged)
{
	const uint32_t *best = common_weights(m, a, b);
	size_t width = b->nr + 1, i = 0, k = 0;

	while (i < a->nr || k < b->nr) {
		uint32_t here = best[i * width + k];

		if (i < a->nr && k < b->nr && same(m, &a->items[i], &b->items[k]) &&
		    here == best[(i + 1) * width + k + 1] + weight(&a->items[i])) {
			add(m, merged, &a->items[i++]);
			merged->items[merged->nr - 1].set |= b->items[k++].set;
		} else if (k == b->nr || (i < a->nr && best[(i + 1) * width + k] == here)) {
			add(m, merged, &a->items[i++]);
		} else {
			add(m, merged, &b->items[k++]);
		}
	}
}

/* ---- declarations side by side ---- */

/* A declaration or function with what stands above it, and the blank lines below. */
struct chunks {
	struct units *items;
	size_t nr;
};

static bool is_blank(const struct unit *unit)
{
	return unit->text[strspn(unit->text, " \t\r")] == '\n';
}

static int braces_of(const struct unit *unit)
{
	enum ctoken token;
	size_t at, n;
	int nr = 0;

	for (at = 0; at < unit->size; at += n) {
		n = ctoken_length(unit->text + at, &token);
		if (token == CTOKEN_PUNCTUATOR)
			nr += (unit->text[at] == '{') - (unit->text[at] == '}');
	}
	return nr;
}

static struct chunks chunks_of(const struct merger *m, const struct units *units)
{
	struct chunks chunks = { 0 };
	size_t i, begin = 0;
	bool ended = false;
	int depth = 0;

	for (i = 0; i < units->nr; i++) {
		int step = braces_of(&units->items[i]);

		depth += step;
		ended |= depth <= 0 && (step < 0 || is_blank(&units->items[i]));
		if (i + 1 < units->nr && (!ended || is_blank(&units->items[i + 1])))
			continue;
		*arena_append(m->arena, chunks.items, chunks.nr) =
			(struct units){ units->items + begin, i + 1 - begin };
		begin = i + 1;
		ended = false;
		depth = 0;
	}
	return chunks;
}

/* The first line that is no comment and no directive, by which people know a declaration. */
static const struct unit *head_of(const struct units *chunk)
{
	size_t i;

	for (i = 0; i < chunk->nr; i++) {
		const char *p = chunk->items[i].text + strspn(chunk->items[i].text, " \t");

		if (!strchr("/*#\r\n", *p))
			return &chunk->items[i];
	}
	return &chunk->items[0];
}

static const struct unit *tail_of(const struct units *chunk)
{
	size_t i = chunk->nr - 1;

	while (i && is_blank(&chunk->items[i]))
		i--;
	return &chunk->items[i];
}

/* "struct {" and what stands for itself alone are told by the end. */
static bool matches(const struct merger *m, const struct units *a, const struct units *b)
{
	const struct unit *head = head_of(a);

	if (!same(m, head, head_of(b)))
		return false;
	return strncmp(head->text, "struct {", 8) ? true : same(m, tail_of(a), tail_of(b));
}

static uint32_t *common_chunks(const struct merger *m, const struct chunks *a,
			       const struct chunks *b)
{
	size_t width = b->nr + 1, i, k;
	uint32_t *best = arena_alloc(m->arena, (a->nr + 1) * width * sizeof(*best));

	for (i = a->nr; i-- > 0;)
		for (k = b->nr; k-- > 0;) {
			uint32_t down = best[(i + 1) * width + k], right = best[i * width + k + 1];

			best[i * width + k] = down > right ? down : right;
			if (matches(m, &a->items[i], &b->items[k]))
				best[i * width + k] = best[(i + 1) * width + k + 1] + 1;
		}
	return best;
}

static void add_chunk(const struct merger *m, struct units *units, const struct units *chunk)
{
	size_t i;

	for (i = 0; i < chunk->nr; i++)
		add(m, units, &chunk->items[i]);
}

/* `a` is merged, `b` one more text. */
static struct units lay(const struct merger *m, const struct units *a, const struct units *b)
{
	struct chunks left = chunks_of(m, a), right = chunks_of(m, b);
	const uint32_t *best = common_chunks(m, &left, &right);
	size_t width = right.nr + 1, i = 0, k = 0;
	struct units merged = { 0 };

	while (i < left.nr || k < right.nr) {
		if (i < left.nr && k < right.nr && matches(m, &left.items[i], &right.items[k]))
			lay_units(m, &left.items[i++], &right.items[k++], &merged);
		else if (k == right.nr || (i < left.nr && best[(i + 1) * width + k] >=
								  best[i * width + k + 1]))
			add_chunk(m, &merged, &left.items[i++]);
		else
			add_chunk(m, &merged, &right.items[k++]);
	}
	return merged;
}

/* ---- writing ---- */

/* Units from `begin` on that the same variants have. */
static size_t run_end(const struct units *units, size_t begin)
{
	size_t end = begin;

	while (end < units->nr && units->items[end].set == units->items[begin].set)
		end++;
	return end;
}

/* Blank lines need no condition. */
static void settle(struct units *units, uint32_t all)
{
	size_t begin, end, i;

	for (begin = 0; begin < units->nr; begin = end) {
		end = run_end(units, begin);
		for (i = begin; i < end && is_blank(&units->items[i]); i++)
			;
		for (; i == end && begin < end; begin++)
			units->items[begin].set = all;
	}
}

/* Whether no unit's #if has its #endif under another condition. */
static bool nests(const struct units *units)
{
	size_t begin, end, i;

	for (begin = 0; begin < units->nr; begin = end) {
		int depth = 0;

		end = run_end(units, begin);
		for (i = begin; i < end && depth >= 0; i++) {
			const struct unit *unit = &units->items[i];

			depth += group_step(unit->text, unit->size);
			if (depth < 1 && is_directive(unit->text, unit->size, "el"))
				return false;
		}
		if (depth)
			return false;
	}
	return true;
}

static size_t count_lines(const struct b2c_text *out)
{
	const char *p = text_string(out);
	size_t nr = 0;

	while ((p = strchr(p, '\n'))) {
		nr++;
		p++;
	}
	return nr;
}

static void write_units(const struct merger *m, const struct units *units, size_t begin,
			size_t end, struct b2c_text *out)
{
	size_t i;

	for (i = begin; i < end; i++) {
		const struct unit *unit = &units->items[i];

		if (is_blank(unit) && out->size > 1 && !strcmp(out->data + out->size - 2, "\n\n"))
			continue;
		if (is_place(m, unit))
			text_printf(out, "#line %zu \"%s\"\n", count_lines(out) + 2,
				    m->merge->file);
		else
			text_append_n(out, unit->text, unit->size);
	}
}

/* "ifdef PER_DISK", "elif defined(PER_DISK) && !defined(QUEUED)" */
static void write_condition(const struct merger *m, uint32_t set, bool is_first,
			    struct b2c_text *out)
{
	const char *text = variants_condition(m->merge->variants, set, B2C_WORDS_DEFINED,
					      m->arena);
	size_t bang = *text == '!', n = strcspn(text, " ");
	const char *name = strchr(text, '(') + 1;

	if (is_first && !text[n] && name == text + bang + strlen("defined("))
		text_printf(out, "#%s %.*s\n", bang ? "ifndef" : "ifdef",
			    (int)(n - bang - strlen("defined()")), name);
	else
		text_printf(out, "#%s %s\n", is_first ? "if" : "elif", text);
}

/* Runs of units that differ, one after the other. */
struct chain {
	size_t begins[B2C_VARIANTS_MAX];
	size_t nr;
	uint32_t seen;	/* variants that have one of them */
	size_t end;	/* at what all variants have, or where one of the chain has more */
};

static struct chain find_chain(const struct units *units, size_t begin, uint32_t all)
{
	struct chain chain = { .end = begin };

	while (chain.end < units->nr && units->items[chain.end].set != all &&
	       !(chain.seen & units->items[chain.end].set)) {
		chain.seen |= units->items[chain.end].set;
		chain.begins[chain.nr++] = chain.end;
		chain.end = run_end(units, chain.end);
	}
	return chain;
}

static size_t write_chain(const struct merger *m, const struct units *units, size_t begin,
			  uint32_t all, struct b2c_text *out)
{
	struct chain chain = find_chain(units, begin, all);
	bool ends_blank = true;
	size_t i;

	for (i = 0; i < chain.nr; i++) {
		size_t end = run_end(units, chain.begins[i]);

		ends_blank &= end - chain.begins[i] > 1 && is_blank(&units->items[end - 1]);
	}
	/* what is there with a macro comes before what is there without it */
	if (chain.nr == 2 && chain.seen == all &&
	    *variants_condition(m->merge->variants, units->items[begin].set, B2C_WORDS_DEFINED,
				m->arena) == '!') {
		chain.begins[0] = chain.begins[1];
		chain.begins[1] = begin;
	}
	for (i = 0; i < chain.nr; i++) {
		if (i && i + 1 == chain.nr && chain.seen == all)
			text_append(out, "#else\n");
		else
			write_condition(m, units->items[chain.begins[i]].set, !i, out);
		write_units(m, units, chain.begins[i],
			    run_end(units, chain.begins[i]) - ends_blank, out);
	}
	text_append(out, ends_blank ? "#endif\n\n" : "#endif\n");
	return chain.end;
}

static const char *write_all(const struct merger *m, const struct units *units)
{
	uint32_t all = (uint32_t)((1ULL << m->merge->variants->nr) - 1);
	struct b2c_text out = { 0 };
	const char *text;
	size_t at;

	for (at = 0; at < units->nr;) {
		if (units->items[at].set == all) {
			write_units(m, units, at, run_end(units, at), &out);
			at = run_end(units, at);
		} else {
			at = write_chain(m, units, at, all, &out);
		}
	}
	text = arena_strdup(m->arena, text_string(&out));
	text_free(&out);
	return text;
}

/* Macros of the first variant that has the text. */
static size_t nr_of(const struct b2c_merge *merge, size_t text)
{
	return merge->variants->items[__builtin_ctz(merge->sets[text])].nr_defines;
}

static struct units merge_all(const struct merger *m)
{
	const struct b2c_merge *merge = m->merge;
	struct units units = { 0 };
	size_t i, nr_defines, most = 0;

	for (i = 0; i < merge->nr; i++)
		if (nr_of(merge, i) > most)
			most = nr_of(merge, i);
	/* what has more comes first, so that the order of parts is known when others come */
	for (nr_defines = most + 1; nr_defines-- > 0;)
		for (i = 0; i < merge->nr; i++) {
			struct units one;

			if (nr_of(merge, i) != nr_defines)
				continue;
			one = cut(m, merge->texts[i], merge->sets[i]);
			units = units.nr ? lay(m, &units, &one) : one;
		}
	return units;
}

const char *merge_texts(const struct b2c_merge *merge, struct b2c_arena *arena)
{
	struct merger m = { .merge = merge, .arena = arena };
	struct units units = merge_all(&m);

	if (!nests(&units)) {
		m.whole_groups = true;
		units = merge_all(&m);
	}
	settle(&units, (uint32_t)((1ULL << merge->variants->nr) - 1));
	return write_all(&m, &units);
}
