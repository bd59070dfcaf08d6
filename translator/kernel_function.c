// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel facts: functions, their prototypes and the system calls. BTF knows
 * most of them; kernel_symbol.c has the others. A system
 * call is the function of the arch's syscall wrapper, so its name differs by
 * architecture and is translated when another one's kernel is asked.
 */
#include "kernel_data.h"

#include <errno.h>
#include <regex.h>
#include <stdio.h>

#include "diag.h"

#define MAX_NAME 512
#define NEAR_LENGTH 3

static const char *syscall_prefix(const char *arch)
{
	return strcmp(arch, "arm64") ? "__x64_sys_" : "__arm64_sys_";
}

/* `name` with the syscall prefix of `to` in place of that of `from`. */
static const char *function_spelling(const char *name, const char *from, const char *to,
				     char buffer[MAX_NAME])
{
	const char *prefix = syscall_prefix(from);
	size_t length = strlen(prefix);

	if (strncmp(name, prefix, length))
		return name;
	snprintf(buffer, MAX_NAME, "%s%s", syscall_prefix(to), name + length);
	return buffer;
}

struct function_name {
	const char *name;
	const char *arch;	/* whose spelling it is */
};

static uint32_t function_find(const struct kernel *kernel, const struct function_name *function)
{
	char buffer[MAX_NAME];

	return kernel_type_find(kernel, function_spelling(function->name, function->arch,
							  kernel->arch, buffer),
				KIND(FUNC));
}

/* Whether the kernel has it and BTF describes it. */
static bool function_is_described(const struct kernel *kernel, const void *what)
{
	const struct function_name *function = what;
	char buffer[MAX_NAME];

	return function_find(kernel, what) &&
	       !kernel_is_absent(kernel, function_spelling(function->name, function->arch,
							   kernel->arch, buffer));
}

static bool function_exists(const struct kernel *kernel, const void *what)
{
	const struct function_name *function = what;
	char buffer[MAX_NAME];

	return function_is_described(kernel, what) ||
	       kernel_symbol_find(kernel, function_spelling(function->name, function->arch,
							    kernel->arch, buffer));
}

bool kernel_has_function(struct b2c_kernels *kernels, size_t i, const char *name)
{
	struct function_name function = { name, kernels->arch };

	return kernel_fact_holds(kernels, i, function_exists, &function);
}

uint32_t kernels_with_function(struct b2c_kernels *kernels, const char *name)
{
	uint32_t mask = 0;

	for (size_t i = 0; i < kernels->nr; i++)
		mask |= (uint32_t)kernel_has_function(kernels, i, name) << i;
	return mask;
}

static bool name_matches(const regex_t *regex, const char *name)
{
	regmatch_t where;

	return !regexec(regex, name, 1, &where, 0) && where.rm_so == 0;
}

static bool has_matching(const struct kernel *kernel, const void *regex)
{
	const struct kernel_symbols *functions = kernel_functions(kernel);

	for (size_t i = 0; i < functions->nr; i++)
		if (name_matches(regex, functions->items[i].name))
			return true;
	for (size_t i = 1; i <= kernel->nr_entries; i++) {
		const char *name = kernel_string(kernel, kernel->entries[i].name);

		if (btf_is_func(kernel_type(kernel, kernel->entries[i].id)) &&
		    name_matches(regex, name) && !kernel_is_absent(kernel, name))
			return true;
	}
	return false;
}

uint32_t kernels_with_matching(struct b2c_kernels *kernels, const char *pattern)
{
	uint32_t mask = 0;
	regex_t regex;

	if (regcomp(&regex, pattern, REG_EXTENDED))
		return 0;
	for (size_t i = 0; i < kernels->nr; i++)
		mask |= (uint32_t)kernel_fact_holds(kernels, i, has_matching, &regex) << i;
	regfree(&regex);
	return mask;
}

/* What kernel i says of a function: text of its own, or NULL. */
typedef const char *function_answer(const struct kernel *kernel, const char *name);

static bool is_same(const char *one, const char *other)
{
	return one && other ? !strcmp(one, other) : one == other;
}

