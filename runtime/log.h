// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What libbpf and the kernel said of a load, for messages. Part of run.h. */
#ifndef B2C_LOG_H
#define B2C_LOG_H

#include <stdbool.h>

void b2c_log_start(bool verbose);
const char *b2c_log_failed_program(void); /* "": none */
const char *b2c_log_failed_map(void);
const char *b2c_log_failed_pin(void); /* where another kind of map is pinned; "": nowhere */
const char *b2c_log_last_warning(void);
const char *b2c_log_relocation(void); /* what the kernel lacks: "struct x.y" */
const char *b2c_log_helper(void);     /* the same, of helpers: "bpf_loop" */
const char *b2c_log_reason(void);     /* the verifier's, where there is advice; else "" */
const char *b2c_log_advice(void);     /* what to do about it; NULL: nothing is known */
bool b2c_log_has_verifier(void);
const char *b2c_strerror(int err); /* of -errno; knows libbpf's own numbers too */

#endif
