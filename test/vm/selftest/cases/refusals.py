# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Self-test: a tool that must refuse to work: without root, and with the kernel's BTF hidden.
A good run follows each, to show that neither state stays."""

from case import Run, contains, equal, refusal

TOOL = "standin"


def check(run, kernel):
    equal(run.stdout, "CALL COUNT\nsync 2\n", "stdout")


def check_user(run, kernel):
    contains(run.stderr, "Operation not permitted", "stderr")
    equal(run.stdout, "", "stdout")


def check_btf(run, kernel):
    contains(run.stderr, "standin: kernel BTF:", "stderr")
    equal(run.stdout, "", "stdout")


def check_usage(run, kernel):
    contains(run.stderr, "usage:", "stderr")


GOOD = Run(["--btf"], workload=["workload", "sync", "2"])
RUNS = [
    refusal(uid=65534, check=check_user),
    GOOD,
    refusal(["--btf"], hide_btf=True, check=check_btf),
    GOOD,
    refusal(["no-such-call"], status=2, check=check_usage),
]
