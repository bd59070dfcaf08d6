// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Records of ring buffers, read where the kernel maps them. A ring buffer is full in
 * silence: the BPF program has to count what it could not put there.
 */
#define _GNU_SOURCE
#include "ring_buffer.h"

#include <errno.h>
#include <linux/bpf.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "run.h"

/* Part of the buffer after which room is given back: each time costs the CPUs that look for it. */
#define PIECES 16

struct source {
	struct b2c_ring ring;
	struct b2c_output *output;
	size_t page;
};

/* A record follows a header of 8 bytes, whose first 4 are its size and two bits. */
static size_t record_size(uint32_t header)
{
	return header & ~(BPF_RINGBUF_BUSY_BIT | BPF_RINGBUF_DISCARD_BIT);
}

/* Whether a whole record stands at a place; its header if so. */
static bool has_record(const struct b2c_ring *ring, unsigned long at, uint32_t *ret_header)
{
	if (at == __atomic_load_n(ring->producer, __ATOMIC_SEQ_CST))
		return false;
	*ret_header = __atomic_load_n((const uint32_t *)(ring->data + (at & (ring->size - 1))),
				      __ATOMIC_SEQ_CST);
	return !(*ret_header & BPF_RINGBUF_BUSY_BIT);
}

/*
 * The kernel wakes a reader only for a record that stands where the reader is, so that
 * place is looked at once more after it was given.
 */
int b2c_ring_read(struct b2c_ring *ring, b2c_ring_sample_fn sample, void *ctx)
{
	unsigned long at = *ring->consumer, given = at; /* nobody else writes it */
	uint32_t header;
	bool more = has_record(ring, at, &header);
	int err = 0;

	while (!err && more) {
		uint8_t *record = (uint8_t *)ring->data + (at & (ring->size - 1));

		if (!(header & BPF_RINGBUF_DISCARD_BIT))
			err = sample(ctx, record + BPF_RINGBUF_HDR_SZ, record_size(header));
		at += (record_size(header) + BPF_RINGBUF_HDR_SZ + 7) / 8 * 8;
		more = has_record(ring, at, &header);
		if (!err && more && at - given < ring->size / PIECES)
			continue;
		__atomic_store_n(ring->consumer, at, __ATOMIC_SEQ_CST);
		given = at;
		more = more || has_record(ring, at, &header);
	}
	return err;
}

static int take_sample(void *ctx, void *data, size_t size)
{
	struct b2c_output *output = ctx;
	int err = b2c_print_record(output, data, size);

	output->nr_received++;
	/* a producer that never pauses must not keep us from stopping */
	return !err && !output->row.run->detached && b2c_is_stopping() ? -EINTR : err;
}

static int consume(struct b2c_run *run, void *handle)
{
	struct source *source = handle;

	(void)run;
	return b2c_ring_read(&source->ring, take_sample, source->output);
}

static size_t waiting(const void *handle)
{
	const struct b2c_ring *ring = &((const struct source *)handle)->ring;

	return __atomic_load_n(ring->producer, __ATOMIC_RELAXED) - *ring->consumer;
}

static void release(void *handle)
{
	struct source *source = handle;

	if (source->ring.consumer)
		munmap(source->ring.consumer, source->page);
	if (source->ring.producer)
		munmap((void *)source->ring.producer, source->page + 2 * source->ring.size);
	free(source);
}

/* The position of the reader is a page that it writes; what the kernel writes follows it. */
static int map_ring(struct source *source, int fd, size_t size)
{
	size_t page = source->page;
	void *consumer, *producer;

	consumer = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (consumer == MAP_FAILED)
		return -errno;
	source->ring.consumer = consumer;
	producer = mmap(NULL, page + 2 * size, PROT_READ, MAP_SHARED, fd, (off_t)page);
	if (producer == MAP_FAILED)
		return -errno;
	source->ring.producer = producer;
	source->ring.data = (const uint8_t *)producer + page;
	source->ring.size = size;
	return 0;
}

int b2c_add_ring(struct b2c_run *run, struct b2c_output *output)
{
	struct b2c_source added = {
		.fd = bpf_map__fd(output->map),
		.room = bpf_map__max_entries(output->map),
		.waiting = waiting,
		.consume = consume,
		.release = release,
	};
	struct source *source = calloc(1, sizeof(*source));
	int err;

	if (!source)
		return -ENOMEM;
	source->output = output;
	source->page = (size_t)sysconf(_SC_PAGESIZE);
	err = map_ring(source, added.fd, added.room);
	if (err) {
		release(source);
		return err;
	}
	added.handle = source;
	return b2c_add_source(run, &added);
}
