// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Cells for cgroups: the path of a folder of the cgroup file system (version 2),
 * whose inode is the number that bpf_get_current_cgroup_id() gives.
 */
#define _GNU_SOURCE
#include <fts.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "id_names.h"
#include "run.h"

/* Where version 2 is mounted, to be freed; NULL: nowhere. */
static char *find_mount(void)
{
	FILE *f = setmntent("/proc/self/mounts", "re");
	const struct mntent *mount;
	char *folder = NULL;

	while (f && !folder && (mount = getmntent(f)))
		if (!strcmp(mount->mnt_type, "cgroup2"))
			folder = strdup(mount->mnt_dir);
	if (f)
		endmntent(f);
	return folder;
}

static void cgroups_read(struct b2c_id_names *names)
{
	char *root = find_mount();
	char *roots[] = { root, NULL };
	FTS *walk = root ? fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR | FTS_XDEV, NULL) : NULL;
	const FTSENT *entry;

	while (walk && (entry = fts_read(walk))) {
		const char *path = entry->fts_path + strlen(root);

		if (entry->fts_info == FTS_D)
			b2c_id_name_add(names, entry->fts_statp->st_ino, *path ? path : "/");
	}
	if (walk)
		fts_close(walk);
	free(root);
}

void b2c_put_cgroup(struct b2c_row *row, uint64_t id)
{
	static struct b2c_id_names cgroups = { .read = cgroups_read };
	const char *path = b2c_row_skips(row) ? NULL : b2c_id_name(&cgroups, id);

	if (path)
		b2c_put_text(row, path);
	else
		b2c_put_uint(row, id);
}
