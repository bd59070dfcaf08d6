// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Options that are addresses and networks; see options.h. */
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

static int read_address(int family, const char *text, void *ret_bytes)
{
	unsigned char bytes[16];

	if (inet_pton(family, text, bytes) != 1)
		return -EINVAL;
	memcpy(ret_bytes, bytes, family == AF_INET ? 4 : 16);
	return 0;
}

static int read_ip4(const struct b2c_run *run, const struct b2c_option *option, const char *text)
{
	(void)run;
	return read_address(AF_INET, text, option->value);
}

const struct b2c_option_read b2c_read_ip4 = {
	.read = read_ip4, .wanted = "an IPv4 address", .argument = "ADDRESS",
};

static int read_ip6(const struct b2c_run *run, const struct b2c_option *option, const char *text)
{
	(void)run;
	return read_address(AF_INET6, text, option->value);
}

const struct b2c_option_read b2c_read_ip6 = {
	.read = read_ip6, .wanted = "an IPv6 address", .argument = "ADDRESS",
};

/* "10.0.0.0/8"; an address alone is its own network. Bits behind the prefix become 0. */
static int read_net(int family, const struct b2c_option *option, const char *text)
{
	size_t size = family == AF_INET ? 4 : 16, n = strcspn(text, "/"), i;
	unsigned long bits = size * 8;
	unsigned char bytes[16];
	char address[64] = "";
	uint32_t prefix;
	char *end;

	if (n >= sizeof(address))
		return -EINVAL;
	memcpy(address, text, n);
	if (text[n]) {
		bits = strtoul(text + n + 1, &end, 10);
		if (!isdigit((unsigned char)text[n + 1]) || *end || bits > size * 8)
			return -EINVAL;
	}
	if (read_address(family, address, bytes))
		return -EINVAL;
	for (i = 0; i < size; i++)
		if (i >= bits / 8)
			bytes[i] &= i == bits / 8 ? (unsigned char)(0xff00 >> bits % 8) : 0;
	prefix = (uint32_t)bits;
	memcpy(option->value, &prefix, sizeof(prefix));
	memcpy((char *)option->value + sizeof(prefix), bytes, size);
	return 0;
}

static int read_net4(const struct b2c_run *run, const struct b2c_option *option, const char *text)
{
	(void)run;
	return read_net(AF_INET, option, text);
}

const struct b2c_option_read b2c_read_net4 = {
	.read = read_net4,
	.wanted = "an IPv4 network such as 10.0.0.0/8",
	.argument = "ADDRESS/BITS",
};

static int read_net6(const struct b2c_run *run, const struct b2c_option *option, const char *text)
{
	(void)run;
	return read_net(AF_INET6, option, text);
}

const struct b2c_option_read b2c_read_net6 = {
	.read = read_net6,
	.wanted = "an IPv6 network such as fe80::/10",
	.argument = "ADDRESS/BITS",
};
