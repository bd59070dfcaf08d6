// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Two objects that are to compute the same, for test/vm/semantics/run.py: NAME.ours.o and
 * NAME.hand.o of a folder are loaded and attached together, one fixed workload runs, and
 * every map of the one by hand is compared with ours, bit by bit. Prints a line for each
 * pair: "NAME ok MAPS ENTRIES" or "NAME err REASON". `target` tells both the process.
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_PROGRAMS 16
#define TARGET "target"
/* What a program by hand keeps for itself, and ours has in another way. */
#define ROOM "room"

struct side {
	struct bpf_object *object;
	struct bpf_link *links[MAX_PROGRAMS];
	size_t nr_links;
};

static char reason[4096];
static char said[2048];

/* The last warning; of a verifier's log, the end. */
static int hear(enum libbpf_print_level level, const char *format, va_list args)
{
	static char text[1 << 20];
	static bool has_log;
	size_t size, from;

	if (level != LIBBPF_WARN || has_log)
		return 0;
	vsnprintf(text, sizeof(text), format, args);
	has_log = strstr(text, "PROG LOAD LOG");
	size = strlen(text);
	from = size < sizeof(said) ? 0 : size - sizeof(said) + 1;
	memcpy(said, text + from, size - from + 1);
	for (from = 0; said[from]; from++)
		if (said[from] == '\n')
			said[from] = ' ';
	return 0;
}

static int fail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(reason, sizeof(reason), format, args);
	va_end(args);
	return -1;
}

/* ---- the workload ---- */

/* Around every power of two, from both sides. */
static void seek_edges(void)
{
	int bit;

	syscall(SYS_lseek, -1, 0L, 0);
	for (bit = 0; bit < 64; bit++) {
		unsigned long edge = 1UL << bit;

		syscall(SYS_lseek, -1, edge - 1, 1);
		syscall(SYS_lseek, -1, edge, 2);
		syscall(SYS_lseek, -1, edge + 1, 0);
	}
}

static void use_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT, 0640);
	char buffer[3000] = "x";
	long at;

	if (fd < 0 || write(fd, buffer, sizeof(buffer)) != sizeof(buffer))
		return;
	for (at = 0; at < 40; at++) {
		lseek(fd, at % 7 * 500, at % 3 ? SEEK_SET : SEEK_END);
		if (read(fd, buffer, (size_t)at * 40) < 0)
			break;
	}
	close(fd);
}

static void work(void)
{
	struct sched_param parameter = { 0 };
	char path[64];
	int i;

	for (i = 0; i < 9; i++)
		syscall(SYS_getppid);
	sched_setscheduler(0, SCHED_OTHER | SCHED_RESET_ON_FORK, &parameter);
	for (i = 0; i < 4; i++)
		syscall(SYS_getppid);
	sched_setscheduler(0, SCHED_OTHER, &parameter);
	seek_edges();
	use_file("/tmp/semantics");
	for (i = 0; i < 5; i++) {
		snprintf(path, sizeof(path), "/tmp/%.*s", 1 + i * 6, "a-name-that-gets-longer");
		syscall(SYS_unlinkat, AT_FDCWD, path, 0);
	}
	syscall(SYS_unlinkat, AT_FDCWD, "/tmp/semantics", 0);
}

/* ---- both sides ---- */

static int side_load(struct side *side, const char *folder, const char *name, const char *which)
{
	__u32 zero = 0, pid = (__u32)getpid();
	struct bpf_map *target;
	char path[512];
	int err;

	snprintf(path, sizeof(path), "%s/%s.%s.o", folder, name, which);
	side->object = bpf_object__open_file(path, NULL);
	if (!side->object)
		return fail("open %s: %s", which, said);
	err = bpf_object__load(side->object);
	if (err)
		return fail("load %s: %d %s", which, err, said);
	target = bpf_object__find_map_by_name(side->object, TARGET);
	if (!target || bpf_map__update_elem(target, &zero, sizeof(zero), &pid, sizeof(pid), 0))
		return fail("%s has no map '" TARGET "'", which);
	return 0;
}

static int side_attach(struct side *side, const char *which)
{
	struct bpf_program *program;

	bpf_object__for_each_program(program, side->object)
	{
		struct bpf_link *link = bpf_program__attach(program);

		if (!link)
			return fail("attach %s %s: %s", which, bpf_program__name(program), said);
		if (side->nr_links == MAX_PROGRAMS)
			return fail("%s has too many programs", which);
		side->links[side->nr_links++] = link;
	}
	return side->nr_links ? 0 : fail("%s has no program", which);
}

static void side_detach(struct side *side)
{
	while (side->nr_links)
		bpf_link__destroy(side->links[--side->nr_links]);
}

/* ---- comparison ---- */

