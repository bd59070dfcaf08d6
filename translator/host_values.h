// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The numbers of the host, once for all who deal with them: frontend, view and dump. */
#ifndef B2C_HOST_VALUES_H
#define B2C_HOST_VALUES_H

/*
 * Numbers of the host that a tool sets before it loads its programs: id, the variable of TOOL.bpf.c
 * and its value when nobody sets it, what it is, the runtime's function that sets it.
 */
#define B2C_HOST_VALUES(X) \
	X(NR_CPUS, "b2c_nr_cpus", 1, "The number of possible CPUs", "b2c_find_nr_cpus") \
	X(PAGE_SHIFT, "b2c_page_shift", 12, "The size of a page as a shift", "b2c_find_page_shift")

enum b2c_host_value {
#define X(id, variable, value, what, function) B2C_HOST_##id,
	B2C_HOST_VALUES(X)
#undef X
	B2C_NR_HOST_VALUES,
};

#endif
