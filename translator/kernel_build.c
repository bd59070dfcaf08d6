// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Kernel facts: the builds of data/builds.def. */
#include "kernel_build.h"

#include <errno.h>

#include "kernel_data.h"

int kernel_file(struct b2c_kernels *kernels, size_t i, struct b2c_kernel_file *ret_file)
{
	const struct kernel *kernel;
	uint32_t size;

	if (kernel_is_foreign(kernels, i) || !kernels->kernels[i].data)
		return -ENOENT;
	kernel = kernel_at(kernels, i);
	*ret_file = (struct b2c_kernel_file){
		.release = kernel->data->build->release,
		.build = kernel->data->build->version,
		.host_size = kernel->data->build->btf_size,
		.btf = btf__raw_data(kernel->btf, &size),
	};
	ret_file->btf_size = size;
	return 0;
}
