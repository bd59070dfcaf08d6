// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Stack traces, perf outputs and ring buffers. An output gets a counter of the
// records that found no room; ring buffers and stacks are rounded up as in bcc.
// RUN: %bcc2core check --buffers=perf --dump=unit --passes=map_decl %s | %FileCheck %s
//
// CHECK: map s1 stacktrace {{.*}}max_entries=16384 line=
// CHECK: map s2 stacktrace {{.*}}max_entries=1024 line=
// CHECK: map events perf_output line=
// CHECK: map ring ringbuf max_entries=32768 line=
// CHECK: source:
// CHECK: __uint(type, BPF_MAP_TYPE_STACK_TRACE);
// CHECK-NEXT: __uint(max_entries, 16384);
// CHECK-NEXT: __uint(key_size, sizeof(u32));
// CHECK-NEXT: __uint(value_size, 127 * sizeof(u64));
// CHECK-NEXT: } s1 SEC(".maps");
// CHECK: __uint(max_entries, 1024);
// CHECK: } s2 SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
// CHECK-NEXT: __uint(key_size, sizeof(u32));
// CHECK-NEXT: __uint(value_size, sizeof(u32));
// CHECK-NEXT: } events SEC(".maps");
// CHECK-NEXT: __u64 events_lost[B2C_NR_LOST];
// CHECK: __uint(type, BPF_MAP_TYPE_RINGBUF);
// CHECK-NEXT: __uint(max_entries, 8 * 4096);
// CHECK-NEXT: } ring SEC(".maps");
// CHECK-NEXT: __u64 ring_lost[B2C_NR_LOST];

BPF_STACK_TRACE(s1);
BPF_STACK_TRACE(s2, 1000);
BPF_PERF_OUTPUT(events);
BPF_RINGBUF_OUTPUT(ring, 7);
