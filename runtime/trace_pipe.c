// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Lines of bpf_trace_printk from the trace pipe, shown as the kernel wrote them,
 * or as one object with their fields.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"

struct trace_pipe {
	int fd;
	struct b2c_text unread; /* up to one line that is not complete */
	struct b2c_row row;
};

static const struct b2c_column fields[] = {
	{ .key = "task" },  { .key = "pid" },  { .key = "cpu" },
	{ .key = "flags" }, { .key = "time" }, { .key = "text" },
};

/*
 * "            bash-1234    [003] d..21  12.345678: bpf_trace_printk: text", where
 * the task may hold anything: from the first '[' after its 16 bytes on it is regular.
 */
static bool put_fields(struct b2c_row *row, const char *line)
{
	const char *task = line + strspn(line, " "), *rest, *text;
	int cpu = 0, pid = 0, used = 0;
	char flags[16] = "";
	double time = 0;

	if (strlen(line) < 18)
		return false;
	rest = line + 16;
	if (sscanf(rest, "-%d [%d] %15s %lf: %n", &pid, &cpu, flags, &time, &used) < 4 || !used)
		return false;
	text = strstr(rest + used, ": ");
	b2c_put_string(row, task, (size_t)(rest > task ? rest - task : 0));
	b2c_put_pid(row, pid);
	b2c_put_int(row, cpu);
	b2c_put_text(row, flags);
	b2c_put_float(row, time);
	b2c_put_text(row, text ? text + 2 : rest + used);
	return true;
}

static int print_line(struct b2c_run *run, struct trace_pipe *pipe, const char *line, size_t size)
{
	struct b2c_row *row = &pipe->row;
	const char *lost = strstr(line, "[LOST ");

	if (strncmp(line, "CPU:", 4) == 0 && lost) {
		run->nr_lost += strtoull(lost + strlen("[LOST "), NULL, 10);
		return 0;
	}
	if (row->json || row->csv) {
		b2c_row_begin(row);
		return put_fields(row, line) ? b2c_row_end(row) : 0;
	}
	b2c_text_clear(&row->scratch);
	b2c_text_escaped(&row->scratch, line, size);
	b2c_text_add(&row->scratch, "\n", 1);
	return b2c_write_text(run, &row->scratch);
}

static int print_lines(struct b2c_run *run, struct trace_pipe *pipe)
{
	struct b2c_text *unread = &pipe->unread;
	size_t start = 0;
	char *end;
	int err = 0;

	while (!err && start < unread->size &&
	       (end = memchr(unread->data + start, '\n', unread->size - start))) {
		*end = '\0';
		err = print_line(run, pipe, unread->data + start,
				 (size_t)(end - unread->data) - start);
		start = (size_t)(end - unread->data) + 1;
	}
	if (start) {
		unread->size -= start;
		memmove(unread->data, unread->data + start, unread->size);
	}
	return err;
}

static int trace_consume(struct b2c_run *run, void *handle)
{
	struct trace_pipe *pipe = handle;
	char chunk[8192];
	ssize_t n;
	int err = 0;

	while (!err && !b2c_is_stopping()) {
		n = read(pipe->fd, chunk, sizeof(chunk));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN ? 0 : -errno;
		if (n == 0)
			return 0;
		b2c_text_add(&pipe->unread, chunk, (size_t)n);
		err = pipe->unread.failed ? -ENOMEM : print_lines(run, pipe);
	}
	return err;
}

static void trace_release(void *handle)
{
	struct trace_pipe *pipe = handle;

	close(pipe->fd);
	b2c_text_free(&pipe->unread);
	b2c_row_free(&pipe->row);
	free(pipe);
}

void b2c_print_trace(struct b2c_run *run)
{
	struct b2c_source source = { .consume = trace_consume, .release = trace_release };
	const char *tracefs = b2c_tracefs();
	struct trace_pipe *pipe;
	char path[128];

	if (run->err)
		return;
	snprintf(path, sizeof(path), "%s/trace_pipe", tracefs ? tracefs : "/sys/kernel/tracing");
	pipe = calloc(1, sizeof(*pipe));
	if (!pipe) {
		run->err = -ENOMEM;
		return;
	}
	pipe->fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (pipe->fd < 0) {
		run->err = -errno;
		b2c_error(run, "cannot read '%s': %s", path,
			  tracefs ? strerror(errno) : "tracefs is not mounted");
		free(pipe);
		return;
	}
	b2c_row_init(&pipe->row, run, NULL, fields, B2C_SIZE(fields));
	source.fd = pipe->fd;
	source.handle = pipe;
	b2c_add_source(run, &source);
}
