//: if code_file

/* What columns call. */
#include "$code_file$"
//: end
//: each conditions

/* $origin$ */
static $type$ $function$(void)
{
#line $manifest_line$ "$manifest_file$"
	return $expression$;
#line $next_line$ "$c_file$"
}
//: end

static const struct b2c_probe probes[] = {
//: each probes
	$braces$,
//: end
};
//: if pins

static const struct b2c_pin pins[] = {
//: each pins
	$braces$,
//: end
};
//: end
