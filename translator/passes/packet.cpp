// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* ip->tlen of a packet becomes load_half(skb, (u64)&ip->tlen), and ip->tlen = n a bpf_dins_pkt. */
#include "packet.h"

#include "clang/AST/ParentMapContext.h"
#include "clang/AST/RecursiveASTVisitor.h"

#include "../frontend/network.h"
#include "../frontend/provenance.h"
#include "../frontend/walk.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;
using llvm::isa;

namespace {

/// The records of <bcc/proto.h> that the program names.
class HeaderFinder : public RecursiveASTVisitor<HeaderFinder> {
public:
	std::set<const RecordDecl *> found;

	bool VisitRecordTypeLoc(RecordTypeLoc type) {
		if (const RecordDecl *record = type.getDecl()->getDefinition())
			found.insert(record);
		return true;
	}
};

/// Where a field is in its packet: its address for whole bytes, else what to add to
/// the header's, and the bits there.
struct Place {
	bool whole = false;
	uint64_t byte = 0;
	uint64_t bit = 0;
	uint64_t bits = 0;
};

class Rewriter {
public:
	Rewriter(Session &session, const FunctionDecl *function)
	    : session_(session), function_(function) {}

	void visit(const Stmt *stmt) {
		const Expr *lvalue = loadedLvalue(stmt), *written = writtenLvalue(stmt);

		if (const auto *call = dyn_cast<CallExpr>(stmt))
			visitCall(call);
		if (lvalue && isAccess(lvalue))
			read(strip(lvalue));
		if (written && isAccess(written))
			write(llvm::cast<Expr>(stmt), strip(written));
	}

private:
	/// Memory that the program can load from is left alone: a copy, skb->data.
	bool isAccess(const Expr *lvalue) {
		const auto *unary = dyn_cast<UnaryOperator>(strip(lvalue));
		bool whole = unary && unary->getOpcode() == UO_Deref &&
			     isPacketHeader(unary->getType()->getAsRecordDecl());

		if (!whole && !packetMember(lvalue))
			return false;
		Origin origin = session_.provenance().ofMemory(strip(lvalue));
		return origin == Origin::None || origin == Origin::Unknown;
	}

	void refuse(const Expr *expr, const char *why, const char *way) {
		session_.report(B2C_DIAG_packet_access, expr->getSourceRange(), "'%s' %s",
				session_.text(expr).c_str(), why);
		diag_help(session_.diag(), "%s", way);
	}

	/// The packet: the function's first parameter, as in bcc. "" after a report.
	std::string packet(const Expr *expr) {
		const ParmVarDecl *first =
			function_->getNumParams() ? function_->getParamDecl(0) : nullptr;
		const RecordDecl *record =
			first ? first->getType()->getPointeeCXXRecordDecl() : nullptr;

		if (first && first->getType()->isPointerType())
			record = first->getType()->getPointeeType()->getAsRecordDecl();
		if (record && record->getName() == "__sk_buff") {
			session_.needPacket();
			return first->getName().str();
		}
		refuse(expr,
		       "is in the packet of a struct __sk_buff, which this function does not take",
		       "make 'struct __sk_buff *skb' the first parameter, or use a pointer into "
		       "the packet's data");
		return "";
	}

	bool placeOf(const Expr *lvalue, Place &place) {
		const ASTContext &ast = session_.ast();
		const MemberExpr *member = packetMember(lvalue);

		if (!member || !lvalue->getType()->isIntegralOrEnumerationType()) {
			refuse(lvalue, "is more than one number, and a packet gives one at a time",
			       "read its members, or copy the bytes with bpf_skb_load_bytes()");
			return false;
		}
		const auto *field = llvm::cast<FieldDecl>(member->getMemberDecl());
		uint64_t offset = ast.getFieldOffset(field);
		place.whole = !field->isBitField();
		place.byte = offset / 8;
		place.bit = place.whole ? 0 : offset % 8;
		place.bits = place.whole ? ast.getTypeSize(lvalue->getType())
					 : field->getBitWidthValue(ast);
		if (place.bit + place.bits > 64) {
			refuse(lvalue, "crosses nine bytes of the packet",
			       "declare it as two fields");
			return false;
		}
		return true;
	}

	Span spanWithin(const Expr *part, const Expr *whole) {
		return session_.edits().spanWithin(part->getSourceRange(), whole->getSourceRange());
	}

