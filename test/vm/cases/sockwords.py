# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""TCP connections in maps of sockets: their bytes on both sides, their sockets, their listener's lookup;
and the flow dissector, on packets that come from no socket of their protocol."""

from case import Run, between, equal

TOOL = "sockwords"
N, BYTES, PACKETS = 12, 1000, 7
# A socket for each client and one for the listener; those that it accepts are released only.
WANT = {"0": N + 1, "1": 2 * N + 1, "2": N, "3": N, "4": N, "5": N, "6": N * BYTES, "8": PACKETS,
        "9": N + 1}


def check(run, kernel):
    hits = {row["SLOT"]: int(row["HITS"]) for row in run.rows("SLOT") if int(row["HITS"])}
    received = hits.pop("7", 0)
    # On 5.10 a reader who is quick takes what no program has seen.
    between(received, 0 if kernel.version == (5, 10) else N * BYTES, N * BYTES, "bytes received")
    equal(hits, WANT, "hits")
    equal(run.stderr, "", "stderr")


RUNS = [
    Run(workload=[["workload", "connect", str(N), "7778", str(BYTES), "4"],
                  ["workload", "packets", str(PACKETS), "253"]]),
]
