//: if joins

static struct b2c_join $map$_joins[] = {
//: each joins
	$braces$,
//: end
};
//: end
//: if totals

static double $map$_totals[$nr_totals$];

static void add_$map$(const void *key_data, const void *value_data)
{
//: if adds_key
	$key$key_data;
//: end
//: if adds_value
	$value$value_data;
//: end
//: each adds_joins
//: if manifest_line
#line $manifest_line$ "$manifest_file$"
//: end
	$statement$
//: if ends_manifest
#line $next_line$ "$c_file$"
//: end
//: end

//: if !adds_key
	(void)key_data;
//: end
//: if !adds_value
	(void)value_data;
//: end
//: each totals
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
