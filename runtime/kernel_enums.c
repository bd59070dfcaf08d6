// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Enums of the kernel as a file of raw BTF has them: the string section is
 * searched for the name, the type section for the enum; see kernel_enums.h.
 */
#define _GNU_SOURCE
#include "kernel_enums.h"

#include <bpf/btf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"

#define NAME_SIZE 256

/* A section of the file, read from `at` on. */
struct section {
	int fd;
	off_t start, at, end;
	size_t from, to; /* what is left in `buffer` */
	uint8_t buffer[16384];
};

static void section_seek(struct section *section, off_t at)
{
	section->at = at;
	section->from = section->to = 0;
}

/* The next `n` bytes, at most a buffer's, valid until the next call; NULL: there are less. */
static const void *section_next(struct section *section, size_t n)
{
	size_t left = section->to - section->from, room;
	const void *data;
	ssize_t got;

	if (left < n) {
		memmove(section->buffer, section->buffer + section->from, left);
		room = sizeof(section->buffer) - left;
		if ((off_t)room > section->end - section->at)
			room = (size_t)(section->end - section->at);
		got = pread(section->fd, section->buffer + left, room, section->at);
		section->at += got > 0 ? got : 0;
		section->from = 0;
		section->to = left + (got > 0 ? (size_t)got : 0);
	}
	if (section->to - section->from < n)
		return NULL;
	data = section->buffer + section->from;
	section->from += n;
	return data;
}

/* Where the next byte of section_next() is in the file. */
static off_t section_place(const struct section *section)
{
	return section->at - (off_t)(section->to - section->from);
}

static int open_sections(int fd, struct section *types, struct section *strings)
{
	struct btf_header header;

	if (pread(fd, &header, sizeof(header), 0) != (ssize_t)sizeof(header) ||
	    header.magic != BTF_MAGIC)
		return -EINVAL;
	types->fd = strings->fd = fd;
	types->start = (off_t)header.hdr_len + header.type_off;
	types->end = types->start + header.type_len;
	strings->start = (off_t)header.hdr_len + header.str_off;
	strings->end = strings->start + header.str_len;
	section_seek(types, types->start);
	section_seek(strings, strings->start);
	return 0;
}

/* Offset of a string, which BTF has once; 0 if it has not. */
static uint32_t find_string(struct section *strings, const char *wanted)
{
	size_t n = strlen(wanted) + 1, matched = 0;
	off_t start = strings->start;
	const char *c;
	bool differs = false;

	while ((c = section_next(strings, 1))) {
		differs |= matched >= n || *c != wanted[matched];
		matched++;
		if (*c)
			continue;
		if (!differs)
			return (uint32_t)(start - strings->start);
		start = section_place(strings);
		matched = 0;
		differs = false;
	}
	return 0;
}

/* Bytes of each member, and of what follows a type besides; false: an unknown kind. */
static bool member_sizes(const struct btf_type *type, size_t *ret_member, size_t *ret_rest)
{
	static const struct {
		uint8_t member, rest;
		bool known;
	} kinds[] = {
		[BTF_KIND_INT] = { 0, 4, true },	 [BTF_KIND_PTR] = { 0, 0, true },
		[BTF_KIND_ARRAY] = { 0, 12, true },	 [BTF_KIND_STRUCT] = { 12, 0, true },
		[BTF_KIND_UNION] = { 12, 0, true },	 [BTF_KIND_ENUM] = { 8, 0, true },
		[BTF_KIND_FWD] = { 0, 0, true },	 [BTF_KIND_TYPEDEF] = { 0, 0, true },
		[BTF_KIND_VOLATILE] = { 0, 0, true },	 [BTF_KIND_CONST] = { 0, 0, true },
		[BTF_KIND_RESTRICT] = { 0, 0, true },	 [BTF_KIND_FUNC] = { 0, 0, true },
		[BTF_KIND_FUNC_PROTO] = { 8, 0, true },	 [BTF_KIND_VAR] = { 0, 4, true },
		[BTF_KIND_DATASEC] = { 12, 0, true },	 [BTF_KIND_FLOAT] = { 0, 0, true },
		[BTF_KIND_DECL_TAG] = { 0, 4, true },	 [BTF_KIND_TYPE_TAG] = { 0, 0, true },
		[BTF_KIND_ENUM64] = { 12, 0, true },
	};
	unsigned int kind = btf_kind(type);

	if (kind >= B2C_SIZE(kinds) || !kinds[kind].known)
		return false;
	*ret_member = kinds[kind].member;
	*ret_rest = kinds[kind].rest;
	return true;
}

