// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Executable mappings of a process, from /proc/PID/maps or one by one; see user_mappings.h. */
#define _GNU_SOURCE
#include "user_mappings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>

#define MAX_MAPPINGS 16384
#define DELETED " (deleted)"

void b2c_mappings_free(struct b2c_mappings *mappings)
{
	free(mappings->items);
	b2c_text_free(&mappings->names);
	memset(mappings, 0, sizeof(*mappings));
}

/* The first one that ends after `address`. */
static size_t place_of(const struct b2c_mappings *mappings, uint64_t address)
{
	size_t first = 0, last = mappings->nr;

	while (first < last) {
		size_t middle = first + (last - first) / 2;

		if (mappings->items[middle].end <= address)
			first = middle + 1;
		else
			last = middle;
	}
	return first;
}

const struct b2c_mapping *b2c_mapping_find(const struct b2c_mappings *mappings, uint64_t address)
{
	size_t at = place_of(mappings, address);

	if (at == mappings->nr || mappings->items[at].start > address)
		return NULL;
	return &mappings->items[at];
}

const char *b2c_mapping_path(const struct b2c_mappings *mappings, const struct b2c_mapping *one)
{
	return mappings->names.data + one->path;
}

/* Where the path is kept; neighbours often have the same one. */
static size_t keep_path(struct b2c_mappings *mappings, const char *path)
{
	size_t length = strlen(path), at;

	if (length > strlen(DELETED) && !strcmp(path + length - strlen(DELETED), DELETED))
		length -= strlen(DELETED);
	if (mappings->nr) {
		at = mappings->items[mappings->nr - 1].path;
		if (strlen(mappings->names.data + at) == length &&
		    !memcmp(mappings->names.data + at, path, length))
			return at;
	}
	at = mappings->names.size;
	b2c_text_add(&mappings->names, path, length);
	b2c_text_add(&mappings->names, "", 1);
	return at;
}

static int make_room(struct b2c_mappings *mappings)
{
	size_t room = mappings->room ? 2 * mappings->room : 16;
	struct b2c_mapping *items;

	if (mappings->nr < mappings->room)
		return 0;
	items = realloc(mappings->items, room * sizeof(*items));
	if (!items)
		return -ENOMEM;
	mappings->items = items;
	mappings->room = room;
	return 0;
}

int b2c_mappings_add(struct b2c_mappings *mappings, const struct b2c_mapping *mapping,
		     const char *path)
{
	size_t at, nr_covered = 0, path_at;
	struct b2c_mapping *items;

	if (mapping->start >= mapping->end || mappings->nr == MAX_MAPPINGS)
		return 0;
	path_at = keep_path(mappings, path);
	if (mappings->names.failed || make_room(mappings))
		return -ENOMEM;
	at = place_of(mappings, mapping->start);
	items = mappings->items + at;
	while (at + nr_covered < mappings->nr && items[nr_covered].start < mapping->end)
		nr_covered++;
	memmove(items + 1, items + nr_covered,
		(mappings->nr - at - nr_covered) * sizeof(*items));
	mappings->nr = mappings->nr - nr_covered + 1;
	*items = *mapping;
	items->path = path_at;
	return 0;
}

/* One line of /proc/PID/maps; what can't be executed is of no interest. */
static int add_line(struct b2c_mappings *mappings, const char *line)
{
	unsigned long long start, end, offset, inode;
	unsigned int major, minor;
	char permissions[8];
	struct b2c_mapping mapping;
	int n = 0;

	if (sscanf(line, "%llx-%llx %7s %llx %x:%x %llu%n", &start, &end, permissions, &offset,
		   &major, &minor, &inode, &n) < 7 ||
	    !n || !strchr(permissions, 'x'))
		return 0;
	mapping = (struct b2c_mapping){
		.start = start,
		.end = end,
		.offset = offset,
		.inode = inode,
		.device = makedev(major, minor),
	};
	return b2c_mappings_add(mappings, &mapping, line + n + strspn(line + n, " "));
}

int b2c_mappings_read(struct b2c_mappings *mappings, FILE *f)
{
	char *line = NULL;
	size_t room = 0;
	int err = 0;

	b2c_mappings_free(mappings);
	errno = 0;
	while (!err && getline(&line, &room, f) > 0) {
		line[strcspn(line, "\n")] = '\0';
		err = add_line(mappings, line);
	}
	/* who may not read it may open it nevertheless */
	if (!err && ferror(f))
		err = errno ? -errno : -EIO;
	free(line);
	return err;
}

int b2c_mappings_copy(struct b2c_mappings *mappings, const struct b2c_mappings *from)
{
	size_t i;
	int err = 0;

	b2c_mappings_free(mappings);
	for (i = 0; i < from->nr && !err; i++)
		err = b2c_mappings_add(mappings, &from->items[i],
				       b2c_mapping_path(from, &from->items[i]));
	return err;
}
