# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Bits reached by bytes beside a member are those that 5.10 has there, also where kernels moved them:
each socket's options are read by their names, as a byte, as two and by a helper. And with the types in the
tool (data/builds.def) as with the host's BTF: it says which, and does without the latter."""

import pathlib
import re

import image
from case import Run, contains, equal, refusal

TOOL = "besidewords"
# is_icsk, mc_loop and mc_all are set in every TCP socket, net_refcnt in every one of a process.
INET, SOCKET = 0x52, 0x40
FREEBIND, TRANSPARENT, REUSE, REUSEPORT, NO_PORT = (1 << bit for bit in range(5))
LISTENERS = {0: 3, FREEBIND: 2, TRANSPARENT: 4, REUSE: 1, REUSEPORT: 5, NO_PORT: 6, 31: 7}

WORK = [["workload", "listen", str(count), str(options)] for options, count in LISTENERS.items()]
DATA = pathlib.Path(__file__).resolve().parents[3] / "data/builds.def"
BUILDS = dict(re.findall(r'^BUILD\(\w+, "([^"]+)", "[^"]*Debian (\S+) ',
                         DATA.read_text(encoding="utf-8"), re.MULTILINE))


def row(options, count):
    inet = INET | 4 * bool(options & FREEBIND) | 32 * bool(options & TRANSPARENT)
    no_port = int(bool(options & NO_PORT))
    socket = SOCKET | bool(options & REUSE) | 16 * bool(options & REUSEPORT)
    return {"NAMED": str(options), "INET": hex(inet), "BOTH": hex(inet | no_port << 8),
            "SOCKET": hex(socket), "NOPORT": str(no_port), "PROTOCOL": "6", "READ": "6",
            "COUNT": str(count)}


def version(name):
    """Release and package of a kernel as it was fetched."""
    return (image.fetch_kernels.cache_dir() / "kernels" / name / "version").read_text(encoding="ascii").split()


def has_set(name):
    release, package = version(name)
    return BUILDS.get(release) == package


def check_rows(run):
    found = sorted(run.rows("NAMED"), key=lambda line: int(line["NAMED"]))
    equal(found, [row(*item) for item in sorted(LISTENERS.items())], "sockets")


def check(run, kernel):
    check_rows(run)
    equal(run.stderr, "", "stderr")


def check_types(run, kernel):
    check_rows(run)
    said = [line for line in run.stderr.splitlines() if "types: " in line]
    equal(len(said), 1, f"lines about types in {run.stderr!r}")
    if has_set(kernel.name):
        equal(re.sub(r"\d+ bytes", "N bytes", said[0]),
              f"besidewords: types: N bytes of BTF for {version(kernel.name)[0]} in the tool", "types")
    else:
        equal(said[0], "besidewords: types: the host's BTF", "types")


def check_refused(run, kernel):
    contains(run.stderr, "has no BTF", "stderr")


RUNS = [
    Run(workload=WORK),
    Run(["-v"], workload=WORK, check=check_types),
    Run(["-v"], workload=WORK, hide_btf=True, check=check_types, on=has_set),
    refusal(hide_btf=True, check=check_refused, on=lambda name: not has_set(name)),
]
