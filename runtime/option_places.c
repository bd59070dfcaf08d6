// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Options that name files, users and cgroups of the host; see options.h. */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

#include "run.h"

/* As dev_t is in the kernel, which user space is given in another form. */
static uint32_t kernel_dev(dev_t dev)
{
	return major(dev) << 20 | minor(dev);
}

static int path_failed(const struct b2c_run *run, const struct b2c_option *option,
		       const char *text, const char *reason)
{
	b2c_error(run, "option '--%s': '%s': %s", option->name, text, reason);
	return -ENOENT;
}

static int read_path(const struct b2c_run *run, const struct b2c_option *option, const char *text)
{
	struct stat status;

	if (strlen(text) >= option->size)
		return path_failed(run, option, text, "the path is too long");
	memset(option->value, 0, option->size);
	memcpy(option->value, text, strlen(text));
	if (!*text)
		return 0;
	if (stat(text, &status))
		return path_failed(run, option, text, strerror(errno));
	*option->path.dev = kernel_dev(status.st_dev);
	*option->path.rdev = kernel_dev(status.st_rdev);
	*option->path.ino = status.st_ino;
	return 0;
}

const struct b2c_option_read b2c_read_path = { .read = read_path, .argument = "PATH" };

/* ---- users ---- */

/* The number of "name:x:NUMBER:" in /etc/passwd; without other sources, as a static tool. */
static int find_user(const char *name, uint32_t *ret_user)
{
	struct b2c_text users = { 0 };
	size_t n = strlen(name);
	int err = b2c_text_read_file(&users, "/etc/passwd");
	const char *line = err ? NULL : b2c_text_string(&users), *field;

	err = -EINVAL;
	for (; line && err; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, name, n) != 0 || line[n] != ':')
			continue;
		field = strchr(line + n + 1, ':');
		if (!field || !isdigit((unsigned char)field[1]))
			break;
		*ret_user = (uint32_t)strtoul(field + 1, NULL, 10);
		err = 0;
	}
	b2c_text_free(&users);
	return err;
}

static int read_user(const struct b2c_run *run, const struct b2c_option *option, const char *text)
{
	unsigned long number;
	char *end;

	(void)run;
	if (!isdigit((unsigned char)*text))
		return *text ? find_user(text, option->value) : -EINVAL;
	errno = 0;
	number = strtoul(text, &end, 10);
	if (*end || errno || number >= UINT32_MAX)
		return -EINVAL;
	*(uint32_t *)option->value = (uint32_t)number;
	return 0;
}

const struct b2c_option_read b2c_read_user = {
	.read = read_user, .wanted = "the name or number of a user", .argument = "USER",
};

/* ---- cgroups ---- */

struct cgroup {
	uint64_t id;
	uint32_t level;
};

/* Folders above it in the same file system; the root of a cgroup name space counts as 0. */
static uint32_t level_of(const char *folder, dev_t dev)
{
	struct b2c_text path = { 0 };
	struct stat parent, here;
	uint32_t level = 0;

	b2c_text_puts(&path, folder);
	for (;;) {
		if (stat(b2c_text_string(&path), &here))
			break;
		b2c_text_puts(&path, "/..");
		if (stat(b2c_text_string(&path), &parent) || parent.st_dev != dev ||
		    parent.st_ino == here.st_ino)
			break;
		level++;
	}
	b2c_text_free(&path);
	return level;
}

/* The id is what the folder's file handle is made of. */
static int cgroup_id(const char *folder, uint64_t *ret_id)
{
	union {
		struct file_handle handle;
		char room[sizeof(struct file_handle) + sizeof(uint64_t)];
	} file = { .handle.handle_bytes = sizeof(uint64_t) };
	int mount;

	if (name_to_handle_at(AT_FDCWD, folder, &file.handle, &mount, 0) ||
	    file.handle.handle_bytes != sizeof(uint64_t))
		return -EINVAL;
	memcpy(ret_id, file.handle.f_handle, sizeof(*ret_id));
	return 0;
}

static int read_cgroup(const struct b2c_run *run, const struct b2c_option *option,
		       const char *text)
{
	struct cgroup cgroup = { .level = B2C_NO_LEVEL };
	struct statfs fs;
	struct stat status;
	char *end;

	errno = 0;
	cgroup.id = isdigit((unsigned char)*text) ? strtoull(text, &end, 10) : 0;
	if (!cgroup.id || *end || errno) {
		if (stat(text, &status) || statfs(text, &fs))
			return path_failed(run, option, text, strerror(errno));
		if (fs.f_type != CGROUP2_SUPER_MAGIC || cgroup_id(text, &cgroup.id))
			return path_failed(run, option, text,
					   "it is no folder of a cgroup2 file system");
		cgroup.level = level_of(text, status.st_dev);
	}
	memcpy((char *)option->value, &cgroup.id, sizeof(cgroup.id));
	memcpy((char *)option->value + sizeof(cgroup.id), &cgroup.level, sizeof(cgroup.level));
	return 0;
}

const struct b2c_option_read b2c_read_cgroup = { .read = read_cgroup, .argument = "CGROUP" };

/* ---- name spaces ---- */

/* By a file of one, or by its inode as files of /proc/PID/ns show it. */
static int read_namespace(const struct b2c_run *run, const struct b2c_option *option,
			  const char *text)
{
	unsigned long long inode = 0;
	struct stat status;
	char *end = NULL;

	errno = 0;
	if (isdigit((unsigned char)*text))
		inode = strtoull(text, &end, 10);
	if (!end && stat(text, &status))
		return path_failed(run, option, text, strerror(errno));
	if (end && (*end || errno || !inode))
		return -EINVAL;
	*(uint64_t *)option->value = end ? inode : status.st_ino;
	return 0;
}

const struct b2c_option_read b2c_read_namespace = {
	.read = read_namespace,
	.wanted = "the path or inode of a name space",
	.argument = "NAMESPACE",
};
