#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# CPU seconds and peak memory of `dossier eval` on a run of 10 million lines, against trec_eval where that is on PATH.
# Usage: tests/bench/eval_bench.sh [PATH-TO-DOSSIER] [TOPICS] [DEPTH]
# The run is made here: TOPICS topics (10,000) of DEPTH documents (1,000) in rank order, as search engines write them,
# then once more with its lines mixed. Judgements: 100 documents a topic, a tenth of them relevant. Median of 3 runs.
set -eu
dossier=${1:-build/dossier}
topics=${2:-10000}
depth=${3:-1000}
command -v "$dossier" > /dev/null || { echo "eval_bench: no program '$dossier' (build it, or name another)" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM

awk -v topics="$topics" -v depth="$depth" -v qrels="$folder/qrels" 'BEGIN {
    srand(1)
    for (topic = 1; topic <= topics; topic++) {
        for (rank = 1; rank <= depth; rank++)
            printf "%d Q0 DOC-%07d %d %.6f bench\n", topic, (topic * 7919 + rank * 104729) % 8000009, rank, 30 - rank / 50
        for (i = 1; i <= 100; i++)
            printf "%d 0 DOC-%07d %d\n", topic, (topic * 7919 + i * 5 * 104729) % 8000009, i % 10 == 0 ? 1 + i % 3 : 0 > qrels
    }
}' > "$folder/run"
lines=$(wc -l < "$folder/run")
echo "$lines lines, $(($(wc -c < "$folder/run") / 1000000)) MB; $(nproc) CPUs, $(uname -m)"

# measure NAME COMMAND…: user + system seconds and peak kilobytes, median of three by seconds
measure() {
    name=$1
    shift
    for turn in 1 2 3; do
        /usr/bin/time -f '%U %S %M' -o "$folder/time" "$@" > "$folder/out" 2> "$folder/err" || { cat "$folder/err" >&2; exit 1; }
        awk '{ printf "%.2f %d\n", $1 + $2, $3 }' "$folder/time" | tail -1
    done | sort -n | sed -n 2p > "$folder/median"
    awk -v name="$name" '{ printf "%-28s %7.2f CPU s  %7.1f MB\n", name, $1, $2 / 1024 }' "$folder/median"
    cp "$folder/median" "$folder/$(echo "$name" | tr ' /' '__').median"
}
ratio() {
    awk '{ print }' "$folder/$1.median" "$folder/$2.median" | awk -v what="$3" 'NR == 1 { s = $1; m = $2 }
        NR == 2 { printf "%s: %.1f times the speed, %.2f times the memory\n", what, $1 / s, m / $2 }'
}

measure "dossier in order" "$dossier" eval "$folder/qrels" "$folder/run"
cp "$folder/out" "$folder/ours"
if command -v trec_eval > /dev/null; then
    measure "trec_eval in order" trec_eval "$folder/qrels" "$folder/run"
    cmp "$folder/ours" "$folder/out" && echo "same output"
    ratio dossier_in_order trec_eval_in_order "in order"
else
    echo "eval_bench: no trec_eval on PATH, nothing to compare with" >&2
fi
awk -v topics="$topics" -v depth="$depth" '{ print (NR * 48271) % 2147483647 "\t" $0 }' "$folder/run" | sort -n -S 1G | cut -f 2- > "$folder/mixed"
mv "$folder/mixed" "$folder/run"
measure "dossier mixed" "$dossier" eval "$folder/qrels" "$folder/run"
if command -v trec_eval > /dev/null; then
    measure "trec_eval mixed" trec_eval "$folder/qrels" "$folder/run"
    ratio dossier_mixed trec_eval_mixed "mixed"
fi
