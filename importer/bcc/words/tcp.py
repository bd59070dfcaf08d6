# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Names of the states and flags of TCP, as of the kernel's tcp_states.h and tcp.h."""

tcpstate = dict(enumerate(("ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2",
                           "TIME_WAIT", "CLOSE", "CLOSE_WAIT", "LAST_ACK", "LISTEN", "CLOSING",
                           "NEW_SYN_RECV"), 1))
FLAGS = ("FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR")
TCP_FIN, TCP_SYN, TCP_RST, TCP_PSH, TCP_ACK, TCP_URG, TCP_ECE, TCP_CWR = (
    1 << bit for bit in range(len(FLAGS)))


def flags2str(flags):
    return "|".join(name for bit, name in enumerate(FLAGS) if flags & 1 << bit)
