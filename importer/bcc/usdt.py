# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""USDT probes of the stand-in: every process and file has the ones that scripts ask for."""

import dataclasses

from .recorder import state, text_of

# What enumerate_probes finds: of glibc, the interpreters and MySQL.
PROBES = (("libc", "setjmp"), ("libc", "memory_sbrk_more"), ("libpthread", "pthread_create"),
          ("libpthread", "pthread_start"), ("python", "function__entry"),
          ("ruby", "method__entry"), ("mysql", "query__start"), ("mysql", "query__done"))


class USDTException(Exception):
    """As of the real package."""


@dataclasses.dataclass
class Probe:
    provider: bytes
    name: bytes
    bin_path: bytes = b"/usr/bin/mysqld"

    def short_name(self):
        return f"{text_of(self.provider)}:{text_of(self.name)}"


class USDT:
    """Probes of a process or a file; those enabled are attached by the BPF object that gets them."""

    def __init__(self, pid=None, path=None):
        self.pid = pid
        self.path = path
        self.attaches = []          # (line of the script, attach)

    def enable_probe(self, probe, fn_name):
        attach = {"kind": "usdt", "fn": text_of(fn_name), "probe": text_of(probe)}
        if self.path:
            attach["binary"] = text_of(self.path)
        if self.pid not in (None, -1):
            attach["pid"] = int(self.pid)
        self.attaches.append((state.line(), attach))

    enable_probe_or_bail = enable_probe

    def get_text(self):
        return ""

    def get_context(self):
        return 0

    def get_probe_arg_ctype(self, _probe_name, _arg_index):
        return "uint64_t"

    def enumerate_probes(self):
        return [Probe(provider.encode(), name.encode()) for provider, name in PROBES]

    def enumerate_active_probes(self):
        return []
