//: if spdx
$spdx$
//: end
//: if file_comment
$file_comment$
//: end
/*
//: each bpf_about
 * $line$
//: end
 */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
//: if uses_endian
#include <bpf/bpf_endian.h>
//: end
//: if uses_usdt
#include <b2c/usdt.bpf.h>
//: end
//: if uses_helpers
#include <b2c/b2c.bpf.h>
//: end
//: if uses_packet
#include <b2c/packet.bpf.h>
//: end
//: if has_values

#include "$tool$.h"
//: end
//: if has_options

const volatile struct $tool$_options opt = {};
//: end
//: if has_facts

const volatile struct $tool$_host host = {};
//: end

//: if first_comment
$first_comment$
//: end
$bpf_source$
//: if license

char LICENSE[] SEC("license") = $license$;
//: end
