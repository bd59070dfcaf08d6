# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Maps of the stand-in: empty, and deaf to what is written, since no program runs."""

import ctypes


class Leaf:
    """A value of an unknown type: zero wherever it is looked at."""
    value = 0

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Leaf()

    def __getitem__(self, key):
        return Leaf()

    def __setitem__(self, key, value):
        """Nothing is kept."""

    def __int__(self):
        return 0

    __index__ = __int__


class Table:
    """Any map. Lookups of absent keys give a zero leaf, which arrays do and hashes are spared."""
    Key = Leaf_ = staticmethod(lambda *args: ctypes.c_ulonglong(0))
    Leaf = staticmethod(lambda *args: Leaf())

    def __init__(self, name):
        self.name = name
        self.map_fd = -1
        self.callback = None            # what is called for each record of a buffer

    def __getitem__(self, key):
        return Leaf()

    def __setitem__(self, key, value):
        """Nothing is kept."""

    def __delitem__(self, key):
        """Nothing is kept."""

    def __len__(self):
        return 0

    def __iter__(self):
        return iter(())

    def open_perf_buffer(self, callback, *_args, **_kwargs):
        self.callback = callback

    open_ring_buffer = open_perf_buffer

    def get_fd(self):
        return -1

    def event(self, data):
        return Leaf()

    def _nothing(self, *_args, **_kwargs):
        return None

    def _none_of_them(self, *_args, **_kwargs):
        return []

    def _zero(self, *_args, **_kwargs):
        return 0

    def _leaf(self, *_args, **_kwargs):
        return Leaf()

    keys = values = items = itervalues = iteritems = _none_of_them
    items_lookup_batch = items_lookup_and_delete_batch = walk = _none_of_them
    clear = zero = pop = push = peek = update = clearitem = _nothing
    items_update_batch = items_delete_batch = _nothing
    open_perf_event = _nothing
    print_log2_hist = print_linear_hist = print_json_hist = _nothing
    average = _zero
    sum = max = _leaf
