// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Filters by maps that others have pinned; see fill.h. */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <b2c/fill.h>

#include "fill.h"
#include "run.h"

static int use_pinned(struct bpf_map *map, const char *path, const char **ret_reason)
{
	struct bpf_map_info info = { 0 };
	uint32_t size = sizeof(info);
	int fd = bpf_obj_get(path), err = fd < 0 ? fd : 0;

	if (!err)
		err = bpf_obj_get_info_by_fd(fd, &info, &size);
	*ret_reason = b2c_strerror(err);
	if (!err && (info.type != BPF_MAP_TYPE_HASH || info.key_size != bpf_map__key_size(map))) {
		*ret_reason = "it is no hash with keys of 8 bytes";
		err = -EINVAL;
	}
	if (!err) {
		err = bpf_map__reuse_fd(map, fd);
		*ret_reason = b2c_strerror(err);
	}
	if (fd >= 0)
		close(fd); /* libbpf has a copy */
	return err;
}

void b2c_filter_map(struct b2c_run *run, struct bpf_map *map, const char *path)
{
	const char *reason;
	int err;

	if (!*path) {
		bpf_map__set_autocreate(map, false);
		return;
	}
	err = use_pinned(map, path, &reason);
	if (!err)
		return;
	b2c_error(run, "option '--%s': cannot use the map at '%s': %s", bpf_map__name(map), path,
		  reason);
	b2c_fill_failed(run, err);
}
