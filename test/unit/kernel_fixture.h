// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What the tests of the kernel facts share: the data of both architectures,
 * opened once, and the kernels by name. Included after cmocka and kernel.h.
 */
#ifndef KERNEL_FIXTURE_H
#define KERNEL_FIXTURE_H

/* Kernels by number, as data/kernels.def orders them. */
enum { V5_10, V6_1, V6_12, V7_2, NR_VERSIONS };

#define ALL 0xfu
#define BIT(i) (1u << (i))

static struct b2c_kernels *x86, *arm64;

static int kernels_setup(void **state)
{
	(void)state;
	return kernels_open("x86_64", &x86) || kernels_open("arm64", &arm64);
}

static int kernels_teardown(void **state)
{
	(void)state;
	kernels_close(x86);
	kernels_close(arm64);
	return 0;
}

#endif
