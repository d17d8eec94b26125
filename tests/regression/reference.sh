#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# compare's t-test and Wilcoxon p values are those of R (t.test, wilcox.test), to 1e-6, on whole collections: the default
# ranking against BM25 on the sample collection, and on those in ../shared/collections that are there. Skipped without
# Rscript (package r-base-core); tests/unit/eval holds figures of R that are compared everywhere.
# Usage: tests/regression/reference.sh DOSSIER
set -eu
dossier=$1
command -v Rscript > /dev/null || { echo "no Rscript"; exit 77; }
source=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
: > "$work/figures"

# by_topic FILE N: a value a line, of the Nth run in FILE
by_topic() {
    grep -o '"by_topic": {[^}]*}' "$1" | sed -n "$2p" | sed 's/"by_topic": {//' | tr ',' '\n' | sed 's/.*: *//; s/}//'
}
# p FILE TEST: its p value
p() {
    grep -o "\"$2\": {[^}]*}" "$1" | sed 's/.*"p": *\([^,}]*\).*/\1/'
}
# check NAME CORPUS TOPICS QRELS
check() {
    "$dossier" index -d "$work/db" "$2" > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
    "$dossier" run -d "$work/db" --topics "$3" --tag default > "$work/new"
    "$dossier" run -d "$work/db" --topics "$3" --rank bm25:k1=1.2,b=0.75 --tag bm25 > "$work/base"
    rm -rf "$work/db"
    for measure in map ndcg_cut.10; do
        "$dossier" compare -m "$measure" --format json "$4" "$work/base" "$work/new" > "$work/json"
        by_topic "$work/json" 1 > "$work/a"
        by_topic "$work/json" 2 > "$work/b"
        echo "$1 $measure $(p "$work/json" t_test) $(p "$work/json" wilcoxon) $(paste -d ' ' "$work/a" "$work/b" | tr '\n' ' ')" >> "$work/figures"
    done
}
check samples "$source/corpus/samples" "$source/corpus/gold/topics.tsv" "$source/corpus/gold/qrels.trec"
for name in cran cisi cacm npl time; do
    folder=$source/../shared/collections/$name
    [ -f "$folder/corpus.jsonl" ] || continue
    check "$name" "$folder/corpus.jsonl" "$folder/queries.tsv" "$folder/qrels.trec"
done
Rscript --vanilla - "$work/figures" << 'END'
failed <- FALSE
for (line in readLines(commandArgs(TRUE)[1])) {
    field <- strsplit(trimws(line), " +")[[1]]
    ours <- as.numeric(field[3:4])
    pairs <- matrix(as.numeric(field[-(1:4)]), nrow = 2)
    difference <- pairs[2, ] - pairs[1, ]
    theirs <- c(t.test(difference)$p.value, suppressWarnings(wilcox.test(difference)$p.value))
    good <- length(difference) > 2 && all(abs(ours - theirs) <= 1e-6)
    cat(sprintf("%s %s, %d topics: t-test %.3g, R %.3g; Wilcoxon %.3g, R %.3g: %s\n", field[1], field[2],
                length(difference), ours[1], theirs[1], ours[2], theirs[2], if (good) "same" else "DIFFERENT"))
    failed <- failed || !good
}
quit(status = as.integer(failed))
END
