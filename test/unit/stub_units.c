// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Hand-made units; see stub_units.h. */
#include "stub_units.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define LOC(at) { .file = "manifest.yaml", .line = (at), .column = 12 }
#define WORD(string, at) { .text = (string), .loc = LOC(at) }
static const char vmlinux[] =
	"#ifndef __VMLINUX_H__\n#define __VMLINUX_H__\n"
	"typedef unsigned char __u8;\ntypedef unsigned short __u16;\ntypedef unsigned int __u32;\n"
	"typedef signed int __s32;\ntypedef signed long long __s64;\n"
	"typedef unsigned long long __u64;\ntypedef __u8 u8;\ntypedef __u16 u16;\n"
	"typedef __u32 u32;\ntypedef __u64 u64;\ntypedef _Bool bool;\ntypedef __u16 __be16;\n"
	"typedef __u32 __be32;\ntypedef __u32 __wsum;\n"
	"enum { BPF_F_CURRENT_CPU = 0xffffffffULL, BPF_ANY = 0, BPF_F_USER_STACK = 256 };\n"
	"enum bpf_map_type { BPF_MAP_TYPE_HASH = 1, BPF_MAP_TYPE_ARRAY = 2,\n"
	"\tBPF_MAP_TYPE_PERF_EVENT_ARRAY = 4, BPF_MAP_TYPE_PERCPU_ARRAY = 6,\n"
	"\tBPF_MAP_TYPE_STACK_TRACE = 7 };\n"
	"struct bpf_raw_tracepoint_args { __u64 args[0]; };\n"
	"struct pt_regs { unsigned long r15, r14, r13, r12, bp, bx, r11, r10, r9, r8, ax, cx,\n"
	"\tdx, si, di, orig_ax, ip, cs, flags, sp, ss; };\n#endif\n";

/* ---- types ---- */

static const struct b2c_type type_char = {
	.kind = B2C_TYPE_INT,
	.spelling = "char",
	.name = "",
	.size = 1,
	.align = 1,
	.is_signed = true,
};
static const struct b2c_type type_u16 = {
	.kind = B2C_TYPE_INT,
	.spelling = "u16",
	.name = "",
	.size = 2,
	.align = 2,
};
static const struct b2c_type type_u32 = {
	.kind = B2C_TYPE_INT,
	.spelling = "u32",
	.name = "",
	.size = 4,
	.align = 4,
};
static const struct b2c_type type_int = {
	.kind = B2C_TYPE_INT,
	.spelling = "int",
	.name = "",
	.size = 4,
	.align = 4,
	.is_signed = true,
};
static const struct b2c_type type_u64 = {
	.kind = B2C_TYPE_INT,
	.spelling = "u64",
	.name = "",
	.size = 8,
	.align = 8,
};
static const struct b2c_type type_pointer = {
	.kind = B2C_TYPE_POINTER,
	.spelling = "void *",
	.name = "",
	.size = 8,
	.align = 8,
};
static const struct b2c_type type_int128 = {
	.kind = B2C_TYPE_INT128,
	.spelling = "unsigned __int128",
	.name = "",
	.size = 16,
	.align = 16,
};
static const struct b2c_type type_comm = {
	.kind = B2C_TYPE_STRING,
	.spelling = "char[16]",
	.name = "",
	.size = 16,
	.align = 1,
	.nr_elements = 16,
	.element = &type_char,
};
static const struct b2c_type type_path = {
	.kind = B2C_TYPE_STRING,
	.spelling = "char[64]",
	.name = "",
	.size = 64,
	.align = 1,
	.nr_elements = 64,
	.element = &type_char,
};
static const struct b2c_type type_two_u32 = {
	.kind = B2C_TYPE_ARRAY,
	.spelling = "u32[2]",
	.name = "",
	.size = 8,
	.align = 4,
	.nr_elements = 2,
	.element = &type_u32,
};
static const struct b2c_type type_in6_addr = {
	.kind = B2C_TYPE_RECORD,
	.spelling = "struct in6_addr",
	.name = "in6_addr",
	.size = 16,
	.align = 4,
	.is_kernel = true,
};

/* ---- opens ---- */

