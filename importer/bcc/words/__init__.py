# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Modules that stand in for those of the package where it is not installed."""
