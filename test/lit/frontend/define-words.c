// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Types and enumerators that only the value of a -D names come with the kernel's types.
// RUN: %bcc2core object -D RESULT=XDP_DROP -D CONTEXT=xdp_md %s -o %t.o
// RUN: %bcc2core check --dump=unit -D RESULT=XDP_DROP -D CONTEXT=xdp_md %s | grep -v CHECK | %FileCheck %s
//
// CHECK: program drop xdp line=
// CHECK: {{^}}#define RESULT XDP_DROP
int drop(struct CONTEXT *ctx)
{
	return ctx->ingress_ifindex ? RESULT : XDP_PASS;
}
