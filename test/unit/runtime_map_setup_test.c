// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* runtime/map_setup.c: sizes that depend on the host and pins, against an object of two maps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "map_setup.h"

#define NR_CPUS 6

struct bpf_map {
	const char *name;
	enum bpf_map_type type;
	uint32_t size;
	const char *pin;
};

static struct bpf_map maps[2];
static char message[256];

const char *bpf_map__name(const struct bpf_map *map)
{
	return map->name;
}

enum bpf_map_type bpf_map__type(const struct bpf_map *map)
{
	return map->type;
}

__u32 bpf_map__max_entries(const struct bpf_map *map)
{
	return map->size;
}

int bpf_map__set_max_entries(struct bpf_map *map, __u32 size)
{
	map->size = size;
	return 0;
}

int bpf_map__set_pin_path(struct bpf_map *map, const char *path)
{
	map->pin = path;
	return 0;
}

struct bpf_map *bpf_object__next_map(const struct bpf_object *object, const struct bpf_map *map)
{
	(void)object;
	if (!map)
		return &maps[0];
	return map == &maps[0] ? &maps[1] : NULL;
}

struct bpf_map *bpf_object__find_map_by_name(const struct bpf_object *object, const char *name)
{
	(void)object;
	return strcmp(name, maps[0].name) ? NULL : &maps[0];
}

int libbpf_num_possible_cpus(void)
{
	return NR_CPUS;
}

const char *b2c_strerror(int err)
{
	return strerror(-err);
}

void b2c_error(const struct b2c_run *run, const char *format, ...)
{
	va_list args;

	(void)run;
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
}

/* With one --map. */
static int resize(enum bpf_map_type type, uint32_t size, const char *word)
{
	struct b2c_tool tool = { .perf_pages = 8 };
	struct b2c_run run = { .tool = &tool, .settings.map_sizes = { &word, 1 } };

	message[0] = '\0';
	maps[0] = (struct bpf_map){ .name = "first", .type = type, .size = size };
	maps[1] = (struct bpf_map){ .name = "other", .type = BPF_MAP_TYPE_ARRAY, .size = 3 };
	return b2c_maps_setup(&run, NULL);
}

static int setup(enum bpf_map_type type, uint32_t size, const struct b2c_pin *pin)
{
	struct b2c_tool tool = { .pins = pin, .nr_pins = pin ? 1 : 0 };
	struct b2c_run run = { .tool = &tool };

	message[0] = '\0';
	maps[0] = (struct bpf_map){ .name = "first", .type = type, .size = size };
	maps[1] = (struct bpf_map){ .name = "other", .type = BPF_MAP_TYPE_HASH, .size = 3 };
	return b2c_maps_setup(&run, NULL);
}

static void counters_have_a_slot_for_each_cpu(void **state)
{
	(void)state;
	assert_int_equal(setup(BPF_MAP_TYPE_PERF_EVENT_ARRAY, 1, NULL), 0);
	assert_int_equal(maps[0].size, NR_CPUS);
	assert_int_equal(setup(BPF_MAP_TYPE_PERF_EVENT_ARRAY, 128, NULL), 0);
	assert_int_equal(maps[0].size, 128);
	/* libbpf sizes outputs */
	assert_int_equal(setup(BPF_MAP_TYPE_PERF_EVENT_ARRAY, 0, NULL), 0);
	assert_int_equal(maps[0].size, 0);
	assert_int_equal(setup(BPF_MAP_TYPE_ARRAY, 1, NULL), 0);
	assert_int_equal(maps[0].size, 1);
	assert_int_equal(maps[1].size, 3);
}

static void ring_buffers_are_pages_of_the_host(void **state)
{
	(void)state;
	assert_int_equal(b2c_ring_size(8 * 4096, 4096), 8 * 4096);
	assert_int_equal(b2c_ring_size(8 * 4096, 65536), 8 * 65536);
	assert_int_equal(setup(BPF_MAP_TYPE_RINGBUF, 4096, NULL), 0);
	assert_int_equal(maps[0].size, sysconf(_SC_PAGESIZE));
}

static void ring_buffers_for_all_cpus(void **state)
{
	struct b2c_run run = { 0 };
	long nr_cpus = sysconf(_SC_NPROCESSORS_ONLN);

	(void)state;
	assert_int_equal(b2c_ring_of_cpus(64 * 4096, 1), 64 * 4096);
	assert_int_equal(b2c_ring_of_cpus(64 * 4096, 3), 4 * 64 * 4096);
	assert_int_equal(b2c_ring_of_cpus(64 * 4096, 4), 4 * 64 * 4096);
	assert_int_equal(b2c_ring_of_cpus(64 * 4096, 1 << 20), 1U << 31);
	assert_int_equal(b2c_ring_size(1U << 31, 65536), 1U << 31);
	maps[0] = (struct bpf_map){ .name = "first", .type = BPF_MAP_TYPE_RINGBUF, .size = 4096 };
	b2c_ring_for_cpus(&run, &maps[0]);
	assert_int_equal(maps[0].size, b2c_ring_of_cpus(4096, (unsigned int)nr_cpus));
	assert_true(maps[0].size >= 4096 * nr_cpus);
	assert_int_equal(run.err, 0);
}

