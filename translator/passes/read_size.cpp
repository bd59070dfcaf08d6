// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Asks the kernels for the sizes of members. */
#include "read_size.h"

#include "llvm/Support/Casting.h"

#include "../frontend/provenance.h"
#include "../frontend/walk.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;

/// The members of the last arrow, as kernel_field wants them; "" for an element.
static std::string spellingOf(const Accessor &accessor) {
	std::string spelling;

	for (const Accessor::Step &step : accessor.steps) {
		if (step.index)
			return "";
		spelling += (spelling.empty() ? "" : ".") + step.name;
	}
	return spelling;
}

static bool findOn(struct b2c_kernels *kernels, size_t i, const std::string &record,
		   const struct b2c_moved_field &moved, struct b2c_field &ret_field) {
	for (size_t k = 0; k < moved.nr_alternatives; k++)
		if (!kernel_field(kernels, i, record.c_str(), moved.alternatives[k].path,
				  &ret_field))
			return true;
	return false;
}

FieldSizes fieldSizes(Session &session, KernelRecords &records, const DerefPath &path) {
	struct b2c_kernels *kernels = session.request().kernels;
	struct b2c_moved_field moved = {};
	FieldSizes sizes;

	if (path.accessors.empty() || !records.isKernel(path.accessors.back().record))
		return sizes;
	std::string record = path.accessors.back().record->getName().str();
	std::string spelling = spellingOf(path.accessors.back());
	if (record.empty() || spelling.empty() ||
	    kernel_moved_field(kernels, record.c_str(), spelling.c_str(), &moved))
		return sizes;
	for (size_t i = 0; i < kernels_count(kernels); i++) {
		struct b2c_field field;
		if (!findOn(kernels, i, record, moved, field))
			continue;
		sizes.has_bits |= field.bits != 0;
		if (!sizes.least || field.size < sizes.least) {
			sizes.least = field.size;
			sizes.least_on = kernel_name(kernels, i);
		}
		sizes.most = std::max(sizes.most, field.size);
	}
	return sizes;
}

const Expr *destinationOf(const CallExpr *call) {
	const auto *address = dyn_cast<UnaryOperator>(call->getArg(0)->IgnoreParenCasts());

	return address && address->getOpcode() == UO_AddrOf ? address->getSubExpr() : nullptr;
}

namespace {

/// A call that reads a constant number of bytes from the address of a member.
struct FieldRead {
	const Expr *field = nullptr;
	uint64_t size = 0;
	FieldSizes sizes;
};

bool isFieldRead(Session &session, const CallExpr *call, FieldRead &ret_read) {
	std::string name = calleeName(call);
	auto never = [](const Expr *) { return false; };
	KernelRecords records(session);
	Expr::EvalResult size;
	DerefPath path;

	if ((name != "bpf_probe_read" && name != "bpf_probe_read_kernel") ||
	    call->getNumArgs() != 3)
		return false;
	const Expr *from = call->getArg(2)->IgnoreParenCasts();
	const auto *address = dyn_cast<UnaryOperator>(from);
	ret_read.field =
		address && address->getOpcode() == UO_AddrOf ? address->getSubExpr() : from;
	if (!ret_read.field->isGLValue() || ret_read.field->getType()->isRecordType() ||
	    (ret_read.field == from && !from->getType()->isArrayType()) ||
	    !call->getArg(1)->EvaluateAsInt(size, session.ast()) ||
	    !pathOf(ret_read.field, session.ast(), never, path))
		return false;
	Origin origin = session.provenance().ofMemory(ret_read.field);
	if (origin == Origin::User || origin == Origin::Bpf || origin == Origin::Context)
		return false;
	ret_read.size = size.Val.getInt().getZExtValue();
	ret_read.sizes = fieldSizes(session, records, path);
	return ret_read.sizes.most > 0;
}

} // namespace

const Expr *varyingFieldOf(Session &session, const CallExpr *call) {
	FieldRead read;

	if (!isFieldRead(session, call, read) || !read.sizes.varies() ||
	    read.size <= read.sizes.least || !read.field->getType()->isIntegerType())
		return nullptr;
	const Expr *to = destinationOf(call);
	bool fits = to && to->getType()->isIntegerType() &&
		    session.ast().getTypeSizeInChars(to->getType()).getQuantity() ==
			    static_cast<int64_t>(read.size);
	return fits ? read.field : nullptr;
}

void checkReadSize(Session &session, const CallExpr *call) {
	FieldRead read;

	if (!isFieldRead(session, call, read) || read.size <= read.sizes.least)
		return;
	session.report(B2C_DIAG_read_size, call->getArg(1)->getSourceRange(),
		       "%llu bytes are read of '%s', which has %u on %s",
		       static_cast<unsigned long long>(read.size), session.text(read.field).c_str(),
		       read.sizes.least,
		       read.sizes.varies() ? read.sizes.least_on.c_str() : "every kernel");
	diag_help(session.diag(), "what follows it is read too; use 'sizeof(%s)', or assign it",
		  session.text(read.field).c_str());
}

} // namespace b2c
