#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The sample collection keeps its relevance, and search and run rank alike.
# Floors are .01 below what was measured on the day they were set (nDCG@10 .879, MAP .794); raise them with the ranking.
# Usage: tests/regression/gold.sh DOSSIER
set -eu
dossier=$1
source=$(cd "$(dirname "$0")/../.." && pwd)
gold=$source/corpus/gold
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
failed=0

"$dossier" index -d "$work/db" "$source/corpus/samples" > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
"$dossier" run -d "$work/db" --topics "$gold/topics.tsv" > "$work/run"
"$dossier" eval -c -m ndcg_cut.10 -m map "$gold/qrels.trec" "$work/run" > "$work/eval"

# floor MEASURE LEAST
floor() {
    awk -v measure="$1" -v least="$2" '$1 == measure && $2 == "all" { seen = 1; value = $3 }
        END { printf "%s %s, floor %s\n", measure, value, least; exit !(seen && value + 0 >= least + 0) }' "$work/eval" || {
        echo "gold: $1 fell below its floor"
        failed=1
    }
}
floor ndcg_cut_10 0.869
floor map 0.784

# Each topic by search, with the options of run, line by line as run has it.
for match in any all auto; do
    "$dossier" run -d "$work/db" --topics "$gold/topics.tsv" --match "$match" > "$work/run"
    while IFS='	' read -r topic text; do
        "$dossier" search -d "$work/db" --match "$match" --format trec -n 1000 -- "$text" | sed "s/^1 /$topic /" >> "$work/searched.$match"
    done < "$gold/topics.tsv"
    lines=$(wc -l < "$work/run")
    if [ "$lines" -gt 37 ] && cmp "$work/run" "$work/searched.$match"; then
        echo "--match $match: search and run give the same $lines lines"
    else
        echo "gold: search and run rank differently with --match $match"
        failed=1
    fi
done
exit $failed
