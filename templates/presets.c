//: each presets

/* $origin$ */
static void preset_$map$(struct b2c_run *run, struct bpf_map *map)
{
//: if has_texts
	struct {
//: else
	const struct {
//: end
		$key$;
		$value$;
	} elements[] = {
//: each elements
#line $manifest_line$ "$manifest_file$"
//: if element_value
		{ .key = $element_key$, .value = $element_value$ },
//: else
		{ .key = $element_key$ },
//: end
//: end
#line $next_line$ "$c_file$"
	};
	size_t i;

//: each texts
#line $manifest_line$ "$manifest_file$"
	$call$
//: end
//: if has_texts
#line $next_line$ "$c_file$"
//: end
	b2c_fill_sizes(run, map, sizeof(elements[0].key), sizeof(elements[0].value));
	for (i = 0; i < B2C_SIZE(elements); i++)
		b2c_fill(run, map, &elements[i].key, &elements[i].value);
}
//: end
//: each preset_lists

/* $origin$ */
static void preset_$map$(struct b2c_run *run, struct bpf_map *map)
{
#line $manifest_line$ "$manifest_file$"
	const $value$ = $expression$;
#line $next_line$ "$c_file$"
//: if key_type
	$key_type$ key;
//: end
	__u32 i;

	b2c_fill_sizes(run, map, sizeof($key_size$), sizeof(value));
//: if key_type
	for (i = 0; i < opt.nr_$option$; i++) {
		key = opt.$option$[i];
		b2c_fill(run, map, $key$, &value);
	}
//: else
	for (i = 0; i < opt.nr_$option$; i++)
		b2c_fill(run, map, $key$, &value);
//: end
}
//: end
