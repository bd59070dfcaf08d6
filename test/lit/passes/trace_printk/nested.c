// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Values that are translated themselves, in both forms of a line that old kernels print in parts.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: /* Since 5.16 one call prints any number of values. */
// CHECK-NEXT: #define has_trace_vprintk() bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_trace_vprintk)
// CHECK: static __always_inline void say(struct sock *sk, struct val *v)
// CHECK: bpf_printk("%d %d %s", bpf_map_lookup_elem(&h, (u32[]){1}) ? 1 : 0, BPF_CORE_READ(sk, __sk_common.skc_family), v->text);
// CHECK: SEC("kprobe/tcp_close")
// CHECK-NEXT: int BPF_KPROBE(kprobe__tcp_close, struct sock *sk)
// CHECK: say(sk, bpf_map_lookup_elem(&h, &k));
// CHECK-NEXT: b2c_printk_or(has_trace_vprintk(), bpf_printk("%d %d %d %d", (int)bpf_map_delete_elem(&h, &k), BPF_CORE_READ(sk, __sk_common.skc_num), b2c_div(BPF_CORE_READ(sk, __sk_common.skc_dport), ((int)bpf_map_delete_elem(&h, &k) + 1)), k), ({ bpf_printk("%d %d %d", (int)bpf_map_delete_elem(&h, &k), BPF_CORE_READ(sk, __sk_common.skc_num), b2c_div(BPF_CORE_READ(sk, __sk_common.skc_dport), ((int)bpf_map_delete_elem(&h, &k) + 1))); bpf_printk(" %d", k); }));
struct val {
	u64 n;
	char text[8];
};
BPF_HASH(h, u32, struct val);

static void say(struct sock *sk, struct val *v)
{
	if (v)
		bpf_trace_printk("%d %d %s\n", h.lookup((u32[]){1}) ? 1 : 0, sk->sk_family, v->text);
}

int kprobe__tcp_close(struct pt_regs *ctx, struct sock *sk)
{
	u32 k = 1;

	for (int i = 0; i < 2; i++)
		say(sk, h.lookup(&k));
	bpf_trace_printk("%d %d %d %d\n", h.delete(&k), sk->sk_num, sk->sk_dport / (h.delete(&k) + 1), k);
	return 0;
}
