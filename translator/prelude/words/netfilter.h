/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Verdicts of netfilter hooks. */
#define NF_ACCEPT 1
#define NF_STOLEN 2
#define NF_QUEUE 3
#define NF_REPEAT 4
#define NF_STOP 5
#define NF_DROP 0
