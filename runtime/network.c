// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Cells for addresses and ports. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <string.h>

#include "run.h"

void b2c_put_ip4(struct b2c_row *row, uint32_t address)
{
	char text[INET_ADDRSTRLEN] = "";

	inet_ntop(AF_INET, &address, text, sizeof(text));
	b2c_put_text(row, text);
}

void b2c_put_ip6(struct b2c_row *row, const void *address)
{
	char text[INET6_ADDRSTRLEN] = "";
	struct in6_addr copy; /* `address` may not be aligned */

	memcpy(&copy, address, sizeof(copy));
	inet_ntop(AF_INET6, &copy, text, sizeof(text));
	b2c_put_text(row, text);
}

void b2c_put_port(struct b2c_row *row, uint16_t port)
{
	b2c_put_uint(row, port);
}
