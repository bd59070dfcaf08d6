// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Runs in the guest: starts tools in turn, round after round, and prints for each start one line
 *
 *   run ROUND NAME OUTPUT_US LINK_US LINKS RSS_KB STOP_US STATUS
 *
 * with the times from execve() to the first byte on standard output before it was told to stop and
 * to the last BPF link that appeared (-1: none), the peak memory, the time from SIGINT to the end,
 * and the exit status or minus a signal's number. Called by start.py. Standard output is a
 * terminal, so that nothing waits in a buffer. Links are asked for by id, the same for every tool.
 *
 * usage: start ROUNDS FILE     each line of FILE: NAME PROGRAM ARGUMENT...
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_WORDS 16
#define MAX_TOOLS 64
#define TICK_MS 1

/* Both signs were seen and nothing new came for so long: the tool is up. */
#define SETTLE_US 300000
/* The same when one of the signs is missing, which some tools and kernels never give. */
#define SILENT_US 3000000
/* The same when neither is seen. */
#define LIMIT_US 30000000
#define STOP_LIMIT_US 60000000

#define ERRORS "/tmp/start.errors"

struct tool {
	char *line;
	char *words[MAX_WORDS + 1]; /* name, program, arguments */
};

struct outcome {
	pid_t pid;
	int terminal;
	int64_t started;
	int64_t output; /* moment, 0: not yet */
	int64_t link;
	int links;
	char said[256]; /* the beginning of the output */
	size_t nr_said;
	bool ended;
	int status;
	struct rusage usage;
};

static int64_t *exec_at; /* shared with the child, which writes it last of all */

