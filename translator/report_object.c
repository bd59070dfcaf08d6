// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Report: reads the object that was just compiled: code, relocations, maps. */
#include <errno.h>
#include <gelf.h>
#include <libelf.h>
#include <string.h>

#include "report_parts.h"

#define CODE_SUBPROGRAMS ".text"

/* An ELF file while it is read. */
struct reading {
	Elf *elf;
	struct b2c_arena *arena;
	struct report_object *object;
	Elf_Data *symbols;
	size_t nr_symbols;
	size_t strings;		/* section of the symbols' names */
};

static const char *string_at(const struct reading *r, size_t section, size_t offset)
{
	const char *string = elf_strptr(r->elf, section, offset);

	return string ? string : "";
}

static const char *section_name(const struct reading *r, Elf_Scn *section, GElf_Shdr *ret_header)
{
	size_t strings;

	if (!gelf_getshdr(section, ret_header) || elf_getshdrstrndx(r->elf, &strings))
		return "";
	return string_at(r, strings, ret_header->sh_name);
}

static Elf_Data *section_find(const struct reading *r, const char *name)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;

	while ((section = elf_nextscn(r->elf, section)))
		if (!strcmp(section_name(r, section, &header), name))
			return elf_getdata(section, NULL);
	return NULL;
}

/* ---- code ---- */

static int lowest_taken(const struct report_section *section)
{
	int lowest = 0;
	size_t i;

	for (i = 0; i < section->nr_insns; i++) {
		const struct bpf_insn *insn = &section->insns[i], *next = insn + 1;
		int place = -512;

		if (insn->code != (BPF_ALU64 | BPF_MOV | BPF_X) || insn->src_reg != BPF_REG_10)
			continue;
		if (i + 1 < section->nr_insns && next->code == (BPF_ALU64 | BPF_ADD | BPF_K) &&
		    next->dst_reg == insn->dst_reg)
			place = next->imm;
		lowest = place < lowest ? place : lowest;
	}
	return lowest;
}

static void read_code(struct reading *r, Elf_Scn *scn, const GElf_Shdr *header, const char *name)
{
	struct report_section *section = &r->object->sections[elf_ndxscn(scn)];
	Elf_Data *data = elf_getdata(scn, NULL);

	if (!data || !data->d_size || !(header->sh_flags & SHF_EXECINSTR))
		return;
	section->name = arena_strdup(r->arena, name);
	section->nr_insns = data->d_size / sizeof(struct bpf_insn);
	section->insns = memcpy(arena_alloc(r->arena, data->d_size), data->d_buf, data->d_size);
	section->notes = arena_alloc(r->arena, section->nr_insns * sizeof(*section->notes));
	section->lowest_taken = lowest_taken(section);
}

static void read_sections(struct reading *r)
{
	Elf_Scn *scn = NULL;
	GElf_Shdr header;

	elf_getshdrnum(r->elf, &r->object->nr_sections);
	r->object->sections = arena_alloc(r->arena, r->object->nr_sections *
					  sizeof(*r->object->sections));
	while ((scn = elf_nextscn(r->elf, scn))) {
		const char *name = section_name(r, scn, &header);

		if (header.sh_type == SHT_PROGBITS)
			read_code(r, scn, &header, name);
		if (header.sh_type != SHT_SYMTAB || !header.sh_entsize)
			continue;
		r->symbols = elf_getdata(scn, NULL);
		r->nr_symbols = (size_t)(header.sh_size / header.sh_entsize);
		r->strings = header.sh_link;
	}
}

static void read_programs(struct reading *r)
{
	struct report_program *programs = NULL;
	size_t i;

	for (i = 0; i < r->nr_symbols; i++) {
		const struct report_section *section;
		GElf_Sym symbol;

		if (!gelf_getsym(r->symbols, (int)i, &symbol) ||
		    GELF_ST_TYPE(symbol.st_info) != STT_FUNC ||
		    symbol.st_shndx >= r->object->nr_sections)
			continue;
		section = &r->object->sections[symbol.st_shndx];
		if (!section->name || !strcmp(section->name, CODE_SUBPROGRAMS))
			continue;
		*arena_append(r->arena, programs, r->object->nr_programs) =
			(struct report_program){
				.name = arena_strdup(r->arena, string_at(r, r->strings,
									 symbol.st_name)),
				.section = symbol.st_shndx,
				.insn = symbol.st_value / sizeof(struct bpf_insn),
			};
	}
	r->object->programs = programs;
}

/* ---- relocations ---- */

