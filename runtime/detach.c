// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Keeps and undoes what holds no link of libbpf; see detach.h. */
#include "detach.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "run.h"

static void undo_all(struct b2c_run *run)
{
	while (run->detaches) {
		struct b2c_detach *detach = run->detaches;

		run->detaches = detach->next;
		detach->undo(detach);
		free(detach);
	}
}

int b2c_keep_detach(struct b2c_run *run, const struct b2c_detach *detach)
{
	struct b2c_detach *copy = malloc(sizeof(*copy));

	if (!copy) {
		struct b2c_detach now = *detach;

		now.undo(&now);
		return -ENOMEM;
	}
	*copy = *detach;
	copy->next = run->detaches;
	run->detaches = copy;
	run->detach_all = undo_all;
	return 0;
}

void b2c_undo_close(struct b2c_detach *detach)
{
	close(detach->fd);
}

int b2c_keep_link_fd(struct b2c_run *run, int fd)
{
	struct b2c_detach detach = { .undo = b2c_undo_close, .fd = fd };

	return b2c_keep_detach(run, &detach);
}
