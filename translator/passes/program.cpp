// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Functions that the kernel calls get their SEC() and the signature libbpf wants. */
#include "program.h"

#include <algorithm>

#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Lex/Lexer.h"

#include "../frontend/network.h"
#include "parameters.h"
#include "tracepoint_record.h"
#include "two_forms.h"
#include "two_forms_text.h"

namespace b2c {

namespace {

const struct {
	const char *section;
	bool has_target;
} sections[] = {
#define X(id, word, section, has_target) {section, has_target},
	B2C_ATTACH_KINDS(X)
#undef X
};

/// libbpf's macro for a program with typed parameters; "" where there is none.
const char *macroOf(enum b2c_attach_kind kind) {
	switch (kind) {
	case B2C_ATTACH_KPROBE:
	case B2C_ATTACH_KRETPROBE: // not BPF_KRETPROBE, whose one parameter is the result
	case B2C_ATTACH_KRETSYSCALL:
	case B2C_ATTACH_URETPROBE:
	case B2C_ATTACH_USDT:
	case B2C_ATTACH_UPROBE: // BPF_UPROBE is the same, and newer than Debian 12's libbpf
		return "BPF_KPROBE";
	case B2C_ATTACH_KSYSCALL:
		return "BPF_KSYSCALL";
	case B2C_ATTACH_FENTRY:
	case B2C_ATTACH_FEXIT:
	case B2C_ATTACH_FMOD_RET:
	case B2C_ATTACH_LSM:
		return "BPF_PROG";
	default:
		return "";
	}
}

/// Kinds whose registers hold no arguments of a function when the program runs.
bool losesArguments(enum b2c_attach_kind kind) {
	return kind == B2C_ATTACH_KRETPROBE || kind == B2C_ATTACH_KRETSYSCALL ||
	       kind == B2C_ATTACH_URETPROBE || kind == B2C_ATTACH_USDT;
}

std::string sectionOf(const ProgramInfo &program) {
	std::string begin = program.idle ? "SEC(\"?" : "SEC(\""; // libbpf loads no '?' by itself
	std::string section = begin + sections[program.kind].section;
	std::string target = program.target;

	if (const char *hook = hookSection(program.kind, target))
		return begin + hook + "\")\n";
	size_t colon = target.find(':');

	if (target.empty() || !sections[program.kind].has_target)
		return section + "\")\n";
	if (colon != std::string::npos)
		target[colon] = '/';
	return section + "/" + target + "\")\n";
}

/// Returns of a void handler, which the kernel wants to be an int's. GNU C lets one return
/// what another void function does not give.
class Returns : public clang::RecursiveASTVisitor<Returns> {
public:
	explicit Returns(Session &session) : session_(session) {}

	bool VisitReturnStmt(clang::ReturnStmt *statement) {
		const clang::Expr *value = statement->getRetValue();
		Span span = session_.span(statement);

		if (value)
			session_.edits().replace(span, {"return ", session_.span(value), ", 0"});
		else
			session_.edits().replace(span, {"return 0"});
		return true;
	}

private:
	Session &session_;
};

/// Whether the program asks the filters first: it is the manifest's wish, for programs that
/// run on behalf of a process and whose result decides nothing.
bool isFiltered(const b2c_request &request, const ProgramInfo &program) {
	const struct b2c_word *end = request.filter_in + request.nr_filter_in;

	if (!*request.filter_text || !b2c_is_tracing(program.kind))
		return false;
	return !request.nr_filter_in ||
	       std::any_of(request.filter_in, end, [&](const struct b2c_word &word) {
		       return program.function->getName() == word.text;
	       });
}

class Rewriter {
public:
	Rewriter(Session &session, const ProgramInfo &program,
		 const std::set<const MacroUse *> &results)
	    : session_(session), edits_(session.edits()), program_(program),
	      function_(program.function), results_(results) {}

