// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The formats of bpf_trace_printk: what the kernel's own parser takes, which is less than
 * printf(3), and on kernels before 5.13 less again. A format with anything else prints nothing.
 */
#ifndef B2C_PASSES_PRINTK_FORMAT_H
#define B2C_PASSES_PRINTK_FORMAT_H

#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"

namespace b2c {

/// A stretch of literal text with the conversion that ends it.
struct Conversion {
	std::string text;     ///< with what stands before it
	std::string spelled;  ///< "%5d" alone; empty at the end of a format
	std::string old_text; ///< the same for kernels before 5.13, if they have a way to print it
	/// What goes around the value there; the value itself is between the two.
	std::string before, after;
	bool has_value = false;
	bool is_string = false;	    ///< takes the place of a string
	bool is_old_string = false; ///< on kernels before 5.13
	bool known = true;	    ///< to some kernel
	bool old = true;	    ///< kernels before 5.13 take the text as it is
};

std::vector<Conversion> parsePrintkFormat(llvm::StringRef format);

} // namespace b2c

#endif
