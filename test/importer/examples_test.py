#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""bcc's own examples of tracing, as most scripts of people begin: what the importer leaves of each."""

import sys
import unittest

from scripts import KERNELS, ROOT

import explore
import settle

sys.path.insert(0, str(ROOT / "scripts"))
import fetch_bcc  # noqa: E402

FOLDER = fetch_bcc.tree("0.31") / "usr/share/doc/bpfcc-tools/examples"
ARGS = {"mallocstacks": ["181"], "mysqld_query": ["181"], "nodejs_http_server": ["181"], "strlen_snoop": ["181"],
        "stacksnoop": ["vfs_open"]}
# How the lines begin on what is missing of a script; of all others nothing is.
MISSING = {
    "biolatpcts": ["a loop over 'reversed(range(len(req_pcts)))'", "no output was found", "a loop over 'range(100)'"],
    "stack_buildid_example": ["what the script prints: every map and buffer is printed as it is"],
    "undump": ["another line for each record of 'unix_recv_events'", "a loop over 'range(0, event.recv_len)'",
               "--hexdump: nothing that was found depends on it"],
}
REFUSED = {"lbr": "it ends without a BPF program", "strlen_hist_ifunc": "cannot import name 'bcc_symbol'"}
# Those that show lines of bpf_trace_printk in a form of their own.
TRACES = {"disksnoop", "hello_fields", "kvm_hypercall", "mysqld_query", "nodejs_http_server", "strlen_snoop",
          "sync_timing", "tcpv4connect", "trace_fields", "urandomread", "urandomread-explicit"}


class Examples(unittest.TestCase):
    """Each of them."""

    def imported(self, path):
        """The tool of a script, or None where it is refused as it should be."""
        try:
            made = settle.convert(lambda _: "", explore.Explorer(path, ARGS.get(path.stem, ()), KERNELS))
        except explore.ImportFailure as failure:
            self.assertIn(REFUSED.get(path.stem, "nothing"), str(failure))
            return None
        self.assertNotIn(path.stem, REFUSED)
        return made

    def test_what_is_left(self):
        paths = [FOLDER / "hello_world.py", *sorted(FOLDER.glob("tracing/*.py"))]
        self.assertGreater(len(paths), 25)
        for path in paths:
            with self.subTest(path.stem):
                made = self.imported(path)
                if not made:
                    continue
                said, known = [line.partition(": ")[2] for line in made.missing], MISSING.get(path.stem, [])
                self.assertEqual([line[:len(one)] for line, one in zip(said, known)], known)
                self.assertEqual(len(said), len(known), said)
                rows = [one for one in made.manifest.get("outputs", []) if "trace" in one and "columns" in one]
                self.assertEqual(bool(rows), path.stem in TRACES)


if __name__ == "__main__":
    unittest.main()