	void rewrite() {
		if (!program_.use && !checkParameters())
			return;
		warnOfWrapper();
		rewriteSignature();
		if (isFiltered(session_.request(), program_)) {
			session_.needText(session_.request().filter_text);
			head_ += "\n\tif (b2c_filtered_out())\n\t\treturn 0;";
			head_ += startsLine() ? "" : "\n\t";
		}
		Span body = edits_.spanOf(function_->getBody()->getBeginLoc());
		if (!head_.empty())
			edits_.insert(body.file, body.end, head_);
	}

private:
	void rewriteSignature() {
		if (program_.fast.exists) {
			rewriteShared();
			return;
		}
		if (!program_.bound.empty()) {
			rewriteBound();
			return;
		}
		if (program_.use) {
			rewriteMacro();
			return;
		}
		Span name = edits_.spanOf(function_->getLocation());
		Span begin = edits_.spanOf(function_->getBeginLoc());
		edits_.insert(begin.file, begin.begin, sectionOf(program_));
		if (function_->getReturnType()->isVoidType())
			returnInt();
		if (program_.kind == B2C_ATTACH_TRACEPOINT)
			rewriteRecord();
		else if (function_->getNumParams() > 1 && !dropParameters())
			rewriteParameters(name);
	}

	/// The function becomes one that two programs call, which follow it.
	void rewriteShared() {
		const FastForm &fast = program_.fast;
		Span begin = edits_.spanOf(function_->getBeginLoc());
		Span name = edits_.spanOf(function_->getLocation());
		Span end = edits_.spanOf(function_->getBodyRBrace());
		std::string head = fast.body;

		if (function_->getNumParams()) {
			const clang::ParmVarDecl *context = function_->getParamDecl(0);
			name.end = edits_.spanOf(context->getSourceRange()).end;
			head += "(void *" + contextName();
		}
		if (!fast.result.empty())
			head += ", unsigned long " + fast.result;
		std::string before = "static __always_inline ";
		if (isTooLong(begin, name, before.size() + head.size())) {
			name.begin -= 1; // the blank before it
			head = "\n" + head;
		}
		edits_.insert(begin.file, begin.begin, before);
		edits_.replace(name, {head});
		if (function_->getNumParams() > 1)
			dropParameters();
		if (function_->getReturnType()->isVoidType())
			returnInt();
		for (const MacroUse *use : results_)
			edits_.replace(edits_.spanOf(use->range), {fast.result});
		if (!fast.result.empty()) {
			needPosition(fast.position);
			session_.needHelpers();
		}
		if (function_->getNumParams() > 6)
			session_.needHelpers();
		ProgramInfo other = program_;
		other.kind = other.kind == B2C_ATTACH_KPROBE ? B2C_ATTACH_FENTRY : B2C_ATTACH_FEXIT;
		other.idle = true; // so that who loads the object alone gets one of the two
		std::string text =
			twoFormsText(session_, program_, sectionOf(other), sectionOf(program_));
		llvm::StringRef rest =
			session_.sources().getBufferData(end.file).drop_front(end.end);
		if (!rest.starts_with("\n\n") && !rest.trim().empty())
			text += "\n";
		edits_.insert(end.file, end.end, text);
	}

	/// Whether the line with the name, which gets `size` more columns, is too long for one.
	bool isTooLong(Span begin, Span name, size_t size) const {
		llvm::StringRef text = session_.sources().getBufferData(name.file);
		llvm::StringRef type = text.slice(begin.begin, name.begin);

		return !type.contains('\n') && type.ends_with(" ") &&
		       type.size() + size + text.substr(name.end).split('\n').first.size() > 100;
	}

	std::string contextName() const {
		std::string name = function_->getParamDecl(0)->getName().str();
		return name.empty() ? "ctx" : name;
	}

	void needPosition(const BoundParameter &bound) {
		session_.needText("/* Where the traced function has '" + bound.what +
				  "'; set before the load. */\nconst volatile unsigned int " +
				  bound.variable + " = " + std::to_string(bound.position) + ";\n");
	}

	/// Whether the line of the body's brace ends there.
	bool startsLine() const {
		Span body = edits_.spanOf(function_->getBody()->getBeginLoc());
		return session_.sources()
			.getBufferData(body.file)
			.drop_front(body.end)
			.ltrim(" \t")
			.starts_with("\n");
	}