/*
 * Place of the enum with that name, else of the first with such an enumerator: many enums of
 * the kernel have no tag. Returns 0 or -errno.
 */
static int find_enum(struct section *types, uint32_t name, off_t *ret_place)
{
	const struct btf_type *next;
	size_t i, member, rest;
	const uint32_t *words;
	struct btf_type type;
	off_t place;

	*ret_place = 0;
	for (place = types->start; (next = section_next(types, sizeof(type)));
	     place = section_place(types)) {
		type = *next;
		if (!member_sizes(&type, &member, &rest))
			return -EINVAL;
		if (btf_is_any_enum(&type) && type.name_off == name) {
			*ret_place = place;
			return 0;
		}
		for (i = 0; member && i < btf_vlen(&type); i++) {
			words = section_next(types, member);
			if (!words)
				return -EINVAL;
			if (!*ret_place && btf_is_any_enum(&type) && *words == name)
				*ret_place = place;
		}
		if (rest && !section_next(types, rest))
			return -EINVAL;
	}
	return *ret_place ? 0 : -ENOENT;
}

/* The enumerator as the column has it, without the text that all begin with. */
static char *short_name(const struct b2c_column *column, const char *name)
{
	size_t n = column->prefix ? strlen(column->prefix) : 0;

	if (n && !strncmp(name, column->prefix, n) && name[n])
		name += n;
	return strdup(name);
}

static uint64_t value_of(const struct btf_type *type, const uint32_t *words)
{
	if (btf_is_enum64(type))
		return (uint64_t)words[2] << 32 | words[1];
	return btf_kflag(type) ? (uint64_t)(int64_t)(int32_t)words[1] : words[1];
}

static int read_names(struct section *types, const struct section *strings,
		      const struct b2c_column *column, struct b2c_name *names, size_t *ret_nr)
{
	const struct btf_type type = *(const struct btf_type *)section_next(types, sizeof(type));
	size_t i, size = btf_is_enum64(&type) ? 12 : 8;
	const uint32_t *words;
	char name[NAME_SIZE];
	ssize_t n;

	for (i = 0; i < btf_vlen(&type); i++) {
		words = section_next(types, size);
		n = words ? pread(strings->fd, name, sizeof(name) - 1, strings->start + words[0])
			  : -1;
		if (n < 0)
			return -EINVAL;
		name[n] = '\0';
		names[i].number = value_of(&type, words);
		names[i].name = short_name(column, name);
		if (!names[i].name)
			return -ENOMEM;
		*ret_nr = i + 1;
	}
	return 0;
}

static int read_enum(struct section *types, struct section *strings,
		     const struct b2c_column *column, struct b2c_name **ret_names, size_t *ret_nr)
{
	uint32_t name = find_string(strings, column->kernel_enum);
	const struct btf_type *type;
	off_t place = 0;
	int err = name ? find_enum(types, name, &place) : -ENOENT;

	if (err)
		return err;
	section_seek(types, place);
	type = section_next(types, sizeof(*type));
	*ret_names = type ? calloc(btf_vlen(type) + 1, sizeof(**ret_names)) : NULL;
	if (!*ret_names)
		return type ? -ENOMEM : -EINVAL;
	section_seek(types, place);
	err = read_names(types, strings, column, *ret_names, ret_nr);
	if (err) {
		b2c_enum_free(*ret_names, *ret_nr);
		*ret_names = NULL;
		*ret_nr = 0;
	}
	return err;
}

int b2c_enum_read(int fd, const struct b2c_column *column, struct b2c_name **ret_names,
		  size_t *ret_nr)
{
	struct section *types = calloc(2, sizeof(*types));
	int err;

	*ret_names = NULL;
	*ret_nr = 0;
	if (!types)
		return -ENOMEM;
	err = open_sections(fd, &types[0], &types[1]);
	if (!err)
		err = read_enum(&types[0], &types[1], column, ret_names, ret_nr);
	free(types);
	return err;
}

void b2c_enum_free(struct b2c_name *names, size_t nr)
{
	while (nr)
		free((char *)names[--nr].name);
	free(names);
}
