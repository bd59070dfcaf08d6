// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * bpf_trace_printk(fmt, ...) becomes bpf_printk(fmt, ...), which keeps the format in
 * rodata. More than three values, or strings, than old kernels take in one call are
 * printed whole where the kernel has bpf_trace_vprintk, else in several lines.
 */
#include "trace_printk.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace b2c {

namespace {

using Pieces = std::vector<Piece>;

constexpr unsigned most_values = 3, most_strings = 1; ///< of one call, before 5.16

/// A piece of a format that old kernels print in one call.
struct PrintkPart {
	std::string format;
	unsigned nr_values = 0, nr_strings = 0;
};

/// The end of the conversion that starts with the % at `at`; "%%" has no value.
size_t conversionEnd(llvm::StringRef text, size_t at, bool &ret_string) {
	size_t end = text.find_first_not_of("0123456789-+ #.lhzjt", at + 1);

	ret_string = end < text.size() && text[end] == 's';
	if (end >= text.size())
		return text.size();
	// %pI4, %pks: letters behind the p belong to it.
	bool pointer = text[end] == 'p';
	for (end++; pointer && end < text.size() && llvm::isAlnum(text[end]); end++)
		;
	return end;
}

std::vector<PrintkPart> splitFormat(llvm::StringRef text) {
	std::vector<PrintkPart> parts(1);
	bool is_string;

	if (text.ends_with("\n"))
		text = text.drop_back();
	while (!text.empty()) {
		size_t at = text.find('%');
		size_t end = at == text.npos ? at : conversionEnd(text, at, is_string);
		bool has_value = at != text.npos && !text.substr(at).starts_with("%%");
		if (has_value && (parts.back().nr_values == most_values ||
				  (is_string && parts.back().nr_strings == most_strings)))
			parts.emplace_back();
		parts.back().format += text.substr(0, end);
		parts.back().nr_values += has_value;
		parts.back().nr_strings += has_value && is_string;
		text = end == text.npos ? "" : text.substr(end);
	}
	return parts;
}

std::string wholeFormat(const std::vector<PrintkPart> &parts) {
	std::string whole;

	for (const PrintkPart &part : parts)
		whole += part.format;
	return whole;
}

std::string quoted(const std::string &text) {
	std::string result;
	llvm::raw_string_ostream out(result);

	out << '"';
	out.write_escaped(text);
	out << '"';
	return result;
}

class Visitor : public clang::RecursiveASTVisitor<Visitor> {
public:
	explicit Visitor(Session &session) : session_(session) {}

	bool VisitCallExpr(clang::CallExpr *call) {
		const clang::FunctionDecl *callee = call->getDirectCallee();

		if (!callee || callee->getName() != "bpf_trace_printk")
			return true;
		session_.setUsesTracePrintk();
		if (!llvm::isa<clang::StringLiteral>(call->getArg(0)->IgnoreParenImpCasts())) {
			session_.report(B2C_DIAG_trace_printk, call->getArg(0)->getSourceRange(),
					"the format of bpf_trace_printk is no string literal");
			return true;
		}
		auto *format =
			llvm::cast<clang::StringLiteral>(call->getArg(0)->IgnoreParenImpCasts());
		std::vector<PrintkPart> parts = splitFormat(format->getString());
		if (parts.size() > 1 || call->getNumArgs() > 1 + most_values) {
			printInParts(call, parts);
			return true;
		}
		session_.edits().replace(
			session_.edits().spanOf(call->getCallee()->getSourceRange()),
			{"bpf_printk"});
		dropNewline(
			llvm::cast<clang::StringLiteral>(call->getArg(0)->IgnoreParenImpCasts()));
		return true;
	}

private:
	/// The call whole, or a call for each part: b2c_printk_or(whole, parts).
	void printInParts(const clang::CallExpr *call, const std::vector<PrintkPart> &parts) {
		Span span = session_.span(call);
		Pieces whole = {"bpf_printk(" + quoted(wholeFormat(parts))}, split;
		unsigned next = 1;

		for (const PrintkPart &part : parts) {
			split.push_back((split.empty() ? "bpf_printk(" : "; bpf_printk(") +
					quoted(part.format));
			for (unsigned i = 0; i < part.nr_values; i++, next++) {
				Span value = next < call->getNumArgs()
						     ? session_.edits().spanWithin(
							       call->getArg(next)->getSourceRange(),
							       call->getSourceRange())
						     : Span();
				if (!value.valid())
					return reportValues(call);
				for (Pieces *pieces : {&whole, &split})
					pieces->insert(pieces->end(), {", ", value});
			}
			split.push_back(")");
		}
		if (next != call->getNumArgs())
			return reportValues(call);
		session_.needHelpers();
		session_.needText("/* Since 5.16 one call prints any number of values. */\n"
				  "#define has_trace_vprintk() bpf_core_enum_value_exists(enum "
				  "bpf_func_id, BPF_FUNC_trace_vprintk)\n");
		Pieces pieces = {"b2c_printk_or(has_trace_vprintk(), "};
		pieces.insert(pieces.end(), whole.begin(), whole.end());
		pieces.push_back("), ({ ");
		pieces.insert(pieces.end(), split.begin(), split.end());
		pieces.push_back("; }))");
		session_.edits().replace(span, std::move(pieces));
	}

	void reportValues(const clang::CallExpr *call) {
		session_.report(B2C_DIAG_trace_printk, call->getSourceRange(),
				"the values of bpf_trace_printk are not those of its format");
		diag_help(session_.diag(), "give each conversion of the format one value");
	}

	/// Since 5.9 the kernel ends each line by itself; another newline makes a blank one.
	void dropNewline(const clang::StringLiteral *format) {
		Span span = session_.edits().spanOf(
			format->getStrTokenLoc(format->getNumConcatenated() - 1));
		std::string spelled = session_.edits().text(span);
		llvm::StringRef text = spelled;

		if (text.ends_with("\\n\"") && !text.ends_with("\\\\n\""))
			session_.edits().remove({span.file, span.end - 3, span.end - 1});
	}

	Session &session_;
};

} // namespace

void TracePrintkPass::run(Session &session) {
	Visitor visitor(session);

	for (const clang::FunctionDecl *function : session.userFunctions())
		visitor.TraverseStmt(function->getBody());
}

} // namespace b2c
