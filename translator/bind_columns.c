// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Bind, columns: what is shown of a record, and how, asked for or by default. */
#include "bind_parts.h"

#include <ctype.h>
#include <string.h>

/* Longer arrays are no row of a table. */
#define MAX_DEFAULT_ELEMENTS 32
#define MAX_STRING_WIDTH 32
#define ADDRESS_BYTES 16

/* ---- headers and keys ---- */

static const char *upper(struct bind *b, const char *name)
{
	char *text = arena_strdup(b->arena, name), *p;

	for (p = text; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	return text;
}

/* "TIME(s)" becomes "time_s". */
static const char *json_key(struct bind *b, const char *header)
{
	char *key = arena_alloc(b->arena, strlen(header) + 2), *p = key;

	for (; *header; header++) {
		if (isalnum((unsigned char)*header))
			*p++ = (char)tolower((unsigned char)*header);
		else if (p > key && p[-1] != '_')
			*p++ = '_';
	}
	while (p > key && p[-1] == '_')
		*--p = '\0';
	*p = '\0';
	return *key ? key : "value";
}

static bool key_taken(const struct b2c_plan_column *columns, size_t nr, const char *key)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (!strcmp(columns[i].key, key))
			return true;
	return false;
}

void bind_unique_keys(struct bind *b, struct b2c_plan_column *columns, size_t nr)
{
	const char *key;
	unsigned int n;
	size_t i;

	for (i = 0; i < nr; i++) {
		key = columns[i].key;
		for (n = 2; key_taken(columns, i, key); n++)
			key = arena_printf(b->arena, "%s_%u", columns[i].key, n);
		columns[i].key = key;
	}
}

/* ---- how a value of a known type is shown ---- */

/* 16 bytes that are an address where nobody says what they are. */
static bool is_address(const struct b2c_type *type)
{
	if (type->size != ADDRESS_BYTES)
		return false;
	switch (type->kind) {
	case B2C_TYPE_INT128:
		return true;
	case B2C_TYPE_ARRAY:
		return type->element->kind == B2C_TYPE_INT && type->element->size == 1;
	case B2C_TYPE_RECORD:
		return type->is_kernel && !strcmp(type->spelling, "struct in6_addr");
	default:
		return false;
	}
}

/* 16 bytes that can be one. */
static bool holds_address(const struct b2c_type *type)
{
	if (type->size != ADDRESS_BYTES)
		return false;
	switch (type->kind) {
	case B2C_TYPE_INT128:
	case B2C_TYPE_STRING:
		return true;
	case B2C_TYPE_ARRAY:
		return type->element->kind == B2C_TYPE_INT;
	case B2C_TYPE_RECORD:
		return type->is_kernel;
	default:
		return false;
	}
}

static enum b2c_value_type natural_type(const struct b2c_type *type)
{
	if (is_address(type))
		return B2C_VALUE_IP6;
	switch (type->kind) {
	case B2C_TYPE_INT:
		if (type->is_bool)
			return B2C_VALUE_BOOL;
		return type->is_signed ? B2C_VALUE_SIGNED : B2C_VALUE_UNSIGNED;
	case B2C_TYPE_POINTER:
		return B2C_VALUE_HEX;
	case B2C_TYPE_STRING:
		return B2C_VALUE_STRING;
	default:
		return B2C_VALUE_AUTO;
	}
}

/* Whether values of `type` can be shown as `as`. */
static bool type_fits(const struct b2c_type *type, enum b2c_value_type as)
{
	bool number = type->kind == B2C_TYPE_INT || type->kind == B2C_TYPE_POINTER;

	switch (as) {
	case B2C_VALUE_STRING:
	case B2C_VALUE_COMM:
		return type->kind == B2C_TYPE_STRING;
	case B2C_VALUE_IP6:
		return holds_address(type);
	case B2C_VALUE_IP4:
		return number && type->size == 4;
	case B2C_VALUE_HEXDUMP:
		return type->kind == B2C_TYPE_STRING || type->kind == B2C_TYPE_ARRAY;
	case B2C_VALUE_AUTO:
		return natural_type(type) != B2C_VALUE_AUTO;
	default:
		return number;
	}
}

static int natural_width(const struct b2c_type *type)
{
	uint64_t shown;

	switch (type->kind) {
	case B2C_TYPE_INT:
		if (type->is_bool)
			return 1;
		return type->size == 8 ? 16 : type->size == 4 ? 10 : type->size == 2 ? 6 : 4;
	case B2C_TYPE_POINTER:
		return 18;
	case B2C_TYPE_STRING:
		shown = type->size > MAX_STRING_WIDTH ? MAX_STRING_WIDTH : type->size;
		return -(int)shown;
	default:
		return -39;
	}
}

