// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * User probes by symbol. The binary and the symbol are looked up here rather
 * than by libbpf, so that what is wrong with them can be said.
 */
#define _GNU_SOURCE
#include "elf_symbol.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "run.h"

const char *b2c_probe_binary(const struct b2c_probe *probe)
{
	if (probe->binary_option && *probe->binary_option)
		return probe->binary_option;
	return probe->binary ? probe->binary : "";
}

static int symbol_failed(struct b2c_run *run, const struct b2c_probe *probe, const char *path,
			 int err)
{
	struct b2c_text names = { 0 };

	if (probe->address && err == -ENOENT)
		return b2c_probe_failed(run, probe, err,
					"program '%s': no part of '%s' is at address %#llx",
					probe->program, path, (unsigned long long)probe->address);
	if (probe->symbol_option && *probe->symbol_option)
		b2c_text_printf(&names, "'%s'", probe->symbol_option);
	else
		b2c_text_names(&names, probe->targets);
	if (err == -ENOENT)
		err = b2c_probe_failed(run, probe, err, "program '%s': '%s' has no function %s",
				       probe->program, path, b2c_text_string(&names));
	else if (err == -ENOTSUP)
		err = b2c_probe_failed(run, probe, err,
				       "program '%s': %s of '%s' is an indirect function (IFUNC): "
				       "its address is chosen when a program runs; probe the "
				       "variant that is chosen",
				       probe->program, b2c_text_string(&names), path);
	else
		err = b2c_probe_failed(run, probe, err, "program '%s': cannot read '%s': %s",
				       probe->program, path,
				       err == -ENOEXEC ? "not an ELF file" : strerror(-err));
	b2c_text_free(&names);
	return err;
}

static int find_address(Elf *elf, void *data)
{
	uint64_t *place = data;

	return b2c_elf_offset(elf, *place, place);
}

/* The address, or the first of the symbols that is there; *ret_symbol is NULL for an address. */
static int find_symbol(const struct b2c_probe *probe, const char *path, const char **ret_symbol,
		       uint64_t *ret_offset)
{
	int err = -ENOENT;
	size_t i;

	if (probe->address) {
		*ret_symbol = NULL;
		*ret_offset = probe->address;
		return b2c_elf_with(path, find_address, ret_offset);
	}
	if (probe->symbol_option && *probe->symbol_option) {
		*ret_symbol = probe->symbol_option;
		return b2c_elf_symbol(path, probe->symbol_option, ret_offset);
	}
	for (i = 0; probe->targets[i] && err; i++) {
		*ret_symbol = probe->targets[i];
		err = b2c_elf_symbol(path, probe->targets[i], ret_offset);
	}
	return err;
}

bool b2c_has_symbol(const struct b2c_probe *probe)
{
	const char *binary = b2c_probe_binary(probe), *symbol;
	uint64_t offset;
	char path[PATH_MAX];

	return *binary && b2c_elf_find(binary, path, sizeof(path)) == 0 &&
	       find_symbol(probe, path, &symbol, &offset) == 0;
}

static void tell(struct b2c_run *run, const struct b2c_probe *probe, const char *path,
		 const char *symbol)
{
	struct b2c_text target = { 0 };

	b2c_text_printf(&target, "%s:%s", path, symbol);
	if (probe->offset)
		b2c_text_printf(&target, "+%#llx", (unsigned long long)probe->offset);
	b2c_tell_attached(run, probe,
			  &(struct b2c_attached){ .target = b2c_text_string(&target) });
	b2c_text_free(&target);
}

int b2c_attach_uprobe(struct b2c_run *run, const struct b2c_probe *probe,
		      struct bpf_program *program)
{
	LIBBPF_OPTS(bpf_uprobe_opts, opts, .retprobe = probe->kind == B2C_URETPROBE);
	const char *binary = b2c_probe_binary(probe), *symbol = NULL;
	int err, pid = b2c_probe_pid(probe);
	struct bpf_link *link;
	uint64_t offset = 0;
	char path[PATH_MAX], address[24];

	if (!*binary)
		return b2c_probe_failed(run, probe, -EINVAL, "program '%s': no binary is given",
					probe->program);
	err = b2c_elf_find(binary, path, sizeof(path));
	if (err)
		return b2c_probe_failed(run, probe, err, "program '%s': cannot find '%s': %s",
					probe->program, binary, strerror(-err));
	err = find_symbol(probe, path, &symbol, &offset);
	if (err)
		return symbol_failed(run, probe, path, err);
	snprintf(address, sizeof(address), "%#llx", (unsigned long long)probe->address);
	symbol = symbol ? symbol : address;
	offset += probe->offset;
	link = bpf_program__attach_uprobe_opts(program, pid ? pid : -1, path, offset, &opts);
	if (!link) {
		err = -errno;
		return b2c_probe_failed(run, probe, err,
					"cannot attach program '%s' to '%s' of "
					"'%s': %s",
					probe->program, symbol, path,
					err == -ESRCH ? "no such process"
						      : b2c_reason(B2C_STEP_ATTACH, err));
	}
	tell(run, probe, path, symbol);
	return b2c_keep_link(run, link);
}
