#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The tree test itself: each rule, broken on purpose in a copy, is found.
# Usage: tests/tree/test_check.sh ROOT
set -eu
root=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/tree"
(cd "$root" && tar cf - --exclude='./build*' --exclude=./.git --exclude=./corpus/samples .) | tar xf - -C "$work/tree"
check="$work/tree/tests/tree/check.sh"
licence='/* SPDX-License-Identifier: GPL-2.0-or-later */'

"$check" "$work/tree" >"$work/out" || { echo "a sound copy fails:"; cat "$work/out"; exit 1; }

expect() { # FILE TEXT WORDS: with FILE holding TEXT, the check fails and says WORDS
    mkdir -p "$(dirname "$work/tree/$1")"
    printf '%b\n' "$2" >"$work/tree/$1"
    if "$check" "$work/tree" >"$work/out"; then
        echo "not found: $3"
        exit 1
    fi
    grep -qF "$3" "$work/out" || { echo "other than expected:"; cat "$work/out"; exit 1; }
    rm "$work/tree/$1"
}
expect searcher/extra.c "$licence\n#include \"indexer/update.h\"" 'searcher/extra.c: may not include "indexer/update.h"'
expect corpus/extra.c "$licence\n#include <xapian.h>" 'corpus/extra.c: may not include <xapian.h>'
expect xapian-c/extra.cc "$licence\n#include \"corpus/text.h\"" 'xapian-c/extra.cc: may not include "corpus/text.h"'
expect indexer/extra.cc "$licence" 'indexer/extra.cc: C++ outside xapian-c/'
expect corpus/extra.h "$licence\nsize_t lonely(void);" 'corpus/extra.h: does not compile alone'
expect corpus/extra.c 'int x;' 'corpus/extra.c: no SPDX line'
expect notes.txt 'x' "top level: 'notes.txt' does not belong here"
echo "each broken rule was found"
