// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Finds sums of a member's address and a constant. */
#include "field_arithmetic.h"

#include "llvm/Support/Casting.h"

#include "../frontend/provenance.h"
#include "../kernel_layout.h"
#include "moved_function.h"
#include "unused_name.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;

using Sum = FieldArithmetic::Sum;

namespace {

int64_t unitOf(const ASTContext &ast, const Expr *pointer) {
	QualType type = pointer->getType();

	if (!type->isPointerType() || type->getPointeeType()->isVoidType())
		return 1;
	return type->getPointeeType()->isIncompleteType()
		       ? 1
		       : ast.getTypeSizeInChars(type->getPointeeType()).getQuantity();
}

/// Not for container_of: that goes from a member to its own record.
bool constantOf(const ASTContext &ast, const Expr *expr, int64_t &ret_value) {
	Expr::EvalResult value;

	if (llvm::isa<OffsetOfExpr>(expr->IgnoreParenCasts()) || !expr->EvaluateAsInt(value, ast))
		return false;
	ret_value = value.Val.getInt().getExtValue();
	return true;
}

bool isSum(const ASTContext &ast, const Stmt *stmt, Sum &ret_sum) {
	const auto *binary = dyn_cast<BinaryOperator>(stmt);

	if (!binary || (binary->getOpcode() != BO_Add && binary->getOpcode() != BO_Sub))
		return false;
	const auto *address = dyn_cast<UnaryOperator>(binary->getLHS()->IgnoreParenCasts());
	if (!address || address->getOpcode() != UO_AddrOf ||
	    !constantOf(ast, binary->getRHS(), ret_sum.offset))
		return false;
	ret_sum.member = address->getSubExpr();
	ret_sum.offset *= unitOf(ast, binary->getLHS());
	if (binary->getOpcode() == BO_Sub)
		ret_sum.offset = -ret_sum.offset;
	return true;
}

} // namespace

namespace {

std::string spellingOf(const Accessor &accessor) {
	std::string path;

	for (const Accessor::Step &step : accessor.steps)
		path += (path.empty() ? "" : ".") + step.name;
	return path;
}

/// inet_sock_rcv_tos_minus_2
std::string nameFor(Session &session, const std::string &record, const std::string &path,
		    const int64_t range[2]) {
	std::string name = record + "_" + path;

	for (char &c : name)
		c = c == '.' ? '_' : c;
	name += (range[0] < 0 ? "_minus_" : "_plus_") + std::to_string(std::abs(range[0]));
	if (range[1] > 1)
		name += "_" + std::to_string(range[1] * 8);
	return unusedName(session, name);
}

/// Not __u8 and its kin: a program's types need not have them.
const char *unsignedOf(uint64_t size) {
	return size == 1   ? "unsigned char"
	       : size == 2 ? "unsigned short"
	       : size == 4 ? "unsigned int"
			   : "unsigned long long";
}

std::string quoted(const struct b2c_beside &beside) {
	std::string names;

	for (size_t i = 0; i < beside.nr_parts; i++)
		names += std::string(i ? ", '" : "'") + beside.parts[i].path + "'";
	return names;
}

} // namespace

/// One part, shifted to where it is in the whole.
std::string FieldArithmetic::read(const std::string &record, const struct b2c_part &part,
				  const std::string &type) const {
	struct b2c_kernels *kernels = session_.request().kernels;
	struct b2c_moved_field moved = {};
	struct b2c_field field = {};
	std::string text;

	kernel_moved_field(kernels, record.c_str(), part.path, &moved);
	bool in_base =
		!kernel_field(kernels, kernels_base(kernels), record.c_str(), part.path, &field);
	if (!in_base || moved.nr_alternatives > 1)
		text = MovedFunction(session_, record, moved, session_.ast().UnsignedCharTy, false)
			       .name() +
		       "(" + record + ")";
	else
		text = (field.bits ? "BPF_CORE_READ_BITFIELD_PROBED(" : "BPF_CORE_READ(") + record +
		       ", " + part.path + ")";
	if (part.from)
		text += " >> " + std::to_string(part.from);
	bool is_cut = field.size && part.bits < (field.bits ? field.bits : field.size * 8);
	if (is_cut)
		text = (part.from ? "(" + text + ")" : text) + " & " +
		       std::to_string((1ull << part.bits) - 1);
	if (!part.to)
		return is_cut || part.from ? "(" + text + ")" : text;
	return "(" + type + ")" + (is_cut || part.from ? "(" + text + ")" : text) + " << " +
	       std::to_string(part.to);
}

