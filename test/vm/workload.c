// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Known activity for tests of tracing tools: every subcommand does exactly what its
 * arguments say, so what a tool must count or print is known in advance. Called by
 * guest.c in the test kernels. Prints nothing but errors; status 0 means all was done.
 */
#define _GNU_SOURCE
#include "workload.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NOINLINE __attribute__((noinline, used, visibility("default")))

struct command {
	const char *name;
	int min_args;
	int max_args; /* -1: any number */
	int (*run)(int argc, char **argv);
	const char *usage;
};

int workload_spin_leaf(unsigned int rounds);
size_t workload_strlen(const char *text);

int fail(const char *format, ...)
{
	int error = errno;
	va_list args;

	fputs("workload: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	if (error)
		fprintf(stderr, ": %s", strerror(error));
	fputc('\n', stderr);
	return 1;
}

long number(const char *text)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(text, &end, 0);
	if (errno || end == text || *end || value < 0) {
		errno = 0;
		_exit(fail("'%s' is not a number", text));
	}
	return value;
}

static void pause_ms(long ms)
{
	struct timespec left = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	while (clock_nanosleep(CLOCK_MONOTONIC, 0, &left, &left) == EINTR)
		;
}

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Creates a regular file with mknodat(2), so that no open is added to what is traced. */
static int create_file(const char *path)
{
	if (mknodat(AT_FDCWD, path, S_IFREG | 0644, 0) && errno != EEXIST)
		return fail("create %s", path);
	errno = 0;
	return 0;
}

int wait_for(pid_t pid, int want)
{
	int status;

	if (waitpid(pid, &status, 0) != pid)
		return fail("waitpid");
	errno = 0;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != want)
		return fail("child ended with wait status %#x", status);
	return 0;
}

/* N sync(2) calls, GAP ms between them. */
static int run_sync(int argc, char **argv)
{
	long gap = argc > 1 ? number(argv[1]) : 0;

	for (long i = 0; i < number(argv[0]); i++) {
		if (i && gap)
			pause_ms(gap);
		sync();
	}
	return 0;
}

/* N successful openat(2) of PATH, which is created beforehand without an open. */
static int run_open(int argc, char **argv)
{
	int flags = argc > 2 ? (int)number(argv[2]) : O_RDONLY;

	if (create_file(argv[0]))
		return 1;
	for (long i = 0; i < number(argv[1]); i++) {
		int fd = (int)syscall(SYS_openat, AT_FDCWD, argv[0], flags, 0644);

		if (fd < 0)
			return fail("open %s", argv[0]);
		close(fd);
	}
	return 0;
}

/* N openat(2) of PATH that all fail with ERRNO. */
static int run_open_fail(int argc, char **argv)
{
	int want = argc > 2 ? (int)number(argv[2]) : ENOENT;

	for (long i = 0; i < number(argv[1]); i++) {
		errno = 0;
		if (syscall(SYS_openat, AT_FDCWD, argv[0], O_RDONLY, 0) >= 0 || errno != want)
			return fail("open %s: wanted errno %d, got %d", argv[0], want, errno);
	}
	return 0;
}

static int stat_once(const char *path)
{
	struct stat found;

	return syscall(SYS_newfstatat, AT_FDCWD, path, &found, 0) ? fail("stat %s", path) : 0;
}

/* N newfstatat(2) of PATH, which is created beforehand. */
static int run_stat(int argc, char **argv)
{
	(void)argc;
	if (create_file(argv[0]))
		return 1;
	for (long i = 0; i < number(argv[1]); i++)
		if (stat_once(argv[0]))
			return 1;
	return 0;
}

/* N times: PATH is created with mknodat(2) and removed with unlinkat(2). */
static int run_unlink(int argc, char **argv)
{
	(void)argc;
	for (long i = 0; i < number(argv[1]); i++) {
		if (create_file(argv[0]))
			return 1;
		if (unlinkat(AT_FDCWD, argv[0], 0))
			return fail("unlink %s", argv[0]);
	}
	return 0;
}

/* N times: the directory PATH is made with mkdirat(2) and removed with unlinkat(2). */
static int run_mkdir(int argc, char **argv)
{
	(void)argc;
	for (long i = 0; i < number(argv[1]); i++)
		if (mkdirat(AT_FDCWD, argv[0], 0755) || unlinkat(AT_FDCWD, argv[0], AT_REMOVEDIR))
			return fail("mkdir %s", argv[0]);
	return 0;
}

