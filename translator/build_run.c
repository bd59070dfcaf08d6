// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Build, running: other programs are found, started and waited for here; no shell. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "build_parts.h"

extern char **environ;

void build_arg(struct build *b, struct build_args *args, const char *arg)
{
	*arena_append(b->arena, args->items, args->nr) = arg;
}

void build_arg_words(struct build *b, struct build_args *args, const char *words)
{
	size_t n;

	for (words += strspn(words, " "); *words; words += strspn(words, " ")) {
		n = strcspn(words, " ");
		build_arg(b, args, arena_strndup(b->arena, words, n));
		words += n;
	}
}

const char *build_find(struct build *b, const char *name, const char *package)
{
	const char *path = getenv("PATH"), *dir, *file;
	size_t n;

	if (strchr(name, '/'))
		return name;
	path = arena_printf(b->arena, "%s:/usr/local/sbin:/usr/sbin:/sbin",
			    path ? path : "/usr/bin");
	for (dir = path; *dir; dir += n + (dir[n] == ':')) {
		n = strcspn(dir, ":");
		file = arena_printf(b->arena, "%.*s/%s", (int)n, dir, name);
		if (n && !access(file, X_OK))
			return file;
	}
	diag_report(b->diag, B2C_DIAG_tool, (struct b2c_loc){ 0 }, "there is no '%s'", name);
	diag_help(b->diag, "install the package '%s'", package);
	return NULL;
}

static int spawn(struct build *b, struct build_args *args, const char *output,
		 struct build_child *child)
{
	posix_spawn_file_actions_t actions;
	int err;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addchdir_np(&actions, args->folder ? build_path(b, args->folder)
								    : b->folder);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 1, output ? output : "/dev/null",
					 O_WRONLY | O_CREAT | O_TRUNC, 0666);
	posix_spawn_file_actions_addopen(&actions, 2, child->log, O_WRONLY | O_CREAT | O_TRUNC,
					 0666);
	build_arg(b, args, NULL);
	err = posix_spawn(&child->pid, args->items[0], &actions, NULL, (char **)args->items,
			  environ);
	posix_spawn_file_actions_destroy(&actions);
	return -err;
}

int build_start(struct build *b, struct build_args *args, const char *output,
		struct build_child *ret_child)
{
	static unsigned int nr_logs;
	int err;

	ret_child->log = build_path(b, arena_printf(b->arena, "log%u", nr_logs++));
	err = spawn(b, args, output, ret_child);
	if (err)
		diag_report(b->diag, B2C_DIAG_tool, (struct b2c_loc){ 0 }, "can't run '%s': %s",
			    args->items[0], strerror(-err));
	return err;
}

int build_wait(struct build_child *child, struct b2c_text *ret_log)
{
	int status = 0;

	while (waitpid(child->pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	text_read_file(ret_log, child->log);
	return WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : -EIO;
}

/* The first line that speaks of an error, else the first line. */
static const char *telling_line(struct build *b, const struct b2c_text *log)
{
	const char *text = text_string(log), *line, *word;
	size_t n;

	for (line = text; *line; line += n + (line[n] == '\n')) {
		n = strcspn(line, "\n");
		word = strstr(line, "rror");
		if (word && word < line + n)
			return arena_strndup(b->arena, line, n);
		word = strstr(line, "cannot find");
		if (word && word < line + n)
			return arena_strndup(b->arena, line, n);
	}
	return arena_strndup(b->arena, text, strcspn(text, "\n"));
}

void build_report(struct build *b, const char *program, const struct b2c_text *log)
{
	const char *slash = strrchr(program, '/');

	diag_report(b->diag, B2C_DIAG_tool, (struct b2c_loc){ 0 }, "'%s' failed: %s",
		    slash ? slash + 1 : program, telling_line(b, log));
}

int build_run(struct build *b, struct build_args *args, const char *output)
{
	struct b2c_text log = { 0 };
	struct build_child child;
	int err;

	err = build_start(b, args, output, &child);
	if (err)
		return err;
	err = build_wait(&child, &log);
	if (err)
		build_report(b, args->items[0], &log);
	text_free(&log);
	return err;
}
