// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Processes as they fork, execute and map code: the side records of a perf event that
 * counts nothing, on every CPU. A few hundred bytes for each execution.
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <errno.h>
#include <linux/perf_event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#include "run.h"
#include "user_processes.h"
#include "user_records.h"

#define PAGES 8
#define MAX_CPUS 4096
#define MAX_LOOKS 16 /* at all CPUs, while there is more */

struct watch {
	struct perf_buffer *buffer;
	int map_fd;
	bool is_telling;
	struct b2c_user_records records;
};

static struct watch *current; /* NULL: nobody watches */

/* ---- records, as linux/perf_event.h describes them ---- */

struct mmap_record {
	struct perf_event_header header;
	uint32_t pid, tid;
	uint64_t address, length, offset;
	uint32_t major, minor;
	uint64_t inode, generation;
	uint32_t protection, flags;
	char path[];
};

struct comm_record {
	struct perf_event_header header;
	uint32_t pid, tid;
};

struct fork_record {
	struct perf_event_header header;
	uint32_t pid, parent, tid, parent_tid;
};

struct lost_record {
	struct perf_event_header header;
	uint64_t id, nr;
};

/* The last 8 bytes of a record, by PERF_SAMPLE_TIME. */
static uint64_t time_of(const struct perf_event_header *header)
{
	uint64_t when;

	memcpy(&when, (const char *)header + header->size - sizeof(when), sizeof(when));
	return when;
}

static void on_mmap(const struct mmap_record *record)
{
	struct b2c_mapping mapping = {
		.start = record->address,
		.end = record->address + record->length,
		.offset = record->offset,
		.inode = record->inode,
		.device = makedev(record->major, record->minor),
	};
	bool is_anonymous = !strcmp(record->path, "//anon");

	b2c_user_mapped(record->pid, &mapping, is_anonymous ? "" : record->path);
}

static void tell(const struct perf_event_header *header)
{
	const struct fork_record *fork = (const void *)header;

	switch (header->type) {
	case PERF_RECORD_MMAP2:
		on_mmap((const void *)header);
		break;
	case PERF_RECORD_COMM:
		if (header->misc & PERF_RECORD_MISC_COMM_EXEC)
			b2c_user_executed(((const struct comm_record *)header)->pid);
		break;
	case PERF_RECORD_FORK:
		if (fork->pid != fork->parent)
			b2c_user_forked(fork->pid, fork->parent);
		break;
	case PERF_RECORD_LOST:
		b2c_user_lost(((const struct lost_record *)header)->nr);
		break;
	}
}

/* ---- the source ---- */

static enum bpf_perf_event_ret on_record(void *ctx, int cpu, struct perf_event_header *header)
{
	struct watch *watch = ctx;

	(void)cpu;
	if (b2c_user_records_add(&watch->records, header, time_of(header)))
		b2c_user_lost(1);
	return LIBBPF_PERF_EVENT_CONT;
}

static uint64_t now_ns(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/*
 * The CPUs are read one after another: what follows from a record of one that had been read
 * may come with the same look at the next. All records from before a look have come when
 * the next one ends.
 */
static int look(struct watch *watch)
{
	uint64_t before = 0, begun;
	int i, err;

	for (i = 0; i < MAX_LOOKS; i++) {
		begun = now_ns();
		err = perf_buffer__consume(watch->buffer);
		if (err < 0)
			return err;
		if (!b2c_user_records_tell(&watch->records, before, tell))
			return 0;
		before = begun;
	}
	b2c_user_records_tell(&watch->records, UINT64_MAX, tell);
	return 0;
}

static int watch_consume(struct b2c_run *run, void *handle)
{
	struct watch *watch = handle;
	int err;

	(void)run;
	watch->is_telling = true;
	err = look(watch);
	watch->is_telling = false;
	return err;
}

void b2c_user_watch_catch_up(void)
{
	if (current && !current->is_telling)
		watch_consume(NULL, current);
}

static void watch_release(void *handle)
{
	struct watch *watch = handle;

	current = NULL;
	perf_buffer__free(watch->buffer);
	b2c_user_records_free(&watch->records);
	if (watch->map_fd >= 0)
		close(watch->map_fd);
	free(watch);
}

/* libbpf puts the descriptors of the events into a map, which nobody reads here. */
static int watch_open(struct watch *watch)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_DUMMY,
		.mmap = 1,
		.mmap2 = 1,
		.comm = 1,
		.comm_exec = 1,
		.task = 1,
		.sample_id_all = 1,
		.sample_type = PERF_SAMPLE_TIME,
		.use_clockid = 1,
		.clockid = CLOCK_MONOTONIC,
		.watermark = 1,
		.wakeup_watermark = 1,
	};
	int nr_cpus = libbpf_num_possible_cpus();

	if (nr_cpus < 0 || nr_cpus > MAX_CPUS)
		return -EINVAL;
	watch->map_fd = bpf_map_create(BPF_MAP_TYPE_PERF_EVENT_ARRAY, "watch", 4, 4,
				       (uint32_t)nr_cpus, NULL);
	if (watch->map_fd < 0)
		return watch->map_fd;
	watch->buffer = perf_buffer__new_raw(watch->map_fd, PAGES, &attr, on_record, watch, NULL);
	return watch->buffer ? 0 : -errno;
}

void b2c_user_watch(struct b2c_run *run)
{
	struct b2c_source source = { .consume = watch_consume, .release = watch_release };
	struct watch *watch = calloc(1, sizeof(*watch));
	int err = -ENOMEM;

	if (watch) {
		watch->map_fd = -1;
		err = watch_open(watch);
	}
	if (err) {
		b2c_note(run, "processes that start and end between two prints are not known: %s",
			 strerror(-err));
		if (watch)
			watch_release(watch);
		return;
	}
	source.fd = perf_buffer__epoll_fd(watch->buffer);
	source.handle = watch;
	source.room = PAGES * (size_t)sysconf(_SC_PAGESIZE);
	current = watch;
	b2c_add_source(run, &source);
}
