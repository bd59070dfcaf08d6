// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Emitted BPF C to a BPF object, in process, with the verify pass in the same parse. */
#include "../frontend.h"

#include <cerrno>
#include <cstring>

#include "clang/CodeGen/CodeGenAction.h"
#include "clang/Frontend/MultiplexConsumer.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"

#include "../embedded.h"
#include "../passes/verify.h"
#include "backend_check.h"
#include "collect.h"
#include "compiler.h"
#include "diagnostics.h"

namespace b2c {

namespace {

/// Runs the verify pass once the emitted source is parsed.
class VerifyConsumer : public clang::ASTConsumer {
public:
	VerifyConsumer(clang::CompilerInstance &compiler, struct b2c_arena *arena,
		       struct b2c_diag *diag)
	    : compiler_(compiler), arena_(arena), diag_(diag) {}

	void HandleTranslationUnit(clang::ASTContext &ast) override {
		if (!compiler_.getDiagnostics().hasErrorOccurred())
			verifyDerefs(ast, arena_, diag_);
	}

private:
	clang::CompilerInstance &compiler_;
	struct b2c_arena *arena_;
	struct b2c_diag *diag_;
};

/// Runs the check of what BPF lacks behind all other passes.
class BackendCheckPass : public llvm::PassInfoMixin<BackendCheckPass> {
public:
	explicit BackendCheckPass(BackendCheck &check) : check_(check) {}

	llvm::PreservedAnalyses run(llvm::Module &module, llvm::ModuleAnalysisManager &) {
		check_.run(module);
		return llvm::PreservedAnalyses::none();
	}

private:
	BackendCheck &check_;
};

void addBackendCheck(clang::CompilerInstance &compiler, BackendCheck &check) {
	compiler.getCodeGenOpts().PassBuilderCallbacks.push_back(
		[&check](llvm::PassBuilder &builder) {
			builder.registerOptimizerLastEPCallback(
				[&check](llvm::ModulePassManager &passes, llvm::OptimizationLevel) {
					passes.addPass(BackendCheckPass(check));
				});
		});
}

class ObjectAction : public clang::EmitObjAction {
public:
	ObjectAction(struct b2c_arena *arena, struct b2c_diag *diag) : arena_(arena), diag_(diag) {}

protected:
	std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &compiler,
							      llvm::StringRef file) override {
		std::vector<std::unique_ptr<clang::ASTConsumer>> consumers;
		consumers.push_back(std::make_unique<VerifyConsumer>(compiler, arena_, diag_));
		consumers.push_back(clang::EmitObjAction::CreateASTConsumer(compiler, file));
		return std::make_unique<clang::MultiplexConsumer>(std::move(consumers));
	}

private:
	struct b2c_arena *arena_;
	struct b2c_diag *diag_;
};

/// What the verifier needs of LLVM; templates/Makefile has the same. Joining the loads of
/// CO-RE offsets gives an address in the context at a distance that it does not take.
const char *const backend_options[] = {"bcc2core", "-enable-load-pre=false"};

void startBackend() {
	static const bool parsed = llvm::cl::ParseCommandLineOptions(
		std::size(backend_options), backend_options, "", &llvm::nulls());

	(void)parsed;
	LLVMInitializeBPFTargetInfo();
	LLVMInitializeBPFTarget();
	LLVMInitializeBPFTargetMC();
	LLVMInitializeBPFAsmPrinter();
	LLVMInitializeBPFAsmParser();
}

/// What LLVM said last, when it wanted to end the process.
std::string last_words;

void keepLastWords(void *, const char *reason, bool) {
	last_words = reason;
	if (llvm::CrashRecoveryContext *recovery = llvm::CrashRecoveryContext::GetCurrent())
		recovery->HandleExit(1);
}

/// Compiles; "" or why LLVM could not go on. The compiler can't be used afterwards.
std::string runSafely(clang::CompilerInstance &compiler, clang::FrontendAction &action) {
	llvm::CrashRecoveryContext recovery;
	llvm::ScopedFatalErrorHandler handler(keepLastWords);

	last_words.clear();
	llvm::CrashRecoveryContext::Enable();
	bool survived = recovery.RunSafely([&] { compiler.ExecuteAction(action); });
	llvm::CrashRecoveryContext::Disable();
	return survived ? "" : last_words.empty() ? "LLVM crashed" : last_words;
}

/// "Cannot select: 0x...: i64,ch = AtomicLoadNand<...> ..., t.bpf.c:15:2": the place ends the line.
void reportFatal(llvm::StringRef text, struct b2c_arena *arena, struct b2c_diag *diag) {
	llvm::Regex placed(", ([^, ]+):([0-9]+):([0-9]+)$");
	llvm::SmallVector<llvm::StringRef, 4> parts;
	llvm::StringRef line = text.split('\n').first;
	struct b2c_loc loc = {nullptr, 0, 0, 0};

	if (placed.match(line, &parts)) {
		loc.file = arena_strdup(arena, parts[1].str().c_str());
		parts[2].getAsInteger(10, loc.line);
		parts[3].getAsInteger(10, loc.column);
	}
	if (line.starts_with("Cannot select"))
		diag_report(diag, B2C_DIAG_bpf_operation, loc,
			    "LLVM has no BPF instruction for this operation");
	else
		diag_report(diag, B2C_DIAG_object, loc, "LLVM could not go on: %s",
			    line.str().c_str());
}

/// What the programs need of the stack; an error where it is too much.
void reportStack(BackendCheck &check, const DiagnosticsBridge &bridge, struct b2c_arena *arena,
		 struct b2c_object &object) {
	std::vector<struct b2c_stack_use> uses;
	auto copy = [&](const std::string &text) { return arena_strdup(arena, text.c_str()); };

