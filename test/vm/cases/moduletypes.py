# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""A record that only a module has is relocated by the module's BTF; without that the tool says so."""

from case import Run, contains, equal, refusal

TOOL = "moduletypes"
MODULES = ["btrfs"]


def check(run, kernel):
    rows = run.rows("SECTORSIZE")
    equal([(row["SECTORSIZE"], row["MAX_INLINE"]) for row in rows], [("4096", "2048")], "defaults")
    equal(run.stderr, "", "stderr")


def check_refused(run, kernel):
    contains(run.stderr, "this kernel lacks struct btrfs_fs_info", "stderr")
    contains(run.stderr, "(is its module loaded, with BTF?)", "stderr")


# Nothing that btrfs knows is on the disk, so what it prepared for the mount is freed.
WORK = ["sh", "-c", "busybox mount -t btrfs /dev/vda /tmp 2>/dev/null; :"]


def has_btf(kernel):
    return "5.10" not in kernel


RUNS = [
    Run(workload=WORK, check=check, on=has_btf),
    refusal(check=check_refused, on=lambda kernel: not has_btf(kernel)),
]
