// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Cells for numbers that have names: errors and signals. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "run.h"

/* Errors that only the kernel's inside knows, and that probes do see. */
static const struct {
	int number;
	const char *name;
} kernel_errors[] = {
	{ 512, "ERESTARTSYS" },
	{ 513, "ERESTARTNOINTR" },
	{ 514, "ERESTARTNOHAND" },
	{ 515, "ENOIOCTLCMD" },
	{ 516, "ERESTART_RESTARTBLOCK" },
	{ 517, "EPROBE_DEFER" },
	{ 518, "EOPENSTALE" },
	{ 519, "ENOPARAM" },
	{ 521, "EBADHANDLE" },
	{ 522, "ENOTSYNC" },
	{ 523, "EBADCOOKIE" },
	{ 524, "ENOTSUPP" },
	{ 525, "ETOOSMALL" },
	{ 526, "ESERVERFAULT" },
	{ 527, "EBADTYPE" },
	{ 528, "EJUKEBOX" },
	{ 529, "EIOCBQUEUED" },
	{ 530, "ERECALLCONFLICT" },
};

static const char *error_name(long long error)
{
	size_t i;

	if (error < 0)
		error = -error;
	if (error <= 0 || error > 4095)
		return NULL;
	for (i = 0; i < B2C_SIZE(kernel_errors); i++)
		if (kernel_errors[i].number == error)
			return kernel_errors[i].name;
	return strerrorname_np((int)error);
}

void b2c_put_errno(struct b2c_row *row, long long error)
{
	const char *name = error_name(error);

	if (name)
		b2c_put_text(row, name);
	else
		b2c_put_unnamed(row, error);
}

void b2c_put_signal(struct b2c_row *row, int signal)
{
	const char *name = signal > 0 && signal < 32 ? sigabbrev_np(signal) : NULL;
	char text[32];

	if (name)
		snprintf(text, sizeof(text), "SIG%s", name);
	if (name)
		b2c_put_text(row, text);
	else
		b2c_put_unnamed(row, signal);
}
