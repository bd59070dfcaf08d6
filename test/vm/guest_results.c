// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Writes the test guest's results to the result disk as a tar, each as it comes, so that a
 * guest that dies loses only what was still running. Called by guest.c, read by boot.py.
 */
#define _GNU_SOURCE
#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TAR_BLOCK 512

static int results_fd = -1;

static void write_all(const void *data, size_t size)
{
	const char *at = data;

	while (size) {
		ssize_t done = write(results_fd, at, size);

		if (done <= 0)
			give_up("result disk");
		at += done;
		size -= (size_t)done;
	}
}

/* Appends one regular file of a tar in POSIX ustar form. */
static void tar_header(const char *name, size_t size)
{
	char block[TAR_BLOCK] = { 0 };
	unsigned int sum = 0;

	snprintf(block, 100, "%s", name);
	snprintf(block + 100, 8, "%07o", 0644);
	snprintf(block + 108, 8, "%07o", 0);
	snprintf(block + 116, 8, "%07o", 0);
	snprintf(block + 124, 12, "%011zo", size);
	snprintf(block + 136, 12, "%011o", 0);
	memset(block + 148, ' ', 8);
	block[156] = '0';
	memcpy(block + 257, "ustar\00000", 8);
	for (int i = 0; i < TAR_BLOCK; i++)
		sum += (unsigned char)block[i];
	snprintf(block + 148, 8, "%06o", sum);
	write_all(block, sizeof(block));
}

static void tar_pad(size_t size)
{
	static const char zeros[TAR_BLOCK];

	write_all(zeros, (TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK);
}

void results_add(const char *name, const char *data, size_t size)
{
	tar_header(name, size);
	write_all(data, size);
	tar_pad(size);
}

void results_add_file(const char *name, const char *path)
{
	char buffer[65536];
	struct stat found;
	size_t left;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &found))
		give_up(path);
	tar_header(name, (size_t)found.st_size);
	for (left = (size_t)found.st_size; left;) {
		size_t want = left < sizeof(buffer) ? left : sizeof(buffer);
		ssize_t got = read(fd, buffer, want);

		if (got <= 0)
			give_up(path);
		write_all(buffer, (size_t)got);
		left -= (size_t)got;
	}
	tar_pad((size_t)found.st_size);
	close(fd);
}

/* The first disk is for the workloads and the second for results; never mix them up. */
static void check_serial(const char *disk, const char *want)
{
	char path[64], serial[32] = { 0 };
	int fd;

	snprintf(path, sizeof(path), "/sys/block/%s/serial", disk);
	fd = open(path, O_RDONLY);
	if (fd < 0 || read(fd, serial, sizeof(serial) - 1) < 0)
		give_up(path);
	close(fd);
	serial[strcspn(serial, "\n")] = 0;
	if (strcmp(serial, want)) {
		errno = ENXIO;
		give_up(path);
	}
}

void results_open(void)
{
	check_serial("vda", "scratch");
	check_serial("vdb", "results");
	results_fd = open("/dev/vdb", O_WRONLY | O_CLOEXEC);
	if (results_fd < 0)
		give_up("/dev/vdb");
}

void results_flush(void)
{
	if (fsync(results_fd))
		give_up("result disk");
}
