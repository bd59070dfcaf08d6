// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Lines of text around what a tool prints: at the start, at the end, around a map.
 * Functions of tools add them; they are printed as text alone, never with --json or --csv.
 */
#ifndef B2C_LINES_H
#define B2C_LINES_H

struct b2c_lines;

/* A line, or several where the text has newlines in it. */
void b2c_add_line(struct b2c_lines *lines, const char *text);

/*
 * Seconds between two rounds, as the command line or the output's `every` says; 0 where
 * the tool prints at the end alone.
 */
#define seconds_of_round() b2c_seconds_of_round()
unsigned int b2c_seconds_of_round(void);

/* Whether Ctrl-C or another signal ends the tool, not its count, duration or command. */
#define interrupted() b2c_interrupted()
int b2c_interrupted(void);

#endif
