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


def check(run, kernel):
    equal(run.rows("TEXT"), [fields(number) for number in range(1, 7)], "arguments")
    equal(hits_of(run), {"0": 6, "1": 6}, "hits")
    equal(run.stderr, "", "stderr")


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


RUNS = [
    Run([], workload=WORK),
    Run(["-p", "{pid}"], workload=WORK, check=check_process),
    Run(["--other"], workload=WORK, check=check_other),
    refusal(["--twice"], check=one_line("several providers", "'b2c:twice'", "'other:twice'")),
    refusal(["-n", "work_start"], check=one_line("'/bin/workload' has no USDT probe 'work_start'",
                                                 "'b2c:work__start'")),
    refusal(["-n", "zzz"], check=one_line("no USDT probe 'zzz'", "it has 'b2c:work__start'")),
    refusal(["-b", "/bin/busybox"], check=one_line("no USDT probe 'b2c:work__start' and no other")),
    refusal(["-b", "/etc/none"], check=one_line("cannot read '/etc/none'")),
    refusal(["-p", "999999"], check=one_line("999999")),
]