static const struct b2c_member pair_fields[] = {
	{ .name = "low", .type = &type_u16, .offset = 0 },
	{ .name = "high", .type = &type_u16, .offset = 2 },
};
static const struct b2c_type type_pair = {
	.kind = B2C_TYPE_RECORD,
	.spelling = "struct pair",
	.name = "pair",
	.size = 4,
	.align = 2,
	.fields = pair_fields,
	.nr_fields = COUNT(pair_fields),
	.loc = { .file = "opens.c", .line = 3, .column = 8 },
};
static const struct b2c_member event_fields[] = {
	{ .name = "ts", .type = &type_u64, .offset = 0 },
	{ .name = "pid", .type = &type_u32, .offset = 8 },
	{ .name = "ret", .type = &type_int, .offset = 12 },
	{ .name = "saddr", .type = &type_in6_addr, .offset = 16 },
	{ .name = "daddr", .type = &type_int128, .offset = 32 },
	{ .name = "flags", .type = &type_u32, .offset = 48, .bit_offset = 0, .bit_width = 3 },
	{ .name = "kind", .type = &type_u32, .offset = 48, .bit_offset = 8, .bit_width = 4 },
	{ .name = "pair", .type = &type_pair, .offset = 50 },
	{ .name = "sk", .type = &type_pointer, .offset = 56 },
	{ .name = "two", .type = &type_two_u32, .offset = 64 },
	{ .name = "comm", .type = &type_comm, .offset = 72 },
	{ .name = "path", .type = &type_path, .offset = 88 },
};
static const struct b2c_type type_event = {
	.kind = B2C_TYPE_RECORD,
	.spelling = "struct event",
	.name = "event",
	.size = 160,
	.align = 16,
	.fields = event_fields,
	.nr_fields = COUNT(event_fields),
	.loc = { .file = "src/opens.c", .line = 8, .column = 8 },
};
static const struct b2c_map opens_maps[] = {
	{ .name = "events",
	  .kind = B2C_MAP_PERF_OUTPUT,
	  .event = &type_event,
	  .loc = { .file = "src/opens.c", .line = 24, .column = 1 } },
};
static const struct b2c_program opens_programs[] = {
	{ .name = "raw_tracepoint__sys_enter",
	  .kind = B2C_ATTACH_RAW_TRACEPOINT,
	  .target = "sys_enter",
	  .self_attach = true,
	  .loc = { .file = "src/opens.c", .line = 26 } },
	{ .name = "on_start",
	  .kind = B2C_ATTACH_KPROBE,
	  .target = "__blk_account_io_start",
	  .loc = { .file = "src/opens.c", .line = 40 } },
	{ .name = "on_call",
	  .kind = B2C_ATTACH_UPROBE,
	  .target = "",
	  .loc = { .file = "src/opens.c", .line = 50 } },
};
static const char opens_source[] =
	"struct pair {\n\tu16 low, high;\n};\n\n"
	"struct in6_addr { u8 bytes[16]; } __attribute__((aligned(4)));\n\n"
	"struct event {\n\tu64 ts;\n\tu32 pid;\n\tint ret;\n\tstruct in6_addr saddr;\n"
	"\tunsigned __int128 daddr;\n\tu32 flags : 3, : 5, kind : 4;\n\tstruct pair pair;\n"
	"\tvoid *sk;\n\tu32 two[2];\n\tchar comm[16];\n\tchar path[64];\n};\n\n"
	"struct {\n\t__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);\n\t__type(key, int);\n"
	"\t__type(value, u32);\n} events SEC(\".maps\");\n\n"
	"SEC(\"raw_tp/sys_enter\")\n"
	"int raw_tracepoint__sys_enter(struct bpf_raw_tracepoint_args *ctx)\n{\n"
	"\tstruct event e = {};\n\n\tif (opt.pid && opt.pid != bpf_get_current_pid_tgid() >> 32)\n"
	"\t\treturn 0;\n\te.ts = bpf_ktime_get_ns();\n"
	"\te.pid = bpf_get_current_pid_tgid() >> 32;\n\te.ret = -2;\n\te.daddr = 1;\n"
	"\te.flags = 5;\n\te.kind = 9;\n\te.pair.high = 443;\n\te.two[1] = 7;\n"
	"\t__builtin_memcpy(e.path, \"/etc/passwd\", 12);\n"
	"\tbpf_get_current_comm(&e.comm, sizeof(e.comm));\n"
	"\tbpf_perf_event_output(ctx, &events, BPF_F_CURRENT_CPU, &e, sizeof(e));\n"
	"\treturn 0;\n}\n\n"
	"SEC(\"kprobe/__blk_account_io_start\")\n"
	"int on_start(struct pt_regs *ctx)\n{\n\treturn 0;\n}\n\n"
	"SEC(\"uprobe\")\nint on_call(struct pt_regs *ctx)\n{\n\treturn 0;\n}\n";

