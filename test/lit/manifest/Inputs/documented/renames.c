// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
BPF_ARRAY(hits, u64, 1);

int on_rename(struct pt_regs *ctx, struct renamedata *rd)
{
	hits.atomic_increment(0, rd->new_dentry != NULL);
	return 0;
}

int on_rename_before(struct pt_regs *ctx)
{
	hits.atomic_increment(0);
	return 0;
}
