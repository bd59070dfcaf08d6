// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Report: the bytes that the text of a default stands for, as the tool's own readers
 * (runtime/option_*.c) make them of it. The manifest has checked the text by its type.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "report_parts.h"

static int put_number(uint64_t number, void *bytes, size_t size)
{
	memcpy(bytes, &number, size < sizeof(number) ? size : sizeof(number));
	return 0;
}

static int read_number(const char *text, void *bytes, size_t size)
{
	return put_number(*text == '-' ? (uint64_t)strtoll(text, NULL, 0) : strtoull(text, NULL, 0),
			  bytes, size);
}

/* What may be a name of the host instead. */
static int read_number_alone(const char *text, void *bytes, size_t size)
{
	if (!*text || text[strspn(text, "0123456789")])
		return -ENOENT;
	return read_number(text, bytes, size);
}

static int read_address(const char *text, void *bytes, size_t size)
{
	return inet_pton(size == 4 ? AF_INET : AF_INET6, text, bytes) == 1 ? 0 : -EINVAL;
}

/* "10.0.0.0/8" as __u32 of the prefix, then the address without the bits behind it. */
static int read_net(const char *text, void *bytes, size_t size)
{
	size_t length = size - sizeof(uint32_t), n = strcspn(text, "/"), i;
	unsigned char *address = (unsigned char *)bytes + sizeof(uint32_t);
	char host[INET6_ADDRSTRLEN] = "";
	uint32_t prefix;

	if (n >= sizeof(host))
		return -EINVAL;
	memcpy(host, text, n);
	prefix = text[n] ? (uint32_t)strtoul(text + n + 1, NULL, 10) : (uint32_t)length * 8;
	if (prefix > length * 8 || read_address(host, address, length))
		return -EINVAL;
	for (i = prefix; i < length * 8; i++)
		address[i / 8] &= (unsigned char)~(0x80 >> i % 8);
	return put_number(prefix, bytes, sizeof(prefix));
}

static int read_text(const char *text, void *bytes, size_t size)
{
	if (strlen(text) >= size)
		return -EINVAL;
	memcpy(bytes, text, strlen(text));
	return 0;
}

static int read_signal(const char *text, void *bytes, size_t size)
{
	const char *name = strncasecmp(text, "SIG", 3) == 0 ? text + 3 : text;
	int i;

	if (isdigit((unsigned char)*text))
		return read_number(text, bytes, size);
	for (i = 1; i < 32; i++)
		if (sigabbrev_np(i) && !strcasecmp(sigabbrev_np(i), name))
			return put_number((uint64_t)i, bytes, size);
	return -EINVAL;
}

/* Of one of several units; whole numbers are exact. */
static int read_unit(const char *text, bool of_time, void *bytes, size_t size)
{
	static const struct {
		const char *time, *bytes;
		double seconds, factor;
	} units[] = {
		{ "ns", "k", 1, 0x1p10 },    { "us", "K", 1e3, 0x1p10 }, { "ms", "M", 1e6, 0x1p20 },
		{ "s", "G", 1e9, 0x1p30 },   { "m", "T", 60e9, 0x1p40 }, { "h", "-", 3600e9, 0 },
		{ "d", "-", 86400e9, 0 },    { "", "", 1e9, 1 },
	};
	size_t n = strspn(text, "0123456789."), i;
	double factor = 0;

	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (!strcmp(text + n, of_time ? units[i].time : units[i].bytes))
			factor = of_time ? units[i].seconds : units[i].factor;
	if (!memchr(text, '.', n))
		return put_number(strtoull(text, NULL, 10) * (uint64_t)factor, bytes, size);
	return put_number((uint64_t)(strtod(text, NULL) * factor + 0.5), bytes, size);
}

static int read_choice(const struct b2c_option *option, const char *text, void *bytes, size_t size)
{
	size_t i;

	for (i = 0; i < option->nr_choices; i++)
		if (!strcmp(option->choices[i].text, text))
			return put_number(i, bytes, size);
	return -EINVAL;
}

int report_default_read(const struct b2c_option *option, const char *text, void *bytes,
			size_t size)
{
	switch (option->type) {
	case B2C_OPTION_FLAG:
		return 0;
	case B2C_OPTION_STRING:
	case B2C_OPTION_COMM:
	case B2C_OPTION_PATH:
		return read_text(text, bytes, size);
	case B2C_OPTION_IP4:
	case B2C_OPTION_IP6:
		return read_address(text, bytes, size);
	case B2C_OPTION_NET4:
	case B2C_OPTION_NET6:
		return read_net(text, bytes, size);
	case B2C_OPTION_SIGNAL:
		return read_signal(text, bytes, size);
	case B2C_OPTION_DURATION:
	case B2C_OPTION_BYTES:
		return read_unit(text, option->type == B2C_OPTION_DURATION, bytes, size);
	case B2C_OPTION_CHOICE:
		return read_choice(option, text, bytes, size);
	case B2C_OPTION_USER:
	case B2C_OPTION_NAMESPACE:
		return read_number_alone(text, bytes, size);
	case B2C_OPTION_CGROUP:
	case B2C_OPTION_FLOAT:
		return -ENOENT;
	default:
		return read_number(text, bytes, size);
	}
}
