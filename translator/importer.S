/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* The archive of importer/ as bytes; import.c hands it to the interpreter. */
	.section .rodata
	.globl b2c_importer, b2c_importer_end
b2c_importer:
	.incbin "importer.pyz"
b2c_importer_end:
	.section .note.GNU-stack, "", %progbits
