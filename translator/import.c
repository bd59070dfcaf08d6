// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Import: two files in memory and the interpreter; see import.h. */
#define _GNU_SOURCE
#include "import.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "arena.h"

/* A zip archive of importer/, by importer/importer.S. */
extern const unsigned char b2c_importer[], b2c_importer_end[];

static int report(struct b2c_diag *diag, const char *what, int err)
{
	diag_report(diag, B2C_DIAG_file, (struct b2c_loc){ 0 }, "can't %s: %s", what,
		    strerror(-err));
	return err;
}

/* A file that lives as long as it is open; the interpreter inherits it. */
static FILE *memory_file(const char *name)
{
	int fd = memfd_create(name, 0);

	return fd < 0 ? NULL : fdopen(fd, "w");
}

/* All kernels that the architecture's data is of, as importer/kernel_facts.py reads them. */
static int write_facts(struct b2c_kernels *kernels, FILE *file)
{
	size_t i;

	for (i = 0; i < kernels_count(kernels); i++)
		kernel_facts_write(kernels, i, file);
	kernel_moved_write(file);
	return fflush(file) ? -errno : 0;
}

static int write_importer(FILE *file)
{
	size_t size = (size_t)(b2c_importer_end - b2c_importer);

	if (fwrite(b2c_importer, 1, size, file) != size || fflush(file))
		return -errno;
	return 0;
}

static int start(const struct b2c_command *command, FILE *importer, FILE *facts)
{
	char self[PATH_MAX] = "", archive[32], answers[32];
	const char **args = NULL;
	char **argument;
	size_t nr = 0, i;
	const char *const first[] = { "python3", "-I", "-B", archive, answers, self,
				      command->arch, command->output, command->verbose ? "-v" : "",
				      command->source };

	if (readlink("/proc/self/exe", self, sizeof(self) - 1) < 0)
		return -errno;
	snprintf(archive, sizeof(archive), "/proc/self/fd/%d", fileno(importer));
	snprintf(answers, sizeof(answers), "/proc/self/fd/%d", fileno(facts));
	for (i = 0; i < sizeof(first) / sizeof(first[0]); i++)
		*arena_append(command->arena, args, nr) = first[i];
	for (argument = command->arguments; *argument; argument++)
		*arena_append(command->arena, args, nr) = *argument;
	*arena_append(command->arena, args, nr) = NULL;
	execvp(args[0], (char **)args);
	return -errno;
}

int import_script(const struct b2c_command *command, struct b2c_kernels *kernels,
		  struct b2c_diag *diag)
{
	FILE *importer = memory_file("importer"), *facts = memory_file("facts");
	int err;

	if (!importer || !facts)
		return report(diag, "make a file in memory", -errno);
	err = write_importer(importer);
	if (!err)
		err = write_facts(kernels, facts);
	if (err)
		return report(diag, "write a file in memory", err);
	err = start(command, importer, facts);
	if (err == -ENOENT)
		diag_report(diag, B2C_DIAG_file, (struct b2c_loc){ 0 },
			    "'import' needs python3, which is not in PATH: install python3");
	else
		report(diag, "run python3", err);
	return err;
}
