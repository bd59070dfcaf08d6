// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
//: each header_about
 * $line$
//: end
 */
#ifndef __$guard$_H
#define __$guard$_H

//: if has_values
#ifndef __bpf__
//: end
#include <linux/types.h>
//: if uses_bool
#include <stdbool.h>
//: end
//: if uses_offsetof
#include <stddef.h>
//: end
//: if has_values
#endif

//: each option_types
$text$

//: end
//: if has_options
/* Set by $tool$.c before the programs are loaded. */
struct $tool$_options {
//: each option_members
	$text$;
//: end
};
//: end
//: if has_variants

#ifndef __bpf__
/* Of $tool$.c, which reads the command line. */
extern struct $tool$_options opt;

struct b2c_run;

/* Of $tool$_run.c, which is compiled for each: load the programs of a variant and print. */
//: each runs
int $run_stem$_run(struct b2c_run *run);
//: end
#endif
//: end
//: if has_facts
//: if has_options

//: end
/* What $tool$.c finds out about the host before the programs are loaded. */
struct $tool$_host {
//: each fact_members
	$text$;
//: end
};
//: end
//: if records

#ifndef __bpf__
//: end
//: end
//: each records

/* $origin$ */
$text$
//: end
//: if has_values
//: if records

#endif
//: end
//: end

#endif
