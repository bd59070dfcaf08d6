// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The value of a preprocessor condition on every kernel from 5.10 on. */
#ifndef B2C_FRONTEND_CONDITION_H
#define B2C_FRONTEND_CONDITION_H

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace b2c {

enum class Answer { Never, Always, ByVersion, Unknown };

/// What `defined(word)` is; nothing when it is not known before the program is parsed.
using IsDefined = std::function<std::optional<bool>(const std::string &)>;

/// A condition as the directive has it, such as `LINUX_VERSION_CODE < KERNEL_VERSION(5, 14, 0)`,
/// on all kernels or on those of the `version`.
Answer answerOf(const std::string &condition, std::optional<long long> version,
		const IsDefined &is_defined);

/// The number that `text` is, such as `KERNEL_VERSION(5, 14, 0)` or `331264`; nothing for another.
std::optional<long long> versionOf(const std::string &text);

} // namespace b2c

#endif