static void pins_go_to_their_maps(void **state)
{
	const struct b2c_pin pin = { .map = "first", .path = "/nowhere/at/all" };

	(void)state;
	assert_int_equal(setup(BPF_MAP_TYPE_HASH, 4, &pin), 0);
	assert_string_equal(maps[0].pin, "/nowhere/at/all");
	assert_null(maps[1].pin);
}

static void pins_that_cannot_be_are_told(void **state)
{
	const struct b2c_pin outside = { .map = "first", .path = "mappath" };
	const struct b2c_pin absent = { .map = "nosuch", .path = "/nowhere/at/all" };

	(void)state;
	assert_int_equal(setup(BPF_MAP_TYPE_HASH, 4, &outside), -EINVAL);
	assert_string_equal(message, "map 'first' cannot be pinned at 'mappath', which is in no "
				     "BPF file system");
	assert_null(maps[0].pin);
	assert_int_equal(setup(BPF_MAP_TYPE_HASH, 4, &absent), -ENOENT);
	assert_string_equal(message, "its BPF object has no map 'nosuch'");
}

static void sizes_are_the_users_choice(void **state)
{
	uint32_t page = (uint32_t)sysconf(_SC_PAGESIZE);

	(void)state;
	assert_int_equal(resize(BPF_MAP_TYPE_HASH, 64, "first=100000"), 0);
	assert_int_equal(maps[0].size, 100000);
	assert_int_equal(maps[1].size, 3);
	assert_int_equal(resize(BPF_MAP_TYPE_RINGBUF, 4096, "first=1"), 0);
	assert_int_equal(maps[0].size, page);
	assert_int_equal(resize(BPF_MAP_TYPE_RINGBUF, 4096, "first=100000"), 0);
	assert_int_equal(maps[0].size, 131072);
	assert_int_equal(b2c_buffer_pages(65536, 65536), 1);
	assert_int_equal(b2c_buffer_pages(65537, 65536), 2);
}

static void perf_buffers_too(void **state)
{
	const char *word = "first=65536";
	struct b2c_tool tool = { .perf_pages = 8 };
	struct b2c_run run = { .tool = &tool, .settings.map_sizes = { &word, 1 } };

	(void)state;
	assert_int_equal(resize(BPF_MAP_TYPE_PERF_EVENT_ARRAY, 0, word), 0);
	assert_int_equal(b2c_perf_pages(&run, "first"), 65536 / sysconf(_SC_PAGESIZE));
	assert_int_equal(b2c_perf_pages(&run, "other"), 8);
	tool.perf_pages = 0;
	assert_int_equal(b2c_perf_pages(&run, "other"), 64);
}

static void sizes_that_cannot_be_are_told(void **state)
{
	static const char *const wrong[] = {
		"first", "first=", "first=0", "first=-1", "first= 1", "=5", "first=1k",
		"first=4294967296", "first=99999999999999999999", "",
	};
	char expected[200];
	size_t i;

	(void)state;
	for (i = 0; i < B2C_SIZE(wrong); i++) {
		assert_int_equal(resize(BPF_MAP_TYPE_HASH, 64, wrong[i]), -EINVAL);
		snprintf(expected, sizeof(expected),
			 "option '--map' needs NAME=N with a number from 1 to 2147483647, not '%s'",
			 wrong[i]);
		assert_string_equal(message, expected);
		assert_int_equal(maps[0].size, 64);
	}
	assert_int_equal(resize(BPF_MAP_TYPE_HASH, 64, "nosuch=5"), -EINVAL);
	assert_string_equal(message, "option '--map': 'nosuch' is no map whose size can be set; "
				     "those are 'first'");
	assert_int_equal(resize(BPF_MAP_TYPE_ARRAY, 64, "first=5"), -EINVAL);
	assert_int_equal(maps[0].size, 64);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counters_have_a_slot_for_each_cpu),
		cmocka_unit_test(ring_buffers_are_pages_of_the_host),
		cmocka_unit_test(ring_buffers_for_all_cpus),
		cmocka_unit_test(pins_go_to_their_maps),
		cmocka_unit_test(pins_that_cannot_be_are_told),
		cmocka_unit_test(sizes_are_the_users_choice),
		cmocka_unit_test(perf_buffers_too),
		cmocka_unit_test(sizes_that_cannot_be_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
