# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What a loop over a map's entries leaves behind: nothing, or sums over all of them."""

from .script import assigned


def is_idle(machine, node, before):
    """Whether a loop has changed nothing but names of its own."""
    own = assigned([node])
    return all(names.get(name) is old.get(name)
               for names, old in zip(machine.snapshot(), before)
               for name in {*names, *old} - own)
