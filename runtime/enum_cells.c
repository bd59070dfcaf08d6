// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Cells for enums of the kernel, whose names and numbers are those of the host:
 * read from its BTF when the first value of an enum is shown.
 */
#define _GNU_SOURCE
#include <bpf/btf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kernel_enums.h"
#include "run.h"

struct kernel_enum {
	struct kernel_enum *next;
	const struct b2c_column *column; /* that shows it */
	struct b2c_name *names;
	size_t nr_names;
};

static struct kernel_enum *enums;

/* BTF within an ELF file, or where only libbpf finds it, as a file of raw BTF. */
static int open_copy(const char *path)
{
	struct btf *btf = path ? btf__parse(path, NULL) : btf__load_vmlinux_btf();
	uint32_t size = 0;
	const void *data = btf ? btf__raw_data(btf, &size) : NULL;
	int fd = data ? memfd_create("btf", MFD_CLOEXEC) : -1;

	if (fd >= 0 && pwrite(fd, data, size, 0) != (ssize_t)size) {
		close(fd);
		fd = -1;
	}
	btf__free(btf);
	return fd;
}

static int read_from(int fd, struct kernel_enum *found)
{
	int err = fd < 0 ? -ENOENT
			 : b2c_enum_read(fd, found->column, &found->names, &found->nr_names);

	if (fd >= 0)
		close(fd);
	return err;
}

/* Numbers alone are shown of an enum that the host does not have. */
static void read_host(const struct b2c_row *row, struct kernel_enum *found)
{
	const char *file = *row->run->settings.btf ? row->run->settings.btf : NULL;
	int err = read_from(open(file ? file : "/sys/kernel/btf/vmlinux", O_RDONLY | O_CLOEXEC),
			    found);

	if (err && (file || access("/sys/kernel/btf/vmlinux", R_OK)))
		err = read_from(open_copy(file), found);
	if (err)
		b2c_note(row->run, "this kernel has no enum '%s'; its numbers are shown",
			 found->column->kernel_enum);
}

void b2c_put_kernel_enum(struct b2c_row *row, long long value)
{
	const struct b2c_column *column = b2c_row_column(row);
	struct kernel_enum *found = enums;

	while (found && found->column != column)
		found = found->next;
	if (!found && !b2c_row_skips(row)) {
		found = calloc(1, sizeof(*found));
		if (found) {
			*found = (struct kernel_enum){ .next = enums, .column = column };
			enums = found;
			read_host(row, found);
		}
	}
	b2c_put_named(row, found ? found->names : NULL, found ? found->nr_names : 0, value);
}
