// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The workload's traffic over loopback: TCP connections to a listener of its own in a child
 * process, and packets of its own making. Called by workload.c.
 */
#define _GNU_SOURCE
#include "workload.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

socklen_t loopback_address(union address *address, bool v6, uint16_t port)
{
	memset(address, 0, sizeof(*address));
	if (v6) {
		address->v6.sin6_family = AF_INET6;
		address->v6.sin6_addr = in6addr_loopback;
		address->v6.sin6_port = htons(port);
		return sizeof(address->v6);
	}
	address->v4.sin_family = AF_INET;
	address->v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	address->v4.sin_port = htons(port);
	return sizeof(address->v4);
}

int listen_on(bool v6, uint16_t port, int backlog)
{
	union address address;
	socklen_t length = loopback_address(&address, v6, port);
	int on = 1, fd = socket(address.any.sa_family, SOCK_STREAM, 0);

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) ||
	    bind(fd, &address.any, length) || listen(fd, backlog))
		_exit(fail("listen on port %u", port));
	return fd;
}

/* The listener's process: accepts `count` connections and reads each to its end. */
static int serve(int listener, long count)
{
	char buffer[4096];

	for (long i = 0; i < count; i++) {
		int fd = accept(listener, NULL, NULL);
		ssize_t got;

		if (fd < 0)
			return fail("accept");
		/* A socket whose stream BPF parses wakes its reader before there is something. */
		while ((got = read(fd, buffer, sizeof(buffer))) > 0 || (got < 0 && errno == EAGAIN))
			;
		close(fd);
		if (got)
			return fail("read from connection");
	}
	return 0;
}

static int connect_once(bool v6, uint16_t port, size_t bytes)
{
	union address address;
	socklen_t length = loopback_address(&address, v6, port);
	int fd = socket(address.any.sa_family, SOCK_STREAM, 0);
	char data[4096] = { 0 };

	if (fd < 0 || connect(fd, &address.any, length))
		return fail("connect to port %u", port);
	for (size_t left = bytes; left;) {
		ssize_t done = write(fd, data, left < sizeof(data) ? left : sizeof(data));

		if (done <= 0)
			return fail("write to connection");
		left -= (size_t)done;
	}
	close(fd);
	return 0;
}

static int connect_family(bool v6, uint16_t port, long count, size_t bytes)
{
	int listener = listen_on(v6, port, 16), status = 0;
	pid_t child = fork();

	if (child < 0)
		return fail("fork");
	if (!child)
		_exit(serve(listener, count));
	close(listener);
	for (long i = 0; i < count && !status; i++)
		status = connect_once(v6, port, bytes);
	if (status)
		kill(child, SIGKILL);
	return wait_for(child, 0) || status;
}

/*
 * N TCP connections to PORT of 127.0.0.1, then N to ::1, each sending BYTES and closed
 * by the connecting side. The accepting side is a child process, one for each family.
 */
int run_connect(int argc, char **argv)
{
	long count = number(argv[0]), port = number(argv[1]);
	size_t bytes = argc > 2 ? (size_t)number(argv[2]) : 0;
	const char *family = argc > 3 ? argv[3] : "both";

	if (strcmp(family, "6") && connect_family(false, (uint16_t)port, count, bytes))
		return 1;
	if (strcmp(family, "4") && connect_family(true, (uint16_t)port, count, bytes))
		return 1;
	return 0;
}

/* N empty packets of an IP protocol, put on the interface below all protocols. */
int run_packets(int argc, char **argv)
{
	struct {
		struct ethhdr ethernet;
		struct iphdr ip;
		char rest[64];
	} __attribute__((packed)) packet = {
		.ethernet.h_proto = htons(ETH_P_IP),
		.ip = { .version = 4, .ihl = 5, .ttl = 1, .protocol = (uint8_t)number(argv[1]),
			.tot_len = htons(sizeof(packet) - sizeof(packet.ethernet)),
			.saddr = htonl(INADDR_LOOPBACK), .daddr = htonl(INADDR_LOOPBACK) },
	};
	struct sockaddr_ll address = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_IP),
		.sll_ifindex = (int)if_nametoindex("lo"),
	};
	int fd = socket(AF_PACKET, SOCK_RAW, 0);

	(void)argc;
	for (long i = number(argv[0]); i; i--)
		if (fd < 0 || sendto(fd, &packet, sizeof(packet), 0, (struct sockaddr *)&address,
				     sizeof(address)) != (ssize_t)sizeof(packet))
			return fail("send a packet");
	close(fd);
	return 0;
}

/* The bits of OPTIONS, from the lowest. */
static const struct {
	int level, name;
} options[] = {
	{ IPPROTO_IP, IP_FREEBIND },
	{ IPPROTO_IP, IP_TRANSPARENT },
	{ SOL_SOCKET, SO_REUSEADDR },
	{ SOL_SOCKET, SO_REUSEPORT },
	{ IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT },
};

static int listen_with(unsigned long bits)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (bits >> i & 1 &&
		    setsockopt(fd, options[i].level, options[i].name, &on, sizeof(on)))
			return fail("set option %zu", i);
	if (listen(fd, 1))
		return fail("listen");
	close(fd);
	return 0;
}

/* N TCP sockets that listen, each with the options set. */
int run_listen(int argc, char **argv)
{
	unsigned long bits = (unsigned long)number(argv[1]);
	long n = number(argv[0]);
	int err = 0;

	(void)argc;
	for (long i = 0; i < n && !err; i++)
		err = listen_with(bits);
	return err;
}
