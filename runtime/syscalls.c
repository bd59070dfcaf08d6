// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Cells for system calls: the name of a number, of 64-bit programs on this machine. */
#include "run.h"

static const char *const names[] = {
#define CALL(number, name) [number] = #name,
#include "syscall_names.h"
#undef CALL
};

void b2c_put_syscall(struct b2c_row *row, long long number)
{
	const char *name = NULL;

	if (number >= 0 && (unsigned long long)number < B2C_SIZE(names))
		name = names[number];
	if (name)
		b2c_put_text(row, name);
	else
		b2c_put_unnamed(row, number);
}
