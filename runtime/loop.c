// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The life of a tool between load and exit: attach, say so, wait for events and
 * intervals, print, and at a signal print a last time.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/membarrier.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "prometheus.h"
#include "run.h"
#include "symbols.h"

#define MS_PER_S 1000
#define MAX_READY 16

/* Events still come in while the last ones are read; no longer than this. */
#define DRAIN_MS 250

/* A second signal this much later means it: the first may come twice, as from timeout(1). */
#define INSIST_MS 1000

static volatile sig_atomic_t stopping;
static volatile sig_atomic_t by_signal; /* and by nothing before it */
static volatile int64_t signalled_ms;
static int stop_fd = -1; /* wakes up the wait */
static int64_t stopped_ms;
static int64_t end_ms; /* of --duration; 0: none */

static int64_t now_ms(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * MS_PER_S + now.tv_nsec / 1000000;
}

/* Ends the run from within, as a signal does. */
static void stop(void)
{
	signalled_ms = now_ms();
	stopping = 1;
}

bool b2c_is_stopping(void)
{
	if (end_ms && !stopping && now_ms() >= end_ms)
		stop();
	return stopping && (!stopped_ms || now_ms() - stopped_ms > DRAIN_MS);
}

static void on_signal(int number)
{
	int saved = errno;
	uint64_t one = 1;

	if (!stopping) {
		signalled_ms = now_ms();
		by_signal = 1;
	} else if (now_ms() - signalled_ms > INSIST_MS) {
		signal(number, SIG_DFL);
		raise(number);
	}
	stopping = 1;
	if (write(stop_fd, &one, sizeof(one)) < 0)
		stopping = 1; /* full: it is awake already */
	errno = saved;
}

void b2c_stop(void)
{
	if (!stopping)
		signalled_ms = now_ms();
	stopping = 1;
}

int b2c_interrupted(void)
{
	return by_signal;
}

/* The first signal ends the run, another one later kills. */
void b2c_stop_on_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };

	stopping = 0;
	by_signal = 0;
	stopped_ms = 0;
	end_ms = 0;
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

static int watch(int epoll, int fd, uint32_t events, size_t index)
{
	struct epoll_event event = { .events = events, .data.u64 = index };

	return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) ? -errno : 0;
}

/* Sources have their index; these come after all of them. */
#define WATCH_STOP ((size_t)-1)
#define WATCH_STDOUT ((size_t)-2)

/* Those from `from` on, which attaching may have added. */
static int watch_sources(struct b2c_run *run, int epoll, size_t from)
{
	size_t i;
	int err = 0;

	for (i = from; i < run->nr_sources && !err; i++)
		err = watch(epoll, run->sources[i].fd, EPOLLIN, i);
	return err;
}

static int watch_all(struct b2c_run *run, int epoll)
{
	int err = watch(epoll, stop_fd, EPOLLIN, WATCH_STOP);

	if (!err)
		err = watch_sources(run, epoll, 0);
	/* a pipe reports a reader that is gone; files cannot be watched and need not be */
	if (!err)
		watch(epoll, STDOUT_FILENO, 0, WATCH_STDOUT);
	return err;
}

static int consume(struct b2c_run *run, size_t index)
{
	const struct b2c_source *source = &run->sources[index];

	return source->consume(run, source->handle);
}

static int consume_all(struct b2c_run *run)
{
	size_t i;
	int err = 0;

	for (i = 0; i < run->nr_sources && !err; i++)
		err = consume(run, i);
	return err;
}

/* Waits for events until `deadline` (0: without end), and handles what came. */
static int wait_once(struct b2c_run *run, int epoll, int64_t deadline)
{
	struct epoll_event events[MAX_READY];
	int64_t left = deadline ? deadline - now_ms() : -1;
	int i, n, err = b2c_flush(run);

	if (err)
		return err;
	if (deadline && left < 0)
		left = 0;
	n = epoll_wait(epoll, events, MAX_READY, left > INT32_MAX ? INT32_MAX : (int)left);
	if (n < 0)
		return errno == EINTR ? 0 : -errno;
	if (n)
		b2c_gather(run);
	for (i = 0; i < n && !err; i++) {
		if (events[i].data.u64 == WATCH_STDOUT) {
			run->stdout_closed = true;
			err = -EPIPE;
		} else if (events[i].data.u64 != WATCH_STOP) {
			err = consume(run, events[i].data.u64);
		}
	}
	return err;
}

/* The earlier of two times, of which 0 is never. */
static int64_t earlier(int64_t a, int64_t b)
{
	return !a || (b && b < a) ? b : a;
}

/* Until a signal, --duration or the count of intervals. *ret_printed: the last round is done. */
static int run_loop(struct b2c_run *run, int epoll, bool *ret_printed)
{
	int64_t step = (int64_t)run->settings.interval * MS_PER_S, now = now_ms();
	int64_t deadline = step ? now + step : 0, next;
	uint32_t rounds = 0;
	int err = 0;

	if (run->settings.duration)
		end_ms = now + (int64_t)run->settings.duration * MS_PER_S;
	b2c_rounds_start(run, now, end_ms);
	while (!b2c_is_stopping() && !err) {
		next = earlier(deadline, b2c_rounds_next(run));
		err = wait_once(run, epoll, earlier(next, end_ms));
		now = now_ms();
		/* what is due when the duration ends is printed as such */
		if (err || !next || now < next || (stopping && next != end_ms))
			continue;
		err = consume_all(run);
		if (!err)
			err = b2c_print_round(run, now, next == deadline ? B2C_ROUND_INTERVAL
									 : B2C_ROUND_TIMER);
		if (next != deadline)
			continue;
		if (++rounds == run->settings.count || deadline == end_ms) {
			*ret_printed = true;
			stop();
		}
		deadline += step;
	}
	return err == -EINTR ? 0 : err;
}

