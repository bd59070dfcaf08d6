// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Cells for block devices: the kernel's device number as the disk's name. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "run.h"

#define DISK_NAME_SIZE 64

struct disk {
	uint32_t device;
	char name[DISK_NAME_SIZE];
};

static struct disk *disks;
static size_t nr_disks;

static void disks_read(void)
{
	unsigned int major, minor;
	char line[512];
	struct disk *more;
	struct disk disk;
	FILE *f = fopen("/proc/diskstats", "re");

	nr_disks = 0;
	if (!f)
		return;
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%u %u %63s", &major, &minor, disk.name) != 3)
			continue;
		disk.device = major << 20 | minor;
		more = realloc(disks, (nr_disks + 1) * sizeof(*disks));
		if (!more)
			break;
		disks = more;
		disks[nr_disks++] = disk;
	}
	fclose(f);
}

static const char *disk_find(uint32_t device)
{
	size_t i;

	for (i = 0; i < nr_disks; i++)
		if (disks[i].device == device)
			return disks[i].name;
	return NULL;
}

/* Disks come and go: what is not known yet is looked for again, once a second. */
static const char *disk_name(uint32_t device)
{
	static time_t last;
	const char *name = disk_find(device);
	time_t now = time(NULL);

	if (name || now == last)
		return name;
	last = now;
	disks_read();
	return disk_find(device);
}

void b2c_put_device(struct b2c_row *row, uint32_t device)
{
	const char *name = b2c_row_skips(row) ? NULL : disk_name(device);
	char text[32];

	snprintf(text, sizeof(text), "%u:%u", device >> 20, device & 0xfffff);
	b2c_put_text(row, name ? name : text);
}
