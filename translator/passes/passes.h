// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* All passes of passes.def. */
#ifndef B2C_PASSES_PASSES_H
#define B2C_PASSES_PASSES_H

#include "constant.h"
#include "conversion.h"
#include "deref.h"
#include "enumerator.h"
#include "fix.h"
#include "helper_inline.h"
#include "host_value.h"
#include "include.h"
#include "index_bound.h"
#include "map_decl.h"
#include "map_method.h"
#include "packet.h"
#include "probe_read.h"
#include "program.h"
#include "record_size.h"
#include "scratch.h"
#include "signed_division.h"
#include "trace_printk.h"
#include "tracepoint_args.h"
#include "usdt.h"

#endif