static const struct b2c_option opens_options[] = {
	{ .name = WORD("pid", 4),
	  .letter = 'p',
	  .type = B2C_OPTION_PID,
	  .help = WORD("trace this process only", 4) },
	{ .name = WORD("failed", 5),
	  .letter = 'x',
	  .type = B2C_OPTION_FLAG,
	  .help = WORD("show failed opens only; this help is long enough to need a second line in "
		       "the table of options, and says \"so\"",
		       5) },
	{ .name = WORD("max-ms", 6),
	  .type = B2C_OPTION_U64,
	  .default_number = 10,
	  .help = WORD("longest open", 6) },
	{ .name = WORD("binary", 7),
	  .type = B2C_OPTION_STRING,
	  .size = 64,
	  .default_text = WORD("libc.so.6", 7),
	  .help = WORD("library of getaddrinfo", 7) },
};
static const struct b2c_word start_targets[] = { WORD("__blk_account_io_start", 10),
						 WORD("blk_account_io_start", 10) };
static const struct b2c_word call_targets[] = { WORD("getaddrinfo", 11) };
static const struct b2c_attach opens_attaches[] = {
	{ .run = WORD("on_start", 10),
	  .kind = B2C_ATTACH_KPROBE,
	  .targets = start_targets,
	  .nr_targets = 2,
	  .when = WORD("opt.failed&&opt.max_ms>10", 10),
	  .optional = true },
	{ .run = WORD("on_call", 11),
	  .kind = B2C_ATTACH_UPROBE,
	  .targets = call_targets,
	  .nr_targets = 1,
	  .binary = WORD("opt.binary", 11),
	  .pid = WORD("opt.pid", 11) },
};
static const struct b2c_column opens_columns[] = {
	{ .header.plain = WORD("TIME(s)", 20),
	  .width = -14,
	  .precision = 6,
	  .value = WORD("seconds_since_start(e->ts)", 20) },
	{ .header.plain = WORD("COMM", 21),
	  .width = -16,
	  .precision = -1,
	  .value = WORD("e->comm", 21) },
	{ .header.plain = WORD("PID", 22),
	  .width = 7,
	  .precision = -1,
	  .type = B2C_VALUE_PID,
	  .value = WORD("e->pid", 22) },
	{ .header.plain = WORD("SADDR", 24),
	  .width = -20,
	  .precision = -1,
	  .type = B2C_VALUE_IP6,
	  .value = WORD("e->saddr", 24) },
	{ .header.plain = WORD("DADDR", 25),
	  .width = -20,
	  .precision = -1,
	  .type = B2C_VALUE_IP6,
	  .value = WORD("e->daddr", 25) },
	{ .header.plain = WORD("RET", 26),
	  .width = -8,
	  .precision = -1,
	  .type = B2C_VALUE_ERRNO,
	  .value = WORD("e->ret", 26) },
	{ .header.plain = WORD("FLAGS", 27),
	  .width = 6,
	  .precision = -1,
	  .value = WORD("e->flags", 27) },
	{ .header.plain = WORD("LAT(ms)", 28),
	  .width = 8,
	  .precision = 2,
	  .value = WORD("(double)e->pair.high/1000.0", 28) },
	{ .header.plain = WORD("PATH", 29),
	  .precision = -1,
	  .value = WORD("e->kind==9?e->path:\"none\"", 29) },
};
static const struct b2c_output opens_outputs[] = {
	{ .kind = B2C_OUTPUT_EVENTS,
	  .map = WORD("events", 18),
	  .columns = opens_columns,
	  .nr_columns = COUNT(opens_columns) },
};

struct stub stub_opens(void)
{
	return (struct stub){
		.source = "src/opens.c",
		.unit = {
			.maps = opens_maps, .nr_maps = COUNT(opens_maps),
			.programs = opens_programs, .nr_programs = COUNT(opens_programs),
			.license = "GPL", .bpf_comment = "// SPDX-License-Identifier: GPL-2.0\n\n"
"/* Who opens what. */\n\n/* Two ports. */\n",
.bpf_source = opens_source, .vmlinux = vmlinux,
		},
		.manifest = {
			.present = true, .file = "src/opens.yaml",
			.summary = WORD("Files opened, with the process and the result.", 2),
			.options = opens_options, .nr_options = COUNT(opens_options),
			.attaches = opens_attaches, .nr_attaches = COUNT(opens_attaches),
			.outputs = opens_outputs, .nr_outputs = COUNT(opens_outputs),
		},
	};
}

