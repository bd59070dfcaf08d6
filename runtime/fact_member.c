// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Whether records of the kernel have members, for programs; see facts.h. */
#define _GNU_SOURCE
#include <bpf/btf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

/* The BTF of a run; a set within the tool lacks what its programs do not read. */
static struct btf *open_btf(const struct b2c_run *run)
{
	return run->settings.btf[0] ? btf__parse(run->settings.btf, NULL) : btf__load_vmlinux_btf();
}

static bool has_member(const struct btf *btf, const char *record, const char *name)
{
	int id = btf__find_by_name_kind(btf, record, BTF_KIND_STRUCT);
	const struct btf_member *members;
	const struct btf_type *type;
	size_t i;

	if (id < 0)
		id = btf__find_by_name_kind(btf, record, BTF_KIND_UNION);
	if (id < 0)
		return false;
	type = btf__type_by_id(btf, (uint32_t)id);
	members = btf_members(type);
	for (i = 0; i < btf_vlen(type); i++)
		if (!strcmp(btf__name_by_offset(btf, members[i].name_off), name))
			return true;
	return false;
}

void b2c_find_member(struct b2c_run *run, const char *name, uint32_t *is_there)
{
	struct btf *btf = run->member_btf ? run->member_btf : open_btf(run);
	size_t n = strcspn(name, ".");
	char *record = strndup(name, n);

	run->member_btf = btf;
	if (btf && record)
		*is_there = has_member(btf, record, name + n + 1);
	else
		b2c_error(run, "cannot tell whether this kernel has '%s': %s", name,
			  btf ? "out of memory" : "it has no BTF; give its BTF with --btf FILE");
	if ((!btf || !record) && !run->err)
		run->err = btf ? -ENOMEM : -ENOENT;
	free(record);
}
