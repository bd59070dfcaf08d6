// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Build, kept objects: who builds many tools sets B2C_OBJECTS to a folder, and the runtime is
 * compiled once for each compiler and its options instead of once for each tool.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "build_parts.h"
#include "embedded.h"

/* FNV-1a of 64 bits; the end of each text counts too. */
static uint64_t hash_text(uint64_t hash, const char *text)
{
	size_t n = strlen(text) + 1;

	while (n--)
		hash = (hash ^ (unsigned char)*text++) * 1099511628211u;
	return hash;
}

/* A file that is replaced by another version is another file. */
static uint64_t hash_file(struct build *b, uint64_t hash, const char *path)
{
	struct stat stat_buf;
	char real[PATH_MAX];

	if (!realpath(path, real) || stat(real, &stat_buf))
		return hash_text(hash, path);
	return hash_text(hash, arena_printf(b->arena, "%s %lld %lld", real,
					    (long long)stat_buf.st_size,
					    (long long)stat_buf.st_mtim.tv_sec));
}

/* All that an object of the runtime depends on, but for the C library's headers. */
static uint64_t hash_all(struct build *b, const struct build_args *command)
{
	uint64_t hash = hash_file(b, 14695981039346656037u, command->items[0]);
	size_t i, n = strlen(b->folder);

	for (i = 1; i < command->nr; i++)
		if (strncmp(command->items[i], "-I", 2) ||
		    strncmp(command->items[i] + 2, b->folder, n))
			hash = hash_text(hash, command->items[i]);
	for (i = 0; i < b2c_nr_runtime_files; i++) {
		hash = hash_text(hash, b2c_runtime_files[i].name);
		hash = hash_text(hash, b2c_runtime_files[i].text);
	}
	return hash;
}

static bool make_folder(const char *path)
{
	return !mkdir(path, 0777) || errno == EEXIST;
}

static int report(struct build *b, const char *what, const char *path, int err)
{
	diag_report(b->diag, B2C_DIAG_file, (struct b2c_loc){ 0 }, "can't %s '%s': %s", what, path,
		    strerror(-err));
	return err;
}

int build_kept_find(struct build *b, const struct build_args *command)
{
	const char *parent = getenv("B2C_OBJECTS");
	char real[PATH_MAX];

	if (!parent || !*parent)
		return 0;
	if (make_folder(parent) && realpath(parent, real)) {
		b->kept = arena_printf(b->arena, "%s/%016llx", real,
				       (unsigned long long)hash_all(b, command));
		if (make_folder(b->kept))
			return 0;
	}
	return report(b, "make the folder of B2C_OBJECTS", b->kept ? b->kept : parent, -errno);
}

const char *build_kept_object(struct build *b, const char *name)
{
	const char *path;

	if (!b->kept)
		return NULL;
	path = arena_printf(b->arena, "%s/%s", b->kept, name);
	return access(path, R_OK) ? NULL : path;
}

int build_kept_add(struct build *b, const char *name, const char *path)
{
	struct b2c_text data = { 0 };
	const char *mine, *kept;
	int err;

	if (!b->kept || build_kept_object(b, name))
		return 0;
	/* Several builds may add it at once: a name of its own, then one step. */
	kept = arena_printf(b->arena, "%s/%s", b->kept, name);
	mine = arena_printf(b->arena, "%s.%ld", kept, (long)getpid());
	err = text_read_file(&data, path);
	if (err)
		report(b, "read", path, err);
	else
		err = emit_write_file(mine, text_string(&data), data.size, false, b->diag);
	text_free(&data);
	if (!err && rename(mine, kept))
		err = report(b, "write", kept, -errno);
	return err;
}
