#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The default ranking keeps its nDCG@10 on public test collections, which lie in ../shared/collections beside the
# repository (its README.md names them and the figures of other systems). Skipped without them.
# Usage: tests/regression/collections.sh DOSSIER
set -eu
dossier=$1
shared=$(cd "$(dirname "$0")/../.." && pwd)/../shared/collections
[ -d "$shared" ] || { echo "no ../shared/collections"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
failed=0
while read -r name least; do
    folder=$shared/$name
    [ -f "$folder/corpus.jsonl" ] || { echo "no $name"; continue; }
    "$dossier" index -d "$work/$name" "$folder/corpus.jsonl" > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
    "$dossier" run -d "$work/$name" --topics "$folder/queries.tsv" > "$work/run"
    value=$("$dossier" eval -c -m ndcg_cut.10 "$folder/qrels.trec" "$work/run" | awk '{ print $3 }')
    echo "$name $value, floor $least"
    awk -v value="$value" -v least="$least" 'BEGIN { exit !(value + 0 >= least + 0) }' || failed=1
    rm -rf "${work:?}/$name"
done << 'END'
cran .407
cisi .425
cacm .549
npl .453
time .717
xquad-zh .93
END
[ $failed = 0 ] || echo "collections: nDCG@10 fell below its floor"
exit $failed
