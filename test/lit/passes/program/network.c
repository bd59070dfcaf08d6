// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// The context's type says what a program of the network is; an skb is a socket filter's
// unless only tc has what the program uses.
// RUN: %bcc2core check --dump=unit %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: program filter socket_filter line=
// CHECK: program by_helper tc line=
// CHECK: program by_member tc line=
// CHECK: program by_action tc line=
// CHECK: program by_function tc line=
// CHECK: program on_xdp xdp line=
// CHECK: program on_sock_ops sockops line=
// CHECK: program on_msg sk_msg line=
// CHECK: program on_lookup sk_lookup line=
// CHECK: program on_sysctl cgroup target=sysctl line=
// CHECK: program on_device cgroup target=device line=
// CHECK: program on_task_file iter target=task_file line=
// CHECK: {{^}}SEC("?socket")
// CHECK-NEXT: {{^}}int filter(struct __sk_buff *skb)
// CHECK: {{^}}SEC("?tc")
// CHECK-NEXT: {{^}}int by_helper(struct __sk_buff *skb)
// CHECK: {{^}}SEC("?tc")
// CHECK-NEXT: {{^}}int by_member(struct __sk_buff *skb)
// CHECK: {{^}}SEC("?tc")
// CHECK-NEXT: {{^}}int by_action(struct __sk_buff *skb)
// CHECK: {{^}}static __always_inline int redirect(
// CHECK: {{^}}SEC("?tc")
// CHECK-NEXT: {{^}}int by_function(struct __sk_buff *skb)
// CHECK: {{^}}SEC("?xdp")
// CHECK: {{^}}SEC("?sockops")
// CHECK: {{^}}SEC("?sk_msg")
// CHECK: {{^}}SEC("?sk_lookup")
// CHECK: {{^}}SEC("?cgroup/sysctl")
// CHECK: {{^}}SEC("?cgroup/dev")
// CHECK: {{^}}SEC("?iter/task_file")

int filter(struct __sk_buff *skb)
{
	return skb->len;
}

int by_helper(struct __sk_buff *skb)
{
	return bpf_clone_redirect(skb, 1, 0);
}

int by_member(struct __sk_buff *skb)
{
	return skb->tc_classid;
}

int by_action(struct __sk_buff *skb)
{
	return TC_ACT_OK;
}

static int redirect(struct __sk_buff *skb)
{
	return bpf_redirect(skb->ifindex, 0);
}

int by_function(struct __sk_buff *skb)
{
	return redirect(skb);
}

int on_xdp(struct xdp_md *ctx)
{
	return XDP_PASS;
}

int on_sock_ops(struct bpf_sock_ops *ops)
{
	return ops->op == BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB;
}

int on_msg(struct sk_msg_md *msg)
{
	return SK_PASS;
}

int on_lookup(struct bpf_sk_lookup *ctx)
{
	return SK_PASS;
}

int on_sysctl(struct bpf_sysctl *ctx)
{
	return !ctx->write;
}

int on_device(struct bpf_cgroup_dev_ctx *ctx)
{
	return ctx->major == 1;
}

int on_task_file(struct bpf_iter__task_file *ctx)
{
	return 0;
}
