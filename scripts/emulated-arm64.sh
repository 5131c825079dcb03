#!/bin/sh
# The executable for arm64 on a host that is not arm64, for tests. Debian: qemu-user and libc6-arm64-cross.
exec qemu-aarch64 -L /usr/aarch64-linux-gnu "$(dirname "$0")/../dist/executables/handrail-linux-arm64" "$@"
