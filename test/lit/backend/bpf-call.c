// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Calls that BPF has no form for.
// RUN: rm -f %t.o
// RUN: %not %bcc2core object %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: test ! -e %t.o
#define own __attribute__((noinline))

struct triple {
	u64 a, b, c;
};

int outside(int n);
typedef int (*handler_t)(int);

static int even(int n) { return n; }
static int odd(int n) { return n * 3 + bpf_get_smp_processor_id(); }
static own int six(int a, int b, int c, int d, int e, int f)
{
	return bpf_ktime_get_ns() + a * b * c * d * e * f;
}
static own struct triple make(int n)
{
	struct triple triple = {n, bpf_ktime_get_ns(), 3};
	return triple;
}
static int fibonacci(int n)
{
	return n < 2 ? bpf_get_smp_processor_id() : fibonacci(n - 1) + fibonacci(n - 2);
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	int n = bpf_ktime_get_ns();
	handler_t handler = n & 1 ? odd : even;
	volatile handler_t hidden = handler;

	n += outside(n) + fibonacci(n);
	n += six(n, n + 1, n + 2, n + 3, n + 4, n + 5) + make(n).b;
	return hidden(n);
}
// CHECK-DAG: error: 'outside' is called, but neither defined nor a BPF helper [bpf-call]
// CHECK-DAG: error: 'fibonacci' calls itself, which the verifier refuses [bpf-call]
// CHECK-DAG: error: 'six' has 6 arguments; a function that is not inlined has 5 at most [bpf-call]
// CHECK-DAG: error: 'make' takes or returns a struct, which BPF can't pass [bpf-call]
// CHECK-DAG: error: a function is called through a pointer, which BPF can't do [bpf-call]
