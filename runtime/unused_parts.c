// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What static libraries name but no tool ever runs, in place of the parts of libraries
 * that would come along: an eighth of a small tool. All of it is weak, so that who does
 * need such a part has the real one.
 */
#ifdef B2C_STATIC
#include <stdio.h>
#include <stdlib.h>

#define UNUSED_PART __attribute__((weak))

/* The C library's is translated and knows wide output. */
UNUSED_PART _Noreturn void __assert_fail(const char *assertion, const char *file,
					 unsigned int line, const char *function)
{
	fprintf(stderr, "%s:%u: %s: assertion '%s' failed\n", file, line, function, assertion);
	abort();
}

/* Arguments do not matter, since nothing calls them. */
#define NEVER_CALLED(name)                    \
	UNUSED_PART _Noreturn void name(void) \
	{                                     \
		abort();                      \
	}

/* Only exceptions of C++ and ended threads unwind. */
NEVER_CALLED(_Unwind_Resume)
NEVER_CALLED(__gcc_personality_v0)

/* Files are read, never compressed: libelf and zlib's own files have both in one part. */
NEVER_CALLED(deflateInit_)
NEVER_CALLED(deflateInit2_)
NEVER_CALLED(deflate)
NEVER_CALLED(deflateParams)
NEVER_CALLED(deflateReset)
NEVER_CALLED(deflateEnd)
#endif
