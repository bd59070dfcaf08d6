// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
#include <sys/stat.h>

static const char *kind_of_file(const struct event *e)
{
	return S_ISDIR(e->mode) ? "dir" : S_ISREG(e->mode) ? "file" : opt.all ? "other" : "";
}
