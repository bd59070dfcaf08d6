// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A map that comes out of a map of maps is used by helpers, as in bcc. Tries have
// the methods of hashes.
// RUN: %bcc2core check --dump=unit --passes=map_method %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: void *inner = bpf_map_lookup_elem(&outer, &which);
// CHECK: u64 *n = bpf_map_lookup_elem(inner, &which);
// CHECK: if (bpf_map_lookup_elem(&by_key, &prefix))
// CHECK-NEXT: return (int)bpf_map_delete_elem(&routes, &prefix);
// CHECK-NEXT: b2c_increment(&routes, &prefix, 2);
// CHECK-NEXT: n = bpf_map_lookup_elem(&routes, &prefix);

struct prefix {
	u32 length, address;
};
BPF_HASH(form, u32);
BPF_ARRAY_OF_MAPS(outer, "form", 4);
BPF_HASH_OF_MAPS(by_key, struct prefix, "form");
BPF_LPM_TRIE(routes, struct prefix);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct prefix prefix = {.length = 32};
	u32 which = 1;
	void *inner = outer.lookup(&which);

	if (!inner)
		return 0;
	u64 *n = bpf_map_lookup_elem(inner, &which);

	if (n)
		*n += 1;
	if (by_key.lookup(&prefix))
		return routes.delete(&prefix);
	routes.increment(prefix, 2);
	n = routes.lookup(&prefix);
	return n ? *n : 0;
}
