#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Packs Python files as a zip archive that python3 runs: archive.py OUTPUT BASE FILE...

The same files give the same bytes. Called by translator/CMakeLists.txt.
"""
import os
import sys
import zipfile


def main():
    output, base, files = sys.argv[1], sys.argv[2], sys.argv[3:]
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            with open(path, "rb") as source:
                entry = zipfile.ZipInfo(os.path.relpath(path, base))
                archive.writestr(entry, source.read(), zipfile.ZIP_DEFLATED)


main()
