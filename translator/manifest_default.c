// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * `default` of an option, checked by its type as the tool checks what stands on its
 * command line. Numbers, strings and flags become the variable's first value; the
 * others, and lists, are text that the tool reads when it starts.
 */
#include "manifest_parts.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void read_default_flag(const struct value *value, struct b2c_option *option)
{
	bool is = false;

	read_bool(value, &is);
	if (!is)
		return;
	diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
		    "flag '%s' can't be on by default", option->name.text);
	diag_help(value->reader->diag, "name the option for the opposite, such as 'no-%s'",
		  option->name.text);
}

static void read_default_string(const struct value *value, struct b2c_option *option)
{
	struct b2c_word word = { 0 };

	read_code(value, &word);
	if (!word.text)
		return;
	option->default_text = word;
	if (strlen(word.text) < option->size)
		return;
	diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
		    "the default of '%s' has %zu bytes, which a size of %llu can't hold",
		    option->name.text, strlen(word.text), (unsigned long long)option->size);
	diag_help(value->reader->diag, "give it 'size: %zu' or more", strlen(word.text) + 1);
}

/* ---- numbers ---- */

static const struct limits {
	int64_t min;
	uint64_t max;
} limits[B2C_NR_OPTION_TYPES] = {
	[B2C_OPTION_S32] = { INT32_MIN, INT32_MAX }, [B2C_OPTION_U32] = { 0, UINT32_MAX },
	[B2C_OPTION_S64] = { INT64_MIN, INT64_MAX }, [B2C_OPTION_U64] = { 0, UINT64_MAX },
	[B2C_OPTION_PID] = { 0, INT32_MAX },
};

static bool number_fits(const struct limits *range, bool negative, uint64_t magnitude)
{
	if (negative && magnitude)
		return magnitude - 1 <= (uint64_t) - (range->min + 1) && range->min < 0;
	return magnitude <= range->max;
}

static void read_default_number(const struct value *value, struct b2c_option *option)
{
	const struct limits *range = &limits[option->type];
	uint64_t magnitude;
	bool negative;
	int err = reader_number(value, &negative, &magnitude);

	if (err == -EINVAL)
		return;
	if (err || !number_fits(range, negative, magnitude)) {
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "the default of '%s' must be from %lld to %llu", option->name.text,
			    (long long)range->min, (unsigned long long)range->max);
		return;
	}
	option->default_number = (int64_t)(negative ? 0 - magnitude : magnitude);
	option->default_text = (struct b2c_word){ value_string(value), value->loc };
}

/* ---- text that the tool reads: whether it will, true if so ---- */

static bool is_number(const struct b2c_option *option, const char *text)
{
	bool negative;
	uint64_t magnitude;

	return !number_parse(text, &negative, &magnitude) &&
	       number_fits(&limits[option->type], negative, magnitude);
}

static bool is_port(const struct b2c_option *option, const char *text)
{
	bool negative;
	uint64_t magnitude;

	(void)option;
	return !number_parse(text, &negative, &magnitude) && !negative && magnitude <= UINT16_MAX;
}

static bool is_address(int family, const char *text)
{
	unsigned char bytes[16];

	return inet_pton(family, text, bytes) == 1;
}

static bool is_ip4(const struct b2c_option *option, const char *text)
{
	(void)option;
	return is_address(AF_INET, text);
}

static bool is_ip6(const struct b2c_option *option, const char *text)
{
	(void)option;
	return is_address(AF_INET6, text);
}

static bool is_net(const struct b2c_option *option, const char *text)
{
	bool is_wide = option->type == B2C_OPTION_NET6;
	const char *slash = strchr(text, '/');
	char address[64] = "";
	char *end;
	long bits;

	if (!slash || (size_t)(slash - text) >= sizeof(address) ||
	    !isdigit((unsigned char)slash[1]))
		return false;
	memcpy(address, text, (size_t)(slash - text));
	bits = strtol(slash + 1, &end, 10);
	return !*end && bits <= (is_wide ? 128 : 32) &&
	       is_address(is_wide ? AF_INET6 : AF_INET, address);
}

static bool is_comm(const struct b2c_option *option, const char *text)
{
	(void)option;
	return strlen(text) < 16;
}

static bool is_text(const struct b2c_option *option, const char *text)
{
	return strlen(text) < option->size;
}

static bool is_signal(const struct b2c_option *option, const char *text)
{
	(void)option;
	return *text && text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-")] == '\0';
}

static bool is_word(const struct b2c_option *option, const char *text)
{
	(void)option;
	return *text != '\0';
}

