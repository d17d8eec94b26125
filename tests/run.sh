#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Installs what the tests need, builds with sanitizers and runs every test. Ends with ctest's summary.
# Usage: tests/run.sh [ctest options]; FUZZ_SECONDS=600 fuzzes longer (default: 60 for each target).
set -eu
cd "$(dirname "$0")/.."
. corpus/packages.sh

# shellcheck disable=SC2086  # a list of words
install_packages $build_packages libcmocka-dev clang libclang-rt-14-dev xapian-tools zstd python3 libxml2-utils curl

# For the search page: a browser, and web servers that are not to start by being installed.
web_packages="chromium fonts-noto-core fonts-noto-cjk lighttpd nginx-light apache2 fcgiwrap spawn-fcgi"
command -v node >/dev/null && command -v npm >/dev/null || web_packages="$web_packages nodejs npm"
policy=/usr/sbin/policy-rc.d
if [ "$(id -u)" = 0 ] && [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' >$policy
    chmod 755 $policy
    trap 'rm -f $policy' EXIT
fi
# shellcheck disable=SC2086  # a list of words
install_packages $web_packages
[ "$(trap)" = "" ] || { rm -f $policy; trap - EXIT; }

jobs=$(nproc)
cmake -C .cmake/fuzz.cmake -B build-fuzz >/dev/null
cmake --build build-fuzz --parallel "$jobs" --target fuzz
cmake -C .cmake/sanitize.cmake -B build-sanitize -DFUZZ_BUILD="$PWD/build-fuzz" \
    -DFUZZ_SECONDS="${FUZZ_SECONDS:-60}" >/dev/null
cmake --build build-sanitize --parallel "$jobs"

# The npm modules of the browser tests, pinned in package.json; without the registry those tests are skipped.
mkdir -p build-sanitize/web
cmp -s tests/web/browser/package.json build-sanitize/web/package.json || {
    cp tests/web/browser/package.json build-sanitize/web/
    (cd build-sanitize/web && npm install --no-audit --no-fund --no-package-lock --ignore-scripts --loglevel=error) || {
        rm -f build-sanitize/web/package.json
        echo "npm's registry cannot be reached: the browser tests will be skipped" >&2
    }
}

export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:allocator_may_return_null=1
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
exec ctest --test-dir build-sanitize --parallel "$jobs" --output-on-failure "$@"
