// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * A function at an address that is known in advance (image.py links it there), of
 * instructions that take one byte each on x86-64 and four on arm64: what is four bytes
 * from its start is one on both.
 */
#include "workload.h"

__asm__(".pushsection .fixed_text,\"ax\",%progbits\n"
	".globl workload_fixed\n"
	".type workload_fixed,%function\n"
	"workload_fixed:\n"
	"nop\nnop\nnop\nnop\nnop\nnop\nnop\nnop\n"
	"ret\n"
	".size workload_fixed, .-workload_fixed\n"
	".popsection\n");

void workload_fixed(void);

int run_fixed(int argc, char **argv)
{
	(void)argc;
	for (long i = 0; i < number(argv[0]); i++)
		workload_fixed();
	return 0;
}
