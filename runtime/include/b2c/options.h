// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Options of a tool's command line. Each row names the variable that takes the
 * value; what stands in it before b2c_start() is the default that --help shows.
 */
#ifndef B2C_OPTIONS_H
#define B2C_OPTIONS_H

#include <stddef.h>
#include <stdint.h>

/* type of an option, and of the variable that takes its value */
enum b2c_option_type {
	B2C_OPTION_FLAG,   /* bool, no argument */
	B2C_OPTION_S32,	   /* int32_t */
	B2C_OPTION_U32,	   /* uint32_t */
	B2C_OPTION_S64,	   /* int64_t */
	B2C_OPTION_U64,	   /* uint64_t */
	B2C_OPTION_STRING, /* char[size]; longer arguments are refused */
	B2C_OPTION_PID,	   /* 32 bits; from 1 up, 0 as default means every process */
	B2C_OPTION_PORT,   /* int32_t: -1 without a value, else the port; --prometheus alone */
	B2C_OPTION_WORDS,  /* struct b2c_words; each use adds one */
	B2C_OPTION_VALUE,  /* what `read` makes of it */
};

struct b2c_words {
	const char **words; /* of the command line; the array is the owner's to free */
	size_t nr;
};

struct b2c_option;
struct b2c_run;

/*
 * Reads an argument into the option's value. Returns 0, or -EINVAL when it is none; then
 * the message says what is wanted. What says more itself returns another error.
 */
struct b2c_option_read {
	int (*read)(const struct b2c_run *run, const struct b2c_option *option, const char *text);
	const char *wanted;   /* "a port from 0 to 65535" */
	const char *argument; /* "PORT", for --help */
};

/* What a b2c_read_path() finds out about the path beside keeping it: as the kernel has them. */
struct b2c_path {
	uint32_t *dev; /* of the file system that it is in */
	uint32_t *rdev; /* of the device that it is; else 0 */
	uint64_t *ino;
};

/* What an option of type B2C_OPTION_U32 sets beside its variable; 0 leaves that as it is. */
enum b2c_option_sets {
	B2C_SETS_NOTHING,
	B2C_SETS_INTERVAL, /* seconds between two prints of maps */
	B2C_SETS_COUNT,	   /* intervals after which the tool ends */
	B2C_SETS_DURATION, /* seconds after which it ends */
};

struct b2c_option {
	const char *name; /* without the dashes */
	char letter;	  /* 0: long form only; takes precedence over the built-in h, v, V */
	enum b2c_option_type type;
	void *value;
	size_t size; /* of a string's array or a list's element; else 0 */
	const char *help;
	const char *argument; /* what --help calls the value; NULL: by the type */

	const struct b2c_option_read *read; /* B2C_OPTION_VALUE */
	const char *initial; /* the default as on the command line; NULL: what stands in `value` */
	uint32_t *nr;	     /* lists, "80,443", also given twice: how many there are */
	uint32_t room;	     /* and may be */
	const char *const *choices; /* b2c_read_choice: NULL at the end */
	struct b2c_path path;	    /* b2c_read_path */
	enum b2c_option_sets sets;
};

/* ---- option_types.c and its siblings: what `read` of B2C_OPTION_VALUE may be ---- */

extern const struct b2c_option_read b2c_read_port;     /* uint16_t, host byte order */
extern const struct b2c_option_read b2c_read_ip4;      /* uint32_t, network byte order */
extern const struct b2c_option_read b2c_read_ip6;      /* 16 bytes, network byte order */
extern const struct b2c_option_read b2c_read_net4;     /* uint32_t bits, then as ip4 */
extern const struct b2c_option_read b2c_read_net6;     /* uint32_t bits, then as ip6 */
extern const struct b2c_option_read b2c_read_comm;     /* char[16] */
extern const struct b2c_option_read b2c_read_signal;   /* uint32_t: "TERM", "SIGTERM", "15" */
extern const struct b2c_option_read b2c_read_user;     /* uint32_t: name or number */
extern const struct b2c_option_read b2c_read_duration; /* uint64_t ns: "10ms"; seconds alone */
extern const struct b2c_option_read b2c_read_bytes;    /* uint64_t: "4k" is 4096 */
extern const struct b2c_option_read b2c_read_float;    /* double */
extern const struct b2c_option_read b2c_read_choice;   /* uint32_t: index in `choices` */
extern const struct b2c_option_read b2c_read_path;     /* char[size], and `path` */
extern const struct b2c_option_read b2c_read_cgroup;   /* uint64_t id, uint32_t level; see below */
extern const struct b2c_option_read b2c_read_namespace; /* uint64_t: inode of "/proc/1/ns/mnt" */

/*
 * A cgroup (version 2) by its folder, whose level counts from 0 at the root, or by its id,
 * whose level is B2C_NO_LEVEL.
 */
#define B2C_NO_LEVEL UINT32_MAX

#endif
