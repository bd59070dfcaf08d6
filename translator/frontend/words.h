// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Words of the kernel's headers that BTF lacks: constants, macros, inline
 * functions (prelude/words/). A program is given those that it uses and does
 * not define itself, as if it had written them: they are translated with it.
 */
#ifndef B2C_FRONTEND_WORDS_H
#define B2C_FRONTEND_WORDS_H

#include <set>
#include <string>
#include <vector>

#include "../frontend.h"
#include "edits.h"
#include "scan.h"
#include "session.h"

namespace b2c {

class Words {
public:
	/// Whether it is a word of the kernel's headers.
	static bool has(llvm::StringRef arch, const std::string &word);

	/// Chooses the words of `scan`.
	void choose(const b2c_request &request, const Scan &scan);

	/// What the chosen words use, for the types that they need.
	const std::set<std::string> &uses() const { return uses_; }

	/// The two files of the program's own that have the words.
	static const char *const macros_file;
	static const char *const functions_file;
	const std::string &macros() const { return macros_; }
	const std::string &functions() const { return functions_; }

	/// Takes the macros that nothing uses out of `session`'s edits.
	void dropUnused(Session &session) const;

private:
	struct Place {
		std::string name;
		unsigned begin, end; ///< in its file
		bool is_function;
	};

	void add(const ScanDefinition &definition);

	std::set<std::string> uses_;
	std::string macros_, functions_;
	std::vector<Place> places_;
};

/// The file of the session that `path` names; invalid when nothing included it.
clang::FileID fileOf(Session &session, const char *path);

} // namespace b2c

#endif
