// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What the emitted source says instead of an enumerator whose value moves. */
#ifndef B2C_PASSES_ENUMERATOR_TEXT_H
#define B2C_PASSES_ENUMERATOR_TEXT_H

#include <map>
#include <string>
#include <vector>

#include "../frontend/session.h"

namespace b2c {

struct EnumeratorUse {
	const clang::DeclRefExpr *ref = nullptr;
	std::string name;
	int64_t base = 0;   ///< its value in vmlinux.h
	int64_t offset = 0; ///< what a case label adds to it
	struct b2c_enumerator range = {};
};

class EnumeratorText {
public:
	explicit EnumeratorText(Session &session) : session_(session) {}

	/// An expression for the host's value: a relocation, or the call of a function
	/// where some kernel lacks the enumerator. It is -1 there, or 0 among `bits`.
	std::string value(const EnumeratorUse &use, bool bits);

	/// The function that takes a value of the host to the one that vmlinux.h has
	/// under the same name; `uses` are of one enum.
	std::string known(const std::vector<EnumeratorUse> &uses);

	/// Writes the functions of known().
	void finish();

private:
	/// The enumerators that switches over one enum test; a switch with sums has its own.
	struct Known {
		std::string function;
		std::map<std::string, EnumeratorUse> labels;
	};

	std::string label(const EnumeratorUse &use) const;
	std::string relocation(const EnumeratorUse &use) const;
	bool isEverywhere(const EnumeratorUse &use) const;

	Session &session_;
	std::map<std::string, Known> known_;
};

} // namespace b2c

#endif
