// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Lines of bpf_trace_printk from the trace pipe, shown as the kernel wrote them, as one
 * object with their fields, or as the rows of outputs.
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
	struct b2c_output *output; /* NULL: the lines are shown as they are */
	struct b2c_trace_line line;
};

static const struct b2c_column fields[] = {
	{ .key = "task" },  { .key = "pid" },  { .key = "cpu" },
	{ .key = "flags" }, { .key = "time" }, { .key = "text" },
};

/*
 * "            bash-1234    [003] d..21  12.345678: bpf_trace_printk: text", where
 * the task may hold anything: from the first '[' after its 16 bytes on it is regular.
 */
static bool parse(const char *line, struct b2c_trace_line *ret_line)
{
	const char *task = line + strspn(line, " "), *rest, *text;
	char *end;
	int used = 0;

	if (strlen(line) < 18)
		return false;
	rest = line + 16;
	if (sscanf(rest, "-%d [%d] %15s %n", &ret_line->pid, &ret_line->cpu, ret_line->flags,
		   &used) < 3 || !used)
		return false;
	ret_line->time = strtoull(rest + used, &end, 10) * 1000000000;
	/* other clocks than that of seconds have no point */
	if (*end == '.')
		ret_line->time += strtoull(end + 1, &end, 10) * 1000;
	if (end == rest + used || *end != ':')
		return false;
	snprintf(ret_line->task, sizeof(ret_line->task), "%.*s",
		 (int)(rest > task ? rest - task : 0), task);
	rest = end + 1 + strspn(end + 1, " ");
	text = strstr(rest, ": ");
	snprintf(ret_line->text, sizeof(ret_line->text), "%s", text ? text + 2 : rest);
	return true;
}

static int print_fields(struct b2c_row *row, const struct b2c_trace_line *line)
{
	b2c_row_begin(row);
	b2c_put_text(row, line->task);
	b2c_put_pid(row, line->pid);
	b2c_put_int(row, line->cpu);
	b2c_put_text(row, line->flags);
	b2c_put_float(row, (double)line->time / 1e9);
	b2c_put_text(row, line->text);
	return b2c_row_end(row);
}

/* One that is no line of a task, such as what a line break of a text leaves, is no row. */
static int print_row(struct b2c_run *run, struct trace_pipe *pipe, const char *line)
{
	if (!line[strspn(line, " ")])
		return 0;
	if (!parse(line, &pipe->line)) {
		run->nr_untaken++;
		return 0;
	}
	return b2c_print_record(pipe->output, &pipe->line, sizeof(pipe->line));
}

static int print_line(struct b2c_run *run, struct trace_pipe *pipe, const char *line, size_t size)
{
	struct b2c_row *row = &pipe->row;
	const char *lost = strstr(line, "[LOST ");

	if (strncmp(line, "CPU:", 4) == 0 && lost) {
		run->nr_lost += strtoull(lost + strlen("[LOST "), NULL, 10);
		return 0;
	}
	if (pipe->output)
		return print_row(run, pipe, line);
	if (row->json || row->csv)
		return parse(line, &pipe->line) ? print_fields(row, &pipe->line) : 0;
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

static void add_pipe(struct b2c_run *run, struct b2c_output *output)
{
	struct b2c_source source = { .consume = trace_consume, .release = trace_release };
	const char *tracefs = b2c_tracefs();
	struct trace_pipe *pipe;
	char path[128];

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
	pipe->output = output;
	b2c_row_init(&pipe->row, run, NULL, fields, B2C_SIZE(fields));
	source.fd = pipe->fd;
	source.handle = pipe;
	b2c_add_source(run, &source);
}

void b2c_print_trace(struct b2c_run *run)
{
	if (!run->err)
		add_pipe(run, NULL);
}

void b2c_print_trace_rows(struct b2c_run *run, b2c_print_event_fn print,
			  const struct b2c_column *columns, size_t nr_columns)
{
	struct b2c_output *output = b2c_add_event_output(run, NULL, print, columns, nr_columns);

	if (output)
		add_pipe(run, output);
}
