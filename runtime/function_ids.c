// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Reads BTF in pieces; function_ids.h says why. Names are looked for among the strings, then
 * functions with these names among the types, whose numbers are their order.
 */
#define _GNU_SOURCE
#include "function_ids.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/btf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <b2c/b2c.h>

#define BUFFER_SIZE (64 * 1024)
#define NR_LENGTHS 64

/* Where the BTF is: a file, or the same in memory. */
struct btf_file {
	int fd;
	const char *map; /* NULL: to be read */
	size_t size;
	struct btf_header header;
};

/* A part of the file, read in order. */
struct reader {
	int fd;
	char *buffer;
	const char *data;  /* the buffer, or what is mapped */
	size_t begin, end; /* of what is there and nobody took */
	off_t at;	   /* in the file, of what the buffer lacks */
	off_t last;	   /* where the part ends */
};

static int reader_open(struct reader *reader, const struct btf_file *file, size_t at, size_t size)
{
	at += file->header.hdr_len;
	*reader = (struct reader){ .fd = file->fd, .at = (off_t)at, .last = (off_t)(at + size) };
	if (file->map) {
		if (at > file->size || size > file->size - at)
			return -EINVAL;
		reader->at = reader->last;
		reader->data = file->map + at;
		reader->end = size;
		return 0;
	}
	reader->data = reader->buffer = malloc(BUFFER_SIZE);
	return reader->buffer ? 0 : -ENOMEM;
}

/* Has more of the part in the buffer, behind what is left there. False at its end. */
static bool reader_fill(struct reader *reader)
{
	size_t left = reader->end - reader->begin, room = BUFFER_SIZE - left;
	ssize_t nr;

	if (reader->at == reader->last)
		return false;
	memmove(reader->buffer, reader->buffer + reader->begin, left);
	reader->begin = 0;
	reader->end = left;
	if (reader->last - reader->at < (off_t)room)
		room = (size_t)(reader->last - reader->at);
	nr = room ? pread(reader->fd, reader->buffer + left, room, reader->at) : 0;
	if (nr <= 0)
		return false;
	reader->end += (size_t)nr;
	reader->at += nr;
	return true;
}

/* `size` bytes that follow, at most a buffer, or NULL. */
static const void *reader_take(struct reader *reader, size_t size)
{
	const void *data;

	while (reader->end - reader->begin < size)
		if (!reader_fill(reader))
			return NULL;
	data = reader->data + reader->begin;
	reader->begin += size;
	return data;
}

static bool reader_skip(struct reader *reader, size_t size)
{
	size_t n;

	for (; size; size -= n) {
		n = reader->end - reader->begin;
		if (!n && !reader_fill(reader))
			return false;
		n = reader->end - reader->begin < size ? reader->end - reader->begin : size;
		reader->begin += n;
	}
	return true;
}

/* ---- strings ---- */

static void match_string(struct b2c_function_id *functions, size_t nr, const char *string,
			 size_t length, uint32_t offset)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (!strncmp(functions[i].name, string, length) && !functions[i].name[length])
			functions[i].name_offset = offset;
}

static void find_names(struct reader *reader, struct b2c_function_id *functions, size_t nr)
{
	bool wanted[NR_LENGTHS] = { false };
	const char *string, *end;
	uint32_t offset = 0;
	size_t i, length;

	for (i = 0; i < nr; i++)
		wanted[strlen(functions[i].name) % NR_LENGTHS] = true;
	for (;;) {
		string = reader->data + reader->begin;
		end = memchr(string, '\0', reader->end - reader->begin);
		if (!end) {
			if (!reader_fill(reader))
				return;
			continue;
		}
		length = (size_t)(end - string);
		if (wanted[length % NR_LENGTHS])
			match_string(functions, nr, string, length, offset);
		reader->begin += length + 1;
		offset += (uint32_t)length + 1;
	}
}

/* ---- types ---- */

