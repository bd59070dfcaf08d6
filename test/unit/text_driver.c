// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Prints symbols and lines of the trace pipe through the runtime for text_oracle.py:
 *
 *   text_driver symbols            reads "PARTS OFFSET NAME MODULE" lines, "-" for none
 *   text_driver text|json FOLDER   shows FOLDER/trace_pipe as a tool shows its trace
 *   text_driver rows FOLDER        the same as rows of columns, in JSON
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../runtime/run.h"
#include "../../runtime/symbols.h"

static const char *folder;

const char *b2c_tracefs(void)
{
	return folder;
}

bool b2c_is_stopping(void)
{
	return false;
}

/* Never asked for: the symbols are given. */
bool b2c_kernel_symbol(uint64_t address, struct b2c_symbol *ret_symbol)
{
	(void)address;
	(void)ret_symbol;
	abort();
}

void b2c_kernel_symbols_explain(const struct b2c_run *run)
{
	(void)run;
	abort();
}

static void print_symbols(void)
{
	char name[128], module[256];
	unsigned int parts;
	uint64_t offset;

	while (scanf("%u %" SCNx64 " %127s %255s", &parts, &offset, name, module) == 4) {
		struct b2c_symbol symbol = {
			.name = strcmp(name, "-") ? name : NULL,
			.module = strcmp(module, "-") ? module : NULL,
			.offset = offset,
		};
		struct b2c_text text = { 0 };

		b2c_symbol_text(&text, &symbol, parts);
		puts(b2c_text_string(&text));
		b2c_text_free(&text);
	}
}

static const struct b2c_column columns[] = {
	{ .key = "task" },  { .key = "pid" },  { .key = "cpu" },
	{ .key = "flags" }, { .key = "time" }, { .key = "text" },
};

static int print_row(void *ctx, void *data, size_t size)
{
	const struct b2c_trace_line *e = data;
	struct b2c_row *row = ctx;

	(void)size;
	b2c_row_begin(row);
	b2c_put_string(row, e->task, sizeof(e->task));
	b2c_put(row, e->pid);
	b2c_put(row, e->cpu);
	b2c_put_string(row, e->flags, sizeof(e->flags));
	b2c_put(row, (double)e->time / 1e9);
	b2c_put_string(row, e->text, sizeof(e->text));
	return b2c_row_end(row);
}

int main(int argc, char **argv)
{
	static const struct b2c_tool tool = { .name = "driver" };
	struct b2c_run run = { .tool = &tool };
	int err;

	if (argc == 2) {
		print_symbols();
		return 0;
	}
	folder = argv[2];
	run.settings.json = strcmp(argv[1], "text") != 0;
	if (!strcmp(argv[1], "rows"))
		b2c_print_trace_rows(&run, print_row, columns, B2C_SIZE(columns));
	else
		b2c_print_trace(&run);
	err = run.err ? run.err : run.sources[0].consume(&run, run.sources[0].handle);
	if (!err)
		err = b2c_flush(&run);
	if (run.nr_sources)
		run.sources[0].release(run.sources[0].handle);
	free(run.sources);
	if (run.nr_outputs) {
		b2c_row_free(&run.outputs[0]->row);
		free(run.outputs[0]);
	}
	free(run.outputs);
	return err ? 1 : 0;
}
