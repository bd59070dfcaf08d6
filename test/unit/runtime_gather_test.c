// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* runtime/gather.c: how long a wake-up waits for more; runtime/ring_buffer.c: records in memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdbool.h>
#include <string.h>

#include "gather.h"
#include "ring_buffer.h"

#define MS 1000000

static void rare_events_are_shown_at_once(void **state)
{
	(void)state;
	assert_int_equal(b2c_gather_ns(2 * MS, 1), 0);
	assert_int_equal(b2c_gather_ns(1000LL * MS, 1), 0);
	assert_int_equal(b2c_gather_ns(1000LL * MS, 0), 0);
	assert_int_equal(b2c_gather_ns(1000LL * MS, 500), 0);
}

static void close_ones_are_waited_for(void **state)
{
	(void)state;
	/* 64 of them, or 10 ms */
	assert_int_equal(b2c_gather_ns(2 * MS - 1, 1), 10 * MS);
	assert_int_equal(b2c_gather_ns(MS, 0), 10 * MS);
	assert_int_equal(b2c_gather_ns(10 * MS, 100), 6400000);
	assert_int_equal(b2c_gather_ns(MS, 1000), 64000);
	/* too short to sleep for */
	assert_int_equal(b2c_gather_ns(MS, 2000), 0);
	assert_int_equal(b2c_gather_ns(0, 1), 0);
}

static void buffers_are_looked_at_before_they_are_full(void **state)
{
	(void)state;
	assert_int_equal(b2c_gather_look_ns(0), 10 * MS);
	assert_int_equal(b2c_gather_look_ns(256 * 1024), MS);
	assert_int_equal(b2c_gather_look_ns(1 << 30), 10 * MS);
	assert_int_equal(b2c_gather_look_ns(4096), 50000);
}

/* ---- a ring of 256 bytes ---- */

#define SIZE 256

static struct {
	uint64_t data[2 * SIZE / 8];
	unsigned long consumer, producer;
} memory;
static struct b2c_ring ring = { &memory.consumer, &memory.producer, (uint8_t *)memory.data, SIZE };
static char taken[64];
static size_t nr_left; /* that are taken before the reading is ended */

static int take(void *ctx, void *data, size_t size)
{
	size_t at = strlen(taken);

	(void)ctx;
	assert_true(at + size + 2 < sizeof(taken));
	memcpy(taken + at, data, size);
	memcpy(taken + at + size, " ", 2);
	return --nr_left ? 0 : -EINTR;
}

/* As the kernel has it: both copies of the memory are one. */
static void put(const char *text, uint32_t bits)
{
	uint32_t header[2] = { (uint32_t)strlen(text) | bits, 0 };
	uint8_t record[64] = { 0 };
	size_t size = (8 + strlen(text) + 7) / 8 * 8, i;

	memcpy(record, header, sizeof(header));
	memcpy(record + 8, text, strlen(text));
	for (i = 0; i < size; i++) {
		size_t at = (memory.producer + i) % SIZE;

		((uint8_t *)memory.data)[at] = record[i];
		((uint8_t *)memory.data)[at + SIZE] = record[i];
	}
	memory.producer += size;
}

static int read_all(size_t most)
{
	taken[0] = '\0';
	nr_left = most;
	return b2c_ring_read(&ring, take, NULL);
}

static int reset(void **state)
{
	(void)state;
	memset(&memory, 0, sizeof(memory));
	return 0;
}

static void records_are_taken_in_their_order(void **state)
{
	(void)state;
	assert_int_equal(read_all(9), 0);
	put("one", 0);
	put("eleven..", 0);
	put("", 0);
	put("dropped", BPF_RINGBUF_DISCARD_BIT);
	put("last", 0);
	assert_int_equal(read_all(9), 0);
	assert_string_equal(taken, "one eleven..  last ");
	assert_int_equal(memory.consumer, memory.producer);
}

static void an_unfinished_record_is_waited_for(void **state)
{
	unsigned long at;

	(void)state;
	put("one", 0);
	at = memory.producer;
	put("two", BPF_RINGBUF_BUSY_BIT);
	put("three", 0);
	assert_int_equal(read_all(9), 0);
	assert_string_equal(taken, "one ");
	assert_int_equal(memory.consumer, at);
	memory.data[at / 8] &= ~(uint64_t)BPF_RINGBUF_BUSY_BIT;
	assert_int_equal(read_all(9), 0);
	assert_string_equal(taken, "two three ");
}

static void records_go_over_the_end(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < 50; i++) {
		put("some text", 0);
		put("more", 0);
		assert_int_equal(read_all(9), 0);
		assert_string_equal(taken, "some text more ");
		assert_int_equal(memory.consumer, memory.producer);
	}
}

static void reading_ends_behind_a_record(void **state)
{
	(void)state;
	put("one", 0);
	put("two", 0);
	put("three", 0);
	assert_int_equal(read_all(2), -EINTR);
	assert_string_equal(taken, "one two ");
	assert_int_equal(read_all(9), 0);
	assert_string_equal(taken, "three ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rare_events_are_shown_at_once),
		cmocka_unit_test(close_ones_are_waited_for),
		cmocka_unit_test(buffers_are_looked_at_before_they_are_full),
		cmocka_unit_test_setup(records_are_taken_in_their_order, reset),
		cmocka_unit_test_setup(an_unfinished_record_is_waited_for, reset),
		cmocka_unit_test_setup(records_go_over_the_end, reset),
		cmocka_unit_test_setup(reading_ends_behind_a_record, reset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
