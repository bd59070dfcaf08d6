// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// What a method of a map gives is an int, as bcc declares it: before Linux 6.4 a negative one has
// 32 bits in a register of 64. Where it is only 0 or not, or nobody looks at it, the call stays plain.
// RUN: %bcc2core emit %s -o %t && %FileCheck %s --input-file=%t/error.bpf.c
BPF_ARRAY(array, u64, 4);
BPF_HASH(hash, u32, u64);
BPF_TABLE("lru_hash", u32, u64, lru, 10);
BPF_QUEUE(queue, u64, 4);
#define DROP(key) hash.delete(key)

// CHECK: #define DROP(key) (int)bpf_map_delete_elem(&hash, key)
// CHECK: if ((int)bpf_map_update_elem(&array, &index, &value, BPF_ANY) < 0)
// CHECK-NEXT: bpf_map_delete_elem(&hash, &key);
// CHECK-NEXT: long err = (int)bpf_map_delete_elem(&hash, &key);
// CHECK: if (err < 0 && (int)bpf_map_update_elem(&lru, &key, &value, BPF_NOEXIST) < 0)
// CHECK-NEXT: (void)bpf_map_push_elem(&queue, &value, 0);
// CHECK-NEXT: if ((int)bpf_map_pop_elem(&queue, &value) < 0)
// CHECK-NEXT: b2c_update(&hash, &key, &value, BPF_ANY, &hash_full);
// CHECK-NEXT: else
// CHECK-NEXT: bpf_map_peek_elem(&queue, &value);
// CHECK-NEXT: for (int i = (int)bpf_map_delete_elem(&hash, &key); i < 0; i++)
// CHECK-NEXT: bpf_map_delete_elem(&lru, &key);
// CHECK-NEXT: if (bpf_map_delete_elem(&hash, &key) || !bpf_map_delete_elem(&lru, &key) || bpf_map_peek_elem(&queue, &value) == 0)
// CHECK-NEXT: return bpf_map_pop_elem(&queue, &value) ? 1 : 2;
// CHECK-NEXT: return b2c_update(&hash, &key, &value, BPF_ANY, &hash_full) < 0;
int kprobe__do_nanosleep(struct pt_regs *ctx)
{
	u32 key = 9;
	int index = 9;
	u64 value = 1;

	if (array.update(&index, &value) < 0)
		hash.delete(&key);
	long err = hash.delete(&key);
	if (DROP(&key) < 0)
		value++;
	if (err < 0 && lru.insert(&key, &value) < 0)
		(void)queue.push(&value, 0);
	if (queue.pop(&value) < 0)
		hash.update(&key, &value);
	else
		queue.peek(&value);
	for (int i = hash.delete(&key); i < 0; i++)
		lru.delete(&key);
	if (hash.delete(&key) || !lru.delete(&key) || queue.peek(&value) == 0)
		return queue.pop(&value) ? 1 : 2;
	return hash.update(&key, &value) < 0;
}
