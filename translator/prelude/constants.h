/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Kernel words that BTF lacks: constants and function-like macros of the
 * kernel's headers. A word that the program uses is copied to the emitted
 * source as it stands here, so each is written the way a reader expects.
 * Values are the kernel's stable interface (uapi) unless said otherwise.
 */
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

/* bcc's word for an atomic addition */
#define lock_xadd(ptr, val) ((void)__sync_fetch_and_add(ptr, val))

#define AF_UNSPEC 0
#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 10
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17

#define NSEC_PER_SEC 1000000000ULL
#define NSEC_PER_MSEC 1000000ULL
#define NSEC_PER_USEC 1000ULL

#define EPERM 1
#define ENOENT 2
#define EINTR 4
#define EAGAIN 11
#define ENOMEM 12
#define EACCES 13
#define EEXIST 17
#define EINVAL 22

#define O_RDONLY 00000000
#define O_WRONLY 00000001
#define O_RDWR 00000002
#define O_ACCMODE 00000003
#define O_CREAT 00000100
#define O_EXCL 00000200
#define O_TRUNC 00001000
#define O_APPEND 00002000

#define S_IFMT 00170000
#define S_IFSOCK 0140000
#define S_IFLNK 0120000
#define S_IFREG 0100000
#define S_IFBLK 0060000
#define S_IFDIR 0040000
#define S_IFCHR 0020000
#define S_IFIFO 0010000
#define S_ISREG(m) (((m) & S_IFMT) == S_IFREG)
#define S_ISDIR(m) (((m) & S_IFMT) == S_IFDIR)
#define S_ISSOCK(m) (((m) & S_IFMT) == S_IFSOCK)

#define NAME_MAX 255
#define PATH_MAX 4096
#define DISK_NAME_LEN 32
#define IFNAMSIZ 16

/* include/linux/sched.h; these two bits never moved */
#define TASK_RUNNING 0x00000000
#define PF_KTHREAD 0x00200000

/* include/linux/kdev_t.h */
#define MINORBITS 20
#define MINORMASK ((1U << MINORBITS) - 1)
#define MAJOR(dev) ((unsigned int)((dev) >> MINORBITS))
#define MINOR(dev) ((unsigned int)((dev) & MINORMASK))

#define ntohs(x) bpf_ntohs(x)
#define ntohl(x) bpf_ntohl(x)
#define htons(x) bpf_htons(x)
#define htonl(x) bpf_htonl(x)
