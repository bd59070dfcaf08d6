// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Where probes are, in words: for messages and for who reads along. */
#define _GNU_SOURCE
#include <string.h>

#include "run.h"

static const char *const kind_words[] = {
	[B2C_KPROBE] = "kprobe",	     [B2C_KRETPROBE] = "kretprobe",
	[B2C_KSYSCALL] = "ksyscall",	     [B2C_KRETSYSCALL] = "kretsyscall",
	[B2C_TRACEPOINT] = "tracepoint",     [B2C_RAW_TRACEPOINT] = "raw_tracepoint",
	[B2C_FENTRY] = "fentry",	     [B2C_FEXIT] = "fexit",
	[B2C_UPROBE] = "uprobe",	     [B2C_URETPROBE] = "uretprobe",
	[B2C_USDT] = "usdt",		     [B2C_PERF_EVENT] = "perf_event",
	[B2C_FMOD_RET] = "fmod_ret",	     [B2C_LSM] = "lsm",
	[B2C_ITER] = "iter",		     [B2C_SOCKET_FILTER] = "socket_filter",
	[B2C_XDP] = "xdp",		     [B2C_TC] = "tc",
	[B2C_CGROUP] = "cgroup",	     [B2C_SOCKOPS] = "sockops",
	[B2C_SK_SKB] = "sk_skb",	     [B2C_SK_MSG] = "sk_msg",
	[B2C_SK_LOOKUP] = "sk_lookup",	     [B2C_FLOW_DISSECTOR] = "flow_dissector",
};

const char *b2c_kind_word(enum b2c_probe_kind kind)
{
	return kind_words[kind];
}

void b2c_text_place(struct b2c_text *text, const struct b2c_probe *probe)
{
	b2c_text_puts(text, b2c_kind_word(probe->kind));
	if (probe->match)
		b2c_text_printf(text, " that matches '%s'", probe->match);
	if (probe->event)
		b2c_text_printf(text, " '%s'", probe->event);
	if (probe->symbol_option && *probe->symbol_option)
		b2c_text_printf(text, " '%s'", probe->symbol_option);
	else if (probe->targets[0])
		b2c_text_puts(text, " ");
	if (!probe->symbol_option || !*probe->symbol_option)
		b2c_text_names(text, probe->targets);
	if (*b2c_probe_binary(probe))
		b2c_text_printf(text, " of '%s'", b2c_probe_binary(probe));
}
