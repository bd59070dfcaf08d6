// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Follows copies of kernel records; whole_struct.h has the rule. */
#include "whole_struct.h"

#include "llvm/Support/Casting.h"

#include "../frontend/walk.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;

static const VarDecl *variableOf(const Expr *expr) {
	const auto *ref = dyn_cast<DeclRefExpr>(strip(expr));
	const auto *var = ref ? dyn_cast<VarDecl>(ref->getDecl()) : nullptr;

	return var && var->isLocalVarDecl() ? var : nullptr;
}

/// The name of a record, or of the typedef that it is known by.
static std::string tagOf(const RecordDecl *record) {
	const TypedefNameDecl *name = record->getTypedefNameForAnonDecl();

	return name ? name->getName().str() : record->getName().str();
}

WholeStruct::WholeStruct(Session &session) : session_(session) {
	for (const FunctionDecl *function : session.userFunctions()) {
		walkVariables(function->getBody(), [&](const VarDecl *var) {
			owners_[var] = function;
			if (var->getInit())
				copies_[strip(var->getInit())] = var;
		});
		walkEvaluated(function->getBody(), [&](const Stmt *stmt) {
			const auto *binary = dyn_cast<BinaryOperator>(stmt);
			if (const auto *statement = dyn_cast<DeclStmt>(stmt))
				for (const Decl *decl : statement->decls())
					if (const auto *var = dyn_cast<VarDecl>(decl))
						declared_[var] = statement;
			if (binary && binary->getOpcode() == BO_Assign)
				if (const VarDecl *var = variableOf(binary->getLHS()))
					copies_[strip(binary->getRHS())] = var;
		});
	}
}

/// The members that lead from a variable to `member`, up to an element of an array;
/// null when it is behind a pointer.
static const Expr *rootOf(const MemberExpr *member, std::string &ret_path) {
	const Expr *base = strip(member->getBase());
	std::string name = member->getMemberDecl()->getName().str(), before;

	if (member->isArrow())
		return nullptr;
	while (const auto *element = dyn_cast<ArraySubscriptExpr>(base)) {
		base = element->getBase()->IgnoreParenImpCasts();
		name = "";
	}
	const auto *outer = dyn_cast<MemberExpr>(base);
	const Expr *root = outer ? rootOf(outer, before) : base;
	ret_path = before + (before.empty() || name.empty() ? "" : ".") + name;
	return root;
}

bool WholeStruct::usesOf(const VarDecl *copy, Uses &ret_uses) const {
	std::set<const Expr *> seen;
	auto owner = owners_.find(copy);

	if (owner == owners_.end())
		return false;
	ret_uses.assigned = copy->getInit() && !llvm::isa<InitListExpr>(copy->getInit());
	walkEvaluated(owner->second->getBody(), [&](const Stmt *stmt) {
		const auto *binary = dyn_cast<BinaryOperator>(stmt);
		const auto *call = dyn_cast<CallExpr>(stmt);
		if (const auto *member = dyn_cast<MemberExpr>(stmt)) {
			std::string path;
			const Expr *root = rootOf(member, path);
			if (root && variableOf(root) == copy && seen.insert(strip(root)).second)
				ret_uses.members.insert(path);
		} else if (binary && binary->getOpcode() == BO_Assign) {
			seen.insert(strip(binary->getLHS()));
			ret_uses.assigned |= variableOf(binary->getLHS()) == copy;
		} else if (call && calleeName(call).rfind("bpf_probe_read", 0) == 0 &&
			   call->getNumArgs() == 3) {
			const Expr *to = call->getArg(0)->IgnoreParenCasts();
			const auto *address = dyn_cast<UnaryOperator>(to);
			if (address && address->getOpcode() == UO_AddrOf)
				seen.insert(strip(address->getSubExpr()));
		} else if (const auto *ref = dyn_cast<DeclRefExpr>(stmt)) {
			ret_uses.escapes |= ref->getDecl() == copy && !seen.count(ref);
		}
	});
	return true;
}

/// Of the record as vmlinux.h has it.
uint32_t WholeStruct::sizeOf(const std::string &tag) const {
	struct b2c_kernels *kernels = session_.request().kernels;
	uint32_t size = 0;

	if (!kernel_record_size(kernels, kernels_base(kernels), tag.c_str(), &size))
		return size;
	for (size_t i = kernels_count(kernels); i-- > 0;)
		if (!kernel_record_size(kernels, i, tag.c_str(), &size))
			return size;
	return size;
}

/// What is wrong with a member of a copy; "" if it is right on every kernel.
std::string WholeStruct::troubleWith(const std::string &tag, const std::string &member) const {
	struct b2c_kernels *kernels = session_.request().kernels;
	uint32_t size = sizeOf(tag), ignored;

	for (size_t i = 0; i < kernels_count(kernels); i++) {
		std::string name = kernel_name(kernels, i);
		struct b2c_field field;
		if (kernel_record_size(kernels, i, tag.c_str(), &ignored))
			continue;
		if (kernel_field(kernels, i, tag.c_str(), member.c_str(), &field))
			return "'" + member + "' is not in it on " + name;
		if (field.bits && !kernels_agree_on_record(kernels, tag.c_str()))
			return "the bit-field '" + member + "' is not relocated in it";
		if (field.offset + field.size > size)
			return "'" + member + "' is behind its end on " + name;
	}
	return "";
}

