// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Build, trial: what the programs take of the stack. The compilation runs in a child,
 * since LLVM's BPF back end keeps pointers to the relocations of a module that is gone:
 * one process can compile one CO-RE object.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "build.h"

/* One line a program, with a line for each of its variables behind it. */
static void write_uses(int fd, const struct b2c_object *object)
{
	size_t i, j;

	for (i = 0; i < object->nr_stack_uses; i++) {
		const struct b2c_stack_use *use = &object->stack_uses[i];

		dprintf(fd, "program %s %llu\n", use->function, (unsigned long long)use->size);
		for (j = 0; j < use->nr_locals; j++)
			dprintf(fd, "local %s %s %llu\n", use->locals[j].function,
				use->locals[j].name, (unsigned long long)use->locals[j].size);
	}
}

static void add_local(struct b2c_arena *arena, struct b2c_stack_use *use,
		      struct b2c_local local)
{
	struct b2c_local *locals = (struct b2c_local *)use->locals;

	*arena_append(arena, locals, use->nr_locals) = local;
	use->locals = locals;
}

/* The words of `line` after its first. */
static size_t split(char *line, char *ret_words[3])
{
	char *save = NULL, *word = strtok_r(line, " \n", &save);
	size_t nr = 0;

	while (word && nr < 3 && (word = strtok_r(NULL, " \n", &save)))
		ret_words[nr++] = word;
	return nr;
}

static void read_uses(FILE *in, struct b2c_arena *arena, struct b2c_object *ret_object)
{
	struct b2c_stack_use *uses = NULL;
	char *line = NULL, *words[3];
	size_t capacity = 0;

	while (getline(&line, &capacity, in) > 0) {
		bool is_program = !strncmp(line, "program ", strlen("program "));
		size_t nr = split(line, words);

		if (is_program && nr == 2)
			*arena_append(arena, uses, ret_object->nr_stack_uses) =
				(struct b2c_stack_use){
					.function = arena_strdup(arena, words[0]),
					.size = strtoull(words[1], NULL, 10),
				};
		else if (nr == 3 && ret_object->nr_stack_uses)
			add_local(arena, &uses[ret_object->nr_stack_uses - 1],
				  (struct b2c_local){
					  .function = arena_strdup(arena, words[0]),
					  .name = arena_strdup(arena, words[1]),
					  .size = strtoull(words[2], NULL, 10),
				  });
	}
	free(line);
	ret_object->stack_uses = uses;
}

int build_trial(const struct b2c_build_request *request, struct b2c_arena *arena,
		struct b2c_object *ret_object)
{
	struct b2c_object object = { 0 };
	int ends[2], err = 0;
	pid_t child;
	FILE *in;

	if (pipe(ends))
		return -errno;
	child = fork();
	if (child < 0) {
		err = -errno;
		close(ends[0]);
		close(ends[1]);
		return err;
	}
	if (!child) {
		close(ends[0]);
		build_verify(request, arena, diag_new(arena, false), &object);
		write_uses(ends[1], &object);
		_exit(0);
	}
	close(ends[1]);
	in = fdopen(ends[0], "r");
	if (in) {
		read_uses(in, arena, ret_object);
		fclose(in);
	} else {
		err = -errno;
		close(ends[0]);
	}
	while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
		continue;
	return err;
}

/* In the child: the object's bytes, or nothing. */
static void write_object(const struct b2c_build_request *request, struct b2c_arena *arena,
			 FILE *out)
{
	struct b2c_object object = { 0 };

	if (!build_verify(request, arena, diag_new(arena, false), &object))
		fwrite(object.data, 1, object.size, out);
	fflush(out);
	_exit(0);
}

static int read_object(FILE *in, struct b2c_arena *arena, struct b2c_object *ret_object)
{
	long size = fseek(in, 0, SEEK_END) ? -1 : ftell(in);

	if (size <= 0 || fseek(in, 0, SEEK_SET))
		return -EIO;
	ret_object->size = (size_t)size;
	ret_object->data = arena_alloc(arena, ret_object->size);
	return fread(ret_object->data, 1, ret_object->size, in) == ret_object->size ? 0 : -EIO;
}

int build_verify_apart(const struct b2c_build_request *request, struct b2c_arena *arena,
		       struct b2c_diag *diag, struct b2c_object *ret_object)
{
	FILE *file = tmpfile();
	pid_t child = file ? fork() : -1;
	int err = -EIO;

	if (!child)
		write_object(request, arena, file);
	while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
		continue;
	if (child > 0)
		err = read_object(file, arena, ret_object);
	if (file)
		fclose(file);
	/* here it says what is wrong, and nothing is compiled after it */
	return err ? build_verify(request, arena, diag, ret_object) : 0;
}
