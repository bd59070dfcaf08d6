// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Time that block I/O takes, as a histogram for each disk. */
#include <linux/blk-mq.h>
#include <linux/blkdev.h>

struct disk_key {
	char disk[DISK_NAME_LEN];
	u64 slot;
};

BPF_HASH(start, struct request *);
BPF_HISTOGRAM(dist, struct disk_key);

int trace_start(struct pt_regs *ctx, struct request *req)
{
	u64 now = bpf_ktime_get_ns();

	start.update(&req, &now);
	return 0;
}

int trace_done(struct pt_regs *ctx, struct request *req)
{
	u64 *began = start.lookup(&req);
	struct disk_key key = {};
	u64 delta;

	if (!began)
		return 0;
	delta = (bpf_ktime_get_ns() - *began) / 1000;
	bpf_probe_read_kernel(&key.disk, sizeof(key.disk), req->q->disk->disk_name);
	key.slot = bpf_log2l(delta);
	dist.atomic_increment(key);
	start.delete(&req);
	return 0;
}