static int say_ready(struct b2c_run *run)
{
	const struct b2c_tool *tool = run->tool;
	struct b2c_output *events = NULL;
	size_t i, nr_events = 0;
	int err = 0;

	if (run->settings.ready_fd >= 0 && write(run->settings.ready_fd, "\n", 1) != 1) {
		b2c_error(run, "cannot write to descriptor %d: %s", run->settings.ready_fd,
			  strerror(errno));
		return -EIO;
	}
	if (run->settings.json)
		return b2c_print_start(run);
	if (run->settings.prometheus < 0)
		return 0;
	if (tool->banner && *tool->banner && !run->settings.csv) {
		err = b2c_write(run, tool->banner, strlen(tool->banner));
		if (!err)
			err = b2c_write(run, "\n", 1);
	}
	if (!err && !run->settings.csv)
		err = b2c_print_lines(run, tool->start);
	for (i = 0; i < run->nr_outputs; i++) {
		if (run->outputs[i]->print_event) {
			events = run->outputs[i];
			nr_events++;
		}
	}
	/* several kinds of rows have their header above the first of each */
	if (!err && nr_events == 1)
		err = b2c_print_header(run, &events->row);
	return err ? err : b2c_flush(run);
}

static bool has_events(const struct b2c_run *run)
{
	size_t i;

	for (i = 0; i < run->nr_outputs; i++)
		if (run->outputs[i]->print_event)
			return true;
	return false;
}

static void detach(struct b2c_run *run)
{
	size_t i;

	for (i = 0; i < run->nr_links; i++)
		bpf_link__destroy(run->links[i]);
	run->nr_links = 0;
	/* probes of tracefs can go when nothing is attached to them */
	if (run->detach_all)
		run->detach_all(run);
	run->detach_all = NULL;
}

/*
 * Detaches before the last events are read, and waits for programs that still run on
 * another CPU: what they send then would be neither read nor counted.
 */
static void end_events(struct b2c_run *run)
{
	struct timespec moment = { .tv_nsec = 20 * 1000 * 1000 };

	detach(run);
	run->detached = true;
	/* the kernel waits until every CPU has left what it did; with nohz_full it will not */
	if (syscall(__NR_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0))
		nanosleep(&moment, NULL);
}

static int print_end(struct b2c_run *run)
{
	const struct b2c_settings *settings = &run->settings;
	int err = 0;

	if (!settings->json && !settings->csv && !settings->prometheus)
		err = b2c_print_lines(run, run->tool->end);
	return err ? err : b2c_flush(run);
}

static int trace(struct b2c_run *run)
{
	bool printed = false;
	size_t nr;
	int epoll, err = watch_all(run, epoll = epoll_create1(EPOLL_CLOEXEC));

	if (err) {
		b2c_error(run, "cannot wait for events: %s", strerror(-err));
		goto out;
	}
	b2c_clock_start();
	nr = run->nr_sources;
	err = b2c_attach_all(run);
	run->attached = !err;
	if (!err)
		err = watch_sources(run, epoll, nr);
	if (!err)
		b2c_drop_privileges(run);
	b2c_find_seconds(run);
	if (!err)
		err = say_ready(run);
	if (!err && run->command.pid)
		err = run->tool->exec->release(run);
	if (!err && run->iterate)
		err = run->iterate(run);
	/* iterators alone have given all there is */
	if (!err && (!run->nr_iterators || run->nr_iterators < run->nr_links || run->detaches))
		err = run_loop(run, epoll, &printed);
	stopped_ms = now_ms();
	if (has_events(run))
		end_events(run);
	if (!err)
		err = consume_all(run);
	if (!err || err == -EINTR)
		err = b2c_print_round(run, stopped_ms, printed ? B2C_ROUND_REST : B2C_ROUND_END);
	if (!err)
		err = print_end(run);
out:
	if (epoll >= 0)
		close(epoll);
	return err;
}

static void release(struct b2c_run *run)
{
	size_t i;

	detach(run);
	for (i = 0; i < run->nr_sources; i++)
		run->sources[i].release(run->sources[i].handle);
	run->nr_sources = 0;
	b2c_read_globals(run);
	run->object = NULL;
	if (run->attached)
		b2c_report_counts(run);
}

int b2c_trace(struct b2c_run *run)
{
	int err = run->err;

	stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (!err && stop_fd < 0)
		err = -errno;
	if (!err) {
		b2c_stop_on_signals();
		if (run->settings.prometheus > 0)
			err = run->tool->prometheus->serve(run);
		if (!err)
			err = trace(run);
	}
	release(run);
	if (stop_fd >= 0) {
		signal(SIGINT, SIG_DFL);
		signal(SIGTERM, SIG_DFL);
		close(stop_fd);
		stop_fd = -1;
	}
	/* nobody reads any more: nothing is wrong */
	return err == -EPIPE ? 0 : err;
}
