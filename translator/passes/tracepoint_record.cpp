// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Reads members of records that kernels call by different names. */
#include "tracepoint_record.h"

#include <algorithm>

namespace b2c {

namespace {

struct Tag {
	std::string name;
	uint32_t users = 0;  ///< kernels where it is the event's record
	uint32_t exists = 0; ///< kernels that have such a record, of this event or of others
};

constexpr size_t most_columns = 100;

} // namespace

std::string tracepointContext(Session &session, const struct b2c_tracepoint &tracepoint) {
	struct b2c_kernels *kernels = session.request().kernels;
	const char *tag = tracepoint.records[kernels_base(kernels)];

	for (size_t i = kernels_count(kernels); !tag && i-- > 0;)
		tag = tracepoint.records[i];
	return tag ? tag : "";
}

TracepointRecord::TracepointRecord(Session &session, const struct b2c_tracepoint &tracepoint,
				   const struct b2c_tracepoint_field &field)
    : session_(session), tracepoint_(tracepoint) {
	struct b2c_kernels *kernels = session.request().kernels;
	std::vector<Tag> tags;

	for (size_t i = kernels_count(kernels); i-- > 0;) {
		const char *name = tracepoint.records[i];
		if (!name || !(field.kernels & (1u << i)))
			continue;
		auto same = [&](const Tag &tag) { return tag.name == name; };
		auto known = std::find_if(tags.begin(), tags.end(), same);
		if (known == tags.end())
			known = tags.insert(known, {name, 0, kernels_with_record(kernels, name)});
		known->users |= 1u << i;
	}
	// A name that other events use too tells nothing where it is not this event's.
	while (!tags.empty()) {
		auto tells = [&](const Tag &tag) {
			return std::all_of(tags.begin(), tags.end(), [&](const Tag &other) {
				return &other == &tag || !(other.users & tag.exists);
			});
		};
		auto next = std::find_if(tags.begin(), tags.end(), tells);
		next = next == tags.end() ? tags.begin() : next;
		tags_.push_back(next->name);
		tags.erase(next);
	}
}

bool TracepointRecord::isOne() const {
	return tags_.empty() ||
	       (tags_.size() == 1 && tags_[0] == tracepointContext(session_, tracepoint_));
}

/// Defines the macro that reads this event's members; returns its name.
std::string TracepointRecord::define(bool is_load) {
	std::string event = tracepoint_.event;
	std::string name = event + (is_load ? "_args" : "_args_at");
	const char *last = is_load ? "b2c_record_load" : "b2c_record_at";
	const char *either = is_load ? "b2c_record_load_or" : "b2c_record_at_or";
	std::string head = "#define " + name + "(args, member)", text;
	std::string ends;

	text = "/* " + std::string(tracepoint_.category) + ":" + event +
	       " has records of different names on different kernels. */\n" + head;
	text += std::string(most_columns - 2 - head.size() - 1, ' ') + "\\\n\t";
	for (size_t i = 0; i + 1 < tags_.size(); i++) {
		std::string line = std::string(either) + "(args, " + tags_[i] + ", member,";
		size_t used = 8 * (i + 1) + line.size();
		text += line +
			std::string(used + 3 < most_columns ? most_columns - 3 - used : 1, ' ') +
			"\\\n" + std::string(i + 2, '\t');
		ends += ")";
	}
	text += std::string(last) + "(args, " + tags_.back() + ", member)" + ends + "\n";
	session_.needHelpers();
	session_.needText(text);
	return name;
}

std::vector<Piece> TracepointRecord::read(Piece base, const std::string &member, bool is_load) {
	if (tags_.size() == 1)
		return {"((struct " + tags_[0] + " *)", base, ")->" + member};
	std::string name = define(is_load);
	std::string open = is_load ? "" : "(*", close = is_load ? ")" : "))";
	return {open + name + "(", base, ", " + member + close};
}

} // namespace b2c
