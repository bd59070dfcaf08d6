// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * USDT probes. Which probes a file has is looked up here rather than by libbpf,
 * so that a provider need not be named and what is wrong can be said.
 */
#define _GNU_SOURCE
#include "elf_symbol.h"
#include "elf_usdt.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "run.h"

/* One probe of a tool, while it is looked for. */
struct search {
	struct b2c_run *run;
	const struct b2c_probe *probe;
	const char *name;
	int pid;
	char path[PATH_MAX + 32]; /* the file that has it; "": none */
	struct b2c_elf_usdts all; /* what that file has */
	struct b2c_text place;	  /* where it was looked for */
};

/* Probes of a message: those that look like the name, else the first. */
#define MAX_SHOWN 8

static bool is_wanted(const struct search *search, const struct b2c_elf_usdt *usdt)
{
	const char *provider = search->probe->provider;

	return !strcmp(usdt->name, search->name) &&
	       (!provider || !strcmp(usdt->provider, provider));
}

static size_t count_wanted(const struct search *search)
{
	size_t i, nr = 0;

	for (i = 0; i < search->all.nr; i++)
		nr += is_wanted(search, &search->all.items[i]);
	return nr;
}

/* "'a:b', 'c:d'" of those that `shown` accepts. Returns how many. */
static size_t list_probes(const struct search *search,
			  bool (*shown)(const struct search *, const struct b2c_elf_usdt *),
			  struct b2c_text *text)
{
	size_t i, nr = 0;

	for (i = 0; i < search->all.nr; i++) {
		const struct b2c_elf_usdt *usdt = &search->all.items[i];

		if (shown && !shown(search, usdt))
			continue;
		if (nr++ < MAX_SHOWN)
			b2c_text_printf(text, "%s'%s:%s'", nr > 1 ? ", " : "", usdt->provider,
					usdt->name);
	}
	if (nr > MAX_SHOWN)
		b2c_text_printf(text, " and %zu more", nr - MAX_SHOWN);
	return nr;
}

/* A name that holds the other, or begins as it does. */
static bool is_near(const struct search *search, const struct b2c_elf_usdt *usdt)
{
	size_t same = 0;

	while (usdt->name[same] && usdt->name[same] == search->name[same])
		same++;
	return strstr(usdt->name, search->name) || strstr(search->name, usdt->name) ||
	       (same >= 3 && same * 2 >= strlen(search->name));
}

static int not_found(const struct search *search)
{
	const struct b2c_probe *probe = search->probe;
	const char *provider = probe->provider;
	struct b2c_text names = { 0 };
	bool near = list_probes(search, is_near, &names);
	int err;

	if (!near)
		list_probes(search, NULL, &names);
	err = b2c_probe_failed(search->run, probe, -ENOENT,
			       "program '%s': %s has no USDT probe '%s%s%s'%s%s", probe->program,
			       b2c_text_string(&search->place), provider ? provider : "",
			       provider ? ":" : "", search->name,
			       !search->all.nr ? " and no other"
			       : near	       ? "; like it: "
					       : "; it has ",
			       b2c_text_string(&names));
	b2c_text_free(&names);
	return err;
}

/* One name of two providers: which one is meant has to be said, as with bcc. */
static int ambiguous(const struct search *search)
{
	struct b2c_text names = { 0 };
	int err;

	list_probes(search, is_wanted, &names);
	err = b2c_probe_failed(
		search->run, search->probe, -EINVAL,
		"program '%s': several providers of '%s' have the USDT probe '%s': %s",
		search->probe->program, search->path, search->name, b2c_text_string(&names));
	b2c_text_free(&names);
	return err;
}

/* Adds the probes of a file to those of files before it. */
static int look_into(struct search *search, const char *path)
{
	int err = b2c_elf_usdts(path, &search->all);

	if (err)
		return err;
	if (count_wanted(search))
		snprintf(search->path, sizeof(search->path), "%s", path);
	return 0;
}

/* A file of the process as this process reaches it: both may have another root. */
static void path_of_process(int pid, const char *file, char *ret_path, size_t size)
{
	struct stat here, there;

	snprintf(ret_path, size, "/proc/%d/root%s", pid, file);
	if (!stat(file, &here) && !stat(ret_path, &there) && here.st_dev == there.st_dev &&
	    here.st_ino == there.st_ino)
		snprintf(ret_path, size, "%s", file);
}