/* The answer of kernel i, for a foreign one by the rule of kernel.h. */
static const char *function_ask(struct b2c_kernels *kernels, size_t i, const char *name,
				function_answer *answer)
{
	const char *native;

	if (!kernel_is_foreign(kernels, i))
		return answer(kernel_at(kernels, i), name);
	native = answer(kernel_at(kernels, kernels->native), name);
	if (!is_same(native, answer(kernel_reference(kernels), name)))
		return native;
	return answer(kernel_at(kernels, i), name);
}

static const char *module_answer(const struct kernel *kernel, const char *name)
{
	const struct kernel_symbol *symbol = kernel_symbol_find(kernel, name);

	return symbol ? symbol->module : NULL;
}

const char *kernel_function_copy(struct b2c_kernels *kernels, size_t i, const char *name)
{
	if (kernel_has_function(kernels, i, name))
		return NULL;
	return function_ask(kernels, i, name, kernel_symbol_copy);
}

const char *kernel_function_module(struct b2c_kernels *kernels, size_t i, const char *name)
{
	if (!kernel_has_function(kernels, i, name))
		return NULL;
	return function_ask(kernels, i, name, module_answer);
}

/* Names that begin with `prefix` and have about the length of a word; kept is what follows it. */
struct near_names {
	const char *prefix;
	size_t skip;
	size_t length;
	const char **names;
	size_t nr;
};

static void near_names_add(struct near_names *near, const char *name)
{
	size_t n = strlen(name);

	if (strncmp(name, near->prefix, near->skip))
		return;
	if (n - near->skip + NEAR_LENGTH >= near->length &&
	    n - near->skip <= near->length + NEAR_LENGTH)
		near->names[near->nr++] = name + near->skip;
}

/* The function of `kernel`, less `prefix`, that is nearest to `name`; only those that have it. */
static const char *function_nearest(const struct kernel *kernel, const char *prefix,
				    const char *name)
{
	const struct kernel_symbols *functions = kernel_functions(kernel);
	size_t room = kernel->nr_entries + functions->nr;
	struct b2c_arena *arena = arena_new();
	struct near_names near = {
		.prefix = prefix,
		.skip = strlen(prefix),
		.length = strlen(name),
		.names = arena_alloc(arena, room * sizeof(*near.names)),
	};
	const char *nearest;

	for (size_t i = 1; i <= kernel->nr_entries; i++) {
		const char *candidate = kernel_string(kernel, kernel->entries[i].name);

		if (btf_is_func(kernel_type(kernel, kernel->entries[i].id)) &&
		    !kernel_is_absent(kernel, candidate))
			near_names_add(&near, candidate);
	}
	for (size_t i = 0; i < functions->nr; i++)
		near_names_add(&near, functions->items[i].name);
	nearest = diag_nearest(name, near.names, near.nr);
	arena_free(arena);
	return nearest;
}

const char *kernel_function_nearest(struct b2c_kernels *kernels, const char *name)
{
	const char *nearest[MAX_KERNELS];
	size_t nr = 0;

	/* of several as near, the base's */
	for (size_t n = 0; n <= kernels->nr; n++) {
		size_t i = n ? kernels->nr - n : kernels->base;

		if ((n && i == kernels->base) || kernel_is_foreign(kernels, i))
			continue;
		nearest[nr] = function_nearest(kernel_at(kernels, i), "", name);
		nr += nearest[nr] != NULL;
	}
	return diag_nearest(name, nearest, nr);
}

bool kernel_has_syscall(struct b2c_kernels *kernels, size_t i, const char *name)
{
	char function[MAX_NAME];

	snprintf(function, sizeof(function), "%s%s", syscall_prefix(kernels->arch), name);
	if (kernel_has_function(kernels, i, function))
		return true;
	/* On x86_64 the wrapper of a call without arguments is an alias, which BTF leaves out. */
	snprintf(function, sizeof(function), "__do_sys_%s", name);
	return kernel_has_function(kernels, i, function);
}

