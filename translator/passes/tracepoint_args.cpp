// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * args->field of a tracepoint becomes a member of its trace_event_raw record:
 * args->filename of sys_enter_openat is args->args[1] there, and data_loc_name
 * is __data_loc_name. Plain members keep their names. Where kernels call the
 * record by different names, the member is read from the one the host has.
 */
#include "tracepoint_args.h"

#include "clang/AST/ParentMapContext.h"
#include "clang/AST/RecursiveASTVisitor.h"

#include "../frontend/scan.h"
#include "tracepoint_record.h"

namespace b2c {

namespace {

/// bcc's reads of a dynamic string: what is called, and with which size.
const struct {
	const char *macro, *helper;
	bool sized;
} dynamic_reads[] = {
	{"TP_DATA_LOC_READ", "bpf_probe_read_kernel", false},
	{"TP_DATA_LOC_READ_CONST", "bpf_probe_read_kernel", true},
	{"TP_DATA_LOC_READ_STR", "bpf_probe_read_kernel_str", true},
};

/// The arguments of the call of a macro that stands at `call`.
std::vector<Span> argumentsOf(Session &session, const Span &call) {
	std::vector<ScanToken> all = scanTokens(session.edits().text(call));
	std::vector<Span> spans;
	int depth = 0;

	for (size_t i = 1; i < all.size(); i++) {
		depth += all[i].text == "(";
		bool ends = depth == 1 && (all[i].text == "," || all[i].text == ")");
		if (ends)
			spans.back().end = call.begin + all[i - 1].offset + all[i - 1].text.size();
		depth -= all[i].text == ")";
		if (depth == 1 && (all[i].text == "," || spans.empty()) && i + 1 < all.size())
			spans.push_back({call.file, call.begin + all[i + 1].offset, 0});
	}
	return spans;
}

class Visitor : public clang::RecursiveASTVisitor<Visitor> {
public:
	explicit Visitor(Session &session) : session_(session) {}

	bool VisitMemberExpr(clang::MemberExpr *member) {
		auto *field = llvm::dyn_cast<clang::FieldDecl>(member->getMemberDecl());
		struct b2c_tracepoint tracepoint;

		if (!field || !member->isArrow() || session_.isUser(field) ||
		    !findTracepoint(field->getParent(), tracepoint))
			return true;
		Span place = session_.edits().spanOf(member->getMemberLoc());
		bool written = session_.edits().text(place) == field->getName();
		for (size_t i = 0; i < tracepoint.nr_fields; i++)
			if (written)
				rewrite(member, field->getName(), tracepoint, tracepoint.fields[i]);
			else if (field->getName().str() ==
				 std::string("data_loc_") + tracepoint.fields[i].name)
				rewriteRead(member, place, tracepoint, tracepoint.fields[i]);
		return true;
	}

	/// The type itself, in variables and in functions that programs call.
	bool VisitRecordTypeLoc(clang::RecordTypeLoc place) {
		struct b2c_tracepoint tracepoint;

		if (session_.isUser(place.getDecl()) ||
		    !findTracepoint(place.getDecl(), tracepoint))
			return true;
		std::string tag = tracepointContext(session_, tracepoint);
		Span name = session_.edits().spanOf(place.getNameLoc());
		if (!tag.empty() && session_.edits().text(name) == place.getDecl()->getName())
			session_.edits().replace(name, {tag});
		return true;
	}

	void visitParameters(const clang::FunctionDecl *function) {
		for (const clang::FunctionDecl *declared : function->redecls())
			for (clang::ParmVarDecl *parameter : declared->parameters())
				TraverseDecl(parameter);
	}

private:
	/// The tracepoint whose record bcc declares as struct tracepoint__CATEGORY__EVENT.
	bool findTracepoint(const clang::RecordDecl *record, struct b2c_tracepoint &ret) {
		llvm::StringRef name = record->getName();

		if (!name.consume_front("tracepoint__"))
			return false;
		std::pair<llvm::StringRef, llvm::StringRef> parts = name.split("__");
		return !kernel_tracepoint(session_.request().kernels, parts.first.str().c_str(),
					  parts.second.str().c_str(), &ret);
	}

	/// TP_DATA_LOC_READ_STR(dst, filename, size): the low half of the member is the
	/// offset in the record, the high half the size.
	void rewriteRead(const clang::MemberExpr *member, const Span &call,
			 const struct b2c_tracepoint &tracepoint,
			 const struct b2c_tracepoint_field &field) {
		std::vector<Span> arguments = argumentsOf(session_, call);
		std::string name = session_.edits().text(call);
		llvm::StringRef macro = llvm::StringRef(name).split('(').first.trim();

		for (const auto &read : dynamic_reads) {
			if (macro != read.macro || arguments.size() != (read.sized ? 3u : 2u))
				continue;
			std::vector<Piece> at = location(
				member, session_.edits().text(arguments[1]), tracepoint, field);
			std::vector<Piece> pieces = {std::string(read.helper) + "(", arguments[0],
						     ", "};
			if (read.sized)
				pieces.push_back(arguments[2]);
			else
				pieces.insert(pieces.end(), at.begin(), at.end());
			pieces.push_back(read.sized ? ", (void *)args + ("
						    : " >> 16, (void *)args + (");
			pieces.insert(pieces.end(), at.begin(), at.end());
			pieces.push_back(" & 0xffff))");
			session_.edits().replace(call, pieces);
		}
	}

