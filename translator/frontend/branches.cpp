// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Decides the conditionals of a program that ask for the kernel's version or
 * configuration; see respell.h. One that is the same on all kernels is folded. One
 * that depends on the version becomes an `if` inside a function, and has no effect
 * inside a record of the kernel, whose members CO-RE finds by name.
 */
#include "respell.h"

#include <map>

#include "llvm/ADT/StringRef.h"

#include "condition.h"
#include "scan.h"
#include "words.h"

namespace b2c {

namespace {

const char *const mark = "/*bcc2core: dropped*/";

struct Directive {
	std::string word, condition; ///< "if", "ifdef", ...; without comments
	size_t token = 0;	     ///< of the '#'
	unsigned line = 0, offset = 0;
	Answer answer = Answer::Unknown;
};

struct Group {
	std::vector<Directive> directives; ///< #if to #endif
	bool in_function = false;
	std::string record; ///< whose members stand around it
};

class Branches {
public:
	Branches(const b2c_request &request, const Scan &own, struct b2c_diag *diag)
	    : request_(request), diag_(diag), own_(own), all_(scanTokens(request.text)) {
		if (const char *given = valueOf("LINUX_VERSION_CODE"))
			version_ = versionOf(given);
		llvm::StringRef(request.text).split(lines_, '\n');
		for (llvm::StringRef line : lines_)
			texts_.push_back(line.str());
	}

	std::string run();

private:
	void find();
	Directive directiveAt(size_t token) const;
	void openBrace(size_t token);
	const char *valueOf(const std::string &word) const;
	bool ofVariant(const std::string &word) const;
	std::string spelledOut(const std::string &condition) const;
	bool concerns(const Group &group) const;
	bool refuseHost(const Directive &directive);
	std::optional<bool> isDefined(const std::string &word);
	std::optional<bool> isConfigured(const std::string &option) const;
	void decide(Group &group);
	void fold(const Group &group);
	void drop(unsigned from, unsigned to);
	void keepBoth(const Group &group);
	void refuse(const Directive &directive);
	void warnConfig(const Group &group);

