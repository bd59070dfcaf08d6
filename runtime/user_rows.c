// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Columns of functions and stacks of processes. */
#include "stack_rows.h"

void b2c_watch_processes(struct b2c_run *run)
{
	if (!run->users)
		b2c_user_symbols.watch(run);
	run->users = &b2c_user_symbols;
}

void b2c_put_usym(struct b2c_row *row, uint32_t pid, uint64_t address, unsigned int parts)
{
	struct b2c_symbol symbol;

	b2c_user_symbols.find(pid, address, &symbol);
	b2c_put_symbol(row, address, &symbol, parts);
}

const char *b2c_user_symbol_at(uint32_t pid, uint64_t address, unsigned int parts)
{
	struct b2c_symbol symbol;

	b2c_user_symbols.find(pid, address, &symbol);
	return b2c_symbol_string(&symbol, parts);
}

void b2c_put_user_stack(struct b2c_row *row, const char *map, uint32_t pid, int64_t id,
			unsigned int parts)
{
	const struct b2c_stack_cell cell = { .map = map, .id = id, .parts = parts,
					     .users = &b2c_user_symbols, .pid = pid };

	b2c_put_stack(row, &cell);
}