/// A record of the emitted source with nothing but the members that are used, which
/// nothing relocates; "" when there is none that is right on every kernel.
std::string WholeStruct::partOf(const std::string &tag, const Uses &uses) {
	struct b2c_kernels *kernels = session_.request().kernels;
	std::string name = tag, text;

	for (const std::string &member : uses.members) {
		struct b2c_field field = {}, other;
		bool found = member.find('.') == std::string::npos && !member.empty();
		for (size_t i = 0; i < kernels_count(kernels) && found; i++) {
			uint32_t size;
			if (kernel_record_size(kernels, i, tag.c_str(), &size))
				continue;
			found = !kernel_field(kernels, i, tag.c_str(), member.c_str(), &other) &&
				!other.bits && (!field.size || field.size == other.size);
			field = found ? other : field;
		}
		if (!found || !field.size)
			return "";
		name += "_" + member;
		text += std::string("\t") + field.declaration + ";\n";
	}
	session_.needText("/* What is used of struct " + tag + ". */\nstruct " + name + " {\n" +
			  text + "};\n\n");
	return name;
}

/// struct ns_common ns; bpf_probe_read_kernel(&ns, sizeof(ns), p) to the read of ns.inum.
bool WholeStruct::readMembers(const Copy &copy, const std::string &tag, const Uses &uses) {
	auto declared = declared_.find(copy.to);

	if (!copy.read || uses.escapes || uses.assigned || uses.members.empty() ||
	    declared == declared_.end() || !declared->second->isSingleDecl())
		return false;
	Span call = session_.span(copy.read), from = session_.span(copy.from);
	Span type = session_.edits().spanOf(
		copy.to->getTypeSourceInfo()->getTypeLoc().getSourceRange());
	if (!call.valid() || !from.valid() || !call.contains(from) || !type.valid() ||
	    session_.edits().text(type) != "struct " + tag)
		return false;
	std::string part = partOf(tag, uses), variable = copy.to->getName().str();
	if (part.empty())
		return false;
	if (shrunk_.insert(copy.to).second)
		session_.edits().replace(type, {"struct " + part});
	std::vector<Piece> pieces = {uses.members.size() > 1 ? "({ " : ""};
	const RecordDecl *pointee =
		copy.from->IgnoreParenImpCasts()->getType()->getPointeeType()->getAsRecordDecl();
	std::string cast = pointee == copy.record ? "" : "(struct " + tag + " *)";
	for (const std::string &member : uses.members) {
		std::string to = variable + "." + member;
		if (pieces.size() > 1)
			pieces.push_back("; ");
		pieces.push_back("bpf_probe_read_kernel(&" + to + ", sizeof(" + to + "), &(" +
				 cast + (cast.empty() ? "" : "("));
		pieces.push_back(from);
		pieces.push_back((cast.empty() ? ")->" : "))->") + member + ")");
	}
	if (uses.members.size() > 1)
		pieces.push_back("; })");
	session_.edits().replace(call, std::move(pieces));
	return true;
}

void WholeStruct::check(const Copy &copy) {
	std::string tag = tagOf(copy.record), trouble;
	Uses uses;

	if (tag.empty() || !session_.isKernelType(copy.record) ||
	    kernels_agree_on_record(session_.request().kernels, tag.c_str()))
		return;
	if (!copy.to || !usesOf(copy.to, uses) || uses.escapes)
		trouble = "kernels lay out 'struct " + tag + "' in different ways";
	for (auto member = uses.members.begin(); trouble.empty() && member != uses.members.end();
	     ++member)
		trouble = troubleWith(tag, *member);
	if (trouble.empty() || readMembers(copy, tag, uses))
		return;
	session_.report(B2C_DIAG_whole_struct, copy.from->getSourceRange(),
			"'%s' is copied as a whole, and %s", session_.text(copy.from).c_str(),
			trouble.c_str());
	diag_help(session_.diag(), "read the members that are used one by one");
}

void WholeStruct::checkLoad(const Stmt *load, const Expr *lvalue) {
	const RecordDecl *record = lvalue->getType()->getAsRecordDecl();
	auto copy = copies_.find(load);

	if (record)
		check({lvalue, record, copy == copies_.end() ? nullptr : copy->second, nullptr});
}

void WholeStruct::checkRead(const CallExpr *call) {
	const auto *to = dyn_cast<UnaryOperator>(call->getArg(0)->IgnoreParenCasts());

	if (!to || to->getOpcode() != UO_AddrOf)
		return;
	QualType type = to->getSubExpr()->getType();
	Expr::EvalResult size;
	if (!type->isRecordType() || !call->getArg(1)->EvaluateAsInt(size, session_.ast()))
		return;
	uint64_t whole = session_.ast().getTypeSizeInChars(type).getQuantity();
	if (size.Val.getInt().getZExtValue() >= whole)
		check({call->getArg(2), type->getAsRecordDecl(), variableOf(to->getSubExpr()),
		       call});
}

} // namespace b2c