static _Noreturn void give_up(const char *what)
{
	fprintf(stderr, "start: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int64_t now_us(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int64_t since(const struct outcome *out, int64_t moment)
{
	return moment ? moment - out->started : -1;
}

/* Moves *id to the next BPF link of the kernel; false when there is none. */
static bool next_link(uint32_t *id)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.start_id = *id;
	if (syscall(SYS_bpf, BPF_LINK_GET_NEXT_ID, &attr, sizeof(attr)))
		return false;
	*id = attr.next_id;
	return true;
}

static void child_exec(const struct tool *tool, int terminal)
{
	int errors = open(ERRORS, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	setsid();
	dup2(terminal, 0);
	dup2(terminal, 1);
	dup2(errors, 2);
	close(terminal);
	close(errors);
	*exec_at = now_us();
	execv(tool->words[1], tool->words + 1);
	_exit(127);
}

static void tool_start(const struct tool *tool, struct outcome *out)
{
	const char *name;
	int terminal;

	out->terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (out->terminal < 0 || grantpt(out->terminal) || unlockpt(out->terminal))
		give_up("terminal");
	name = ptsname(out->terminal);
	terminal = name ? open(name, O_RDWR | O_NOCTTY) : -1;
	if (terminal < 0)
		give_up("terminal");
	out->pid = fork();
	if (out->pid < 0)
		give_up("fork");
	if (!out->pid)
		child_exec(tool, terminal);
	close(terminal);
}

/* Takes what the tool printed, if anything; waits for it no longer than a tick. */
static void take_output(struct outcome *out)
{
	struct pollfd ready = { .fd = out->terminal, .events = POLLIN };
	char text[4096];
	ssize_t n;

	if (poll(&ready, 1, TICK_MS) <= 0)
		return;
	n = read(out->terminal, text, sizeof(text));
	if (n <= 0) {
		/* the other side is closed: the end is near, and poll() waits no more */
		usleep(TICK_MS * 1000);
		return;
	}
	if (!out->output)
		out->output = now_us();
	for (ssize_t i = 0; i < n && out->nr_said < sizeof(out->said) - 1; i++)
		out->said[out->nr_said++] = text[i];
}

static void take_end(struct outcome *out)
{
	int status;

	if (out->ended || wait4(out->pid, &status, WNOHANG, &out->usage) != out->pid)
		return;
	out->ended = true;
	out->status = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static void wait_up(struct outcome *out, uint32_t *link_id)
{
	int64_t last, quiet;

	while (!out->ended) {
		take_output(out);
		while (next_link(link_id)) {
			out->links++;
			out->link = now_us();
		}
		take_end(out);
		last = out->output > out->link ? out->output : out->link;
		quiet = out->output && out->link ? SETTLE_US : SILENT_US;
		if ((last && now_us() - last > quiet) || now_us() - *exec_at > LIMIT_US)
			return;
	}
}

/* Returns the time that the end took. */
static int64_t tool_stop(struct outcome *out)
{
	int64_t asked = now_us(), output = out->output;

	kill(out->pid, SIGINT);
	while (!out->ended && now_us() - asked < STOP_LIMIT_US) {
		take_output(out);
		take_end(out);
	}
	if (!out->ended)
		kill(out->pid, SIGKILL);
	while (!out->ended)
		take_end(out);
	out->output = output; /* what came at the end is no sign of being up */
	return now_us() - asked;
}

static void say_first_line(const char *name, const struct outcome *out)
{
	size_t n = 0;

	while (n < out->nr_said && strchr("\r\n", out->said[n]))
		n++;
	printf("said %s %.*s\n", name, (int)strcspn(out->said + n, "\r\n"), out->said + n);
}

static void say_errors(const char *name)
{
	FILE *file = fopen(ERRORS, "re");
	char line[512];

	while (file && fgets(line, sizeof(line), file))
		printf("error %s %s\n", name, (line[strcspn(line, "\n")] = 0, line));
	if (file)
		fclose(file);
}

static void tool_run(const struct tool *tool, int round)
{
	const char *name = tool->words[0];
	struct outcome out = { 0 };
	uint32_t link_id = 0;
	bool early;
	int64_t stop;

	while (next_link(&link_id))
		;
	tool_start(tool, &out);
	wait_up(&out, &link_id);
	out.started = *exec_at;
	early = out.ended;
	stop = tool_stop(&out);
	close(out.terminal);
	if (!round)
		say_first_line(name, &out);
	if (early || out.status)
		say_errors(name);
	if (early)
		printf("error %s it ended by itself with status %d\n", name, out.status);
	printf("run %d %s %lld %lld %d %ld %lld %d\n", round, name,
	       (long long)since(&out, out.output), (long long)since(&out, out.link), out.links,
	       out.usage.ru_maxrss, (long long)stop, out.status);
	fflush(stdout);
}

static int read_tools(const char *path, struct tool *tools)
{
	FILE *file = fopen(path, "re");
	size_t room = 0;
	int nr = 0;

	if (!file)
		give_up(path);
	while (nr < MAX_TOOLS && getline(&tools[nr].line, &room, file) > 0) {
		char *rest = tools[nr].line, *word;
		int words = 0;

		while (words < MAX_WORDS && (word = strsep(&rest, " \n")))
			if (*word)
				tools[nr].words[words++] = word;
		nr += words >= 2;
		room = 0;
	}
	fclose(file);
	return nr;
}

int main(int argc, char **argv)
{
	static struct tool tools[MAX_TOOLS + 1];
	int rounds, nr;

	if (argc != 3)
		return 2;
	rounds = (int)strtol(argv[1], NULL, 10);
	nr = read_tools(argv[2], tools);
	mkdir("/dev/pts", 0755);
	if (mount("devpts", "/dev/pts", "devpts", 0, NULL) && errno != EBUSY)
		give_up("/dev/pts");
	exec_at = mmap(NULL, sizeof(*exec_at), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		       -1, 0);
	if (exec_at == MAP_FAILED)
		give_up("mmap");
	for (int round = 0; round <= rounds; round++)
		for (int i = 0; i < nr; i++)
			tool_run(&tools[i], round);
	return 0;
}
