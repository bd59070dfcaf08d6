#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
# inside.sh PROGRAM ARG...: runs a program in the root of enter.sh, whose libraries bcc's scripts probe.
exec /bin/busybox chroot /bcc "$@"
