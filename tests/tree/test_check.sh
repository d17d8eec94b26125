#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The tree test itself: each rule, broken on purpose in a copy, is found, and nothing else is.
# Usage: tests/tree/test_check.sh ROOT
set -eu
root=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/tree"
(cd "$root" && tar cf - --exclude='./build*' --exclude=./.git --exclude=./corpus/samples .) | tar xf - -C "$work/tree"
check="$work/tree/tests/tree/check.sh"
licence='/* SPDX-License-Identifier: GPL-2.0-or-later */'

# All the faults in one tree: each file holds TEXT, and the check says WORDS of it.
break_rule() { # FILE TEXT WORDS
    mkdir -p "$(dirname "$work/tree/$1")"
    printf '%b\n' "$2" >"$work/tree/$1"
    echo "$3" >>"$work/expected"
}
break_rule searcher/extra.c "$licence\n#include \"indexer/update.h\"" 'searcher/extra.c: may not include "indexer/update.h"'
break_rule searcher/eval/extra.c "$licence\n\n  #  include  \"searcher/search.h\" /* x */" 'searcher/eval/extra.c: may not include "searcher/search.h"'
break_rule corpus/extra.c "$licence\n#include <xapian.h>" 'corpus/extra.c: may not include <xapian.h>'
break_rule xapian-c/extra.cc "$licence\n#include \"corpus/text.h\"" 'xapian-c/extra.cc: may not include "corpus/text.h"'
break_rule indexer/extra.cc "$licence" 'indexer/extra.cc: C++ outside xapian-c/'
break_rule corpus/extra.h "$licence\nsize_t lonely(void);" 'corpus/extra.h: does not compile alone'
break_rule corpus/extra_line.c 'int x;' 'corpus/extra_line.c: no SPDX line'
break_rule corpus/extra_lines.c 'int x;\nint y;\nint z;' 'corpus/extra_lines.c: no SPDX line'
break_rule notes.txt 'x' "top level: 'notes.txt' does not belong here"
if "$check" "$work/tree" >"$work/out"; then
    echo "no fault was found"
    exit 1
fi
echo "$(wc -l <"$work/expected") faults in the tree" >>"$work/expected"
sort "$work/expected" >"$work/expected.sorted"
sort "$work/out" | diff -u "$work/expected.sorted" - || exit 1
echo "each broken rule was found"
