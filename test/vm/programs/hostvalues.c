// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What depends on the host: enumerators whose values moved, branches on the version and on
 * the configuration; and access to a device, counted with the storage of its cgroup.
 */
enum slot {
	SEGMENTS,
	FAULTS,
	DROPPED,
	VERSION,
	NEW,
	CONFIGURED,
	DEVICE,
	DEVICE_STORED,
};

BPF_ARRAY(results, u64, 8);
BPF_CGROUP_STORAGE(accesses, u64);

static void set(u32 slot, u64 n)
{
	results.update(&slot, &n);
}

int syscall__getppid(struct pt_regs *ctx)
{
	if (bpf_get_current_pid_tgid() >> 32 != opt.pid)
		return 0;
	set(SEGMENTS, ITER_BVEC);
	set(FAULTS, PGFAULT);
	set(DROPPED, DROP_SLAB);
	set(VERSION, LINUX_VERSION_CODE >> 8);
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 10, 0)
	set(NEW, 3);
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(5, 15, 0)
	set(NEW, 2);
#else
	set(NEW, 1);
#endif
#if defined(CONFIG_NET_NS) && defined(CONFIG_SMP)
	set(CONFIGURED, 1);
#else
	set(CONFIGURED, 2);
#endif
	return 0;
}

/* /dev/null is 1:3 */
int on_device(struct bpf_cgroup_dev_ctx *ctx)
{
	u64 *nr = accesses.get_local_storage(0);

	if (ctx->major != 1 || ctx->minor != 3 || (ctx->access_type & 0xffff) != BPF_DEVCG_DEV_CHAR)
		return 1;
	results.atomic_increment(DEVICE);
	*nr += ctx->access_type >> 16 & BPF_DEVCG_ACC_WRITE ? 2 : 1;
	set(DEVICE_STORED, *nr);
	return 1;
}
