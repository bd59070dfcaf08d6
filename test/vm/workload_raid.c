// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The workload's array of disks (md), for which the module raid1 must be loaded, and a kernel
 * that makes an array when its file is opened. Called by workload.c.
 */
#define _GNU_SOURCE
#include "workload.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/major.h>
#include <linux/raid/md_u.h>
#include <linux/raid/md_p.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define ARRAY "/dev/md0"

/* An array of the one disk, mirrored nowhere, of which the disk keeps no note. */
static int start_array(int array, dev_t disk)
{
	mdu_array_info_t info = { .minor_version = 90, .level = 1, .size = 32 << 10, .nr_disks = 1,
				  .raid_disks = 1, .not_persistent = 1, .state = 1 << MD_SB_CLEAN,
				  .active_disks = 1, .working_disks = 1 };
	mdu_disk_info_t member = { .major = (int)major(disk), .minor = (int)minor(disk),
				   .state = 1 << MD_DISK_ACTIVE | 1 << MD_DISK_SYNC };
	mdu_param_t none = { 0 };

	if (ioctl(array, SET_ARRAY_INFO, &info) || ioctl(array, ADD_NEW_DISK, &member))
		return fail("make the array");
	return ioctl(array, RUN_ARRAY, &none) ? fail("start the array") : 0;
}

/* N fsync(2) of an array that is made of DEV and taken apart again. */
int run_md_flush(int argc, char **argv)
{
	struct stat disk;
	int array, status;

	(void)argc;
	if (mknod(ARRAY, S_IFBLK | 0600, makedev(MD_MAJOR, 0)) && errno != EEXIST)
		return fail("make " ARRAY);
	array = open(ARRAY, O_RDWR);
	if (array < 0 || stat(argv[0], &disk))
		return fail("open " ARRAY);
	status = start_array(array, disk.st_rdev);
	for (long i = number(argv[1]); i && !status; i--)
		status = fsync(array) ? fail("fsync " ARRAY) : 0;
	if (!status && ioctl(array, STOP_ARRAY, NULL))
		status = fail("stop the array");
	close(array);
	return status;
}
