// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Where pointers come from. A dereference is rewritten by the origin of its
 * pointer, not by its type. Flow-insensitive within a function, interprocedural
 * over the functions of the file, one summary for each member of a record.
 */
#ifndef B2C_FRONTEND_PROVENANCE_H
#define B2C_FRONTEND_PROVENANCE_H

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"

#include "../model.h"

namespace b2c {

class Session;

enum class Origin {
	None,	 ///< a constant, or nothing flows here
	Bpf,	 ///< stack, map value, ring buffer record: plain loads
	Context, ///< the program's context: plain loads
	Typed,	 ///< fentry, fexit arguments: plain, relocated loads
	Kernel,	 ///< probe-read from kernel memory
	User,	 ///< probe-read from user memory
	Unknown, ///< mixed without user memory, or untraceable: read as the kernel's
	Mixed,	 ///< kernel and user addresses in one pointer: an error
};

const char *originName(Origin origin);
Origin join(Origin a, Origin b);

/// What the analysis has to be told about a file. The session answers for a bcc
/// program, the verify pass for emitted code.
class ProvenanceFacts {
public:
	struct Program {
		Origin arguments = Origin::Unknown; ///< also of what is loaded from the context
		bool takes_context = true;	    ///< the first parameter is the context
	};

	virtual ~ProvenanceFacts() = default;
	virtual clang::ASTContext &ast() const = 0;
	/// The functions of the file that have a body, in source order.
	virtual std::vector<const clang::FunctionDecl *> functions() const = 0;
	/// Whether the kernel calls `function`; then `ret_program` says how.
	virtual bool isProgram(const clang::FunctionDecl *function, Program &ret_program) const = 0;
	virtual bool isMap(const clang::VarDecl *var) const = 0;
	virtual bool isKernelType(const clang::RecordDecl *record) const = 0;
	/// As bcc or the kernel declares it, or the program for a handler of its own.
	virtual bool isTracepointRecord(const clang::RecordDecl *record) const = 0;
};

/// Origin of the arguments of programs of a kind; `target` as in "syscalls:sys_enter_open".
Origin argumentsOrigin(enum b2c_attach_kind kind, const std::string &target);

class Provenance {
public:
	explicit Provenance(Session &session);
	explicit Provenance(std::unique_ptr<ProvenanceFacts> facts);
	~Provenance();

	/// Origin of the address that a pointer (or integer that holds one) carries.
	Origin of(const clang::Expr *pointer) const;

	/// Origin of the memory that an lvalue designates.
	Origin ofMemory(const clang::Expr *lvalue) const;

	/// The memory of the program that a pointer may lead to: variables, maps (their
	/// values), members of records.
	std::set<const clang::Decl *> objectsBehind(const clang::Expr *pointer) const;

	/// Prints one line per pointer variable and parameter: `file:line: name: origin`.
	void dump() const;

private:
	struct State;
	std::unique_ptr<ProvenanceFacts> facts_;
	std::unique_ptr<State> state_;
};

} // namespace b2c

#endif
