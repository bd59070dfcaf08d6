// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Template: a recursive descent over the lines; see template.h for the language. */
#include "template.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

struct entry {
	struct entry *next;
	const char *name;
	const char *text; /* NULL: absent, or a list */
	bool is_list;
	struct b2c_view *first;
	struct b2c_view *last;
};

struct b2c_view {
	struct b2c_arena *arena;
	struct b2c_view *next; /* the next item of the same list */
	const struct b2c_view *outer;
	struct entry *entries;
};

/* ---- views ---- */

struct b2c_view *view_new(struct b2c_arena *arena)
{
	struct b2c_view *view = arena_alloc(arena, sizeof(*view));

	view->arena = arena;
	return view;
}

struct b2c_arena *view_arena(const struct b2c_view *view)
{
	return view->arena;
}

static struct entry *view_own(const struct b2c_view *view, const char *name, size_t n)
{
	struct entry *entry;

	for (entry = view->entries; entry; entry = entry->next)
		if (strlen(entry->name) == n && !memcmp(entry->name, name, n))
			return entry;
	return NULL;
}

static struct entry *view_define(struct b2c_view *view, const char *name)
{
	struct entry *entry = view_own(view, name, strlen(name));

	if (entry)
		return entry;
	entry = arena_alloc(view->arena, sizeof(*entry));
	entry->name = name;
	entry->next = view->entries;
	view->entries = entry;
	return entry;
}

void view_set(struct b2c_view *view, const char *name, const char *text)
{
	view_define(view, name)->text = text;
}

void view_printf(struct b2c_view *view, const char *name, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	view_set(view, name, arena_vprintf(view->arena, fmt, args));
	va_end(args);
}

void view_flag(struct b2c_view *view, const char *name, bool on)
{
	view_set(view, name, on ? "1" : NULL);
}

void view_list(struct b2c_view *view, const char *name)
{
	view_define(view, name)->is_list = true;
}

struct b2c_view *view_add(struct b2c_view *view, const char *name)
{
	struct entry *entry = view_define(view, name);
	struct b2c_view *item = view_new(view->arena);

	entry->is_list = true;
	item->outer = view;
	if (entry->last)
		entry->last->next = item;
	else
		entry->first = item;
	entry->last = item;
	return item;
}

static bool entry_is_true(const struct entry *entry)
{
	return entry->is_list ? entry->first != NULL : entry->text && *entry->text;
}

/* ---- rendering ---- */

enum word { WORD_NONE, WORD_EACH, WORD_IF, WORD_ELSE, WORD_END, WORD_WRONG };

struct line {
	const char *start;
	const char *end; /* of the line, at its newline or the NUL */
	enum word word;
	const char *arg;
	size_t arg_size;
};

struct render {
	const struct b2c_template *template;
	struct b2c_diag *diag;
	struct b2c_text *out;
	const char *pos;
	unsigned int line; /* of pos, from 1 */
	bool failed;
};

static void render_fail(struct render *r, unsigned int line, const char *what, const char *name,
			size_t n)
{
	struct b2c_loc loc = { .file = r->template->name, .line = line, .column = 1 };

	if (r->failed)
		return;
	r->failed = true;
	diag_report(r->diag, B2C_DIAG_bug, loc, "%s '%.*s' in a template", what, (int)n, name);
}

static const struct entry *view_find(const struct b2c_view *view, const char *name, size_t n)
{
	const struct entry *entry;

	for (; view; view = view->outer) {
		entry = view_own(view, name, n);
		if (entry)
			return entry;
	}
	return NULL;
}

static enum word line_word(const char *start, size_t n)
{
	static const struct {
		const char *text;
		enum word word;
	} words[] = {
		{ "each", WORD_EACH },
		{ "if", WORD_IF },
		{ "else", WORD_ELSE },
		{ "end", WORD_END },
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i].text) == n && !memcmp(words[i].text, start, n))
			return words[i].word;
	return WORD_WRONG;
}

/* Cuts the line at pos and moves past it. Returns false at the end of the template. */
static bool render_next(struct render *r, struct line *ret_line)
{
	const char *p = r->pos, *word;

	if (!*p)
		return false;
	*ret_line = (struct line){ .start = p, .end = p + strcspn(p, "\n") };
	r->pos = ret_line->end + (*ret_line->end == '\n');
	r->line++;
	p += strspn(p, " \t");
	if (strncmp(p, "//:", 3))
		return true;
	word = p + 3 + strspn(p + 3, " ");
	ret_line->word = line_word(word, strcspn(word, " \n"));
	p = word + strcspn(word, " \n");
	p += strspn(p, " ");
	ret_line->arg = p;
	ret_line->arg_size = (size_t)(ret_line->end - p);
	return true;
}

