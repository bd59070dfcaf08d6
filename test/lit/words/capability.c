// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Capabilities.
// RUN: %bcc2core check --dump=unit %s | grep -v '// CHECK' | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define CAP_NET_BIND_SERVICE 10
// CHECK-NEXT: #define CAP_NET_BROADCAST 11
// CHECK-NEXT: #define CAP_NET_ADMIN 12
// CHECK-NEXT: #define CAP_NET_RAW 13
// CHECK-NEXT: #define CAP_SYS_ADMIN 21
// CHECK-NEXT: #define CAP_PERFMON 38
// CHECK-NEXT: #define CAP_BPF 39
// CHECK-NEXT: #define CAP_CHECKPOINT_RESTORE 40
// CHECK-NEXT: #define CAP_CHOWN 0
// CHECK-NEXT: #define CAP_LAST_CAP CAP_CHECKPOINT_RESTORE
// CHECK: SEC("kprobe/cap_capable")
// CHECK-NEXT: int BPF_KPROBE(kprobe__cap_capable, void *cred, void *ns, int cap)
// CHECK: static __always_inline int of_network(int cap)
// CHECK: SEC("kprobe/security_capable")
// CHECK-NEXT: int BPF_KPROBE(kprobe__security_capable, void *cred, void *ns, int cap)
// CHECK: SEC("kprobe/ns_capable")
// CHECK-NEXT: int BPF_KPROBE(kprobe__ns_capable, void *ns, int cap)

// form: works
int kprobe__cap_capable(struct pt_regs *ctx, void *cred, void *ns, int cap)
{
	return cap == CAP_SYS_ADMIN;
}

// form: nested
static int of_network(int cap)
{
	return cap >= CAP_NET_BIND_SERVICE ? cap <= CAP_NET_RAW && cap != CAP_NET_BROADCAST : 0;
}

int kprobe__security_capable(struct pt_regs *ctx, void *cred, void *ns, int cap)
{
	if (cap < CAP_CHOWN || cap > CAP_LAST_CAP)
		return of_network(CAP_NET_ADMIN);
	return of_network(cap);
}

// form: macro
#define BIT_OF(cap) (1ULL << CAP_##cap)
#define IS_BPF(bits) ((bits) & (1ULL << CAP_BPF | BIT_OF(PERFMON)))

int kprobe__ns_capable(struct pt_regs *ctx, void *ns, int cap)
{
	return IS_BPF(1ULL << cap) != 0;
}

// What kernels have had since before the oldest is taken by #ifdef too.
// CHECK: SEC("kprobe/ns_capable_noaudit")
// CHECK: return (opts & CAP_OPT_NOAUDIT) == 0;
// CHECK-NOT: return opts;
int kprobe__ns_capable_noaudit(struct pt_regs *ctx, void *ns, int opts)
{
#ifdef CAP_OPT_NONE
	return (opts & CAP_OPT_NOAUDIT) == 0;
#else
	return opts;
#endif
}
