// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * --exec CMD...: the tool runs a command, held until everything is attached, and ends when
 * the command does. A tool that has it names b2c_exec_command.
 */
#ifndef B2C_EXEC_H
#define B2C_EXEC_H

struct b2c_exec;
extern const struct b2c_exec b2c_exec_command;

#endif
