// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * A stand-in for a bcc2core tool, for the harness's self-test: counts one system call of one
 * process or of one comm with a raw tracepoint program written by hand, so that it depends
 * on no part of bcc2core. Some options make it misbehave, because the harness must see that.
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define INSN(c, d, s, o, i) { .code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i) }
#define LOAD(d, s, o) INSN(BPF_LDX | BPF_DW | BPF_MEM, d, s, o, 0)
#define MOVE(d, s) INSN(BPF_ALU64 | BPF_MOV | BPF_X, d, s, 0, 0)
#define SET(d, i) INSN(BPF_ALU64 | BPF_MOV | BPF_K, d, 0, 0, i)
#define ADD(d, i) INSN(BPF_ALU64 | BPF_ADD | BPF_K, d, 0, 0, i)
#define CALL(f) INSN(BPF_JMP | BPF_CALL, 0, 0, 0, f)
#define EXIT INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)

struct options {
	const char *call;
	const char *comm;
	const char *symbol; /* count calls of this function of /bin/workload instead */
	uint32_t pid;
	int ready_fd;	 /* -1: none */
	int duration_ms; /* 0: until a signal */
	bool mute;	 /* never say ready */
	bool garble;	 /* say something else instead */
	bool deaf;	 /* ignore signals */
	bool wrong;	 /* count one too many */
	bool crash;
	bool panic; /* take the kernel down */
	bool btf;   /* needs the kernel's BTF */
};

static const struct {
	const char *name;
	long number;
} calls[] = {
	{ "sync", SYS_sync },
	{ "openat", SYS_openat },
	{ "newfstatat", SYS_newfstatat },
	{ "mknodat", SYS_mknodat },
	{ "mkdirat", SYS_mkdirat },
	{ "unlinkat", SYS_unlinkat },
	{ "fsync", SYS_fsync },
	{ "pwrite64", SYS_pwrite64 },
	{ "pread64", SYS_pread64 },
	{ "connect", SYS_connect },
	{ "sendto", SYS_sendto },
	{ "accept", SYS_accept },
	{ "clock_nanosleep", SYS_clock_nanosleep },
	{ "shmat", SYS_shmat },
	{ "shmdt", SYS_shmdt },
	{ "write", SYS_write },
	{ "read", SYS_read },
	{ "execve", SYS_execve },
	{ "exit_group", SYS_exit_group },
	{ "kill", SYS_kill },
	{ "getppid", SYS_getppid },
	{ "exit", SYS_exit },
	{ "sched_setaffinity", SYS_sched_setaffinity },
};

static volatile sig_atomic_t stopped;

static void on_signal(int number)
{
	(void)number;
	stopped = 1;
}

static long call_number(const char *name)
{
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (!strcmp(calls[i].name, name))
			return calls[i].number;
	return -1;
}

/* The first four bytes of a comm as the program compares them. */
static int32_t comm_word(const char *comm)
{
	char bytes[4] = { 0 };
	int32_t word;

	for (size_t i = 0; i < sizeof(bytes) && comm[i]; i++)
		bytes[i] = comm[i];
	memcpy(&word, bytes, sizeof(word));
	return word;
}

/*
 * sys_enter: when its second argument is the call's number and the process is the wanted one,
 * adds one to the map's only element. Every jump that fails goes to the end.
 */
