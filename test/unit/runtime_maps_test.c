// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * runtime/maps.h against a map that is only an array: with the batch operations
 * of new kernels, without them, and with crowded buckets.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MAX_FAKE 5000
#define NR_CPUS 3

static struct {
	enum bpf_map_type type;
	uint64_t keys[MAX_FAKE];
	uint64_t values[MAX_FAKE]; /* of CPU 0; the others have 1 and 2 more */
	uint32_t nr;
	bool has_batch;
	bool has_take; /* looks up and deletes in one call */
	unsigned int nr_taken;
	uint32_t smallest_batch; /* -ENOSPC below it */
	unsigned int nr_batches;
} fake;

static bool is_percpu(void)
{
	return fake.type == BPF_MAP_TYPE_PERCPU_HASH || fake.type == BPF_MAP_TYPE_PERCPU_ARRAY;
}

static void put_value(void *out, uint64_t value)
{
	uint64_t *slots = out;
	int cpu;

	for (cpu = 0; cpu < (is_percpu() ? NR_CPUS : 1); cpu++)
		slots[cpu] = value + (uint64_t)cpu;
}

static int fake_batch(const void *in, void *out, void *keys, void *values, uint32_t *count)
{
	size_t value_size = is_percpu() ? 8 * NR_CPUS : 8;
	uint32_t from = in ? *(const uint32_t *)in : 0, i;

	if (!fake.has_batch)
		return -EINVAL;
	if (*count < fake.smallest_batch)
		return -ENOSPC;
	fake.nr_batches++;
	for (i = 0; i < *count && from + i < fake.nr; i++) {
		memcpy((char *)keys + 8 * i, &fake.keys[from + i], 8);
		put_value((char *)values + value_size * i, fake.values[from + i]);
	}
	*count = i;
	*(uint32_t *)out = from + i;
	return from + i >= fake.nr ? -ENOENT : 0;
}

static int fake_delete_batch(const void *in, void *out, void *keys, void *values, uint32_t *count)
{
	int err = fake_batch(in, out, keys, values, count);

	if (err == -ENOENT)
		fake.nr = 0;
	return err;
}

static uint32_t place_of(const void *key)
{
	uint64_t wanted;
	uint32_t i;

	memcpy(&wanted, key, 8);
	for (i = 0; i < fake.nr; i++)
		if (fake.keys[i] == wanted)
			break;
	return i;
}

static int fake_next_key(int fd, const void *key, void *next)
{
	uint32_t i = key ? place_of(key) + 1 : 0;

	(void)fd;
	if (i >= fake.nr)
		return -ENOENT;
	memcpy(next, &fake.keys[i], 8);
	return 0;
}

static int fake_lookup(int fd, const void *key, void *value)
{
	uint32_t i = place_of(key);

	(void)fd;
	if (i == fake.nr)
		return -ENOENT;
	put_value(value, fake.values[i]);
	return 0;
}

static int fake_delete(int fd, const void *key)
{
	uint32_t i = place_of(key);

	(void)fd;
	if (i == fake.nr)
		return -ENOENT;
	fake.nr--;
	fake.keys[i] = fake.keys[fake.nr];
	fake.values[i] = fake.values[fake.nr];
	return 0;
}

static int fake_take(int fd, const void *key, void *value)
{
	if (!fake.has_take)
		return -EINVAL;
	if (!key && fake.nr_taken == fake.nr)
		return -ENOENT;
	if (!key) {
		memcpy(value, &fake.values[fake.nr_taken++], 8);
		return 0;
	}
	fake.nr_taken++;
	return fake_lookup(fd, key, value) ? -ENOENT : fake_delete(fd, key);
}

static int fake_update(int fd, const void *key, const void *value, uint64_t flags)
{
	uint32_t i;

	(void)fd;
	(void)flags;
	memcpy(&i, key, sizeof(i));
	assert_true(i < fake.nr);
	memcpy(&fake.values[i], value, 8);
	return 0;
}

