// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What the host allows: privileges, BTF, lockdown, tracefs. Checked before
 * anything is loaded, so that the user reads a reason instead of EPERM.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "run.h"

#define NSEC_PER_SEC 1000000000L

/* What stands after "\nNAME:" in /proc/self/status; NULL: there is no such line. */
static const char *status_value(const struct b2c_text *status, const char *name)
{
	const char *line = strstr(b2c_text_string(status), name);

	return line ? line + strlen(name) : NULL;
}

static int read_number(const char *path, int otherwise)
{
	struct b2c_text text = { 0 };
	int number = otherwise;

	if (b2c_text_read_file(&text, path) == 0)
		number = (int)strtol(b2c_text_string(&text), NULL, 10);
	b2c_text_free(&text);
	return number;
}

void b2c_host_read(struct b2c_host *ret_host)
{
	struct b2c_text status = { 0 };
	struct rlimit memlock = { .rlim_cur = RLIM_INFINITY };
	const char *caps = NULL, *seccomp = NULL;

	if (b2c_text_read_file(&status, "/proc/self/status") == 0) {
		caps = status_value(&status, "\nCapEff:");
		seccomp = status_value(&status, "\nSeccomp:");
	}
	getrlimit(RLIMIT_MEMLOCK, &memlock);
	*ret_host = (struct b2c_host){
		/* without /proc the kernel has to tell */
		.caps = caps ? strtoull(caps, NULL, 16) : ~0ULL,
		.seccomp = seccomp && strtol(seccomp, NULL, 10) == 2,
		.limits_memlock = memlock.rlim_cur != RLIM_INFINITY,
		.locked_down = b2c_host_is_locked_down(),
		.perf_paranoid = read_number("/proc/sys/kernel/perf_event_paranoid", 2),
	};
	b2c_text_free(&status);
}

const char *b2c_missing_caps(uint64_t caps)
{
	bool has_bpf = b2c_has_cap(caps, B2C_CAP_BPF);
	bool has_perfmon = b2c_has_cap(caps, B2C_CAP_PERFMON);

	if (b2c_has_cap(caps, B2C_CAP_SYS_ADMIN) || (has_bpf && has_perfmon))
		return NULL;
	return has_bpf ? "CAP_PERFMON" : has_perfmon ? "CAP_BPF" : "CAP_BPF and CAP_PERFMON";
}

static int check_privileges(const struct b2c_run *run)
{
	struct b2c_host host;
	const char *missing;

	b2c_host_read(&host);
	missing = b2c_missing_caps(host.caps);
	if (!missing)
		return 0;
	b2c_error(run, "needs root or capabilities that it lacks: %s%s", missing,
		  geteuid() == 0 ? " (root here is restricted)" : "");
	return -EPERM;
}

/* Where libbpf looks for BTF; %s is the kernel's release. */
static const char *const btf_paths[] = {
	"/sys/kernel/btf/vmlinux",
	"/boot/vmlinux-%s",
	"/lib/modules/%s/vmlinux-%s",
	"/lib/modules/%s/build/vmlinux",
	"/usr/lib/modules/%s/kernel/vmlinux",
	"/usr/lib/debug/boot/vmlinux-%s",
	"/usr/lib/debug/boot/vmlinux-%s.debug",
	"/usr/lib/debug/lib/modules/%s/vmlinux",
};

/* Puts `release` for every %s of a path. */
static void expand_path(struct b2c_text *path, const char *pattern, const char *release)
{
	const char *hole;

	while ((hole = strstr(pattern, "%s"))) {
		b2c_text_add(path, pattern, (size_t)(hole - pattern));
		b2c_text_puts(path, release);
		pattern = hole + 2;
	}
	b2c_text_puts(path, pattern);
}

int b2c_host_btf(const struct b2c_run *run, char *ret_path, size_t size)
{
	struct b2c_text path = { 0 };
	struct utsname host = { 0 };
	bool found = false;
	size_t i;

	if (run->settings.btf[0]) {
		snprintf(ret_path, size, "%s", run->settings.btf);
		return access(ret_path, R_OK) ? -errno : 0;
	}
	if (run->btf_path[0]) {
		snprintf(ret_path, size, "in the tool, for this kernel");
		return 0;
	}
	uname(&host);
	for (i = 0; i < B2C_SIZE(btf_paths) && !found; i++) {
		b2c_text_clear(&path);
		expand_path(&path, btf_paths[i], host.release);
		found = access(b2c_text_string(&path), R_OK) == 0;
	}
	snprintf(ret_path, size, "%s", found ? b2c_text_string(&path) : btf_paths[0]);
	b2c_text_free(&path);
	return found ? 0 : -ENOENT;
}

static int check_btf(const struct b2c_run *run)
{
	struct utsname host = { 0 };
	char path[PATH_MAX];
	int err = b2c_host_btf(run, path, sizeof(path));

	if (!err)
		return 0;
	if (run->settings.btf[0]) {
		b2c_error(run, "cannot read '%s': %s", path, strerror(-err));
		return -ENOENT;
	}
	uname(&host);
	b2c_error(run,
		  "this kernel (%s) has no BTF in /sys/kernel/btf/vmlinux; give its BTF with "
		  "--btf FILE",
		  host.release);
	return -ENOENT;
}

int b2c_host_check(struct b2c_run *run)
{
	int err = check_privileges(run);

	return err ? err : check_btf(run);
}

/* The coarse clock has the resolution of the kernel's tick. */
void b2c_host_options(char *text, size_t size)
{
	struct timespec tick = { 0 };

	text[0] = '\0';
	if (clock_getres(CLOCK_MONOTONIC_COARSE, &tick) == 0 && tick.tv_nsec > 0)
		snprintf(text, size, "CONFIG_HZ=%ld\n",
			 (NSEC_PER_SEC + tick.tv_nsec / 2) / tick.tv_nsec);
}

void b2c_find_nr_cpus(struct b2c_run *run, int *nr_cpus)
{
	int nr = libbpf_num_possible_cpus();

	if (nr > 0) {
		*nr_cpus = nr;
		return;
	}
	b2c_error(run, "cannot count the possible CPUs: %s", strerror(-nr));
	run->err = nr ? nr : -EINVAL;
}

void b2c_find_page_shift(struct b2c_run *run, int *shift)
{
	long size = sysconf(_SC_PAGESIZE);

	if (size > 0) {
		*shift = __builtin_ctzl((unsigned long)size);
		return;
	}
	b2c_error(run, "cannot tell the size of a page: %s", strerror(errno));
	run->err = -EINVAL;
}

bool b2c_host_is_locked_down(void)
{
	struct b2c_text mode = { 0 };
	bool locked = false;

	if (b2c_text_read_file(&mode, "/sys/kernel/security/lockdown") == 0)
		locked = strstr(b2c_text_string(&mode), "[confidentiality]");
	b2c_text_free(&mode);
	return locked;
}

const char *b2c_tracefs(void)
{
	static const char *const paths[] = { "/sys/kernel/tracing", "/sys/kernel/debug/tracing" };
	char events[64];
	size_t i;

	for (i = 0; i < B2C_SIZE(paths); i++) {
		snprintf(events, sizeof(events), "%s/events", paths[i]);
		if (access(events, F_OK) == 0)
			return paths[i];
	}
	return NULL;
}