/// The function that puts what is read together, from its parts by name.
std::string FieldArithmetic::functionFor(const std::string &record, const std::string &path,
					 const int64_t range[2], const struct b2c_beside &beside) {
	std::string name = nameFor(session_, record, path, range);
	std::string type = unsignedOf(static_cast<uint64_t>(range[1])), text;

	if (!functions_.insert(name).second)
		return name;
	for (size_t i = 0; i < beside.nr_parts; i++)
		text += (i ? " |\n\t       " : "") + read(record, beside.parts[i], type);
	if (beside.nr_parts == 1 && text.front() == '(')
		text = text.substr(1, text.size() - 2);
	std::string head = "/* struct " + record + ": what " + beside.kernel + " has " +
			   std::to_string(std::abs(range[0])) + " bytes " +
			   (range[0] < 0 ? "before " : "after ") + path + " */\n" +
			   "static __always_inline " + type + " " + name + "(const struct " +
			   record + " *" + record + ")\n";
	session_.needText(wrapped(head) + "{\n\treturn " + text + ";\n}\n\n");
	return name;
}

std::string FieldArithmetic::literal(uint64_t size) {
	return std::string("&(") + unsignedOf(size) + "){";
}

const Expr *FieldArithmetic::memberBeside(const Expr *pointer) const {
	Sum sum;

	return isSum(session_.ast(), pointer->IgnoreParenCasts(), sum) ? sum.member : nullptr;
}

bool FieldArithmetic::apply(const Expr *pointer, uint64_t size, DerefPath &path) {
	struct b2c_kernels *kernels = session_.request().kernels;
	struct b2c_beside beside = {};
	Sum sum;

	if (!isSum(session_.ast(), pointer->IgnoreParenCasts(), sum) || !isBeside(sum, path) ||
	    (size & (size - 1)) || !size || size > 8)
		return false;
	Accessor &last = path.accessors.back();
	std::string record = last.record->getName().str(), spelling = spellingOf(last);
	const int64_t range[2] = {sum.offset, static_cast<int64_t>(size)};
	if (kernels_agree_near(kernels, record.c_str(), spelling.c_str(), sum.offset) ||
	    kernel_members_beside(kernels, record.c_str(), spelling.c_str(), range, &beside))
		return false;
	known_.insert(pointer->IgnoreParenCasts());
	if (beside.is_doubtful) {
		session_.report(B2C_DIAG_field_arithmetic, pointer->getSourceRange(),
				"%lld bytes from '%s' is taken for %s, as on %s",
				static_cast<long long>(sum.offset), spelling.c_str(),
				quoted(beside).c_str(), beside.kernel);
		help(sum, record, spelling);
	}
	last.function = functionFor(record, spelling, range, beside);
	last.gives_address = false;
	last.steps.clear();
	return true;
}

/// Whether the sum leaves its member, which is one of the kernel's.
bool FieldArithmetic::isBeside(const Sum &sum, const DerefPath &path) const {
	int64_t size = session_.ast().getTypeSizeInChars(sum.member->getType()).getQuantity();

	return !path.accessors.empty() && !path.accessors.back().hasIndex() &&
	       path.accessors.back().function.empty() &&
	       records_.isKernel(path.accessors.back().record) &&
	       (sum.offset < 0 || sum.offset >= size);
}

void FieldArithmetic::help(const Sum &sum, const std::string &record, const std::string &path) {
	struct b2c_kernels *kernels = session_.request().kernels;

	for (size_t i = 0; i < kernels_count(kernels); i++) {
		const char *there =
			kernel_members_near(kernels, i, record.c_str(), path.c_str(), sum.offset);
		if (there)
			diag_help(session_.diag(), "on %s there is %s", kernel_name(kernels, i),
				  *there ? there : "nothing");
	}
	diag_help(session_.diag(), "name the member; bit-fields are read by their names too");
}

void FieldArithmetic::check(const Stmt *stmt) {
	struct b2c_kernels *kernels = session_.request().kernels;
	auto never = [](const Expr *) { return false; };
	DerefPath found;
	Sum sum;

	if (!isSum(session_.ast(), stmt, sum) ||
	    !pathOf(sum.member, session_.ast(), never, found) || !isBeside(sum, found) ||
	    known_.count(stmt))
		return;
	std::string record = found.accessors.back().record->getName().str();
	std::string path = spellingOf(found.accessors.back());
	if (kernels_agree_near(kernels, record.c_str(), path.c_str(), sum.offset))
		return;
	session_.report(
		B2C_DIAG_field_arithmetic, stmt->getSourceRange(),
		"this is not in '%s'; what is %lld bytes from its start depends on the kernel",
		path.c_str(), static_cast<long long>(sum.offset));
	help(sum, record, path);
}

} // namespace b2c
