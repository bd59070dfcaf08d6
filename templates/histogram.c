//: if puts

/* $origin$ */
static void put_$map$_section(struct b2c_row *row, const void *key_data)
{
	$key$key_data;
//: if joined
	char text[$joined_size$];
//: end

//: if joined
	$joined$
	b2c_put_text(row, text);
//: else
//: each puts
//: if manifest_line
#line $manifest_line$ "$manifest_file$"
//: end
	$statement$
//: if ends_manifest
#line $next_line$ "$c_file$"
//: end
//: end
//: end
}
//: end
//: if buckets

/* The lowest value of each slot. */
static const uint64_t $map$_buckets[] = {
//: each buckets
	$text$,
//: end
};
//: end

//: if !puts
/* $origin$ */
//: end
static const struct b2c_histogram $map$_histogram = {
//: each fields
	$text$,
//: end
};