	/// The member that says where a string is. In the body of a macro of the program
	/// its name may be a parameter.
	std::vector<Piece> location(const clang::MemberExpr *member, const std::string &spelled,
				    const struct b2c_tracepoint &tracepoint,
				    const struct b2c_tracepoint_field &field) {
		TracepointRecord record(session_, tracepoint, field);
		std::string name = std::string("__data_loc_") + field.name;
		bool fixed = field.is_fixed && field.kernels == tracepoint.kernels;

		if (!tracepointContext(session_, tracepoint).empty() && !record.isOne())
			return record.read(Piece("args"), name, true);
		if (!tracepointContext(session_, tracepoint).empty())
			return load(member, {"args->__data_loc_" +
					     (spelled == field.name ? spelled : "##" + spelled)});
		if (!fixed)
			session_.report(B2C_DIAG_tracepoint_module, member->getSourceRange(),
					"'%s' of '%s:%s' is not at one place on all kernels",
					field.name, tracepoint.category, tracepoint.event);
		return load(member,
			    {"*(u32 *)((void *)args + " + std::to_string(field.offset) + ")"});
	}

	/// Whether the member's value is used, not its address, size or a part of it.
	bool isLoad(const clang::MemberExpr *member) {
		const clang::Expr *expr = member;

		for (;;) {
			auto parents = session_.ast().getParents(*expr);
			if (parents.empty())
				return false;
			auto *cast = parents[0].get<clang::ImplicitCastExpr>();
			if (cast)
				return cast->getCastKind() == clang::CK_LValueToRValue;
			expr = parents[0].get<clang::ParenExpr>();
			if (!expr)
				return false;
		}
	}

	/// Whether an expression is in the body of a macro of the program.
	bool isInMacro(const clang::Expr *expr) {
		const clang::SourceManager &sources = session_.sources();
		clang::SourceRange use =
			sources.getExpansionRange(expr->getSourceRange()).getAsRange();
		Span span = session_.span(expr);

		return span.valid() && (span.file != sources.getFileID(use.getBegin()) ||
					span.begin < sources.getFileOffset(use.getBegin()) ||
					span.begin > sources.getFileOffset(use.getEnd()));
	}

	/// Whether `part` is what a condition, a switch or a loop has below it.
	static bool isBelow(const clang::DynTypedNode &node, const clang::Stmt *part) {
		if (const auto *branch = node.get<clang::IfStmt>())
			return part != branch->getCond();
		if (const auto *cases = node.get<clang::SwitchStmt>())
			return part != cases->getCond();
		if (const auto *choice = node.get<clang::AbstractConditionalOperator>())
			return part != choice->getCond();
		if (const auto *binary = node.get<clang::BinaryOperator>())
			return binary->isLogicalOp() && part == binary->getRHS();
		if (const auto *loop = node.get<clang::ForStmt>())
			return part != loop->getInit();
		return node.get<clang::WhileStmt>() || node.get<clang::DoStmt>();
	}

	/// Whether other loads may be joined with one: it is below a condition, or several
	/// places may have it, in a macro or in a function that they inline.
	bool mayJoin(const clang::Expr *load) {
		clang::DynTypedNode node = clang::DynTypedNode::create(*load);

		if (isInMacro(load))
			return true;

		for (;;) {
			auto parents = session_.ast().getParents(node);
			const auto *below = node.get<clang::Stmt>();
			if (parents.empty())
				return false;
			node = parents[0];
			if (const auto *function = node.get<clang::FunctionDecl>())
				return !session_.programOf(function);
			if (isBelow(node, below))
				return true;
		}
	}

	/// The pieces of a load from the context, kept apart from others where it has to be.
	std::vector<Piece> load(const clang::Expr *whole, std::vector<Piece> pieces) {
		if (!mayJoin(whole))
			return pieces;
		session_.needHelpers();
		pieces.insert(pieces.begin(), "b2c_context_load(");
		pieces.push_back(")");
		return pieces;
	}

	/// The same, cast to the type that the program's record has there.
	std::vector<Piece> castLoad(const clang::MemberExpr *member, const std::string &type,
				    std::vector<Piece> pieces) {
		pieces = load(member, std::move(pieces));
		pieces.insert(pieces.begin(), "((" + type + ")");
		pieces.push_back(")");
		return pieces;
	}

