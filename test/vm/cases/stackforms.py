# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Stacks in every form, the largest alone; what is missing is counted by its reason. Names of JITs and packed symbols."""

import re

from case import Run, contains, equal

TOOL = "stackforms"
WORK = [["workload", "-c", "often", "sleep", "7", "20"], ["workload", "-c", "seldom", "sleep", "5", "20"],
        ["workload", "-c", "once", "sleep", "1", "20"]]


def check_folded(run, kernel):
    equal([(line.split(";")[0], line.split()[-1]) for line in run.lines()[1:]],
          [("seldom", "5"), ("often", "7")], "the two largest, smallest first")
    for line in run.lines()[1:]:
        names = line.rsplit(" ", 1)[0].split(";")
        equal(names[-1], "hrtimer_nanosleep", "innermost")
        equal("run_sleep" in names, True, f"its function in {line!r}")
        equal("-" in names, False, f"no delimiter in {line!r}")
    equal(run.stderr, "", "stderr")


def check_marks(run, kernel):
    for line in run.lines()[1:]:
        user, kernel_side = line.rsplit(" ", 1)[0].split(";-;")
        contains(user, ";run_sleep", "user side")
        equal(all(name.endswith("_[k]") for name in kernel_side.split(";")), True, f"marks of {kernel_side!r}")


def check_lines(run, kernel):
    blocks = run.stdout.strip().split("\n\n")[-2:]
    for block, (comm, count) in zip(blocks, (("seldom", 5), ("often", 7))):
        lines = block.split("\n")
        equal(bool(re.fullmatch(r"    hrtimer_nanosleep\+0x[0-9a-f]+ \[kernel\]", lines[0])), True, lines[0])
        at = lines.index("    --")
        equal(any(re.fullmatch(r"    run_sleep\+0x[0-9a-f]+ \[workload\]", line) for line in lines[at:]), True,
              f"run_sleep in {lines!r}")
        equal(bool(re.fullmatch(rf"    -                {comm} \(\d+\)", lines[-2])), True, lines[-2])
        equal(lines[-1], f"        {count}", "count")


def check_json(run, kernel):
    rows = [row for row in run.json() if "kernel" in row]
    equal([(row["comm"], row["count"], row["unit"]) for row in rows],
          [("seldom", 5, "calls"), ("often", 7, "calls")], "rows")
    for row in rows:
        equal(row["kernel"][0], "hrtimer_nanosleep", "innermost")
        equal("run_sleep" in row["user"], True, f"{row['user']!r}")


def check_crowd(run, kernel):
    crowd = [line for line in run.lines() if "[Missed" in line and line.split(";")[0] in ("often", "seldom", "once")]
    equal([(line.split(";")[0], line.split()[-1]) for line in crowd],
          [("often", "7"), ("seldom", "5"), ("once", "1")], "largest first")
    equal(bool(re.search(r"stacks are missing: others have their places in map 'tiny', which is too small\n",
                         run.stderr)), True, f"stderr {run.stderr!r}")


def check_named(run, kernel, want):
    """Names of code, innermost last, of processes that have ended."""
    rows = [(line.split(";")[0], line.split()[-1]) for line in run.lines()[1:]]
    equal(rows, [(comm, str(count)) for comm, count, _ in want], "processes, smallest first")
    for line, (_, _, names) in zip(run.lines()[1:], want):
        contains(line, f";{names};", "user side")
    equal(run.stderr, "", "stderr")


def check_jit(run, kernel):
    check_named(run, kernel, [("jitted", 4, "jit;foo::example_function"), ("inner", 6, "jit;inner::jitted(int)")])


def check_packed(run, kernel):
    check_named(run, kernel, [("packed", 5, "main;run_sleep"), ("often", 7, "main;run_sleep")])


JIT = [["workload", "-c", "jitted", "jit", "4", "_RNvCskwGfYPst2Cb_3foo16example_function"],
       ["workload", "-c", "inner", "inner-jit", "6", "_ZN5inner6jittedEi", TOOL]]
PACKED = [WORK[0], ["/bin/packed", "-c", "packed", "sleep", "5", "20"]]

RUNS = [
    Run(["-f"], workload=WORK, check=check_folded),
    Run(["-fda"], workload=WORK, check=check_marks),
    Run(["-dsm"], workload=WORK, check=check_lines),
    Run(["--json"], workload=WORK, check=check_json),
    Run(["-f", "--crowd"], workload=WORK, check=check_crowd),
    Run(["-fd"], workload=JIT, check=check_jit),
    Run(["-fd"], workload=PACKED, check=check_packed),
]
