# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""USDT probes: all places of one name, arguments of every width and sign, by program and by process."""

from case import Run, contains, equal, refusal

TOOL = "usdtwords"
WORK = ["workload", "usdt", "6"]


def hits_of(run):
    return {row["SLOT"]: int(row["HITS"]) for row in run.rows("SLOT") if int(row["HITS"])}


def fields(number):
    return {"TEXT": "marker", "NEG": str(-number), "NEG64": str(-number), "BYTE": "200",
            "NARROW": "200", "SMALL": "-5", "BITS": str((1 << 32) - 5),
            "LARGE": hex(0xfedcba9876543210 + number), "CONST": "-9", "ABSENT": "1"}


def check_rows(run):
    rows = [row for row in run.rows("TEXT") if row["TEXT"] == "marker"]
    equal(rows, [fields(number) for number in range(1, 7)], "arguments")
    equal(run.stderr, "", "stderr")


def check(run, kernel):
    check_rows(run)
    equal(hits_of(run), {"0": 6, "1": 6}, "hits")


def check_process(run, kernel):
    equal(hits_of(run), {"0": 6, "1": 6, "2": 6}, "hits")


def check_other(run, kernel):
    equal(hits_of(run), {"0": 6, "1": 6, "3": 1}, "hits")


def one_line(*words):
    def check_line(run, kernel):
        equal(len(run.stderr.splitlines()), 1, "lines of stderr")
        for word in words:
            contains(run.stderr, word, "stderr")
    return check_line


def check_alone(run, kernel):
    check_rows(run)
    equal(hits_of(run), {"1": 6}, "hits")


def many(kernel):
    return kernel != "5.10-x86_64"      # has no cookies: one program a place


def refused(args, *words):
    return refusal(["--alone", *args], check=one_line(*words))


RUNS = [
    Run(["--alone"], workload=WORK, check=check_alone),
    Run([], workload=WORK, on=many),
    Run(["-p", "{pid}"], workload=WORK, check=check_process, on=many),
    Run(["--other"], workload=WORK, check=check_other, on=many),
    refusal([], check=one_line("one place can have one program"), on=lambda name: not many(name)),
    refused(["--twice"], "several providers", "'b2c:twice'", "'other:twice'"),
    refused(["-n", "work_start"], "'/bin/workload' has no USDT probe 'work_start'",
            "'b2c:work__start'"),
    refused(["-n", "zzz"], "no USDT probe 'zzz'", "it has '", "'b2c:work__start'"),
    refused(["-b", "/bin/busybox"], "no USDT probe 'work__start' and no other"),
    refused(["-b", "/etc/none"], "cannot read '/etc/none'"),
    refused(["-p", "999999"], "no such process"),
]
