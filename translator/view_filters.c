// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * View, filters: the BPF function that tells what they leave out. Each part asks its
 * option first, a constant for the verifier, which so removes those that are not given.
 */
#include <string.h>

#include "view_parts.h"

/* In the order of b2c_filter: what returns true for others. */
static const char *const conditions[B2C_NR_FILTERS] = {
	[B2C_FILTER_PID] = "\tif (opt.pid && bpf_get_current_pid_tgid() >> 32 != opt.pid)\n"
			   "\t\treturn true;\n",
	[B2C_FILTER_TID] = "\tif (opt.tid && (__u32)bpf_get_current_pid_tgid() != opt.tid)\n"
			   "\t\treturn true;\n",
	[B2C_FILTER_COMM] = "\tif (opt.comm[0]) {\n"
			    "\t\tchar name[16] = {};\n"
			    "\t\tint i;\n\n"
			    "\t\tbpf_get_current_comm(name, sizeof(name));\n"
			    "#pragma unroll\n"
			    "\t\tfor (i = 0; i < 16; i++)\n"
			    "\t\t\tif (name[i] != opt.comm[i])\n"
			    "\t\t\t\treturn true;\n"
			    "\t}\n",
	[B2C_FILTER_UID] =
		"\tif (opt.uid != (__u32)-1 && (__u32)bpf_get_current_uid_gid() != opt.uid)\n"
		"\t\treturn true;\n",
	[B2C_FILTER_CGROUP] =
		"\tif (opt.cgroup.id && opt.cgroup.level == (__u32)-1 &&\n"
		"\t    bpf_get_current_cgroup_id() != opt.cgroup.id)\n"
		"\t\treturn true;\n"
		"\tif (opt.cgroup.id && opt.cgroup.level != (__u32)-1 &&\n"
		"\t    b2c_ancestor_cgroup_id(opt.cgroup.level) != opt.cgroup.id)\n"
		"\t\treturn true;\n",
	[B2C_FILTER_MNTNS] =
		"\tif (opt.mntns && b2c_mntns_inum() != opt.mntns)\n"
		"\t\treturn true;\n",
	[B2C_FILTER_CGROUPMAP] = "\tif (opt.cgroupmap[0]) {\n"
				 "\t\t__u64 id = bpf_get_current_cgroup_id();\n\n"
				 "\t\tif (!bpf_map_lookup_elem(&cgroupmap, &id))\n"
				 "\t\t\treturn true;\n"
				 "\t}\n",
	[B2C_FILTER_MNTNSMAP] =
		"\tif (opt.mntnsmap[0]) {\n"
		"\t\t__u64 mount = b2c_mntns_inum();\n\n"
		"\t\tif (!bpf_map_lookup_elem(&mntnsmap, &mount))\n"
		"\t\t\treturn true;\n"
		"\t}\n",
};

static const char mntns_text[] =
	"/* What the filter reads; a program may have a struct mnt_namespace of its own. */\n"
	"struct mnt_namespace___inum {\n"
	"\tstruct ns_common ns;\n"
	"} __attribute__((preserve_access_index));\n\n"
	"/* The inode of the current process's mount name space. */\n"
	"static __always_inline __u32 b2c_mntns_inum(void)\n"
	"{\n"
	"\tstruct task_struct *task = (struct task_struct *)bpf_get_current_task();\n"
	"\tstruct mnt_namespace___inum *mount;\n\n"
	"\tmount = (struct mnt_namespace___inum *)BPF_CORE_READ(task, nsproxy, mnt_ns);\n"
	"\treturn BPF_CORE_READ(mount, ns.inum);\n"
	"}\n\n";

static const char ancestor_text[] =
	"/* Kernels before 6.1, where the helper is not for every tracing program. */\n"
	"struct cgroup___ids {\n"
	"\t__u64 ancestor_ids[1];\n"
	"} __attribute__((preserve_access_index));\n\n"
	"/* The id of the cgroup at `level` that the current process is in or below. */\n"
	"static __always_inline __u64 b2c_ancestor_cgroup_id(__u32 level)\n"
	"{\n"
	"\tstruct task_struct *task;\n"
	"\tstruct cgroup___ids *ids;\n"
	"\tstruct cgroup *group;\n"
	"\t__u64 id = 0;\n\n"
	"\tif (!bpf_core_field_exists(((struct cgroup___ids *)0)->ancestor_ids))\n"
	"\t\treturn bpf_get_current_ancestor_cgroup_id(level);\n"
	"\ttask = (struct task_struct *)bpf_get_current_task();\n"
	"\tgroup = BPF_CORE_READ(task, cgroups, dfl_cgrp);\n"
	"\tids = (struct cgroup___ids *)group;\n"
	"\tif (BPF_CORE_READ(group, level) >= (int)level)\n"
	"\t\tbpf_probe_read_kernel(&id, sizeof(id), &ids->ancestor_ids[0] + level);\n"
	"\treturn id;\n"
	"}\n\n";

/* The filters whose option is the path of a pinned map. */
static const struct {
	enum b2c_filter filter;
	const char *map;
} maps[] = {
	{ B2C_FILTER_CGROUPMAP, "cgroupmap" },
	{ B2C_FILTER_MNTNSMAP, "mntnsmap" },
};

static const char map_text[] = "/* Pinned by others; made and used only with --%s. */\n"
			       "struct {\n"
			       "\t__uint(type, BPF_MAP_TYPE_HASH);\n"
			       "\t__uint(max_entries, 1024);\n"
			       "\t__type(key, __u64);\n"
			       "\t__type(value, __u64);\n"
			       "} %s SEC(\".maps\");\n\n";

static bool is_asked(const struct b2c_manifest *manifest, enum b2c_filter filter)
{
	return manifest->filters.by >> filter & 1;
}

const char *view_filter_text(const struct b2c_manifest *manifest, struct b2c_arena *arena)
{
	struct b2c_text out = { 0 };
	const char *text;
	size_t i;

	if (!manifest->filters.by)
		return "";
	for (i = 0; i < sizeof(maps) / sizeof(maps[0]); i++)
		if (is_asked(manifest, maps[i].filter))
			text_printf(&out, map_text, maps[i].map, maps[i].map);
	if (is_asked(manifest, B2C_FILTER_MNTNS) || is_asked(manifest, B2C_FILTER_MNTNSMAP))
		text_append(&out, mntns_text);
	if (is_asked(manifest, B2C_FILTER_CGROUP))
		text_append(&out, ancestor_text);
	text_append(&out, "/* Whether the filters' options leave out the current process. */\n"
			  "static __always_inline bool b2c_filtered_out(void)\n{\n");
	for (i = 0; i < B2C_NR_FILTERS; i++)
		if (is_asked(manifest, (enum b2c_filter)i))
			text_append(&out, conditions[i]);
	text_append(&out, "\treturn false;\n}\n\n");
	text = arena_strdup(arena, text_string(&out));
	text_free(&out);
	return text;
}

void view_filters(const struct b2c_manifest *manifest, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	size_t i;

	view_list(view, "filter_maps");
	for (i = 0; i < sizeof(maps) / sizeof(maps[0]); i++) {
		const char *args[] = { "run", arena_printf(arena, "skel->maps.%s", maps[i].map),
				       arena_printf(arena, "opt.%s", maps[i].map) };

		if (is_asked(manifest, maps[i].filter))
			view_set(view_add(view, "filter_maps"), "call",
				 view_call("b2c_filter_map", args, 3, arena));
	}
}
