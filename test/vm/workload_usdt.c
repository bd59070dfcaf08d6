// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * USDT probes: the notes that <sys/sdt.h> writes, written by hand, so that no
 * package is needed. A note says where a nop stands and where its arguments
 * are; the format is SystemTap's.
 */
#include "workload.h"

#include <stdint.h>

/* The note of a probe: its place, no base, no semaphore; its arguments as "SIZE@OPERAND". */
#define PROBE(provider, name, arguments, ...)                             \
	__asm__ volatile("990: nop\n"                                     \
			 ".pushsection .note.stapsdt, \"\", \"note\"\n"   \
			 ".balign 4\n"                                    \
			 ".4byte 992f - 991f, 994f - 993f, 3\n"           \
			 "991: .asciz \"stapsdt\"\n"                      \
			 "992: .balign 4\n"                               \
			 "993: .8byte 990b, 0, 0\n"                       \
			 ".asciz \"" provider "\"\n.asciz \"" name "\"\n" \
			 ".asciz \"" arguments "\"\n"                     \
			 "994: .balign 4\n"                               \
			 ".popsection" ::__VA_ARGS__)

/*
 * work__start: a string, a negative int, an unsigned char above 127, a signed char, a
 * number of 64 bits, a constant. In two places, by registers and through memory.
 */
static void start(const char *text, long i)
{
	long minus = -i, byte = 200, small = -5;
	unsigned long large = 0xfedcba9876543210 + (unsigned long)i;

	if (i % 2)
		PROBE("b2c", "work__start", "8@%0 -4@%1 1@%2 -1@%3 8@%4 -4@%5", "r"(text),
		      "r"(minus), "r"(byte), "r"(small), "r"(large), "n"(-9));
	else
		PROBE("b2c", "work__start", "8@%0 -4@%1 1@%2 -1@%3 8@%4 -4@%5", "m"(text),
		      "m"(minus), "m"(byte), "m"(small), "m"(large), "n"(-9));
}

/* N times work__start, numbered from 1, and work__done; both providers have `twice`. */
int run_usdt(int argc, char **argv)
{
	(void)argc;
	for (long i = 1; i <= number(argv[0]); i++) {
		start("marker", i);
		PROBE("b2c", "work__done", "-4@%0", "r"(i));
	}
	PROBE("b2c", "twice", "", "n"(0));
	PROBE("other", "twice", "", "n"(0));
	return 0;
}
