// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Signed division, which BPF has only since 6.6: of the magnitudes, with the sign
 * put right, rounding to zero as C does. A part of b2c.bpf.h.
 */
#ifndef B2C_DIVISION_BPF_H
#define B2C_DIVISION_BPF_H

static __always_inline unsigned long long b2c_magnitude(long long n)
{
	return n < 0 ? -(unsigned long long)n : (unsigned long long)n;
}

static __always_inline long long b2c_quotient(long long a, long long b)
{
	unsigned long long quotient = b2c_magnitude(a) / b2c_magnitude(b);

	return (a < 0) != (b < 0) ? -quotient : quotient;
}

static __always_inline long long b2c_remainder(long long a, long long b)
{
	unsigned long long remainder = b2c_magnitude(a) % b2c_magnitude(b);

	return a < 0 ? -remainder : remainder;
}

#define b2c_div(a, b) ((typeof((a) / (b)))b2c_quotient(a, b))
#define b2c_rem(a, b) ((typeof((a) % (b)))b2c_remainder(a, b))

#endif
