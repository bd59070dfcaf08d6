// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Which BTF the programs are relocated by: the file of --btf, else a set of the tool that
 * was made for this very kernel, else the host's. libbpf takes a set by the path of a file
 * in memory.
 */
#define _GNU_SOURCE
#include "btf.h"

#include <bpf/btf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

const struct b2c_btf_set *b2c_btf_match(const struct b2c_btf_set *sets, size_t nr,
					const struct b2c_btf_host *host)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		const struct b2c_btf_set *set = &sets[i];

		if (!strcmp(set->release, host->release) &&
		    (!set->build || !strcmp(set->build, host->build)) &&
		    (!set->host_size || !host->size || set->host_size == host->size))
			return set;
	}
	return NULL;
}

static const struct b2c_btf_set *find_set(void)
{
	struct b2c_btf_host host = { 0 };
	struct utsname names = { 0 };
	struct stat file;

	if (!b2c_btf_sets || !&b2c_nr_btf_sets || uname(&names))
		return NULL;
	if (!stat("/sys/kernel/btf/vmlinux", &file))
		host.size = (size_t)file.st_size;
	host.release = names.release;
	host.build = names.version;
	return b2c_btf_match(b2c_btf_sets, b2c_nr_btf_sets, &host);
}

/* A file in memory that has the set. Returns its descriptor or -errno. */
static int set_open(const struct b2c_btf_set *set)
{
	int fd = memfd_create("btf", MFD_CLOEXEC);
	ssize_t written;

	if (fd < 0)
		return -errno;
	written = write(fd, set->data, set->size);
	if (written >= 0 && (size_t)written == set->size)
		return fd;
	close(fd);
	return written < 0 ? -errno : -EIO;
}

void b2c_btf_choose(struct b2c_run *run)
{
	const char *given = run->settings.btf;
	const struct b2c_btf_set *set = *given ? NULL : find_set();
	int fd = set ? set_open(set) : -ENOENT;

	if (fd < 0) {
		b2c_note(run, "types: %s", *given ? given : "the host's BTF");
		return;
	}
	snprintf(run->btf_path, sizeof(run->btf_path), "/proc/self/fd/%d", fd);
	run->btf_fd = fd;
	b2c_note(run, "types: %zu bytes of BTF for %s in the tool", set->size, set->release);
}

void b2c_btf_release(struct b2c_run *run)
{
	btf__free(run->member_btf);
	run->member_btf = NULL;
	if (run->btf_path[0])
		close(run->btf_fd);
	run->btf_path[0] = '\0';
}
