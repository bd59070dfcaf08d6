# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Configuration of lit for the FileCheck tests of the translator.

Tests run from the build folder, whose lit.site.cfg.py says where the command is. RUN lines use
%bcc2core, %not, %FileCheck and %split-file, so that no test names a version of LLVM; %build is the
build folder and %root the source tree.
"""
import os
import shutil

import lit.formats


def llvm_tool(name):
    """Path of a tool of LLVM's test utilities, with Debian's version suffix or without."""
    path = shutil.which(f"{name}-19") or shutil.which(name)
    if not path:
        lit_config.fatal(f"{name} is missing: install llvm-19-tools")
    return path


config.name = "bcc2core"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".c", ".test", ".yaml"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.b2c_build, "test", "lit")

# Messages and outputs must not depend on who runs the tests.
config.environment["LC_ALL"] = "C"
config.environment["TZ"] = "UTC"
for name in ("HOME", "ASAN_OPTIONS", "UBSAN_OPTIONS"):
    if name in os.environ:
        config.environment[name] = os.environ[name]

config.substitutions += [
    # one form for each kprobe, but in the tests of their two forms, which use %bare-bcc2core
    ("%bare-bcc2core", config.b2c_tool),
    (r"%bcc2core (build|emit|object|check)\b", config.b2c_tool + r" \1 --no-trampolines"),
    ("%bcc2core", config.b2c_tool),
    ("%FileCheck", llvm_tool("FileCheck")),
    ("%split-file", llvm_tool("split-file")),
    ("%not", llvm_tool("not")),
    ("%build", config.b2c_build),
    ("%root", config.b2c_source),
]
