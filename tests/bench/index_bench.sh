#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Indexing speed in MB of text per CPU second, beside the loop that libxapian's documentation teaches (TermGenerator).
# Usage: tests/bench/index_bench.sh FILE.jsonl [PATH-TO-DOSSIER] [RUNS]
# Both index the same records into a new index, in turn, one process each; the table has the median of RUNS (3). Without
# the termgenerator program (built with DOSSIER_TESTS) only dossier is measured.
set -eu
[ $# -ge 1 ] || { sed -n '4p' "$0"; exit 2; }
file=$1
dossier=${2:-build/dossier}
runs=${3:-3}
peer=$(dirname "$dossier")/bench/termgenerator
command -v "$dossier" > /dev/null || { echo "index_bench: no program '$dossier' (build it, or name another)" >&2; exit 2; }
folder=$(mktemp -d "${TMPDIR:-/tmp}/index_bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT INT TERM

megabytes() {
    du -sk "$1" | awk '{ printf "%.1f", $1 * 1.024 / 1000 }'
}

# measure NAME COMMAND…: appends user + system seconds and peak MB to $folder/NAME
measure() {
    name=$1
    shift
    rm -rf "$folder/$name.db"
    /usr/bin/time -f '%U %S %M' -o "$folder/time" "$@" > "$folder/out" 2> "$folder/err" || [ $? = 1 ] ||
        { cat "$folder/err" >&2; exit 1; }
    awk 'END { printf "%.2f %.0f\n", $1 + $2, $3 / 1024 }' "$folder/time" >> "$folder/$name"
}

run=0
while [ $run -lt "$runs" ]; do
    run=$((run + 1))
    measure dossier "$dossier" index --no-tag -q -j 1 -d "$folder/dossier.db" "$file"
    measure dossier2 "$dossier" index --no-tag -q -j 2 -d "$folder/dossier2.db" "$file"
    [ ! -x "$peer" ] || { measure termgenerator "$peer" "$folder/termgenerator.db" "$file"; cp "$folder/out" "$folder/peer"; }
done

text=$("$dossier" index --no-tag -j 1 -d "$folder/again.db" "$file" 2> /dev/null | sed -n 's/.*; \([0-9.]*\) MB of text.*/\1/p')
echo "$file: $text MB of text; $(nproc) CPUs, $(uname -m), median of $runs"
printf '%-22s %8s %14s %9s %9s\n' "" "CPU s" "MB per CPU s" "peak MB" "index MB"
for name in dossier dossier2 termgenerator; do
    [ -s "$folder/$name" ] || continue
    label=$name
    [ $name != dossier ] || label="dossier -j 1"
    [ $name != dossier2 ] || label="dossier -j 2"
    sort -n "$folder/$name" | sed -n "$(((runs + 1) / 2))p" |
        awk -v name="$label" -v text="$text" -v index_mb="$(megabytes "$folder/$name.db")" \
            '{ printf "%-22s %8.2f %14.2f %9d %9.1f\n", name, $1, text / $1, $2, index_mb }'
done
[ ! -s "$folder/termgenerator" ] || paste -d ' ' "$folder/dossier" "$folder/termgenerator" |
    awk '{ print $1 / $3 }' | sort -n | awk '{ ratio[NR] = $1 } END {
        printf "CPU of dossier -j 1 over that of TermGenerator: %.2f (each run beside the other: %.2f to %.2f)\n",
            ratio[int((NR + 1) / 2)], ratio[1], ratio[NR] }'