#define bpf_map_lookup_batch(fd, in, out, keys, values, count, opts) \
	((void)(fd), (void)(opts), fake_batch(in, out, keys, values, count))
#define bpf_map_lookup_and_delete_batch(fd, in, out, keys, values, count, opts) \
	((void)(fd), (void)(opts), fake_delete_batch(in, out, keys, values, count))
#define bpf_map_get_next_key fake_next_key
#define bpf_map_lookup_elem fake_lookup
#define bpf_map_delete_elem fake_delete
#define bpf_map_update_elem fake_update
#define bpf_map_lookup_and_delete_elem fake_take
#define bpf_map__type(map) ((void)(map), fake.type)
#define bpf_map__fd(map) ((void)(map), -1)
#define bpf_map__key_size(map) ((void)(map), 8u)
#define bpf_map__value_size(map) ((void)(map), 8u)
#define bpf_map__max_entries(map) ((void)(map), fake.nr)
#define libbpf_num_possible_cpus() NR_CPUS
#include "../../runtime/maps.c"

static void fill(enum bpf_map_type type, uint32_t nr, bool has_batch)
{
	uint32_t i;

	memset(&fake, 0, sizeof(fake));
	fake.type = type;
	fake.nr = nr;
	fake.has_batch = has_batch;
	for (i = 0; i < nr; i++) {
		fake.keys[i] = i;
		fake.values[i] = 10 * i + 1;
	}
}

/* Reads the map; every value is 10 * key + 1, times `factor` and plus `more`. */
static void check(bool clear, size_t sum_size, uint64_t factor, uint64_t more)
{
	const struct b2c_read how = { .sum_size = sum_size, .clear = clear };
	struct b2c_elements elements;
	uint32_t nr = fake.nr;
	uint64_t key, value;
	size_t i;

	assert_int_equal(b2c_map_read(NULL, &how, &elements), 0);
	assert_int_equal(elements.nr, nr);
	for (i = 0; i < elements.nr; i++) {
		memcpy(&key, elements.keys + 8 * i, 8);
		memcpy(&value, elements.values + 8 * i, 8);
		assert_int_equal(value, (10 * key + 1) * factor + more);
	}
	b2c_elements_free(&elements);
}

static void batches_come_together(void **state)
{
	static const uint32_t sizes[] = { 0, 1, 1023, 1024, 1025, 4999 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		fill(BPF_MAP_TYPE_HASH, sizes[i], true);
		check(false, 0, 1, 0);
		assert_int_equal(fake.nr, sizes[i]);
	}
}

static void without_batches(void **state)
{
	(void)state;
	fill(BPF_MAP_TYPE_HASH, 300, false);
	check(false, 0, 1, 0);
	assert_int_equal(fake.nr, 300);
	assert_int_equal(fake.nr_batches, 0);
	check(true, 0, 1, 0);
	assert_int_equal(fake.nr, 0);
}

/* What can't go by batches is taken out one by one, so that no update is lost. */
static void taken_one_by_one(void **state)
{
	(void)state;
	fill(BPF_MAP_TYPE_HASH, 300, false);
	fake.has_take = true;
	check(true, 0, 1, 0);
	assert_int_equal(fake.nr, 0);
	assert_int_equal(fake.nr_taken, 300);
	fill(BPF_MAP_TYPE_HASH, 300, false);
	fake.has_take = true;
	check(false, 0, 1, 0); /* nothing is to be cleared */
	assert_int_equal(fake.nr_taken, 0);
	fill(BPF_MAP_TYPE_ARRAY, 20, false);
	fake.has_take = true;
	check(true, 0, 1, 0);
	assert_int_equal(fake.nr_taken, 0);
}

