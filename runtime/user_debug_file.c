// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Where the symbols of a stripped file are: in a file beside it that has the same build
 * id or the checksum of its debug link, or compressed in a section of its own.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <linux/limits.h>
#include <lzma.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "user_file.h"

#define MAX_SMALL 4096		       /* notes and links */
#define MAX_PACKED (16u << 20)	       /* of .gnu_debugdata */
#define MAX_IMAGE (64u << 20)	       /* of it unpacked */
#define MAX_UNPACKER (128u << 20)      /* memory of the unpacker */
#define MAX_DEBUG_FILE (1ull << 31)    /* read for its checksum */
#define MAX_BUILD_ID 64

/* ---- sections ---- */

Elf_Data *b2c_elf_section(Elf *elf, const char *name, size_t most)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	const char *found;
	size_t names;

	if (elf_getshdrstrndx(elf, &names))
		return NULL;
	while ((section = elf_nextscn(elf, section))) {
		if (!gelf_getshdr(section, &header) || header.sh_type == SHT_NOBITS ||
		    header.sh_size > most)
			continue;
		found = elf_strptr(elf, names, header.sh_name);
		if (found && !strcmp(found, name))
			return elf_getdata(section, NULL);
	}
	return NULL;
}

/* Copies the build id; returns its length, 0 without one. */
static size_t build_id(Elf *elf, unsigned char *ret_id)
{
	Elf_Data *data = b2c_elf_section(elf, ".note.gnu.build-id", MAX_SMALL);
	size_t at = 0, name_at, id_at;
	GElf_Nhdr note;

	while (data && data->d_buf && (at = gelf_getnote(data, at, &note, &name_at, &id_at)) > 0) {
		if (note.n_type != NT_GNU_BUILD_ID || note.n_namesz != sizeof("GNU") ||
		    memcmp((char *)data->d_buf + name_at, "GNU", sizeof("GNU")) ||
		    note.n_descsz < 2 || note.n_descsz > MAX_BUILD_ID)
			continue;
		memcpy(ret_id, (char *)data->d_buf + id_at, note.n_descsz);
		return note.n_descsz;
	}
	return 0;
}

/* ---- separate files ---- */

/* A process may have put a pipe where a file is looked for. */
static int open_plain(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat found;

	if (fd < 0)
		return -ENOENT;
	if (!fstat(fd, &found) && S_ISREG(found.st_mode))
		return fd;
	close(fd);
	return -ENOENT;
}

static bool has_build_id(int fd, const unsigned char *id, size_t size)
{
	Elf *elf = elf_begin(fd, ELF_C_READ, NULL);
	unsigned char found[MAX_BUILD_ID];
	bool same = elf && build_id(elf, found) == size && !memcmp(found, id, size);

	elf_end(elf);
	return same;
}

static int by_build_id(const char *root, const unsigned char *id, size_t size)
{
	char path[PATH_MAX];
	size_t i;
	int n, fd;

	n = snprintf(path, sizeof(path), "%s/usr/lib/debug/.build-id/%02x/", root, id[0]);
	for (i = 1; i < size; i++)
		n += snprintf(path + n, sizeof(path) - (size_t)n, "%02x", id[i]);
	snprintf(path + n, sizeof(path) - (size_t)n, ".debug");
	fd = open_plain(path);
	if (fd >= 0 && !has_build_id(fd, id, size)) {
		close(fd);
		fd = -ENOENT;
	}
	return fd;
}

static bool has_checksum(int fd, uint32_t wanted)
{
	unsigned char part[65536];
	uLong sum = crc32(0, NULL, 0);
	unsigned long long nr_read = 0;
	ssize_t n;

	while ((n = pread(fd, part, sizeof(part), (off_t)nr_read)) > 0 &&
	       nr_read < MAX_DEBUG_FILE) {
		sum = crc32(sum, part, (uInt)n);
		nr_read += (unsigned long long)n;
	}
	return !n && (uint32_t)sum == wanted;
}

