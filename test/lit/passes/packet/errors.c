// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Accesses to headers that have no form in BPF, all in one run.
// RUN: %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: test ! -e %t.o
#include <bcc/proto.h>

static int helper(struct ip_t *ip)
{
	// CHECK: errors.c:[[#@LINE+1]]:9: error: 'ip->tlen' is in the packet of a struct __sk_buff, which this function does not take [packet-access]
	return ip->tlen;
	// CHECK: help: make 'struct __sk_buff *skb' the first parameter, or use a pointer into the packet's data
}

int filter(struct __sk_buff *skb)
{
	u8 *cursor = 0;
	struct ip_t *ip = cursor_advance(cursor, sizeof(*ip));
	// CHECK: errors.c:[[#@LINE+1]]:21: error: '*ip' is more than one number, and a packet gives one at a time [packet-access]
	struct ip_t copy = *ip;
	// CHECK: help: read its members, or copy the bytes with bpf_skb_load_bytes()
	// CHECK: errors.c:[[#@LINE+1]]:13: error: 'ip->src = 1' is a write to the packet that is used as a value [packet-access]
	copy.src = ip->src = 1;
	// CHECK: help: make the write a statement of its own

	return helper(ip) + copy.tlen;
}
