// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* How symbols are written, which is bcc's way, and columns of kernel symbols. */
#include <string.h>

#include "run.h"
#include "symbols.h"

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* bcc has no offset where it has no name; in a file without symbols it is all there is. */
void b2c_symbol_text(struct b2c_text *text, const struct b2c_symbol *symbol, unsigned int parts)
{
	bool with_offset = parts & B2C_SYMBOL_OFFSET;

	b2c_text_puts(text, symbol->name ? symbol->name : "[unknown]");
	if (symbol->name && with_offset)
		b2c_text_printf(text, "+0x%llx", (unsigned long long)symbol->offset);
	if (!symbol->module || !(parts & B2C_SYMBOL_MODULE))
		return;
	b2c_text_puts(text, " [");
	b2c_text_puts(text, base_name(symbol->module));
	if (!symbol->name && with_offset)
		b2c_text_printf(text, "+0x%llx", (unsigned long long)symbol->offset);
	b2c_text_puts(text, "]");
}

const char *b2c_symbol_string(const struct b2c_symbol *symbol, unsigned int parts)
{
	static struct b2c_text text;

	b2c_text_clear(&text);
	b2c_symbol_text(&text, symbol, parts);
	return text.failed ? "" : b2c_text_string(&text);
}

const char *b2c_kernel_symbol_at(uint64_t address, unsigned int parts)
{
	struct b2c_symbol symbol;

	if (!b2c_kernel_symbol(address, &symbol))
		b2c_kernel_symbols_explain(NULL);
	return b2c_symbol_string(&symbol, parts);
}

void b2c_put_symbol(struct b2c_row *row, uint64_t address, const struct b2c_symbol *symbol,
		    unsigned int parts)
{
	struct b2c_text text = { 0 };

	if (row->json && !symbol->name && !symbol->module) {
		b2c_put_hex(row, address);
		return;
	}
	b2c_symbol_text(&text, symbol, parts);
	b2c_put_text(row, b2c_text_string(&text));
	b2c_text_free(&text);
}

void b2c_put_ksym_parts(struct b2c_row *row, uint64_t address, unsigned int parts)
{
	struct b2c_symbol symbol;

	if (!b2c_kernel_symbol(address, &symbol))
		b2c_kernel_symbols_explain(row->run);
	b2c_put_symbol(row, address, &symbol, parts);
}

void b2c_put_ksym(struct b2c_row *row, uint64_t address)
{
	b2c_put_ksym_parts(row, address, 0);
}
