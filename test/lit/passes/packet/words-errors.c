// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Words for packets with arguments of the wrong sort.
// RUN: rm -f %t.o && %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: test ! -e %t.o
#include <bcc/proto.h>

struct odd_t {
	u8 odd;
	u8 text[3];
} BPF_PACKET_HEADER;




int filter(struct __sk_buff *skb)
{
	u8 *cursor = 0;
	struct odd_t *odd = cursor_advance(cursor, sizeof(*odd));
	struct odd_t copy = *odd;

	// CHECK: words-errors.c:[[@LINE+1]]:15: error: too few arguments to function call, expected 2, have 1 [clang]
	load_byte(skb);
	// CHECK: words-errors.c:[[@LINE+1]]:17: warning: incompatible pointer to integer conversion passing 'struct __sk_buff *' to parameter of type 'unsigned long long' [clang-warning]
	load_half(skb, skb);
	return copy.odd;
}
