# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""In place of the binding of libbcc: modules of the scripts' package may import it, not call it."""


class _Library:
    @staticmethod
    def bcc_procutils_language(_pid):
        """Which interpreter a process is."""
        return b"java"

    @staticmethod
    def bpf_table_fd(_module, _name):
        """The descriptor of a map."""
        return -1

    def __getattr__(self, name):
        raise NotImplementedError(f"libbcc.{name} needs the real library")


lib = _Library()
