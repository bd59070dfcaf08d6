/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * What every bcc program is parsed with: the kernel's types (a slice of BTF
 * made for this program), libbpf's helpers, then bcc's words.
 */
#include "vmlinux.h"
#define bpf_trace_printk bpf_trace_printk_of_libbpf
#include <bpf/bpf_helpers.h>
#undef bpf_trace_printk
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_tracing.h>

#include "b2c/maps.h"
#include "b2c/packet.h"
#include "b2c/programs.h"
#include "b2c/tracepoints.h"
#include "b2c/options.h"
