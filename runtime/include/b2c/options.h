// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Options of a tool's command line. Each row names the variable that takes the
 * value; what stands in it before b2c_start() is the default that --help shows.
 */
#ifndef B2C_OPTIONS_H
#define B2C_OPTIONS_H

#include <stddef.h>

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
};

struct b2c_words {
	const char **words; /* of the command line; the array is the owner's to free */
	size_t nr;
};

struct b2c_option {
	const char *name; /* without the dashes */
	char letter;	  /* 0: long form only; takes precedence over the built-in h, v, V */
	enum b2c_option_type type;
	void *value;
	size_t size; /* of a string's array; else 0 */
	const char *help;
	const char *argument; /* what --help calls the value; NULL: by the type */
};

#endif