	/// The load of an element at a constant index of an array that the member is, or null.
	const clang::Expr *loadedElement(const clang::MemberExpr *member) {
		const clang::Expr *expr = member;
		const clang::ArraySubscriptExpr *element = nullptr;

		for (;;) {
			auto parents = session_.ast().getParents(*expr);
			auto *cast = parents.empty() ? nullptr
						     : parents[0].get<clang::ImplicitCastExpr>();
			expr = parents.empty() ? nullptr : parents[0].get<clang::Expr>();
			if (cast && element)
				return cast->getCastKind() == clang::CK_LValueToRValue ? element
										       : nullptr;
			if (!expr || (!cast && element && !llvm::isa<clang::ParenExpr>(expr)))
				return nullptr;
			if (auto *subscript = llvm::dyn_cast<clang::ArraySubscriptExpr>(expr))
				element = subscript;
			else if (!cast && !llvm::isa<clang::ParenExpr>(expr))
				return nullptr;
		}
	}

	/// args->comm[1] of a record with several names is one load, of the member comm[1].
	bool rewriteElement(const clang::MemberExpr *member, TracepointRecord &record,
			    const std::string &spelled) {
		const auto *element =
			llvm::dyn_cast_or_null<clang::ArraySubscriptExpr>(loadedElement(member));
		clang::Expr::EvalResult index;

		if (!element || !element->getIdx()->EvaluateAsInt(index, session_.ast()))
			return false;
		Span base = session_.edits().spanWithin(member->getBase()->getSourceRange(),
							element->getSourceRange());
		std::string place = std::to_string(index.Val.getInt().getExtValue());
		session_.edits().replace(session_.span(element),
					 record.read(base, spelled + "[" + place + "]", true));
		return true;
	}

	/// args->comm[1] of a record with one name, where other loads may be joined with it.
	void rewriteElementOfOne(const clang::Expr *element) {
		Span span = session_.span(element);

		if (mayJoin(element))
			session_.edits().replace(span, load(element, {span}));
	}

	/// A module's record is not among the kernel's types, so that the place is a number.
	void rewriteOfModule(const clang::MemberExpr *member, Span base,
			     const struct b2c_tracepoint &tracepoint,
			     const struct b2c_tracepoint_field &field) {
		std::string type = session_.ast()
					   .getPointerType(member->getType())
					   .getAsString(session_.ast().getPrintingPolicy());

		std::string place = " + " + std::to_string(field.offset) + ")";
		bool is_number = member->getType()->isArithmeticType();

		std::vector<Piece> pieces = {(is_number ? "*(" : "(*(") + type + ")((void *)", base,
					     place + (is_number ? "" : ")")};
		if (field.is_fixed && field.kernels == tracepoint.kernels)
			session_.edits().replace(session_.span(member),
						 isLoad(member) ? load(member, pieces) : pieces);
		else
			session_.report(B2C_DIAG_tracepoint_module, member->getSourceRange(),
					"'%s' of '%s:%s' is not at one place on all kernels",
					field.name, tracepoint.category, tracepoint.event);
	}

	void rewrite(clang::MemberExpr *member, llvm::StringRef name,
		     const struct b2c_tracepoint &tracepoint,
		     const struct b2c_tracepoint_field &field) {
		Edits &edits = session_.edits();
		Span base = edits.spanWithin(member->getBase()->getSourceRange(),
					     member->getSourceRange());
		bool is_location = field.location == B2C_DATA_LOC &&
				   name == std::string("data_loc_") + field.name;

		bool is_field =
			is_location || (name == field.name && field.location == B2C_IN_PLACE);

		// What all calls share has their number under another name, in 8 bytes, of which
		// kernels fill 4.
		if (name == "__syscall_nr" && tracepoint.category == llvm::StringRef("syscalls")) {
			edits.replace(session_.span(member),
				      castLoad(member, "int", {base, "->id"}));
			return;
		}
		if (is_field && tracepointContext(session_, tracepoint).empty()) {
			rewriteOfModule(member, base, tracepoint, field);
			return;
		}
		if (name == field.name && field.syscall_argument >= 0) {
			rewriteArgument(member, base, field.syscall_argument);
			return;
		}
		if (!is_field)
			return;
		TracepointRecord record(session_, tracepoint, field);
		std::string spelled = (is_location ? "__" : "") + name.str();
		if (!record.isOne() && !rewriteElement(member, record, spelled))
			edits.replace(session_.span(member),
				      record.read(base, spelled, isLoad(member)));
		else if (record.isOne() && isLoad(member) && mayJoin(member))
			edits.replace(session_.span(member), load(member, {base, "->" + spelled}));
		else if (record.isOne() && is_location)
			edits.replace(edits.spanOf(member->getMemberLoc()), {spelled});
		else if (record.isOne() && loadedElement(member))
			rewriteElementOfOne(loadedElement(member));
	}

	/// Arguments of system calls are in an array, whatever their names.
	void rewriteArgument(const clang::MemberExpr *member, Span base, int number) {
		std::string type =
			member->getType().getAsString(session_.ast().getPrintingPolicy());

		session_.edits().replace(
			session_.span(member),
			castLoad(member, type, {base, "->args[" + std::to_string(number) + "]"}));
	}

	Session &session_;
};

} // namespace

void TracepointArgsPass::run(Session &session) {
	Visitor visitor(session);

	for (const clang::FunctionDecl *function : session.userFunctions()) {
		visitor.TraverseStmt(function->getBody());
		if (!session.programOf(function))
			visitor.visitParameters(function);
	}
}

} // namespace b2c