static int load_program(const struct options *opts, int map)
{
	bool by_pid = opts->pid != 0;
	const struct bpf_insn insns[] = {
		LOAD(6, 1, 8),
		INSN(BPF_JMP | BPF_JNE | BPF_K, 6, 0, 19, (int32_t)call_number(opts->call)),
		/* w7: the process, or the start of its comm */
		MOVE(1, 10),
		ADD(1, -16),
		SET(2, 16),
		CALL(BPF_FUNC_get_current_comm),
		INSN(BPF_LDX | BPF_W | BPF_MEM, 7, 10, -16, 0),
		CALL(BPF_FUNC_get_current_pid_tgid),
		INSN(BPF_ALU64 | BPF_RSH | BPF_K, 0, 0, 0, 32),
		INSN(BPF_ALU64 | BPF_MOV | BPF_X, by_pid ? 7 : 8, 0, 0, 0),
		INSN(BPF_JMP32 | BPF_JNE | BPF_K, 7, 0, 10,
		     by_pid ? (int32_t)opts->pid : comm_word(opts->comm)),
		SET(1, 0),
		INSN(BPF_STX | BPF_W | BPF_MEM, 10, 1, -20, 0),
		MOVE(2, 10),
		ADD(2, -20),
		INSN(BPF_LD | BPF_DW | BPF_IMM, 1, BPF_PSEUDO_MAP_FD, 0, map),
		INSN(0, 0, 0, 0, 0),
		CALL(BPF_FUNC_map_lookup_elem),
		INSN(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 2, 0),
		SET(1, 1),
		INSN(BPF_STX | BPF_DW | BPF_ATOMIC, 0, 1, 0, BPF_ADD),
		SET(0, 0),
		EXIT,
	};

	return bpf_prog_load(BPF_PROG_TYPE_RAW_TRACEPOINT, "standin", "GPL", insns,
			     sizeof(insns) / sizeof(*insns), NULL);
}

static int say_ready(const struct options *opts)
{
	if (opts->ready_fd < 0 || opts->mute)
		return 0;
	return write(opts->ready_fd, opts->garble ? "?" : "\n", 1) == 1 ? 0 : -errno;
}

static void wait_for_end(const struct options *opts)
{
	struct timespec nap = { .tv_nsec = 20000000 };
	int left = opts->duration_ms;

	while (opts->deaf || !stopped) {
		nanosleep(&nap, NULL);
		left -= 20;
		if (opts->duration_ms && left <= 0)
			break;
	}
}

static int fail(const char *what, int error)
{
	fprintf(stderr, "standin: %s: %s\n", what, strerror(error < 0 ? -error : error));
	return 1;
}

static int count_calls(const struct options *opts)
{
	struct rlimit unlimited = { RLIM_INFINITY, RLIM_INFINITY };
	uint64_t count = 0;
	uint32_t key = 0;
	int map, program, link;

	setrlimit(RLIMIT_MEMLOCK, &unlimited);
	map = bpf_map_create(BPF_MAP_TYPE_ARRAY, "count", sizeof(key), sizeof(count), 1, NULL);
	if (map < 0)
		return fail("map", errno);
	program = load_program(opts, map);
	if (program < 0)
		return fail("program", errno);
	link = bpf_raw_tracepoint_open("sys_enter", program);
	if (link < 0)
		return fail("attach", errno);
	if (say_ready(opts))
		return fail("ready descriptor", errno);
	wait_for_end(opts);
	close(link);
	if (bpf_map_lookup_elem(map, &key, &count))
		return fail("map", errno);
	printf("CALL COUNT\n%s %llu\n", opts->call, (unsigned long long)count + opts->wrong);
	return 0;
}

/* The file offset of a function of a static program; 0 if it has none of this name. */
static uint64_t symbol_offset(Elf *elf, const char *name)
{
	Elf_Scn *section = NULL;
	uint64_t value = 0;
	GElf_Phdr segment;
	size_t nr_segments = 0;

	while (!value && (section = elf_nextscn(elf, section))) {
		GElf_Shdr header;
		GElf_Sym symbol;

		if (!gelf_getshdr(section, &header) || header.sh_type != SHT_SYMTAB)
			continue;
		for (int i = 0; gelf_getsym(elf_getdata(section, NULL), i, &symbol); i++)
			if (!strcmp(elf_strptr(elf, header.sh_link, symbol.st_name), name))
				value = symbol.st_value;
	}
	elf_getphdrnum(elf, &nr_segments);
	for (size_t i = 0; i < nr_segments; i++)
		if (gelf_getphdr(elf, (int)i, &segment) && segment.p_type == PT_LOAD &&
		    value - segment.p_vaddr < segment.p_filesz)
			return value - segment.p_vaddr + segment.p_offset;
	return 0;
}

