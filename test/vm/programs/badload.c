// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The verifier must refuse this: an index that nothing bounds. */
struct room {
	u8 bytes[16];
};

BPF_ARRAY(rooms, struct room, 1);

int syscall__getppid(struct pt_regs *ctx)
{
	u32 zero = 0;
	struct room *room = rooms.lookup(&zero);

	if (room)
		room->bytes[bpf_get_prandom_u32()] = 1;
	return 0;
}
