# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""A program that the verifier refuses and a probe without a function here: one line, status 1."""

from case import Run, contains, equal, refusal


def one_line(run):
    equal(len(run.stderr.splitlines()), 1, f"lines of stderr {run.stderr!r}")
    equal(run.stdout, "", "stdout")


def check_load(run, kernel):
    one_line(run)
    contains(run.stderr, "syscall__getppid", "stderr")
    contains(run.stderr, "-v", "stderr")


def check_log(run, kernel):
    contains(run.stderr, "R", "the verifier's registers")
    equal("unbounded" in run.stderr or "invalid access" in run.stderr or "min value" in run.stderr, True,
          f"the verifier's reason in {run.stderr[-1500:]!r}")


def check_probe(run, kernel):
    one_line(run)
    contains(run.stderr, "vfs_ioc_setflags_prepare", "stderr")


def check_there(run, kernel):
    equal(run.stderr, "", "stderr")


def has_function(kernel):
    return kernel == "5.10-x86_64"


RUNS = [
    refusal(tool="badload", check=check_load),
    refusal(["-v"], tool="badload", check=check_log),
    refusal(tool="noprobe", check=check_probe, on=lambda kernel: not has_function(kernel)),
    Run(tool="noprobe", check=check_there, on=has_function),
]
