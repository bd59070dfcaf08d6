// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * bpf_trace_printk(fmt, ...) becomes bpf_printk(fmt, ...), which keeps the format in
 * rodata. What old kernels don't print in one call, more than three values or more
 * than one string, is printed whole where the kernel can, else in several lines; a
 * conversion that they don't have, by the nearest that they do.
 */
#include "trace_printk.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/Support/raw_ostream.h"

#include "printk_format.h"

namespace b2c {

namespace {

using Pieces = std::vector<Piece>;

constexpr unsigned most_values = 3, most_strings = 1; ///< of one call: before 5.16, before 5.13

const char *const trace_vprintk =
	"/* Since 5.16 one call prints any number of values. */\n"
	"#define has_trace_vprintk() bpf_core_enum_value_exists(enum bpf_func_id, "
	"BPF_FUNC_trace_vprintk)\n";
const char *const printk_formats =
	"/* Since 5.13 formats have widths, %c, %X, %% and several strings. */\n"
	"#define has_printk_formats() bpf_core_enum_value_exists(enum bpf_func_id, "
	"BPF_FUNC_snprintf)\n";

/// A piece of a format that old kernels print in one call, with its conversions.
struct PrintkPart {
	std::string format;
	std::vector<Conversion> conversions;
	unsigned nr_values = 0, nr_strings = 0;
};

std::vector<PrintkPart> splitFormat(const std::vector<Conversion> &conversions) {
	std::vector<PrintkPart> parts(1);

	for (const Conversion &conversion : conversions) {
		bool takes = conversion.has_value || conversion.is_old_string;
		if (takes &&
		    (parts.back().nr_values == most_values ||
		     (conversion.is_old_string && parts.back().nr_strings == most_strings)))
			parts.emplace_back();
		PrintkPart &part = parts.back();
		part.format += conversion.old_text.empty() ? conversion.text : conversion.old_text;
		part.conversions.push_back(conversion);
		part.nr_values += takes;
		part.nr_strings += conversion.is_old_string;
	}
	return parts;
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
		auto *format = llvm::dyn_cast<clang::StringLiteral>(
			call->getArg(0)->IgnoreParenImpCasts());
		if (!format) {
			session_.report(B2C_DIAG_trace_printk, call->getArg(0)->getSourceRange(),
					"the format of bpf_trace_printk is no string literal");
			return true;
		}
		Format parsed = parse(format);
		if (!checkKnown(call, parsed) || (!parsed.old && printInParts(call, parsed)))
			return true;
		session_.edits().replace(
			session_.edits().spanOf(call->getCallee()->getSourceRange()),
			{"bpf_printk"});
		dropNewline(format);
		return true;
	}

private:
	struct Format {
		const clang::StringLiteral *literal;
		std::string text; ///< without the newline
		std::vector<Conversion> conversions;
		unsigned nr_values = 0;
		bool old = true; ///< one call of an old kernel prints it
	};

	static Format parse(const clang::StringLiteral *literal) {
		llvm::StringRef text = literal->getString();
		Format format;
		unsigned nr_strings = 0;

		if (text.ends_with("\n"))
			text = text.drop_back();
		format.literal = literal;
		format.text = text.str();
		format.conversions = parsePrintkFormat(text);
		for (const Conversion &conversion : format.conversions) {
			format.nr_values += conversion.has_value;
			nr_strings += conversion.is_string;
			format.old &= conversion.old;
		}
		format.old &= format.nr_values <= most_values && nr_strings <= most_strings;
		return format;
	}

	bool checkKnown(const clang::CallExpr *call, const Format &format) {
		for (const Conversion &conversion : format.conversions) {
			if (conversion.known)
				continue;
			session_.report(B2C_DIAG_trace_printk, call->getSourceRange(),
					"no kernel prints '%s'", conversion.spelled.c_str());
			diag_help(session_.diag(), "the kernel has %%d %%i %%u %%x %%X (with l or "
						   "ll), %%c, %%s, %%p and "
						   "%%%%, with a width");
			return false;
		}
		if (call->getNumArgs() == 1 + format.nr_values)
			return true;
		session_.report(B2C_DIAG_trace_printk, call->getSourceRange(),
				"the values of bpf_trace_printk are not those of its format");
		diag_help(session_.diag(), "give each conversion of the format one value");
		return false;
	}