/* N write(2) or read(2) of SIZE bytes at the start of PATH, through one descriptor. */
static int file_transfer(char **argv, bool writing)
{
	size_t size = (size_t)number(argv[2]);
	char *buffer = calloc(1, size);
	int fd = open(argv[0], O_RDWR | O_CREAT, 0644), status = 0;

	if (fd < 0 || !buffer || (!writing && ftruncate(fd, (off_t)size)))
		return fail("open %s", argv[0]);
	for (long i = 0; i < number(argv[1]) && !status; i++) {
		ssize_t done;

		lseek(fd, 0, SEEK_SET);
		done = writing ? write(fd, buffer, size) : read(fd, buffer, size);
		if (done != (ssize_t)size)
			status = fail("%s of %zu bytes gave %zd", argv[0], size, done);
	}
	close(fd);
	free(buffer);
	return status;
}

static int run_write(int argc, char **argv)
{
	(void)argc;
	return file_transfer(argv, true);
}

static int run_read(int argc, char **argv)
{
	(void)argc;
	return file_transfer(argv, false);
}

/* N fsync(2) of PATH. */
static int run_fsync(int argc, char **argv)
{
	int fd = open(argv[0], O_RDWR | O_CREAT, 0644);

	(void)argc;
	if (fd < 0)
		return fail("open %s", argv[0]);
	for (long i = 0; i < number(argv[1]); i++)
		if (fsync(fd))
			return fail("fsync %s", argv[0]);
	close(fd);
	return 0;
}

/* TEXT is written to PATH, which is there, by one write(2). */
static int run_put(int argc, char **argv)
{
	int fd = open(argv[0], O_WRONLY);
	size_t size = strlen(argv[1]);

	(void)argc;
	if (fd < 0 || write(fd, argv[1], size) != (ssize_t)size)
		return fail("write to %s", argv[0]);
	close(fd);
	return 0;
}

/* N O_DIRECT requests of SIZE bytes to a block device, one after another, each waited for. */
static int run_io(int argc, char **argv)
{
	bool reading = argc > 3 && !strcmp(argv[3], "read");
	size_t size = (size_t)number(argv[2]);
	uint64_t device_size = 0;
	void *buffer;
	int fd;

	if (argc > 3 && !reading && strcmp(argv[3], "write"))
		return fail("'%s' is neither read nor write", argv[3]);
	fd = open(argv[0], O_RDWR | O_DIRECT);
	if (fd < 0 || ioctl(fd, BLKGETSIZE64, &device_size))
		return fail("open %s", argv[0]);
	if (!size || size > device_size || posix_memalign(&buffer, 4096, size))
		return fail("size %zu", size);
	memset(buffer, 0, size);
	for (long i = 0; i < number(argv[1]); i++) {
		off_t offset = (off_t)((uint64_t)i % (device_size / size) * size);
		ssize_t done = reading ? pread(fd, buffer, size, offset)
				       : pwrite(fd, buffer, size, offset);

		if (done != (ssize_t)size)
			return fail("%s at %lld", argv[0], (long long)offset);
	}
	free(buffer);
	close(fd);
	return 0;
}

/* N sleeps of MS each in clock_nanosleep(2). */
static int run_sleep(int argc, char **argv)
{
	(void)argc;
	for (long i = 0; i < number(argv[0]); i++)
		pause_ms(number(argv[1]));
	return 0;
}

/* One side of the ping-pong: passes a byte on as often as there are round trips. */
static int pass_byte(int in, int out, long rounds, bool first)
{
	char byte = 'x';

	for (long i = 0; i < rounds; i++) {
		if (first && write(out, &byte, 1) != 1)
			return 1;
		if (read(in, &byte, 1) != 1)
			return 1;
		if (!first && write(out, &byte, 1) != 1)
			return 1;
	}
	return 0;
}

/* N round trips of a byte between two processes over two pipes. */
static int run_switch(int argc, char **argv)
{
	long rounds = number(argv[0]);
	int there[2], back[2];
	pid_t child;

	(void)argc;
	if (pipe(there) || pipe(back))
		return fail("pipe");
	child = fork();
	if (child < 0)
		return fail("fork");
	if (!child)
		_exit(pass_byte(there[0], back[1], rounds, false));
	if (pass_byte(back[0], there[1], rounds, true))
		return fail("ping-pong");
	return wait_for(child, 0);
}

NOINLINE int workload_spin_leaf(unsigned int rounds)
{
	volatile unsigned int sum = 0;

	for (unsigned int i = 0; i < rounds; i++)
		sum += i;
	return (int)(sum & 1);
}

