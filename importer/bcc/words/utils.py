# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Small helpers that scripts take from the package: text of the command line, printing, CPUs."""

import os
import sys


def get_online_cpus():
    return list(range(os.cpu_count()))


get_possible_cpus = get_online_cpus


def detect_language(candidates, _pid):
    return candidates[0] if candidates else None


def printb(text, file=sys.stdout, nl=1):
    """Prints bytes."""
    file.write(bytes(text).decode("utf-8", "replace") + ("\n" if nl else ""))


class ArgString:
    """An argument of the command line that is text or bytes, as it is asked for."""

    def __init__(self, arg):
        self.arg = arg

    def __bytes__(self):
        return self.arg.encode()

    def __str__(self):
        return self.arg


class StrcmpRewrite:
    """Comparisons with text in expressions of the command line: none are known here."""

    @staticmethod
    def rewrite_expr(expr, *more):
        if '"' in str(expr):
            raise NotImplementedError("comparison with text in an expression")
        functions, number = more[-2:]
        return {"expr": expr, "streq_functions": functions, "probeid": number}
