// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The text of two_forms_text.h. */
#include "two_forms_text.h"

#include <vector>

namespace b2c {

using namespace clang;

std::string withoutUser(std::string text) {
	for (const std::string user : {"__user ", " __attribute__((btf_type_tag(\"user\")))"})
		for (size_t at = text.find(user); at != std::string::npos; at = text.find(user))
			text.erase(at, user.size());
	return text;
}

namespace {

/// "head(a, b", broken before what would be behind column 100.
std::string list(const std::string &head, const std::vector<std::string> &items) {
	size_t tabs = head.find_first_not_of('\t');
	size_t start = head.size() + 7 * tabs + 1, column = start;
	std::string text = head + "(";

	for (size_t i = 0; i < items.size(); i++) {
		bool breaks = i && column + items[i].size() + 4 > 100;
		if (breaks)
			text += ",\n" + std::string(start / 8, '\t') + std::string(start % 8, ' ');
		else if (i)
			text += ", ";
		column = (breaks ? start : column + 2) + items[i].size();
		text += items[i];
	}
	return text;
}

/// A parameter, under its own name or `name`. A record of the program's own may be called
/// otherwise by now.
std::string parameterText(Session &session, const ParmVarDecl *parameter, const std::string &name) {
	QualType type = parameter->getType();
	const Decl *record =
		type->isPointerType() ? type->getPointeeType()->getAsTagDecl() : nullptr;
	std::string text;
	llvm::raw_string_ostream out(text);

	if (record && session.isUser(record))
		return "void *" + name;
	type.print(out, session.ast().getPrintingPolicy(), name);
	return withoutUser(text);
}

/// One program: how its head and its call of the shared function go.
struct Form {
	std::string section, macro, name, context, result, before, after;
};

std::string formText(const FastForm &fast, const Form &form,
		     const std::vector<std::string> &parameters,
		     std::vector<std::string> arguments) {
	std::vector<std::string> head = {form.name};

	if (!fast.result.empty())
		arguments.push_back(form.result);
	head.insert(head.end(), parameters.begin(), parameters.end());
	std::string signature = parameters.empty()
					? "int " + form.name + "(" + form.context + " *ctx"
					: list("int " + form.macro, head);
	return form.section + signature + ")\n{\n" + list(form.before + fast.body, arguments) +
	       ");\n" + form.after + "}";
}

} // namespace

std::string twoFormsText(Session &session, const ProgramInfo &program,
			 const std::string &fast_section, const std::string &section) {
	const FunctionDecl *function = program.function;
	std::vector<std::string> parameters, arguments;
	const FastForm &fast = program.fast;

	if (function->getNumParams())
		arguments.push_back("ctx");
	for (unsigned i = 1; program.kind == B2C_ATTACH_KPROBE && i < function->getNumParams();
	     i++) {
		std::string name = function->getParamDecl(i)->getName().str();
		name = name.empty() ? "argument" + std::to_string(i) : name;
		parameters.push_back(parameterText(session, function->getParamDecl(i), name));
		arguments.push_back(name);
	}
	Form trampoline = {fast_section,
			   "BPF_PROG",
			   fast.name,
			   "unsigned long long",
			   "b2c_traced_argument(ctx, " + fast.position.variable + ")",
			   "\t",
			   "\treturn 0;\n"};
	Form probe = {section,
		      "BPF_KPROBE",
		      function->getName().str(),
		      "struct pt_regs",
		      "PT_REGS_RC(ctx)",
		      "\treturn ",
		      ""};
	return "\n\n" + formText(fast, trampoline, parameters, arguments) + "\n\n" +
	       formText(fast, probe, parameters, arguments);
}

} // namespace b2c
