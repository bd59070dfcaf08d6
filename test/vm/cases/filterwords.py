# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Filters by what the current process is: each alone, with a value that lets two, one or no process
through, on kernels where the helpers of those that are not given may be missing."""

from case import Run, contains, equal, refusal

TOOL = "filterwords"
N, M = 11, 30
CALLS = 17
WORK = [["workload", "-c", "opener", "getppid", str(N)], ["workload", "getppid", str(M)]]


def let_through(calls, ends, *args):
    """The tool with `args`: so many calls, and so many ends of threads, None if others end too."""
    def check(run, kernel):
        results = run.counts("RESULT")
        equal((results.get("0", 0), results["1"]), (calls, N + M), "calls")
        if ends is not None:
            equal(results.get("2", 0), ends, "ends")
        equal(run.stderr, "", "stderr")
    return Run(list(args), workload=WORK, check=check)


def check_none(run, kernel):
    equal(run.stderr, "", "stderr")


def check_missing(run, kernel):
    equal(run.stderr, "filterwords: option '--cgroupmap': cannot use the map at '/sys/fs/bpf/nothing': "
          "No such file or directory\n", "stderr")


def check_other(run, kernel):
    contains(run.stderr, "cannot use the map at '/sys/fs/bpf/filterothers': it is no hash with keys of 8 bytes",
             "stderr")


def check_path(run, kernel):
    contains(run.stderr, "option '--cgroup': '/tmp': it is no folder of a cgroup2 file system", "stderr")


def check_exec(run, kernel):
    """The command from its exec on to its end, and no other process."""
    equal(run.counts("RESULT"), {"0": CALLS, "1": CALLS, "2": 1, "3": 1}, "results")
    equal(run.stderr, "", "stderr")


def check_status(run, kernel):
    equal(run.stderr, "filterwords: '/bin/busybox' ended with status 1\n", "stderr")


def check_nothing(run, kernel):
    equal(run.stderr, "filterwords: cannot run '/bin/nothing': No such file or directory\n", "stderr")


def check_both(run, kernel):
    contains(run.stderr, "option '--exec' chooses the process itself", "stderr")


def check_empty(run, kernel):
    contains(run.stderr, "option '--exec' needs a command after it", "stderr")


def check_ended(run, kernel):
    """A signal ends the tool and with it the command, which had hours to go."""
    equal(run.stderr, "", "stderr")


def check_sudo(run, kernel):
    contains(run.stderr, "option '--sudo-user': the tool was not called by sudo", "stderr")


RUNS = [
    let_through(N + M, None),
    let_through(N, 1, "--pid", "{pid}"),
    let_through(N, 1, "--tid", "{pid}"),
    let_through(0, 0, "-p", "999999"),
    let_through(N, 1, "--comm", "opener"),
    let_through(M, 1, "--comm", "workload"),
    let_through(0, 0, "--comm", "work"),
    let_through(N + M, None, "--uid", "0"),
    let_through(0, 0, "--uid", "65534"),
    let_through(N + M, None, "--cgroup", "/sys/fs/cgroup"),
    let_through(N + M, None, "--cgroup", "1"),
    let_through(0, 0, "--cgroup", "77"),
    let_through(N + M, None, "--mntns", "/proc/self/ns/mnt"),
    let_through(0, 0, "--mntns", "4026530000"),
    Run(["--id", "1"], tool="filterpins", workload=["workload", "getppid", "1"], check=check_none),
    let_through(N + M, None, "--cgroupmap", "/sys/fs/bpf/filtercgroups"),
    let_through(N + M, None, "--mntnsmap", "/sys/fs/bpf/filtermounts"),
    let_through(0, 0, "--cgroupmap", "/sys/fs/bpf/filtermounts"),
    let_through(0, 0, "--mntnsmap", "/sys/fs/bpf/filtercgroups"),
    let_through(N, 1, "--pid", "{pid}", "--uid", "0", "--cgroup", "/sys/fs/cgroup", "--comm", "opener",
                "--mntnsmap", "/sys/fs/bpf/filtermounts"),
    refusal(["--cgroupmap", "/sys/fs/bpf/nothing"], check=check_missing),
    refusal(["--cgroupmap", "/sys/fs/bpf/filterothers"], check=check_other),
    refusal(["--cgroup", "/tmp"], check=check_path),
    Run(["--exec", "/bin/workload", "getppid", str(CALLS)], workload=[], signal=None, check=check_exec),
    Run(["--exec", "/bin/busybox", "false"], workload=[], signal=None, status=1, check=check_status),
    Run(["--exec", "/bin/workload", "sleep", "1", "3600000"], workload=["workload", "getppid", "1"],
        check=check_ended),
    refusal(["--exec", "/bin/nothing"], check=check_nothing),
    refusal(["--pid", "1", "--exec", "/bin/true"], check=check_both),
    refusal(["--exec"], check=check_empty),
    refusal(["--sudo-user", "--exec", "/bin/true"], check=check_sudo),
]
