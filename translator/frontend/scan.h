// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * A look at the bare tokens of a source, before it is parsed: which words it
 * uses (they decide which kernel types it gets), which it defines itself,
 * which tracepoints and headers it names.
 */
#ifndef B2C_FRONTEND_SCAN_H
#define B2C_FRONTEND_SCAN_H

#include <set>
#include <string>
#include <vector>

namespace b2c {

struct ScanToken {
	std::string text;
	unsigned offset = 0;
	bool is_word = false;
	bool starts_line = false;
};

struct ScanInclude {
	std::string path;
	bool angled = false;
	unsigned offset = 0;
};

struct ScanTracepoint {
	std::string category, event;
	unsigned offset = 0;
};

struct ScanCall {
	std::string name;
	unsigned offset = 0;
	unsigned nr_args = 0; ///< as the preprocessor counts them, macros among them not expanded
};

struct Scan {
	std::set<std::string> words;  ///< every identifier
	std::set<std::string> called; ///< those before a parenthesis, or in a directive's condition
	std::set<std::string> own;    ///< tags, enumerators and other names it defines
	std::set<std::string> tags;   ///< the tags among them, which C keeps apart
	std::set<std::string> macros; ///< what it #defines
	std::vector<ScanInclude> includes;
	std::vector<ScanTracepoint> tracepoints;
	std::vector<ScanCall> bpf_calls; ///< BPF_XXX( outside of directives
};

/// All tokens of `text` but comments.
std::vector<ScanToken> scanTokens(const std::string &text);

/// Adds what `text` has to `ret_scan`, so that several files make one scan.
void scanSource(const std::string &text, Scan &ret_scan);

/// Adds one word, and the tracepoint whose record it names.
void scanWord(const std::string &word, Scan &ret_scan);

/// Adds what an included file has, all of it at the place of its #include.
void scanAdd(const Scan &header, unsigned offset, Scan &ret_scan);

/// For each macro that `text` defines, the words of its body.
void scanMacroWords(const std::string &text,
		    std::vector<std::pair<std::string, std::set<std::string>>> &ret_macros);

/// A #define or a function of a header.
struct ScanDefinition {
	std::string name, text;
	std::set<std::string> words;  ///< what it uses
	std::set<std::string> called; ///< those before a parenthesis
	bool is_function = false;
	bool takes_arguments = false; ///< a function, or a macro like one
};

/// The #defines and functions of `text`, in its order.
std::vector<ScanDefinition> scanDefinitions(const std::string &text);

/// Line and column, from 1, of an offset.
void scanPlace(const std::string &text, unsigned offset, unsigned &ret_line, unsigned &ret_column);

/// Offset of the line with the first token that is no comment.
size_t scanFirstToken(const std::string &text);

} // namespace b2c

#endif
