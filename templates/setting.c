//: each settings

static $type$ $function$(void)
{
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
