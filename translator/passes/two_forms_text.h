// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Writes the two programs that call what they share:
 *
 *	SEC("?fentry/vfs_read")
 *	int BPF_PROG(on_entry_fentry, struct file *file)
 *	{
 *		handle_on_entry(ctx, file);
 *		return 0;
 *	}
 *
 *	SEC("kprobe/vfs_read")
 *	int BPF_KPROBE(on_entry, struct file *file)
 *	{
 *		return handle_on_entry(ctx, file);
 *	}
 */
#ifndef B2C_PASSES_TWO_FORMS_TEXT_H
#define B2C_PASSES_TWO_FORMS_TEXT_H

#include <string>

#include "../frontend/session.h"

namespace b2c {

/// Their SEC()s have a newline behind them.
std::string twoFormsText(Session &session, const ProgramInfo &program,
			 const std::string &fast_section, const std::string &section);

/// Without what the kernel's headers have for the addresses of processes.
std::string withoutUser(std::string text);

} // namespace b2c

#endif
