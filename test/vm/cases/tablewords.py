# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""tablewords shows maps whose content is known for N calls of getppid(2), in every form."""

import csv
import re

from case import Run, between, contains, equal

TOOL = "tablewords"
N = 20
WORK = ["workload", "getppid", str(N)]
GET = ["busybox", "wget", "-q", "-O", "-", "http://127.0.0.1:9435/metrics"]
NUMBERS = {kind: list(range(kind, N, 4)) for kind in range(4)}


def blocks(run):
    """The blocks of CSV, each a list of dicts."""
    return [list(csv.DictReader(block.splitlines(keepends=True))) for block in run.stdout.split("\n\n")]


def check_csv(run, kernel):
    kinds, cpus, last, firsts, dist, tens, bands, summary = blocks(run)
    equal([(row["kind"], row["name"], row["calls"], float(row["mean"])) for row in kinds],
          [(str(kind), f"k{kind}", "5", 8.0 + kind) for kind in (3, 2, 1, 0)], "rows of the table")
    equal([(row["share"], row["first"]) for row in kinds],
          [("25", "0"), ("25", "1002"), ("25", "1001"), ("25", "1000")], "what is derived and joined")
    equal([int(row["last"]) for row in last], list(range(N - 8, N)), "the queue, first in first out")
    equal(sum(int(row["n"]) for row in cpus), N, "calls of all CPUs")
    equal(len({row["cpu"] for row in cpus}), len(cpus), "a row for each CPU")
    for row in cpus:
        between(int(row["n"]) / float(row["rate"]), 4.0, 30.0, "seconds counted")
    equal([row["first"] for row in firsts], ["1000", "1001", "1002"], "smallest first")
    equal({row["histogram"] for row in dist}, {"dist"}, "name")
    for kind, numbers in NUMBERS.items():
        rows = [row for row in dist if row["kind"] == str(kind)]
        equal(sum(int(row["count"]) for row in rows), len(numbers), "counts of a section")
        for row in rows:
            if row["low"] != "0":
                inside = [n for n in numbers if int(row["low"]) <= n <= int(row["high"])]
                equal(int(row["count"]), len(inside), f"count of {row['low']}")
    equal([(row["low"], row["high"], row["count"]) for row in tens], [("0", "9", "10"), ("10", "19", "10")],
          "steps of 10")
    equal([(row["low"], row["high"], row["count"]) for row in bands],
          [("0", "0", "1"), ("1", "3", "3"), ("4", "15", "12"), ("16", "", "4")], "buckets")
    equal([(float(row["all_calls"]), float(row["all_firsts"])) for row in summary], [(N, 1000 + 1001 + 1002)],
          "sums of all, of what is joined too")
    between(run.lasted_ms, 4000, 30_000, "duration in ms")
    equal(run.stderr, "", "stderr")


TABLE = """Calls by kind
  KIND NAME        CALLS      SUM     MEAN  SHARE  FIRST
     0 k0              5       40     8.00   25.0   1000
     1 k1              5       45     9.00   25.0   1001
 TOTAL                20      190
"""
BANDS = """     number              : count     distribution
         0 -> 0          : 1        |***                                     |
         1 -> 3          : 3        |**********                              |
         4 -> 15         : 12       |****************************************|
        16 -> ...        : 4        |*************                           |
     p50 <= 15, p95 >= 16 number
"""


def check_text(run, kernel):
    contains(run.stdout, TABLE, "two rows of four by name, and the sums of all")
    contains(run.stdout, BANDS, "buckets and percentiles")
    equal("0 -> 9 " in run.stdout, False, "a histogram that is off")
    equal(len(re.findall(r"^\d\d:\d\d:\d\d$", run.stdout, re.M)), 1, "one time a round")
    equal(run.stderr, "", "stderr")


def check_json(run, kernel):
    rows = run.json()
    kinds = [row for row in rows if "mean" in row]
    equal([row["name"] for row in kinds], ["k3", "k2", "k1", "k0"], "largest sum first")
    equal(all(re.fullmatch(r"\d\d:\d\d:\d\d", row["timestamp"]) for row in kinds), True, "times")
    totals = [row for row in rows if row.get("totals") == "kinds"]
    equal([(row["totals"], row["calls"], row["sum"]) for row in totals], [("kinds", N, 190)], "totals")
    bands = next(row for row in rows if row.get("histogram") == "bands")
    equal(bands["percentiles"], {"50": 15, "95": None}, "percentiles")
    equal(bands["buckets"][3], {"low": 16, "high": None, "count": 4}, "the last bucket")


def check_metrics(run, kernel):
    text = run.stdout
    for kind, numbers in NUMBERS.items():
        contains(text, f'tablewords_kinds_sum{{kind="{kind}",name="k{kind}"}} {sum(numbers)}\n', "a gauge")
        contains(text, f'tablewords_dist_bucket{{kind="{kind}",le="7"}} {sum(n < 8 for n in numbers)}\n', "a bucket")
        contains(text, f'tablewords_dist_count{{kind="{kind}"}} {len(numbers)}\n', "a count")
    contains(text, 'tablewords_bands_bucket{le="15"} 16\ntablewords_bands_bucket{le="+Inf"} 20\n', "buckets")
    equal(text.splitlines()[0], "# HELP tablewords_kinds_calls Column 'calls' of map 'kinds'.", "first line")
    equal(run.stderr, "", "stderr")


def check_served(run, kernel):
    contains(run.work_output, 'tablewords_kinds_calls{kind="2",name="k2"} 5\n', "what wget got")
    contains(run.work_output, "tablewords_tens_bucket{le=\"9\"} 10\n", "what wget got")
    equal(run.stdout, "Tracing... Hit Ctrl-C to end.\n", "stdout")
    equal(run.stderr, "", "stderr")


def check_key(run, kernel):
    contains(run.stderr, "cannot sort by 'nope': the columns are kind, name, calls, sum, mean, share, first\n", "stderr")


RUNS = [
    Run(["-p", "{pid}", "--csv", "--duration", "4"], workload=WORK, signal=None, check=check_csv, name="csv"),
    Run(["-p", "{pid}", "--by", "name", "--rows", "2", "-T"], workload=WORK, check=check_text, name="text"),
    Run(["-p", "{pid}", "--json", "-T"], workload=WORK, check=check_json, name="json"),
    Run(["-p", "{pid}", "--prometheus"], workload=WORK, check=check_metrics, name="metrics"),
    Run(["-p", "{pid}", "--prometheus=9435"], workload=[WORK, GET], check=check_served, name="served"),
    Run(["-p", "{pid}", "--by", "nope"], workload=WORK, check=check_key, name="key"),
]
