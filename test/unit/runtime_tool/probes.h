// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What both sides of the test tool share. */
#ifndef PROBES_H
#define PROBES_H

struct probes_options {
	__u32 pid;
	__u8 use_perf;
	__u8 folded;
	__u8 sample;
	__u32 batch;
	char symbol[64];
	char binary[128];
};

struct event {
	__u64 ts;
	__u32 pid;
	__s32 ret;
	char comm[16];
	__u32 address;
};

struct slot_key {
	__u32 cpu;
	__u32 slot;
};

struct stack_key {
	__u32 pid;
	__s32 kernel;
	__s32 user;
	char comm[16];
};

#endif
