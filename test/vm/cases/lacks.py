# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What a kernel lacks is said in one line: a map type, a helper, a field. Newer kernels have all three."""

from case import Run, contains, equal, refusal

LACKS = {
    "lackmap": "map 'marks': this kernel lacks map type task_storage",
    "lackhelper": "program 'syscall__getppid': this kernel has no helper bpf_get_func_ip",
    "lackfield": "program 'kprobe__vfs_fsync_fentry': this kernel lacks struct file.f_iocb_flags",
}


def is_oldest(kernel):
    return kernel == "5.10-x86_64"


def says(text):
    def check(run, kernel):
        equal(len(run.stderr.splitlines()), 1, f"lines of stderr {run.stderr!r}")
        contains(run.stderr, text, "stderr")
    return check


def check_there(run, kernel):
    equal(run.stderr, "", "stderr")


RUNS = [
    *(refusal(tool=tool, check=says(text), on=is_oldest) for tool, text in LACKS.items()),
    *(Run(tool=tool, check=check_there, on=lambda kernel: not is_oldest(kernel)) for tool in LACKS),
]
