// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Why a record was lost: the places of the counters that the BPF program has
 * beside each ring or perf buffer. Included by the tool too.
 */
#ifndef B2C_COUNTS_BPF_H
#define B2C_COUNTS_BPF_H

enum b2c_lost {
	B2C_LOST_FULL,	    /* no room in the buffer, of perf buffers in that of the CPU */
	B2C_LOST_TOO_LARGE, /* larger than a record can be */
	B2C_LOST_OTHER,	    /* the kernel refused it: a CPU without a buffer, too many at once */
	B2C_NR_LOST,
};

#endif
