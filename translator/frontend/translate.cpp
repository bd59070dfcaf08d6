// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* One translation: scan, types, parse, passes, render; frontend.h is its border. */
#include "../frontend.h"

#include <algorithm>

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/Version.h"
#include "clang/Frontend/FrontendAction.h"

#include "../embedded.h"
#include "../passes/run.h"
#include "collect.h"
#include "compiler.h"
#include "headers.h"
#include "pasted.h"
#include "provenance.h"
#include "respell.h"
#include "scan.h"
#include "words.h"

namespace b2c {

namespace {

constexpr int most_rounds = 16; // macros within macros are written out one level a round

/// One translation, from the request to the unit.
class Translation {
public:
	Translation(const b2c_request &request, struct b2c_arena *arena, struct b2c_diag *diag,
		    std::vector<OwnHeader> headers = {}, int round = 0)
	    : request_(request), arena_(arena), diag_(diag), headers_(std::move(headers)),
	      round_(round), memory_(new llvm::vfs::InMemoryFileSystem()) {
		// Relative names then mean the same in memory and on disk.
		llvm::ErrorOr<std::string> here =
			llvm::vfs::getRealFileSystem()->getCurrentWorkingDirectory();
		if (here)
			memory_->setCurrentWorkingDirectory(*here);
	}
	~Translation() {
		text_free(&types_);
		text_free(&tracepoints_);
	}

	int run(struct b2c_unit *ret_unit);
	void finish(clang::CompilerInstance &compiler, const Preprocessed &seen);

private:
	void addFiles();
	std::string spelled();
	void addIncludes();
	void addTypes(const Scan &scan);
	void writeTypes(const Scan &scan, bool parse, struct b2c_text *out);
	void addTracepoints();
	void checkWords();
	void checkArguments();
	void fillUnit(Session &session);
	void render(Session &session);
	void respell(Session &session);
	void reportDisagreements(Session &session);
	const char *copy(const std::string &text) { return arena_strdup(arena_, text.c_str()); }
	struct b2c_loc place(unsigned offset, const std::string &word);

	const b2c_request &request_;
	struct b2c_arena *arena_;
	struct b2c_diag *diag_;
	std::vector<OwnHeader> headers_; ///< respelled, in the first round
	int round_;			 ///< how often macro uses were written out
	llvm::IntrusiveRefCntPtr<llvm::vfs::InMemoryFileSystem> memory_;
	Scan scan_;
	Words words_;
	struct b2c_text types_ = {}, tracepoints_ = {};
	struct b2c_unit unit_ = {};
	std::string expanded_; ///< the source to translate instead; "" when this one will do
};

/// Hands the parsed program to the translation.
class Consumer : public clang::ASTConsumer {
public:
	Consumer(clang::CompilerInstance &compiler, Translation &translation)
	    : compiler_(compiler), translation_(translation) {
		watchPreprocessor(compiler.getPreprocessor(), seen_);
	}

	void HandleTranslationUnit(clang::ASTContext &ast) override {
		static_cast<DiagnosticsBridge &>(compiler_.getDiagnosticClient()).reportLate(ast);
		if (!compiler_.getDiagnostics().hasErrorOccurred())
			translation_.finish(compiler_, seen_);
	}

private:
	clang::CompilerInstance &compiler_;
	Translation &translation_;
	Preprocessed seen_;
};

class Action : public clang::ASTFrontendAction {
public:
	explicit Action(Translation &translation) : translation_(translation) {}

	std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &compiler,
							      llvm::StringRef) override {
		return std::make_unique<Consumer>(compiler, translation_);
	}

private:
	Translation &translation_;
};

struct b2c_loc Translation::place(unsigned offset, const std::string &word) {
	struct b2c_loc loc = {request_.file, 0, 0, static_cast<unsigned>(word.size())};

