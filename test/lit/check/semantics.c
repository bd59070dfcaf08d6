// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// The semantics ledger: one line for each place where bcc does what a reader may not expect.
// RUN: %bcc2core check %s > %t.out
// RUN: grep -A1 semantics: %t.out | %FileCheck %s
// RUN: %bcc2core check --fix=all %s > %t.fixed
// RUN: %FileCheck %s --check-prefix=FIXED < %t.fixed

// CHECK: semantics.c:[[#@LINE+1]]:10: semantics: map 'counts' takes the memory of all its 10240 entries when it is loaded [hash-prealloc]
BPF_HASH(counts, u32, u64);
// CHECK-NEXT: help: BPF_F_TABLE with BPF_F_NO_PREALLOC
BPF_TABLE("lru_hash", u32, u64, recent, 64);
BPF_F_TABLE("hash", u32, u64, lazy, 64, BPF_F_NO_PREALLOC);
BPF_ARRAY(slots, u64, 4);
BPF_PERCPU_ARRAY(own, u64, 4);
BPF_STACK_TRACE(stacks, 64);
BPF_PERF_OUTPUT(events);

struct event {
	u64 word;
};

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	u32 key = 1;
	u64 zero = 0, *value;
	struct event event = {};

// CHECK: [[#@LINE+3]]:2: semantics: 'counts.increment' can overwrite the first count of a key when two CPUs insert it at once [first-insert]
// CHECK-NEXT: help: --fix=first-insert or --fix=atomic-increment
// CHECK: [[#@LINE+1]]:2: semantics: 'counts.increment' is not atomic: counts can be lost on several CPUs [increment-race]
	counts.increment(key);
// CHECK-NEXT: help: --fix=atomic-increment
// CHECK: [[#@LINE+1]]:2: semantics: 'recent.increment' counts no key that is absent: 'recent' is no plain hash [increment-absent]
	recent.increment(key);
// CHECK-NEXT: help: insert the key first
// CHECK-NEXT: semantics: 'recent.increment' is not atomic
// CHECK-NOT: 'own.increment'
// CHECK: [[#@LINE+1]]:10: semantics: 'counts.lookup_or_init' returns from 'kprobe__vfs_read' where the key can't be inserted [hidden-return]
	value = counts.lookup_or_init(&key, &zero);
// CHECK-NEXT: help: --fix=lookup-or-init
// CHECK: [[#@LINE+1]]:2: semantics: '(*value)++' changes a value of 'counts' that all CPUs share, not atomically [value-race]
	(*value)++;
// CHECK-NEXT: help: --fix=atomic-add
	own.increment(0);
// CHECK: [[#@LINE+1]]:2: semantics: the result of 'counts.update' is ignored: nothing is stored when the map is full [update-ignored]
	counts.update(&key, &zero);
	if (counts.update(&key, &zero))
		return 0;
	slots.update(&(int){0}, &zero);
// CHECK: [[#@LINE+1]]:15: semantics: 'stacks.get_stackid' gives -EEXIST where another stack has the slot; such stacks are lost [stack-collision]
	event.word = stacks.get_stackid(ctx, 0);
	event.word += stacks.get_stackid(ctx, BPF_F_REUSE_STACKID);
// CHECK: [[#@LINE+2]]:2: semantics: the result of 'bpf_probe_read' is ignored: an address that can't be read gives zeros [read-ignored]
// CHECK-NEXT: [[#@LINE+1]]:2: semantics: 'bpf_probe_read' reads more bytes than 'file->f_flags' has [wide-read]
	bpf_probe_read(&event.word, sizeof(event.word), &file->f_flags);
// CHECK: [[#@LINE+1]]:2: semantics: the result of 'events.perf_submit' is ignored: the tool counts lost records, the program goes on [submit-ignored]
	events.perf_submit(ctx, &event, sizeof(event));
	value = lazy.lookup(&key);
	if (value) {
		lazy.delete(&key);
// CHECK: [[#@LINE+1]]:7: semantics: 'value' is used after its key was deleted from 'lazy': another key may have the memory [use-after-delete]
		if (*value == 1)
			return 0;
	}
	value = lazy.lookup(&key);
	if (!value)
		return 0;
	zero = *value;
	lazy.delete(&key);
	return zero;
}

// FIXED: as in bcc
// FIXED-NOT: --fix=
// FIXED: [increment-absent]
// FIXED-NOT: --fix=
