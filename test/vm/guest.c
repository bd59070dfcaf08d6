// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * /init of the test guest: sets the machine up, runs the job list that run.py wrote and
 * writes the results. Starts no shell, because processes start slowly under emulation. With
 * `b2c.shell` on the kernel's command line it starts one instead of the jobs.
 */
#define _GNU_SOURCE
#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#define READY_FD 3
#define GATE_FD 3
#define RESULTS "/run"

enum ready { READY_UNUSED, READY_YES, READY_CLOSED, READY_TIMEOUT, READY_GARBLED };

struct child {
	pid_t pid;
	int pidfd;
	int status; /* exit status, or minus the signal that ended it */
	bool ended;
	bool killed; /* by us, for running too long */
	struct rusage usage;
	long started;
	long lasted;
};

/* Processes. */

/* Makes `path` the standard streams that a test looks at. */
static void redirect(const char *path, bool out, bool err)
{
	int null = open("/dev/null", O_RDONLY);
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0644);

	if (null < 0 || fd < 0)
		_exit(126);
	dup2(null, 0);
	if (out)
		dup2(fd, 1);
	if (err)
		dup2(fd, 2);
	close(null);
	close(fd);
}

/* The capabilities, for a program too that this process becomes. */
static int take_caps(unsigned long long caps)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; i++)
		data[i].permitted = data[i].effective = data[i].inheritable =
			(__u32)(caps >> 32 * i);
	if (syscall(SYS_capset, &header, data))
		return -1;
	for (int cap = 0; cap < 64; cap++)
		if (caps >> cap & 1 && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, cap, 0, 0))
			return -1;
	return 0;
}

static void become(const struct job *job)
{
	if (job->hide_btf &&
	    (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	     mount("tmpfs", "/sys/kernel/btf", "tmpfs", 0, NULL))) {
		say("cannot hide BTF: %s", strerror(errno));
		_exit(126);
	}
	if (job->uid && (setgroups(0, NULL) || prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) ||
			 setgid((gid_t)job->uid) || setuid((uid_t)job->uid) ||
			 take_caps(job->caps))) {
		say("cannot become user %d: %s", job->uid, strerror(errno));
		_exit(126);
	}
}

static void child_exec(const struct command *command, int inherited, int as)
{
	if (inherited >= 0) {
		if (inherited == as)
			fcntl(as, F_SETFD, 0);
		else
			dup2(inherited, as);
	}
	setsid();
	execv(command->argv[0], command->argv);
	fprintf(stderr, "b2c-guest: %s: %s\n", command->argv[0], strerror(errno));
	_exit(127);
}

static void child_started(struct child *child)
{
	if (child->pid < 0)
		give_up("fork");
	child->started = now_ms();
	child->pidfd = (int)syscall(SYS_pidfd_open, child->pid, 0);
	if (child->pidfd < 0)
		give_up("pidfd_open");
	fcntl(child->pidfd, F_SETFD, FD_CLOEXEC);
}

static void start_tool(const struct job *job, int ready, struct child *tool)
{
	tool->pid = fork();
	if (!tool->pid) {
		redirect(RESULTS "/stdout", true, false);
		redirect(RESULTS "/stderr", false, true);
		become(job);
		child_exec(&job->tool, ready, READY_FD);
	}
	child_started(tool);
}

/* fork(2) of a process with number `pid`, which must be free; 0: any. */
static pid_t fork_as(pid_t pid)
{
	struct clone_args args = {
		.exit_signal = SIGCHLD,
		.set_tid = (__u64)(uintptr_t)&pid,
		.set_tid_size = 1,
	};

	return pid ? (pid_t)syscall(SYS_clone3, &args, sizeof(args)) : fork();
}

static void start_work(const struct command *command, int gate, pid_t pid, struct child *work)
{
	work->pid = fork_as(pid);
	if (!work->pid) {
		redirect(RESULTS "/work", true, true);
		child_exec(command, gate, GATE_FD);
	}
	child_started(work);
}

/* Waits up to `ms` for the end of a child; true when it has ended, now or before. */
static bool child_wait(struct child *child, int ms)
{
	struct pollfd poll_end = { .fd = child->pidfd, .events = POLLIN };
	int status;

	if (child->ended)
		return true;
	if (poll(&poll_end, 1, ms) <= 0)
		return false;
	if (wait4(child->pid, &status, 0, &child->usage) != child->pid)
		give_up("wait4");
	child->lasted = now_ms() - child->started;
	child->status = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
	child->ended = true;
	close(child->pidfd);
	return true;
}

/* As child_wait, and then ends it with its whole session's group. */
static void child_wait_or_kill(struct child *child, int ms)
{
	if (child_wait(child, ms))
		return;
	child->killed = true;
	kill(-child->pid, SIGKILL);
	kill(child->pid, SIGKILL);
	if (!child_wait(child, 20000))
		give_up("a killed process does not end");
}

static enum ready wait_ready(int fd, int ms)
{
	struct pollfd poll_ready = { .fd = fd, .events = POLLIN };
	char byte;

	if (poll(&poll_ready, 1, ms) <= 0)
		return READY_TIMEOUT;
	if (read(fd, &byte, 1) != 1)
		return READY_CLOSED;
	return byte == '\n' ? READY_YES : READY_GARBLED;
}

/* One job. */

struct outcome {
	struct child tool;
	struct child works[MAX_WORKS];
	int nr_works;
	enum ready ready;
	long ready_ms;
	bool early; /* the tool ended before it was told to */
};

