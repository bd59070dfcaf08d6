# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What a tool finds out about the host is what its programs see; options with a meaning, as
rodata, as lists and as keys of maps."""

from case import Run, between, contains, equal, refusal

TOOL = "factwords"
N, OPENS = 20, 7
FACTS = {"0": N, "1": N, "2": N, "3": N, "4": N, "5": 2, "6": 4096, "7": 100}
YEAR = 365 * 24 * 3600


def check_with(run, kernel, want):
    results = run.counts("RESULT")
    between(results.pop("8"), 50 * YEAR, 150 * YEAR, "seconds since 1970")
    facts = dict(FACTS, **want)
    if "arm64" in kernel.name:
        del facts["3"]  # built without CONFIG_KALLSYMS_ALL, so /proc/kallsyms has functions alone
    equal(results, facts, "results")
    equal(run.stderr, "", "stderr")


def check(run, kernel):
    check_with(run, kernel, {"9": N * 2 * (80 + 443), "11": 15, "12": 1, "13": 1500})


def check_given(run, kernel):
    """Each option is given; a file by its inode and file system, whoever opens it."""
    check_with(run, kernel, {"9": N * 2 * (22 + 53), "10": N, "11": 9, "12": 2, "13": 20, "14": OPENS})


def check_full(run, kernel):
    equal(run.stderr, "factwords: cannot put an element into map 'ports': it is full\n", "stderr")


def check_file(run, kernel):
    contains(run.stderr, "option '--file': '/nowhere': No such file or directory", "stderr")


WORK = ["workload", "getppid", str(N)]
RUNS = [
    Run(["-p", "{pid}"], workload=WORK),
    Run(["-p", "{pid}", "--ports", "22", "--ports=53", "--nets", "192.168.0.0/16,10.0.0.0/8", "--kill",
         "SIGKILL", "--mode", "slow", "--wait", "20ms", "--file", "/bin/true"],
        workload=[WORK, ["workload", "open", "/bin/true", str(OPENS)]], check=check_given),
    refusal(["--ports", "1,2,3,4"], check=check_full),
    refusal(["--file", "/nowhere"], check=check_file),
]