/* ---- biolat ---- */

static const struct b2c_member disk_fields[] = {
	{ .name = "disk", .type = &type_comm, .offset = 0 },
	{ .name = "pid", .type = &type_u32, .offset = 16 },
	{ .name = "slot", .type = &type_u64, .offset = 24 },
};
static const struct b2c_type type_disk_key = {
	.kind = B2C_TYPE_RECORD,
	.spelling = "disk_key_t",
	.name = "disk_key_t",
	.is_typedef = true,
	.size = 32,
	.align = 8,
	.fields = disk_fields,
	.nr_fields = COUNT(disk_fields),
	.loc = { .file = "biolat.c", .line = 3, .column = 8 },
};
static const struct b2c_map biolat_maps[] = {
	{ .name = "start",
	  .kind = B2C_MAP_HASH,
	  .key = &type_pointer,
	  .value = &type_u64,
	  .loc = { .file = "biolat.c", .line = 9 } },
	{ .name = "dist",
	  .kind = B2C_MAP_HASH,
	  .histogram = true,
	  .key = &type_disk_key,
	  .value = &type_u64,
	  .loc = { .file = "biolat.c", .line = 10 } },
	{ .name = "plain",
	  .kind = B2C_MAP_ARRAY,
	  .histogram = true,
	  .key = &type_int,
	  .value = &type_u64,
	  .loc = { .file = "biolat.c", .line = 11 } },
};
static const struct b2c_program biolat_programs[] = {
	{ .name = "raw_tracepoint__sys_enter",
	  .kind = B2C_ATTACH_RAW_TRACEPOINT,
	  .target = "sys_enter",
	  .self_attach = true,
	  .loc = { .file = "biolat.c", .line = 12 } },
};
static const char biolat_source[] =
	"typedef struct {\n\tchar disk[16];\n\tu32 pid;\n\tu64 slot;\n} disk_key_t;\n\n"
	"struct {\n\t__uint(type, BPF_MAP_TYPE_HASH);\n\t__uint(max_entries, 10240);\n"
	"\t__type(key, void *);\n\t__type(value, u64);\n} start SEC(\".maps\");\n\n"
	"struct {\n\t__uint(type, BPF_MAP_TYPE_HASH);\n\t__uint(max_entries, 10240);\n"
	"\t__type(key, disk_key_t);\n\t__type(value, u64);\n} dist SEC(\".maps\");\n\n"
	"struct {\n\t__uint(type, BPF_MAP_TYPE_ARRAY);\n\t__uint(max_entries, 64);\n"
	"\t__type(key, int);\n\t__type(value, u64);\n} plain SEC(\".maps\");\n\n"
	"SEC(\"raw_tp/sys_enter\")\n"
	"int raw_tracepoint__sys_enter(struct bpf_raw_tracepoint_args *ctx)\n{\n"
	"\tdisk_key_t key = { .disk = \"sda\", .pid = 1, .slot = ctx->args[1] % 10 };\n"
	"\tu64 one = 1, *seen;\n\tint slot = ctx->args[1] % 10;\n\n"
	"\tbpf_map_update_elem(&start, &ctx, &one, BPF_ANY);\n"
	"\tseen = bpf_map_lookup_elem(&plain, &slot);\n\tif (seen)\n"
	"\t\t__sync_fetch_and_add(seen, 1);\n"
	"\tseen = bpf_map_lookup_elem(&dist, &key);\n\tif (seen)\n"
	"\t\t__sync_fetch_and_add(seen, 1);\n\telse\n"
	"\t\tbpf_map_update_elem(&dist, &key, &one, BPF_ANY);\n\treturn 0;\n}\n";

struct stub stub_biolat(void)
{
	return (struct stub){
		.source = "biolat.c",
		.unit = {
			.maps = biolat_maps, .nr_maps = COUNT(biolat_maps),
			.programs = biolat_programs, .nr_programs = COUNT(biolat_programs),
			.license = "GPL", .bpf_source = biolat_source, .vmlinux = vmlinux,
		},
	};
}

/* ---- counts ---- */

