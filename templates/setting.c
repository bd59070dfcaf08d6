//: each settings

static $type$ $function$(void)
{
#line $manifest_line$ "$manifest_file$"
	$statement$
#line $next_line$ "$c_file$"
}
//: end
