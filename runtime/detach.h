// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What is attached by more than a libbpf link, and is undone when the run ends. */
#ifndef B2C_DETACH_H
#define B2C_DETACH_H

#include <bpf/libbpf.h>
#include <stdbool.h>

struct b2c_run;

struct b2c_detach {
	struct b2c_detach *next;
	void (*undo)(struct b2c_detach *detach);
	int fd, other_fd;
	enum bpf_attach_type type;
	bool made_hook; /* tc: the qdisc was not there */
	struct bpf_tc_hook hook;
	struct bpf_tc_opts opts;
	char name[64]; /* a probe of tracefs: "b2c/..." */
};

/* Keeps a copy of `detach`, the last of which is undone first; undoes it now without memory. */
int b2c_keep_detach(struct b2c_run *run, const struct b2c_detach *detach);
/* The same for a link that libbpf knows nothing of. */
int b2c_keep_link_fd(struct b2c_run *run, int fd);
void b2c_undo_close(struct b2c_detach *detach);

#endif
