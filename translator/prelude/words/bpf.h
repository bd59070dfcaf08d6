/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Of include/uapi/linux/bpf.h: enumerators without a type, which BTF leaves out. */

#define BPF_DEVCG_ACC_MKNOD (1ULL << 0)
#define BPF_DEVCG_ACC_READ (1ULL << 1)
#define BPF_DEVCG_ACC_WRITE (1ULL << 2)
#define BPF_DEVCG_DEV_BLOCK (1ULL << 0)
#define BPF_DEVCG_DEV_CHAR (1ULL << 1)

#define BPF_BUILD_ID_SIZE 20