/* What follows a type of each kind: so many bytes, and for each of its parts so many. */
static const struct {
	bool known;
	unsigned char fixed, each;
} kinds[] = {
	[BTF_KIND_INT] = { true, sizeof(uint32_t), 0 },
	[BTF_KIND_PTR] = { true, 0, 0 },
	[BTF_KIND_ARRAY] = { true, sizeof(struct btf_array), 0 },
	[BTF_KIND_STRUCT] = { true, 0, sizeof(struct btf_member) },
	[BTF_KIND_UNION] = { true, 0, sizeof(struct btf_member) },
	[BTF_KIND_ENUM] = { true, 0, sizeof(struct btf_enum) },
	[BTF_KIND_FWD] = { true, 0, 0 },
	[BTF_KIND_TYPEDEF] = { true, 0, 0 },
	[BTF_KIND_VOLATILE] = { true, 0, 0 },
	[BTF_KIND_CONST] = { true, 0, 0 },
	[BTF_KIND_RESTRICT] = { true, 0, 0 },
	[BTF_KIND_FUNC] = { true, 0, 0 },
	[BTF_KIND_FUNC_PROTO] = { true, 0, sizeof(struct btf_param) },
	[BTF_KIND_VAR] = { true, sizeof(struct btf_var), 0 },
	[BTF_KIND_DATASEC] = { true, 0, sizeof(struct btf_var_secinfo) },
	[BTF_KIND_FLOAT] = { true, 0, 0 },
	[BTF_KIND_DECL_TAG] = { true, sizeof(struct btf_decl_tag), 0 },
	[BTF_KIND_TYPE_TAG] = { true, 0, 0 },
	[BTF_KIND_ENUM64] = { true, 0, sizeof(struct btf_enum64) },
};

/* Of two functions of one name nobody knows which is meant. */
static void match_function(struct b2c_function_id *functions, size_t nr,
			   const struct btf_type *type, uint32_t id)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		if (!functions[i].name_offset || type->name_off != functions[i].name_offset)
			continue;
		functions[i].id = functions[i].prototype ? 0 : id;
		functions[i].prototype = type->type;
	}
}

/* `ret_counts` gets the number of parameters of each prototype, by the number of its type. */
static int walk_types(struct reader *reader, struct b2c_function_id *functions, size_t nr,
		      unsigned char *ret_counts)
{
	const struct btf_type *type;
	uint32_t id;

	for (id = 1; (type = reader_take(reader, sizeof(*type))); id++) {
		unsigned int kind = BTF_INFO_KIND(type->info), parts = BTF_INFO_VLEN(type->info);

		if (kind >= B2C_SIZE(kinds) || !kinds[kind].known)
			return -EINVAL;
		if (kind == BTF_KIND_FUNC)
			match_function(functions, nr, type, id);
		if (kind == BTF_KIND_FUNC_PROTO)
			ret_counts[id] = (unsigned char)(parts < UINT8_MAX ? parts : UINT8_MAX);
		if (kind != BTF_KIND_FUNC &&
		    !reader_skip(reader, kinds[kind].fixed + (size_t)kinds[kind].each * parts))
			return -EINVAL;
	}
	return 0;
}

static int find_types(const struct btf_file *file, struct b2c_function_id *functions, size_t nr)
{
	size_t room = file->header.type_len / sizeof(struct btf_type) + 1, i;
	unsigned char *counts = calloc(room, 1);
	struct reader reader;
	int err = counts ? reader_open(&reader, file, file->header.type_off, file->header.type_len)
			 : -ENOMEM;

	if (!err) {
		err = walk_types(&reader, functions, nr, counts);
		free(reader.buffer);
	}
	for (i = 0; !err && i < nr; i++)
		if (functions[i].id && functions[i].prototype < room)
			functions[i].nr_arguments = counts[functions[i].prototype];
	free(counts);
	return err;
}

static int find(struct btf_file *file, struct b2c_function_id *functions, size_t nr)
{
	struct reader reader;
	int err;

	if (pread(file->fd, &file->header, sizeof(file->header), 0) != sizeof(file->header) ||
	    file->header.magic != BTF_MAGIC)
		return -EINVAL;
	err = reader_open(&reader, file, file->header.str_off, file->header.str_len);
	if (err)
		return err;
	find_names(&reader, functions, nr);
	free(reader.buffer);
	return find_types(file, functions, nr);
}

int b2c_function_ids(const char *path, struct b2c_function_id *functions, size_t nr)
{
	struct btf_file file = { .fd = open(path, O_RDONLY | O_CLOEXEC) };
	struct stat stat;
	void *map = MAP_FAILED;
	int err;

	if (file.fd < 0)
		return -errno;
	/* the kernel's own since Linux 6.16, and files; else it is read by pages */
	if (!fstat(file.fd, &stat) && stat.st_size > 0) {
		file.size = (size_t)stat.st_size;
		map = mmap(NULL, file.size, PROT_READ, MAP_PRIVATE, file.fd, 0);
	}
	file.map = map == MAP_FAILED ? NULL : map;
	err = find(&file, functions, nr);
	if (file.map)
		munmap(map, file.size);
	close(file.fd);
	return err;
}
