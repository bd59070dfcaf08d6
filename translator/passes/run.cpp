// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
#include "run.h"

#include <algorithm>
#include <functional>
#include <memory>

#include "passes.h"

namespace b2c {

namespace {

struct PassEntry {
	const char *name;
	std::function<std::unique_ptr<Pass>()> make;
};

const PassEntry pass_list[] = {
#define PASS(name, Class) {name, [] { return std::make_unique<Class>(); }},
#include "passes.def"
#undef PASS
};

bool chosen(const char *passes, llvm::StringRef name) {
	llvm::SmallVector<llvm::StringRef, 8> names;

	if (!passes)
		return true;
	llvm::StringRef(passes).split(names, ',');
	return llvm::is_contained(names, name);
}

} // namespace

void runPasses(Session &session) {
	std::vector<const PassEntry *> entries;

	for (const PassEntry &entry : pass_list)
		if (chosen(session.request().passes, entry.name))
			entries.push_back(&entry);
	if (session.request().reverse_passes)
		std::reverse(entries.begin(), entries.end());
	for (const PassEntry *entry : entries) {
		session.edits().setPass(entry->name);
		entry->make()->run(session);
	}
}

} // namespace b2c
