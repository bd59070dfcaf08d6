// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Standard output whose reader went away is a clean end; one that is full is an error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <string.h>
#include <unistd.h>

#include "../../runtime/run.h"

static const struct b2c_tool tool = { .name = "test" };

/* Writes lines to `fd` as standard output until it fails; what stderr got is in `message`. */
static int write_until_failure(struct b2c_run *run, int fd, char *message, size_t size)
{
	int out = dup(STDOUT_FILENO), saved = dup(STDERR_FILENO), fds[2], i, err = 0;
	ssize_t n;

	fflush(stdout);
	assert_int_equal(pipe(fds), 0);
	dup2(fds[1], STDERR_FILENO);
	dup2(fd, STDOUT_FILENO);
	for (i = 0; i < 100000 && !err; i++)
		err = b2c_write(run, "a line of text\n", 15);
	if (!err)
		err = b2c_flush(run);
	assert_int_equal(b2c_flush(run), -EPIPE); /* whatever it was, nothing more is tried */
	assert_int_equal(b2c_write(run, "x", 1), -EPIPE);
	__fpurge(stdout);
	clearerr(stdout);
	dup2(out, STDOUT_FILENO);
	dup2(saved, STDERR_FILENO);
	close(out);
	close(saved);
	close(fds[1]);
	n = read(fds[0], message, size - 1);
	message[n > 0 ? n : 0] = '\0';
	close(fds[0]);
	return err;
}

static void a_closed_pipe_is_silent(void **state)
{
	struct b2c_run run = { .tool = &tool };
	char message[256];
	int fds[2];

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe(fds), 0);
	close(fds[0]);
	assert_int_equal(write_until_failure(&run, fds[1], message, sizeof(message)), -EPIPE);
	assert_string_equal(message, "");
	assert_true(run.stdout_closed);
	close(fds[1]);
}

static void a_full_disk_is_told_once(void **state)
{
	struct b2c_run run = { .tool = &tool };
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	char message[256];

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write_until_failure(&run, fd, message, sizeof(message)), -ENOSPC);
	assert_string_equal(message,
			    "test: cannot write to standard output: No space left on device\n");
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_closed_pipe_is_silent),
		cmocka_unit_test(a_full_disk_is_told_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
