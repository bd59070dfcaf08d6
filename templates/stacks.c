//: if forms

static unsigned int form_$map$(void)
{
	unsigned int form = 0;

//: each forms
//: if manifest_line
#line $manifest_line$ "$manifest_file$"
//: end
	$statement$
//: if ends_manifest
#line $next_line$ "$c_file$"
//: end
//: end
	return form;
}
//: end

/* $origin$ */
static void get_$map$(const void *key_data, const void *value_data, struct b2c_stack *ret_stack)
{
//: if puts_key
	$key$key_data;
//: end
//: if puts_value
	$value$value_data;
//: end

//: if !puts_key
	(void)key_data;
//: end
//: if !puts_value
	(void)value_data;
//: end
//: each puts
//: if manifest_line
#line $manifest_line$ "$manifest_file$"
//: end
	$statement$
//: if ends_manifest
#line $next_line$ "$c_file$"
//: end
//: end
}
//: each layouts

//: if has_sides
static const struct b2c_side $function$_sides[] = {
//: each sides
	$braces$,
//: end
};

//: end
static void $function$(const void *key_data, const void *value_data, struct b2c_layout *layout)
{
//: if lays_key
	$key$key_data;
//: end
//: if lays_value
	$value$value_data;
//: end

//: if !lays_key
	(void)key_data;
//: end
//: if !lays_value
	(void)value_data;
//: end
//: each statements
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
//: if has_lines

static const struct b2c_column $map$_columns[] = {
//: each stack_columns
	{ .key = $key$ },
//: end
};
//: end
//: if order

static double order_$map$(const void *key_data, const void *value_data)
{
//: if orders_key
	$key$key_data;
//: end
//: if orders_value
	$value$value_data;
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

static const struct b2c_stacks $map$_stacks = {
//: each fields
	$text$,
//: end
};
