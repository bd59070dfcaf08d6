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

/* $origin$ */
static void put_$map$(struct b2c_row *row, const void *key_data, const void *value_data)
{
//: if puts_key
	$key$key_data;
//: end
//: if puts_value
	$value$value_data;
//: end
//: each puts_joins
//: if manifest_line
#line $manifest_line$ "$manifest_file$"
//: end
	$statement$
//: if ends_manifest
#line $next_line$ "$c_file$"
//: end
//: end

//: if !puts_key
	(void)key_data;
//: end
//: if !puts_value
	(void)value_data;
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
	b2c_row_end(row);
}
//: if order

static double order_$map$(const void *key_data, const void *value_data)
{
//: if orders_key
	$key$key_data;
//: end
//: if orders_value
	$value$value_data;
//: end
//: each orders_joins
//: if manifest_line
#line $manifest_line$ "$manifest_file$"
//: end
	$statement$
//: if ends_manifest
#line $next_line$ "$c_file$"
//: end
//: end

//: if !orders_key
	(void)key_data;
//: end
//: if !orders_value
	(void)value_data;
//: end
//: each order
//: if manifest_line
#line $manifest_line$ "$manifest_file$"
//: end
	$statement$
//: if ends_manifest
#line $next_line$ "$c_file$"
//: end
//: end
}
//: end
//: if filter

static bool filter_$map$(const void *key_data, const void *value_data)
{
//: if filter_key
	$key$key_data;
//: end
//: if filter_value
	$value$value_data;
//: end
//: each filter_joins
//: if manifest_line
#line $manifest_line$ "$manifest_file$"
//: end
	$statement$
//: if ends_manifest
#line $next_line$ "$c_file$"
//: end
//: end

//: if !filter_key
	(void)key_data;
//: end
//: if !filter_value
	(void)value_data;
//: end
//: each filter
//: if manifest_line
#line $manifest_line$ "$manifest_file$"
//: end
	$statement$
//: if ends_manifest
#line $next_line$ "$c_file$"
//: end
//: end
}
//: end

static const struct b2c_table $map$_table = {
//: each fields
	$text$,
//: end
};