static void read_relocation(struct reading *r, struct report_section *section,
			    const GElf_Rel *relocation)
{
	size_t at = relocation->r_offset / sizeof(struct bpf_insn);
	struct report_note *note = at < section->nr_insns ? &section->notes[at] : NULL;
	GElf_Sym symbol;

	if (!note || !gelf_getsym(r->symbols, (int)GELF_R_SYM(relocation->r_info), &symbol))
		return;
	note->symbol = arena_strdup(r->arena, string_at(r, r->strings, symbol.st_name));
	note->symbol_section = symbol.st_shndx < r->object->nr_sections ? symbol.st_shndx : 0;
	note->symbol_insn = symbol.st_value / sizeof(struct bpf_insn);
}

static void read_relocations(struct reading *r)
{
	Elf_Scn *scn = NULL;
	GElf_Shdr header;

	while (r->symbols && (scn = elf_nextscn(r->elf, scn))) {
		Elf_Data *data = elf_getdata(scn, NULL);
		GElf_Rel relocation;
		size_t i;

		section_name(r, scn, &header);
		if (!data || header.sh_type != SHT_REL || !header.sh_entsize ||
		    header.sh_info >= r->object->nr_sections ||
		    !r->object->sections[header.sh_info].name)
			continue;
		for (i = 0; i < header.sh_size / header.sh_entsize; i++)
			if (gelf_getrel(data, (int)i, &relocation))
				read_relocation(r, &r->object->sections[header.sh_info],
						&relocation);
	}
}

/* The head of .BTF.ext: offsets count from its end. */
struct ext_header {
	uint16_t magic;
	uint8_t version, flags;
	uint32_t size;
	uint32_t func_offset, func_size, line_offset, line_size, core_offset, core_size;
};

/* The records of one section: `nr` of `record_size` bytes each. */
struct ext_section {
	uint32_t name, nr;
};

static struct report_section *code_section(struct report_object *object, const char *name)
{
	size_t i;

	for (i = 0; name && i < object->nr_sections; i++)
		if (object->sections[i].name && !strcmp(object->sections[i].name, name))
			return &object->sections[i];
	return NULL;
}

static void read_core(struct reading *r, struct report_section *section, const char *record)
{
	const struct bpf_core_relo *core = (const void *)record;
	size_t at = core->insn_off / sizeof(struct bpf_insn);
	struct b2c_core_spec *spec;

	if (!section || at >= section->nr_insns)
		return;
	spec = arena_alloc(r->arena, sizeof(*spec));
	*spec = (struct b2c_core_spec){
		.local = r->object->btf,
		.type = core->type_id,
		.access = btf__str_by_offset(r->object->btf, core->access_str_off),
		.kind = core->kind,
	};
	if (spec->access)
		section->notes[at].core = spec;
}

static void read_cores(struct reading *r, const char *data, size_t size)
{
	const struct ext_header *header = (const void *)data;
	const char *at, *end;
	uint32_t record_size;

	if (size < sizeof(*header) || !header->core_size ||
	    (size_t)header->size + header->core_offset + header->core_size > size)
		return;
	at = data + header->size + header->core_offset;
	end = at + header->core_size;
	memcpy(&record_size, at, sizeof(record_size));
	at += sizeof(record_size);
	while (record_size >= sizeof(struct bpf_core_relo) &&
	       (size_t)(end - at) >= sizeof(struct ext_section)) {
		const struct ext_section *info = (const void *)at;
		struct report_section *section;
		uint32_t i;

		section = code_section(r->object, btf__str_by_offset(r->object->btf, info->name));
		at += sizeof(*info);
		for (i = 0; i < info->nr && (size_t)(end - at) >= record_size; i++) {
			read_core(r, section, at);
			at += record_size;
		}
	}
}

/* ---- maps ---- */

/* The number N that a member `int (*type)[N]` of a map's definition gives. */
static uint32_t map_number(const struct btf *btf, const struct btf_type *definition,
			   const char *name)
{
	const struct btf_member *member = btf_members(definition);
	uint32_t i;

	for (i = 0; i < btf_vlen(definition); i++, member++) {
		const struct btf_type *type = btf__type_by_id(btf, member->type);

		if (strcmp(btf__str_by_offset(btf, member->name_off), name) || !btf_is_ptr(type))
			continue;
		type = btf__type_by_id(btf, type->type);
		return btf_is_array(type) ? btf_array(type)->nelems : 0;
	}
	return 0;
}