NOINLINE int workload_spin(long ms)
{
	long end = now_ms() + ms;
	int odd = 0;

	do
		odd += workload_spin_leaf(200000);
	while (now_ms() < end);
	return odd;
}

/* MS of user time in workload_spin -> workload_spin_leaf; both keep frame pointers. */
static int run_spin(int argc, char **argv)
{
	(void)argc;
	workload_spin(number(argv[0]));
	return 0;
}

NOINLINE size_t workload_strlen(const char *text)
{
	size_t length = 0;

	while (((const volatile char *)text)[length])
		length++;
	return length;
}

struct strlen_job {
	long calls;
	size_t length;
};

/* Gives NULL if all was as it should be. */
static void *strlen_main(void *data)
{
	const struct strlen_job *job = data;
	char *text = calloc(1, job->length + 1);
	bool right = text;

	if (text)
		memset(text, 'a', job->length);
	for (long i = 0; right && i < job->calls; i++)
		right = workload_strlen(text) == job->length;
	free(text);
	return right ? NULL : data;
}

/* workload_strlen() N times for each LEN: the first in the main thread, others in their own. */
static int run_strlen(int argc, char **argv)
{
	struct strlen_job job = { .calls = number(argv[0]) };
	pthread_t thread;
	void *wrong;

	for (int arg = 1; arg < argc; arg++) {
		job.length = (size_t)number(argv[arg]);
		if (arg == 1) {
			wrong = strlen_main(&job);
		} else {
			errno = pthread_create(&thread, NULL, strlen_main, &job);
			if (errno || pthread_join(thread, &wrong))
				return fail("thread");
		}
		if (wrong)
			return fail("workload_strlen");
	}
	return 0;
}

/* N times: a child executes PATH ARG..., which must end with 0, and is waited for. */
static int run_exec(int argc, char **argv)
{
	(void)argc;
	for (long i = 0; i < number(argv[0]); i++) {
		pid_t child = fork();

		if (child < 0)
			return fail("fork");
		if (!child) {
			execv(argv[1], argv + 1);
			_exit(127);
		}
		if (wait_for(child, 0))
			return fail("exec %s", argv[1]);
	}
	return 0;
}

/* N times: a child ends at once with STATUS and is waited for. */
static int run_exit(int argc, char **argv)
{
	int status = argc > 1 ? (int)number(argv[1]) : 0;

	for (long i = 0; i < number(argv[0]); i++) {
		pid_t child = fork();

		if (child < 0)
			return fail("fork");
		if (!child)
			_exit(status);
		if (wait_for(child, status))
			return 1;
	}
	return 0;
}

static void *thread_main(void *arg)
{
	return arg;
}

/* N threads, one after another; the process stays for STAY_MS, that it can be looked at. */
static int run_thread(int argc, char **argv)
{
	for (long i = 0; i < number(argv[0]); i++) {
		pthread_t thread;

		errno = pthread_create(&thread, NULL, thread_main, NULL);
		if (errno || pthread_join(thread, NULL))
			return fail("thread");
	}
	if (argc > 1)
		pause_ms(number(argv[1]));
	return 0;
}

/* N kill(2) of this process itself with SIGNAL, which it ignores. */
static int run_kill(int argc, char **argv)
{
	int number_of_signal = argc > 1 ? (int)number(argv[1]) : SIGUSR1;

	if (number_of_signal && signal(number_of_signal, SIG_IGN) == SIG_ERR)
		return fail("signal %d", number_of_signal);
	for (long i = 0; i < number(argv[0]); i++)
		if (kill(getpid(), number_of_signal))
			return fail("kill");
	return 0;
}

/* N getppid(2), the cheapest system call that is not answered in user space. */
static int run_getppid(int argc, char **argv)
{
	(void)argc;
	for (long i = 0; i < number(argv[0]); i++)
		syscall(SYS_getppid);
	return 0;
}

/* N page faults on fresh anonymous memory, one page each. */
static int run_fault(int argc, char **argv)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), pages = (size_t)number(argv[0]);
	char *memory = mmap(NULL, pages * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			    -1, 0);

	(void)argc;
	if (memory == MAP_FAILED || madvise(memory, pages * page, MADV_NOHUGEPAGE))
		return fail("mmap");
	for (size_t i = 0; i < pages; i++)
		((volatile char *)memory)[i * page] = 1;
	munmap(memory, pages * page);
	return 0;
}

