// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Record layouts for the C side, as the BPF target lays them out. */
#include "collect.h"

#include "clang/AST/RecordLayout.h"

namespace b2c {

namespace {

class Layouts {
public:
	explicit Layouts(Session &session) : session_(session), ast_(session.ast()) {}

	const struct b2c_type *of(clang::QualType type) {
		auto *ret = static_cast<struct b2c_type *>(
			arena_alloc(session_.arena(), sizeof(struct b2c_type)));
		clang::QualType bare = type.getCanonicalType().getUnqualifiedType();

		ret->spelling =
			copy(type.getUnqualifiedType().getAsString(ast_.getPrintingPolicy()));
		ret->name = "";
		if (!bare->isIncompleteType() && !bare->isFunctionType()) {
			ret->size = ast_.getTypeSizeInChars(bare).getQuantity();
			ret->align = ast_.getTypeAlignInChars(bare).getQuantity();
		}
		if (auto *array = ast_.getAsConstantArrayType(bare))
			fillArray(array, ret);
		else if (bare->isPointerType())
			ret->kind = B2C_TYPE_POINTER;
		else if (auto *record = bare->getAsRecordDecl())
			fillRecord(record, ret);
		else
			fillInteger(bare, ret);
		return ret;
	}

private:
	const char *copy(const std::string &text) {
		return arena_strdup(session_.arena(), text.c_str());
	}

	void fillInteger(clang::QualType bare, struct b2c_type *ret) {
		ret->kind = ret->size > 8 ? B2C_TYPE_INT128 : B2C_TYPE_INT;
		ret->is_signed = bare->isSignedIntegerOrEnumerationType();
		ret->is_bool = bare->isBooleanType();
		ret->is_enum = bare->isEnumeralType();
	}

	void fillArray(const clang::ConstantArrayType *array, struct b2c_type *ret) {
		ret->nr_elements = array->getSize().getZExtValue();
		ret->element = of(array->getElementType());
		// Text is an array of char; u8 and unsigned char are numbers.
		bool is_text =
			array->getElementType()->isSpecificBuiltinType(clang::BuiltinType::Char_S);
		ret->kind = is_text ? B2C_TYPE_STRING : B2C_TYPE_ARRAY;
	}

	void fillRecord(const clang::RecordDecl *record, struct b2c_type *ret) {
		ret->kind = B2C_TYPE_RECORD;
		ret->is_union = record->isUnion();
		ret->is_kernel = session_.isKernelType(record);
		ret->name = copy(record->getName().str());
		if (const clang::TypedefNameDecl *name = record->getTypedefNameForAnonDecl()) {
			ret->name = copy(name->getName().str());
			ret->is_typedef = true;
		}
		ret->loc = session_.loc(record->getLocation());
		record = record->getDefinition();
		if (!record || ret->is_kernel)
			return;
		const clang::ASTRecordLayout &layout = ast_.getASTRecordLayout(record);
		std::vector<struct b2c_member> fields;
		for (const clang::FieldDecl *field : record->fields())
			fields.push_back(fieldOf(field, layout));
		ret->fields = arenaCopy(session_.arena(), fields);
		ret->nr_fields = fields.size();
	}

	struct b2c_member fieldOf(const clang::FieldDecl *field,
				  const clang::ASTRecordLayout &layout) {
		struct b2c_member member = {};
		uint64_t bit = layout.getFieldOffset(field->getFieldIndex());
		uint64_t unit = 8;

		member.name = copy(field->getName().str());
		member.type = of(field->getType());
		if (field->isBitField()) {
			unit = member.type->size * 8;
			member.bit_width = field->getBitWidthValue(ast_);
		}
		member.offset = bit / unit * (unit / 8);
		member.bit_offset = static_cast<unsigned>(bit % unit);
		return member;
	}

	Session &session_;
	clang::ASTContext &ast_;
};

} // namespace

const struct b2c_type *layoutOf(Session &session, clang::QualType type) {
	return type.isNull() ? nullptr : Layouts(session).of(type);
}

} // namespace b2c