/* The size of what a member `type *name` points to, or the number of `name_size`. */
static uint64_t map_part(const struct btf *btf, const struct btf_type *definition,
			 const char *name, const char *name_size)
{
	const struct btf_member *member = btf_members(definition);
	const struct btf_type *type;
	int64_t size = 0;
	uint32_t i;

	for (i = 0; i < btf_vlen(definition); i++, member++) {
		type = btf__type_by_id(btf, member->type);
		if (!strcmp(btf__str_by_offset(btf, member->name_off), name) && btf_is_ptr(type))
			size = btf__resolve_size(btf, type->type);
	}
	return size > 0 ? (uint64_t)size : map_number(btf, definition, name_size);
}

/* Kinds that take the memory of all their entries when they are made, and what each has besides. */
static const struct {
	enum bpf_map_type type;
	uint32_t overhead;
} allocating[] = {
	{ BPF_MAP_TYPE_HASH, 56 },	 { BPF_MAP_TYPE_LRU_HASH, 72 },
	{ BPF_MAP_TYPE_PERCPU_HASH, 64 }, { BPF_MAP_TYPE_LRU_PERCPU_HASH, 80 },
	{ BPF_MAP_TYPE_ARRAY, 0 },	 { BPF_MAP_TYPE_PERCPU_ARRAY, 8 },
	{ BPF_MAP_TYPE_STACK_TRACE, 32 }, { BPF_MAP_TYPE_QUEUE, 0 },
	{ BPF_MAP_TYPE_STACK, 0 },
};

static uint64_t map_bytes(const struct btf *btf, const struct btf_type *definition)
{
	uint64_t nr = map_number(btf, definition, "max_entries");
	uint32_t type = map_number(btf, definition, "type");
	uint64_t entry = 0;
	size_t i;

	if (type == BPF_MAP_TYPE_RINGBUF)
		return nr;
	if (map_number(btf, definition, "map_flags") & BPF_F_NO_PREALLOC)
		return 0;
	for (i = 0; i < sizeof(allocating) / sizeof(allocating[0]); i++)
		if (allocating[i].type == type)
			entry = allocating[i].overhead +
				((map_part(btf, definition, "value", "value_size") + 7) & ~7ull);
	/* An array's key is no part of it. */
	if (entry && type != BPF_MAP_TYPE_ARRAY && type != BPF_MAP_TYPE_PERCPU_ARRAY &&
	    type != BPF_MAP_TYPE_STACK_TRACE)
		entry += (map_part(btf, definition, "key", "key_size") + 7) & ~7ull;
	return nr * entry;
}

static void read_maps(struct reading *r)
{
	const struct btf *btf = r->object->btf;
	int id = btf__find_by_name_kind(btf, ".maps", BTF_KIND_DATASEC);
	const struct btf_type *section = id > 0 ? btf__type_by_id(btf, (uint32_t)id) : NULL;
	struct report_map *maps = NULL;
	uint32_t i;

	for (i = 0; section && i < btf_vlen(section); i++) {
		const struct btf_type *var, *type;

		var = btf__type_by_id(btf, btf_var_secinfos(section)[i].type);
		type = btf__type_by_id(btf, var->type);
		while (btf_is_typedef(type) || btf_is_mod(type))
			type = btf__type_by_id(btf, type->type);
		if (!btf_is_composite(type))
			continue;
		*arena_append(r->arena, maps, r->object->nr_maps) = (struct report_map){
			.name = btf__str_by_offset(btf, var->name_off),
			.type = map_number(btf, type, "type"),
			.bytes = map_bytes(btf, type),
		};
	}
	r->object->maps = maps;
}

int report_object_read(const void *data, size_t size, struct b2c_arena *arena,
		       struct report_object *ret_object)
{
	struct reading r = { .arena = arena, .object = ret_object };
	Elf_Data *btf, *ext;

	*ret_object = (struct report_object){ 0 };
	if (elf_version(EV_CURRENT) == EV_NONE)
		return -EINVAL;
	r.elf = elf_memory((char *)data, size);
	if (!r.elf || elf_kind(r.elf) != ELF_K_ELF) {
		elf_end(r.elf);
		return -EINVAL;
	}
	read_sections(&r);
	btf = section_find(&r, ".BTF");
	ret_object->btf = btf ? btf__new(btf->d_buf, (uint32_t)btf->d_size) : NULL;
	if (ret_object->btf) {
		read_programs(&r);
		read_relocations(&r);
		read_maps(&r);
		ext = section_find(&r, ".BTF.ext");
		if (ext)
			read_cores(&r, ext->d_buf, ext->d_size);
	}
	elf_end(r.elf);
	return ret_object->btf ? 0 : -EINVAL;
}

void report_object_free(struct report_object *object)
{
	btf__free(object->btf);
}
