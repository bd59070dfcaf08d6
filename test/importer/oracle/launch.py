# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""launch.py --ready-fd FD SCRIPT ARG...: runs a bcc script and says when its probes are attached.

record.py starts it in the guest. A script is ready when it first waits for what its probes give:
it polls a buffer, reads the trace, or sleeps for its interval.
"""

import os
import runpy
import signal
import sys
import time

import bcc

WAITS = [(bcc.BPF, name) for name in (
    "perf_buffer_poll", "perf_buffer_consume", "ring_buffer_poll", "ring_buffer_consume",
    "kprobe_poll", "trace_open", "trace_readline", "trace_fields", "trace_print")]
WAITS += [(time, "sleep"), (signal, "pause")]


def say_ready_at(fd):
    """The first call of any of WAITS writes a newline to `fd`."""
    originals = [(owner, name, getattr(owner, name)) for owner, name in WAITS
                 if hasattr(owner, name)]

    def waiting(original):
        def wait(*args, **kwargs):
            for owner, name, function in originals:
                setattr(owner, name, function)
            if originals:
                originals.clear()
                os.write(fd, b"\n")
                os.close(fd)
            return original(*args, **kwargs)
        return wait

    for owner, name, function in list(originals):
        setattr(owner, name, waiting(function))


def main():
    option, fd, script, *args = sys.argv[1:]
    if option != "--ready-fd":
        sys.exit("launch.py: --ready-fd FD SCRIPT ARG...")
    say_ready_at(int(fd))
    sys.argv = [script, *args]
    sys.path[0] = os.path.dirname(script)
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main()
