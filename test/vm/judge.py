# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Decides from what a guest left behind whether each case passed, and says why not.

Called by run.py after a boot. A run must first be sound (ready, workloads done, ended as told, the
wanted status) before its check is asked; a run without a result fails.
"""

import dataclasses
import traceback

import case as case_api

OUTPUT_LIMIT = 4000


@dataclasses.dataclass
class Verdict:
    """What is said about one case on one kernel."""
    word: str                       # PASS, FAIL or SKIP
    kernel: str
    case: str
    reason: str = ""
    output: str = ""                # of the runs that failed, for the reader

    def line(self):
        reason = f": {self.reason}" if self.reason else ""
        return f"{self.word} {self.kernel} {self.case}{reason}"


# One run.


def status_text(status):
    return f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"


def parse_status(text):
    """The guest's `status` file: its facts, and a Work for every workload."""
    facts, works = {}, []
    for line in text.splitlines():
        key, _, value = line.partition(" ")
        if key == "work":
            pid, status, killed, ms, faults = map(int, value.split())
            works.append(case_api.Work(pid, status, bool(killed), ms, faults))
        else:
            facts[key] = value if key == "ready" else int(value)
    return facts, works


def read_result(run, name, files):
    """The Result of one run, or None if the guest wrote none."""
    if f"{name}/status" not in files:
        return None
    facts, works = parse_status(files[f"{name}/status"])
    return case_api.Result(run.name, run.args, files[f"{name}/stdout"], files[f"{name}/stderr"],
                           files[f"{name}/work"], facts["status"], facts["pid"], works,
                           facts["ready_ms"], facts["lasted_ms"], facts["maxrss_kb"], facts)


def ready_fault(run, result):
    """What went wrong before the tool was ready, or None."""
    return {
        "timeout": f"not ready within {run.ready_timeout:g} s",
        "closed": f"closed its ready descriptor without a word, and {status_text(result.status)}",
        "garbled": "wrote something other than a newline to its ready descriptor",
    }.get(result.facts["ready"])


def work_fault(run, result):
    """What went wrong with the workloads, or None."""
    for words, work in zip(run.workloads(), result.works):
        if work.killed:
            return f"workload '{' '.join(words)}' ran longer than {run.limit:g} s"
        if work.status:
            return f"workload '{' '.join(words)}' {status_text(work.status)}"
    if len(result.works) != len(run.workloads()):
        return f"only {len(result.works)} of {len(run.workloads())} workloads ran"
    return None


def end_fault(run, result):
    """What went wrong with the end of the tool, or None."""
    if result.facts["killed"]:
        return f"did not end within {run.limit:g} s{f' of SIG{run.signal}' if run.signal else ''}"
    if result.facts["early"]:
        return f"did not wait for SIG{run.signal}, and {status_text(result.status)}"
    if run.status is not None and result.status != run.status:
        return f"{status_text(result.status)}, want {run.status}"
    return None


def judge_run(run, result, kernel):
    """Why this run fails, or None."""
    fault = ready_fault(run, result) or work_fault(run, result) or end_fault(run, result)
    if fault:
        return fault
    try:
        run.check(result, kernel)
    except AssertionError as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        return str(error) or f"assertion failed at line {at.lineno}: {at.line}"
    except Exception as error:              # a check that breaks has not passed
        return f"the check itself failed: {type(error).__name__}: {error}"
    return None


# What the reader sees of it.


def show(text, limit=OUTPUT_LIMIT):
    """Indented, and shortened in the middle."""
    if len(text) > limit:
        left_out = len(text) - limit
        text = f"{text[:limit // 2]}\n[... {left_out} characters ...]\n{text[-limit // 2:]}"
    return "".join(f"    {line}\n" for line in text.splitlines())


def run_output(run, result):
    """What a run printed, for the reader."""
    facts = " ".join(f"{key}={value}" for key, value in result.facts.items())
    parts = [f"  run {run.name}: {run.tool} {' '.join(run.args)}\n    ({facts})\n"]
    for label in ("stdout", "stderr", "work_output"):
        text = getattr(result, label)
        if text:
            parts.append(f"  {label}:\n{show(text)}")
    return "".join(parts)


# One case on one kernel.


def lost_reason(done):
    """Why a run has no result."""
    if done.qemu_error:
        return f"no result: QEMU: {done.qemu_error}"
    if done.timed_out:
        return f"no result: the guest was stopped after {done.seconds:.0f} s"
    signs = ("Kernel panic", "b2c-guest: fatal")
    last_words = [line for line in done.console.splitlines() if any(sign in line for sign in signs)]
    said = f": {last_words[0].strip()}" if last_words else ""
    return f"no result: the guest died after {done.seconds:.0f} s{said}"


def judge_case(case, jobs, done, kernel, verbose):
    """The Verdict of one case on one kernel; `jobs` are its (name, Run), `done` the Boot."""
    faults, outputs = [], []
    for name, run in jobs:
        result = read_result(run, name, done.files)
        fault = judge_run(run, result, kernel) if result else lost_reason(done)
        if fault:
            faults.append(f"run {run.name}: {fault}" if len(jobs) > 1 else fault)
        if fault or verbose:
            outputs.append(run_output(run, result) if result else show(done.console[-2000:]))
    verdict = Verdict("FAIL" if faults else "PASS", kernel.name, case.name, "; ".join(faults),
                      "".join(outputs))
    return invert(verdict, case.expect_fail) if case.expect_fail else verdict


def invert(verdict, expected):
    """Self-test: the failure is what must be seen, for the reason that was planted."""
    if verdict.word == "FAIL" and expected in verdict.reason:
        reason = f"failed as it must: {verdict.reason}"
        return dataclasses.replace(verdict, word="PASS", reason=reason, output="")
    reason = f"must fail with {expected!r}, but: {verdict.reason or 'it passed'}"
    return dataclasses.replace(verdict, word="FAIL", reason=reason)