static void queues_are_emptied(void **state)
{
	const struct b2c_read how = { 0 };
	struct b2c_elements elements;
	uint64_t value;
	size_t i;

	(void)state;
	fill(BPF_MAP_TYPE_QUEUE, 200, false);
	fake.has_take = true;
	assert_int_equal(b2c_map_read(NULL, &how, &elements), 0);
	assert_int_equal(elements.nr, 200);
	for (i = 0; i < elements.nr; i++) {
		memcpy(&value, elements.values + 8 * i, 8);
		assert_int_equal(value, 10 * i + 1);
	}
	b2c_elements_free(&elements);
	assert_int_equal(b2c_map_read(NULL, &how, &elements), 0);
	assert_int_equal(elements.nr, 0);
	b2c_elements_free(&elements);
}

static void crowded_buckets_need_more_room(void **state)
{
	(void)state;
	fill(BPF_MAP_TYPE_HASH, 3000, true);
	fake.smallest_batch = 2000;
	check(false, 0, 1, 0);
	assert_int_equal(fake.nr_batches, 1);
	fill(BPF_MAP_TYPE_HASH, 3000, true);
	fake.smallest_batch = UINT32_MAX; /* never enough: one by one */
	check(true, 0, 1, 0);
	assert_int_equal(fake.nr, 0);
}

static void cleared_hash_is_empty_array_is_zero(void **state)
{
	uint32_t i;

	(void)state;
	fill(BPF_MAP_TYPE_HASH, 50, true);
	check(true, 0, 1, 0);
	assert_int_equal(fake.nr, 0);
	fill(BPF_MAP_TYPE_ARRAY, 50, true);
	check(true, 0, 1, 0);
	assert_int_equal(fake.nr, 50);
	for (i = 0; i < fake.nr; i++)
		assert_int_equal(fake.values[i], 0);
}

static void cpus_are_summed(void **state)
{
	const struct b2c_read none = { 0 };
	struct b2c_elements elements;

	(void)state;
	fill(BPF_MAP_TYPE_PERCPU_HASH, 1500, true);
	check(false, 8, 3, 3);
	fill(BPF_MAP_TYPE_PERCPU_ARRAY, 20, false);
	check(true, 8, 3, 3);
	assert_int_equal(fake.values[3], 0);
	assert_int_equal(b2c_map_read(NULL, &none, &elements), -EINVAL);
}

/* Each CPU has its own element, beside those of the others. */
static void cpus_are_listed(void **state)
{
	const struct b2c_read how = { .lists_cpus = true };
	struct b2c_elements elements;
	uint64_t key, value;
	bool has_batch = false;
	size_t i;

	(void)state;
	do {
		fill(BPF_MAP_TYPE_PERCPU_HASH, 1500, has_batch);
		assert_int_equal(b2c_map_read(NULL, &how, &elements), 0);
		assert_int_equal(elements.nr, 1500 * NR_CPUS);
		assert_int_equal(elements.nr_cpus, NR_CPUS);
		for (i = 0; i < elements.nr; i++) {
			memcpy(&key, elements.keys + 8 * i, 8);
			memcpy(&value, elements.values + 8 * i, 8);
			assert_int_equal(key, i / NR_CPUS);
			assert_int_equal(value, 10 * key + 1 + i % NR_CPUS);
		}
		b2c_elements_free(&elements);
		has_batch = !has_batch;
	} while (has_batch);
	fill(BPF_MAP_TYPE_HASH, 3, true);
	assert_int_equal(b2c_map_read(NULL, &how, &elements), 0);
	assert_int_equal(elements.nr, 3);
	assert_int_equal(elements.nr_cpus, 0);
	b2c_elements_free(&elements);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(batches_come_together),
		cmocka_unit_test(without_batches),
		cmocka_unit_test(taken_one_by_one),
		cmocka_unit_test(queues_are_emptied),
		cmocka_unit_test(crowded_buckets_need_more_room),
		cmocka_unit_test(cleared_hash_is_empty_array_is_zero),
		cmocka_unit_test(cpus_are_summed),
		cmocka_unit_test(cpus_are_listed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