	for (const BackendCheck::StackUse &use : check.stackUses(bridge.stackSizes())) {
		std::vector<struct b2c_local> locals;
		for (const BackendCheck::Variable &variable : use.variables)
			locals.push_back(
				{copy(variable.function), copy(variable.name), variable.size});
		uses.push_back(
			{copy(use.function), use.size, arenaCopy(arena, locals), locals.size()});
		if (use.size > stack_bytes && !check.foundErrors())
			check.reportStack(use);
	}
	object.stack_uses = arenaCopy(arena, uses);
	object.nr_stack_uses = uses.size();
}

/// The object's bytes, or nothing when something was reported.
llvm::SmallString<0> compile(const struct b2c_compile_request &request, struct b2c_arena *arena,
			     struct b2c_diag *diag, struct b2c_object &ret_object) {
	llvm::IntrusiveRefCntPtr<llvm::vfs::InMemoryFileSystem> memory(
		new llvm::vfs::InMemoryFileSystem);
	std::string folder = std::string(memory_folder) + "/";
	llvm::SmallString<0> object;
	CompilerSetup setup;

	for (size_t i = 0; i < request.nr_files; i++)
		addFile(*memory, (i ? folder : "") + request.files[i].name, request.files[i].text);
	addHeaders(*memory);
	setup.main_file = request.files[0].name;
	setup.arch = request.arch;
	setup.error = B2C_DIAG_object;
	setup.args = {"-emit-obj",
		      "-debug-info-kind=constructor",
		      "-dwarf-version=5",
		      "-mframe-pointer=all",
		      "-main-file-name",
		      request.files[0].name,
		      "-fdebug-compilation-dir=.",
		      "-fwarn-stack-size=0", // of each function; see DiagnosticsBridge::isStack
		      "-ferror-limit",
		      "0"}; // nor does it stop before that
	for (size_t i = 0; i < request.nr_defines; i++)
		setup.args.push_back(std::string("-D") + request.defines[i]);
	std::unique_ptr<clang::CompilerInstance> compiler =
		makeCompiler(setup, memory, arena, diag);
	if (!compiler)
		return object;
	compiler->setOutputStream(std::make_unique<llvm::raw_svector_ostream>(object));
	auto action = std::make_unique<ObjectAction>(arena, diag);
	BackendCheck check(arena, diag);
	addBackendCheck(*compiler, check);
	std::string fatal = runSafely(*compiler, *action);
	if (!fatal.empty()) {
		compiler.release(); // both are in the middle of something
		action.release();
		reportFatal(fatal, arena, diag);
		object.clear();
		return object;
	}
	auto &bridge = static_cast<DiagnosticsBridge &>(compiler->getDiagnosticClient());
	reportStack(check, bridge, arena, ret_object);
	return object;
}

} // namespace

} // namespace b2c

extern "C" int frontend_compile(const struct b2c_compile_request *request, struct b2c_arena *arena,
				struct b2c_diag *diag, struct b2c_object *ret_object) {
	size_t before = diag_count(diag, B2C_ERROR);

	b2c::startBackend();
	llvm::SmallString<0> object = b2c::compile(*request, arena, diag, *ret_object);
	if (diag_count(diag, B2C_ERROR) > before)
		return -EINVAL;
	if (object.empty()) {
		diag_report(diag, B2C_DIAG_bug, {request->files[0].name, 0, 0, 0},
			    "no object came of the emitted source");
		return -EINVAL;
	}
	ret_object->size = object.size();
	ret_object->data = arena_alloc(arena, object.size());
	std::memcpy(ret_object->data, object.data(), object.size());
	return 0;
}