static int open_uprobe(const char *path, uint64_t offset, int cpu)
{
	struct perf_event_attr attr = { .size = sizeof(attr) };
	FILE *file = fopen("/sys/bus/event_source/devices/uprobe/type", "r");

	if (!file || fscanf(file, "%u", &attr.type) != 1)
		return -1;
	fclose(file);
	attr.config1 = (uint64_t)(uintptr_t)path;
	attr.config2 = offset;
	return (int)syscall(SYS_perf_event_open, &attr, -1, cpu, -1, PERF_FLAG_FD_CLOEXEC);
}

/* Counts by perf's own uprobe events, one for each CPU, without a BPF program. */
static int count_uprobes(const struct options *opts)
{
	static const char path[] = "/bin/workload";
	int events[2], program = open(path, O_RDONLY | O_CLOEXEC);
	uint64_t offset, count, total = 0;

	elf_version(EV_CURRENT);
	offset = symbol_offset(elf_begin(program, ELF_C_READ, NULL), opts->symbol);
	if (!offset)
		return fail(opts->symbol, ENOENT);
	for (int cpu = 0; cpu < 2; cpu++) {
		events[cpu] = open_uprobe(path, offset, cpu);
		if (events[cpu] < 0)
			return fail("uprobe", errno);
	}
	if (say_ready(opts))
		return fail("ready descriptor", errno);
	wait_for_end(opts);
	for (int cpu = 0; cpu < 2; cpu++) {
		if (read(events[cpu], &count, sizeof(count)) != sizeof(count))
			return fail("uprobe", errno);
		total += count;
	}
	printf("CALL COUNT\n%s %llu\n", opts->symbol, (unsigned long long)total);
	return 0;
}

static void take_kernel_down(void)
{
	FILE *trigger = fopen("/proc/sysrq-trigger", "w");

	if (trigger) {
		fputs("c", trigger);
		fclose(trigger);
	}
}

static int parse(int argc, char **argv, struct options *opts)
{
	const struct {
		const char *name;
		bool *flag;
	} flags[] = {
		{ "--mute", &opts->mute },   { "--garble", &opts->garble },
		{ "--deaf", &opts->deaf },   { "--wrong", &opts->wrong },
		{ "--crash", &opts->crash }, { "--panic", &opts->panic },
		{ "--btf", &opts->btf },
	};
	int i;

	for (i = 1; i < argc; i++) {
		const char *word = argv[i], *value = i + 1 < argc ? argv[i + 1] : "";
		bool is_flag = false;

		for (size_t f = 0; f < sizeof(flags) / sizeof(*flags); f++)
			if (!strcmp(word, flags[f].name))
				*flags[f].flag = is_flag = true;
		if (is_flag)
			continue;
		if (word[0] != '-') {
			opts->call = word;
			continue;
		}
		i++;
		if (!strcmp(word, "-p"))
			opts->pid = (uint32_t)strtoul(value, NULL, 10);
		else if (!strcmp(word, "-c"))
			opts->comm = value;
		else if (!strcmp(word, "-u"))
			opts->symbol = value;
		else if (!strcmp(word, "--ready-fd"))
			opts->ready_fd = (int)strtol(value, NULL, 10);
		else if (!strcmp(word, "--duration-ms"))
			opts->duration_ms = (int)strtol(value, NULL, 10);
		else
			return -EINVAL;
	}
	return call_number(opts->call) < 0 ? -EINVAL : 0;
}

int main(int argc, char **argv)
{
	struct options opts = { .call = "sync", .comm = "work", .ready_fd = -1 };

	if (parse(argc, argv, &opts)) {
		fputs("usage: standin [-p PID | -c COMM | -u SYMBOL] [--ready-fd N] [CALL]\n",
		      stderr);
		return 2;
	}
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	if (opts.panic)
		take_kernel_down();
	if (opts.crash)
		abort();
	if (opts.btf) {
		struct btf *btf = btf__load_vmlinux_btf();

		if (!btf)
			return fail("kernel BTF", errno);
		if (btf__find_by_name_kind(btf, "task_struct", BTF_KIND_STRUCT) < 0)
			return fail("task_struct", ENOENT);
		btf__free(btf);
	}
	return opts.symbol ? count_uprobes(&opts) : count_calls(&opts);
}
