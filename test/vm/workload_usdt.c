// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * USDT probes: the notes that <sys/sdt.h> writes, written by hand, so that no
 * package is needed. A note says where a nop stands and where its arguments
 * are; the format is SystemTap's.
 */
#define _GNU_SOURCE
#include "workload.h"

#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The note of a probe: its place, no base, no semaphore; its arguments as "SIZE@OPERAND". */
#define PROBE(provider, name, arguments, ...)                             \
	__asm__ volatile("990: nop\n"                                     \
			 ".pushsection .note.stapsdt, \"\", \"note\"\n"   \
			 ".balign 4\n"                                    \
			 ".4byte 992f - 991f, 994f - 993f, 3\n"           \
			 "991: .asciz \"stapsdt\"\n"                      \
			 "992: .balign 4\n"                               \
			 "993: .8byte 990b, 0, 0\n"                       \
			 ".asciz \"" provider "\"\n.asciz \"" name "\"\n" \
			 ".asciz \"" arguments "\"\n"                     \
			 "994: .balign 4\n"                               \
			 ".popsection" ::__VA_ARGS__)

/*
 * work__start: a string, a negative int, an unsigned char above 127, a signed char, a
 * number of 64 bits, a constant. In two places, by registers and through memory.
 */
static void start(const char *text, long i)
{
	long minus = -i, byte = 200, small = -5;
	unsigned long large = 0xfedcba9876543210 + (unsigned long)i;

	if (i % 2)
		PROBE("b2c", "work__start", "8@%0 -4@%1 1@%2 -1@%3 8@%4 -4@%5", "r"(text),
		      "r"(minus), "r"(byte), "r"(small), "r"(large), "n"(-9));
	else
		PROBE("b2c", "work__start", "8@%0 -4@%1 1@%2 -1@%3 8@%4 -4@%5", "m"(text),
		      "m"(minus), "m"(byte), "m"(small), "m"(large), "n"(-9));
}

/* N times work__start, numbered from 1, and work__done; both providers have `twice`. */
int run_usdt(int argc, char **argv)
{
	(void)argc;
	for (long i = 1; i <= number(argv[0]); i++) {
		start("marker", i);
		PROBE("b2c", "work__done", "-4@%0", "r"(i));
	}
	PROBE("b2c", "twice", "", "n"(0));
	PROBE("other", "twice", "", "n"(0));
	return 0;
}

#define COUNT(list) (long)(sizeof(list) / sizeof((list)[0]))

/* What a Java virtual machine says of itself, with the arguments of its provider `hotspot`. */
static const struct {
	const char *class;
	const char *name;
} methods[] = {
	{ "demo/Main", "main" },
	{ "demo/Worker", "step" },
	{ "java/lang/String", "length" },
};

static const char *const threads[] = { "main", "Worker-1", "Finalizer" };
static const char *const pools[] = { "PS Eden Space", "PS Old Gen" };

static void leave(const char *class, const char *name)
{
	int class_length = (int)strlen(class), length = (int)strlen(name);

	PROBE("hotspot", "method__return", "8@%0 8@%1 -4@%2 8@%3 -4@%4 8@%5 -4@%6", "n"(1),
	      "r"(class), "r"(class_length), "r"(name), "r"(length), "r"("()V"), "n"(3));
}

/* An entry and a return of a method, which calls that of the next row twice. */
static void call(long row)
{
	const char *class = methods[row].class, *name = methods[row].name;
	int class_length = (int)strlen(class), length = (int)strlen(name);

	PROBE("hotspot", "method__entry", "8@%0 8@%1 -4@%2 8@%3 -4@%4 8@%5 -4@%6", "n"(1),
	      "r"(class), "r"(class_length), "r"(name), "r"(length), "r"("()V"), "n"(3));
	for (int i = 0; i < 2 && row + 1 < COUNT(methods); i++)
		call(row + 1);
	leave(class, name);
}

/* A thread by its name and number; the C library has a probe too. */
static void thread(const char *name, long id)
{
	int length = (int)strlen(name);

	PROBE("libpthread", "pthread_start", "8@%0 8@%1 8@%2", "r"(id), "r"(&thread), "n"(0));
	PROBE("hotspot", "thread__start", "8@%0 -4@%1 8@%2 8@%3 1@%4", "r"(name), "r"(length),
	      "r"(id), "r"(id + 100), "n"(0));
	PROBE("hotspot", "thread__stop", "8@%0 -4@%1 8@%2 8@%3 1@%4", "r"(name), "r"(length),
	      "r"(id), "r"(id + 100), "n"(0));
}

/* A collection of 2 ms, of one pool within it. */
static void collect(const char *pool)
{
	const char *manager = "PS MarkSweep";
	int manager_length = (int)strlen(manager), length = (int)strlen(pool);
	long most = 1 << 20, before = 700000, after = 300000;

	PROBE("hotspot", "gc__begin", "1@%0", "n"(1));
	PROBE("hotspot", "mem__pool__gc__begin", "8@%0 -4@%1 8@%2 -4@%3 8@%4 8@%5 8@%6 8@%7",
	      "m"(manager), "m"(manager_length), "m"(pool), "m"(length), "n"(0), "m"(before),
	      "m"(most), "m"(most));
	workload_spin(2);
	PROBE("hotspot", "mem__pool__gc__end", "8@%0 -4@%1 8@%2 -4@%3 8@%4 8@%5 8@%6 8@%7",
	      "m"(manager), "m"(manager_length), "m"(pool), "m"(length), "n"(0), "m"(after),
	      "m"(most), "m"(most));
	PROBE("hotspot", "gc__end", "", "n"(0));
}

/* On one processor, so that a tool is sent the events in their order. */
static int stay(void)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(0, &one);
	return sched_setaffinity(0, sizeof(one), &one) ? fail("sched_setaffinity") : 0;
}

/* The return of a method that began before, then N times all methods, threads and collections. */
int run_java(int argc, char **argv)
{
	(void)argc;
	if (stay())
		return 1;
	leave("demo/Main", "start");
	for (long i = 0; i < number(argv[0]); i++) {
		call(0);
		for (long row = 0; row < COUNT(threads); row++)
			thread(threads[row], row + 1);
		for (long row = 0; row < COUNT(pools); row++)
			collect(pools[row]);
	}
	return 0;
}

/* N objects of a class, strings and arrays, and one table, as Ruby says them with their lengths. */
int run_ruby(int argc, char **argv)
{
	const char *class = "Worker", *file = "worker.rb";

	(void)argc;
	PROBE("ruby", "hash__create", "8@%0 8@%1 -4@%2", "n"(5), "r"(file), "n"(1));
	for (long i = 0; i < number(argv[0]); i++) {
		PROBE("ruby", "object__create", "8@%0 8@%1 -4@%2", "r"(class), "r"(file), "n"(2));
		PROBE("ruby", "string__create", "8@%0 8@%1 -4@%2", "r"(i + 3), "r"(file), "n"(3));
		PROBE("ruby", "array__create", "8@%0 8@%1 -4@%2", "n"(1000), "r"(file), "n"(4));
	}
	return 0;
}

/* N queries of MS each, as MySQL and PostgreSQL say them: the text is the first argument. */
int run_query(int argc, char **argv)
{
	static const char *const queries[] = { "BEGIN", "VACUUM", "COMMIT" };

	(void)argc;
	if (stay())
		return 1;
	for (long i = 0; i < number(argv[0]); i++) {
		PROBE("database", "query__start", "8@%0", "r"(queries[i % COUNT(queries)]));
		workload_spin(number(argv[1]));
		PROBE("database", "query__done", "", "n"(0));
	}
	return 0;
}
