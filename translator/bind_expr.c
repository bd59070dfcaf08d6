// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Bind, expressions: the manifest's values are C. What can be known without a
 * C compiler is known here: paths that start at e, key or value. They are
 * checked member by member; all the rest is left to the C compiler. The reader
 * of the manifest has checked every opt.NAME.
 */
#include "bind_parts.h"

#include <ctype.h>
#include <string.h>

enum token_kind { TOKEN_END, TOKEN_NAME, TOKEN_ARROW, TOKEN_DOT, TOKEN_OPEN, TOKEN_OTHER };

struct token {
	enum token_kind kind;
	const char *start;
	size_t size;
};

static bool is_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t quoted_size(const char *p)
{
	size_t n = 1;

	while (p[n] && p[n] != p[0])
		n += p[n] == '\\' && p[n + 1] ? 2 : 1;
	return p[n] ? n + 1 : n;
}

static struct token token_next(const char **pos)
{
	const char *p = *pos + strspn(*pos, " \t\n");
	struct token token = { .kind = TOKEN_OTHER, .start = p, .size = 1 };

	if (!*p) {
		token.kind = TOKEN_END;
		token.size = 0;
	} else if (is_name_char(*p)) {
		while (is_name_char(p[token.size]))
			token.size++;
		if (!isdigit((unsigned char)*p))
			token.kind = TOKEN_NAME;
		else if (p[token.size] == '.')
			token.size++;
	} else if (*p == '"' || *p == '\'') {
		token.size = quoted_size(p);
	} else if (p[0] == '-' && p[1] == '>') {
		token.kind = TOKEN_ARROW;
		token.size = 2;
	} else if (*p == '.' && !isdigit((unsigned char)p[1])) {
		token.kind = TOKEN_DOT;
	} else if (*p == '[') {
		token.kind = TOKEN_OPEN;
	}
	*pos = p + token.size;
	return token;
}

static bool token_is(const struct token *token, const char *text)
{
	return token->size == strlen(text) && !memcmp(token->start, text, token->size);
}

/* Moves past the bracket that closes the one just read. */
static void skip_brackets(const char **pos)
{
	struct token token;
	int depth = 1;

	while (depth) {
		token = token_next(pos);
		if (token.kind == TOKEN_END)
			return;
		depth += token.kind == TOKEN_OPEN;
		depth -= token_is(&token, "]");
	}
}

const struct b2c_member *bind_member(const struct b2c_type *record, const char *name, size_t n)
{
	const struct b2c_member *field, *inner;
	size_t i;

	for (i = 0; i < record->nr_fields; i++) {
		field = &record->fields[i];
		if (strlen(field->name) == n && !memcmp(field->name, name, n))
			return field;
		if (*field->name || field->type->kind != B2C_TYPE_RECORD)
			continue;
		inner = bind_member(field->type, name, n);
		if (inner)
			return inner;
	}
	return NULL;
}

/* ---- reports ---- */

/* Where a token of the word stands; the whole word when YAML's quoting moved it. */
static struct b2c_loc token_loc(const struct b2c_word *word, const struct token *token)
{
	struct b2c_loc loc = word->loc;

	if (loc.line && (loc.length <= 1 || loc.length == strlen(word->text))) {
		loc.column += (unsigned int)(token->start - word->text);
		loc.length = (unsigned int)token->size;
	}
	return loc;
}

static void collect_members(struct bind *b, const struct b2c_type *record, const char ***names,
			    size_t *nr)
{
	size_t i;

	for (i = 0; i < record->nr_fields; i++) {
		const struct b2c_member *field = &record->fields[i];

		if (*field->name)
			*arena_append(b->arena, *names, *nr) = field->name;
		else if (field->type->kind == B2C_TYPE_RECORD)
			collect_members(b, field->type, names, nr);
	}
}

static void report_no_member(struct bind *b, const struct b2c_word *word, const struct token *token,
			     const struct b2c_type *record)
{
	const char *name = arena_strndup(b->arena, token->start, token->size);
	const char **names = NULL, *nearest;
	size_t nr = 0;

	diag_report(b->diag, B2C_DIAG_manifest_column, token_loc(word, token),
		    "'%s' has no member '%s'", record->spelling, name);
	diag_note(b->diag, record->loc, "'%s' is declared here", record->spelling);
	collect_members(b, record, &names, &nr);
	nearest = diag_nearest(name, names, nr);
	if (nearest)
		diag_help(b->diag, "did you mean '%s'?", nearest);
}

