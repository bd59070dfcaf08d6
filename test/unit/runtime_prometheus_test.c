// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * --prometheus: the text of tables and histograms against a reader of the format,
 * and the server with good, wrong, slow and too many clients.
 */
#include "printed.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "../../runtime/prometheus.h"

static const struct b2c_tool tool = { .name = "my-tool", .prometheus = &b2c_prometheus };
static struct b2c_run run = { .tool = &tool };

/* ---- a reader of the format ---- */

struct reader {
	char metric[128]; /* of the TYPE line that was last */
	char type[32];
	char seen[128][256]; /* series, without their values */
	size_t nr_seen;
	char done[16][128]; /* metrics whose block has ended */
	size_t nr_done;
	double bucket; /* the last of a histogram */
	double infinite;
};

static const char *skip_name(const char *p)
{
	assert_true(isalpha((unsigned char)*p) || *p == '_' || *p == ':');
	while (isalnum((unsigned char)*p) || *p == '_' || *p == ':')
		p++;
	return p;
}

/* Past "{name="value",...}"; escapes are \\, \" and \n alone. */
static const char *skip_labels(const char *p)
{
	if (*p != '{')
		return p;
	do {
		p = skip_name(p + 1);
		assert_int_equal(*p++, '=');
		assert_int_equal(*p++, '"');
		for (; *p != '"'; p++) {
			assert_true((unsigned char)*p >= ' ');
			if (*p == '\\')
				assert_non_null(strchr("\\\"n", *++p));
		}
		p++;
	} while (*p == ',');
	assert_int_equal(*p, '}');
	return p + 1;
}

static void read_head(struct reader *reader, const char *line)
{
	char metric[128], type[32];
	size_t i;

	if (sscanf(line, "# TYPE %127s %31s", metric, type) != 2) {
		assert_true(strncmp(line, "# HELP ", 7) == 0);
		return;
	}
	for (i = 0; i < reader->nr_done; i++)
		assert_string_not_equal(reader->done[i], metric);
	assert_true(reader->nr_done < 16);
	memcpy(reader->done[reader->nr_done++], metric, sizeof(metric));
	memcpy(reader->metric, metric, sizeof(metric));
	memcpy(reader->type, type, sizeof(type));
	assert_true(!strcmp(type, "gauge") || !strcmp(type, "histogram"));
}

/* Buckets grow, and the last of them is the count. */
static void read_bucket(struct reader *reader, const char *line, double value)
{
	const char *le = strstr(line, "le=\"");

	if (!le) {
		assert_true(!strncmp(line + strlen(reader->metric), "_count", 6));
		assert_true(value == reader->infinite);
		reader->bucket = 0;
		return;
	}
	assert_true(value >= reader->bucket);
	reader->bucket = value;
	if (!strncmp(le, "le=\"+Inf\"", 9))
		reader->infinite = value;
}

static void read_sample(struct reader *reader, const char *line)
{
	const char *end = skip_labels(skip_name(line));
	size_t n = (size_t)(end - line), i;
	double value;
	char *rest;

	assert_int_equal(*end, ' ');
	value = strtod(end, &rest);
	assert_int_equal(*rest, '\0');
	assert_true(strncmp(line, reader->metric, strlen(reader->metric)) == 0);
	assert_true(n < sizeof(reader->seen[0]) && reader->nr_seen < 128);
	for (i = 0; i < reader->nr_seen; i++)
		assert_false(strlen(reader->seen[i]) == n && !memcmp(reader->seen[i], line, n));
	memcpy(reader->seen[reader->nr_seen++], line, n);
	if (!strcmp(reader->type, "histogram"))
		read_bucket(reader, line, value);
}

static void check_format(const char *text)
{
	struct reader reader = { .nr_seen = 0 };
	char *copy = strdup(text), *line, *next;

	assert_true(!*text || text[strlen(text) - 1] == '\n');
	for (line = copy; *line; line = next) {
		next = strchr(line, '\n') + 1;
		next[-1] = '\0';
		if (*line == '#')
			read_head(&reader, line);
		else
			read_sample(&reader, line);
	}
	free(copy);
}

/* ---- maps ---- */

struct key {
	uint32_t pid;
	char name[12];
};

static const struct b2c_column columns[] = {
	{ .header = "PID", .key = "pid", .label = true },
	{ .header = "LE", .key = "le", .label = true },
	{ .header = "CALLS", .key = "calls" },
	{ .header = "HALF", .key = "half" },
	{ .header = "WHERE", .key = "where" },
};

static void put(struct b2c_row *row, const void *key_data, const void *value_data)
{
	const struct key *key = key_data;
	const uint64_t value = *(const uint64_t *)value_data;

	b2c_row_begin(row);
	b2c_put(row, key->pid);
	b2c_put_string(row, key->name, sizeof(key->name));
	b2c_put(row, value);
	b2c_put(row, (double)value / 2);
	b2c_put_ip4(row, 0x0100007f);
	b2c_row_end(row);
}

