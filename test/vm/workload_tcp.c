// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The workload's TCP connections that do not go well: a listener that is full, segments that
 * the receiver drops. Called by workload.c.
 */
#define _GNU_SOURCE
#include "workload.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/tcp.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <string.h>
#include <unistd.h>

static int start_connect(bool v6, uint16_t port, int flags)
{
	union address address;
	socklen_t length = loopback_address(&address, v6, port);
	int fd = socket(address.any.sa_family, SOCK_STREAM | flags, 0);

	if (fd < 0 || (connect(fd, &address.any, length) && errno != EINPROGRESS))
		_exit(fail("connect to port %u", port));
	errno = 0;
	return fd;
}

/*
 * N connections to PORT of 127.0.0.1 and then N to ::1, whose listener has no room for
 * them: each sends its SYN again, once, after a second.
 */
int run_overflow(int argc, char **argv)
{
	uint16_t port = (uint16_t)number(argv[1]);

	(void)argc;
	for (int v6 = 0; v6 < 2; v6++) {
		listen_on(v6, port, 0);
		start_connect(v6, port, 0);
		for (long i = number(argv[0]); i; i--)
			start_connect(v6, port, SOCK_NONBLOCK);
	}
	usleep(2000000);
	return 0;
}

struct segment {
	struct ethhdr ethernet;
	struct iphdr ip;
	struct tcphdr tcp;
	char data[2];
} __attribute__((packed));

/* The sum of 16-bit words that IP and TCP check. */
static uint32_t sum_of(const void *data, size_t bytes)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < bytes; i += 2) {
		uint16_t word;

		memcpy(&word, (const char *)data + i, 2);
		sum += word;
	}
	return sum;
}

static uint16_t checksum(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

/* What socket `fd` sends or receives next. */
static uint32_t sequence(int fd, int queue)
{
	uint32_t found = 0;
	int on = 1, off = TCP_REPAIR_OFF_NO_WP;
	socklen_t length = sizeof(found);

	if (setsockopt(fd, IPPROTO_TCP, TCP_REPAIR, &on, sizeof(on)) ||
	    setsockopt(fd, IPPROTO_TCP, TCP_REPAIR_QUEUE, &queue, sizeof(queue)) ||
	    getsockopt(fd, IPPROTO_TCP, TCP_QUEUE_SEQ, &found, &length) ||
	    setsockopt(fd, IPPROTO_TCP, TCP_REPAIR, &off, sizeof(off)))
		_exit(fail("ask for a sequence number"));
	return found;
}

/* A segment to socket `fd` with `bytes` of data, some bytes after what it expects. */
static struct segment segment_to(int fd, uint32_t after, uint16_t bytes)
{
	union address own, peer;
	socklen_t length = sizeof(own);
	uint16_t size = (uint16_t)(sizeof(struct tcphdr) + bytes);
	struct segment made = { 0 };

	if (getsockname(fd, &own.any, &length) || getpeername(fd, &peer.any, &length))
		_exit(fail("name of a connection"));
	made.ethernet.h_proto = htons(ETH_P_IP);
	made.ip = (struct iphdr){ .version = 4, .ihl = 5, .ttl = 64, .protocol = IPPROTO_TCP,
				  .tot_len = htons((uint16_t)(sizeof(made.ip) + size)),
				  .saddr = peer.v4.sin_addr.s_addr,
				  .daddr = own.v4.sin_addr.s_addr };
	made.ip.check = checksum(sum_of(&made.ip, sizeof(made.ip)));
	made.tcp = (struct tcphdr){ .source = peer.v4.sin_port, .dest = own.v4.sin_port,
				    .seq = htonl(sequence(fd, TCP_RECV_QUEUE) + after),
				    .ack_seq = htonl(sequence(fd, TCP_SEND_QUEUE)),
				    .doff = sizeof(made.tcp) / 4, .ack = 1,
				    .window = htons(1000) };
	made.tcp.check = checksum(sum_of(&made.ip.saddr, 8) + htons(IPPROTO_TCP) + htons(size) +
				  sum_of(&made.tcp, sizeof(made.tcp) + sizeof(made.data)));
	return made;
}

static int send_segment(int fd, uint32_t after, uint16_t bytes)
{
	struct segment segment = segment_to(fd, after, bytes);
	size_t size = sizeof(segment) - sizeof(segment.data) + bytes;
	struct sockaddr_ll address = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_IP),
		.sll_ifindex = (int)if_nametoindex("lo"),
	};
	int raw = socket(AF_PACKET, SOCK_RAW, 0);

	if (raw < 0 || sendto(raw, &segment, size, 0, (struct sockaddr *)&address,
			      sizeof(address)) != (ssize_t)size)
		return fail("send a segment");
	close(raw);
	return 0;
}

/*
 * N times: a segment of one byte comes too early to a connection at PORT, and then one that
 * has that byte and another, for which the first is dropped.
 */
int run_drop(int argc, char **argv)
{
	uint16_t port = (uint16_t)number(argv[1]);
	int listener = listen_on(false, port, 1), client = start_connect(false, port, 0);
	int fd = accept(listener, NULL, NULL), status = 0;

	(void)argc;
	if (fd < 0)
		return fail("accept");
	for (uint32_t i = 1; i <= number(argv[0]) && !status; i++)
		status = send_segment(fd, i * 100, 1) || send_segment(fd, i * 100, 2);
	close(client);
	return status;
}
