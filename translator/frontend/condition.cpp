// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Evaluates conditions over versions; see condition.h. */
#include "condition.h"

#include <algorithm>
#include <cstdlib>

#include "scan.h"

namespace b2c {

namespace {

using Value = std::optional<long long>;

long long versionNumber(long long major, long long minor, long long patch) {
	return (major << 16) + (minor << 8) + std::min(patch, 255LL);
}

/// Binary operators, those that bind least first.
const std::vector<std::vector<std::string>> levels = {
	{"||"}, {"&&"}, {"==", "!="}, {"<", "<=", ">", ">="}, {"+", "-"}, {"*", "/"}};

Value apply(const std::string &op, Value left, Value right) {
	// One side may decide although the other is not known.
	if (op == "||" && ((left && *left) || (right && *right)))
		return 1;
	if (op == "&&" && ((left && !*left) || (right && !*right)))
		return 0;
	if (!left || !right || (op == "/" && !*right))
		return {};
	long long a = *left, b = *right;
	return op == "||"   ? a || b
	       : op == "&&" ? a && b
	       : op == "==" ? a == b
	       : op == "!=" ? a != b
	       : op == "<"  ? a < b
	       : op == "<=" ? a <= b
	       : op == ">"  ? a > b
	       : op == ">=" ? a >= b
	       : op == "+"  ? a + b
	       : op == "-"  ? a - b
	       : op == "*"  ? a * b
			    : a / b;
}

class Parser {
public:
	Parser(const std::vector<ScanToken> &all, long long version, const IsDefined &is_defined,
	       std::set<long long> *thresholds)
	    : all_(all), version_(version), is_defined_(is_defined), thresholds_(thresholds) {}

	Value parse() {
		Value value = binary(0);
		return at_ == all_.size() ? value : Value();
	}

private:
	Value binary(size_t level) {
		if (level == levels.size())
			return unary();
		Value value = binary(level + 1);
		while (at_ < all_.size() &&
		       std::count(levels[level].begin(), levels[level].end(), all_[at_].text)) {
			const std::string &op = all_[at_++].text;
			value = apply(op, value, binary(level + 1));
		}
		return value;
	}

	bool take(const char *text) {
		if (at_ >= all_.size() || all_[at_].text != text)
			return false;
		at_++;
		return true;
	}

	Value unary() {
		if (take("!")) {
			Value value = unary();
			return value ? Value(!*value) : value;
		}
		if (take("(")) {
			Value value = binary(0);
			return take(")") ? value : Value();
		}
		return at_ < all_.size() ? primary(all_[at_++]) : Value();
	}

	Value primary(const ScanToken &token) {
		if (token.text == "defined")
			return defined();
		if (token.text == "LINUX_VERSION_CODE")
			return version_;
		if (token.text == "KERNEL_VERSION")
			return threshold();
		if (!token.is_word)
			return number(token.text);
		std::optional<bool> known = is_defined_(token.text);
		// C takes such a word for 0.
		return known && !*known ? Value(0) : Value();
	}

	Value number(const std::string &text) {
		char *end;
		long long value = std::strtoll(text.c_str(), &end, 0);
		bool is_number = end != text.c_str() &&
				 std::string(end).find_first_not_of("uUlL") == std::string::npos;

		if (thresholds_ && value > versionNumber(2, 0, 0))
			thresholds_->insert(value);
		return is_number ? Value(value) : Value();
	}

	Value defined() {
		bool open = take("(");
		if (at_ >= all_.size() || !all_[at_].is_word)
			return {};
		std::optional<bool> known = is_defined_(all_[at_++].text);
		if (open && !take(")"))
			return {};
		return known ? Value(*known) : Value();
	}

	Value threshold() {
		Value parts[3];

		if (!take("("))
			return {};
		for (int i = 0; i < 3; i++) {
			parts[i] = binary(0);
			if (!parts[i] || !take(i < 2 ? "," : ")"))
				return {};
		}
		long long version = versionNumber(*parts[0], *parts[1], *parts[2]);
		if (thresholds_)
			thresholds_->insert(version);
		return version;
	}

	const std::vector<ScanToken> &all_;
	long long version_;
	const IsDefined &is_defined_;
	std::set<long long> *thresholds_;
	size_t at_ = 0;
};

/// The versions on both sides of each threshold, and the ends.
std::set<long long> versionsAround(const std::set<long long> &thresholds) {
	// The last release of 5.10.y: what that series changed on its way is reached.
	const long long oldest = versionNumber(5, 10, 255), newest = versionNumber(127, 0, 0);
	std::set<long long> versions = {oldest, newest};

	for (long long threshold : thresholds)
		for (long long version : {threshold - 1, threshold, threshold + 1})
			if (version > oldest)
				versions.insert(version);
	return versions;
}

} // namespace

std::optional<long long> versionOf(const std::string &text) {
	std::vector<ScanToken> all = scanTokens(text);

	return Parser(
		       all, 0, [](const std::string &) { return std::optional<bool>(); }, nullptr)
		.parse();
}

Answer answerOf(const std::string &condition, std::optional<long long> version,
		const IsDefined &is_defined) {
	std::vector<ScanToken> all = scanTokens(condition);
	std::set<long long> thresholds, versions;
	bool never = true, always = true;

	Parser(all, version.value_or(0), is_defined, &thresholds).parse();
	versions = version ? std::set<long long>{*version} : versionsAround(thresholds);
	for (long long one : versions) {
		Value value = Parser(all, one, is_defined, nullptr).parse();
		if (!value)
			return Answer::Unknown;
		(*value ? never : always) = false;
	}
	return never ? Answer::Never : always ? Answer::Always : Answer::ByVersion;
}

} // namespace b2c