	const b2c_request &request_;
	struct b2c_diag *diag_;
	const Scan &own_;
	std::optional<long long> version_; ///< that -D gives
	std::vector<ScanToken> all_;
	llvm::SmallVector<llvm::StringRef, 0> lines_;
	std::vector<std::string> texts_; ///< of the lines, as they become
	std::vector<Group> open_, groups_;
	std::vector<std::string> braces_; ///< record's tag, "(" for a function, or ""
	std::set<std::string> unknown_options_;
};

Directive Branches::directiveAt(size_t token) const {
	Directive directive;
	unsigned column;

	directive.token = token;
	directive.offset = all_[token].offset;
	scanPlace(request_.text, directive.offset, directive.line, column);
	directive.word = all_[token + 1].text;
	size_t end = token + 2;
	while (end < all_.size() && !all_[end].starts_line)
		end++;
	if (end > token + 2) {
		size_t begin = all_[token + 2].offset;
		const ScanToken &last = all_[end - 1];
		directive.condition.assign(request_.text + begin,
					   last.offset + last.text.size() - begin);
	}
	if (directive.word == "ifdef" || directive.word == "ifndef")
		directive.condition = (directive.word == "ifdef" ? "defined(" : "!defined(") +
				      directive.condition + ")";
	return directive;
}

void Branches::openBrace(size_t token) {
	std::string kind = braces_.empty() ? "" : braces_.back();

	if (token && all_[token - 1].text == ")" && braces_.empty())
		kind = "(";
	else if (token > 1 && all_[token - 2].text == "struct")
		kind = all_[token - 1].text;
	braces_.push_back(kind);
}

/// All groups of directives, inner ones first, with what stands around them.
void Branches::find() {
	for (size_t i = 0; i < all_.size(); i++) {
		if (all_[i].text == "{")
			openBrace(i);
		if (all_[i].text == "}" && !braces_.empty())
			braces_.pop_back();
		if (all_[i].text != "#" || !all_[i].starts_line || i + 1 >= all_.size())
			continue;
		Directive directive = directiveAt(i);
		llvm::StringRef word = directive.word;
		if (word.starts_with("if")) {
			open_.emplace_back();
			open_.back().in_function = !braces_.empty() && braces_.back() == "(";
			open_.back().record = braces_.empty() ? "" : braces_.back();
		}
		bool of_group = word.starts_with("if") || word.starts_with("el") || word == "endif";
		if (!of_group || open_.empty())
			continue;
		open_.back().directives.push_back(directive);
		if (word == "endif") {
			groups_.push_back(open_.back());
			open_.pop_back();
		}
	}
}

/// What -D says that a word is; null when none does.
const char *Branches::valueOf(const std::string &word) const {
	for (size_t i = 0; i < request_.nr_defines; i++) {
		auto [name, value] = llvm::StringRef(request_.defines[i]).split('=');
		if (name == word)
			return value.data() ? value.data() : "1";
	}
	return nullptr;
}

/// Whether a variant of the program defines the word: which ones do is known.
bool Branches::ofVariant(const std::string &word) const {
	if (!request_.variants)
		return false;
	for (size_t i = 0; i < request_.variants->nr_axes; i++) {
		const b2c_axis &axis = request_.variants->axes[i];
		for (unsigned value = 0; value < axis.nr_values; value++)
			if (axis.names[value] && word == axis.names[value])
				return true;
	}
	return false;
}

/// `#if PER_DISK` asks for the number, which is 1 where the variant has it.
std::string Branches::spelledOut(const std::string &condition) const {
	std::vector<ScanToken> all = scanTokens(condition);
	std::string text;
	size_t at = 0;

	for (size_t i = 0; i < all.size(); i++) {
		bool defined = i && (all[i - 1].text == "defined" ||
				     (i > 1 && all[i - 2].text == "defined"));
		if (defined || !ofVariant(all[i].text) || !valueOf(all[i].text))
			continue;
		text += condition.substr(at, all[i].offset - at) + valueOf(all[i].text);
		at = all[i].offset + all[i].text.size();
	}
	return text + condition.substr(at);
}

/// Whether its conditions name what only the kernel's headers define, and -D does not.
bool Branches::concerns(const Group &group) const {
	for (const Directive &directive : group.directives)
		for (const ScanToken &token : scanTokens(directive.condition))
			if ((token.text == "LINUX_VERSION_CODE" && !valueOf(token.text)) ||
			    llvm::StringRef(token.text).starts_with("CONFIG_") ||
			    ofVariant(token.text) || Words::has(request_.arch, token.text))
				return true;
	return false;
}

/// What configs.def and the kernels' BTF say; nothing for an option that they don't know.
std::optional<bool> Branches::isConfigured(const std::string &option) const {
	uint32_t all = kernels_all(request_.kernels), having;

#define CONFIG_FIELD(name, record, member)                                                         \
	if (option == "CONFIG_" #name) {                                                           \
		having = kernels_with_field(request_.kernels, record, member);                     \
		return having == all || !having ? std::optional<bool>(having) : std::nullopt;      \
	}
#define CONFIG_ARCH(name, arch_name)                                                               \
	if (option == "CONFIG_" #name)                                                             \
		return !*arch_name || llvm::StringRef(request_.arch) == arch_name;
#define CONFIG_HOST(name)                                                                          \
	if (option == "CONFIG_" #name)                                                             \
		return true;
#define CONFIG_SOME CONFIG_ARCH
#include "configs.def"
#undef CONFIG_FIELD
#undef CONFIG_ARCH
#undef CONFIG_HOST
#undef CONFIG_SOME
	return {};
}

std::optional<bool> Branches::isDefined(const std::string &word) {
	if (valueOf(word))
		return true;
	if (own_.macros.count(word))
		return {};
	if (ofVariant(word))
		return false;
	if (!llvm::StringRef(word).starts_with("CONFIG_"))
		return Words::has(request_.arch, word);
	std::optional<bool> known = isConfigured(word);
	if (!known)
		unknown_options_.insert(word);
	return known && *known;
}

void Branches::drop(unsigned from, unsigned to) {
	for (unsigned line = from; line <= to && line <= texts_.size(); line++)
		texts_[line - 1] = mark;
}

/// Leaves the one branch that is taken.
void Branches::fold(const Group &group) {
	const std::vector<Directive> &all = group.directives;
	bool taken = false;

	for (size_t i = 0; i + 1 < all.size(); i++) {
		bool takes = !taken && (all[i].word == "else" || all[i].answer == Answer::Always);
		drop(all[i].line, takes ? all[i].line : all[i + 1].line - 1);
		taken |= takes;
	}
	drop(all.back().line, all.back().line);
}

/// Both branches, chosen when the tool is loaded; what is in them stands one tab deeper.
void Branches::keepBoth(const Group &group) {
	const std::vector<Directive> &all = group.directives;
	std::string first = texts_[all[0].line];
	std::string indent = first.substr(0, first.find_first_not_of(" \t"));

	for (unsigned line = all.front().line; line < all.back().line; line++)
		if (!texts_[line - 1].empty() && texts_[line - 1] != mark)
			texts_[line - 1].insert(0, "\t");
	for (const Directive &directive : all) {
		std::string &line = texts_[directive.line - 1];
		std::string close = directive.word == "if" ? "" : "} ";
		if (directive.word == "endif")
			line = indent + "}";
		else if (directive.word == "else")
			line = indent + "} else {";
		else
			line = indent + close + (close.empty() ? "" : "else ") + "if (" +
			       directive.condition + ") {";
	}
}

void Branches::refuse(const Directive &directive) {
	struct b2c_loc loc = {request_.file, directive.line, 1, 1};

	diag_report(diag_, B2C_DIAG_version_branch, loc,
		    "'%s' is not the same on all kernels, and the branches are no statements",
		    directive.condition.c_str());
	diag_help(diag_, "take one branch with -D LINUX_VERSION_CODE=..., or make each a function "
			 "and choose where it is called");
}

/// An option whose number only the host knows is set, and that is all there is to ask.
bool Branches::refuseHost(const Directive &directive) {
	std::vector<ScanToken> all = scanTokens(directive.condition);
	struct b2c_loc loc = {request_.file, directive.line, 1, 1};

	for (size_t i = 0; i < all.size(); i++) {
		bool defined = i && (all[i - 1].text == "defined" ||
				     (i > 1 && all[i - 2].text == "defined"));
		bool is_host = false;
#define CONFIG_FIELD(name, record, member)
#define CONFIG_ARCH(name, arch_name)
#define CONFIG_SOME(name, arch_name)
#define CONFIG_HOST(name) is_host |= all[i].text == "CONFIG_" #name;
#include "configs.def"
#undef CONFIG_FIELD
#undef CONFIG_ARCH
#undef CONFIG_HOST
#undef CONFIG_SOME
		if (!is_host || defined || valueOf(all[i].text) || own_.macros.count(all[i].text))
			continue;
		diag_report(diag_, B2C_DIAG_host_value, loc,
			    "'%s' is a number of the host, and a condition wants a constant",
			    all[i].text.c_str());
		diag_help(diag_, "ask with 'if', or say -D %s=...", all[i].text.c_str());
		return true;
	}
	return false;
}

void Branches::warnConfig(const Group &group) {
	struct b2c_loc loc = {request_.file, group.directives[0].line, 1, 1};

	for (const std::string &option : unknown_options_) {
		diag_report(diag_, B2C_DIAG_config_unknown, loc,
			    "whether kernels have '%s' is not known: it is taken as not set",
			    option.c_str());
		diag_help(diag_, "say -D %s=1 to have it set", option.c_str());
	}
}

void Branches::decide(Group &group) {
	const Directive *depends = nullptr;
	bool plain = true;

	unknown_options_.clear();
	for (Directive &directive : group.directives) {
		if (directive.word == "else" || directive.word == "endif")
			continue;
		if (refuseHost(directive))
			return;
		directive.answer =
			answerOf(spelledOut(directive.condition), version_,
				 [&](const std::string &word) { return isDefined(word); });
		if (directive.answer == Answer::ByVersion && !depends)
			depends = &directive;
		plain &= directive.condition.find("defined") == std::string::npos &&
			 directive.condition.find("CONFIG_") == std::string::npos;
		if (directive.answer == Answer::Unknown && !depends)
			return; // macros of the program decide: the preprocessor's business
	}
	warnConfig(group);
	if (!depends)
		return fold(group);
	if (group.in_function && plain)
		return keepBoth(group);
	if (group.record.empty() || group.in_function ||
	    !kernels_with_record(request_.kernels, group.record.c_str()))
		return refuse(*depends);
	// Of a record of the kernel the newest branch will do.
	for (Directive &directive : group.directives)
		if (directive.answer == Answer::ByVersion)
			directive.answer = Answer::Never;
	fold(group);
}

std::string Branches::run() {
	std::string text;

	find();
	// Outer groups last: what they drop stays dropped.
	for (Group &group : groups_)
		if (concerns(group))
			decide(group);
	for (size_t i = 0; i < texts_.size(); i++)
		text += (i ? "\n" : "") + texts_[i];
	return text;
}

} // namespace

std::string decideBranches(const b2c_request &request, const Scan &own, struct b2c_diag *diag) {
	return Branches(request, own, diag).run();
}

std::string dropMarked(const std::string &text) {
	std::string kept;

	for (llvm::StringRef rest = text; !rest.empty();) {
		llvm::StringRef line = rest.split('\n').first;
		rest = rest.drop_front(std::min(line.size() + 1, rest.size()));
		if (line.trim() != mark)
			kept += line.str() + "\n";
	}
	return kept;
}

} // namespace b2c
