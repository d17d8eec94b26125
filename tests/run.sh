#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Installs what the tests need, builds with sanitizers and runs every test. Ends with ctest's summary.
# Usage: tests/run.sh [ctest options]; FUZZ_SECONDS=600 fuzzes longer (default: 60 for each target).
set -eu
cd "$(dirname "$0")/.."
. corpus/packages.sh

# shellcheck disable=SC2086  # a list of words
install_packages $build_packages libcmocka-dev clang libclang-rt-14-dev xapian-tools zstd python3

jobs=$(nproc)
cmake -C .cmake/fuzz.cmake -B build-fuzz >/dev/null
cmake --build build-fuzz --parallel "$jobs" --target fuzz
cmake -C .cmake/sanitize.cmake -B build-sanitize -DFUZZ_BUILD="$PWD/build-fuzz" \
    -DFUZZ_SECONDS="${FUZZ_SECONDS:-60}" >/dev/null
cmake --build build-sanitize --parallel "$jobs"

export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:allocator_may_return_null=1
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
exec ctest --test-dir build-sanitize --parallel "$jobs" --output-on-failure "$@"
