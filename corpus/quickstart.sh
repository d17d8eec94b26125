#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Builds dossier on a fresh Debian 12, indexes the sample documents and searches them.
# Usage: corpus/quickstart.sh [QUERY]
set -eu
cd "$(dirname "$0")/.."
. corpus/packages.sh

query=${1:-cyber crime training in Bangkok}
# shellcheck disable=SC2086  # a list of words
install_packages $build_packages

[ -f build/CMakeCache.txt ] || cmake -C .cmake/release.cmake -B build >build.log.tmp 2>&1 ||
    { cat build.log.tmp >&2; exit 1; }
cmake --build build --parallel "$(nproc)" >build.log.tmp 2>&1 || { tail -n 40 build.log.tmp >&2; exit 1; }
rm -f build.log.tmp

status=0
build/dossier index -d build/samples.db --prune corpus/samples || status=$?
[ "$status" -le 1 ] || exit "$status"
echo
build/dossier search -d build/samples.db "$query"
echo
echo "Next: build/dossier index -d my.db FOLDER, then build/dossier search -d my.db WORDS (build/dossier --help)"
