// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Facts: kernel/trace/bpf_trace.c of 5.10, kernel/bpf/helpers.c (bpf_bprintf_prepare) since 5.13.
 */
#include "printk_format.h"

#include "llvm/ADT/StringExtras.h"

namespace b2c {

namespace {

/// Which of them a "%p" takes as its own, and since when.
size_t pointerLetters(llvm::StringRef rest, bool &ret_old) {
	ret_old = true;
	if (rest.empty() || llvm::isSpace(rest[0]) || !llvm::isAlnum(rest[0]))
		return 0;
	if (rest.starts_with("ks") || rest.starts_with("us"))
		return 2;
	if (rest[0] == 'B')
		return 1;
	ret_old = false;
	if (rest.starts_with_insensitive("i4") || rest.starts_with_insensitive("i6"))
		return 2;
	return llvm::StringRef("KxsS").contains(rest[0]) ? 1 : llvm::StringRef::npos;
}

void takePointer(llvm::StringRef format, size_t at, Conversion &ret_conversion) {
	size_t letters = pointerLetters(format.substr(at + 1), ret_conversion.old);

	ret_conversion.known = letters != llvm::StringRef::npos;
	ret_conversion.spelled += format.substr(at, ret_conversion.known ? 1 + letters : 2).str();
	ret_conversion.has_value = true;
	llvm::StringRef kind = llvm::StringRef(ret_conversion.spelled).take_back(1);
	if (kind == "x" || kind == "K") { // the address as a number
		ret_conversion.old_text = "%lx";
		ret_conversion.before = "(unsigned long)(";
		ret_conversion.after = ")";
	} else if (ret_conversion.old) {
		ret_conversion.old_text = "%" + format.substr(at, 1 + letters).str();
		ret_conversion.is_string = ret_conversion.is_old_string = kind == "s";
	}
}

void takeNumber(llvm::StringRef format, size_t at, Conversion &ret_conversion) {
	size_t letter = format.find_first_not_of('l', at);
	std::string length = format.slice(at, letter).str();
	char kind = letter < format.size() ? format[letter] : 0;

	ret_conversion.spelled +=
		format.slice(at, letter == format.npos ? letter : letter + 1).str();
	ret_conversion.has_value = true;
	ret_conversion.known =
		kind && llvm::StringRef("diuxX").contains(kind) && length.size() <= 2;
	ret_conversion.old = kind != 'X';
	ret_conversion.old_text = "%" + length + (kind == 'X' ? 'x' : kind);
}

/// The conversion whose % is at `at`.
Conversion conversionAt(llvm::StringRef format, size_t at) {
	size_t flags = std::min(format.find_first_not_of("0+- ", at + 1), format.size());
	size_t start = std::min(format.find_first_not_of("0123456789", flags), format.size());
	char kind = start < format.size() ? format[start] : 0;
	Conversion conversion;

	conversion.spelled = format.slice(at, start).str();
	if (kind == 'p') {
		takePointer(format, start, conversion);
	} else if (kind == 's') {
		conversion.spelled += kind;
		conversion.old_text = "%s";
		conversion.has_value = conversion.is_string = conversion.is_old_string = true;
	} else if (kind == 'c') {
		conversion.spelled += kind;
		conversion.old_text = "%s";
		conversion.before = "(char[2]){ ";
		conversion.after = " }";
		conversion.old = false;
		conversion.has_value = conversion.is_old_string = true;
	} else if (kind == '%') {
		conversion.spelled += kind;
		conversion.old_text = "%s";
		conversion.before = "\"%\"";
		conversion.old = false;
		conversion.is_old_string = true;
		conversion.known = start == at + 1;
	} else {
		takeNumber(format, start, conversion);
	}
	if (!conversion.known && kind != 'p') { // as printf(3) has it
		size_t last = format.find_first_not_of("0123456789-+ #.*hlLjzt", at + 1);
		conversion.spelled =
			format.substr(at, last == format.npos ? last : last - at + 1).str();
	}
	conversion.old &= start == at + 1;
	return conversion;
}

} // namespace

std::vector<Conversion> parsePrintkFormat(llvm::StringRef format) {
	std::vector<Conversion> conversions;

	while (!format.empty()) {
		size_t at = format.find('%');
		Conversion conversion;
		if (at != format.npos)
			conversion = conversionAt(format, at);
		std::string literal = format.substr(0, at).str();
		format = at == format.npos ? "" : format.drop_front(at + conversion.spelled.size());
		conversion.text = literal + conversion.spelled;
		if (conversion.old || !conversion.old_text.empty())
			conversion.old_text = literal + conversion.old_text;
		conversions.push_back(std::move(conversion));
	}
	return conversions;
}

} // namespace b2c
