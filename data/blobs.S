/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* The packed kernel facts as bytes; blobs.c holds the table over them. */
	.section .rodata

	.macro blob kind, id, stem
	.globl b2c_\kind\()_\id, b2c_\kind\()_end_\id
b2c_\kind\()_\id:
	.incbin "\stem\().\kind\().zst"
b2c_\kind\()_end_\id:
	.endm

	.macro blobs id, stem
	blob btf, \id, \stem
	blob tracepoints, \id, \stem
	blob functions, \id, \stem
	blob absent, \id, \stem
	.endm

#define KERNEL(id, version, arch, stem) blobs id, stem
#include "kernels.def"

	.section .note.GNU-stack, "", %progbits
