// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
//: each header_about
 * $line$
//: end
 */
#ifndef __$guard$_H
#define __$guard$_H

//: if has_options
#ifndef __bpf__
//: end
#include <linux/types.h>
//: if uses_bool
#include <stdbool.h>
//: end
//: if records
#include <stddef.h>
//: end
//: if has_options
#endif

//: each option_types
$text$

//: end
/* Set by $tool$.c before the programs are loaded. */
struct $tool$_options {
//: each option_members
	$text$;
//: end
};
//: if records

#ifndef __bpf__
//: end
//: end
//: each records

/* $origin$ */
$text$
//: end
//: if has_options
//: if records

#endif
//: end
//: end

#endif