/* A number, perhaps with decimals, and one of the units that follow. */
static bool has_unit(const char *text, const char *const *units)
{
	size_t n = strspn(text, "0123456789.");

	if (!isdigit((unsigned char)*text) || strcspn(text, ".") + 1 == n)
		return false;
	for (; *units; units++)
		if (!strcmp(*units, text + n))
			return true;
	return false;
}

static bool is_duration(const struct b2c_option *option, const char *text)
{
	static const char *const units[] = { "", "ns", "us", "ms", "s", "m", "h", "d", NULL };

	(void)option;
	return has_unit(text, units);
}

static bool is_bytes(const struct b2c_option *option, const char *text)
{
	static const char *const units[] = { "", "k", "K", "M", "G", "T", NULL };

	(void)option;
	return has_unit(text, units);
}

static bool is_float(const struct b2c_option *option, const char *text)
{
	char *end;

	(void)option;
	strtod(text, &end);
	return *text && !*end;
}

static bool is_choice(const struct b2c_option *option, const char *text)
{
	size_t i;

	for (i = 0; i < option->nr_choices; i++)
		if (!strcmp(option->choices[i].text, text))
			return true;
	return false;
}

static const struct {
	bool (*fits)(const struct b2c_option *option, const char *text);
	const char *wanted;
} checks[B2C_NR_OPTION_TYPES] = {
	[B2C_OPTION_S32] = { is_number, "a number of 32 bits" },
	[B2C_OPTION_U32] = { is_number, "a number of 32 bits that is not negative" },
	[B2C_OPTION_S64] = { is_number, "a number of 64 bits" },
	[B2C_OPTION_U64] = { is_number, "a number of 64 bits that is not negative" },
	[B2C_OPTION_PID] = { is_number, "a process id" },
	[B2C_OPTION_STRING] = { is_text, "text that fits 'size'" },
	[B2C_OPTION_PORT] = { is_port, "a port from 0 to 65535" },
	[B2C_OPTION_IP4] = { is_ip4, "an IPv4 address" },
	[B2C_OPTION_IP6] = { is_ip6, "an IPv6 address" },
	[B2C_OPTION_NET4] = { is_net, "an IPv4 network such as 10.0.0.0/8" },
	[B2C_OPTION_NET6] = { is_net, "an IPv6 network such as fe80::/10" },
	[B2C_OPTION_COMM] = { is_comm, "a name of at most 15 bytes" },
	[B2C_OPTION_SIGNAL] = { is_signal, "a signal such as TERM or 15" },
	[B2C_OPTION_USER] = { is_word, "the name or number of a user" },
	[B2C_OPTION_DURATION] = { is_duration, "a time such as 10ms, 1.5s or 2m" },
	[B2C_OPTION_BYTES] = { is_bytes, "a number of bytes such as 512, 4k or 1M" },
	[B2C_OPTION_FLOAT] = { is_float, "a number" },
	[B2C_OPTION_CHOICE] = { is_choice, "one of 'choices'" },
	[B2C_OPTION_PATH] = { is_text, "a path that fits 'size'" },
	[B2C_OPTION_NAMESPACE] = { is_word, "the path or inode of a name space" },
	[B2C_OPTION_CGROUP] = { is_word, "the path or id of a cgroup" },
};

/* One value, or several with commas between them. */
static void read_default_text(const struct value *value, struct b2c_option *option)
{
	struct b2c_arena *arena = value->reader->arena;
	struct b2c_word word = { 0 };
	uint64_t nr = 0;
	const char *text;
	size_t n;

	read_line(value, &word);
	for (text = word.text; text; text = text[n] ? text + n + 1 : NULL, nr++) {
		n = option->list ? strcspn(text, ",") : strlen(text);
		if (checks[option->type].fits(option, arena_strndup(arena, text, n)))
			continue;
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "the default of '%s' must be %s, not '%.*s'", option->name.text,
			    checks[option->type].wanted, (int)n, text);
		return;
	}
	if (option->list && nr > option->list)
		diag_report(value->reader->diag, B2C_DIAG_manifest_value, value->loc,
			    "the default of '%s' has %llu values, which a list of %llu can't hold",
			    option->name.text, (unsigned long long)nr,
			    (unsigned long long)option->list);
	option->default_text = word;
}

void read_option_default(const struct value *value, struct b2c_option *option)
{
	if (option->type == B2C_OPTION_FLAG)
		read_default_flag(value, option);
	else if (option->list || option->type > B2C_OPTION_PID)
		read_default_text(value, option);
	else if (option->type == B2C_OPTION_STRING)
		read_default_string(value, option);
	else
		read_default_number(value, option);
}
