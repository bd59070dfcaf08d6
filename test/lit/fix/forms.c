// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// What each fix writes; without one the form is bcc's.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK > %t.none
// RUN: %FileCheck %s --check-prefix=NONE < %t.none
// RUN: %bcc2core check --dump=unit --fix=all %s | grep -v CHECK > %t.all
// RUN: %FileCheck %s --check-prefix=ALL < %t.all
// RUN: %bcc2core check --dump=unit --fix=first-insert,atomic-add %s | grep -v CHECK > %t.two
// RUN: %FileCheck %s --check-prefix=TWO < %t.two
// RUN: %bcc2core object --fix=all %s -o %t.o
// RUN: %bcc2core object --fix=first-insert %s -o %t.o
// RUN: %bcc2core check --dump=unit --fix=all --reverse-passes %s | grep -v CHECK > %t.reverse
// RUN: diff %t.all %t.reverse

struct sum {
	u64 bytes;
	u32 calls[2];
};
BPF_HASH(counts, u32, u64);
BPF_HASH(sums, u32, struct sum);
BPF_HISTOGRAM(dist);
BPF_PERCPU_ARRAY(own, u64, 4);
BPF_HASH(bytes, u32, u8);

static void add(struct sum *sum, u32 n)
{
	sum->bytes += n * 2;
	sum->calls[0]++;
	sum->calls[1] -= n + 1;
	(*sum).bytes--;
}
// NONE: sum->bytes += n * 2;
// NONE: sum->calls[0]++;
// ALL: __sync_fetch_and_add(&sum->bytes, n * 2);
// ALL-NEXT: __sync_fetch_and_add(&sum->calls[0], 1);
// ALL-NEXT: __sync_fetch_and_add(&sum->calls[1], -(n + 1));
// ALL-NEXT: __sync_fetch_and_add(&(*sum).bytes, -1);
// TWO: __sync_fetch_and_add(&sum->bytes, n * 2);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct sum none = {}, *sum;
	u64 zero = 0, *value, *slot = own.lookup(&(int){0});
	u32 key = 1;

	counts.increment(key);
	counts.increment(key, 3);
	bytes.increment(key);
	dist.increment(bpf_log2l(zero));
	own.increment(0);
	sum = sums.lookup_or_init(&key, &none);
	add(sum, 1);
	value = counts.lookup(&key);
	if (value)
		(*value)++;
	if (slot)
		*slot += 1;
	return 0;
}
// NONE: b2c_increment(&counts, &key, 1, &counts_full);
// NONE: b2c_lookup_or_return(&sums, &key, &none, 0, &sums_full)
// NONE: (*value)++;
// ALL: struct sum sums_scratch;
// ALL-NEXT: struct sum none
// ALL: b2c_atomic_increment(&counts, &key, 1, &counts_full);
// ALL-NEXT: b2c_atomic_increment(&counts, &key, 3, &counts_full);
// ALL-NEXT: b2c_increment_first(&bytes, &key, 1, &bytes_full);
// ALL-NEXT: b2c_atomic_increment(&dist, &(u32){bpf_log2l(zero)}, 1);
// ALL-NEXT: b2c_increment(&own, &(u32){0}, 1);
// ALL-NEXT: sum = b2c_lookup_or_scratch(&sums, &key, &none, &sums_scratch, &sums_full);
// ALL: __sync_fetch_and_add(value, 1);
// ALL: *slot += 1;
// TWO-NOT: scratch
// TWO: b2c_increment_first(&counts, &key, 1, &counts_full);
// TWO: b2c_increment(&dist
// TWO: b2c_lookup_or_return(&sums
// TWO: __sync_fetch_and_add(value, 1);