/* "FILE\0", padded to four bytes, and the checksum. Returns false without a sensible one. */
static bool read_link(Elf *elf, const char **ret_name, uint32_t *ret_sum)
{
	Elf_Data *data = b2c_elf_section(elf, ".gnu_debuglink", MAX_SMALL);
	const char *ident = elf_getident(elf, NULL);
	const unsigned char *sum;
	size_t length, at;

	if (!data || !data->d_buf || !ident)
		return false;
	length = strnlen(data->d_buf, data->d_size);
	at = (length + 4) & ~(size_t)3;
	if (!length || at + 4 > data->d_size || memchr(data->d_buf, '/', length))
		return false;
	sum = (unsigned char *)data->d_buf + at;
	*ret_name = data->d_buf;
	*ret_sum = ident[EI_DATA] == ELFDATA2MSB
			   ? (uint32_t)sum[0] << 24 | sum[1] << 16 | sum[2] << 8 | sum[3]
			   : (uint32_t)sum[3] << 24 | sum[2] << 16 | sum[1] << 8 | sum[0];
	return true;
}

static int by_link(const char *root, const char *path, const char *name, uint32_t sum)
{
	static const char *const forms[] = { "%s%.*s/%s", "%s%.*s/.debug/%s",
					     "%s/usr/lib/debug%.*s/%s" };
	const char *slash = strrchr(path, '/');
	char candidate[PATH_MAX];
	size_t i;
	int fd;

	for (i = 0; slash && i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (snprintf(candidate, sizeof(candidate), forms[i], root, (int)(slash - path),
			     path, name) >= (int)sizeof(candidate))
			continue;
		fd = open_plain(candidate);
		if (fd >= 0 && has_checksum(fd, sum))
			return fd;
		if (fd >= 0)
			close(fd);
	}
	return -ENOENT;
}

int b2c_debug_file_open(Elf *elf, const struct b2c_file_place *place)
{
	const char *const roots[] = { place->root, "" };
	size_t i, nr = *place->root ? 2 : 1, id_size;
	unsigned char id[MAX_BUILD_ID];
	const char *name;
	uint32_t sum;
	int fd = -ENOENT;

	id_size = build_id(elf, id);
	for (i = 0; i < nr && id_size && fd < 0; i++)
		fd = by_build_id(roots[i], id, id_size);
	if (fd >= 0 || !read_link(elf, &name, &sum))
		return fd;
	for (i = 0; i < nr && fd < 0; i++)
		fd = by_link(roots[i], place->path, name, sum);
	return fd;
}

/* ---- compressed symbols ---- */

/* Unpacks until the end, the first mistake, or more than there may be. */
static int unpack(lzma_stream *stream, char **image, size_t *size)
{
	size_t room = 1u << 20;
	lzma_ret result = LZMA_OK;
	char *larger;

	*image = NULL;
	while (result == LZMA_OK) {
		if (stream->total_out + 1 > MAX_IMAGE)
			return -E2BIG;
		if (!*image || stream->total_out == room) {
			room = *image ? 2 * room : room;
			larger = realloc(*image, room);
			if (!larger)
				return -ENOMEM;
			*image = larger;
		}
		stream->next_out = (uint8_t *)*image + stream->total_out;
		stream->avail_out = room - stream->total_out;
		result = lzma_code(stream, LZMA_FINISH);
	}
	*size = stream->total_out;
	return result == LZMA_STREAM_END ? 0 : -EINVAL;
}

int b2c_debug_data(Elf *elf, char **ret_image, size_t *ret_size)
{
	Elf_Data *data = b2c_elf_section(elf, ".gnu_debugdata", MAX_PACKED);
	lzma_stream stream = LZMA_STREAM_INIT;
	int err;

	if (!data || !data->d_buf)
		return -ENOENT;
	if (lzma_stream_decoder(&stream, MAX_UNPACKER, 0) != LZMA_OK)
		return -ENOMEM;
	stream.next_in = data->d_buf;
	stream.avail_in = data->d_size;
	err = unpack(&stream, ret_image, ret_size);
	lzma_end(&stream);
	if (err) {
		free(*ret_image);
		*ret_image = NULL;
	}
	return err;
}
