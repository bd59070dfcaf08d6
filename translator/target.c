// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Attach targets: each kind asks another question of the kernel data. */
#include "target.h"

#include <stdio.h>
#include <string.h>

#define MAX_CATEGORY 64
#define MAX_NAME 256

/* "category:event" in two. Returns the event, or NULL when it is none. */
static const char *split_event(const char *target, char category[MAX_CATEGORY])
{
	const char *colon = strchr(target, ':');
	size_t n = colon ? (size_t)(colon - target) : 0;

	if (!colon || n >= MAX_CATEGORY)
		return NULL;
	memcpy(category, target, n);
	category[n] = '\0';
	return colon + 1;
}

static uint32_t with_syscall(struct b2c_kernels *kernels, const char *name)
{
	uint32_t with = 0;
	size_t i;

	for (i = 0; i < kernels_count(kernels); i++)
		if (kernel_has_syscall(kernels, i, name))
			with |= (uint32_t)1 << i;
	return with;
}

/* A probe on a function of which there are only copies is one on each of them. */
static uint32_t with_function_or_copy(struct b2c_kernels *kernels, const char *name)
{
	uint32_t with = kernels_with_function(kernels, name);
	size_t i;

	for (i = 0; i < kernels_count(kernels); i++)
		if (kernel_function_copy(kernels, i, name))
			with |= (uint32_t)1 << i;
	return with;
}

static uint32_t with_tracepoint(struct b2c_kernels *kernels, const char *target)
{
	struct b2c_tracepoint tracepoint;
	char category[MAX_CATEGORY];
	const char *event = split_event(target, category);

	if (!event || kernel_tracepoint(kernels, category, event, &tracepoint))
		return 0;
	return tracepoint.kernels;
}

/* Hooks of the LSM and iterators: the kernel has something named after each. */
static uint32_t with_named(const char *prefix, const char *target, struct b2c_kernels *kernels,
			   uint32_t (*kernels_with)(struct b2c_kernels *kernels, const char *name))
{
	char name[MAX_NAME];

	if (snprintf(name, sizeof(name), "%s%s", prefix, target) >= (int)sizeof(name))
		return 0;
	return kernels_with(kernels, name);
}

bool target_kernels(struct b2c_kernels *kernels, enum b2c_attach_kind kind, const char *target,
		    uint32_t *ret_kernels)
{
	switch (kind) {
	case B2C_ATTACH_KPROBE:
	case B2C_ATTACH_KRETPROBE:
		*ret_kernels = with_function_or_copy(kernels, target);
		return true;
	case B2C_ATTACH_FENTRY:
	case B2C_ATTACH_FEXIT:
	case B2C_ATTACH_FMOD_RET:
		*ret_kernels = kernels_with_function(kernels, target);
		return true;
	case B2C_ATTACH_LSM:
		*ret_kernels = with_named("bpf_lsm_", target, kernels, kernels_with_function);
		return true;
	case B2C_ATTACH_ITER:
		*ret_kernels = with_named("bpf_iter__", target, kernels, kernels_with_record);
		return true;
	case B2C_ATTACH_KSYSCALL:
	case B2C_ATTACH_KRETSYSCALL:
		*ret_kernels = with_syscall(kernels, target);
		return true;
	case B2C_ATTACH_TRACEPOINT:
		*ret_kernels = with_tracepoint(kernels, target);
		return true;
	default:
		return false;
	}
}

bool target_kernels_matching(struct b2c_kernels *kernels, enum b2c_attach_kind kind,
			     const char *pattern, uint32_t *ret_kernels)
{
	if (kind == B2C_ATTACH_KPROBE || kind == B2C_ATTACH_KRETPROBE)
		*ret_kernels = kernels_with_matching(kernels, pattern);
	else if (kind == B2C_ATTACH_TRACEPOINT)
		*ret_kernels = kernels_with_matching_tracepoint(kernels, pattern);
	else
		return false;
	return true;
}

const char *target_nearest(struct b2c_kernels *kernels, enum b2c_attach_kind kind,
			   const char *target)
{
	char category[MAX_CATEGORY];
	const char *event;

	switch (kind) {
	case B2C_ATTACH_KSYSCALL:
	case B2C_ATTACH_KRETSYSCALL:
		return kernel_syscall_nearest(kernels, target);
	case B2C_ATTACH_TRACEPOINT:
		event = split_event(target, category);
		return event ? kernel_tracepoint_nearest(kernels, category, event) : NULL;
	case B2C_ATTACH_LSM:
	case B2C_ATTACH_ITER:
		return NULL;
	default:
		return kernel_function_nearest(kernels, target);
	}
}