static const struct b2c_table table = {
	.columns = columns,
	.nr_columns = B2C_SIZE(columns),
	.put = put,
	.key_size = sizeof(struct key),
	.value_size = 8,
	.clear = true,
};

static const struct key keys[] = { { 2, "a\\\"b\n" }, { 1, "x" }, { 2, "a\\\"b\n" } };
static const uint64_t values[] = { 1, UINT64_MAX, 2 };

static void fake_table(void)
{
	fake_map.type = BPF_MAP_TYPE_HASH;
	fake_map.name = "counts";
	fake_map.keys = keys;
	fake_map.values = values;
	fake_map.key_size = sizeof(keys[0]);
	fake_map.value_size = 8;
	fake_map.nr = 3;
	fake_map.cleared = true;
	b2c_print_table(&run, NULL, &table);
}

static const char table_text[] =
	"# HELP my_tool_counts_calls Column 'calls' of map 'counts'.\n"
	"# TYPE my_tool_counts_calls gauge\n"
	"my_tool_counts_calls{pid=\"1\",key_le=\"x\",where=\"127.0.0.1\"} 18446744073709551615\n"
	"my_tool_counts_calls{pid=\"2\",key_le=\"a\\\\\\\"b\\\\x0a\",where=\"127.0.0.1\"} 3\n"
	"# HELP my_tool_counts_half Column 'half' of map 'counts'.\n"
	"# TYPE my_tool_counts_half gauge\n"
	"my_tool_counts_half{pid=\"1\",key_le=\"x\",where=\"127.0.0.1\"} 9.2233720368547758e+18\n"
	"my_tool_counts_half{pid=\"2\",key_le=\"a\\\\\\\"b\\\\x0a\",where=\"127.0.0.1\"} 1.5\n";

static void tables_are_gauges(void **state)
{
	(void)state;
	run.settings.prometheus = -1;
	fake_table();
	printed_begin();
	assert_int_equal(b2c_print_round(&run, 0, B2C_ROUND_END), 0);
	printed_end();
	assert_string_equal(printed.text, table_text);
	check_format(printed.text);
	assert_false(fake_map.cleared); /* counts go on */
	fake_map.nr = 0;
	printed_begin();
	assert_int_equal(b2c_print_round(&run, 0, B2C_ROUND_END), 0);
	assert_string_equal(printed_end(), "");
	printed_free(&run);
}

static void put_disk(struct b2c_row *row, const void *key)
{
	b2c_put_string(row, key, 8);
}

struct slot {
	char disk[8];
	uint64_t slot;
};

static const struct b2c_histogram histogram = {
	.unit = "usecs",
	.key_size = sizeof(struct slot),
	.slot_offset = 8,
	.slot_size = 8,
	.section_header = "disk",
	.section_key = "disk",
	.section = put_disk,
};

static const char *print_histogram(const struct b2c_histogram *one, const struct slot *slots,
				   size_t nr)
{
	static const uint64_t counts[] = { 5, 1, 2, 3 };

	run.settings.prometheus = -1;
	fake_map.name = "dist";
	fake_map.keys = slots;
	fake_map.values = counts;
	fake_map.key_size = sizeof(slots[0]);
	fake_map.value_size = 8;
	fake_map.nr = nr;
	b2c_print_histogram(&run, NULL, one);
	printed_begin();
	assert_int_equal(b2c_print_round(&run, 0, B2C_ROUND_END), 0);
	printed_end();
	printed_free(&run);
	check_format(printed.text);
	return printed.text;
}

static void histograms_are_cumulative(void **state)
{
	static const struct slot slots[] = { { "a,b", 0 }, { "a,b", 1 }, { "a,b", 3 }, { "c", 2 } };
	static const struct slot last[] = { { "x", 64 } };
	static const uint64_t lows[] = { 0, 10, 20 };
	struct b2c_histogram other = histogram;

	(void)state;
	assert_string_equal(print_histogram(&histogram, slots, 4),
			    "# HELP my_tool_dist Map 'dist', usecs.\n"
			    "# TYPE my_tool_dist histogram\n"
			    "my_tool_dist_bucket{disk=\"a,b\",le=\"1\"} 6\n"
			    "my_tool_dist_bucket{disk=\"a,b\",le=\"3\"} 6\n"
			    "my_tool_dist_bucket{disk=\"a,b\",le=\"7\"} 8\n"
			    "my_tool_dist_bucket{disk=\"a,b\",le=\"+Inf\"} 8\n"
			    "my_tool_dist_count{disk=\"a,b\"} 8\n"
			    "my_tool_dist_bucket{disk=\"c\",le=\"1\"} 0\n"
			    "my_tool_dist_bucket{disk=\"c\",le=\"3\"} 3\n"
			    "my_tool_dist_bucket{disk=\"c\",le=\"7\"} 3\n"
			    "my_tool_dist_bucket{disk=\"c\",le=\"+Inf\"} 3\n"
			    "my_tool_dist_count{disk=\"c\"} 3\n");
	assert_non_null(strstr(print_histogram(&histogram, last, 1),
			       "{disk=\"x\",le=\"18446744073709551615\"} 5\n"));
	other.section = NULL;
	other.scale = B2C_BUCKETS;
	other.buckets = lows;
	other.nr_buckets = 3;
	assert_string_equal(print_histogram(&other, slots, 4),
			    "# HELP my_tool_dist Map 'dist', usecs.\n"
			    "# TYPE my_tool_dist histogram\n"
			    "my_tool_dist_bucket{le=\"9\"} 5\n"
			    "my_tool_dist_bucket{le=\"19\"} 6\n"
			    "my_tool_dist_bucket{le=\"+Inf\"} 9\n"
			    "my_tool_dist_count 9\n");
}

