// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Words for packets in programs and functions that have none.
// RUN: rm -f %t.o && %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: test ! -e %t.o
#include <bcc/proto.h>

int on_xdp(struct xdp_md *ctx)
{
	// CHECK: context-errors.c:[[@LINE+8]]:19: error: 'load_byte' takes the packet of a struct __sk_buff, not 'struct xdp_md *' [packet-access]
	// CHECK: help: load from 'data' of the context where it has one
	// CHECK: context-errors.c:[[@LINE+6]]:39: error: 'load_half' takes the packet of a struct __sk_buff, not 'struct xdp_md *' [packet-access]
	// CHECK: help: load from 'data' of the context where it has one
	// CHECK: context-errors.c:[[@LINE+4]]:59: error: 'load_word' takes the packet of a struct __sk_buff, not 'struct xdp_md *' [packet-access]
	// CHECK: help: load from 'data' of the context where it has one
	// CHECK: context-errors.c:[[@LINE+2]]:80: error: 'load_dword' takes the packet of a struct __sk_buff, not 'struct xdp_md *' [packet-access]
	// CHECK: help: load from 'data' of the context where it has one
	return load_byte(ctx, 0) + load_half(ctx, 0) + load_word(ctx, 0) + load_dword(ctx, 0);
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	// CHECK: context-errors.c:[[@LINE+2]]:17: error: 'bpf_store_byte' takes the packet of a struct __sk_buff, not 'struct pt_regs *' [packet-access]
	// CHECK: help: load from 'data' of the context where it has one
	bpf_store_byte(ctx, 0, 1);
	// CHECK: context-errors.c:[[@LINE+2]]:17: error: 'bpf_store_half' takes the packet of a struct __sk_buff, not 'struct pt_regs *' [packet-access]
	// CHECK: help: load from 'data' of the context where it has one
	bpf_store_half(ctx, 0, 1);
	// CHECK: context-errors.c:[[@LINE+2]]:17: error: 'bpf_store_word' takes the packet of a struct __sk_buff, not 'struct pt_regs *' [packet-access]
	// CHECK: help: load from 'data' of the context where it has one
	bpf_store_word(ctx, 0, 1);
	// CHECK: context-errors.c:[[@LINE+2]]:18: error: 'bpf_store_dword' takes the packet of a struct __sk_buff, not 'struct pt_regs *' [packet-access]
	// CHECK: help: load from 'data' of the context where it has one
	bpf_store_dword(ctx, 0, 1);
	// CHECK: context-errors.c:[[@LINE+2]]:15: error: 'bpf_dins_pkt' takes the packet of a struct __sk_buff, not 'struct pt_regs *' [packet-access]
	// CHECK: help: load from 'data' of the context where it has one
	bpf_dins_pkt(ctx, 0, 0, 8, 1);
	// CHECK: context-errors.c:[[@LINE+2]]:22: error: 'bpf_dext_pkt' takes the packet of a struct __sk_buff, not 'struct pt_regs *' [packet-access]
	// CHECK: help: load from 'data' of the context where it has one
	return bpf_dext_pkt(ctx, 0, 0, 8);
}

static int sum(long place)
{
	// CHECK: context-errors.c:[[@LINE+4]]:9: error: 'incr_cksum_l3((void *)place, 1, 2)' is in the packet of a struct __sk_buff, which this function does not take [packet-access]
	// CHECK: help: make 'struct __sk_buff *skb' the first parameter, or use a pointer into the packet's data
	// CHECK: context-errors.c:[[@LINE+2]]:46: error: 'incr_cksum_l4((void *)place, 1, 2, 0)' is in the packet of a struct __sk_buff, which this function does not take [packet-access]
	// CHECK: help: make 'struct __sk_buff *skb' the first parameter, or use a pointer into the packet's data
	return incr_cksum_l3((void *)place, 1, 2) + incr_cksum_l4((void *)place, 1, 2, 0);
}

int filter(struct __sk_buff *skb)
{
	return sum(14);
}