	/// Whether the whole call is written in one place: not with a format or values that
	/// a macro takes from each of its uses.
	bool isWhole(const clang::CallExpr *call, const clang::StringLiteral *format) {
		const clang::SourceManager &sources = session_.sources();
		Span span = session_.span(call);

		if (!span.valid())
			return false;
		if (!call->getBeginLoc().isMacroID())
			return true;
		for (unsigned i = 0; i < format->getNumConcatenated(); i++)
			if (!sources.isMacroBodyExpansion(format->getStrTokenLoc(i)))
				return false;
		return session_.edits().text(span).find("__VA_ARGS__") == std::string::npos;
	}

	/// Where each value is written, if that can be moved.
	bool valuesOf(const clang::CallExpr *call, std::vector<Span> &ret_values) {
		for (unsigned i = 1; i < call->getNumArgs(); i++) {
			ret_values.push_back(session_.edits().spanWithin(
				call->getArg(i)->getSourceRange(), call->getSourceRange()));
			if (!ret_values.back().valid())
				return false;
		}
		return true;
	}

	/// What kernels before 5.13 print of the format in one call or more.
	static Pieces oldCalls(const Format &format, const std::vector<Span> &values) {
		Pieces calls;
		auto value = values.begin();

		for (const PrintkPart &part : splitFormat(format.conversions)) {
			calls.push_back((calls.empty() ? "bpf_printk(" : "; bpf_printk(") +
					quoted(part.format));
			for (const Conversion &conversion : part.conversions) {
				if (conversion.has_value)
					calls.insert(calls.end(), {", " + conversion.before,
								   *value++, conversion.after});
				else if (conversion.is_old_string)
					calls.push_back(", " + conversion.before);
			}
			calls.push_back(")");
		}
		return calls;
	}

	/// The call whole, or what old kernels print: b2c_printk_or(can, whole, old calls).
	bool printInParts(const clang::CallExpr *call, const Format &format) {
		bool many = format.nr_values > most_values;
		std::vector<Span> values;

		for (const Conversion &conversion : format.conversions)
			if (!conversion.old && conversion.old_text.empty())
				warnOld(call, conversion.spelled);
		if (!isWhole(call, format.literal) || !valuesOf(call, values)) {
			if (many)
				refuseMany(call);
			else
				warnOld(call, format.text);
			return false;
		}
		session_.needHelpers();
		session_.needText(many ? trace_vprintk : printk_formats);
		Pieces pieces = {many ? "b2c_printk_or(has_trace_vprintk(), "
				      : "b2c_printk_or(has_printk_formats(), ",
				 "bpf_printk(" + quoted(format.text)};
		for (const Span &value : values)
			pieces.insert(pieces.end(), {", ", value});
		pieces.push_back("), ({ ");
		for (const Piece &piece : oldCalls(format, values))
			pieces.push_back(piece);
		pieces.push_back("; }))");
		session_.edits().replace(session_.span(call), std::move(pieces));
		return true;
	}

	void refuseMany(const clang::CallExpr *call) {
		session_.report(
			B2C_DIAG_trace_printk, call->getSourceRange(),
			"more than three values, and a macro takes the format or the values");
		diag_help(session_.diag(), "write the call outside of the macro");
	}

	void warnOld(const clang::CallExpr *call, const std::string &text) {
		session_.report(B2C_DIAG_trace_printk_old, call->getSourceRange(),
				"kernels before 5.13 print nothing for '%s'", text.c_str());
		diag_help(session_.diag(), "send a record with perf_submit");
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
