// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Records of perf buffers. Lost ones are counted by the kernel: since 6.0 it can
 * be asked for the exact number, before that it only tells with the next record.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/perf_event.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "map_setup.h"
#include "run.h"

/* PERF_FORMAT_LOST, which headers before 6.0 do not have. */
#define READ_LOST (1U << 4)

struct perf {
	struct perf_buffer *buffer;
	struct b2c_output *output;
	bool counts_lost;     /* read() gives the number */
	uint64_t nr_lost;     /* else: told so far */
	struct b2c_text copy; /* the record being printed, aligned */
};

/* A record of bpf_perf_event_output(). */
struct sample {
	struct perf_event_header header;
	uint32_t size;
	uint8_t data[];
};

struct lost {
	struct perf_event_header header;
	uint64_t id;
	uint64_t nr;
};

/* In the buffer a record follows its size, where its 8-byte members are not aligned. */
static int print_sample(struct perf *perf, const struct sample *sample)
{
	struct b2c_text *copy = &perf->copy;

	perf->output->nr_received++;
	b2c_text_clear(copy);
	b2c_text_add(copy, (const char *)sample->data, sample->size);
	if (copy->failed)
		return -ENOMEM;
	return b2c_print_record(perf->output, copy->data, sample->size);
}

static enum bpf_perf_event_ret perf_event(void *ctx, int cpu, struct perf_event_header *header)
{
	struct perf *perf = ctx;
	struct b2c_row *row = &perf->output->row;

	if (header->type == PERF_RECORD_SAMPLE && !row->err) {
		b2c_set_row_cpu(cpu);
		row->err = print_sample(perf, (const struct sample *)header);
	} else if (header->type == PERF_RECORD_LOST && !perf->counts_lost) {
		perf->nr_lost += ((const struct lost *)header)->nr;
	}
	return LIBBPF_PERF_EVENT_CONT;
}

static int perf_consume(struct b2c_run *run, void *handle)
{
	struct perf *perf = handle;
	int err = perf_buffer__consume(perf->buffer);

	(void)run;
	return err ? err : perf->output->row.err;
}

/* In the fullest of the buffers. */
static size_t waiting(const void *handle)
{
	const struct perf *perf = handle;
	const struct perf_event_mmap_page *page;
	size_t most = 0, size, i;
	void *base;
	uint64_t nr;

	for (i = 0; i < perf_buffer__buffer_cnt(perf->buffer); i++) {
		if (perf_buffer__buffer(perf->buffer, (int)i, &base, &size))
			continue;
		page = base;
		nr = __atomic_load_n(&page->data_head, __ATOMIC_RELAXED) - page->data_tail;
		most = nr > most ? nr : most;
	}
	return most;
}

/* What the kernel has counted on all CPUs. */
static uint64_t count_lost(const struct perf *perf)
{
	uint64_t counts[2]; /* of nothing, of lost ones */
	uint64_t nr = perf->nr_lost;
	size_t i;
	int fd;

	for (i = 0; perf->counts_lost && i < perf_buffer__buffer_cnt(perf->buffer); i++) {
		fd = perf_buffer__buffer_fd(perf->buffer, i);
		if (fd >= 0 && read(fd, counts, sizeof(counts)) == (ssize_t)sizeof(counts))
			nr += counts[1];
	}
	return nr;
}

static void perf_release(void *handle)
{
	struct perf *perf = handle;

	perf->output->nr_kernel_lost = count_lost(perf);
	perf_buffer__free(perf->buffer);
	b2c_text_free(&perf->copy);
	free(perf);
}

static struct perf_buffer *open_buffer(struct perf *perf, size_t pages)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_BPF_OUTPUT,
		.sample_type = PERF_SAMPLE_RAW,
		.sample_period = 1,
		.wakeup_events = 1,
		.read_format = perf->counts_lost ? READ_LOST : 0,
	};

	return perf_buffer__new_raw(bpf_map__fd(perf->output->map), pages, &attr, perf_event, perf,
				    NULL);
}

int b2c_add_perf(struct b2c_run *run, struct b2c_output *output)
{
	struct b2c_source source = { .consume = perf_consume, .release = perf_release };
	size_t pages = b2c_perf_pages(run, bpf_map__name(output->map));
	struct perf *perf = calloc(1, sizeof(*perf));
	int err;

	if (!perf)
		return -ENOMEM;
	perf->output = output;
	perf->counts_lost = true;
	perf->buffer = open_buffer(perf, pages);
	if (!perf->buffer) {
		perf->counts_lost = false;
		perf->buffer = open_buffer(perf, pages);
	}
	if (!perf->buffer) {
		err = -errno;
		free(perf);
		return err;
	}
	source.fd = perf_buffer__epoll_fd(perf->buffer);
	source.handle = perf;
	source.room = pages * (size_t)sysconf(_SC_PAGESIZE);
	source.waiting = waiting;
	return b2c_add_source(run, &source);
}
