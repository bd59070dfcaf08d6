// One macro can't read BPF memory here and kernel memory there.
// RUN: %not %bcc2core emit --dump=unit %s 2>&1 | %FileCheck %s
struct pair {
	u64 first;
	struct pair *next;
};
BPF_HASH(pairs, u32, struct pair);

// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}} [macro-disagrees]
#define FIRST(p) (p)->first

int kprobe__vfs_read(struct pt_regs *ctx, struct pair *theirs)
{
	u32 id = 0;
	struct pair *ours = pairs.lookup(&id);

	return ours ? FIRST(ours) + FIRST(theirs) : 0;
}
