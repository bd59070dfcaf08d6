// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel facts: which kernels there are, unpacking one on first use, and the
 * index of its names; see kernel.h for the rule by which an x86_64 kernel
 * answers for arm64.
 */
#include "kernel_data.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <bpf/libbpf.h>
#include <zstd.h>

#define BASE_VERSION "6.1"
#define REFERENCE_ARCH "x86_64"

/* Compiled-in data that does not unpack is a broken build, not a wrong input. */
static _Noreturn void data_broken(const char *version)
{
	fprintf(stderr, "bcc2core: the data of kernel %s cannot be unpacked\n", version);
	_Exit(70);
}

static const struct b2c_kernel_data *data_find(const char *version, const char *arch)
{
	for (size_t i = 0; i < b2c_nr_kernel_data; i++) {
		const struct b2c_kernel_data *data = &b2c_kernel_data[i];

		if (!strcmp(data->version, version) && !strcmp(data->arch, arch))
			return data;
	}
	return NULL;
}

static void kernel_set(struct kernel *kernel, const struct b2c_kernel_data *data,
		       struct b2c_arena *arena)
{
	kernel->functions = arena_alloc(arena, sizeof(*kernel->functions));
	kernel->absent = arena_alloc(arena, sizeof(*kernel->absent));
	kernel->arena = arena;
	kernel->data = data;
	kernel->name = data->version;
	kernel->arch = data->arch;
}

/* The reference arch has every version; a native kernel of a version replaces it. */
static void kernels_list(struct b2c_kernels *kernels)
{
	for (size_t i = 0; i < b2c_nr_kernel_data; i++) {
		const struct b2c_kernel_data *data = &b2c_kernel_data[i];
		const struct b2c_kernel_data *own = data_find(data->version, kernels->arch);

		if (strcmp(data->arch, REFERENCE_ARCH))
			continue;
		if (!strcmp(data->version, BASE_VERSION)) {
			kernels->base = kernels->native = kernels->nr;
			kernel_set(&kernels->reference, data, kernels->arena);
		}
		kernel_set(&kernels->kernels[kernels->nr++], own ? own : data, kernels->arena);
	}
}

int kernels_open(const char *arch, struct b2c_kernels **ret_kernels)
{
	const struct b2c_kernel_data *base = data_find(BASE_VERSION, arch);
	struct b2c_arena *arena;
	struct b2c_kernels *kernels;

	*ret_kernels = NULL;
	if (!base)
		return -EINVAL;
	arena = arena_new();
	kernels = arena_alloc(arena, sizeof(*kernels));
	kernels->arena = arena;
	kernels->arch = base->arch;
	kernels_list(kernels);
	*ret_kernels = kernels;
	return 0;
}

static void kernel_release(struct kernel *kernel)
{
	btf_dump__free(kernel->dump);
	btf__free(kernel->btf);
	text_free(&kernel->dump_text);
}

void kernels_close(struct b2c_kernels *kernels)
{
	if (!kernels)
		return;
	for (size_t i = 0; i < kernels->nr; i++)
		kernel_release(&kernels->kernels[i]);
	kernel_release(&kernels->reference);
	arena_free(kernels->arena);
}

/* FNV-1a */
static uint32_t name_hash(const char *name)
{
	uint32_t hash = 2166136261u;

	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * 16777619u;
	return hash;
}

static void index_add(struct kernel *kernel, uint32_t id, uint32_t name, bool is_enumerator)
{
	if (!name)
		return;
	kernel->entries[++kernel->nr_entries] = (struct kernel_entry){
		.id = id,
		.name = name,
		.is_enumerator = is_enumerator,
	};
}

static void index_add_type(struct kernel *kernel, uint32_t id)
{
	const struct btf_type *type = kernel_type(kernel, id);

	if (!kind_is(type, KIND_TYPE | KIND(FUNC)))
		return;
	index_add(kernel, id, type->name_off, false);
	for (int i = 0; btf_is_enum(type) && i < btf_vlen(type); i++)
		index_add(kernel, id, btf_enum(type)[i].name_off, true);
	for (int i = 0; btf_is_enum64(type) && i < btf_vlen(type); i++)
		index_add(kernel, id, btf_enum64(type)[i].name_off, true);
}

