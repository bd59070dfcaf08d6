# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What the verifier refuses ends in one line with its reason and what to do about it, on every kernel."""

from case import contains, equal, refusal

ADVICE = [
    ("unchecked", "compare what a lookup gives with NULL before using it"),
    ("unbounded_index", "limit the index just before its use, with a comparison or a mask"),
    ("unbounded_size", "limit the index or size just before its use: make it unsigned, or mask it"),
    ("endless", "give the loop a bound that is a constant"),
    ("complex", "it has too many ways to check: fewer branches in loops, or fewer turns"),
    ("unreleased", "submit or discard what ringbuf_reserve gave, and release sockets, on every way out"),
    ("wrong_type", "give the helper a pointer of the kind that it takes"),
]


def says(program, advice):
    def check(run, kernel):
        equal(len(run.stderr.splitlines()), 1, f"lines of stderr {run.stderr!r}")
        contains(run.stderr, f"the kernel refuses program '{program}': ", "stderr")
        contains(run.stderr, f"; {advice} (-v shows the verifier's log)", "stderr")
    return check


RUNS = [
    *(refusal(["--what", str(number)], tool="refused", check=says(*row)) for number, row in enumerate(ADVICE, 1)),
    refusal(tool="proprietary", check=says("syscall__getppid", "the helper is for programs under the GPL: "
                                                               "declare BPF_LICENSE(GPL)")),
]