	/// TRACEPOINT_PROBE(category, event) and the like.
	void rewriteMacro() {
		std::string name = function_->getName().str(), text = sectionOf(program_);
		Span span = edits_.spanOf(program_.use->range);

		if (program_.kind == B2C_ATTACH_TRACEPOINT)
			text += "int " + name + "(struct " + record() + " *args)";
		else if (program_.kind == B2C_ATTACH_RAW_TRACEPOINT)
			text += "int " + name + "(struct bpf_raw_tracepoint_args *ctx)";
		else if (program_.kind == B2C_ATTACH_ITER)
			text += "int " + name + "(struct bpf_iter__" + program_.target + " *ctx)";
		else
			text += "int BPF_PROG(" + name + parametersText() + ")";
		edits_.replace(span, {text});
	}

	/// The parameters as the user wrote them, but for __user, which libbpf lacks.
	std::string parametersText() const {
		std::string text;
		// MODULE_* has the module before the function.
		size_t first = llvm::StringRef(program_.use->name).starts_with("MODULE_") ? 2 : 1;

		for (size_t i = first; i < program_.use->args.size(); i++)
			if (!program_.use->args[i].empty())
				text += ", " + program_.use->args[i];
		return withoutUser(text);
	}

	/// Positions that differ between kernels: the handler takes its context alone, and
	/// its parameters become variables that are read from there.
	void rewriteBound() {
		bool in_registers = program_.kind == B2C_ATTACH_KPROBE;
		std::string context = "ctx", name = function_->getName().str();

		if (!function_->getParamDecl(0)->getName().empty())
			context = function_->getParamDecl(0)->getName().str();
		for (const BoundParameter &bound : program_.bound)
			needPosition(bound);
		std::string head = name + "(" +
				   (in_registers ? "struct pt_regs *" : "unsigned long long *") +
				   context;
		if (program_.use) {
			edits_.replace(edits_.spanOf(program_.use->range),
				       {sectionOf(program_) + "int " + head + ")"});
		} else {
			Span begin = edits_.spanOf(function_->getBeginLoc());
			Span first = edits_.spanOf(function_->getLocation());
			unsigned last = function_->getNumParams() - 1;
			first.end =
				edits_.spanOf(function_->getParamDecl(last)->getSourceRange()).end;
			edits_.insert(begin.file, begin.begin, sectionOf(program_));
			edits_.replace(first, {head});
			if (function_->getReturnType()->isVoidType())
				returnInt();
		}
		head_ += "\n" + declarations(context);
		session_.needHelpers();
	}

	std::string declarations(const std::string &context) const {
		const clang::PrintingPolicy &policy = session_.ast().getPrintingPolicy();
		std::string text;

		for (unsigned i = 1; i < function_->getNumParams(); i++) {
			const clang::ParmVarDecl *parameter = function_->getParamDecl(i);
			if (!parameter->isReferenced())
				continue;
			std::string declared;
			llvm::raw_string_ostream out(declared);
			parameter->getType().print(out, policy, parameter->getName());
			std::string line = "\t" + withoutUser(declared) + " = ", call;
			call = std::string(parameter->getType()->isPointerType() ? "(void *)"
										 : "") +
			       (program_.kind == B2C_ATTACH_KPROBE ? "b2c_kprobe_argument("
								   : "b2c_traced_argument(") +
			       context + ", " + positionOf(parameter, i - 1) + ");\n";
			if (line.size() + 7 + call.size() > 101)
				line = line.substr(0, line.size() - 1) + "\n\t\t";
			text += line + call;
		}
		return text;
	}

	std::string positionOf(const clang::ParmVarDecl *parameter, unsigned position) const {
		for (const BoundParameter &bound : program_.bound)
			if (bound.parameter == parameter)
				return bound.variable;
		return std::to_string(position);
	}