static bool is_pid_name(const char *name)
{
	return !strcmp(name, "pid") || !strcmp(name, "tgid") || !strcmp(name, "tid") ||
	       !strcmp(name, "ppid");
}

/* What has no member in its path is a pointer in the tool, of which sizeof knows nothing. */
static const char *string_size(struct bind *b, const char *path, const struct b2c_type *type)
{
	if (!strpbrk(path, ".>["))
		return arena_printf(b->arena, "%llu", (unsigned long long)type->size);
	return arena_printf(b->arena, "sizeof(%s)", path);
}

struct b2c_plan_column bind_own_column(struct bind *b, const char *value, const char *name,
				       const struct b2c_type *type)
{
	struct b2c_plan_column column = {
		.header = upper(b, name),
		.key = json_key(b, name),
		.precision = -1,
		.value = value,
		.of = type,
		.type = natural_type(type),
		.width = is_pid_name(name) ? 7 : natural_width(type),
	};
	int header = (int)strlen(column.header);

	if (type->kind == B2C_TYPE_STRING)
		column.size = string_size(b, value, type);
	if (column.width < 0 && -column.width < header)
		column.width = -header;
	else if (column.width > 0 && column.width < header)
		column.width = header;
	return column;
}

/* ---- defaults ---- */

static void default_members(struct bind *b, const struct b2c_type *record, const char *prefix,
			    struct bind_columns *columns);

static void report_left_out(struct bind *b, const struct b2c_map *map, const char *path,
			    const char *reason)
{
	diag_report(b->diag, B2C_DIAG_map_unshown, map->loc,
		    "the tool does not print '%s' of map '%s': %s", path, map->name, reason);
	diag_help(b->diag, "list what is to be shown of it under 'columns' of a manifest");
}

static void default_elements(struct bind *b, const struct b2c_type *array, const char *path,
			     const char *name, struct bind_columns *columns)
{
	uint64_t i;

	if (array->nr_elements > MAX_DEFAULT_ELEMENTS) {
		report_left_out(b, columns->map, path,
				arena_printf(b->arena, "an array of %llu elements is no row",
					     (unsigned long long)array->nr_elements));
		return;
	}
	for (i = 0; i < array->nr_elements; i++)
		bind_default_columns(
			b, array->element,
			arena_printf(b->arena, "%s[%llu]", path, (unsigned long long)i),
			arena_printf(b->arena, "%s[%llu]", name, (unsigned long long)i), columns);
}

static void default_value(struct bind *b, const struct b2c_type *type, const char *path,
			  const char *name, struct bind_columns *columns)
{
	if (natural_type(type) != B2C_VALUE_AUTO)
		*arena_append(b->arena, columns->items, columns->nr) =
			bind_own_column(b, path, name, type);
	else if (type->kind == B2C_TYPE_ARRAY)
		default_elements(b, type, path, name, columns);
	else if (type->is_kernel)
		report_left_out(b, columns->map, path,
				arena_printf(b->arena, "'%s' is the kernel's", type->spelling));
	else
		default_members(b, type, arena_printf(b->arena, "%s.", path), columns);
}

static void default_members(struct bind *b, const struct b2c_type *record, const char *prefix,
			    struct bind_columns *columns)
{
	const struct b2c_member *field, *widest = NULL;
	const char *path;
	size_t i;

	for (i = 0; i < record->nr_fields; i++)
		if (!widest || record->fields[i].type->size > widest->type->size)
			widest = &record->fields[i];
	for (i = 0; i < record->nr_fields; i++) {
		field = &record->fields[i];
		if (record->is_union && field != widest)
			continue;
		path = arena_printf(b->arena, "%s%s", prefix, field->name);
		if (!*field->name && field->type->kind == B2C_TYPE_RECORD)
			default_members(b, field->type, prefix, columns);
		else if (*field->name)
			default_value(b, field->type, path, field->name, columns);
		if (field->bit_width && *field->name)
			columns->items[columns->nr - 1].bit_width = field->bit_width;
	}
}

/* Members of an event are reached by an arrow, those of keys and values by a dot. */
void bind_default_columns(struct bind *b, const struct b2c_type *type, const char *path,
			  const char *name, struct bind_columns *columns)
{
	bool is_event = !strcmp(path, "e");

	if (type->kind == B2C_TYPE_RECORD && !type->is_kernel)
		default_members(b, type, arena_printf(b->arena, is_event ? "%s->" : "%s.", path),
				columns);
	else if (is_event && type->kind != B2C_TYPE_STRING && type->kind != B2C_TYPE_ARRAY &&
		 type->kind != B2C_TYPE_RECORD)
		default_value(b, type, "*e", name, columns);
	else
		default_value(b, type, path, name, columns);
}

