# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Bits reached by bytes beside a member are those that 5.10 has there, also where kernels moved them:
each socket's options are read by their names, as a byte, as two and by a helper."""

from case import Run, equal

TOOL = "besidewords"
# is_icsk, mc_loop and mc_all are set in every TCP socket, net_refcnt in every one of a process.
INET, SOCKET = 0x52, 0x40
FREEBIND, TRANSPARENT, REUSE, REUSEPORT, NO_PORT = (1 << bit for bit in range(5))
LISTENERS = {0: 3, FREEBIND: 2, TRANSPARENT: 4, REUSE: 1, REUSEPORT: 5, NO_PORT: 6, 31: 7}


def row(options, count):
    inet = INET | 4 * bool(options & FREEBIND) | 32 * bool(options & TRANSPARENT)
    no_port = int(bool(options & NO_PORT))
    socket = SOCKET | bool(options & REUSE) | 16 * bool(options & REUSEPORT)
    return {"NAMED": str(options), "INET": hex(inet), "BOTH": hex(inet | no_port << 8),
            "SOCKET": hex(socket), "NOPORT": str(no_port), "PROTOCOL": "6", "READ": "6",
            "COUNT": str(count)}


def check(run, kernel):
    rows = sorted(run.rows("NAMED"), key=lambda found: int(found["NAMED"]))
    equal(rows, [row(*item) for item in sorted(LISTENERS.items())], "sockets")
    equal(run.stderr, "", "stderr")


RUNS = [Run(workload=[["workload", "listen", str(count), str(options)]
                      for options, count in LISTENERS.items()])]
