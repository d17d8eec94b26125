#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs one command-line test and compares what it prints with the .out file beside it, byte for byte.
# The script runs in an empty folder with dossier on its PATH, $SOURCE (the repository) and $SHARED (test collections, or
# empty when they are not there); exit 77 skips it. UPDATE=1 writes the .out file instead: read the change.
# Usage: tests/cli/run.sh DOSSIER SCRIPT
set -u
dossier=$1 script=$2
SOURCE=$(cd "$(dirname "$0")/../.." && pwd)
SHARED=$SOURCE/../shared
[ -d "$SHARED/collections" ] || SHARED=
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/home"
ln -s "$dossier" "$work/bin/dossier"
PATH=$work/bin:$PATH NO_COLOR=1 TERM=dumb LC_ALL=C.UTF-8
export SOURCE SHARED PATH NO_COLOR TERM LC_ALL
unset DOSSIER_DB DOSSIER_MODEL
(cd "$work/home" && sh "$script") >"$work/out" 2>&1
status=$?
# Now and then LeakSanitizer misses a thread that ends while it looks, and says so; what leaks it tells all the same.
sed -i '/^==[0-9]*==Unable to get registers from thread [0-9]*\.$/d' "$work/out"
[ "$status" != 77 ] || exit 77
[ "$status" = 0 ] || { cat "$work/out"; echo "$script: exit status $status"; exit 1; }
expected=${script%.sh}.out
if [ "${UPDATE:-}" = 1 ]; then
    cp "$work/out" "$expected"
    exit 0
fi
diff -u "$expected" "$work/out"
