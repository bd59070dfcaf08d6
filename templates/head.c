// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
//: each about
 * $line$
//: end
 */
#include <b2c/b2c.h>
//: if uses_stdio
#include <stdio.h>
//: end

//: if has_header
#include "$tool$.h"
//: end
//: if runs_programs
#include "$stem$.skel.h"
//: end

B2C_REQUIRE_ABI($abi$);
