// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What the C side knows of programs. */
#include "collect.h"

namespace b2c {

namespace {

class Filler {
public:
	explicit Filler(Session &session) : session_(session), arena_(session.arena()) {}

	struct b2c_program program(const ProgramInfo &info) {
		struct b2c_program program = {};

		program.name = copy(info.function->getName().str());
		program.kind = info.kind;
		program.target = copy(info.target);
		program.self_attach = info.self_attach;
		program.loc = session_.loc(info.function->getLocation());
		fillArguments(info.bound, program);
		return program;
	}

	/// The fentry or fexit program beside a kprobe's, or null.
	struct b2c_program *fast(const ProgramInfo &info) {
		if (!info.fast.exists)
			return nullptr;
		void *memory = arena_alloc(arena_, sizeof(struct b2c_program));
		auto *program = new (memory) struct b2c_program(this->program(info));
		program->name = copy(info.fast.name);
		program->kind =
			info.kind == B2C_ATTACH_KPROBE ? B2C_ATTACH_FENTRY : B2C_ATTACH_FEXIT;
		program->reads = info.fast.reads;
		std::vector<BoundParameter> bound;
		if (!info.fast.result.empty())
			bound.push_back(info.fast.position);
		fillArguments(bound, *program);
		return program;
	}

private:
	const char *copy(const std::string &text) { return arena_strdup(arena_, text.c_str()); }

	void fillArguments(const std::vector<BoundParameter> &bound, struct b2c_program &program) {
		std::vector<struct b2c_argument> arguments;

		for (const BoundParameter &one : bound)
			arguments.push_back({copy(one.variable), copy(one.what), one.position});
		program.arguments = arenaCopy(arena_, arguments);
		program.nr_arguments = arguments.size();
	}

	Session &session_;
	struct b2c_arena *arena_;
};

} // namespace

void fillPrograms(Session &session, struct b2c_unit &unit) {
	std::vector<struct b2c_program> programs;
	Filler filler(session);

	for (const ProgramInfo &info : session.programs())
		programs.push_back(filler.program(info));
	auto *copies = const_cast<struct b2c_program *>(arenaCopy(session.arena(), programs));
	for (size_t i = 0; i < programs.size(); i++) {
		struct b2c_program *fast = filler.fast(session.programs()[i]);
		copies[i].fast = fast;
		if (fast)
			fast->slow = &copies[i];
	}
	unit.programs = copies;
	unit.nr_programs = programs.size();
}

} // namespace b2c