static void report_no_record(struct bind *b, const struct b2c_word *word, const struct token *token,
			     const struct b2c_type *type)
{
	diag_report(b->diag, B2C_DIAG_manifest_column, token_loc(word, token),
		    "'%.*s' is a '%s', which has no members that the tool can see",
		    (int)token->size, token->start, type->spelling);
	if (type->kind == B2C_TYPE_POINTER)
		diag_help(b->diag, "read the member in the BPF program and keep the value");
	else if (type->kind == B2C_TYPE_RECORD)
		diag_help(b->diag, "it is the kernel's; copy the member in the BPF program");
}

static void report_no_root(struct bind *b, const struct b2c_word *word, const struct token *token,
			   const struct bind_scope *scope)
{
	diag_report(b->diag, B2C_DIAG_manifest_column, token_loc(word, token),
		    "there is no '%.*s' in this place", (int)token->size, token->start);
	if (!scope->event && !scope->key)
		diag_help(b->diag, "only options can be named here, as 'opt.NAME'");
	else if (token_is(token, "e"))
		diag_help(b->diag, "histograms, tables and stacks have 'key' and 'value'");
	else
		diag_help(b->diag, "events have 'e', which points to the event");
}

/* ---- paths ---- */

static const struct b2c_type *scope_root(const struct bind_scope *scope, const struct token *token,
					 bool *ret_is_root)
{
	size_t i;

	*ret_is_root = true;
	if (token_is(token, "e"))
		return scope->event;
	if (token_is(token, "key"))
		return scope->key;
	if (token_is(token, "value"))
		return scope->value;
	if (token_is(token, "outer") && scope->outer)
		return scope->outer;
	for (i = 0; i < scope->nr_joins; i++)
		if (token_is(token, scope->joins[i].name))
			return scope->joins[i].value_type;
	for (i = 0; scope->gather && i < scope->gather->nr; i++)
		if (!scope->gather->parts[i].text && token_is(token, scope->gather->parts[i].name))
			return scope->event;
	*ret_is_root = false;
	return NULL;
}

/*
 * Follows the members after `root`, whose type is place->type. Leaves *pos
 * after the path.
 */
static bool walk_path(struct bind *b, const struct b2c_word *word, struct token root,
		      const char **pos, struct bind_place *place)
{
	const char *after = *pos;
	struct token token;

	for (token = token_next(&after);
	     token.kind == TOKEN_ARROW || token.kind == TOKEN_DOT || token.kind == TOKEN_OPEN;
	     token = token_next(&after)) {
		if (token.kind == TOKEN_OPEN) {
			skip_brackets(&after);
			place->type = place->type->element ? place->type->element : NULL;
			place->field = NULL;
		} else {
			token = token_next(&after);
			if (place->type->kind != B2C_TYPE_RECORD || place->type->is_kernel) {
				report_no_record(b, word, &root, place->type);
				return false;
			}
			place->field = bind_member(place->type, token.start, token.size);
			if (!place->field) {
				report_no_member(b, word, &token, place->type);
				return false;
			}
			place->type = place->field->type;
			root = token;
		}
		*pos = after;
		if (!place->type)
			return true;
	}
	return true;
}

bool bind_expr_check(struct bind *b, const struct b2c_word *word, const struct bind_scope *scope,
		     struct bind_place *ret_place)
{
	struct token token, before = { .kind = TOKEN_OTHER };
	const char *pos = word->text;
	bool is_root, first = true;

	*ret_place = (struct bind_place){ 0 };
	for (token = token_next(&pos); token.kind != TOKEN_END; token = token_next(&pos)) {
		struct bind_place place = { 0 };
		const char *after = pos;

		if (token.kind == TOKEN_NAME && before.kind != TOKEN_ARROW &&
		    before.kind != TOKEN_DOT) {
			place.type = scope_root(scope, &token, &is_root);
			if (is_root && !place.type) {
				report_no_root(b, word, &token, scope);
				return false;
			}
			if (is_root && !walk_path(b, word, token, &after, &place))
				return false;
			if (first && is_root && token_next(&after).kind == TOKEN_END)
				*ret_place = place;
		}
		before = token;
		first = false;
	}
	return true;
}

bool bind_uses(const char *text, const char *root)
{
	struct token token, before = { .kind = TOKEN_OTHER };

	for (token = token_next(&text); token.kind != TOKEN_END; token = token_next(&text)) {
		if (token.kind == TOKEN_NAME && before.kind != TOKEN_ARROW &&
		    before.kind != TOKEN_DOT && token_is(&token, root))
			return true;
		before = token;
	}
	return false;
}