/* ---- columns of the manifest ---- */

/* Whose symbols, and where the frames of a stack are. */
static void bind_symbol(struct bind *b, const struct b2c_column *asked,
			const struct bind_scope *scope, struct b2c_plan_column *column)
{
	const struct b2c_plan_column *pid = bind_expression(b, &asked->pid, scope);
	const struct b2c_map *map;

	if (pid)
		column->pid = pid->value;
	if (asked->type != B2C_VALUE_STACK)
		return;
	map = bind_stack_map(b, &asked->stack_map, asked->value.text, asked->value.loc);
	if (map)
		column->stack_map = map->name;
}

static void report_misfit(struct bind *b, const struct b2c_column *asked,
			  const struct b2c_type *type)
{
	static const char *const words[] = {
#define X(id, word) word,
		B2C_VALUE_TYPES(X)
#undef X
	};

	if (asked->type == B2C_VALUE_AUTO) {
		diag_report(b->diag, B2C_DIAG_manifest_column, asked->value.loc,
			    "'%s' is a '%s', which is no single value", asked->value.text,
			    type->spelling);
		diag_help(b->diag, type->kind == B2C_TYPE_ARRAY ? "name one of its elements"
								: "name one of its members");
		return;
	}
	diag_report(b->diag, B2C_DIAG_manifest_column, asked->value.loc,
		    "'%s' is a '%s' and can't be shown as '%s'", asked->value.text, type->spelling,
		    words[asked->type]);
	if (natural_type(type) != B2C_VALUE_AUTO)
		diag_help(b->diag, "leave 'type:' out and it is shown as its C type");
}

static const char *default_header(struct bind *b, const struct b2c_column *asked,
				  const struct bind_place *place)
{
	if (asked->header.plain.text)
		return asked->header.plain.text;
	if (place->field && *place->field->name)
		return upper(b, place->field->name);
	return upper(b, asked->value.text);
}

void bind_column(struct bind *b, const struct b2c_column *asked, const struct bind_scope *scope,
		 struct b2c_plan_column *ret_column)
{
	struct bind_place place;
	bool good = bind_expr_check(b, &asked->value, scope, &place);

	*ret_column = (struct b2c_plan_column){
		.header = default_header(b, asked, &place),
		.width = asked->width,
		.precision = asked->precision,
		.type = asked->type,
		.value = asked->value.text,
		.of = place.type,
		.bit_width = place.field ? place.field->bit_width : 0,
		.offset = asked->offset,
		.module = asked->module,
		.loc = asked->value.loc,
	};
	ret_column->headers = bind_caption(b, &asked->header);
	ret_column->key = asked->key.text ? asked->key.text : json_key(b, ret_column->header);
	ret_column->when = bind_condition(b, &asked->when);
	ret_column->asked = asked;
	ret_column->limit = bind_expression(b, &asked->size, scope);
	if (good)
		bind_column_type(b, asked, &place, scope);
	bind_symbol(b, asked, scope, ret_column);
	if (!good || !place.type)
		return;
	if (!type_fits(place.type, asked->type)) {
		report_misfit(b, asked, place.type);
		return;
	}
	if (asked->type == B2C_VALUE_AUTO)
		ret_column->type = natural_type(place.type);
	if (place.type->kind == B2C_TYPE_STRING || asked->type == B2C_VALUE_HEXDUMP)
		ret_column->size = string_size(b, asked->value.text, place.type);
}

const struct b2c_caption *bind_caption(struct bind *b, const struct b2c_caption *caption)
{
	if (!caption->then)
		return NULL;
	bind_condition(b, &caption->when);
	bind_caption(b, caption->then);
	bind_caption(b, caption->otherwise);
	return caption;
}

const struct b2c_plan_column *bind_condition(struct bind *b, const struct b2c_word *word)
{
	static const struct bind_scope options_only;

	return bind_expression(b, word, &options_only);
}

const struct b2c_plan_column *bind_expression(struct bind *b, const struct b2c_word *word,
					      const struct bind_scope *scope)
{
	struct b2c_plan_column *column;
	struct bind_place place;

	if (!word->text)
		return NULL;
	column = arena_alloc(b->arena, sizeof(*column));
	bind_expr_check(b, word, scope, &place);
	column->header = "";
	column->key = "";
	column->precision = -1;
	column->value = word->text;
	column->of = place.type;
	column->bit_width = place.field ? place.field->bit_width : 0;
	column->loc = word->loc;
	if (place.type && place.type->kind == B2C_TYPE_STRING) {
		column->type = B2C_VALUE_STRING;
		column->size = string_size(b, word->text, place.type);
	}
	return column;
}
