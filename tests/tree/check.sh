#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Fails when the tree breaks its own rules: what a folder may include, where C++ may stand, headers that do not compile
# alone, a top level with more than the design names, sources without a licence line.
# Usage: tests/tree/check.sh [ROOT]
set -u
cd "${1:-$(dirname "$0")/../..}" || exit 2
faults=$(mktemp)
trap 'rm -f "$faults"' EXIT
fault() { echo "$*" | tee -a "$faults"; }
sources() { find corpus indexer searcher xapian-c tests -type f \( "$@" \) | LC_ALL=C sort; }

# The top level.
for entry in *; do
    case $entry in
    corpus | indexer | searcher | xapian-c | tests | CMakeLists.txt | README.md | build*) ;;
    *) fault "top level: '$entry' does not belong here" ;;
    esac
done

# C++ stands in xapian-c/ alone.
sources -name '*.cc' -o -name '*.cpp' -o -name '*.hpp' -o -name '*.cxx' | grep -v '^xapian-c/' |
    while read -r file; do fault "$file: C++ outside xapian-c/"; done

# The licence line.
sources -name '*.[ch]' -o -name '*.cc' -o -name '*.hpp' -o -name '*.sh' -o -name CMakeLists.txt |
    while read -r file; do
        head -n 2 "$file" | grep -q 'SPDX-License-Identifier: GPL-2.0-or-later' || fault "$file: no SPDX line"
    done

# Include rules. The folder of a file is the longest that has a rule; a rule names what may be included: paths of ours
# by prefix, system headers as <prefix. A quoted include without a folder is a neighbour's and always allowed.
rules='
corpus                corpus/ <libxml/ <jansson.h> <uchardet.h> <iconv.h> <magic.h> <archive <gmime <uthash
corpus/read           corpus/ <seccomp.h> <linux/
xapian-c              xapian-c/ <xapian.h>
xapian-c/bench        <xapian.h> <jansson.h>
indexer/analysis      indexer/analysis/ corpus/status.h corpus/text.h <utf8proc.h> <libstemmer.h>
indexer/entities      indexer/entities/ indexer/analysis/analyse.h corpus/status.h corpus/text.h <xxhash.h>
indexer/entities/names indexer/entities/ corpus/status.h corpus/text.h <xxhash.h> <utf8proc.h>
indexer               indexer/ corpus/ xapian-c/xapian-c.h <xxhash.h> <uthash <libdeflate.h>
searcher              searcher/ corpus/status.h corpus/text.h indexer/analysis/analyse.h indexer/entities/ indexer/schema.h indexer/signature.h xapian-c/xapian-c.h <jansson.h>
searcher/eval         searcher/eval/ corpus/status.h corpus/text.h <jansson.h>
searcher/cli          searcher/ indexer/update.h corpus/document.h corpus/source.h indexer/entities/ indexer/schema.h corpus/status.h corpus/text.h xapian-c/xapian-c.h <jansson.h>
searcher/cgi          searcher/ indexer/schema.h corpus/status.h corpus/text.h <fcgi <seccomp.h> <linux/
'
libraries='<libxml/ <jansson.h> <uchardet.h> <iconv.h> <magic.h> <archive <gmime <uthash <xapian.h> <utf8proc.h> <libstemmer.h> <xxhash.h> <libdeflate.h> <fcgi <seccomp.h> <cmocka.h>'
rule_of() { # FILE: prints what the longest matching folder may include
    folder=$(dirname "$1")
    while [ "$folder" != . ]; do
        found=$(echo "$rules" | awk -v folder="$folder" '$1 == folder { $1 = ""; print }')
        [ -z "$found" ] || { echo "$found"; return; }
        folder=$(dirname "$folder")
    done
}
allowed() { # NAME PREFIXES…
    candidate=$1
    shift
    for word in "$@"; do
        case $candidate in "$word"*) return 0 ;; esac
    done
    return 1
}
find corpus indexer searcher xapian-c -type f \( -name '*.[ch]' -o -name '*.cc' -o -name '*.hpp' \) | LC_ALL=C sort |
    while read -r file; do
        rule=$(rule_of "$file")
        sed -n 's/^[ \t]*#[ \t]*include[ \t]*\(["<][^">]*[">]\).*/\1/p' "$file" | while read -r include; do
            case $include in
            \"*/*\") name=${include#\"} name=${name%\"} ;;
            \"*) continue ;;
            *)
                # shellcheck disable=SC2086  # a list of words
                allowed "$include" $libraries || continue
                name=$include
                ;;
            esac
            # shellcheck disable=SC2086  # a list of words
            allowed "$name" $rule || fault "$file: may not include $include"
        done
    done

# Each header compiles alone.
flags="-std=c17 -Wall -Wextra -Wpedantic -Werror -D_GNU_SOURCE -I. $(pkg-config --cflags libxml-2.0 gmime-3.0)"
sources -name '*.h' | while read -r header; do
    # shellcheck disable=SC2086  # a list of words
    printf '#include "%s"\ntypedef int not_empty;\n' "$header" | gcc $flags -fsyntax-only -x c - 2>/dev/null ||
        fault "$header: does not compile alone"
done
sources -name '*.hpp' | while read -r header; do
    printf '#include "%s"\n' "$header" | g++ -std=c++17 -I. -fsyntax-only -x c++ - 2>/dev/null ||
        fault "$header: does not compile alone"
done

if [ -s "$faults" ]; then
    echo "$(wc -l <"$faults") faults in the tree"
    exit 1
fi
echo "the tree keeps its rules"
