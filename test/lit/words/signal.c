// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Numbers of signals.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define SIGBUS 7
// CHECK-NEXT: #define SIGCONT 18
// CHECK-NEXT: #define SIGHUP 1
// CHECK-NEXT: #define SIGKILL 9
// CHECK-NEXT: #define SIGQUIT 3
// CHECK-NEXT: #define SIGSEGV 11
// CHECK-NEXT: #define SIGSTOP 19
// CHECK-NEXT: #define SIGTERM 15
// CHECK-NEXT: #define SIGTSTP 20
// CHECK: SEC("tp/signal/signal_generate")
// CHECK-NEXT: int tracepoint__signal__signal_generate(struct trace_event_raw_signal_generate *args)
// CHECK: static __always_inline int stops(int sig)
// CHECK: SEC("tp/signal/signal_deliver")
// CHECK-NEXT: int tracepoint__signal__signal_deliver(struct trace_event_raw_signal_deliver *args)
// CHECK: SEC("kprobe/do_send_sig_info")
// CHECK-NEXT: int BPF_KPROBE(kprobe__do_send_sig_info, int sig)

// form: works
TRACEPOINT_PROBE(signal, signal_generate)
{
	return args->sig == SIGKILL;
}

// form: nested
static int stops(int sig)
{
	return sig == SIGSTOP || (sig != SIGCONT && sig == SIGTSTP);
}

TRACEPOINT_PROBE(signal, signal_deliver)
{
	for (int sig = SIGHUP; sig < SIGQUIT; sig++)
		if (args->sig == sig)
			return stops(SIGTERM);
	return 0;
}

// form: macro
#define FAULT(sig) (1ULL << (sig) & (1ULL << SIGSEGV | 1ULL << SIGBUS))

int kprobe__do_send_sig_info(struct pt_regs *ctx, int sig)
{
	return FAULT(sig) != 0;
}