static size_t index_room(const struct kernel *kernel)
{
	size_t room = 1;

	for (uint32_t id = 1; id < btf__type_cnt(kernel->btf); id++) {
		const struct btf_type *type = kernel_type(kernel, id);

		if (kind_is(type, KIND_TYPE | KIND(FUNC)))
			room += 1 + (kind_is(type, KIND_ENUM) ? btf_vlen(type) : 0);
	}
	return room;
}

/* Chains are filled from the last entry, so that each begins with the lowest id. */
static void kernel_index(struct kernel *kernel, struct b2c_arena *arena)
{
	size_t room = index_room(kernel);
	uint32_t size = 1;

	while (size < room)
		size *= 2;
	kernel->mask = size - 1;
	kernel->heads = arena_alloc(arena, size * sizeof(*kernel->heads));
	kernel->entries = arena_alloc(arena, room * sizeof(*kernel->entries));
	for (uint32_t id = 1; id < btf__type_cnt(kernel->btf); id++)
		index_add_type(kernel, id);
	for (uint32_t i = (uint32_t)kernel->nr_entries; i; i--) {
		struct kernel_entry *entry = &kernel->entries[i];
		uint32_t *head = &kernel->heads[name_hash(kernel_string(kernel, entry->name)) &
						kernel->mask];

		entry->next = *head;
		*head = i;
	}
}

void *kernel_blob_unpack(const struct kernel *kernel, const struct b2c_blob *blob,
			 struct b2c_arena *arena, size_t *ret_size)
{
	size_t packed = (size_t)(blob->end - blob->data);
	unsigned long long size = ZSTD_getFrameContentSize(blob->data, packed);
	void *content;
	size_t n;

	if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR)
		data_broken(kernel->name);
	content = arena_alloc(arena, (size_t)size + 1);
	n = ZSTD_decompress(content, (size_t)size, blob->data, packed);
	if (ZSTD_isError(n))
		data_broken(kernel->name);
	*ret_size = n;
	return content;
}

static void kernel_load(struct kernel *kernel, struct b2c_arena *arena)
{
	struct b2c_arena *scratch;
	void *content;
	size_t size;

	if (kernel->btf)
		return;
	scratch = arena_new();
	content = kernel_blob_unpack(kernel, &kernel->data->btf, scratch, &size);
	kernel->btf = btf__new(content, (uint32_t)size);
	arena_free(scratch);
	if (!kernel->btf)
		data_broken(kernel->name);
	kernel->tracepoints = kernel_blob_unpack(kernel, &kernel->data->tracepoints, arena, &size);
	kernel_index(kernel, arena);
}

struct kernel *kernel_at(struct b2c_kernels *kernels, size_t i)
{
	kernel_load(&kernels->kernels[i], kernels->arena);
	return &kernels->kernels[i];
}

struct kernel *kernel_reference(struct b2c_kernels *kernels)
{
	kernel_load(&kernels->reference, kernels->arena);
	return &kernels->reference;
}

/* 0 when `kernel` holds the BTF of a whole kernel of `arch`. */
static int user_file_check(const struct kernel *kernel, const char *arch)
{
	uint32_t regs = kernel_type_find(kernel, "pt_regs", KIND(STRUCT));
	struct kernel_member member;

	if (!regs || !kernel_type_find(kernel, "task_struct", KIND(STRUCT)))
		return -EINVAL;
	if (!kernel_member_find(kernel, regs, strcmp(arch, "arm64") ? "di" : "regs", &member))
		return -EXDEV;
	return 0;
}

