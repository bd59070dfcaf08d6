//: each conditions

/* Whether the column $header$ is there. */
static bool $function$(void)
{
#line $manifest_line$ "$manifest_file$"
	return $expression$;
#line $next_line$ "$c_file$"
}
//: end
//: each name_tables

static const struct b2c_name $table$[] = {
//: each names
	{ $number$, $name$ },
//: end
};
//: end

static const struct b2c_column $map$_columns[] = {
//: each columns
	$braces$,
//: end
};
//: if gathers

static const struct b2c_part $map$_part_items[] = {
//: each parts
	$braces$,
//: end
};

static struct b2c_parts $map$_parts = {
	.items = $map$_part_items,
	.nr = B2C_SIZE($map$_part_items),
};
//: end
//: if keeps_records

static const $event_type$ $map$_absent;
//: end

/* $origin$ */
static int print_$map$(void *ctx, void *data, size_t size)
{
	struct b2c_row *row = ctx;
	$event$ = data;

//: if has_size
	if (size < $event_size$)
		return $otherwise$;
//: else
	(void)size;
//: end
//: each condition
//: if manifest_line
#line $manifest_line$ "$manifest_file$"
//: end
	$statement$
//: if ends_manifest
#line $next_line$ "$c_file$"
//: end
		return $otherwise$;
//: end
//: each gather
//: if manifest_line
#line $manifest_line$ "$manifest_file$"
//: end
	$statement$
//: if ends_manifest
#line $next_line$ "$c_file$"
//: end
//: end
//: each filter
//: if manifest_line
#line $manifest_line$ "$manifest_file$"
//: end
	$statement$
//: if ends_manifest
#line $next_line$ "$c_file$"
//: end
		return 0;
//: end
	b2c_row_begin(row);
//: each puts
//: if manifest_line
#line $manifest_line$ "$manifest_file$"
//: end
	$statement$
//: if ends_manifest
#line $next_line$ "$c_file$"
//: end
//: end
	return b2c_row_end(row);
}
