// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Functions of just-in-time compilers; see user_perf_map.h. */
#define _GNU_SOURCE
#include "user_perf_map.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_BYTES (64u << 20) /* read of one file */
#define MAX_FUNCTIONS (1u << 20)
#define MAX_LINE 4096

void b2c_perf_map_free(struct b2c_perf_map *map)
{
	free(map->items);
	b2c_text_free(&map->names);
	memset(map, 0, sizeof(*map));
}

static int make_room(struct b2c_perf_map *map)
{
	size_t room = map->room ? map->room + map->room / 2 : 256;
	struct b2c_jitted *items;

	if (map->nr < map->room)
		return 0;
	items = realloc(map->items, room * sizeof(*items));
	if (!items)
		return -ENOMEM;
	map->items = items;
	map->room = room;
	return 0;
}

/* "7f0a3c 40 name of any characters", also with 0x. */
static int add_line(struct b2c_perf_map *map, const char *line, uint32_t number)
{
	struct b2c_jitted one = { .line = number, .name = (uint32_t)map->names.size };
	char *end;

	if (!isxdigit((unsigned char)*line))
		return 0;
	one.start = strtoull(line, &end, 16);
	if (*end != ' ' || !isxdigit((unsigned char)end[1]))
		return 0;
	one.size = strtoull(end + 1, &end, 16);
	if (*end != ' ' || !end[1] || !one.size || one.start + one.size < one.start)
		return 0;
	if (make_room(map))
		return -ENOMEM;
	map->items[map->nr++] = one;
	b2c_text_add(&map->names, end + 1, strlen(end + 1) + 1);
	return map->names.failed ? -ENOMEM : 0;
}

static int compare(const void *a, const void *b)
{
	const struct b2c_jitted *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

/* Where code has been replaced, the last line about a place is the true one. */
static void drop_replaced(struct b2c_perf_map *map)
{
	size_t i, nr = 0;

	qsort(map->items, map->nr, sizeof(*map->items), compare);
	for (i = 0; i < map->nr; i++) {
		struct b2c_jitted *one = &map->items[i];

		while (nr && map->items[nr - 1].start + map->items[nr - 1].size > one->start &&
		       map->items[nr - 1].line < one->line)
			nr--;
		if (!nr || map->items[nr - 1].start + map->items[nr - 1].size <= one->start)
			map->items[nr++] = *one;
	}
	map->nr = nr;
}

/* A line, of which what is too long for a name is dropped; NULL at the end. */
static char *read_line(FILE *f, char *line, size_t size, size_t *nr_read)
{
	size_t length = 0;
	int c = EOF;

	while (*nr_read < MAX_BYTES && (c = getc_unlocked(f)) != EOF) {
		++*nr_read;
		if (c == '\n')
			break;
		if (length < size - 1)
			line[length++] = (char)c;
	}
	while (length && line[length - 1] == '\r')
		length--;
	line[length] = '\0';
	return length || c == '\n' ? line : NULL;
}

int b2c_perf_map_read(struct b2c_perf_map *map, int fd)
{
	int copy = dup(fd), err = 0;
	FILE *f = copy >= 0 && !lseek(copy, 0, SEEK_SET) ? fdopen(copy, "r") : NULL;
	char line[MAX_LINE];
	uint32_t number = 0;
	size_t nr_read = 0;

	b2c_perf_map_free(map);
	if (!f) {
		err = -errno;
		if (copy >= 0)
			close(copy);
		return err;
	}
	while (!err && map->nr < MAX_FUNCTIONS && read_line(f, line, sizeof(line), &nr_read))
		err = add_line(map, line, number++);
	fclose(f);
	if (err)
		b2c_perf_map_free(map);
	else if (map->nr)
		drop_replaced(map);
	return err;
}

const char *b2c_perf_map_find(const struct b2c_perf_map *map, uint64_t address,
			      uint64_t *ret_offset)
{
	size_t first = 0, last = map->nr;
	const struct b2c_jitted *one;

	while (first < last) {
		size_t middle = first + (last - first) / 2;

		if (map->items[middle].start <= address)
			first = middle + 1;
		else
			last = middle;
	}
	if (!first)
		return NULL;
	one = &map->items[first - 1];
	if (address - one->start >= one->size)
		return NULL;
	*ret_offset = address - one->start;
	return map->names.data + one->name;
}

/* The number of a process in its innermost namespace, and its user. */
static uint32_t inner_pid(uint32_t pid, uid_t *ret_uid)
{
	struct b2c_text status = { 0 };
	const char *line, *last;
	char path[64];
	uint32_t inner = pid;

	*ret_uid = 0;
	snprintf(path, sizeof(path), "/proc/%u/status", pid);
	if (b2c_text_read_file(&status, path) == 0) {
		line = strstr(b2c_text_string(&status), "\nNSpid:");
		last = line ? line + strcspn(line + 1, "\n") : NULL;
		while (last && last > line && isdigit((unsigned char)*last))
			last--;
		if (last && last > line)
			inner = (uint32_t)strtoul(last + 1, NULL, 10);
		line = strstr(b2c_text_string(&status), "\nUid:");
		if (line)
			*ret_uid = (uid_t)strtoul(line + strlen("\nUid:"), NULL, 10);
	}
	b2c_text_free(&status);
	return inner;
}

int b2c_perf_map_open(uint32_t pid)
{
	char path[PATH_MAX];
	struct stat found;
	uid_t uid;
	int fd;

	snprintf(path, sizeof(path), "/proc/%u/root/tmp/perf-%u.map", pid, inner_pid(pid, &uid));
	/* neither a link to elsewhere nor a pipe that nobody writes to */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return -errno;
	if (!fstat(fd, &found) && S_ISREG(found.st_mode) &&
	    (found.st_uid == uid || found.st_uid == 0))
		return fd;
	close(fd);
	return -EPERM;
}
