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
    xargs awk 'FNR == 1 { found = 0 } FNR <= 2 && /SPDX-License-Identifier: GPL-2.0-or-later/ { found = 1 }
        FNR == 2 && !found { print FILENAME ": no SPDX line" }
        FNR == 1 { lines[FILENAME] = 1 } FNR == 2 { lines[FILENAME] = 2 } { licensed[FILENAME] = found }
        END { for (file in lines) if (lines[file] == 1 && !licensed[file]) print file ": no SPDX line" }' |
    while read -r line; do fault "$line"; done

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
indexer/sidecar       indexer/sidecar/ corpus/status.h corpus/text.h xapian-c/xapian-c.h <xxhash.h>
indexer/bulk          indexer/bulk/ corpus/status.h corpus/text.h <libdeflate.h> <xxhash.h> <uthash
indexer               indexer/ corpus/ xapian-c/xapian-c.h <xxhash.h> <uthash <libdeflate.h>
searcher              searcher/ corpus/status.h corpus/text.h indexer/analysis/analyse.h indexer/entities/ indexer/schema.h indexer/sidecar/ indexer/signature.h xapian-c/xapian-c.h <jansson.h>
searcher/matcher      searcher/matcher/ corpus/status.h corpus/text.h indexer/sidecar/ xapian-c/xapian-c.h
searcher/eval         searcher/eval/ corpus/status.h corpus/text.h <jansson.h>
searcher/cli          searcher/ indexer/update.h indexer/settings.h indexer/watch.h corpus/document.h corpus/source.h indexer/entities/ indexer/schema.h corpus/status.h corpus/text.h xapian-c/xapian-c.h <jansson.h>
searcher/cgi          searcher/ indexer/schema.h corpus/status.h corpus/text.h <fcgi <seccomp.h> <linux/
'
libraries='<libxml/ <jansson.h> <uchardet.h> <iconv.h> <magic.h> <archive <gmime <uthash <xapian.h> <utf8proc.h> <libstemmer.h> <xxhash.h> <libdeflate.h> <fcgi <seccomp.h> <cmocka.h>'
find corpus indexer searcher xapian-c -type f \( -name '*.[ch]' -o -name '*.cc' -o -name '*.hpp' \) | LC_ALL=C sort |
    RULES=$rules LIBRARIES=$libraries xargs awk '
        function allowed(name, prefixes,    i, count, words) {
            count = split(prefixes, words, " ")
            for (i = 1; i <= count; i++) if (index(name, words[i]) == 1) return 1
            return 0
        }
        BEGIN {
            count = split(ENVIRON["RULES"], lines, "\n")
            for (i = 1; i <= count; i++) {
                folder = lines[i]
                sub(/[ \t].*/, "", folder)
                rest = substr(lines[i], length(folder) + 1)
                if (folder != "") rule[folder] = rest
            }
        }
        FNR == 1 { # the longest folder of this file that has a rule
            folder = FILENAME
            do sub(/\/?[^\/]*$/, "", folder); while (folder != "" && !(folder in rule))
        }
        /^[ \t]*#[ \t]*include[ \t]*["<][^">]*[">]/ {
            name = $0
            sub(/^[^"<]*/, "", name)
            include = substr(name, 1, 1 + match(substr(name, 2), /[">]/))
            name = include
            if (name ~ /^"/) {
                if (name !~ /\//) next
                gsub(/"/, "", name)
            } else if (!allowed(name, ENVIRON["LIBRARIES"])) {
                next
            }
            if (!allowed(name, rule[folder])) print FILENAME ": may not include " include
        }' |
    while read -r line; do fault "$line"; done

# Each header compiles alone.
flags="-std=c17 -Wall -Wextra -Wpedantic -Werror -D_GNU_SOURCE -I. $(pkg-config --cflags libxml-2.0 gmime-3.0)"
export flags
sources -name '*.h' | xargs -P 2 -n 16 sh -c 'for header; do
        printf "#include \"%s\"\ntypedef int not_empty;\n" "$header" | gcc $flags -fsyntax-only -x c - 2>/dev/null ||
            echo "$header: does not compile alone"
    done' sh | LC_ALL=C sort | while read -r line; do fault "$line"; done
sources -name '*.hpp' | while read -r header; do
    printf '#include "%s"\n' "$header" | g++ -std=c++17 -I. -fsyntax-only -x c++ - 2>/dev/null ||
        fault "$header: does not compile alone"
done

if [ -s "$faults" ]; then
    echo "$(wc -l <"$faults") faults in the tree"
    exit 1
fi
echo "the tree keeps its rules"
