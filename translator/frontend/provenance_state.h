// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The inside of the provenance analysis: what is known about values and what
 * memory of the program holds. Memory is a set of objects, each a declaration:
 * a variable, a map (its values), a member of a record wherever the record is,
 * a record (copies of it to untraceable places), a function (its result).
 */
#ifndef B2C_FRONTEND_PROVENANCE_STATE_H
#define B2C_FRONTEND_PROVENANCE_STATE_H

#include <map>
#include <set>
#include <vector>

#include "provenance.h"

namespace b2c {

/// What an expression may hold.
struct Value {
	Origin origin = Origin::None;
	Origin context = Origin::None;	       ///< of what is loaded through a context pointer
	std::set<const clang::Decl *> targets; ///< objects that the address is of
	std::set<const clang::Decl *> owners;  ///< objects that these are a part of

	Value() = default;
	Value(Origin origin) : origin(origin) {}
	static Value addressOf(const clang::Decl *object);
	bool join(const Value &other); ///< true when this changed it
};

struct Provenance::State {
	explicit State(const ProvenanceFacts &facts) : facts(facts) {}

	const ProvenanceFacts &facts;
	std::vector<const clang::FunctionDecl *> functions; ///< of the file, and those they call
	std::map<const clang::Decl *, Value> contents;
	bool changed = false;
	bool guess = false; ///< pointers that nothing was stored to are judged by their type

	void solve();
	void transfer(const clang::Stmt *stmt, const clang::FunctionDecl *function);

	/// What an rvalue holds, the address of an lvalue, what the memory there holds.
	Value eval(const clang::Expr *expr) const;
	Value address(const clang::Expr *lvalue) const;
	Value load(const clang::Expr *lvalue) const;
	Value loadThrough(const Value &address, clang::QualType type) const;

	/// Calls: the result, and what they do to memory (provenance_calls.cpp).
	Value callResult(const clang::CallExpr *call) const;
	void callEffects(const clang::CallExpr *call);
	const clang::VarDecl *methodMap(const clang::CallExpr *call, std::string &ret_method) const;

	void put(const clang::Decl *object, const Value &value);
	void store(const Value &address, clang::QualType type, const Value &value);
	void initialize(const Value &address, clang::QualType type, const clang::Expr *init);

private:
	void collectFunctions();
	void seedPrograms();
	void pass();
	Value evalCast(const clang::CastExpr *cast) const;
	Value decay(const clang::Expr *array) const;
	Value evalUnary(const clang::UnaryOperator *unary) const;
	Value evalBinary(const clang::BinaryOperator *binary) const;
	Value addressOfMember(const clang::MemberExpr *member) const;
	Value guessed(const Value &address, clang::QualType type) const;
	void passArguments(const clang::CallExpr *call);
	void readEffect(const clang::CallExpr *call, unsigned to, unsigned from, Origin origin);
	void fetch(const Value &map, const clang::Expr *to);
	void initializeRecord(const Value &address, const clang::InitListExpr *list);
};

/// Whether the memory type can hold an address: pointers, 64-bit integers, records, arrays.
bool carriesAddress(clang::QualType type);
/// Whether the program says __user of what the pointer points to.
bool isUserTagged(clang::QualType type);
/// The record behind a pointer or of a value, or null.
const clang::RecordDecl *recordOf(clang::QualType type);
const clang::RecordDecl *pointeeRecord(clang::QualType type);
/// Whether an lvalue or the operand of & is a member of the saved registers of a process.
bool isRegister(const clang::Expr *expr);

} // namespace b2c

#endif
