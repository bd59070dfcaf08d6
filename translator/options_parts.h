// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Options, inside: what options.c and options_rows.c share. */
#ifndef B2C_OPTIONS_PARTS_H
#define B2C_OPTIONS_PARTS_H

#include "options.h"

/* What the kernel gives a program, with all functions that it calls. */
#define STACK_BYTES 512

struct option_parse {
	struct b2c_command *command;
	bool no_manifest;
	const char *manifest;
	const char *output;
};

struct option_row {
	char letter;		/* 0: none */
	const char *name;
	const char *arg;	/* NULL: takes none; "[=A]": need not be given */
	unsigned int commands;	/* bits 1 << B2C_COMMAND_* */
	int (*take)(struct option_parse *parse, const char *arg);
	const char *help;
};

#define NR_OPTION_ROWS 21
extern const struct option_row option_rows[NR_OPTION_ROWS];

/* Keeps the message; returns -EINVAL. */
int options_fail(struct b2c_command *command, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
