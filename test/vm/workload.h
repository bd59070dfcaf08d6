// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What the parts of the workload share: workload.c has the commands and the command line,
 * workload_net.c the connections, workload_tcp.c those that go wrong, workload_ipc.c what
 * processes do to one another, workload_bpf.c questions about a tool, workload_usdt.c the
 * USDT probes, workload_jit.c code that is made on the way.
 */
#ifndef WORKLOAD_H
#define WORKLOAD_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

/* Says what went wrong, with errno where it is set, and gives the status of a failure. */
__attribute__((format(printf, 1, 2))) int fail(const char *format, ...);

/* A number of the command line; ends the process if it is none. */
long number(const char *text);

/* Waits for a child; 0 if it ended with status `want`. */
int wait_for(pid_t pid, int want);

/* workload_net.c: the commands `connect`, `listen` and `packets` */
int run_connect(int argc, char **argv);
int run_listen(int argc, char **argv);
int run_packets(int argc, char **argv);

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

/* Fills in the address of loopback and gives its length. */
socklen_t loopback_address(union address *address, bool v6, uint16_t port);

/* A socket that listens there, with room for so many; ends the process if it cannot. */
int listen_on(bool v6, uint16_t port, int backlog);

/* workload_tcp.c: the commands `overflow` and `drop` */
int run_overflow(int argc, char **argv);
int run_drop(int argc, char **argv);

/* workload_rdma.c: the command `rdma-resolve` */
int run_rdma_resolve(int argc, char **argv);

/* workload_mount.c: the command `mount` */
int run_mount(int argc, char **argv);

/* workload_raid.c: the command `md-flush` */
int run_md_flush(int argc, char **argv);

/* workload.c: spends so much time */
int workload_spin(long ms);

/* workload_ipc.c: a name in the list of arguments, which pidof reads, in the place of the old. */
int take_name(char *old, const char *name);

/* Waits at the gate, so that a tool can be attached to this process before it works. */
int wait_at_gate(int fd);

/* workload_ipc.c: the commands `crowd`, `shm`, `oom` and `type` */
int run_crowd(int argc, char **argv);
int run_shm(int argc, char **argv);
int run_oom(int argc, char **argv);
int run_type(int argc, char **argv);

/* workload_bpf.c: the commands `privileges`, `loaded`, `unloaded` and `cpu` */
int run_privileges(int argc, char **argv);
int run_loaded(int argc, char **argv);
int run_unloaded(int argc, char **argv);
int run_cpu(int argc, char **argv);

/* workload_usdt.c: the commands `usdt`, `java`, `ruby` and `query` */
int run_usdt(int argc, char **argv);
int run_java(int argc, char **argv);
int run_ruby(int argc, char **argv);
int run_query(int argc, char **argv);

/* workload_fixed.c: the command `fixed` */
int run_fixed(int argc, char **argv);

/* workload_jit.c: the commands `jit` and `inner-jit` */
int run_jit(int argc, char **argv);
int run_inner_jit(int argc, char **argv);

#endif