/* Puts the pid of the waiting workload where an argument of the tool says {pid}. */
static void fill_pid(struct command *tool, pid_t pid)
{
	for (int i = 0; i < tool->argc; i++) {
		char *hole = strstr(tool->argv[i], "{pid}"), *text;

		if (!hole)
			continue;
		*hole = 0;
		if (asprintf(&text, "%s%d%s", tool->argv[i], pid, hole + 5) < 0)
			give_up("asprintf");
		free(tool->argv[i]);
		tool->argv[i] = text;
	}
}

static void start_and_wait_ready(struct job *job, struct outcome *out)
{
	int ready[2];

	if (pipe2(ready, O_CLOEXEC))
		give_up("pipe");
	start_tool(job, job->want_ready ? ready[1] : -1, &out->tool);
	close(ready[1]);
	if (job->want_ready) {
		out->ready = wait_ready(ready[0], job->ready_timeout);
		out->ready_ms = now_ms() - out->tool.started;
	}
	close(ready[0]);
}

static void run_works(struct job *job, struct outcome *out, int gate)
{
	for (int i = 0; i < job->nr_works; i++) {
		struct child *work = &out->works[i];

		if (i == 0 && gate >= 0) {
			work->started = now_ms();
			if (write(gate, "\n", 1) != 1)
				say("the workload is not at its gate");
		} else {
			start_work(&job->works[i], -1, 0, work);
		}
		child_wait_or_kill(work, job->limit);
		out->nr_works++;
	}
}

static void end_tool(const struct job *job, struct outcome *out)
{
	if (job->signal) {
		pause_ms(job->settle);
		out->early = child_wait(&out->tool, 0);
		if (!out->early)
			kill(out->tool.pid, job->signal);
	}
	child_wait_or_kill(&out->tool, job->limit);
}

static void run_job(struct job *job, struct outcome *out)
{
	int gate[2] = { -1, -1 };

	if (job->gate) {
		if (pipe2(gate, O_CLOEXEC))
			give_up("pipe");
		start_work(&job->works[0], gate[0], job->pid, &out->works[0]);
		close(gate[0]);
		fill_pid(&job->tool, out->works[0].pid);
	}
	start_and_wait_ready(job, out);
	if (out->ready == READY_YES || out->ready == READY_UNUSED) {
		run_works(job, out, gate[1]);
		end_tool(job, out);
	} else {
		child_wait_or_kill(&out->tool, out->ready == READY_CLOSED ? job->limit : 0);
	}
	if (gate[1] >= 0)
		close(gate[1]);
	if (job->gate)
		child_wait_or_kill(&out->works[0], 1000);
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
}

static void write_status(const struct job *job, const struct outcome *out)
{
	static const char *const ready_names[] = { "unused", "yes", "closed", "timeout",
						   "garbled" };
	char name[96], *text = NULL;
	size_t size = 0;
	FILE *file = open_memstream(&text, &size);

	fprintf(file, "ready %s\nready_ms %ld\n", ready_names[out->ready], out->ready_ms);
	fprintf(file, "status %d\nlasted_ms %ld\n", out->tool.status, out->tool.lasted);
	fprintf(file, "killed %d\nearly %d\n", out->tool.killed, out->early);
	fprintf(file, "pid %d\nmaxrss_kb %ld\n", out->tool.pid, out->tool.usage.ru_maxrss);
	for (int i = 0; i < out->nr_works; i++)
		fprintf(file, "work %d %d %d %ld %ld\n", out->works[i].pid, out->works[i].status,
			out->works[i].killed, out->works[i].lasted, out->works[i].usage.ru_minflt);
	fclose(file);
	snprintf(name, sizeof(name), "%s/status", job->name);
	results_add(name, text, size);
	free(text);
}

static void write_results(const struct job *job, const struct outcome *out)
{
	static const char *const files[] = { "stdout", "stderr", "work" };

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		char name[96], path[64];

		snprintf(name, sizeof(name), "%s/%s", job->name, files[i]);
		snprintf(path, sizeof(path), RESULTS "/%s", files[i]);
		close(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
		results_add_file(name, path);
		unlink(path);
	}
	write_status(job, out);
	results_flush();
}

static void run_jobs(void)
{
	FILE *list = fopen("/jobs", "re");
	struct job job = { 0 };

	if (!list)
		give_up("/jobs");
	while (job_read(list, &job)) {
		struct outcome out = { 0 };

		run_job(&job, &out);
		write_results(&job, &out);
		job_free(&job);
	}
	fclose(list);
}

static void write_machine(long booted)
{
	struct utsname name;
	char text[256];

	uname(&name);
	snprintf(text, sizeof(text), "release %s\nbooted_ms %ld\n", name.release, booted);
	results_add("machine", text, strlen(text));
}

/* The kernel's log comes last: it also says that the guest came to its end. */
static void write_log(void)
{
	int size = klogctl(10, NULL, 0);
	char *log = size > 0 ? malloc((size_t)size) : NULL;

	size = log ? klogctl(3, log, size) : 0;
	results_add("dmesg", log ? log : "", size > 0 ? (size_t)size : 0);
	free(log);
	results_flush();
}

int main(void)
{
	long booted;

	machine_set_up();
	booted = now_ms();
	if (shell_wanted()) {
		shell_run();
	} else {
		results_open();
		write_machine(booted);
		run_jobs();
		write_log();
	}
	power_off();
}
