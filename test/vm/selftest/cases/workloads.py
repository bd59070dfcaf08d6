# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Self-test: what every workload does, counted in system calls of processes with its comm.
The counts are the workload's documented ones, plus what its start and its children must add."""

from case import Run, between, equal

TOOL = "standin"


def counted(call, want, *work):
    """A run that counts `call` while the workload `work` runs under a comm of its own."""
    def check(run, kernel):
        equal(run.rows("CALL"), [{"CALL": call, "COUNT": str(want)}], " ".join(work))
        equal(run.work_output, "", "the workload's output")
    return Run(["-c", "probe", call], workload=["workload", "-c", "probe", *work],
               name=f"{work[0]} {call}", check=check, settle_ms=20)


def called(symbol, low, high, *work):
    """A run that counts the calls of a function of the workload with uprobes."""
    def check(run, kernel):
        [row] = run.rows("CALL")
        equal(row["CALL"], symbol, "symbol")
        between(int(row["COUNT"]), low, high, " ".join(work))
        if work[0] == "spin":
            between(run.works[0].ms, int(work[1]), 30000, "duration of spin")
    return Run(["-u", symbol], workload=["workload", *work], name=f"{work[0]} {symbol}",
               check=check, settle_ms=20)


def check_faults(run, kernel):
    between(run.works[0].faults, 2000, 2200, "page faults")


RUNS = [
    counted("openat", 4, "open", "/tmp/marker", "4"),
    counted("openat", 3, "open-fail", "/tmp/no-such-file", "3"),
    counted("openat", 2, "open-fail", "/tmp/marker/below", "2", "20"),
    counted("newfstatat", 3, "stat", "/tmp/marker", "3"),
    counted("unlinkat", 3, "unlink", "/tmp/gone", "3"),
    counted("mkdirat", 4, "mkdir", "/tmp/made", "4"),
    counted("write", 3, "write", "/tmp/data", "3", "1000"),
    counted("read", 3, "read", "/tmp/data", "3", "1000"),
    counted("fsync", 2, "fsync", "/tmp/data", "2"),
    counted("pwrite64", 6, "io", "/dev/vda", "6", "4096"),
    counted("pread64", 6, "io", "/dev/vda", "6", "8192", "read"),
    counted("connect", 4, "connect", "2", "5000"),
    counted("accept", 3, "connect", "3", "5001", "100", "6"),
    counted("sendto", 5, "packets", "5", "253"),
    counted("write", 1, "put", "/tmp/marker", "text"),
    counted("connect", 2 * (1 + 2), "overflow", "2", "5002"),
    counted("sendto", 6, "drop", "3", "5003"),
    counted("exit_group", 1 + 4, "crowd", "4", "50"),
    counted("shmat", 3, "shm", "3", "8192"),
    counted("shmdt", 3, "shm", "3", "8192"),
    counted("exit_group", 1, "oom"),
    counted("execve", 1, "type", "2", "true", "/bin/sh"),
    counted("clock_nanosleep", 3, "sleep", "3", "2"),
    counted("write", 40, "switch", "20"),
    counted("getppid", 7, "getppid", "7"),
    counted("execve", 3, "exec", "3", "/bin/true"),
    counted("exit_group", 1 + 3, "exit", "3", "9"),
    counted("kill", 5, "kill", "5"),
    counted("exit", 2, "thread", "2"),
    counted("sched_setaffinity", 1, "java", "2"),
    called("workload_spin", 3, 3, "query", "3", "1"),
    called("workload_fixed", 5, 5, "fixed", "5"),
    called("workload_strlen", 6, 6, "strlen", "3", "10", "20"),
    called("workload_spin", 1, 1, "spin", "100"),
    called("workload_spin_leaf", 2, 10000, "spin", "100"),
    Run(workload=["workload", "fault", "2000"], name="fault", check=check_faults),
]
