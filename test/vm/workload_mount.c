// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Mounts as the kernel has them: mount(8) of some machines asks daemons of NFS first. Called by
 * workload.c.
 */
#define _GNU_SOURCE
#include "workload.h"

#include <sys/mount.h>

/* mount(2) of TYPE at PATH. */
int run_mount(int argc, char **argv)
{
	const char *options = argc > 3 ? argv[3] : "";

	if (mount(argv[0], argv[1], argv[2], 0, options))
		return fail("mount %s at %s", argv[0], argv[1]);
	return 0;
}
