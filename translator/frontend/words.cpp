// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Which words of prelude/words/ a program gets; see words.h. */
#include "words.h"

#include <algorithm>
#include <map>

#include "clang/Basic/FileManager.h"

#include "../embedded.h"

namespace b2c {

const char *const Words::macros_file = "/kernel_macros.h";
const char *const Words::functions_file = "/kernel_inlines.h";

namespace {

/// Whether a file of words/ is for this architecture.
bool isFor(llvm::StringRef file, llvm::StringRef arch) {
	llvm::StringRef stem = file.drop_back(strlen(".h"));

	return (stem != "x86_64" && stem != "arm64") || stem == arch;
}

std::vector<ScanDefinition> wordsOf(llvm::StringRef arch) {
	std::vector<ScanDefinition> all;

	for (size_t i = 0; i < b2c_nr_prelude_files; i++) {
		llvm::StringRef name = b2c_prelude_files[i].name;
		if (!name.consume_front("words/") || !isFor(name, arch))
			continue;
		std::vector<ScanDefinition> some = scanDefinitions(b2c_prelude_files[i].text);
		all.insert(all.end(), some.begin(), some.end());
	}
	return all;
}

const std::vector<ScanDefinition> &cachedWordsOf(llvm::StringRef arch) {
	static std::map<std::string, std::vector<ScanDefinition>> known;
	auto found = known.find(arch.str());

	if (found == known.end())
		found = known.emplace(arch.str(), wordsOf(arch)).first;
	return found->second;
}

/// The words that are the size of a member, by the largest of all kernels.
void addSizes(struct b2c_kernels *kernels, std::vector<ScanDefinition> &words) {
	const char *word;
	uint32_t size;

	for (size_t row = 0; (word = kernel_size_word(kernels, row, &size)); row++) {
		ScanDefinition definition;
		definition.name = word;
		definition.text = std::string("#define ") + word + " " + std::to_string(size) +
				  " /* of all kernels the largest */\n";
		words.push_back(definition);
	}
}

/// Whether every kernel has it as an enumerator, which comes with the types.
bool isEnumerator(struct b2c_kernels *kernels, const std::string &name) {
	const char *tag;
	int64_t value;

	for (size_t i = 0; i < kernels_count(kernels); i++)
		if (kernel_enumerator(kernels, i, name.c_str(), &tag, &value))
			return false;
	return true;
}

/// What the program defines itself, on the command line too.
bool isOwn(const b2c_request &request, const Scan &scan, const std::string &name) {
	auto is = [&](const char *define) {
		return llvm::StringRef(define).split('=').first == name;
	};

	return scan.own.count(name) || scan.macros.count(name) ||
	       std::any_of(request.defines, request.defines + request.nr_defines, is);
}

} // namespace

bool Words::has(llvm::StringRef arch, const std::string &word) {
	const std::vector<ScanDefinition> &all = cachedWordsOf(arch);

	return std::any_of(all.begin(), all.end(), [&](const ScanDefinition &definition) {
		return definition.name == word;
	});
}

void Words::add(const ScanDefinition &definition) {
	std::string &file = definition.is_function ? functions_ : macros_;
	unsigned begin = file.size();

	file += definition.text;
	places_.push_back({definition.name, begin, static_cast<unsigned>(file.size()),
			   definition.is_function});
	if (definition.is_function)
		file += "\n";
	uses_.insert(definition.words.begin(), definition.words.end());
}

void Words::choose(const b2c_request &request, const Scan &scan) {
	std::vector<ScanDefinition> all = cachedWordsOf(request.arch);
	addSizes(request.kernels, all);
	std::set<std::string> words = scan.words, called = scan.called;
	size_t before;
	auto wanted = [&](const ScanDefinition &word) {
		return (word.takes_arguments ? called : words).count(word.name) &&
		       !isOwn(request, scan, word.name);
	};

	do {
		before = words.size() + called.size();
		for (const ScanDefinition &word : all) {
			if (!wanted(word))
				continue;
			words.insert(word.words.begin(), word.words.end());
			called.insert(word.called.begin(), word.called.end());
		}
	} while (words.size() + called.size() != before);
	for (const ScanDefinition &word : all)
		if (wanted(word) && !isEnumerator(request.kernels, word.name))
			add(word);
}

clang::FileID fileOf(Session &session, const char *path) {
	clang::SourceManager &sources = session.sources();
	auto file = sources.getFileManager().getOptionalFileRef(path);

	return file ? sources.translateFile(*file) : clang::FileID();
}

void Words::dropUnused(Session &session) const {
	clang::FileID macros = fileOf(session, macros_file),
		      functions = fileOf(session, functions_file);
	std::set<std::string> used;

	for (const MacroUse &use : session.macroUses())
		used.insert(use.name);
	for (const clang::FunctionDecl *function : session.userFunctions())
		used.insert(function->getNameAsString());
	for (const Place &place : places_)
		if (!used.count(place.name))
			session.edits().remove({place.is_function ? functions : macros, place.begin,
						place.end + place.is_function});
}

} // namespace b2c
