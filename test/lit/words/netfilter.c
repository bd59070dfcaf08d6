// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Verdicts of netfilter.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define NF_ACCEPT 1
// CHECK-NEXT: #define NF_STOLEN 2
// CHECK-NEXT: #define NF_QUEUE 3
// CHECK-NEXT: #define NF_REPEAT 4
// CHECK-NEXT: #define NF_DROP 0
// CHECK: SEC("kretprobe/nf_hook_slow")
// CHECK: static __always_inline int kept(u32 verdict)
// CHECK: SEC("kretprobe/nf_nat_inet_fn")
// CHECK: SEC("kretprobe/nf_conntrack_in")

// form: works
int kretprobe__nf_hook_slow(struct pt_regs *ctx)
{
	return PT_REGS_RC(ctx) == NF_DROP;
}

// form: nested
static int kept(u32 verdict)
{
	return verdict == NF_ACCEPT ? 1 : verdict != NF_STOLEN && verdict == NF_QUEUE;
}

int kretprobe__nf_nat_inet_fn(struct pt_regs *ctx)
{
	return PT_REGS_RC(ctx) < NF_REPEAT ? kept(PT_REGS_RC(ctx)) : kept(NF_STOLEN);
}

// form: macro
#define IS(ret, verdict) ((ret) == NF_##verdict)
#define DROPS(verdict) ((verdict) == NF_DROP)

int kretprobe__nf_conntrack_in(struct pt_regs *ctx)
{
	return DROPS(PT_REGS_RC(ctx)) || IS(PT_REGS_RC(ctx), REPEAT);
}
