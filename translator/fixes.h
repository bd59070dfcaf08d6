// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Fixes: what --fix= may improve where the translation else keeps what bcc does.
 * Each takes away rows of the semantics ledger (frontend/semantics.def).
 */
#ifndef B2C_FIXES_H
#define B2C_FIXES_H

/* id, word of --fix */
#define B2C_FIXES(X) \
	X(ATOMIC_INCREMENT, "atomic-increment") \
	X(FIRST_INSERT, "first-insert") \
	X(LOOKUP_OR_INIT, "lookup-or-init") \
	X(ATOMIC_ADD, "atomic-add")

enum b2c_fix {
#define X(id, word) B2C_FIX_##id,
	B2C_FIXES(X)
#undef X
	B2C_NR_FIXES,
};

/* A set of fixes is a mask of these. */
#define B2C_FIX_BIT(id) (1u << B2C_FIX_##id)

#endif
