// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Bind: the order of its parts; see bind.h. */
#include "bind.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "bind_parts.h"

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *bind_tool_name(const struct b2c_manifest *manifest, const char *source,
			   struct b2c_arena *arena)
{
	const char *name = manifest->tool.text ? manifest->tool.text : base_name(source);
	size_t i, n = manifest->tool.text ? strlen(name) : strcspn(name, ".");
	char *tool = arena_alloc(arena, n + 2);
	char *p = tool;

	if (!n || isdigit((unsigned char)*name))
		*p++ = '_';
	for (i = 0; i < n; i++)
		*p++ = isalnum((unsigned char)name[i]) ? name[i] : '_';
	return tool;
}

void bind_bare_plan(const struct b2c_bind_request *request, struct b2c_arena *arena,
		    struct b2c_plan *ret_plan)
{
	const struct b2c_manifest *manifest = request->manifest;

	*ret_plan = (struct b2c_plan){
		.unit = request->unit,
		.manifest = manifest,
		.tool = bind_tool_name(manifest, request->source, arena),
		.stem = bind_tool_name(manifest, request->source, arena),
		.summary = manifest->summary.text ? manifest->summary.text : "",
		.source = base_name(request->source),
		.manifest_file = manifest->present ? base_name(manifest->file) : NULL,
	};
}

static bool has_map(const struct b2c_unit *unit, const char *name)
{
	size_t i;

	for (i = 0; i < unit->nr_maps; i++)
		if (!strcmp(unit->maps[i].name, name))
			return true;
	return false;
}

static bool has_program(const struct b2c_unit *unit, const char *name)
{
	size_t i;

	for (i = 0; i < unit->nr_programs; i++)
		if (!strcmp(unit->programs[i].name, name))
			return true;
	return false;
}

bool bind_is_elsewhere(const struct bind *b, const char *map)
{
	size_t i;

	for (i = 0; i < b->nr_others && !has_map(b->unit, map); i++)
		if (has_map(b->others[i], map))
			return true;
	return false;
}

bool bind_runs_elsewhere(const struct bind *b, const char *function)
{
	size_t i;

	for (i = 0; i < b->nr_others && !has_program(b->unit, function); i++)
		if (has_program(b->others[i], function))
			return true;
	return false;
}

int bind_plan(const struct b2c_bind_request *request, struct b2c_arena *arena,
	      struct b2c_diag *diag, struct b2c_plan *ret_plan)
{
	size_t errors = diag_count(diag, B2C_ERROR);
	struct bind b = {
		.unit = request->unit,
		.manifest = request->manifest,
		.kernels = request->kernels,
		.arena = arena,
		.diag = diag,
		.plan = ret_plan,
		.others = request->others,
		.nr_others = request->nr_others,
	};

	bind_bare_plan(request, arena, ret_plan);
	bind_attaches(&b);
	bind_outputs(&b);
	ret_plan->start = bind_lines(&b, &request->manifest->start);
	ret_plan->end = bind_lines(&b, &request->manifest->end);
	bind_code(&b);
	bind_maps(&b);
	bind_filters(&b);
	return diag_count(diag, B2C_ERROR) > errors ? -EINVAL : 0;
}
