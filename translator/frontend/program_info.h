// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What is known about one parsed program: uses of macros, maps, programs, moved variables. */
#ifndef B2C_FRONTEND_PROGRAM_INFO_H
#define B2C_FRONTEND_PROGRAM_INFO_H

#include <string>
#include <vector>

#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "clang/Lex/MacroInfo.h"

#include "../frontend.h"
#include "edits.h"

namespace b2c {

/// A use of a macro in the user's files, as the preprocessor saw it.
struct MacroUse {
	std::string name;
	clang::SourceRange range;      ///< the name, or the name to the closing parenthesis
	std::vector<std::string> args; ///< as written, without outer blanks
	std::vector<clang::SourceRange> arg_ranges; ///< where they stand
	bool ours = false;			    ///< defined by the prelude, not by the user
	clang::SourceLocation definition;
	const clang::MacroInfo *info = nullptr;
};

/// An #include of the user's files.
struct IncludeUse {
	Span span;	       ///< the directive without its newline
	clang::FileID entered; ///< the user's file it brought in; invalid for the kernel's
};

struct Preprocessed {
	std::vector<MacroUse> uses;
	std::vector<clang::SourceRange> bodies; ///< of the user's macros
	std::vector<IncludeUse> includes;
};

/// A map of the program: the variable that the prelude's macro declared.
struct MapInfo {
	const clang::VarDecl *var = nullptr;
	enum b2c_map_kind kind = B2C_MAP_HASH;
	bool histogram = false;
	bool as_ring = false;		     ///< a perf output that becomes a ring buffer
	bool pops = false;		     ///< the program itself takes elements out
	bool inserts = false;		     ///< by a method, which may find it full
	clang::QualType key, value;	     ///< null where the kind has none
	clang::QualType event;		     ///< record submitted to an output; null if never
	std::vector<clang::QualType> events; ///< one of each type, in source order
	std::string key_text, value_text, size_text, flags_text; ///< as written; "" for defaults
	std::string pin;   ///< the path it is pinned at; "" if none
	std::string inner; ///< maps of maps: the inner map's name; else ""
	uint64_t max_entries = 0;
	uint64_t flags = 0;
	const MacroUse *use = nullptr;
};

/// A parameter that is not at one position on every kernel: where the traced function
/// has it is found out before the load, and held by a variable of the program.
struct BoundParameter {
	const clang::ParmVarDecl *parameter = nullptr;
	std::string variable;
	std::string what;      ///< "struct dentry *dentry", "flags", or "return"
	unsigned position = 0; ///< on the base kernel
};

/// The second form of a kprobe or kretprobe: an fentry or fexit program with the same body.
struct FastForm {
	bool exists = false;
	std::string trouble;	  ///< why not: "reads registers"; "" if nobody would expect one
	std::string name;	  ///< of the program
	std::string body;	  ///< of the function that both programs call
	std::string result;	  ///< the body's parameter that PT_REGS_RC became; "" if none
	BoundParameter position;  ///< of the result among the arguments of fexit
	unsigned reads = 0;	  ///< arguments of the traced function, a bit each
};

/// A BPF program: a function that the kernel calls.
struct ProgramInfo {
	const clang::FunctionDecl *function = nullptr;
	enum b2c_attach_kind kind = B2C_ATTACH_NONE;
	std::string target; ///< "vfs_read", "sched:sched_switch", or ""
	bool self_attach = false;
	bool idle = false;	       ///< nothing attaches it: in the object, but not loaded
	bool takes_context = true;     ///< the first parameter is the context
	const MacroUse *use = nullptr; ///< of TRACEPOINT_PROBE and friends; null if plain
	std::vector<BoundParameter> bound;
	FastForm fast;
};

/// A local variable that goes to a per-CPU map of one element.
struct ScratchInfo {
	const clang::VarDecl *var = nullptr;
	const clang::DeclStmt *statement = nullptr; ///< that declares it, perhaps with others
	const clang::FunctionDecl *function = nullptr;
	std::string map;
};

} // namespace b2c

#endif
