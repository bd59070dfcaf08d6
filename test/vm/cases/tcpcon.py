# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""tcpcon prints one row for each connection, IPv4 and IPv6, with addresses and port."""

from case import Run, equal

TOOL = "tcpcon"
WORK = [["workload", "-c", "four", "connect", "3", "7001", "1", "4"],
        ["workload", "-c", "six", "connect", "2", "7002", "1", "6"]]


def check(run, kernel):
    rows = run.rows("DADDR")
    found = sorted((row["COMM"], row["IP"], row["SADDR"], row["DADDR"], row["DPORT"]) for row in rows)
    equal(found, [("four", "4", "127.0.0.1", "127.0.0.1", "7001")] * 3 +
          [("six", "6", "::1", "::1", "7002")] * 2, "connections")
    equal(run.stderr, "", "stderr")


def check_plain(run, kernel):
    equal(sum("four" in line.split() for line in run.lines()), 3, "IPv4 rows")
    equal(sum("six" in line.split() for line in run.lines()), 2, "IPv6 rows")


RUNS = [
    Run(workload=WORK),
    Run(workload=WORK, tool="tcpcon_plain", check=check_plain),
]
