# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""In place of the binding of libbcc: modules of the installed package may import it, not call it."""


class _Library:
    def __getattr__(self, name):
        raise NotImplementedError(f"libbcc.{name} needs the real library")


lib = _Library()
