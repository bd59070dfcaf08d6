// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The workload's questions to the RDMA connection manager. Called by workload.c.
 */
#define _GNU_SOURCE
#include "workload.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <rdma/rdma_user_cm.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#define DEVICE "/dev/infiniband/rdma_cm"

struct create_command {
	struct rdma_ucm_cmd_hdr head;
	struct rdma_ucm_create_id body;
};

struct resolve_command {
	struct rdma_ucm_cmd_hdr head;
	struct rdma_ucm_resolve_ip body;
};

struct event_command {
	struct rdma_ucm_cmd_hdr head;
	struct rdma_ucm_get_event body;
};

/* An address of the machine, which no RDMA device has: the one event is an error. */
static int resolve(int fd, const char *address, long port)
{
	struct rdma_ucm_create_id_resp id = { 0 };
	struct rdma_ucm_event_resp event = { 0 };
	struct create_command create = {
		.head = { RDMA_USER_CM_CMD_CREATE_ID, sizeof(create.body), sizeof(id) },
		/* without `uid` there are no events */
		.body = { .uid = 1, .response = (uintptr_t)&id, .ps = RDMA_PS_TCP, .qp_type = 2 },
	};
	struct resolve_command ask = {
		.head = { RDMA_USER_CM_CMD_RESOLVE_IP, sizeof(ask.body), 0 },
		.body = { .timeout_ms = 2000 },
	};
	struct event_command get = {
		.head = { RDMA_USER_CM_CMD_GET_EVENT, sizeof(get.body), sizeof(event) },
		.body = { .response = (uintptr_t)&event },
	};
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };

	if (inet_pton(AF_INET, address, &to.sin_addr) != 1)
		return fail("'%s' is no address", address);
	if (write(fd, &create, sizeof(create)) != sizeof(create))
		return fail("create an identifier");
	ask.body.id = id.id;
	memcpy(&ask.body.dst_addr, &to, sizeof(to));
	if (write(fd, &ask, sizeof(ask)) != sizeof(ask))
		return fail("resolve an address");
	if (write(fd, &get, sizeof(get)) != sizeof(get))
		return fail("get an event");
	return 0;
}

/* N times ADDRESS resolved, with PORT, and the event that says how that went. */
int run_rdma_resolve(int argc, char **argv)
{
	int fd = open(DEVICE, O_RDWR | O_CLOEXEC), err = 0;

	(void)argc;
	if (fd < 0)
		return fail("open %s", DEVICE);
	for (long i = 0; i < number(argv[0]) && !err; i++)
		err = resolve(fd, argv[1], number(argv[2]));
	close(fd);
	return err;
}
