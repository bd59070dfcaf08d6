# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""peak.py FILE COMMAND...: runs a command and writes its CPU seconds and its peak memory in KiB to FILE.

From a process as small as this one: what wait4(2) says of a child has the memory of its parent in it,
which it shared before execve(2). Ends with the command's status, or 128 + the signal that ended it.
"""

import os
import resource
import sys

try:
    pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(127)
status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w", encoding="ascii") as file:
    file.write(f"{usage.ru_utime + usage.ru_stime} {usage.ru_maxrss}\n")
sys.exit(status if status >= 0 else 128 - status)
