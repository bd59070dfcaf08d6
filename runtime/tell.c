// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Where probes are, in words: for messages and for who reads along. */
#define _GNU_SOURCE
#include <errno.h>
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

/* "program 'on_read' is attached to kprobe 'vfs_read'" */
static void note(const struct b2c_run *run, const struct b2c_probe *probe,
		 const struct b2c_attached *attached)
{
	struct b2c_text line = { 0 };

	b2c_text_printf(&line, "program '%s' is attached to %s '%s'", probe->program,
			b2c_kind_word(probe->kind), attached->target);
	if (attached->way)
		b2c_text_printf(&line, " in %zu places, %s; %zu refused", attached->nr,
				attached->way, attached->nr_refused);
	if (attached->remark)
		b2c_text_printf(&line, ", %s", attached->remark);
	b2c_note(run, "%s", b2c_text_string(&line));
	b2c_text_free(&line);
}

static void add_member(struct b2c_text *text, const char *key, const char *value)
{
	b2c_text_printf(text, ",\"%s\":", key);
	b2c_text_json(text, value, strlen(value));
}

void b2c_tell_attached(struct b2c_run *run, const struct b2c_probe *probe,
		       const struct b2c_attached *attached)
{
	struct b2c_text *text = &run->start_probes;

	if (run->settings.verbose)
		note(run, probe, attached);
	if (!run->settings.json)
		return;
	b2c_text_printf(text, "%s{\"program\":", text->size ? "," : "");
	b2c_text_json(text, probe->program, strlen(probe->program));
	add_member(text, "kind", b2c_kind_word(probe->kind));
	add_member(text, "target", attached->target);
	if (attached->way) {
		b2c_text_printf(text, ",\"places\":%zu,\"refused\":%zu", attached->nr,
				attached->nr_refused);
		add_member(text, "way", attached->way);
	}
	b2c_text_puts(text, "}");
}

int b2c_print_start(struct b2c_run *run)
{
	const char *version = run->tool->version ? run->tool->version : "";
	struct b2c_text line = { 0 };
	int err;

	b2c_text_puts(&line, "{\"start\":{\"tool\":");
	b2c_text_json(&line, run->tool->name, strlen(run->tool->name));
	add_member(&line, "version", version);
	b2c_text_printf(&line, ",\"probes\":[%s]}}\n", b2c_text_string(&run->start_probes));
	err = line.failed || run->start_probes.failed ? -ENOMEM : b2c_write_text(run, &line);
	b2c_text_free(&line);
	return err ? err : b2c_flush(run);
}
