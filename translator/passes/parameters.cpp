// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Compares handlers with prototypes; parameters.h has the rule. */
#include "parameters.h"

#include <algorithm>

#include "unused_name.h"

namespace b2c {

using namespace clang;

/// Arguments that a kprobe finds in registers.
static constexpr int registers = 6;

static bool takesParameters(enum b2c_attach_kind kind) {
	return kind == B2C_ATTACH_KPROBE || kind == B2C_ATTACH_FENTRY || kind == B2C_ATTACH_FEXIT;
}

ParameterBinder::ParameterBinder(Session &session, ProgramInfo &program)
    : session_(session), program_(program), kernels_(session.request().kernels) {
	if (takesParameters(program.kind))
		addHosts();
}

/// Of alternatives a kernel traces the first that it has.
void ParameterBinder::addHost(const std::vector<std::string> &alternatives) {
	for (size_t i = 0; i < kernels_count(kernels_); i++) {
		auto has = [&](const std::string &name) {
			return kernel_has_function(kernels_, i, name.c_str());
		};
		auto first = std::find_if(alternatives.begin(), alternatives.end(), has);
		Host host = {i, first == alternatives.end() ? "" : *first, {}};
		if (!host.function.empty() &&
		    !kernel_function_prototype(kernels_, i, host.function.c_str(), &host.prototype))
			hosts_.push_back(host);
	}
}

void ParameterBinder::addHosts() {
	const b2c_request &request = session_.request();
	bool asked = false;

	for (size_t i = 0; i < request.nr_attaches; i++) {
		const struct b2c_attach &attach = request.attaches[i];
		std::vector<std::string> alternatives;
		if (program_.function->getName() != attach.run.text || attach.kind != program_.kind)
			continue;
		// Within a function registers hold what they hold.
		for (size_t k = 0; k < attach.nr_targets && !attach.offset; k++)
			alternatives.push_back(attach.targets[k].text);
		addHost(alternatives);
		asked = true;
	}
	if (!asked && !program_.target.empty())
		addHost({program_.target});
}

/// Whether one of the records begins with the other, as tcp_sock does with sock: then
/// a pointer to one may stand for the other.
bool ParameterBinder::isPartOf(const RecordDecl *record, const char *tag) const {
	auto beginsWith = [](const RecordDecl *outer, llvm::StringRef inner) {
		while (outer && outer->getName() != inner) {
			outer = outer->getDefinition();
			if (!outer || outer->field_empty())
				return false;
			outer = (*outer->field_begin())->getType()->getAsRecordDecl();
		}
		return outer != nullptr;
	};
	IdentifierInfo &identifier = session_.ast().Idents.get(tag);

	if (beginsWith(record, tag))
		return true;
	for (const NamedDecl *decl : session_.ast().getTranslationUnitDecl()->lookup(&identifier))
		if (const auto *other = llvm::dyn_cast<RecordDecl>(decl))
			if (beginsWith(other, record->getName()))
				return true;
	return false;
}

/// Whether what stands at the parameter's position is what the handler takes it for.
bool ParameterBinder::agrees(const Parameter &parameter, const Host &host) const {
	if (parameter.position >= host.prototype.nr_parameters)
		return false;
	const struct b2c_parameter &there = host.prototype.parameters[parameter.position];
	if (!parameter.record)
		return parameter.decl->getName() == there.name;
	if (!there.record)
		return there.is_pointer;
	return isPartOf(parameter.record, there.record);
}

/// The last parameter of an fexit handler that is behind those of the function.
bool ParameterBinder::isResult(const Parameter &parameter) const {
	bool is_last = parameter.position + 2 == program_.function->getNumParams();
	bool is_behind = false;

	for (const Host &host : hosts_) {
		std::string result = host.prototype.return_type;
		bool fits = !parameter.record ||
			    result.find(" " + parameter.record->getName().str() + " *") !=
				    std::string::npos;
		is_behind |= fits && host.prototype.nr_parameters == parameter.position;
		for (size_t i = 0; i < host.prototype.nr_parameters; i++)
			if (parameter.decl->getName() == host.prototype.parameters[i].name)
				return false;
	}
	return program_.kind == B2C_ATTACH_FEXIT && is_last && is_behind;
}

const ParameterBinder::Host *ParameterBinder::betterOf(const Host *one, const Host *other) const {
	if (!one || other->kernel == kernels_base(kernels_))
		return other;
	return one->kernel == kernels_base(kernels_) || one->kernel > other->kernel ? one : other;
}

/// The kernel's own words for the parameter, where the handler's position is right;
/// best where its name is the handler's too.
ParameterBinder::Wanted ParameterBinder::wantedFor(const Parameter &parameter) const {
	std::string name = parameter.decl->getName().str();
	const Host *best = nullptr, *same_name = nullptr;

	if (isResult(parameter))
		return {"", "", "return", true};
	if (!parameter.record)
		return {"", name, name, false};
	for (const Host &host : hosts_) {
		if (!agrees(parameter, host))
			continue;
		best = betterOf(best, &host);
		if (name == host.prototype.parameters[parameter.position].name)
			same_name = betterOf(same_name, &host);
	}
	best = same_name ? same_name : best;
	const struct b2c_parameter *there =
		best ? &best->prototype.parameters[parameter.position] : nullptr;
	std::string record =
		there && there->record ? there->record : parameter.record->getName().str();
	if (there && *there->name)
		name = there->name;
	const char *word = parameter.record->isUnion() ? "union " : "struct ";
	return {record, name, word + record + " *" + name, false};
}

/// By the rule that the runtime has too: name and type, else the only one of the type.
int ParameterBinder::find(const Parameter &parameter, const Wanted &wanted,
			  const Host &host) const {
	int only = -1, nr = 0;

	if (wanted.is_result)
		return static_cast<int>(host.prototype.nr_parameters);
	for (size_t i = 0; i < host.prototype.nr_parameters; i++) {
		const struct b2c_parameter &candidate = host.prototype.parameters[i];
		if (!wanted.record.empty() &&
		    (!candidate.record || wanted.record != candidate.record))
			continue;
		if (wanted.name == candidate.name)
			return static_cast<int>(i);
		only = static_cast<int>(i);
		nr++;
	}
	if (nr == 1 && !wanted.record.empty() && !agrees(parameter, host))
		return only;
	bool stays = parameter.record ? agrees(parameter, host)
				      : parameter.position < host.prototype.nr_parameters;
	return stays ? static_cast<int>(parameter.position) : -1;
}

int ParameterBinder::place(const Parameter &parameter, const Wanted &wanted,
			   const Host &host) const {
	int found = find(parameter, wanted, host);

	return program_.kind == B2C_ATTACH_KPROBE && found >= registers ? -1 : found;
}

/// Two functions of one kernel that have the parameter at different places.
const ParameterBinder::Host *ParameterBinder::conflict(const std::vector<int> &places) const {
	for (size_t i = 0; i < hosts_.size(); i++)
		for (size_t k = 0; k < i; k++)
			if (hosts_[i].kernel == hosts_[k].kernel && places[i] != places[k])
				return &hosts_[i];
	return nullptr;
}

void ParameterBinder::warn(const Parameter &parameter, const std::vector<int> &places) {
	std::string type =
		parameter.decl->getType().getAsString(session_.ast().getPrintingPolicy());
	std::string name = parameter.decl->getName().str(), kernels;
	bool anywhere = false;

	for (size_t i = 0; i < hosts_.size(); i++) {
		anywhere |= places[i] >= 0;
		if (places[i] < 0)
			kernels += std::string(kernels.empty() ? "" : ", ") +
				   kernel_name(kernels_, hosts_[i].kernel);
	}
	session_.report(B2C_DIAG_parameter_type, parameter.decl->getSourceRange(),
			"'%s%s%s' is no parameter of the traced function on %s", type.c_str(),
			type.back() == '*' ? "" : " ", name.c_str(),
			anywhere ? kernels.c_str() : "any kernel");
	for (size_t i = 0; i < hosts_.size(); i++)
		if (places[i] < 0)
			diag_help(session_.diag(), "on %s it is '%s'",
				  kernel_name(kernels_, hosts_[i].kernel),
				  hosts_[i].prototype.text);
}

/// Gives the parameter a variable.
void ParameterBinder::keep(const Parameter &parameter, const Wanted &wanted,
			   const std::vector<int> &places) {
	BoundParameter bound;

	bound.parameter = parameter.decl;
	bound.what = wanted.what;
	bound.position = parameter.position;
	bound.variable = unusedName(
		session_, (program_.function->getName() + "_" + parameter.decl->getName()).str());
	for (size_t i = 0; i < hosts_.size(); i++)
		if (hosts_[i].kernel == kernels_base(kernels_) && places[i] >= 0)
			bound.position = static_cast<unsigned>(places[i]);
	program_.bound.push_back(bound);
}

void ParameterBinder::bind(const Parameter &parameter) {
	Wanted wanted = wantedFor(parameter);
	std::vector<int> places;
	bool moved = false, missing = false, named = false;

	for (const Host &host : hosts_) {
		int found = place(parameter, wanted, host);
		moved |= found >= 0 && found != static_cast<int>(parameter.position);
		missing |= found < 0;
		named |= agrees(parameter, host);
		places.push_back(found);
	}
	if (missing)
		warn(parameter, places);
	// A number that is called otherwise on every kernel is meant by its position.
	if (!moved || !(parameter.record || wanted.is_result || named))
		return;
	if (const Host *other = conflict(places)) {
		session_.report(B2C_DIAG_parameter_type, parameter.decl->getSourceRange(),
				"'%s' is at different positions of the functions traced on %s",
				parameter.decl->getName().str().c_str(),
				kernel_name(kernels_, other->kernel));
		diag_help(session_.diag(), "write one handler for each function");
		return;
	}
	keep(parameter, wanted, places);
}

void ParameterBinder::bind() {
	unsigned nr = program_.function->getNumParams();

	for (unsigned i = 1; i < nr && !hosts_.empty(); i++) {
		const ParmVarDecl *decl = program_.function->getParamDecl(i);
		QualType type = decl->getType();
		const RecordDecl *record =
			type->isPointerType() ? type->getPointeeType()->getAsRecordDecl() : nullptr;
		if (record && (record->getName().empty() ||
			       !kernels_with_record(kernels_, record->getName().str().c_str())))
			continue; // the program's own idea of what is there
		if (decl->isReferenced() && !decl->getName().empty())
			bind({decl, i - 1, record});
	}
}

} // namespace b2c