static size_t out_next_line(const struct b2c_text *out)
{
	size_t i, nr = 2;

	for (i = 0; i < out->size; i++)
		nr += out->data[i] == '\n';
	return nr;
}

static void render_hole(struct render *r, const struct b2c_view *view, const char *name, size_t n)
{
	const struct entry *entry;

	if (n == strlen("next_line") && !memcmp(name, "next_line", n)) {
		text_printf(r->out, "%zu", out_next_line(r->out));
		return;
	}
	entry = view_find(view, name, n);
	if (!entry)
		render_fail(r, r->line, "unknown name", name, n);
	else if (!entry->text)
		render_fail(r, r->line, "no text for", name, n);
	else
		text_append(r->out, entry->text);
}

/* A hole is `$identifier$`; any other dollar is itself, as in a makefile. */
static size_t hole_size(const char *dollar)
{
	size_t n = strspn(dollar + 1, "abcdefghijklmnopqrstuvwxyz_0123456789");

	return n && dollar[1 + n] == '$' ? n : 0;
}

static void render_text(struct render *r, const struct b2c_view *view, const struct line *line)
{
	const char *p = line->start, *dollar;
	size_t n;

	for (; p < line->end; p = dollar + n) {
		dollar = memchr(p, '$', (size_t)(line->end - p));
		if (!dollar)
			break;
		text_append_n(r->out, p, (size_t)(dollar - p));
		n = hole_size(dollar);
		if (n) {
			render_hole(r, view, dollar + 1, n);
			n += 2;
		} else {
			text_append(r->out, "$");
			n = 1;
		}
	}
	text_append_n(r->out, p, (size_t)(line->end - p));
	text_append(r->out, "\n");
}

static enum word render_block(struct render *r, const struct b2c_view *view);

static void render_if(struct render *r, const struct b2c_view *view, const struct line *line)
{
	bool negated = line->arg_size && line->arg[0] == '!';
	const char *name = line->arg + negated;
	size_t n = line->arg_size - negated;
	unsigned int start = r->line;
	const struct entry *entry = NULL;
	bool on = false;
	enum word word;

	if (view) {
		entry = view_find(view, name, n);
		if (!entry)
			render_fail(r, start, "unknown name", name, n);
		else
			on = entry_is_true(entry) != negated;
	}
	word = render_block(r, on ? view : NULL);
	if (word == WORD_ELSE)
		word = render_block(r, on ? NULL : view);
	if (word != WORD_END)
		render_fail(r, start, "no end of", line->arg, line->arg_size);
}

static void render_each(struct render *r, const struct b2c_view *view, const struct line *line)
{
	const struct entry *entry = view ? view_find(view, line->arg, line->arg_size) : NULL;
	const struct b2c_view *item = entry ? entry->first : NULL;
	const char *body = r->pos;
	unsigned int start = r->line;

	if (view && (!entry || !entry->is_list))
		render_fail(r, r->line, "unknown list", line->arg, line->arg_size);
	do {
		r->pos = body;
		r->line = start;
		if (render_block(r, item) != WORD_END)
			render_fail(r, start, "no end of", line->arg, line->arg_size);
		item = item ? item->next : NULL;
	} while (item && !r->failed);
}

/*
 * Renders up to the directive that closes this block and returns it, or
 * WORD_NONE at the end of the template. `view` NULL: passes over the text only.
 */
static enum word render_block(struct render *r, const struct b2c_view *view)
{
	struct line line;

	while (!r->failed && render_next(r, &line)) {
		switch (line.word) {
		case WORD_NONE:
			if (view)
				render_text(r, view, &line);
			break;
		case WORD_EACH:
			render_each(r, view, &line);
			break;
		case WORD_IF:
			render_if(r, view, &line);
			break;
		case WORD_ELSE:
		case WORD_END:
			return line.word;
		default:
			render_fail(r, r->line, "unknown directive", line.start,
				    (size_t)(line.end - line.start));
		}
	}
	return WORD_NONE;
}

int template_render(const struct b2c_template *template, const struct b2c_view *view,
		    struct b2c_diag *diag, struct b2c_text *ret_text)
{
	struct render r = {
		.template = template,
		.diag = diag,
		.out = ret_text,
		.pos = template->text,
	};

	if (render_block(&r, view) != WORD_NONE)
		render_fail(&r, r.line, "too many ends in", template->name, strlen(template->name));
	return r.failed ? -EINVAL : 0;
}
