# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""A tool keeps no privilege that it does not need, works with two capabilities, and leaves nothing when it is killed."""

from case import Run, contains, equal, refusal

TOOL = "flood"
NET = "networds"
MODULES = ["sch_ingress", "cls_bpf"]
PROGRAM = "syscall__getppid"
BPF, PERFMON = 39, 38
SYSLOG, NET_ADMIN = 34, 12
NOBODY = 65534
CALLS = 5
WORK = ["workload", "getppid", str(CALLS)]


def bits(*caps):
    return f"{sum(1 << cap for cap in caps):x}"


def check(run, kernel):
    equal(run.stderr.count("room"), 0, "records without room")


def check_two(run, kernel):
    equal([row for row in run.json() if "pid" in row], [{"pid": run.works[0].pid}] * CALLS, "events")
    equal([row["value"] for row in run.json() if "key" in row], [CALLS], "calls")


def check_perf(run, kernel):
    equal(len(run.stderr.splitlines()), 1, f"lines of stderr {run.stderr!r}")
    contains(run.stderr, "this kernel leaves perf events to CAP_SYS_ADMIN: sysctl kernel.perf_event_paranoid=2",
             "stderr")


def check_limit(run, kernel):
    equal(len(run.stderr.splitlines()), 1, f"lines of stderr {run.stderr!r}")
    contains(run.stderr, "raise the limit of locked memory: ulimit -l unlimited", "stderr")


def check_nothing(run, kernel):
    equal(run.stderr, "", "stderr")


def on_oldest(kernel):
    return kernel == "5.10-x86_64"


def on_newer(kernel):
    return kernel != "5.10-x86_64"


def on_newer_x86(kernel):
    return on_newer(kernel) and not on_arm(kernel)


def on_arm(kernel):
    return kernel.endswith("arm64")


def has_tcx(kernel):
    return kernel in ("6.12-x86_64", "7.2-x86_64")


RUNS = [
    Run(["-p", "{pid}"], workload=[WORK, ["workload", "privileges", TOOL, bits(BPF, SYSLOG)]]),
    Run(tool=NET, workload=["workload", "privileges", NET, bits(BPF, SYSLOG, NET_ADMIN)], check=check_nothing),
    Run(tool=NET, workload=[["workload", "loaded", "on_egress"], ["workload", "loaded", "on_xdp"]], signal="KILL",
        status=-9, check=check_nothing, name="killed"),
    Run(["--version"], tool=NET, ready=False, signal=None, check=check_nothing, name="linked",
        workload=[["workload", "unloaded", name] for name in ("on_socket", "on_xdp", "on_cgroup", "on_sock_ops")]),
    Run(["--version"], tool=NET, ready=False, signal=None, check=check_nothing, name="tc", on=has_tcx,
        workload=[["workload", "unloaded", name] for name in ("on_egress", "on_ingress")]),
    # the memory of maps is locked memory before 5.11, and these two do not lift its limit
    refusal(["-p", "1"], uid=NOBODY, caps=[BPF, PERFMON], check=check_limit, on=on_oldest),
    refusal(["-p", "1"], uid=NOBODY, caps=[BPF, PERFMON], check=check_perf, on=on_newer),
    *(Run(["-p", "{pid}", "-n", number, "--json"], tool="twocaps", uid=NOBODY, caps=[BPF, PERFMON], check=check_two,
          on=on, workload=[WORK, ["workload", "privileges", "twocaps", bits(BPF)]])
      for number, on in (("110", on_newer_x86), ("173", on_arm))),
    Run(["-p", "{pid}"], workload=[WORK, ["workload", "loaded", PROGRAM]], signal="KILL", status=-9, check=check_nothing),
    Run(["--version"], ready=False, signal=None, workload=["workload", "unloaded", PROGRAM], check=check_nothing),
]
