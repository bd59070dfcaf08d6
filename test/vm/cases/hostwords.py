# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""A tool knows the host's CPUs, pages and clock, without the file of the kernel's configuration."""

from case import Run, equal

TOOL = "hostwords"
CPUS, PAGE, UPTIME_JIFFIES, UPTIME_CLOCK = map(str, range(1, 5))


def check(run, kernel):
    facts = {row["FACT"]: int(row["VALUE"]) for row in run.rows("FACT")}
    equal(facts.get(CPUS), 2, "possible CPUs")
    equal(facts.get(PAGE), 4096, "size of a page")
    # With another HZ than the kernel's one would be a fraction or a multiple of the other.
    apart = abs(facts[UPTIME_JIFFIES] - facts[UPTIME_CLOCK])
    equal(apart < facts[UPTIME_CLOCK] / 4, True, f"clocks agree: {facts}")
    equal(run.stderr, "", "stderr")


RUNS = [Run(["-p", "{pid}"], workload=["workload", "getppid", "1"])]
