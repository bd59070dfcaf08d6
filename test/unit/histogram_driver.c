// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Prints histograms of the runtime for histogram_oracle.py: reads cases from
 * stdin and stands in for the maps that the runtime would read.
 *
 *   case SCALE UNIT SECTIONED NR     SCALE is log2, linear or json (of log2), SECTIONED 0 or 1
 *   SECTION SLOT COUNT               NR lines
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../runtime/maps.h"
#include "../../runtime/run.h"

struct key {
	char section[16];
	uint64_t slot;
};

static struct b2c_elements input;

int b2c_map_read(const struct bpf_map *map, const struct b2c_read *how,
		 struct b2c_elements *ret_elements)
{
	(void)map;
	(void)how;
	*ret_elements = input;
	return 0;
}

void b2c_elements_free(struct b2c_elements *elements)
{
	(void)elements;
}

__u32 bpf_map__key_size(const struct bpf_map *map)
{
	(void)map;
	return sizeof(struct key);
}

__u32 bpf_map__value_size(const struct bpf_map *map)
{
	(void)map;
	return sizeof(uint64_t);
}

const char *bpf_map__name(const struct bpf_map *map)
{
	(void)map;
	return "map";
}

static void put_section(struct b2c_row *row, const void *key_data)
{
	const struct key *key = key_data;

	b2c_put_string(row, key->section, sizeof(key->section));
}

static void read_elements(size_t nr)
{
	struct key *keys = calloc(nr + 1, sizeof(*keys));
	uint64_t *values = calloc(nr + 1, sizeof(*values));
	size_t i;

	for (i = 0; i < nr; i++)
		if (scanf("%15s %" SCNu64 " %" SCNu64, keys[i].section, &keys[i].slot,
			  &values[i]) != 3)
			break;
	input = (struct b2c_elements){
		.keys = (uint8_t *)keys,
		.values = (uint8_t *)values,
		.key_size = sizeof(*keys),
		.value_size = sizeof(*values),
		.nr = nr,
	};
}

static void print_case(struct b2c_run *run, const struct b2c_histogram *histogram)
{
	b2c_print_histogram(run, NULL, histogram);
	run->outputs[0]->print(run, run->outputs[0]);
	printf("----\n");
	free(run->outputs[0]);
	free(run->outputs);
	run->outputs = NULL;
	run->nr_outputs = 0;
	free(input.keys);
	free(input.values);
}

int main(void)
{
	static const struct b2c_tool tool = { .name = "driver" };
	struct b2c_run run = { .tool = &tool };
	char scale[16], unit[64];
	int sectioned;
	size_t nr;

	while (scanf(" case %15s %63s %d %zu", scale, unit, &sectioned, &nr) == 4) {
		struct b2c_histogram histogram = {
			.scale = strcmp(scale, "linear") == 0 ? B2C_LINEAR : B2C_LOG2,
			.unit = unit,
			.key_size = sizeof(struct key),
			.slot_offset = offsetof(struct key, slot),
			.slot_size = sizeof(uint64_t),
			.section_header = sectioned ? "name" : NULL,
			.section = sectioned ? put_section : NULL,
			.section_key = "name",
		};

		run.settings.json = strcmp(scale, "json") == 0;
		read_elements(nr);
		print_case(&run, &histogram);
	}
	return 0;
}