	/// (u64)&ip->tlen, or (u64)ip + 6 for the byte a bit-field starts in.
	std::vector<Piece> offsetOf(const Expr *lvalue, const Expr *outer, const Place &place) {
		const MemberExpr *member = packetMember(lvalue);
		std::string name = member->getMemberDecl()->getName().str();
		Span base = spanWithin(member->getBase()->IgnoreImpCasts(), outer);
		const auto *subscript = dyn_cast<ArraySubscriptExpr>(lvalue);

		if (!place.whole && !place.byte)
			return {"(u64)", base};
		if (!place.whole)
			return {"(u64)", base, " + " + std::to_string(place.byte)};
		if (!subscript)
			return {"(u64)&", base, "->" + name};
		return {"(u64)&", base, "->" + name + "[", spanWithin(subscript->getIdx(), outer),
			"]"};
	}

	/// The call that reads the field.
	std::vector<Piece> readOf(const Expr *lvalue, const Expr *outer, const Place &place,
				  const std::string &skb) {
		static const char *const names[] = {"byte", "half", "word", "dword"};
		std::string head = "bpf_dext_pkt(" + skb + ", ", tail;

		if (place.whole)
			head = std::string("load_") + names[llvm::Log2_64(place.bits / 8)] + "(" +
			       skb + ", ";
		else
			tail = ", " + std::to_string(place.bit) + ", " + std::to_string(place.bits);
		std::vector<Piece> pieces = {head};
		for (const Piece &piece : offsetOf(lvalue, outer, place))
			pieces.push_back(piece);
		pieces.push_back(tail + ")");
		return pieces;
	}

	void read(const Expr *lvalue) {
		std::string skb = packet(lvalue);
		Place place;

		if (!skb.empty() && placeOf(lvalue, place))
			session_.edits().replace(session_.span(lvalue),
						 readOf(lvalue, lvalue, place, skb));
	}

	/// Whether a statement is nothing but the expression.
	bool isStatement(const Expr *expr) {
		DynTypedNodeList parents = session_.ast().getParents(*expr);
		const Stmt *parent = parents.empty() ? nullptr : parents[0].get<Stmt>();

		if (const auto *loop = llvm::dyn_cast_or_null<ForStmt>(parent))
			return loop->getCond() != expr;
		if (const auto *choice = llvm::dyn_cast_or_null<IfStmt>(parent))
			return choice->getCond() != expr;
		return parent && !isa<Expr>(parent) &&
		       !isa<ReturnStmt, DeclStmt, SwitchStmt, WhileStmt>(parent);
	}

	/// What is written: the right side, for x += y what x is and y.
	std::vector<Piece> valueOf(const Expr *whole, const Expr *lvalue, const Place &place,
				   const std::string &skb) {
		const auto *binary = dyn_cast<BinaryOperator>(whole);
		const auto *unary = dyn_cast<UnaryOperator>(whole);

		if (binary && binary->getOpcode() == BO_Assign)
			return {spanWithin(binary->getRHS(), whole)};
		std::vector<Piece> pieces = readOf(lvalue, whole, place, skb);
		if (unary) {
			pieces.push_back(unary->isIncrementOp() ? " + 1" : " - 1");
			return pieces;
		}
		BinaryOperatorKind kind =
			BinaryOperator::getOpForCompoundAssignment(binary->getOpcode());
		pieces.push_back(" " + BinaryOperator::getOpcodeStr(kind).str() + " (");
		pieces.push_back(spanWithin(binary->getRHS(), whole));
		pieces.push_back(")");
		return pieces;
	}

	void write(const Expr *whole, const Expr *lvalue) {
		std::string skb = packet(lvalue);
		Place place;

		if (skb.empty() || !placeOf(lvalue, place))
			return;
		if (!isStatement(whole))
			return refuse(whole, "is a write to the packet that is used as a value",
				      "make the write a statement of its own");
		std::vector<Piece> pieces = {"bpf_dins_pkt(" + skb + ", "};
		for (const Piece &piece : offsetOf(lvalue, whole, place))
			pieces.push_back(piece);
		pieces.push_back(", " + std::to_string(place.bit) + ", " +
				 std::to_string(place.bits) + ", ");
		for (const Piece &piece : valueOf(whole, lvalue, place, skb))
			pieces.push_back(piece);
		pieces.push_back(")");
		session_.edits().replace(session_.span(whole), pieces);
	}

