// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The command of --exec. Its process is there before the load, so that filters can have
 * its number, and waits at a pipe; when all is attached a byte lets it call exec. If the
 * tool goes before that, the pipe's end ends it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run.h"

#define PATIENCE_MS 2000 /* for a command that is asked to end */
#define STATUS_NOT_RUN 127

/* ---- in the command's process ---- */

static int become_caller(void)
{
	const char *user = getenv("SUDO_UID"), *group = getenv("SUDO_GID");
	gid_t gid = group ? (gid_t)strtoul(group, NULL, 10) : 0;

	if (!user || !group)
		return -ENOENT;
	if (setgroups(1, &gid) || setgid(gid) || setuid((uid_t)strtoul(user, NULL, 10)))
		return -errno;
	return 0;
}

static void run_command(const struct b2c_run *run, int gate, int failure)
{
	char *const *command = run->settings.command;
	ssize_t n;
	char go;
	int err;

	do
		n = read(gate, &go, 1);
	while (n < 0 && errno == EINTR);
	if (n != 1)
		_exit(STATUS_NOT_RUN);
	signal(SIGPIPE, SIG_DFL);
	if (run->settings.ready_fd >= 0)
		fcntl(run->settings.ready_fd, F_SETFD, FD_CLOEXEC);
	err = run->settings.sudo_user ? become_caller() : 0;
	if (!err) {
		execvp(command[0], command);
		err = -errno;
	}
	n = write(failure, &err, sizeof(err));
	_exit(n == sizeof(err) ? STATUS_NOT_RUN : STATUS_NOT_RUN - 1);
}

/* ---- in the tool ---- */

static void reap(struct b2c_command *command)
{
	if (!command->ended && waitpid(command->pid, &command->status, WNOHANG) == command->pid)
		command->ended = true;
}

static int on_end(struct b2c_run *run, void *handle)
{
	(void)handle;
	reap(&run->command);
	if (run->command.ended)
		b2c_stop();
	return 0;
}

static void release_handle(void *handle)
{
	close((int)(intptr_t)handle);
}

static int watch_end(struct b2c_run *run)
{
	int fd = (int)syscall(SYS_pidfd_open, run->command.pid, 0);
	struct b2c_source source = {
		.fd = fd,
		.handle = (void *)(intptr_t)fd,
		.consume = on_end,
		.release = release_handle,
	};

	return fd < 0 ? -errno : b2c_add_source(run, &source);
}

static int fork_command(struct b2c_run *run)
{
	struct b2c_command *command = &run->command;
	int gate[2], failure[2];

	if (pipe2(gate, O_CLOEXEC))
		return -errno;
	if (pipe2(failure, O_CLOEXEC)) {
		close(gate[0]);
		close(gate[1]);
		return -errno;
	}
	command->pid = fork();
	if (command->pid == 0) {
		close(gate[1]);
		run_command(run, gate[0], failure[1]);
	}
	close(gate[0]);
	close(failure[1]);
	command->gate = gate[1];
	command->failure = failure[0];
	return command->pid < 0 ? -errno : 0;
}

static int start(struct b2c_run *run)
{
	uint32_t *pid = run->tool->exec_pid;
	int err;

	if (pid && *pid) {
		b2c_error(run, "option '--exec' chooses the process itself: give no other");
		return -EINVAL;
	}
	err = fork_command(run);
	if (!err)
		err = watch_end(run);
	if (err)
		b2c_error(run, "cannot make a process for '%s': %s", run->settings.command[0],
			  b2c_strerror(err));
	else if (pid)
		*pid = (uint32_t)run->command.pid;
	if (run->command.pid < 0)
		run->command.pid = 0;
	return err;
}

static int release(struct b2c_run *run)
{
	struct b2c_command *command = &run->command;
	int err = 0;

	if (write(command->gate, "", 1) != 1)
		err = -errno;
	/* the pipe ends without a word when the process becomes the command */
	else if (read(command->failure, &err, sizeof(err)) < 0)
		err = -errno;
	if (err == -ENOENT && run->settings.sudo_user && !getenv("SUDO_UID"))
		b2c_error(run, "option '--sudo-user': the tool was not called by sudo");
	else if (err)
		b2c_error(run, "cannot run '%s': %s", run->settings.command[0], strerror(-err));
	return err;
}

static void wait_ms(struct b2c_command *command, int ms)
{
	for (; ms > 0 && !command->ended; ms -= 10) {
		poll(NULL, 0, 10);
		reap(command);
	}
}

/* As a shell has it; what is not 0 is said too. */
static int status_of(const struct b2c_run *run)
{
	const struct b2c_command *command = &run->command;
	const char *name = run->settings.command[0];

	if (WIFSIGNALED(command->status)) {
		b2c_error(run, "'%s' was killed by signal %d", name, WTERMSIG(command->status));
		return 128 + WTERMSIG(command->status);
	}
	if (WEXITSTATUS(command->status))
		b2c_error(run, "'%s' ended with status %d", name, WEXITSTATUS(command->status));
	return WEXITSTATUS(command->status);
}

static int finish(struct b2c_run *run, int status)
{
	struct b2c_command *command = &run->command;
	bool ended = command->ended;

	if (!command->pid)
		return status;
	close(command->gate);
	close(command->failure);
	if (!ended)
		kill(command->pid, SIGTERM);
	wait_ms(command, PATIENCE_MS);
	if (!command->ended)
		b2c_error(run, "'%s' goes on as process %d", run->settings.command[0],
			  (int)command->pid);
	return status || !ended ? status : status_of(run);
}

const struct b2c_exec b2c_exec_command = { .start = start, .release = release, .finish = finish };
