// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Maps of maps take the form of their inner maps from a map of the program: by
// name where it comes before, else written out.
// RUN: %bcc2core check --dump=unit --passes=map_decl %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: map a array_of_maps {{.*}}max_entries=10 inner=first line=
// CHECK: map b hash_of_maps key=int {{.*}}max_entries=10240 inner=first line=
// CHECK: map c hash_of_maps key=struct key {{.*}}max_entries=10240 inner=first line=
// CHECK: map d hash_of_maps key=u64 {{.*}}max_entries=4 inner=last line=
// CHECK: map e array_of_maps {{.*}}max_entries=2 inner=first line=
// CHECK: source:
// CHECK: __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
// CHECK-NEXT: __uint(max_entries, 10);
// CHECK-NEXT: __type(key, u32);
// CHECK-NEXT: __array(values, typeof(first));
// CHECK-NEXT: } a SEC(".maps");
// CHECK: __uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
// CHECK-NEXT: __uint(max_entries, 10240);
// CHECK-NEXT: __type(key, u32);
// CHECK-NEXT: __array(values, typeof(first));
// CHECK-NEXT: } b SEC(".maps");
// CHECK: __type(key, struct key);
// CHECK: __uint(max_entries, 4);
// CHECK-NEXT: __type(key, u64);
// CHECK-NEXT: {{^}}	__array(values, struct {
// CHECK-NEXT: {{^}}		__uint(type, BPF_MAP_TYPE_ARRAY);
// CHECK-NEXT: {{^}}		__uint(max_entries, 16);
// CHECK-NEXT: {{^}}		__type(key, u32);
// CHECK-NEXT: {{^}}		__type(value, u64);
// CHECK-NEXT: {{^}}	});
// CHECK-NEXT: } d SEC(".maps");
// CHECK: } last SEC(".maps");

struct key {
	u32 a, b;
};
BPF_HASH(first, u32, u64, 64);
BPF_ARRAY_OF_MAPS(a, "first", 10);
BPF_HASH_OF_MAPS(b, "first");
BPF_HASH_OF_MAPS(c, struct key, "first");
BPF_HASH_OF_MAPS(d, u64, "last", 4);
BPF_TABLE("array_of_maps$first", u32, u32, e, 2);
BPF_ARRAY(last, u64, 16);

int f(struct pt_regs *ctx)
{
	return 0;
}
