// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Bind, values: what the type of a column needs beside a value that fits it. */
#include "bind_parts.h"
#include "kernel.h"

/* Its names are the host's, but an enum that no kernel has is a mistake. */
static void check_kernel_enum(struct bind *b, const struct b2c_word *tag)
{
	struct b2c_enumerator enumerator;

	if (!tag->text || !b->kernels || kernels_with_enum(b->kernels, tag->text) ||
	    !kernel_enumerator_range(b->kernels, tag->text, &enumerator))
		return;
	diag_report(b->diag, B2C_DIAG_manifest_column, tag->loc,
		    "no kernel of the data has an enum or enumerator '%s'", tag->text);
	diag_help(b->diag, "give its names yourself: 'names: {0: NAME}'");
}

static bool is_number(const struct b2c_type *type)
{
	return type->kind == B2C_TYPE_INT || type->kind == B2C_TYPE_POINTER;
}

static void check_size(struct bind *b, const struct b2c_word *size, const struct bind_scope *scope)
{
	struct bind_place place;

	if (!size->text || !bind_expr_check(b, size, scope, &place) || !place.type ||
	    is_number(place.type))
		return;
	diag_report(b->diag, B2C_DIAG_manifest_column, size->loc, "'%s' is a '%s' and no size",
		    size->text, place.type->spelling);
}

void bind_column_type(struct bind *b, const struct b2c_column *asked,
		      const struct bind_place *place, const struct bind_scope *scope)
{
	check_kernel_enum(b, &asked->kernel_enum);
	check_size(b, &asked->size, scope);
	if (asked->type == B2C_VALUE_DELTA && !scope->event) {
		diag_report(b->diag, B2C_DIAG_manifest_column, asked->value.loc,
			    "only rows of events have one before them");
		diag_help(b->diag, "'since_start' shows when it was");
	}
	if (asked->type == B2C_VALUE_HEXDUMP && !place->type && !asked->size.text) {
		diag_report(b->diag, B2C_DIAG_manifest_column, asked->value.loc,
			    "nobody knows how many bytes '%s' has", asked->value.text);
		diag_help(b->diag, "say it with 'size:'");
	}
}
