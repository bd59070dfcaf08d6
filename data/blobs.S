/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* The packed kernel facts as bytes; blobs.c holds the table over them. */
	.section .rodata

	.macro blob id, stem
	.globl b2c_btf_\id, b2c_btf_end_\id, b2c_tracepoints_\id, b2c_tracepoints_end_\id
b2c_btf_\id:
	.incbin "\stem\().btf.zst"
b2c_btf_end_\id:
b2c_tracepoints_\id:
	.incbin "\stem\().tracepoints.zst"
b2c_tracepoints_end_\id:
	.endm

#define KERNEL(id, version, arch, stem) blob id, stem
#include "kernels.def"

	.section .note.GNU-stack, "", %progbits