static size_t value_room(const struct bpf_map *map)
{
	size_t size = bpf_map__value_size(map);

	switch (bpf_map__type(map)) {
	case BPF_MAP_TYPE_PERCPU_HASH:
	case BPF_MAP_TYPE_PERCPU_ARRAY:
	case BPF_MAP_TYPE_LRU_PERCPU_HASH:
		return (size + 7) / 8 * 8 * (size_t)libbpf_num_possible_cpus();
	default:
		return size;
	}
}

static size_t entries(int fd, size_t key_size)
{
	char *key = calloc(2, key_size), *next = key + key_size, *before = NULL;
	size_t nr = 0;

	while (bpf_map_get_next_key(fd, before, next) == 0) {
		memcpy(key, next, key_size);
		before = key;
		nr++;
	}
	free(key);
	return nr;
}

static void hex(char *out, size_t room, const unsigned char *bytes, size_t size)
{
	size_t i;

	for (i = 0; i < size && 2 * i + 3 < room; i++)
		snprintf(out + 2 * i, room - 2 * i, "%02x", bytes[i]);
}

static int different(const char *name, const void *key, size_t key_size, const void *values[2],
		     size_t size)
{
	char keys[128] = "", ours[512] = "", hand[512] = "";

	hex(keys, sizeof(keys), key, key_size);
	hex(ours, sizeof(ours), values[0], size);
	hex(hand, sizeof(hand), values[1], size);
	return fail("map %s key %s: ours %s, by hand %s", name, keys, ours, hand);
}

/* Returns how many values are not zero, or -1. */
static long map_compare(const struct bpf_map *ours, const struct bpf_map *hand)
{
	size_t key_size = bpf_map__key_size(hand), size = value_room(hand);
	char *key = calloc(2, key_size), *next = key + key_size, *before = NULL;
	char *values = calloc(3, size);
	const void *both[2] = { values, values + size };
	int fds[2] = { bpf_map__fd(ours), bpf_map__fd(hand) };
	long filled = 0;

	if (bpf_map__key_size(ours) != key_size || value_room(ours) != size ||
	    bpf_map__type(ours) != bpf_map__type(hand))
		filled = fail("map %s is another one", bpf_map__name(hand));
	else if (entries(fds[0], key_size) != entries(fds[1], key_size))
		filled = fail("map %s: ours has %zu entries, by hand %zu", bpf_map__name(hand),
			      entries(fds[0], key_size), entries(fds[1], key_size));
	while (filled >= 0 && bpf_map_get_next_key(fds[1], before, next) == 0) {
		memcpy(key, next, key_size);
		before = key;
		if (bpf_map_lookup_elem(fds[1], key, values + size))
			continue;
		memset(values, 0, size);
		bpf_map_lookup_elem(fds[0], key, values);
		if (memcmp(values, values + size, size))
			filled = different(bpf_map__name(hand), key, key_size, both, size);
		else
			filled += memcmp(values, values + 2 * size, size) != 0;
	}
	free(values);
	free(key);
	return filled;
}

static int sides_compare(const struct side *ours, const struct side *hand, const char *name)
{
	long total = 0, filled, nr = 0;
	struct bpf_map *map, *other;

	bpf_object__for_each_map(map, hand->object)
	{
		if (bpf_map__is_internal(map) || !strcmp(bpf_map__name(map), TARGET) ||
		    !strcmp(bpf_map__name(map), ROOM))
			continue;
		other = bpf_object__find_map_by_name(ours->object, bpf_map__name(map));
		if (!other)
			return fail("ours has no map %s", bpf_map__name(map));
		filled = map_compare(other, map);
		if (filled < 0)
			return -1;
		if (!filled)
			return fail("map %s is empty", bpf_map__name(map));
		total += filled;
		nr++;
	}
	if (!nr)
		return fail("there is nothing to compare");
	printf("%s ok %ld %ld\n", name, nr, total);
	return 0;
}

static void pair_run(const char *folder, const char *name)
{
	struct side ours = { 0 }, hand = { 0 };
	int err;

	said[0] = '\0';
	err = side_load(&ours, folder, name, "ours");
	if (!err)
		err = side_load(&hand, folder, name, "hand");
	if (!err)
		err = side_attach(&ours, "ours");
	if (!err)
		err = side_attach(&hand, "hand");
	if (!err)
		work();
	side_detach(&ours);
	side_detach(&hand);
	if (!err)
		err = sides_compare(&ours, &hand, name);
	if (err)
		printf("%s err %s\n", name, reason);
	bpf_object__close(ours.object);
	bpf_object__close(hand.object);
}

int main(int argc, char **argv)
{
	int i;

	libbpf_set_print(hear);
	for (i = 2; i < argc; i++) {
		pair_run(argv[1], argv[i]);
		fflush(stdout);
	}
	puts("end");
	return 0;
}
