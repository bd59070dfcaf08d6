// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Iterators: each is read to its end once, when everything is attached, and what
 * its program wrote is printed line by line.
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"

static const struct b2c_column fields[] = { { .key = "text" } };

static int print_line(struct b2c_row *row, const char *line)
{
	b2c_row_begin(row);
	b2c_put_text(row, line);
	return b2c_row_end(row);
}

/* Prints the whole lines of `text`, and at the end also what has no newline. */
static int print_lines(struct b2c_row *row, struct b2c_text *text, bool at_end)
{
	char *line = text->data, *newline;
	int err = 0;

	while (!err && line && (newline = strchr(line, '\n'))) {
		*newline = '\0';
		err = print_line(row, line);
		line = newline + 1;
	}
	if (!err && at_end && line && *line)
		err = print_line(row, line);
	if (line && line != text->data) {
		text->size = strlen(line);
		memmove(text->data, line, text->size + 1);
	}
	return err;
}

static int walk(struct b2c_run *run, int fd)
{
	struct b2c_text text = { 0 };
	struct b2c_row row;
	char buffer[8192];
	ssize_t n = 0;
	int err = 0;

	b2c_row_init(&row, run, NULL, fields, B2C_SIZE(fields));
	while (!err && !b2c_is_stopping()) {
		n = read(fd, buffer, sizeof(buffer));
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (n <= 0)
			break;
		b2c_text_add(&text, buffer, (size_t)n);
		err = print_lines(&row, &text, false);
	}
	if (n < 0)
		err = -errno;
	if (!err)
		err = print_lines(&row, &text, true);
	b2c_row_free(&row);
	b2c_text_free(&text);
	return err;
}

static int walk_all(struct b2c_run *run)
{
	size_t i;
	int fd, err = 0;

	for (i = 0; i < run->nr_iterators && !err; i++) {
		fd = bpf_iter_create(run->iterators[i]);
		err = fd < 0 ? -errno : walk(run, fd);
		if (err && err != -EPIPE)
			b2c_error(run, "cannot read what an iterator gives: %s", strerror(-err));
		if (fd >= 0)
			close(fd);
	}
	return err;
}

int b2c_attach_iter(struct b2c_run *run, const struct b2c_probe *probe, struct bpf_program *program)
{
	int *links = realloc(run->iterators, (run->nr_iterators + 1) * sizeof(*links));
	struct bpf_link *link;

	if (!links)
		return -ENOMEM;
	run->iterators = links;
	link = bpf_program__attach_iter(program, NULL);
	if (!link)
		return b2c_probe_failed(run, probe, -errno,
					"cannot attach program '%s' to iterator '%s': %s",
					probe->program, probe->targets[0], strerror(errno));
	links[run->nr_iterators++] = bpf_link__fd(link);
	run->iterate = walk_all;
	b2c_tell_attached(run, probe, &(struct b2c_attached){ .target = probe->targets[0] });
	return b2c_keep_link(run, link);
}
