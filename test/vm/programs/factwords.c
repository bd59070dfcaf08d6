// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What the tool finds out about the host, and options with a meaning, each with a
 * result that is known for N calls of getppid(2) by one process and N opens of a file.
 */
enum {
	PIDNS,		/* calls in the name spaces of the tool */
	NETNS,
	MNTNS,
	SYMBOL,		/* whose pid name space is the first one */
	NO_SYMBOL,
	CPUS,
	PAGE,
	TICKS,
	SECONDS,	/* since 1970, of the last call */
	PORTS,		/* sum of a list */
	IN_NETS,	/* calls for which a trie of networks has an address */
	SIGNAL,
	MODE,
	WAITED,		/* of an option with a unit, in ms */
	FILE_OPENED,	/* the file of an option */
	OTHER_FILE,
	NR_RESULTS,
};

struct prefix {
	u32 bits;
	u8 address[4];
};

BPF_ARRAY(results, u64, NR_RESULTS);
BPF_HASH(ports, u32, u32);
BPF_LPM_TRIE(nets, struct prefix, u32, 16);

static void add(u32 slot, u64 n)
{
	results.increment(slot, n);
}

static void set(u32 slot, u64 n)
{
	results.update(&slot, &n);
}

static void use_names(void)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct bpf_pidns_info info = {};

	if (!bpf_get_ns_current_pid_tgid(host.pidns_dev, host.pidns_ino, &info, sizeof(info)) &&
	    info.tgid == opt.pid)
		add(PIDNS, 1);
	if (task->nsproxy->net_ns->ns.inum == host.netns_ino)
		add(NETNS, 1);
	if (task->nsproxy->mnt_ns->ns.inum == host.mntns_ino)
		add(MNTNS, 1);
	if ((u64)task->nsproxy->pid_ns_for_children == host.init_pid_ns)
		add(SYMBOL, 1);
	if (!host.no_such_symbol)
		add(NO_SYMBOL, 1);
}

static void use_options(void)
{
	struct prefix address = {.bits = 32, .address = {10, 1, 2, 3}};
	u32 i, port, *n;

	for (i = 0; i < 4; i++) {
		if (i >= opt.nr_ports)
			break;
		port = opt.ports[i];
		n = ports.lookup(&port);
		if (n)
			add(PORTS, port * *n);
	}
	if (nets.lookup(&address))
		add(IN_NETS, 1);
	set(SIGNAL, opt.kill);
	set(MODE, opt.mode == OPT_MODE_SLOW ? 2 : 1);
	set(WAITED, opt.wait / 1000000);
}

int syscall__getppid(struct pt_regs *ctx)
{
	if (bpf_get_current_pid_tgid() >> 32 != opt.pid)
		return 0;
	use_names();
	use_options();
	set(CPUS, host.cpus);
	set(PAGE, host.page_size);
	set(TICKS, host.clock_ticks);
	set(SECONDS, (bpf_ktime_get_ns() + host.boot_time_ns) / 1000000000);
	return 0;
}

int kprobe__security_file_open(struct pt_regs *ctx, struct file *file)
{
	if (!opt.file_ino || file->f_inode->i_ino != opt.file_ino)
		return 0;
	if (file->f_inode->i_sb->s_dev == opt.file_dev)
		add(FILE_OPENED, 1);
	else
		add(OTHER_FILE, 1);
	return 0;
}
