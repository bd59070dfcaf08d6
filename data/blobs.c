// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The table over the blobs of blobs.S: one row per line of kernels.def. */
#include "blobs.h"

#define KERNEL(id, version, arch, stem) \
	extern const unsigned char b2c_btf_##id[], b2c_btf_end_##id[]; \
	extern const unsigned char b2c_tracepoints_##id[], b2c_tracepoints_end_##id[]; \
	extern const unsigned char b2c_functions_##id[], b2c_functions_end_##id[]; \
	extern const unsigned char b2c_absent_##id[], b2c_absent_end_##id[];
#include "kernels.def"
#undef KERNEL

#define BUILD(id, uname_release, uname_version, size) \
	static const struct b2c_kernel_build build_##id = { uname_release, uname_version, size };
#include "builds.def"
#undef BUILD

const struct b2c_kernel_data b2c_kernel_data[] = {
#define KERNEL(id, ver, machine, stem) \
	{ \
		.version = ver, \
		.arch = machine, \
		.build = &build_##id, \
		.btf = { b2c_btf_##id, b2c_btf_end_##id }, \
		.tracepoints = { b2c_tracepoints_##id, b2c_tracepoints_end_##id }, \
		.functions = { b2c_functions_##id, b2c_functions_end_##id }, \
		.absent = { b2c_absent_##id, b2c_absent_end_##id }, \
	},
#include "kernels.def"
#undef KERNEL
};

const size_t b2c_nr_kernel_data = sizeof(b2c_kernel_data) / sizeof(b2c_kernel_data[0]);
