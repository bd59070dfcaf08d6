// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Finds moved members in access paths. */
#include "deref_moved.h"

#include "moved_function.h"

namespace b2c {

using namespace clang;

/// A member that some kernel has under another name, or that the base lacks.
bool MovedFields::isMoved(const std::string &record, const std::string &spelling,
			  struct b2c_moved_field &ret_moved) {
	struct b2c_kernels *kernels = session_.request().kernels;
	std::string key = record + ":" + spelling;
	auto known = known_.find(key);

	if (known == known_.end()) {
		struct b2c_moved_field moved = {};
		bool found = !kernel_moved_field(kernels, record.c_str(), spelling.c_str(), &moved);
		uint32_t base = 1u << kernels_base(kernels);
		bool is_moved = found && moved.is_moved &&
				(moved.nr_alternatives > 1 || !(moved.kernels & base));
		known = known_.emplace(key, is_moved).first;
		moved_[key] = moved;
	}
	ret_moved = moved_[key];
	return known->second;
}

/// Whether newer kernels have one bit of another member instead.
static bool becameBit(const struct b2c_moved_field &moved) {
	for (size_t i = 0; i < moved.nr_alternatives; i++)
		if (llvm::StringRef(moved.alternatives[i].path).contains('#'))
			return true;
	return false;
}

/// The record that step `start` of an accessor is a member of; null in an array.
static const RecordDecl *recordAt(const Accessor &accessor, size_t start) {
	if (!start)
		return accessor.record;
	const FieldDecl *outer = accessor.steps[start - 1].field;
	return outer ? outer->getType()->getAsRecordDecl() : nullptr;
}

/// The longest spelling from accessor `first` on that fields.def has; else a
/// member that only other kernels than the base have.
bool MovedFields::find(const DerefPath &path, size_t first, Match &ret_match) {
	size_t nr_steps = path.accessors[first].steps.size();
	bool found = false;

	for (size_t start = 0; start == 0 || start < nr_steps; start++) {
		Match match;
		bool known = findFrom(path, first, start, match) &&
			     (!found || match.moved.nr_alternatives > 1);
		if (!known)
			continue;
		ret_match = match;
		found = true;
		if (match.moved.nr_alternatives > 1)
			break;
	}
	return found;
}

/// The same of the record that step `start` of it is a member of.
bool MovedFields::findFrom(const DerefPath &path, size_t first, size_t start, Match &ret_match) {
	const RecordDecl *decl = recordAt(path.accessors[first], start);
	std::string record = decl ? decl->getName().str() : "", spelling;
	bool found = false;

	if (record.empty() || !records_.isKernel(decl))
		return false;
	for (size_t i = first; i < path.accessors.size(); i++) {
		const Accessor &accessor = path.accessors[i];
		if (accessor.hasIndex() && i > first)
			break;
		spelling += i > first ? "->" : "";
		size_t begin = i > first ? 0 : start;
		for (size_t step = begin; step < accessor.steps.size(); step++) {
			if (accessor.steps[step].index)
				return found;
			spelling += (step > begin ? "." : "") + accessor.steps[step].name;
			Match match = {start, i, step + 1, accessor.steps[step].field, {}};
			if (!isMoved(record, spelling, match.moved) ||
			    (match.field->isBitField() && !becameBit(match.moved)))
				continue;
			bool alone = match.moved.nr_alternatives == 1;
			if (alone && (found || i > first))
				continue;
			ret_match = match;
			found = true;
		}
	}
	return found;
}

std::string MovedFields::functionFor(const std::string &record, const Match &match, bool address) {
	MovedFunction function(session_, record, match.moved, match.field->getType(), address);

	return function.name();
}

bool MovedFields::hasElement(const DerefPath &path) {
	for (size_t i = 0; i < path.accessors.size(); i++) {
		Match match;
		if (!find(path, i, match))
			continue;
		const Accessor &last = path.accessors[match.last];
		if (match.steps < last.steps.size() && last.steps[match.steps].index)
			return true;
	}
	return false;
}

bool MovedFields::apply(DerefPath &path, bool address) {
	bool found = false;

	for (size_t i = 0; i < path.accessors.size(); i++) {
		Match match;
		if (!find(path, i, match))
			continue;
		Accessor call, rest = path.accessors[match.last];
		QualType type = match.field->getType();
		if (address && becameBit(match.moved))
			continue;
		bool ends =
			match.last + 1 == path.accessors.size() && match.steps == rest.steps.size();
		rest.steps.erase(rest.steps.begin(),
				 rest.steps.begin() + static_cast<long>(match.steps));
		Accessor outer = path.accessors[i];
		call.record = recordAt(outer, match.start);
		call.gives_address =
			type->isRecordType() || type->isArrayType() || (ends && address);
		call.function =
			functionFor(call.record->getName().str(), match, call.gives_address);
		call.leaf = match.field;
		auto begin = path.accessors.begin();
		auto at = path.accessors.erase(begin + static_cast<long>(i),
					       begin + static_cast<long>(match.last) + 1);
		at = path.accessors.insert(at, call);
		if (match.start) {
			outer.steps.resize(match.start);
			outer.leaf = outer.steps.back().field;
			outer.gives_address = true;
			at = path.accessors.insert(at, outer) + 1;
		}
		if (!rest.steps.empty()) {
			rest.record = type->getAsRecordDecl();
			path.accessors.insert(at + 1, rest);
		}
		found = true;
	}
	return found;
}

} // namespace b2c
