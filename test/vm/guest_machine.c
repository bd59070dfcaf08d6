// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Sets the test guest up: file systems, console, modules, loopback; and the shell of
 * `run.py --shell`. Called by guest.c. Whatever fails here ends the guest.
 */
#define _GNU_SOURCE
#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("b2c-guest: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
}

_Noreturn void power_off(void)
{
	sync();
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}

_Noreturn void give_up(const char *what)
{
	say("fatal: %s: %s", what, strerror(errno));
	power_off();
}

long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void pause_ms(int ms)
{
	struct timespec left = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L };

	while (nanosleep(&left, &left) && errno == EINTR)
		;
}

static void mount_at(const char *type, const char *path, const char *options)
{
	mkdir(path, 0755);
	if (mount(type, path, type, 0, options) && errno != EBUSY)
		give_up(path);
}

static void mount_all(void)
{
	mount_at("devtmpfs", "/dev", NULL);
	mount_at("devpts", "/dev/pts", NULL);
	mount_at("proc", "/proc", NULL);
	mount_at("sysfs", "/sys", NULL);
	mount_at("debugfs", "/sys/kernel/debug", NULL);
	mount_at("tracefs", "/sys/kernel/tracing", NULL);
	mount_at("securityfs", "/sys/kernel/security", NULL);
	mount_at("bpf", "/sys/fs/bpf", NULL);
	mount_at("cgroup2", "/sys/fs/cgroup", NULL);
	mount_at("tmpfs", "/tmp", "mode=1777");
	mount_at("tmpfs", "/run", NULL);
}

/* A busy machine would lower the kernel's rate of samples until tools fail that ask for theirs. */
static void keep_sample_rate(void)
{
	int fd = open("/proc/sys/kernel/perf_cpu_time_max_percent", O_WRONLY);

	if (fd < 0 || write(fd, "0", 1) != 1)
		give_up("perf_cpu_time_max_percent");
	close(fd);
}

static void take_console(void)
{
	int fd = open("/dev/console", O_RDWR);

	for (int i = 0; fd >= 0 && i < 3; i++)
		dup2(fd, i);
	if (fd > 2)
		close(fd);
}

/* /modules/list names the modules in the order in which they must be loaded. */
static void load_modules(void)
{
	FILE *list = fopen("/modules/list", "re");
	char path[256];

	while (list && fgets(path, sizeof(path), list)) {
		int fd;

		path[strcspn(path, "\n")] = 0;
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || (syscall(SYS_finit_module, fd, "", 0) && errno != EEXIST))
			give_up(path);
		close(fd);
	}
	if (list)
		fclose(list);
}

static void loopback_up(void)
{
	struct ifreq request = { .ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &request))
		give_up("loopback");
	close(fd);
}

void machine_set_up(void)
{
	mount_all();
	take_console();
	load_modules();
	loopback_up();
	keep_sample_rate();
	setenv("PATH", "/tools:/bin", 1);
	setenv("HOME", "/", 1);
	setenv("TERM", "dumb", 1);
	setenv("TZ", "UTC", 1);
	if (chdir("/tmp"))
		give_up("/tmp");
}

bool shell_wanted(void)
{
	char line[1024] = { 0 };
	int fd = open("/proc/cmdline", O_RDONLY | O_CLOEXEC);
	bool wanted = fd >= 0 && read(fd, line, sizeof(line) - 1) > 0 && strstr(line, "b2c.shell");

	if (fd >= 0)
		close(fd);
	return wanted;
}

void shell_run(void)
{
	static const char script[] = "/bin/busybox --install -s /bin; cat /etc/motd;"
				     "exec setsid cttyhack sh";
	char *argv[] = { (char *)"sh", (char *)"-c", (char *)script, NULL };
	pid_t pid = fork();

	if (!pid) {
		execv("/bin/busybox", argv);
		_exit(127);
	}
	while (waitpid(-1, NULL, 0) != pid)
		;
}
