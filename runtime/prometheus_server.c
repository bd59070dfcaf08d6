// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Metrics at http://127.0.0.1:PORT/metrics: a few clients at a time, one request
 * each, nothing that waits. The descriptors are in an epoll of their own, which is
 * one source of the run.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "prometheus.h"

#define MAX_CLIENTS 4
#define MAX_REQUEST 4096
#define MAX_TURNS 64 /* of a loop, before events have theirs again */

struct client {
	int fd; /* -1: free */
	uint64_t number; /* the smallest came first */
	char request[MAX_REQUEST];
	size_t nr_read;
	struct b2c_text reply; /* not empty: the request was read */
	size_t nr_sent;
};

struct server {
	struct b2c_run *run;
	int epoll;
	int listener;
	uint64_t nr_clients; /* that ever came */
	struct client clients[MAX_CLIENTS];
};

static void client_end(struct client *client)
{
	if (client->fd >= 0)
		close(client->fd);
	b2c_text_free(&client->reply);
	*client = (struct client){ .fd = -1 };
}

/* A free client, or the one that is there for the longest time. */
static struct client *client_room(struct server *server)
{
	struct client *oldest = server->clients;
	size_t i;

	for (i = 0; i < MAX_CLIENTS; i++) {
		struct client *client = &server->clients[i];

		if (client->fd < 0)
			return client;
		if (client->number < oldest->number)
			oldest = client;
	}
	client_end(oldest);
	return oldest;
}

static void client_accept(struct server *server)
{
	int fd = accept4(server->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	struct epoll_event event = { .events = EPOLLIN };
	struct client *client;

	if (fd < 0)
		return;
	client = client_room(server);
	client->fd = fd;
	client->number = ++server->nr_clients;
	event.data.ptr = client;
	if (epoll_ctl(server->epoll, EPOLL_CTL_ADD, fd, &event))
		client_end(client);
}

static void set_reply(struct client *client, const char *status, const char *type,
		      const struct b2c_text *body)
{
	b2c_text_printf(&client->reply,
			"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
			"Connection: close\r\n\r\n",
			status, type, body->size);
	b2c_text_add(&client->reply, b2c_text_string(body), body->size);
}

/* The first line alone decides: "GET /metrics HTTP/1.1". */
static void answer(struct server *server, struct client *client)
{
	static const char path[] = "GET /metrics";
	struct b2c_text body = { 0 };
	const char *status = "404 Not Found", *type = "text/plain; charset=utf-8";
	const char *rest = client->request + strlen(path);

	if (strncmp(client->request, "GET ", 4) != 0) {
		status = "405 Method Not Allowed";
	} else if (!strncmp(client->request, path, strlen(path)) && strchr(" ?", *rest)) {
		status = b2c_metrics(server->run, &body) ? "500 Internal Server Error" : "200 OK";
		type = "text/plain; version=0.0.4; charset=utf-8";
	}
	if (strncmp(status, "200", 3) != 0) {
		b2c_text_clear(&body);
		b2c_text_printf(&body, "%s: metrics are at /metrics\n", status);
	}
	set_reply(client, status, type, &body);
	b2c_text_free(&body);
}

static void client_send(struct server *server, struct client *client)
{
	struct epoll_event event = { .events = EPOLLOUT, .data.ptr = client };
	size_t left = client->reply.size - client->nr_sent;
	ssize_t n = send(client->fd, b2c_text_string(&client->reply) + client->nr_sent, left,
			 MSG_NOSIGNAL);

	if (n > 0)
		client->nr_sent += (size_t)n;
	if (client->nr_sent == client->reply.size || client->reply.failed ||
	    (n < 0 && errno != EAGAIN && errno != EINTR)) {
		shutdown(client->fd, SHUT_WR);
		client_end(client);
	} else if (epoll_ctl(server->epoll, EPOLL_CTL_MOD, client->fd, &event)) {
		client_end(client);
	}
}

static void client_read(struct server *server, struct client *client)
{
	size_t room = sizeof(client->request) - 1 - client->nr_read;
	ssize_t n = read(client->fd, client->request + client->nr_read, room);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		client_end(client);
		return;
	}
	client->nr_read += (size_t)n;
	client->request[client->nr_read] = '\0';
	if (strstr(client->request, "\r\n\r\n") || strstr(client->request, "\n\n")) {
		answer(server, client);
	} else if ((size_t)n == room) {
		struct b2c_text none = { 0 };

		set_reply(client, "431 Request Header Fields Too Large", "text/plain", &none);
	} else {
		return;
	}
	client_send(server, client);
}

static int server_consume(struct b2c_run *run, void *handle)
{
	struct server *server = handle;
	struct epoll_event event;
	int turn;

	(void)run;
	for (turn = 0; turn < MAX_TURNS && epoll_wait(server->epoll, &event, 1, 0) == 1; turn++) {
		struct client *client = event.data.ptr;

		if (!client)
			client_accept(server);
		else if (client->fd >= 0 && client->reply.size)
			client_send(server, client);
		else if (client->fd >= 0)
			client_read(server, client);
	}
	return 0;
}

static void server_release(void *handle)
{
	struct server *server = handle;
	size_t i;

	for (i = 0; i < MAX_CLIENTS; i++)
		client_end(&server->clients[i]);
	if (server->listener >= 0)
		close(server->listener);
	if (server->epoll >= 0)
		close(server->epoll);
	free(server);
}

static int server_listen(struct server *server, uint16_t port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port) };
	struct epoll_event event = { .events = EPOLLIN };
	int on = 1;

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	server->epoll = epoll_create1(EPOLL_CLOEXEC);
	server->listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (server->epoll < 0 || server->listener < 0)
		return -errno;
	setsockopt(server->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(server->listener, (struct sockaddr *)&address, sizeof(address)) ||
	    listen(server->listener, MAX_CLIENTS) ||
	    epoll_ctl(server->epoll, EPOLL_CTL_ADD, server->listener, &event))
		return -errno;
	return 0;
}

int b2c_serve_metrics(struct b2c_run *run)
{
	struct b2c_source source = { .consume = server_consume, .release = server_release };
	struct server *server = calloc(1, sizeof(*server));
	size_t i;
	int err;

	if (!server)
		return -ENOMEM;
	server->run = run;
	server->epoll = -1;
	server->listener = -1;
	for (i = 0; i < MAX_CLIENTS; i++)
		server->clients[i].fd = -1;
	err = server_listen(server, (uint16_t)run->settings.prometheus);
	if (err) {
		b2c_error(run,
			  "cannot serve metrics at 127.0.0.1:%d: %s "
			  "(--prometheus=PORT takes another)",
			  run->settings.prometheus, strerror(-err));
		server_release(server);
		return err;
	}
	source.fd = server->epoll;
	source.handle = server;
	return b2c_add_source(run, &source);
}