	/// The size of the new value, and bcc's fourth argument as the kernel's flag.
	std::vector<Piece> sizeArgument(const CallExpr *call) {
		QualType type = call->getArg(2)->IgnoreParenImpCasts()->getType();
		std::string size =
			std::to_string(session_.ast().getTypeSizeInChars(type).getQuantity());
		Expr::EvalResult flag;

		if (call->getNumArgs() < 4)
			return {", " + size};
		if (!call->getArg(3)->EvaluateAsInt(flag, session_.ast()))
			return {", ((", spanWithin(call->getArg(3), call), ") & 1) << 4 | " + size};
		return {flag.Val.getInt()[0] ? ", BPF_F_PSEUDO_HDR | " + size : ", " + size};
	}

	/// A word that is given its packet: no other context has these loads and stores.
	void checkPacket(const CallExpr *call, const std::string &name) {
		QualType type = call->getArg(0)->IgnoreParenCasts()->getType();
		const RecordDecl *record =
			type->isPointerType() ? type->getPointeeType()->getAsRecordDecl() : nullptr;

		if (!record || record->getName() == "__sk_buff")
			return;
		session_.report(B2C_DIAG_packet_access, call->getArg(0)->getSourceRange(),
				"'%s' takes the packet of a struct __sk_buff, not '%s'",
				name.c_str(), type.getAsString().c_str());
		diag_help(session_.diag(), "load from 'data' of the context where it has one");
	}

	/// incr_cksum_l3(&ip->hchecksum, from, to): bcc adds the packet and the size of `to`.
	void visitCall(const CallExpr *call) {
		static const char *const words[] = {
			"load_byte",	  "load_half",	    "load_word",      "load_dword",
			"bpf_dext_pkt",	  "bpf_dins_pkt",   "bpf_store_byte", "bpf_store_half",
			"bpf_store_word", "bpf_store_dword"};
		std::string name = calleeName(call);

		if (llvm::is_contained(words, name)) {
			session_.needPacket();
			checkPacket(call, name);
		}
		if (name != "incr_cksum_l3" && name != "incr_cksum_l4")
			return;
		std::string skb = packet(call);
		if (skb.empty())
			return;
		const Expr *offset = call->getArg(0)->IgnoreImpCasts();
		bool sum = isa<BinaryOperator, ConditionalOperator>(offset);
		std::vector<Piece> pieces = {name + "(" + skb + ", (u64)" + (sum ? "(" : ""),
					     spanWithin(offset, call), sum ? ")" : ""};
		for (unsigned i = 1; i < 3; i++) {
			pieces.push_back(", ");
			pieces.push_back(spanWithin(call->getArg(i), call));
		}
		for (const Piece &piece : sizeArgument(call))
			pieces.push_back(piece);
		pieces.push_back(")");
		session_.edits().replace(session_.span(call), pieces);
	}

	Session &session_;
	const FunctionDecl *function_;
};

/// The text of a record of <bcc/proto.h>, with the attribute that counts.
void copyHeader(Session &session, const RecordDecl *record) {
	clang::SourceManager &sources = session.sources();
	std::pair<FileID, unsigned> begin = sources.getDecomposedLoc(record->getBeginLoc());
	std::pair<FileID, unsigned> end =
		sources.getDecomposedLoc(record->getBraceRange().getEnd());
	llvm::StringRef buffer = sources.getBufferData(begin.first);

	session.needText(buffer.slice(begin.second, end.second + 1).str() +
			 " __attribute__((packed));\n\n");
}

/// BPF_PACKET_HEADER of a record of the program, and the words that need packet.bpf.h.
void rewriteMacros(Session &session) {
	for (const MacroUse &use : session.macroUses()) {
		if (use.ours && use.name == "cursor_advance")
			session.needPacket();
		Span span = session.edits().spanOf(use.range);
		if (use.ours && use.name == "BPF_PACKET_HEADER" && span.valid())
			session.edits().replace(span, {"__attribute__((packed))"});
	}
}

} // namespace

void PacketPass::run(Session &session) {
	HeaderFinder finder;

	for (Decl *decl : session.ast().getTranslationUnitDecl()->decls())
		if (session.isUser(decl))
			finder.TraverseDecl(decl);
	for (Decl *decl : session.ast().getTranslationUnitDecl()->decls()) {
		const auto *record = dyn_cast<RecordDecl>(decl);
		if (record && !session.isUser(record) && isPacketHeader(record) &&
		    finder.found.count(record))
			copyHeader(session, record);
	}
	rewriteMacros(session);
	for (const FunctionDecl *function : session.userFunctions()) {
		Rewriter rewriter(session, function);
		walkEvaluated(function->getBody(), [&](const Stmt *stmt) { rewriter.visit(stmt); });
	}
}

} // namespace b2c