const char *kernel_syscall_nearest(struct b2c_kernels *kernels, const char *name)
{
	return function_nearest(kernel_at(kernels, kernels->base),
				syscall_prefix(kernels->arch), name);
}

/* The tag of the record that `type` points to, through typedefs; NULL for anything else. */
static const char *pointee_tag(const struct kernel *kernel, uint32_t type, bool *ret_is_pointer)
{
	uint32_t seen = KIND_MODIFIER | KIND(TYPEDEF);
	const struct btf_type *t = kernel_type(kernel, kernel_strip(kernel, type, seen));

	*ret_is_pointer = btf_is_ptr(t);
	if (!*ret_is_pointer)
		return NULL;
	t = kernel_type(kernel, kernel_strip(kernel, t->type, seen));
	if (btf_is_fwd(t) || kind_is(t, KIND_RECORD))
		return t->name_off ? kernel_string(kernel, t->name_off) : NULL;
	return NULL;
}

static struct b2c_parameter parameter_describe(struct kernel *kernel, struct b2c_arena *arena,
					       const struct btf_param *parameter)
{
	const char *name = kernel_string(kernel, parameter->name_off);
	const struct btf_type *type;
	struct b2c_parameter described = {
		.name = name,
		.type = kernel_declaration(kernel, arena, parameter->type, ""),
		.declaration = kernel_declaration(kernel, arena, parameter->type, name),
	};

	described.record = pointee_tag(kernel, parameter->type, &described.is_pointer);
	type = kernel_type(kernel, kernel_strip(kernel, parameter->type,
						KIND_MODIFIER | KIND(TYPEDEF)));
	described.is_record = kind_is(type, KIND_RECORD);
	described.size = described.is_pointer ? sizeof(uint64_t) : type->size;
	return described;
}

static const char *prototype_text(struct b2c_arena *arena, const char *name,
				  const struct b2c_prototype *prototype)
{
	const char *result = prototype->return_type;
	bool is_pointer = result[strlen(result) - 1] == '*';
	struct b2c_text text = { 0 };
	const char *copy;

	text_printf(&text, "%s%s%s(", result, is_pointer ? "" : " ", name);
	for (size_t i = 0; i < prototype->nr_parameters; i++)
		text_printf(&text, "%s%s", i ? ", " : "", prototype->parameters[i].declaration);
	if (prototype->is_variadic)
		text_append(&text, ", ...");
	text_append(&text, prototype->nr_parameters ? ")" : "void)");
	copy = arena_strndup(arena, text.data, text.size);
	text_free(&text);
	return copy;
}

int kernel_function_prototype(struct b2c_kernels *kernels, size_t i, const char *name,
			      struct b2c_prototype *ret_prototype)
{
	struct function_name function = { name, kernels->arch };
	struct kernel *kernel = kernel_fact_source(kernels, i, function_is_described, &function);
	struct b2c_arena *arena = kernels->arena;
	struct b2c_parameter *parameters;
	const struct btf_type *proto;
	size_t nr;

	if (!kernel)
		return -ENOENT;
	proto = kernel_type(kernel, kernel_type(kernel, function_find(kernel, &function))->type);
	nr = btf_vlen(proto);
	*ret_prototype = (struct b2c_prototype){
		.return_type = kernel_declaration(kernel, arena, proto->type, ""),
		.is_variadic = nr && !btf_params(proto)[nr - 1].type,
		.returns_record = kind_is(kernel_type(kernel, kernel_strip(kernel, proto->type,
								KIND_MODIFIER | KIND(TYPEDEF))),
					  KIND_RECORD),
	};
	nr -= ret_prototype->is_variadic;
	parameters = arena_alloc(arena, (nr + 1) * sizeof(*parameters));
	for (size_t p = 0; p < nr; p++)
		parameters[p] = parameter_describe(kernel, arena, &btf_params(proto)[p]);
	ret_prototype->parameters = parameters;
	ret_prototype->nr_parameters = nr;
	ret_prototype->text = prototype_text(arena, name, ret_prototype);
	return 0;
}