	std::string record() const {
		struct b2c_tracepoint tracepoint;
		size_t colon = program_.target.find(':');
		struct b2c_kernels *kernels = session_.request().kernels;

		if (kernel_tracepoint(kernels, program_.target.substr(0, colon).c_str(),
				      program_.target.substr(colon + 1).c_str(), &tracepoint))
			return "";
		std::string tag = tracepointContext(session_, tracepoint);
		return tag.empty() ? "trace_entry" : tag;
	}

	/// The record of a tracepoint handler that is written as a plain function.
	void rewriteRecord() {
		if (!function_->getNumParams())
			return;
		const clang::ParmVarDecl *args = function_->getParamDecl(0);
		Span span = edits_.spanOf(args->getSourceRange());
		std::string tag = record();

		if (tag.empty() && !program_.target.empty())
			return; // no kernel has it: its own record, for the error about that
		edits_.replace(span, {(tag.empty() ? "void" : "struct " + tag) + " *" +
				      args->getName().str()});
	}

	bool checkParameters() {
		const unsigned most = 6;
		unsigned nr = function_->getNumParams();

		if (nr > 1 && !*macroOf(program_.kind) && program_.kind != B2C_ATTACH_TRACEPOINT) {
			session_.report(B2C_DIAG_probe_params,
					function_->getParamDecl(1)->getSourceRange(),
					"a %s has no parameters but its context",
					sections[program_.kind].section);
			diag_help(session_.diag(),
				  "keep what the entry saw in a map, keyed by thread");
			return false;
		}
		if (nr > most + 1 && program_.kind != B2C_ATTACH_FENTRY &&
		    program_.kind != B2C_ATTACH_FEXIT) {
			session_.report(B2C_DIAG_probe_params,
					function_->getParamDecl(most + 1)->getSourceRange(),
					"parameter %u of '%s' is in no register; %u are", nr - 1,
					function_->getName().str().c_str(), most);
			return false;
		}
		return true;
	}

	/// Of a kprobe that the name of a system call makes one of its wrapper, bcc reads the
	/// wrapper's parameters, which are no arguments of the call, but of these two names.
	void warnOfWrapper() {
		llvm::StringRef name = function_->getName();

		if (program_.kind != B2C_ATTACH_KSYSCALL || !program_.self_attach ||
		    function_->getNumParams() < 2 || name.starts_with("syscall__") ||
		    name.starts_with("kprobe____x64_sys_"))
			return;
		session_.report(B2C_DIAG_syscall_arguments,
				function_->getParamDecl(1)->getSourceRange(),
				"'%s' has the arguments of the system call, where bcc has what "
				"the registers of its wrapper hold",
				function_->getParamDecl(1)->getName().str().c_str());
		diag_help(session_.diag(), "call it 'syscall__%s', which bcc reads so too",
			  program_.target.c_str());
	}

	/// bcc reads the parameters of a return probe from the registers of the return. So do
	/// we, with a warning; those that nothing uses go. True when all of them went.
	bool dropParameters() {
		const clang::ParmVarDecl *used = nullptr;
		unsigned nr = function_->getNumParams();

		if (!losesArguments(program_.kind))
			return false;
		for (unsigned i = nr - 1; i > 0; i--)
			if (function_->getParamDecl(i)->isReferenced())
				used = function_->getParamDecl(i);
		if (!used) {
			Span span = edits_.spanOf(function_->getParamDecl(0)->getSourceRange());
			Span last =
				edits_.spanOf(function_->getParamDecl(nr - 1)->getSourceRange());
			edits_.remove({span.file, span.end, last.end});
			return true;
		}
		session_.report(B2C_DIAG_return_params, used->getSourceRange(),
				"'%s' of a %s is what its register holds then, not the argument",
				used->getName().str().c_str(), sections[program_.kind].section);
		diag_help(session_.diag(),
			  program_.kind == B2C_ATTACH_USDT
				  ? "read it with bpf_usdt_readarg"
				  : "keep what the entry saw in a map, keyed by thread");
		return false;
	}

