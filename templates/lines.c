//: each line_functions

static void $function$(struct b2c_lines *lines)
{
//: each lines
//: if manifest_line
#line $manifest_line$ "$manifest_file$"
//: end
//: if condition
	if ($condition$)
		b2c_add_line(lines, $text$);
//: else
	b2c_add_line(lines, $text$);
//: end
//: if manifest_line
#line $next_line$ "$c_file$"
//: end
//: end
}
//: end