/* What the process runs: its program, then the libraries, as they are mapped. */
static int look_into_process(struct search *search)
{
	char maps[64], line[PATH_MAX + 128], last[PATH_MAX] = "", path[PATH_MAX + 32];
	FILE *f;

	snprintf(maps, sizeof(maps), "/proc/%d/maps", search->pid);
	b2c_text_printf(&search->place, "what process %d runs", search->pid);
	f = fopen(maps, "re");
	if (!f)
		return errno == ENOENT ? -ESRCH : -errno;
	while (!*search->path && fgets(line, sizeof(line), f)) {
		char *file = strchr(line, '/');

		line[strcspn(line, "\n")] = '\0';
		if (!file || !strcmp(file, last))
			continue;
		snprintf(last, sizeof(last), "%s", file);
		path_of_process(search->pid, file, path, sizeof(path));
		look_into(search, path); /* what is no ELF file has none */
	}
	fclose(f);
	return 0;
}

/* Says why no file could be read. */
static int unreadable(const struct search *search, const char *binary, int err)
{
	b2c_probe_failed(search->run, search->probe, err, "program '%s': cannot read '%s': %s",
			 search->probe->program, binary,
			 err == -ENOEXEC ? "not an ELF file" : strerror(-err));
	return err;
}

static int find_in_process(struct search *search)
{
	int err = search->pid ? look_into_process(search) : -EINVAL;

	if (!err)
		return 0;
	if (!search->pid)
		b2c_probe_failed(search->run, search->probe, err,
				 "program '%s': no binary and no process is given",
				 search->probe->program);
	else
		b2c_probe_failed(search->run, search->probe, err,
				 "program '%s': cannot read what process %d runs: %s",
				 search->probe->program, search->pid, strerror(-err));
	return err;
}

/* Looks where the user says. Returns -errno, reported, when there is nothing to look into. */
static int find(struct search *search)
{
	const char *binary = b2c_probe_binary(search->probe);
	char path[PATH_MAX];
	int err;

	if (!*binary)
		return find_in_process(search);
	err = b2c_elf_find(binary, path, sizeof(path));
	if (err)
		return unreadable(search, binary, err);
	b2c_text_printf(&search->place, "'%s'", path);
	err = look_into(search, path);
	return err ? unreadable(search, path, err) : 0;
}

static int attach_failed(const struct search *search, int err)
{
	const char *reason = b2c_reason(B2C_STEP_ATTACH, err);

	if (err == -ENOTSUP && !search->pid)
		reason = "before Linux 5.15 a probe of a library or a position-independent program "
			 "needs a process";
	else if (err == -ESRCH)
		reason = "no such process";
	else if (err == -EEXIST)
		reason = "before Linux 5.15 one place can have one program; another of this tool "
			 "has it";
	return b2c_probe_failed(search->run, search->probe, err,
				"cannot attach program '%s' to USDT probe '%s' of '%s': %s",
				search->probe->program, search->name, search->path, reason);
}

static int attach_found(struct search *search, struct bpf_program *program)
{
	const struct b2c_elf_usdt *usdt = search->all.items;
	struct b2c_text target = { 0 };
	struct bpf_link *link;

	while (!is_wanted(search, usdt))
		usdt++;
	link = bpf_program__attach_usdt(program, search->pid ? search->pid : -1, search->path,
					usdt->provider, usdt->name, NULL);
	if (!link)
		return attach_failed(search, -errno);
	b2c_text_printf(&target, "%s:%s:%s", search->path, usdt->provider, usdt->name);
	b2c_tell_attached(search->run, search->probe,
			  &(struct b2c_attached){ .target = b2c_text_string(&target) });
	b2c_text_free(&target);
	return b2c_keep_link(search->run, link);
}

bool b2c_has_usdt(struct b2c_run *run, const struct b2c_probe *probe)
{
	struct b2c_probe quiet = *probe;
	struct search search = { .run = run, .probe = &quiet, .pid = b2c_probe_pid(probe) };
	bool has;

	quiet.optional = true;
	search.name = probe->symbol_option && *probe->symbol_option ? probe->symbol_option
								    : probe->targets[0];
	has = search.name && find(&search) == 0 && *search.path;
	b2c_elf_usdts_free(&search.all);
	b2c_text_free(&search.place);
	return has;
}

int b2c_attach_usdt(struct b2c_run *run, const struct b2c_probe *probe, struct bpf_program *program)
{
	bool by_option = probe->symbol_option && *probe->symbol_option;
	struct search search = {
		.run = run,
		.probe = probe,
		.name = by_option ? probe->symbol_option : probe->targets[0],
		.pid = b2c_probe_pid(probe),
	};
	int err;

	if (!search.name)
		return b2c_probe_failed(run, probe, -EINVAL, "program '%s': no USDT probe is given",
					probe->program);
	err = find(&search);
	if (err)
		err = probe->optional ? 0 : err;
	else if (!*search.path)
		err = not_found(&search);
	else if (count_wanted(&search) > 1)
		err = ambiguous(&search);
	else
		err = attach_found(&search, program);
	b2c_elf_usdts_free(&search.all);
	b2c_text_free(&search.place);
	return err;
}
