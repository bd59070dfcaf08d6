# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What a case file uses: Run and refusal() say what to do, Result is what came of it.

A case is a Python file in test/vm/cases: TOOL, RUNS and check(run, kernel). README.md describes it.
Checks raise AssertionError; equal(), between() and contains() do so with both values.
"""

import dataclasses
import importlib.util
import json
import re
import typing

SIGNALS = {"INT": 2, "TERM": 15, "KILL": 9, None: 0}
GATE_FD = 3
READY_FD = 3


class CaseError(Exception):
    """A case file is not well formed."""


@dataclasses.dataclass
class Run:
    """One start of a tool. Times are in seconds unless the name says otherwise."""
    args: list = dataclasses.field(default_factory=list)  # "{pid}" is the first workload's process
    workload: list = None           # one command, or a list of commands run one after another
    signal: typing.Optional[str] = "INT"   # INT, TERM, KILL, or None: the tool ends by itself
    status: typing.Optional[int] = 0       # exit status; minus a signal's number; None: any
    ready: bool = True              # pass `--ready-fd 3` and wait for the newline there
    uid: int = 0
    caps: list = dataclasses.field(default_factory=list)   # capabilities that another user gets, by number
    hide_btf: bool = False          # /sys/kernel/btf is empty for the tool
    ready_timeout: float = 60
    limit: float = 60               # for each workload, and for the tool's end afterwards
    pid: int = 0                    # of the first workload, which then starts first; 0: any
    settle_ms: int = 200            # between the last workload's end and the signal
    tool: str = None                # default: the case's TOOL
    name: str = None                # default: its number, from 1
    on: typing.Callable = None      # on(kernel name): whether this run is for that kernel; default: all
    check: typing.Callable = None   # default: the case's check

    def workloads(self):
        if not self.workload:
            return []
        return [self.workload] if isinstance(self.workload[0], str) else self.workload

    def wants_pid(self):
        return bool(self.pid) or any("{pid}" in arg for arg in self.args)


def refusal(args=(), status=1, **fields):
    """A Run of a tool that must refuse to work: it ends at once, by itself, with `status`."""
    return Run(args=list(args), status=status, ready=False, signal=None, **fields)


@dataclasses.dataclass
class Histogram:
    """One histogram as bcc prints it; slots maps (low, high) to the count, zero rows included."""
    section: str
    unit: str
    slots: dict

    @property
    def total(self):
        return sum(self.slots.values())


@dataclasses.dataclass(frozen=True)
class Work:
    """What became of one workload."""
    pid: int
    status: int                     # exit status, or minus a signal's number
    killed: bool                    # because it ran too long
    ms: int                         # how long it ran
    faults: int                     # minor page faults


@dataclasses.dataclass
class Result:
    """What one Run left behind."""
    name: str
    args: list
    stdout: str = ""
    stderr: str = ""
    work_output: str = ""           # of the workloads; they print nothing but errors
    status: int = 0
    pid: int = 0
    works: list = dataclasses.field(default_factory=list)   # a Work for each workload
    ready_ms: int = 0               # from the start to readiness
    lasted_ms: int = 0
    maxrss_kb: int = 0
    facts: dict = dataclasses.field(default_factory=dict)   # the guest's own notes

    def lines(self):
        """The lines of stdout that are not blank."""
        return [line for line in self.stdout.splitlines() if line.strip()]

    def rows(self, header=None):
        """A table as dicts by column name: the words of the header line, or of the first line that
        contains the word `header`. The last column takes the rest of its line."""
        lines = self.lines()
        heads = [i for i, line in enumerate(lines) if header is None or header in line.split()]
        if not heads:
            raise AssertionError(f"no table with a column {header!r}" if header else "no output")
        at = heads[0]
        names = lines[at].split()
        rows = []
        for line in lines[at + 1:]:
            cells = line.rstrip().split(None, len(names) - 1)
            if cells != names:
                rows.append(dict(zip(names, cells + [""] * (len(names) - len(cells)))))
        return rows

    def counts(self, header):
        """{key: count} of the table of two columns whose first is `header`, without the zeros."""
        lines = self.lines()
        at = next(i for i, line in enumerate(lines) if line.split()[:1] == [header])
        found = {}
        for line in lines[at + 1:]:
            if not line.split()[0].isdigit():
                break
            key, count = line.split()
            if int(count):
                found[key] = int(count)
        return found

    def json(self, record=None):
        """stdout as one JSON object a line: the rows, or what the line of key `record` ("start") says."""
        if record:
            return next(one[record] for one in self.records() if list(one) == [record])
        return [row for row in self.records() if list(row) not in (["start"], ["end"])]

    def records(self):
        """stdout as one JSON object a line: also what {"start": ...} and {"end": ...} say."""
        try:
            return [json.loads(line) for line in self.lines()]
        except ValueError as error:
            raise AssertionError(f"stdout is not one JSON object a line: {error}") from None

    def histograms(self):
        """All histograms, log2 or linear, with the line above each as its section."""
        found, before = [], ""
        for line in self.lines():
            head = re.fullmatch(r"\s*(.*?)\s*: count\s+distribution\s*", line)
            slot = re.match(r"\s*(\d+)(?:\s*->\s*(\d+))?\s*:\s*(\d+)\s*\|", line)
            if head:
                found.append(Histogram(before, head.group(1), {}))
                before = ""
            elif slot and found:
                low, high, count = slot.groups()
                found[-1].slots[int(low), int(high or low)] = int(count)
            else:
                before = line.strip()
        return found


@dataclasses.dataclass(frozen=True)
class KernelInfo:
    """The kernel a result comes from, for checks that depend on it."""
    name: str                       # 6.1-x86_64
    version: tuple                  # (6, 1)
    machine: str                    # x86_64 or arm64
    release: str                    # as uname -r


@dataclasses.dataclass
class Case:
    """A loaded case file."""
    name: str
    runs: list
    modules: list                   # kernel modules to load at boot
    skip: typing.Callable           # skip(kernel name) -> reason or None
    expect_fail: str                # self-test only: the check must fail with this in its reason

    def tools(self):
        return {run.tool for run in self.runs}

    def for_kernel(self, kernel):
        """The case with the runs that are for this kernel; there must be one."""
        runs = [run for run in self.runs if run.on is None or run.on(kernel)]
        if not runs:
            raise CaseError(f"{self.name}: no run is for {kernel}; say why with skip()")
        return dataclasses.replace(self, runs=runs)


def equal(got, want, what):
    assert got == want, f"{what}: got {got!r}, want {want!r}"


def between(got, low, high, what):
    assert low <= got <= high, f"{what}: got {got!r}, want {low!r} to {high!r}"


def contains(text, part, what):
    assert part in text, f"{what}: no {part!r} in {text!r}"


def check_run(run, name):
    """Refuse a run that could not test what it says."""
    words = [*run.args, *(word for work in run.workloads() for word in work), run.tool, run.name]
    if not all(isinstance(word, str) for word in words):
        raise CaseError(f"{name}: a run without a tool, or with a word that is not a string")
    if any("\n" in word for word in words):
        raise CaseError(f"{name}: a line break in an argument")
    if run.signal not in SIGNALS:
        raise CaseError(f"{name}: signal must be one of {list(SIGNALS)}")
    if not callable(run.check):
        raise CaseError(f"{name}: run {run.name} has no check")
    if run.wants_pid() and (not run.workloads() or run.workloads()[0][0] != "workload"):
        raise CaseError(f"{name}: {{pid}}, or a pid, needs a first workload that is `workload`")


def load_case(path, selftest=False):
    """Read a case file; raises CaseError. Only the self-test's may expect a failure."""
    name = path.stem
    spec = importlib.util.spec_from_file_location(f"vm_case_{name.replace('-', '_')}", path)
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise CaseError(f"{path.name}: {type(error).__name__}: {error}") from error
    runs = getattr(module, "RUNS", [])
    if not runs:
        raise CaseError(f"{name}: no RUNS")
    if hasattr(module, "EXPECT_FAIL") and not selftest:
        raise CaseError(f"{name}: EXPECT_FAIL is for the self-test only")
    loaded = []
    for number, run in enumerate(runs, 1):
        run = dataclasses.replace(run, tool=run.tool or getattr(module, "TOOL", None),
                                  name=run.name or str(number),
                                  check=run.check or getattr(module, "check", None))
        check_run(run, name)
        loaded.append(run)
    return Case(name, loaded, getattr(module, "MODULES", []),
                getattr(module, "skip", lambda kernel: None), getattr(module, "EXPECT_FAIL", ""))
