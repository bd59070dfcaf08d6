// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* A cache of files with their functions; see user_files.h. */
#define _GNU_SOURCE
#include "user_files.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

/* Each may hold a descriptor, of which a process has 1024. */
#define MAX_FILES 256
#define MAX_BYTES (128u << 20) /* of functions, beside those of the file asked for last */

struct file {
	uint64_t device;
	uint64_t inode;
	char *path;
	int fd; /* -1: read already, or gone */
	bool is_read;
	uint64_t used; /* by the clock of uses */
	struct b2c_functions_of functions;
};

static struct file files[MAX_FILES];
static size_t nr_files;
static uint64_t nr_uses;
static struct b2c_functions_of vdso;
static bool vdso_is_read;

static void file_free(struct file *file)
{
	if (file->fd >= 0)
		close(file->fd);
	free(file->path);
	b2c_functions_of_free(&file->functions);
}

void b2c_user_files_free(void)
{
	while (nr_files)
		file_free(&files[--nr_files]);
	b2c_functions_of_free(&vdso);
	vdso_is_read = false;
}

static size_t bytes_of(const struct file *file)
{
	return file->functions.nr * sizeof(*file->functions.items) + file->functions.names.room;
}

/* The one that has not been asked for the longest, but for the last. */
static void drop_oldest(void)
{
	size_t i, oldest = 0;

	for (i = 1; i < nr_files; i++)
		if (files[i].used < files[oldest].used)
			oldest = i;
	file_free(&files[oldest]);
	files[oldest] = files[--nr_files];
}

static struct file *known_file(const struct b2c_mapping *mapping, const char *path)
{
	size_t i;

	for (i = 0; i < nr_files; i++)
		if (files[i].inode == mapping->inode && files[i].device == mapping->device &&
		    !strcmp(files[i].path, path))
			return &files[i];
	return NULL;
}

/* The same plain file as was mapped; not a pipe, nor what has taken its name since. */
static int open_same(const char *path, uint64_t inode)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat found;

	if (fd < 0)
		return -1;
	if (!fstat(fd, &found) && S_ISREG(found.st_mode) && found.st_ino == inode)
		return fd;
	close(fd);
	return -1;
}

/* By its mapping, which is right for deleted files too; else by its name. */
static int open_mapped(const struct b2c_mapper *mapper, const struct b2c_mapping *mapping,
		       const char *path)
{
	char name[PATH_MAX + sizeof(mapper->root)];
	struct stat found;
	int fd;

	snprintf(name, sizeof(name), "/proc/%u/map_files/%llx-%llx", mapper->pid,
		 (unsigned long long)mapping->start, (unsigned long long)mapping->end);
	fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd >= 0 && !fstat(fd, &found) && S_ISREG(found.st_mode))
		return fd;
	if (fd >= 0)
		close(fd);
	snprintf(name, sizeof(name), "%s%s", mapper->root, path);
	return *path == '/' ? open_same(name, mapping->inode) : -1;
}

static struct file *file_of(const struct b2c_mapper *mapper, const struct b2c_mappings *mappings,
			    const struct b2c_mapping *mapping)
{
	const char *path = b2c_mapping_path(mappings, mapping);
	struct file *file = known_file(mapping, path);
	char *copy;

	if (!file) {
		copy = strdup(path);
		if (!copy)
			return NULL;
		if (nr_files == MAX_FILES)
			drop_oldest();
		file = &files[nr_files++];
		*file = (struct file){ .device = mapping->device, .inode = mapping->inode,
				       .path = copy, .fd = -1 };
	}
	file->used = ++nr_uses;
	if (!file->is_read && file->fd < 0)
		file->fd = open_mapped(mapper, mapping, path);
	return file;
}

void b2c_user_file_see(const struct b2c_mapper *mapper, const struct b2c_mappings *mappings,
		       const struct b2c_mapping *mapping)
{
	if (mapping->inode)
		file_of(mapper, mappings, mapping);
}

static void limit_bytes(const struct file *but)
{
	const char *path = but->path;
	size_t i, sum;

	for (;;) {
		for (i = 0, sum = 0; i < nr_files; i++)
			sum += files[i].path == path ? 0 : bytes_of(&files[i]);
		if (sum <= MAX_BYTES)
			return;
		drop_oldest();
	}
}

const struct b2c_functions_of *b2c_user_file(const struct b2c_mapper *mapper,
					     const struct b2c_mappings *mappings,
					     const struct b2c_mapping *mapping)
{
	struct file *file = file_of(mapper, mappings, mapping);
	struct b2c_file_place place = { .root = mapper->root };

	if (!file || (file->fd < 0 && !file->is_read))
		return NULL;
	if (!file->is_read) {
		place.path = file->path;
		b2c_functions_of_file(&file->functions, file->fd, &place);
		close(file->fd);
		file->fd = -1;
		file->is_read = true;
		limit_bytes(file);
		file = known_file(mapping, b2c_mapping_path(mappings, mapping));
	}
	return file && file->functions.nr_loaded ? &file->functions : NULL;
}

/* The tool's own, copied, for libelf wants memory that it may write to. */
static void read_vdso(void)
{
	uintptr_t start = (uintptr_t)getauxval(AT_SYSINFO_EHDR);
	FILE *f = fopen("/proc/self/maps", "re");
	struct b2c_mappings mappings = { 0 };
	const struct b2c_mapping *mapping = NULL;
	char *image = NULL;

	if (f && start && !b2c_mappings_read(&mappings, f))
		mapping = b2c_mapping_find(&mappings, start);
	if (mapping)
		image = malloc(mapping->end - mapping->start);
	if (image) {
		memcpy(image, (const void *)start, mapping->end - mapping->start);
		b2c_functions_of_image(&vdso, image, mapping->end - mapping->start);
	}
	free(image);
	b2c_mappings_free(&mappings);
	if (f)
		fclose(f);
}

const struct b2c_functions_of *b2c_user_vdso(void)
{
	if (!vdso_is_read)
		read_vdso();
	vdso_is_read = true;
	return vdso.nr_loaded ? &vdso : NULL;
}