	/// int f(struct pt_regs *ctx, T a) to int BPF_KPROBE(f, T a). The macro names
	/// the context ctx; another name the program has for it is declared.
	void rewriteParameters(Span name) {
		const clang::ParmVarDecl *context = function_->getParamDecl(0);
		Span first = edits_.spanOf(context->getSourceRange());
		std::string text =
			std::string(macroOf(program_.kind)) + "(" + function_->getName().str();

		edits_.replace({name.file, name.begin, first.end}, {text});
		if (function_->getNumParams() > 6) // the sixth parameter: not in libbpf before 1.2
			session_.needHelpers();
		if (!context->isReferenced() || context->getName() == "ctx")
			return;
		std::string type =
			context->getType().getAsString(session_.ast().getPrintingPolicy());
		head_ += "\n\t" + type + context->getName().str() + " = ctx;\n";
	}

	void returnInt() {
		Returns returns(session_);
		auto *body = llvm::cast<clang::CompoundStmt>(function_->getBody());
		Span type = edits_.spanOf(function_->getReturnTypeSourceRange());
		Span end = edits_.spanOf(body->getRBracLoc());

		edits_.replace(type, {"int"});
		returns.TraverseStmt(const_cast<clang::Stmt *>(function_->getBody()));
		if (!body->body_empty() && llvm::isa<clang::ReturnStmt>(body->body_back()))
			return;
		llvm::StringRef before =
			session_.sources().getBufferData(end.file).take_front(end.begin);
		bool own_line = before.rtrim(" \t").ends_with("\n");
		edits_.insert(end.file, end.begin, own_line ? "\treturn 0;\n" : "return 0; ");
	}

	Session &session_;
	Edits &edits_;
	const ProgramInfo &program_;
	const clang::FunctionDecl *function_;
	const std::set<const MacroUse *> &results_; ///< of what has two forms
	std::string head_;			    ///< what its body begins with
};

/// Where a macro of the program writes a part of a signature; invalid when none does.
clang::SourceLocation macroInSignature(Session &session, const clang::FunctionDecl *function) {
	std::vector<clang::SourceLocation> places = {function->getBeginLoc(),
						     function->getLocation()};

	for (const clang::ParmVarDecl *parameter : function->parameters())
		places.insert(places.end(), {parameter->getBeginLoc(), parameter->getEndLoc()});
	for (clang::SourceLocation place : places)
		if (place.isMacroID() && session.isUser(session.sources().getSpellingLoc(place)))
			return place;
	return {};
}

/// A prototype would contradict the signature that the function gets.
void removePrototypes(Session &session, const clang::FunctionDecl *function) {
	for (const clang::FunctionDecl *other : function->redecls()) {
		Span span = other != function && session.isUser(other)
				    ? session.edits().spanOf(other->getSourceRange())
				    : Span();
		if (!span.valid())
			continue;
		llvm::StringRef rest = session.sources().getBufferData(span.file).substr(span.end);
		span.end += rest.find(';') + 1;
		span.end += rest.substr(rest.find(';') + 1).starts_with("\n");
		session.edits().remove(span);
	}
}

} // namespace

void ProgramPass::run(Session &session) {
	for (const MacroUse &use : session.macroUses())
		if (use.ours && llvm::StringRef(use.name).starts_with("PT_REGS_PARM6"))
			session.needHelpers();
	for (ProgramInfo &program : session.editPrograms()) {
		clang::SourceLocation macro = macroInSignature(session, program.function);
		if (!program.use && macro.isValid()) {
			session.edits().writeOut(macro);
			continue;
		}
		removePrototypes(session, program.function);
		ParameterBinder(session, program).bind();
		TwoForms forms(session, program);
		forms.decide();
		if (!program.fast.trouble.empty())
			session.report(B2C_DIAG_trampoline_none, program.function->getLocation(),
				       "'%s' has no form as %s: %s",
				       program.function->getName().str().c_str(),
				       program.kind == B2C_ATTACH_KPROBE ? "fentry" : "fexit",
				       program.fast.trouble.c_str());
		Rewriter(session, program, forms.results()).rewrite();
	}
}

} // namespace b2c
