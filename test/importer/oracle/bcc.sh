#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
# bcc.sh --ready-fd FD LAUNCHER SCRIPT ARG...: runs a bcc script in the root of enter.sh.
option=$1 fd=$2 launcher=$3
shift 3
exec /bin/busybox chroot /bcc /usr/bin/python3 -u "$launcher" "$option" "$fd" "$@"
