// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Loads every BPF object of a folder in the running kernel, for test/corpus/load.py.
 * Programs that stand for kprobes (SEC("?fentry/...") and "?fexit/...") are loaded where the kernel
 * has their function. An object is loaded whole; where that fails, each of its programs alone, so that the
 * one at fault is known. Prints a line for each program, "ok INSTRUCTIONS SECTION" or
 * "err ERRNO", and behind an error the end of what libbpf and the verifier said, indented by "| ".
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOG_SIZE = 4 << 20, WARNINGS_SIZE = 16384, SHOWN_LINES = 14 };

static char log_buffer[LOG_SIZE];
static char warnings[WARNINGS_SIZE];
static size_t nr_warned;

static int collect(enum libbpf_print_level level, const char *format, va_list args)
{
	size_t left = sizeof(warnings) - nr_warned;
	int length;

	if (level != LIBBPF_WARN || left < 2)
		return 0;
	length = vsnprintf(warnings + nr_warned, left, format, args);
	if (length > 0)
		nr_warned += (size_t)length < left ? (size_t)length : left - 1;
	return 0;
}

/* Prints the last lines of `text`, marked. */
static void print_end(const char *text, int nr_lines)
{
	const char *at = text + strlen(text);

	while (at > text && nr_lines > 0) {
		at--;
		if (*at == '\n' && at[1])
			nr_lines--;
	}
	if (at > text)
		at++;
	while (*at) {
		size_t length = strcspn(at, "\n");

		printf("| %.*s\n", (int)(length < 300 ? length : 300), at);
		at += length + (at[length] == '\n');
	}
}

static struct bpf_object *open_object(const char *path)
{
	LIBBPF_OPTS(bpf_object_open_opts, options, .kernel_log_buf = log_buffer,
		    .kernel_log_size = sizeof(log_buffer));

	log_buffer[0] = '\0';
	warnings[0] = '\0';
	nr_warned = 0;
	return bpf_object__open_file(path, &options);
}

static void print_error(const char *name, const char *program, int error)
{
	printf("%s %s err %d\n", name, program, error);
	print_end(log_buffer, SHOWN_LINES);
	print_end(warnings, SHOWN_LINES);
}

/* Instructions are counted as the kernel runs them, before they become the machine's. */
static void print_ok(const char *name, const struct bpf_program *program)
{
	struct bpf_prog_info info = {0};
	__u32 size = sizeof(info);

	if (bpf_obj_get_info_by_fd(bpf_program__fd(program), &info, &size))
		info.xlated_prog_len = 0;
	printf("%s %s ok %zu %s\n", name, bpf_program__name(program),
	       info.xlated_prog_len / sizeof(struct bpf_insn), bpf_program__section_name(program));
}

/* A function that nothing attaches, which libbpf takes for a program where it is the only one. */
static bool is_function(const struct bpf_program *program)
{
	return !strcmp(bpf_program__section_name(program), ".text");
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), n = strlen(end);

	return length >= n && !strcmp(text + length - n, end);
}

/*
 * A second form of a kprobe whose function is not in this kernel's BTF: the tool takes the
 * kprobe. libbpf leaves out the '?' of its section; asked before autoload is set.
 */
static bool has_no_place(struct bpf_program *program)
{
	const char *target = strchr(bpf_program__section_name(program), '/');
	const char *name = bpf_program__name(program);

	if (bpf_program__autoload(program) || !target ||
	    (!ends_with(name, "_fentry") && !ends_with(name, "_fexit")))
		return false;
	return bpf_program__set_attach_target(program, 0, target + 1) != 0;
}

static bool is_wanted(struct bpf_program *program)
{
	return !is_function(program) && !has_no_place(program);
}

/* Loads program number `wanted` alone. Returns whether there is such a program. */
static int load_alone(const char *path, const char *name, int wanted)
{
	struct bpf_object *object = open_object(path);
	struct bpf_program *program, *chosen = NULL;
	bool is_loaded = false;
	int error, nr = 0;

	if (!object)
		return 0;
	bpf_object__for_each_program(program, object)
	{
		if (nr == wanted) {
			chosen = program;
			is_loaded = is_wanted(program);
		}
		bpf_program__set_autoload(program, nr++ == wanted);
	}
	if (is_loaded) {
		error = bpf_object__load(object);
		if (error)
			print_error(name, bpf_program__name(chosen), error);
		else
			print_ok(name, chosen);
	}
	bpf_object__close(object);
	return chosen != NULL;
}

static void load_file(const char *folder, const char *name)
{
	struct bpf_program *program;
	struct bpf_object *object;
	char path[512];
	int error, nr = 0;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	object = open_object(path);
	if (!object) {
		print_error(name, "-", -errno);
		return;
	}
	bpf_object__for_each_program(program, object)
		bpf_program__set_autoload(program, is_wanted(program));
	error = bpf_object__load(object);
	bpf_object__for_each_program(program, object)
	{
		if (!error && bpf_program__autoload(program))
			print_ok(name, program);
	}
	program = bpf_object__next_program(object, NULL);
	if (!program && error)
		print_error(name, "-", error);
	bpf_object__close(object);
	while (error && load_alone(path, name, nr))
		nr++;
}

int main(int argc, char **argv)
{
	const char *folder = argc > 1 ? argv[1] : "/objects";
	struct dirent *entry;
	DIR *dir = opendir(folder);

	if (!dir) {
		fprintf(stderr, "%s: %s\n", folder, strerror(errno));
		return 1;
	}
	libbpf_set_print(collect);
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		load_file(folder, entry->d_name);
		fflush(stdout);
	}
	closedir(dir);
	puts("end");
	return 0;
}
