// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Binds the parameters of a handler to those of the function that it traces. By
 * bcc's rule a parameter is what the register of its position holds, so a handler
 * is right for the kernels whose prototype it was written after. Here it is compared
 * with the prototype on every kernel of the data: a parameter that is elsewhere on
 * some of them gets a variable that holds its position, and one that no kernel has
 * is a warning.
 */
#ifndef B2C_PASSES_PARAMETERS_H
#define B2C_PASSES_PARAMETERS_H

#include <string>
#include <vector>

#include "../frontend/session.h"

namespace b2c {

class ParameterBinder {
public:
	ParameterBinder(Session &session, ProgramInfo &program);

	/// Fills program.bound, or reports.
	void bind();

private:
	/// One function that the program may run in, on one kernel.
	struct Host {
		size_t kernel;
		std::string function;
		struct b2c_prototype prototype;
	};
	/// What is looked for in a prototype.
	struct Wanted {
		std::string record; ///< tag of what it points to; "": known by its name
		std::string name;
		std::string what;
		bool is_result = false;
	};
	struct Parameter {
		const clang::ParmVarDecl *decl;
		unsigned position;		 ///< by the text
		const clang::RecordDecl *record; ///< of the kernel, that it points to, or null
	};

	void addHosts();
	void addHost(const std::vector<std::string> &alternatives);
	void bind(const Parameter &parameter);
	bool isResult(const Parameter &parameter) const;
	bool agrees(const Parameter &parameter, const Host &host) const;
	bool isPartOf(const clang::RecordDecl *record, const char *tag) const;
	Wanted wantedFor(const Parameter &parameter) const;
	int find(const Parameter &parameter, const Wanted &wanted, const Host &host) const;
	int place(const Parameter &parameter, const Wanted &wanted, const Host &host) const;
	const Host *conflict(const std::vector<int> &places) const;
	void keep(const Parameter &parameter, const Wanted &wanted, const std::vector<int> &places);
	void warn(const Parameter &parameter, const std::vector<int> &places);
	const Host *betterOf(const Host *one, const Host *other) const;

	Session &session_;
	ProgramInfo &program_;
	struct b2c_kernels *kernels_;
	std::vector<Host> hosts_;
};

} // namespace b2c

#endif