/* ---- the server ---- */

static int dial(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	address.sin_port = htons((uint16_t)run.settings.prometheus);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

static void serve(void)
{
	int i;

	for (i = 0; i < 20; i++) {
		run.sources[0].consume(&run, run.sources[0].handle);
		usleep(1000);
	}
}

/* What the server answers to `request`, up to its end. */
static const char *ask(const char *request)
{
	static char reply[8192];
	int fd = dial();
	size_t n = 0;
	ssize_t got;

	assert_int_equal(write(fd, request, strlen(request)), (ssize_t)strlen(request));
	serve();
	while (n < sizeof(reply) - 1 && (got = read(fd, reply + n, sizeof(reply) - 1 - n)) > 0)
		n += (size_t)got;
	reply[n] = '\0';
	close(fd);
	return reply;
}

static void answers(const char *request, const char *status)
{
	const char *reply = ask(request);

	if (strncmp(reply, status, strlen(status)) != 0)
		fail_msg("'%s' to '%s'", reply, request);
}

static void start_server(void)
{
	int port = 39100;

	fake_table();
	do
		run.settings.prometheus = port++;
	while (b2c_serve_metrics(&run) && port < 39200);
	assert_int_equal(run.nr_sources, 1);
}

static void stop_server(void)
{
	run.sources[0].release(run.sources[0].handle);
	free(run.sources);
	run.sources = NULL;
	run.nr_sources = 0;
	printed_free(&run);
}

static void metrics_are_served(void **state)
{
	static char large[6000];
	static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4";
	const char *reply;

	(void)state;
	start_server();
	reply = ask("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
	assert_true(strncmp(reply, head, strlen(head)) == 0);
	assert_string_equal(strstr(reply, "\r\n\r\n") + 4, table_text);
	answers("GET /metrics?x=1 HTTP/1.0\n\n", "HTTP/1.1 200");
	answers("GET /metricsx HTTP/1.1\r\n\r\n", "HTTP/1.1 404");
	answers("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 404");
	answers("POST /metrics HTTP/1.1\r\n\r\n", "HTTP/1.1 405");
	answers("\r\n\r\n", "HTTP/1.1 405");
	memset(large, 'a', sizeof(large) - 1);
	memcpy(large, "GET /", 5);
	large[4095] = '\0'; /* all the room there is, without an end */
	answers(large, "HTTP/1.1 431");
	stop_server();
}

/* More clients than there is room for: the one that waits longest loses. */
static void slow_clients_do_not_stop_others(void **state)
{
	int slow[6], i;
	char byte;

	(void)state;
	start_server();
	for (i = 0; i < 6; i++) {
		slow[i] = dial();
		assert_int_equal(write(slow[i], "GET ", 4), 4);
		serve();
	}
	answers("GET /metrics HTTP/1.1\r\n\r\n", "HTTP/1.1 200");
	for (i = 0; i < 3; i++)
		assert_true(recv(slow[i], &byte, 1, MSG_DONTWAIT) <= 0 && errno != EAGAIN);
	assert_true(recv(slow[5], &byte, 1, MSG_DONTWAIT) < 0 && errno == EAGAIN);
	assert_int_equal(write(slow[5], "/metrics HTTP/1.1\r\n\r\n", 21), 21);
	serve();
	assert_int_equal(recv(slow[5], &byte, 1, 0), 1);
	for (i = 0; i < 6; i++)
		close(slow[i]);
	stop_server();
}

static void a_taken_port_is_told(void **state)
{
	struct b2c_run other;
	int saved = dup(STDERR_FILENO), fds[2];
	char message[256];
	ssize_t n;

	(void)state;
	start_server();
	other = run;
	assert_int_equal(pipe(fds), 0);
	dup2(fds[1], STDERR_FILENO);
	assert_int_equal(b2c_serve_metrics(&other), -EADDRINUSE);
	dup2(saved, STDERR_FILENO);
	n = read(fds[0], message, sizeof(message) - 1);
	message[n] = '\0';
	assert_non_null(strstr(message, "in use (--prometheus=PORT takes another)\n"));
	close(fds[0]);
	close(fds[1]);
	close(saved);
	stop_server();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_gauges),
		cmocka_unit_test(histograms_are_cumulative),
		cmocka_unit_test(metrics_are_served),
		cmocka_unit_test(slow_clients_do_not_stop_others),
		cmocka_unit_test(a_taken_port_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
