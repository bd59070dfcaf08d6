// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Cells for users: the name that /etc/passwd has for a number. Other sources of
 * names need shared libraries of the host, which a static tool cannot load.
 */
#define _GNU_SOURCE
#include <pwd.h>
#include <stdio.h>

#include "id_names.h"
#include "run.h"

static void users_read(struct b2c_id_names *names)
{
	FILE *f = fopen("/etc/passwd", "re");
	const struct passwd *user;

	if (!f)
		return;
	while ((user = fgetpwent(f)))
		b2c_id_name_add(names, user->pw_uid, user->pw_name);
	fclose(f);
}

void b2c_put_user(struct b2c_row *row, uint32_t uid)
{
	static struct b2c_id_names users = { .read = users_read };
	const char *name = b2c_row_skips(row) ? NULL : b2c_id_name(&users, uid);

	if (name)
		b2c_put_text(row, name);
	else
		b2c_put_uint(row, uid);
}
