// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Emit, writing: every file goes to NAME.tmp beside its place and is renamed
 * when all of them are complete, so that an error leaves nothing behind.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "emit.h"
#include "text.h"

static int report(struct b2c_diag *diag, const char *what, const char *path, int err)
{
	diag_report(diag, B2C_DIAG_file, (struct b2c_loc){ 0 }, "can't %s '%s': %s", what, path,
		    strerror(err));
	return -err;
}

static int write_temporary(const char *path, const void *data, size_t size)
{
	FILE *file = fopen(path, "wb");
	int err = 0;

	if (!file)
		return -errno;
	if (fwrite(data, 1, size, file) != size)
		err = -errno;
	if (fclose(file) && !err)
		err = -errno;
	if (err)
		unlink(path);
	return err;
}

/* Makes every folder above the last name of `path`. */
static int make_folders(char *path)
{
	char *slash;

	for (slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0777) && errno != EEXIST)
			return -errno;
		*slash = '/';
	}
	return 0;
}

/* Executable by those whom the umask lets. */
static int make_executable(const char *path)
{
	mode_t mask = umask(0);

	umask(mask);
	return chmod(path, 0777 & ~mask) ? -errno : 0;
}

int emit_write_file(const char *path, const void *data, size_t size, bool executable,
		    struct b2c_diag *diag)
{
	struct b2c_text temporary = { 0 };
	int err;

	text_printf(&temporary, "%s.tmp", path);
	err = write_temporary(temporary.data, data, size);
	if (!err && executable)
		err = make_executable(temporary.data);
	if (!err && rename(temporary.data, path))
		err = -errno;
	if (err)
		unlink(temporary.data);
	text_free(&temporary);
	return err ? report(diag, "write", path, -err) : 0;
}

static const char *path_of(const struct b2c_emitted *file, const char *folder, const char *suffix,
			   struct b2c_arena *arena)
{
	return arena_printf(arena, "%s/%s%s", folder, file->name, suffix);
}

static int write_one(const struct b2c_emitted *file, const char *folder, struct b2c_arena *arena,
		     struct b2c_diag *diag)
{
	char *path = arena_printf(arena, "%s/%s.tmp", folder, file->name);
	int err;

	err = make_folders(path);
	if (!err)
		err = write_temporary(path, file->text, strlen(file->text));
	return err ? report(diag, "write", path, -err) : 0;
}

int emit_write(const struct b2c_emitted_files *files, const char *folder, struct b2c_arena *arena,
	       struct b2c_diag *diag)
{
	const char *from, *to;
	size_t i, nr = 0;
	int err = 0;

	while (!err && nr < files->nr) {
		err = write_one(&files->items[nr], folder, arena, diag);
		nr += !err;
	}
	for (i = 0; i < nr; i++) {
		from = path_of(&files->items[i], folder, ".tmp", arena);
		to = path_of(&files->items[i], folder, "", arena);
		if (err)
			unlink(from);
		else if (rename(from, to))
			err = report(diag, "rename", from, errno);
	}
	return err;
}