static const struct b2c_member task_fields[] = {
	{ .name = "pid", .type = &type_u32, .offset = 0 },
	{ .name = "comm", .type = &type_comm, .offset = 4 },
};
static const struct b2c_type type_task_key = {
	.kind = B2C_TYPE_RECORD,
	.spelling = "struct key_t",
	.name = "key_t",
	.size = 20,
	.align = 4,
	.fields = task_fields,
	.nr_fields = COUNT(task_fields),
	.loc = { .file = "counts.c", .line = 3 },
};
static const struct b2c_member total_fields[] = {
	{ .name = "calls", .type = &type_u64, .offset = 0 },
	{ .name = "bytes", .type = &type_u64, .offset = 8 },
};
static const struct b2c_type type_total = {
	.kind = B2C_TYPE_RECORD,
	.spelling = "struct total",
	.name = "total",
	.size = 16,
	.align = 8,
	.fields = total_fields,
	.nr_fields = COUNT(total_fields),
	.loc = { .file = "counts.c", .line = 8 },
};
static const struct b2c_map counts_maps[] = {
	{ .name = "counts",
	  .kind = B2C_MAP_HASH,
	  .key = &type_task_key,
	  .value = &type_u64,
	  .loc = { .file = "counts.c", .line = 13 } },
	{ .name = "totals",
	  .kind = B2C_MAP_PERCPU_ARRAY,
	  .key = &type_int,
	  .value = &type_total,
	  .loc = { .file = "counts.c", .line = 14 } },
	{ .name = "names",
	  .kind = B2C_MAP_HASH,
	  .key = &type_comm,
	  .value = &type_comm,
	  .loc = { .file = "counts.c", .line = 15 } },
};
static const struct b2c_program counts_programs[] = {
	{ .name = "raw_tracepoint__sys_enter",
	  .kind = B2C_ATTACH_RAW_TRACEPOINT,
	  .target = "sys_enter",
	  .self_attach = true,
	  .loc = { .file = "counts.c", .line = 17 } },
};
static const char counts_source[] =
	"struct key_t {\n\tu32 pid;\n\tchar comm[16];\n};\n\n"
	"struct total {\n\tu64 calls;\n\tu64 bytes;\n};\n\n"
	"struct {\n\t__uint(type, BPF_MAP_TYPE_HASH);\n\t__uint(max_entries, 10240);\n"
	"\t__type(key, struct key_t);\n\t__type(value, u64);\n} counts SEC(\".maps\");\n\n"
	"struct {\n\t__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);\n\t__uint(max_entries, 4);\n"
	"\t__type(key, int);\n\t__type(value, struct total);\n} totals SEC(\".maps\");\n\n"
	"struct name {\n\tchar text[16];\n};\n\n"
	"struct {\n\t__uint(type, BPF_MAP_TYPE_HASH);\n\t__uint(max_entries, 10);\n"
	"\t__type(key, struct name);\n\t__type(value, struct name);\n} names SEC(\".maps\");\n\n"
	"SEC(\"raw_tp/sys_enter\")\n"
	"int raw_tracepoint__sys_enter(struct bpf_raw_tracepoint_args *ctx)\n{\n"
	"\tstruct key_t key = { .pid = bpf_get_current_pid_tgid() >> 32 };\n"
	"\tstruct total *total;\n\tstruct name name = {};\n"
	"\tu64 one = 1, *seen;\n\tint zero = 0;\n\n"
	"\tbpf_get_current_comm(&key.comm, sizeof(key.comm));\n"
	"\tbpf_get_current_comm(&name.text, sizeof(name.text));\n"
	"\tbpf_map_update_elem(&names, &name, &name, BPF_ANY);\n"
	"\ttotal = bpf_map_lookup_elem(&totals, &zero);\n\tif (total)\n\t\ttotal->calls++;\n"
	"\tseen = bpf_map_lookup_elem(&counts, &key);\n\tif (seen)\n"
	"\t\t__sync_fetch_and_add(seen, 1);\n\telse\n"
	"\t\tbpf_map_update_elem(&counts, &key, &one, BPF_ANY);\n\treturn 0;\n}\n";

struct stub stub_counts(void)
{
	return (struct stub){
		.source = "counts.c",
		.unit = {
			.maps = counts_maps, .nr_maps = COUNT(counts_maps),
			.programs = counts_programs, .nr_programs = COUNT(counts_programs),
			.license = "GPL", .bpf_source = counts_source, .vmlinux = vmlinux,
		},
	};
}

/* ---- stacks ---- */

