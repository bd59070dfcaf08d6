// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Functions of which the compiler left only copies, each for some of the callers:
 * foo.isra.0, foo.constprop.0. A probe on such a function is one on each copy, so that it
 * sees the calls that it would have seen. The copies may have lost parameters.
 */
#include <errno.h>
#include <string.h>

#include "functions.h"
#include "run.h"

/* The function itself comes first in the order of the names. */
static bool is_or_copies(const char *name, const void *function)
{
	size_t length = strlen(function);

	return !strncmp(name, function, length) && (!name[length] || b2c_copy_of(name) == length);
}

static int attach_copy(struct b2c_run *run, const struct b2c_probe *probe,
		       const struct bpf_program *program, const char *name)
{
	struct bpf_link *link = b2c_attach_kprobe(run, program, probe, name);
	int err = -errno;

	if (!link)
		return b2c_probe_failed(run, probe, err,
					"cannot attach program '%s' to '%s': %s", probe->program,
					name, b2c_reason(B2C_STEP_ATTACH, err));
	b2c_tell_attached(run, probe, &(struct b2c_attached){
		.target = name,
		.remark = "a copy of the function for some callers that may lack parameters",
	});
	return b2c_keep_link(run, link);
}

int b2c_attach_copies(struct b2c_run *run, const struct b2c_probe *probe,
		      struct bpf_program *program)
{
	struct b2c_functions functions = { 0 };
	size_t i, k;
	int err = 0;

	for (i = 0; probe->targets[i] && !err && !functions.nr; i++) {
		err = b2c_functions_of_host(is_or_copies, probe->targets[i], &functions);
		/* the function is there: why it cannot be probed is told elsewhere */
		if (functions.nr && !strcmp(functions.names[0], probe->targets[i]))
			b2c_functions_free(&functions);
	}
	for (k = 0; k < functions.nr && !err; k++)
		err = attach_copy(run, probe, program, functions.names[k]);
	b2c_functions_free(&functions);
	return err;
}
