# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The filter by containers: in a tool it is `filters: [cgroupmap, mntnsmap]` of the manifest."""

from bcc.recorder import state


def filter_by_containers(args):
    """The function that programs ask; the tool's own filters stand before them."""
    state.filters_containers = [name for name in ("cgroupmap", "mntnsmap") if hasattr(args, name)]
    return "static inline int container_should_be_filtered() {\n    return 0;\n}\n"