static const struct b2c_member stack_fields[] = {
	{ .name = "pid", .type = &type_u32, .offset = 0 },
	{ .name = "kernel_stack_id", .type = &type_int, .offset = 4 },
	{ .name = "user_stack_id", .type = &type_u32, .offset = 8 },
	{ .name = "name", .type = &type_comm, .offset = 12 },
};
static const struct b2c_type type_stack_key = {
	.kind = B2C_TYPE_RECORD,
	.spelling = "struct key_t",
	.name = "key_t",
	.size = 28,
	.align = 4,
	.fields = stack_fields,
	.nr_fields = COUNT(stack_fields),
	.loc = { .file = "where.c", .line = 3 },
};
static const struct b2c_map stacks_maps[] = {
	{ .name = "counts",
	  .kind = B2C_MAP_HASH,
	  .key = &type_stack_key,
	  .value = &type_u64,
	  .loc = { .file = "where.c", .line = 10 } },
	{ .name = "stack_traces",
	  .kind = B2C_MAP_STACK_TRACE,
	  .loc = { .file = "where.c", .line = 11 } },
};
static const struct b2c_program stacks_programs[] = {
	{ .name = "raw_tracepoint__sys_enter",
	  .kind = B2C_ATTACH_RAW_TRACEPOINT,
	  .target = "sys_enter",
	  .self_attach = true,
	  .loc = { .file = "where.c", .line = 13 } },
};
static const char stacks_source[] =
	"struct key_t {\n\tu32 pid;\n\tint kernel_stack_id;\n\tu32 user_stack_id;\n"
	"\tchar name[16];\n};\n\n"
	"struct {\n\t__uint(type, BPF_MAP_TYPE_HASH);\n\t__uint(max_entries, 10240);\n"
	"\t__type(key, struct key_t);\n\t__type(value, u64);\n} counts SEC(\".maps\");\n\n"
	"struct {\n\t__uint(type, BPF_MAP_TYPE_STACK_TRACE);\n\t__uint(max_entries, 1024);\n"
	"\t__uint(key_size, sizeof(u32));\n\t__uint(value_size, 127 * sizeof(u64));\n"
	"} stack_traces SEC(\".maps\");\n\n"
	"SEC(\"raw_tp/sys_enter\")\n"
	"int raw_tracepoint__sys_enter(struct bpf_raw_tracepoint_args *ctx)\n{\n"
	"\tstruct key_t key = { .pid = bpf_get_current_pid_tgid() >> 32 };\n"
	"\tu64 one = 1, *seen;\n\n"
	"\tbpf_get_current_comm(&key.name, sizeof(key.name));\n"
	"\tkey.kernel_stack_id = bpf_get_stackid(ctx, &stack_traces, 0);\n"
	"\tkey.user_stack_id = bpf_get_stackid(ctx, &stack_traces, BPF_F_USER_STACK);\n"
	"\tseen = bpf_map_lookup_elem(&counts, &key);\n\tif (seen)\n"
	"\t\t__sync_fetch_and_add(seen, 1);\n\telse\n"
	"\t\tbpf_map_update_elem(&counts, &key, &one, BPF_ANY);\n\treturn 0;\n}\n";

struct stub stub_stacks(void)
{
	return (struct stub){
		.source = "where.c",
		.unit = {
			.maps = stacks_maps, .nr_maps = COUNT(stacks_maps),
			.programs = stacks_programs, .nr_programs = COUNT(stacks_programs),
			.license = "GPL", .bpf_source = stacks_source, .vmlinux = vmlinux,
		},
	};
}

/* ---- hello ---- */

static const struct b2c_program hello_programs[] = {
	{ .name = "raw_tracepoint__sys_enter",
	  .kind = B2C_ATTACH_RAW_TRACEPOINT,
	  .target = "sys_enter",
	  .self_attach = true,
	  .loc = { .file = "hello.c", .line = 1 } },
};
static const char hello_source[] =
	"SEC(\"raw_tp/sys_enter\")\n"
	"int raw_tracepoint__sys_enter(struct bpf_raw_tracepoint_args *ctx)\n{\n"
	"\tbpf_printk(\"hello %d\", 1);\n\treturn 0;\n}\n";

struct stub stub_hello(void)
{
	return (struct stub){
		.source = "hello.c",
		.unit = {
			.programs = hello_programs, .nr_programs = COUNT(hello_programs),
			.uses_trace_printk = true, .license = "Dual BSD/GPL",
			.bpf_source = hello_source, .vmlinux = vmlinux,
		},
	};
}