	scanPlace(request_.text, offset, loc.line, loc.column);
	return loc;
}

const char *preludeText(llvm::StringRef name) {
	for (size_t i = 0; i < b2c_nr_prelude_files; i++)
		if (name == b2c_prelude_files[i].name)
			return b2c_prelude_files[i].text;
	return "";
}

void Translation::addFiles() {
	std::string folder = std::string(memory_folder) + "/";

	for (size_t i = 0; i < b2c_nr_prelude_files; i++)
		addFile(*memory_, folder + "b2c/" + b2c_prelude_files[i].name,
			b2c_prelude_files[i].text);
	addFile(*memory_, folder + "bcc/proto.h", preludeText("proto.h"));
	addHeaders(*memory_);
	addFile(*memory_, Words::macros_file, words_.macros().c_str());
	addFile(*memory_, Words::functions_file, words_.functions().c_str());
	std::string options = request_.options_text;
	if (!options.empty())
		options += std::string("extern const volatile struct ") + request_.tool +
			   "_options opt;\n";
	if (*request_.host_text)
		options += std::string(request_.host_text) + "extern const volatile struct " +
			   request_.tool + "_host host;\n";
	addFile(*memory_, folder + "b2c/options.h", copy(options));
	addFile(*memory_, request_.file, request_.text);
	for (const OwnHeader &header : headers_)
		addFile(*memory_, header.path, copy(header.text));
}

/// Headers of the kernel are empty files: their types come with vmlinux.h.
void Translation::addIncludes() {
	for (const ScanInclude &include : scan_.includes) {
		std::string path = std::string(memory_folder) + "/" + include.path;
		if (isKernelHeader(include.path) && include.path != "bcc/proto.h" &&
		    !memory_->exists(path))
			addFile(*memory_, path, "");
	}
}

void Translation::addTracepoints() {
	std::set<std::string> done;

	for (const ScanTracepoint &use : scan_.tracepoints) {
		struct b2c_tracepoint tracepoint;
		if (!done.insert(use.category + ":" + use.event).second)
			continue;
		if (!kernel_tracepoint(request_.kernels, use.category.c_str(), use.event.c_str(),
				       &tracepoint)) {
			kernel_tracepoint_struct_write(&tracepoint, &tracepoints_);
			continue;
		}
		diag_report(diag_, B2C_DIAG_tracepoint_unknown, place(use.offset, use.category),
			    "no kernel of the data has tracepoint '%s:%s'", use.category.c_str(),
			    use.event.c_str());
		const char *near = kernel_tracepoint_nearest(request_.kernels, use.category.c_str(),
							     use.event.c_str());
		if (near)
			diag_help(diag_, "did you mean '%s'?", near);
		diag_help(diag_, "looked at: %s", kernels_looked_at(request_.kernels));
	}
	addFile(*memory_, std::string(memory_folder) + "/b2c/tracepoints.h",
		text_string(&tracepoints_));
}

using MacroWords = std::vector<std::pair<std::string, std::set<std::string>>>;

/// The prelude's macros with the words of their bodies.
const MacroWords &preludeMacros() {
	static const MacroWords macros = [] {
		MacroWords all;
		for (size_t i = 0; i < b2c_nr_prelude_files; i++)
			if (!llvm::StringRef(b2c_prelude_files[i].name).starts_with("words/"))
				scanMacroWords(b2c_prelude_files[i].text, all);
		return all;
	}();

	return macros;
}

/// A macro picks its form by the number of arguments, and is at a loss with another.
void Translation::checkArguments() {
	unsigned least, most;

	for (const ScanCall &call : scan_.bpf_calls) {
		if (scan_.macros.count(call.name) || !mapArguments(call.name, least, most) ||
		    (call.nr_args >= least && call.nr_args <= most))
			continue;
		std::string takes = std::to_string(most);
		if (least < most)
			takes = std::to_string(least) + " to " + takes;
		diag_report(diag_, B2C_DIAG_map_arguments, place(call.offset, call.name),
			    "'%s' takes %s argument%s, not %u", call.name.c_str(), takes.c_str(),
			    most == 1 ? "" : "s", call.nr_args);
	}
}

/// Macros of libbpf's headers that bcc has too.
bool isLibbpfWord(const std::string &name) {
	return name.rfind("BPF_CORE_", 0) == 0 || name.rfind("BPF_PROBE_", 0) == 0 ||
	       name == "BPF_SEQ_PRINTF" || name == "BPF_SNPRINTF";
}

/// BPF_* words that neither bcc2core nor the program defines.
void Translation::checkWords() {
	std::vector<const char *> names;

	for (const auto &macro : preludeMacros())
		names.push_back(macro.first.c_str());
	for (const ScanCall &call : scan_.bpf_calls) {
		auto is = [&](const char *name) { return call.name == name; };
		if (scan_.macros.count(call.name) || std::any_of(names.begin(), names.end(), is) ||
		    isLibbpfWord(call.name))
			continue;
		diag_report(diag_, B2C_DIAG_macro_unknown, place(call.offset, call.name),
			    "bcc has no macro '%s'", call.name.c_str());
		const char *near = diag_nearest(call.name.c_str(), names.data(), names.size());
		if (near)
			diag_help(diag_, "did you mean '%s'?", near);
	}
}

/// The words of `scan` and of the prelude's macros that they use.
std::set<std::string> wordsOf(const Scan &scan) {
	std::set<std::string> words = scan.words;
	bool grown = true;

	while (grown) {
		size_t before = words.size();
		for (const auto &macro : preludeMacros())
			if (words.count(macro.first))
				words.insert(macro.second.begin(), macro.second.end());
		grown = words.size() != before;
	}
	return words;
}

std::vector<const char *> pointers(const std::set<std::string> &words) {
	std::vector<const char *> list;

	for (const std::string &word : words)
		list.push_back(word.c_str());
	return list;
}

void Translation::writeTypes(const Scan &scan, bool parse, struct b2c_text *out) {
	std::set<std::string> all = wordsOf(scan), own = scan.own, tags = scan.tags;
	struct b2c_types_request types = {};
	struct b2c_types_report report;

	own.insert(scan.macros.begin(), scan.macros.end());
	tags.insert(scan.macros.begin(), scan.macros.end());
	std::vector<const char *> words = pointers(all), owns = pointers(own),
				  own_tags = pointers(tags);
	types.words = words.data();
	types.nr_words = words.size();
	types.own = owns.data();
	types.nr_own = owns.size();
	types.own_tags = own_tags.data();
	types.nr_own_tags = own_tags.size();
	types.parse = parse;
	if (kernel_types_write(request_.kernels, &types, out, &report))
		diag_report(diag_, B2C_DIAG_bug, {request_.file, 0, 0, 0},
			    "the kernel's types could not be written");
}

void Translation::addTypes(const Scan &scan) {
	Scan with_records = scan;

	scanSource(text_string(&tracepoints_), with_records);
	with_records.own = scan.own;
	with_records.tags = scan.tags;
	with_records.words.insert(words_.uses().begin(), words_.uses().end());
	for (const char *word : {"bpf_raw_tracepoint_args", "bpf_perf_event_data"})
		with_records.words.insert(word);
	writeTypes(with_records, true, &types_);
	addFile(*memory_, std::string(memory_folder) + "/vmlinux.h", text_string(&types_));
}

/// The text that is translated, and the program's headers: aliases written out, branches decided.
std::string Translation::spelled() {
	headers_ = readHeaders(request_);
	for (const OwnHeader &header : headers_)
		diag_add_source(diag_, copy(header.path), copy(header.text));
	return b2c::respell(request_, diag_, headers_);
}

/// Clang's command line.
std::vector<std::string> argumentsFor(const b2c_request &request) {
	std::vector<std::string> args = {"-fsyntax-only",
					 "-include",
					 "b2c/prelude.h",
					 "-include",
					 Words::macros_file,
					 "-include",
					 Words::functions_file,
					 "-Wno-macro-redefined",
					 "-Wno-error=int-conversion",
					 "-Wno-compare-distinct-pointer-types",
					 "-Wno-deprecated-non-prototype"};

	for (size_t i = 0; i < request.nr_defines; i++)
		args.push_back(std::string("-D") + request.defines[i]);
	for (size_t i = 0; i < request.nr_include_dirs; i++)
		args.push_back(std::string("-I") + request.include_dirs[i]);
	return args;
}

int Translation::run(struct b2c_unit *ret_unit) {
	CompilerSetup setup;
	size_t before = diag_count(diag_, B2C_ERROR);

	if (std::string text = round_ ? request_.text : spelled(); text != request_.text) {
		b2c_request again = request_;
		again.text = copy(text);
		return diag_count(diag_, B2C_ERROR) > before
			       ? -EINVAL
			       : Translation(again, arena_, diag_, headers_, round_ + 1)
					 .run(ret_unit);
	}
	scanSource(request_.text, scan_);
	for (size_t i = 0; i < request_.nr_defines; i++) // -D STATE=TASK_RUNNING is a word too
		scanSource(llvm::StringRef(request_.defines[i]).split('=').second.str(), scan_);
	scanHeaders(headers_, scan_);
	scanPasted(request_, headers_, arena_, scan_);
	checkWords();
	checkArguments();
	addTracepoints();
	if (diag_count(diag_, B2C_ERROR) > before)
		return -EINVAL;
	addIncludes();
	words_.choose(request_, scan_);
	addTypes(scan_);
	addFiles();
	setup.main_file = request_.file;
	setup.arch = request_.arch;
	setup.kernels = request_.kernels;
	setup.own_files = true;
	setup.args = argumentsFor(request_);
	std::unique_ptr<clang::CompilerInstance> compiler =
		makeCompiler(setup, memory_, arena_, diag_);
	if (!compiler)
		return -EINVAL;
	Action action(*this);
	bool done = compiler->ExecuteAction(action);
	if (!expanded_.empty()) {
		b2c_request again = request_;
		again.text = copy(expanded_);
		return Translation(again, arena_, diag_, headers_, round_ + 1).run(ret_unit);
	}
	*ret_unit = unit_;
	if (diag_count(diag_, B2C_ERROR) > before)
		return -EINVAL;
	if (!done || !unit_.bpf_source) {
		diag_report(diag_, B2C_DIAG_bug, {request_.file, 0, 0, 0},
			    "the translation ended without a result");
		return -EINVAL;
	}
	return 0;
}

void Translation::finish(clang::CompilerInstance &compiler, const Preprocessed &seen) {
	Session session(compiler, request_, arena_, diag_, seen);

	collectMaps(session);
	collectPrograms(session);
	chooseBuffers(session);
	if (request_.dump_provenance)
		session.provenance().dump();
	collectScratch(session);
	runPasses(session);
	words_.dropUnused(session);
	if (!session.respelled().empty() && round_ < most_rounds) {
		respell(session);
		return;
	}
	bool expands =
		!session.edits().disagreements().empty() || !session.edits().writtenOut().empty();
	if (expands && round_ < most_rounds &&
	    expandDisagreeing(session, compiler.getPreprocessor(), expanded_))
		return;
	reportDisagreements(session);
	if (diag_status(diag_))
		return;
	render(session);
	fillUnit(session);
}

void Translation::respell(Session &session) {
	Edits respelled(session.sources(), session.language());
	std::vector<std::string> conflicts;

	for (const auto &[span, text] : session.respelled())
		respelled.replace(span, {text});
	expanded_ = respelled.render({session.sources().getMainFileID()}, conflicts)[0];
}

void Translation::reportDisagreements(Session &session) {
	for (const Edits::Disagreement &both : session.edits().disagreements()) {
		struct b2c_loc loc = session.loc(session.sources()
							 .getLocForStartOfFile(both.span.file)
							 .getLocWithOffset(both.span.begin));
		loc.length = both.span.end - both.span.begin;
		diag_report(diag_, B2C_DIAG_macro_disagrees, loc,
			    "uses of this macro need '%s' here and '%s'", both.first.c_str(),
			    both.second.c_str());
		diag_help(
			diag_,
			"make the macro a static inline function, or write one macro for each use");
	}
	for (clang::SourceLocation place : session.edits().writtenOut()) {
		session.report(B2C_DIAG_macro_disagrees, session.sources().getExpansionLoc(place),
			       "this macro declares a map or a program and can't be written out");
		diag_help(diag_, "declare it without the macro, or with one in the program itself");
	}
}

/// The -D of the command line that `scan` uses, as directives: the emitted source stands alone.
/// Those of a variant are given to every compiler of it.
std::string definesOf(const b2c_request &request, const Scan &scan) {
	std::string text;
	size_t nr = request.nr_defines - (request.variant ? request.variant->nr_defines : 0);

	for (size_t i = 0; i < nr; i++) {
		std::pair<llvm::StringRef, llvm::StringRef> parts =
			llvm::StringRef(request.defines[i]).split('=');
		bool has_value = parts.first.size() < llvm::StringRef(request.defines[i]).size();
		if (scan.words.count(parts.first.str()))
			text += ("#define " + parts.first + " " + (has_value ? parts.second : "1"))
					.str() +
				"\n";
	}
	return text;
}

/// Where a needed text goes among the others.
int rankOf(llvm::StringRef text) {
	return text.starts_with("#define") ? 0 : text.contains("\nconst volatile ") ? 1 : 2;
}

void Translation::render(Session &session) {
	std::vector<std::string> conflicts, texts = session.neededTexts();
	std::vector<std::string> files = session.edits().render(
		{session.sources().getMainFileID(), fileOf(session, Words::macros_file),
		 fileOf(session, Words::functions_file)},
		conflicts);
	std::string source = dropMarked(files[0]), head = files[1];
	Scan scan;

	source.erase(std::remove(source.begin(), source.end(), '\r'), source.end());
	for (const std::string &conflict : conflicts)
		diag_report(diag_, B2C_DIAG_bug, {request_.file, 0, 0, 0}, "%s", conflict.c_str());
	// Defines, variables, functions, whichever pass asked first.
	for (int rank : {0, 1, 2}) {
		for (const std::string &text : texts)
			if (rankOf(text) == rank)
				head += text;
		if (!head.empty() && !llvm::StringRef(head).ends_with("\n\n"))
			head += "\n";
	}
	head += files[2];
	size_t start = scanFirstToken(source);
	unit_.bpf_comment = copy(source.substr(0, start));
	source.erase(0, start);
	scanSource(head + source, scan);
	if (scan.words.count("bpf_log2") || scan.words.count("bpf_log2l"))
		session.needHelpers();
	std::string defines = definesOf(request_, scan);
	scanSource(defines, scan);
	head = defines + (defines.empty() || !head.empty() ? "" : "\n") + head;
	struct b2c_text types = {};
	writeTypes(scan, false, &types);
	unit_.vmlinux = arena_strdup(arena_, text_string(&types));
	text_free(&types);
	unit_.bpf_source = copy(head + source);
	if (!*unit_.bpf_source)
		diag_report(diag_, B2C_DIAG_attach_none, {request_.file, 0, 0, 0},
			    "the program has no function to attach");
}

/// Whether the program carries its licence in libbpf's way already.
bool ownLicense(Session &session) {
	for (const clang::Decl *decl : session.ast().getTranslationUnitDecl()->decls()) {
		auto *section =
			session.isUser(decl) ? decl->getAttr<clang::SectionAttr>() : nullptr;
		if (section && section->getName() == "license")
			return true;
	}
	return false;
}

void Translation::fillUnit(Session &session) {
	std::vector<struct b2c_map> maps;
	for (const MapInfo &info : session.maps()) {
		struct b2c_map map = {};
		map.name = copy(info.var->getName().str());
		map.kind = info.kind;
		map.histogram = info.histogram;
		map.as_ring = info.as_ring;
		map.key = layoutOf(session, info.key);
		map.value = layoutOf(session, info.value);
		map.event = layoutOf(session, info.event);
		std::vector<const struct b2c_type *> events;
		for (clang::QualType event : info.events)
			events.push_back(layoutOf(session, event));
		map.events = arenaCopy(arena_, events);
		map.nr_events = events.size();
		map.pops = info.pops;
		map.counts_full = info.inserts;
		map.max_entries = info.max_entries;
		map.flags = info.flags;
		map.pin = info.pin.empty() ? nullptr : copy(info.pin);
		map.inner = info.inner.empty() ? nullptr : copy(info.inner);
		map.loc = session.loc(info.var->getLocation());
		maps.push_back(map);
	}
	unit_.maps = arenaCopy(arena_, maps);
	unit_.nr_maps = maps.size();
	fillPrograms(session, unit_);
	std::vector<struct b2c_semantics> semantics = collectSemantics(session);
	unit_.semantics = arenaCopy(arena_, semantics);
	unit_.nr_semantics = semantics.size();
	unit_.local_bytes = localBytes(session);
	unit_.uses_trace_printk = session.usesTracePrintk();
	unit_.uses_helpers = session.needsHelpers();
	unit_.uses_endian = session.needsEndian();
	unit_.uses_usdt = session.needsUsdt();
	unit_.uses_packet = session.needsPacket();
	unit_.host_values = session.hostValues();
	unit_.license = ownLicense(session) ? nullptr : copy(session.license());
}

} // namespace

} // namespace b2c

extern "C" int frontend_translate(const struct b2c_request *request, struct b2c_arena *arena,
				  struct b2c_diag *diag, struct b2c_unit *ret_unit) {
	return b2c::Translation(*request, arena, diag).run(ret_unit);
}

extern "C" const char *frontend_version(void) {
	return "clang " CLANG_VERSION_STRING;
}
