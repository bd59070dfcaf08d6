#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
# Installs what a build and the tests need on Debian 12. Does nothing when all
# of it is there. Called by demo and run-tests; needs root only to install.
set -eu

build="clang-19 llvm-19-dev libclang-19-dev libpolly-19-dev lld-19 clang-format-19
	cmake ninja-build ccache pkg-config gcc g++ python3 zstd git
	libbpf-dev libelf-dev zlib1g-dev libzstd-dev libyaml-dev bpftool
	liblzma-dev libiberty-dev"
tests="llvm-19-tools libcmocka-dev libclang-rt-19-dev qemu-system-x86 qemu-system-arm qemu-system-common
	busybox-static cpio xz-utils gcc-aarch64-linux-gnu libc6-dev-arm64-cross
	python3-bpfcc bpfcc-tools libbpf-tools python3-yaml python3-jsonschema
	xfsprogs btrfs-progs"

missing=""
for package in $build $tests; do
	dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
		missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=""
[ "$(id -u)" = 0 ] || as_root=sudo
echo "installing:$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
