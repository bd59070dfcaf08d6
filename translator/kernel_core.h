// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel facts: what an object asks of the kernel it is loaded on; kernel.h says
 * whose kernels answer.
 */
#ifndef B2C_KERNEL_CORE_H
#define B2C_KERNEL_CORE_H

#include <bpf/btf.h>

#include "kernel.h"

/* A CO-RE relocation, as .BTF.ext has it. */
struct b2c_core_spec {
	const struct btf *local;	/* the object's */
	uint32_t type;
	const char *access;		/* "0:1:2", or the number of an enumerator */
	uint32_t kind;			/* enum bpf_core_relo_kind */
};

/* Whether libbpf would find on kernel i what the relocation asks for. */
bool kernel_core_resolves(struct b2c_kernels *kernels, size_t i, const struct b2c_core_spec *spec);

/* Appends "task_struct.__state", "task_struct" or an enumerator's name. */
void kernel_core_name(const struct b2c_core_spec *spec, struct b2c_text *out);

/* The enumerator of `enum tag` that has the value on kernel i, or NULL. */
const char *kernel_enum_value(struct b2c_kernels *kernels, size_t i, const char *tag,
			      uint32_t value);

/* A tracepoint of the kernel itself, by name without category; those of modules are not known. */
bool kernel_has_raw_tracepoint(struct b2c_kernels *kernels, size_t i, const char *name);

#endif
