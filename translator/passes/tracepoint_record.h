// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The records of one tracepoint over the kernels. Its class, which names the
 * record, changes now and then: block_rq_complete has a trace_event_raw_block_rq_complete
 * on 5.10 and a trace_event_raw_block_rq_completion later. CO-RE matches types by
 * name, so a member is read through the name that the host has.
 */
#ifndef B2C_PASSES_TRACEPOINT_RECORD_H
#define B2C_PASSES_TRACEPOINT_RECORD_H

#include <string>
#include <vector>

#include "../frontend/session.h"

namespace b2c {

class TracepointRecord {
public:
	/// The records that have `field`, which is a field of `tracepoint`.
	TracepointRecord(Session &session, const struct b2c_tracepoint &tracepoint,
			 const struct b2c_tracepoint_field &field);

	/// Whether every kernel that has the field has it in the record that the
	/// program's context is declared as.
	bool isOne() const;

	/// The member of the record behind the pointer `base`: its value, or an lvalue of it.
	std::vector<Piece> read(Piece base, const std::string &member, bool is_load);

private:
	std::string define(bool is_load);

	Session &session_;
	const struct b2c_tracepoint &tracepoint_;
	std::vector<std::string> tags_; ///< the first that the host has is the right one
};

/// Tag of the record that the program's context is declared as: the base's, else
/// the newest kernel's; "" when it is a module's.
std::string tracepointContext(Session &session, const struct b2c_tracepoint &tracepoint);

} // namespace b2c

#endif