static const struct command commands[] = {
	{ "sync", 1, 2, run_sync, "N [GAP_MS]" },
	{ "open", 2, 3, run_open, "PATH N [FLAGS]" },
	{ "open-fail", 2, 3, run_open_fail, "PATH N [ERRNO]" },
	{ "stat", 2, 2, run_stat, "PATH N" },
	{ "unlink", 2, 2, run_unlink, "PATH N" },
	{ "mkdir", 2, 2, run_mkdir, "PATH N" },
	{ "write", 3, 3, run_write, "PATH N SIZE" },
	{ "read", 3, 3, run_read, "PATH N SIZE" },
	{ "fsync", 2, 2, run_fsync, "PATH N" },
	{ "put", 2, 2, run_put, "PATH TEXT" },
	{ "io", 3, 4, run_io, "DEV N SIZE [write|read]" },
	{ "connect", 2, 4, run_connect, "N PORT [BYTES [4|6|both]]" },
	{ "listen", 2, 2, run_listen, "N OPTIONS" },
	{ "packets", 2, 2, run_packets, "N PROTOCOL" },
	{ "overflow", 2, 2, run_overflow, "N PORT" },
	{ "drop", 2, 2, run_drop, "N PORT" },
	{ "shm", 2, 2, run_shm, "N SIZE" },
	{ "oom", 0, 0, run_oom, "" },
	{ "type", 3, -1, run_type, "N LINE PATH [ARG...]" },
	{ "mount", 3, 4, run_mount, "DEV PATH TYPE [OPTIONS]" },
	{ "rdma-resolve", 3, 3, run_rdma_resolve, "N ADDRESS PORT" },
	{ "md-flush", 2, 2, run_md_flush, "DEV N" },
	{ "sleep", 2, 2, run_sleep, "N MS" },
	{ "switch", 1, 1, run_switch, "N" },
	{ "spin", 1, 1, run_spin, "MS" },
	{ "crowd", 2, 2, run_crowd, "N MS" },
	{ "strlen", 2, -1, run_strlen, "N LEN..." },
	{ "exec", 2, -1, run_exec, "N PATH [ARG...]" },
	{ "exit", 1, 2, run_exit, "N [STATUS]" },
	{ "thread", 1, 2, run_thread, "N [STAY_MS]" },
	{ "kill", 1, 2, run_kill, "N [SIGNAL]" },
	{ "usdt", 1, 1, run_usdt, "N" },
	{ "java", 1, 1, run_java, "N" },
	{ "ruby", 1, 1, run_ruby, "N" },
	{ "query", 2, 2, run_query, "N MS" },
	{ "fixed", 1, 1, run_fixed, "N" },
	{ "jit", 2, 2, run_jit, "N NAME" },
	{ "inner-jit", 2, 3, run_inner_jit, "N NAME [TOOL]" },
	{ "getppid", 1, 1, run_getppid, "N" },
	{ "fault", 1, 1, run_fault, "PAGES" },
	{ "privileges", 2, 2, run_privileges, "NAME CAPS" },
	{ "loaded", 1, 1, run_loaded, "NAME" },
	{ "unloaded", 1, 1, run_unloaded, "NAME" },
	{ "cpu", 1, 1, run_cpu, "NAME" },
};

static int usage(void)
{
	fputs("usage: workload [-c COMM] [-a NAME] [-g FD] COMMAND ARG...\n"
	      "  -c COMM  take this name before the work starts\n"
	      "  -a NAME  take this name in the list of arguments, which is what pidof asks\n"
	      "  -g FD    read one byte from this descriptor before the work starts\n",
	      stderr);
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		fprintf(stderr, "  %s %s\n", commands[i].name, commands[i].usage);
	return 2;
}

int main(int argc, char **argv)
{
	int option, gate = -1;

	while ((option = getopt(argc, argv, "+c:a:g:")) != -1) {
		if (option == 'c')
			prctl(PR_SET_NAME, optarg);
		else if (option == 'g')
			gate = (int)number(optarg);
		else if (option != 'a')
			return usage();
		else if (take_name(argv[0], optarg))
			return 1;
	}
	argc -= optind;
	argv += optind;
	if (gate >= 0 && wait_at_gate(gate))
		return 1;
	for (size_t i = 0; argc && i < sizeof(commands) / sizeof(*commands); i++) {
		const struct command *command = &commands[i];
		int given = argc - 1;

		if (strcmp(argv[0], command->name))
			continue;
		if (given < command->min_args ||
		    (command->max_args >= 0 && given > command->max_args))
			return usage();
		return command->run(given, argv + 1);
	}
	return usage();
}
