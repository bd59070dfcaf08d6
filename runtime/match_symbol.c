// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * User probes by pattern: each function of a file whose name matches, once for each place.
 * Where the kernel has uprobe_multi (Linux 6.6, for one process 6.10) they are one link.
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <errno.h>
#include <gelf.h>
#include <linux/bpf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "elf_symbol.h"
#include "match.h"

#define UPROBE_MULTI_RETURN 1u

/* The kernel's, of which older headers have only a part. */
struct link_attr {
	uint32_t program, target, attach_type, flags;
	uint64_t path, offsets, semaphores, cookies;
	uint32_t nr, multi_flags, pid, padding;
};

struct search {
	struct b2c_matches *matches;
	regex_t regex;
};

/* One name for each place. */
static int add_symbol(struct b2c_matches *matches, const char *name, uint64_t offset)
{
	size_t i, nr = matches->names.nr;
	uint64_t *offsets;

	for (i = 0; i < nr; i++)
		if (matches->offsets[i] == offset)
			return 0;
	offsets = realloc(matches->offsets, (nr + 1) * sizeof(*offsets));
	if (!offsets)
		return -ENOMEM;
	matches->offsets = offsets;
	offsets[nr] = offset;
	return b2c_functions_add(&matches->names, name);
}

static int look_into_table(Elf *elf, Elf_Scn *section, const GElf_Shdr *shdr,
			   struct search *search)
{
	Elf_Data *data = elf_getdata(section, NULL);
	size_t i, nr = shdr->sh_entsize ? shdr->sh_size / shdr->sh_entsize : 0;
	uint64_t offset;
	GElf_Sym sym;
	int err = 0;

	for (i = 0; data && i < nr && !err; i++) {
		const char *name;

		if (!gelf_getsym(data, (int)i, &sym) || sym.st_shndx == SHN_UNDEF ||
		    GELF_ST_TYPE(sym.st_info) != STT_FUNC)
			continue;
		name = elf_strptr(elf, shdr->sh_link, sym.st_name);
		if (!name || !b2c_name_matches(name, &search->regex) ||
		    b2c_elf_offset(elf, sym.st_value, &offset))
			continue;
		err = add_symbol(search->matches, name, offset);
	}
	return err;
}

static int look(Elf *elf, void *data)
{
	Elf_Scn *section = NULL;
	GElf_Shdr shdr;
	int err = 0;

	while (!err && (section = elf_nextscn(elf, section))) {
		if (!gelf_getshdr(section, &shdr))
			continue;
		if (shdr.sh_type == SHT_DYNSYM || shdr.sh_type == SHT_SYMTAB)
			err = look_into_table(elf, section, &shdr, data);
	}
	return err;
}

static int find_symbols(struct b2c_matches *matches)
{
	struct search search = { .matches = matches };
	const char *binary = b2c_probe_binary(matches->probe);
	int err = *binary ? b2c_elf_find(binary, matches->path, sizeof(matches->path)) : -EINVAL;

	if (!err)
		err = b2c_pattern_compile(matches->probe, &search.regex);
	if (err)
		return err;
	err = b2c_elf_with(matches->path, look, &search);
	regfree(&search.regex);
	return err;
}

static int count_symbols(const struct b2c_probe *probe)
{
	struct b2c_matches matches = { .probe = probe };
	int err = find_symbols(&matches), nr = (int)matches.names.nr;

	b2c_matches_free(&matches);
	return err ? err : nr;
}

static int link_places(int program, const struct b2c_matches *matches, size_t from, size_t nr,
		       int pid)
{
	struct link_attr attr = {
		.program = (uint32_t)program,
		.attach_type = B2C_TRACE_UPROBE_MULTI,
		.path = (uint64_t)(uintptr_t)matches->path,
		.offsets = (uint64_t)(uintptr_t)(matches->offsets + from),
		.nr = (uint32_t)nr,
		.pid = (uint32_t)pid,
		.multi_flags = matches->probe->kind == B2C_URETPROBE ? UPROBE_MULTI_RETURN : 0,
	};

	return b2c_link_create(&attr, sizeof(attr));
}

/*
 * Tries a link in a folder: a kernel that knows such links says that it is no file. The
 * first ones took one thread for a process: those that don't say first that -1 is none.
 */
static bool kernel_has_multi(const struct b2c_probe *probe, bool of_process)
{
	static const struct bpf_insn nothing[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	LIBBPF_OPTS(bpf_prog_load_opts, load, .expected_attach_type = B2C_TRACE_UPROBE_MULTI);
	uint64_t offset = 0;
	struct b2c_matches folder = { .probe = probe, .path = "/", .offsets = &offset };
	int link, program = bpf_prog_load(BPF_PROG_TYPE_KPROBE, "b2c_try", "GPL", nothing,
					  B2C_SIZE(nothing), &load);

	if (program < 0)
		return false;
	link = link_places(program, &folder, 0, 1, of_process ? -1 : 0);
	close(program);
	if (link >= 0)
		close(link);
	return link == (of_process ? -EINVAL : -EBADF);
}

static void prepare(struct b2c_run *run, size_t index)
{
	const struct b2c_probe *probe = &run->tool->probes[index];
	struct bpf_program *program = run->choices[index].program;
	bool of_process = false;
	size_t i;

	for (i = 0; i < run->tool->nr_probes; i++)
		of_process |= run->choices[i].program == program && !run->choices[i].off &&
			      b2c_probe_pid(&run->tool->probes[i]);
	if (b2c_can_be_multi(run, index) && kernel_has_multi(probe, false) &&
	    (!of_process || kernel_has_multi(probe, true)))
		bpf_program__set_expected_attach_type(program, B2C_TRACE_UPROBE_MULTI);
}

static int attach_places(struct b2c_run *run, const struct b2c_matches *matches, size_t from,
			 size_t nr)
{
	LIBBPF_OPTS(bpf_uprobe_opts, opts, .retprobe = matches->probe->kind == B2C_URETPROBE);
	int fd, pid = b2c_probe_pid(matches->probe);
	struct bpf_link *link;

	if (matches->way) {
		fd = link_places(bpf_program__fd(matches->program), matches, from, nr, pid);
		return fd < 0 ? fd : b2c_keep_link_fd(run, fd);
	}
	link = bpf_program__attach_uprobe_opts(matches->program, pid ? pid : -1, matches->path,
					       matches->offsets[from], &opts);
	return link ? b2c_keep_link(run, link) : -errno;
}

static int attach_symbols(struct b2c_run *run, const struct b2c_probe *probe,
			  struct bpf_program *program)
{
	struct b2c_matches matches = {
		.probe = probe,
		.program = program,
		.attach = attach_places,
	};
	int err = find_symbols(&matches);

	if (bpf_program__expected_attach_type(program) == B2C_TRACE_UPROBE_MULTI)
		matches.way = "uprobe_multi";
	if (err)
		err = b2c_probe_failed(run, probe, err, "program '%s': cannot read '%s': %s",
				       probe->program, b2c_probe_binary(probe),
				       err == -ENOEXEC ? "not an ELF file" : strerror(-err));
	else
		err = b2c_attach_matches(run, &matches);
	b2c_matches_free(&matches);
	return err;
}

const struct b2c_pattern b2c_pattern_of_symbols = {
	.noun = "function",
	.count = count_symbols,
	.prepare = prepare,
	.attach = attach_symbols,
};