int kernels_add_file(struct b2c_kernels *kernels, const char *path)
{
	struct kernel *kernel = &kernels->kernels[kernels->nr];
	libbpf_print_fn_t print;
	int err;

	if (kernels->nr == MAX_KERNELS)
		return -E2BIG;
	print = libbpf_set_print(NULL);
	errno = 0;
	kernel->btf = btf__parse(path, NULL);
	err = kernel->btf ? 0 : -errno;
	libbpf_set_print(print);
	if (err)
		return err == -ENOENT || err == -EACCES || err == -EISDIR ? err : -EINVAL;
	kernel->arch = kernels->arch;
	kernel->name = arena_strdup(kernels->arena, path);
	kernel->tracepoints = "";
	kernel_index(kernel, kernels->arena);
	err = user_file_check(kernel, kernels->arch);
	if (err) {
		kernel_release(kernel);
		*kernel = (struct kernel){ 0 };
		return err;
	}
	kernels->base = kernels->nr++;
	return 0;
}

size_t kernels_count(const struct b2c_kernels *kernels)
{
	return kernels->nr;
}

size_t kernels_base(const struct b2c_kernels *kernels)
{
	return kernels->base;
}

const char *kernel_name(const struct b2c_kernels *kernels, size_t i)
{
	return kernels->kernels[i].name;
}

const char *kernels_looked_at(struct b2c_kernels *kernels)
{
	const char *native = "", *foreign = "";

	for (size_t i = 0; i < kernels->nr; i++) {
		const char **list = kernel_is_foreign(kernels, i) ? &foreign : &native;

		*list = arena_printf(kernels->arena, "%s%s%s", *list, **list ? ", " : "",
				     kernel_name(kernels, i));
	}
	native = arena_printf(kernels->arena, "%s of %s", native, kernels->arch);
	if (!*foreign)
		return native;
	return arena_printf(kernels->arena,
			    "%s; %s of " REFERENCE_ARCH ", for what both have alike", native,
			    foreign);
}

uint32_t kernels_all(const struct b2c_kernels *kernels)
{
	return (1u << kernels->nr) - 1;
}

bool kernel_fact_holds(struct b2c_kernels *kernels, size_t i, kernel_fact *holds, const void *what)
{
	bool native;

	if (!kernel_is_foreign(kernels, i))
		return holds(kernel_at(kernels, i), what);
	native = holds(kernel_at(kernels, kernels->native), what);
	if (native != holds(kernel_reference(kernels), what))
		return native;
	return holds(kernel_at(kernels, i), what);
}

struct kernel *kernel_fact_source(struct b2c_kernels *kernels, size_t i, kernel_fact *holds,
				  const void *what)
{
	struct kernel *kernel = kernel_at(kernels, i);

	if (!kernel_fact_holds(kernels, i, holds, what))
		return NULL;
	return holds(kernel, what) ? kernel : kernel_at(kernels, kernels->native);
}

uint32_t kernel_entry_next(const struct kernel *kernel, const char *name, uint32_t entry)
{
	entry = entry ? kernel->entries[entry].next : kernel->heads[name_hash(name) & kernel->mask];
	while (entry && strcmp(kernel_string(kernel, kernel->entries[entry].name), name))
		entry = kernel->entries[entry].next;
	return entry;
}

uint32_t kernel_type_find(const struct kernel *kernel, const char *name, uint32_t kinds)
{
	uint32_t entry = 0;

	while ((entry = kernel_entry_next(kernel, name, entry))) {
		const struct kernel_entry *found = &kernel->entries[entry];

		if (!found->is_enumerator && kind_is(kernel_type(kernel, found->id), kinds))
			return found->id;
	}
	return 0;
}

const struct btf_type *kernel_type(const struct kernel *kernel, uint32_t id)
{
	return btf__type_by_id(kernel->btf, id);
}

const char *kernel_string(const struct kernel *kernel, uint32_t offset)
{
	const char *s = btf__str_by_offset(kernel->btf, offset);

	return s ? s : "";
}

uint32_t kernel_strip(const struct kernel *kernel, uint32_t id, uint32_t kinds)
{
	const struct btf_type *type = kernel_type(kernel, id);

	while (kind_is(type, kinds)) {
		id = btf_is_array(type) ? btf_array(type)->type : type->type;
		type = kernel_type(kernel, id);
	}
	return id;
}
