// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Arguments of USDT probes as bcc gives them, by libbpf's means. For emitted
 * TOOL.bpf.c, after vmlinux.h and libbpf's other headers.
 */
#ifndef B2C_USDT_BPF_H
#define B2C_USDT_BPF_H

#include <bpf/usdt.bpf.h>

/*
 * Argument `number` of a USDT probe, counted from 0, converted to what `destination`
 * points to; 0 where it can't be read.
 */
#define b2c_usdt_arg(ctx, number, destination)                         \
	({                                                             \
		typeof(destination) b2c_to = (destination);            \
		long b2c_value;                                        \
		int b2c_error = bpf_usdt_arg(ctx, number, &b2c_value); \
		*b2c_to = (typeof(*b2c_to))b2c_value;                  \
		b2c_error;                                             \
	})

/* The memory of the process that the argument points to. */
#define b2c_usdt_arg_p(ctx, number, destination, size)                       \
	({                                                                   \
		long b2c_address;                                            \
		bpf_usdt_arg(ctx, number, &b2c_address);                     \
		bpf_probe_read_user(destination, size, (void *)b2c_address); \
	})

#endif
