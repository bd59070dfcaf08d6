//: each presets

/* $origin$ */
static void preset_$map$(struct b2c_run *run, struct bpf_map *map)
{
	const struct {
		$key$;
		$value$;
	} elements[] = {
//: each elements
#line $manifest_line$ "$manifest_file$"
		{ .key = $element_key$, .value = $element_value$ },
//: end
#line $next_line$ "$tool$.c"
	};
	size_t i;

	b2c_fill_sizes(run, map, sizeof(elements[0].key), sizeof(elements[0].value));
	for (i = 0; i < B2C_SIZE(elements); i++)
		b2c_fill(run, map, &elements[i].key, &elements[i].value);
}
//: end
