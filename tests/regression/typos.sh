#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# One random typo in each query (a letter left out, put in, changed or swapped with the next, in a word of four letters
# or more; seeded) costs at most .01 nDCG@10 on average over public test collections, which lie in ../shared/collections
# beside the repository. Skipped without them.
# Usage: tests/regression/typos.sh DOSSIER
set -eu
dossier=$1
shared=$(cd "$(dirname "$0")/../.." && pwd)/../shared/collections
[ -d "$shared" ] || { echo "no ../shared/collections"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
: > "$work/figures"
for name in cran cisi cacm npl time; do
    folder=$shared/$name
    [ -f "$folder/corpus.jsonl" ] || { echo "no $name"; continue; }
    "$dossier" index --no-tag -d "$work/db" "$folder/corpus.jsonl" > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
    for seed in 1 2 3; do
        python3 - "$seed" "$folder/queries.tsv" > "$work/topics.tsv" << 'END'
import random, re, string, sys
random.seed(int(sys.argv[1]))
stop = set("about above after again against because been before being below between both cannot could does doing down "
           "during each from further have having here into itself more most once only other ought ours over same should "
           "some such than that their theirs them then there these they this those through under until very were what "
           "when where which while whom with would your yours".split())
for line in open(sys.argv[2], encoding="utf-8"):
    topic, text = line.rstrip("\n").split("\t", 1)
    words = [m for m in re.finditer("[A-Za-z]{4,}", text) if m.group().lower() not in stop]
    if words:
        m = random.choice(words)
        word, at, kind = m.group(), random.randrange(len(m.group())), random.randrange(4)
        letter = random.choice(string.ascii_lowercase)
        if kind == 0: word = word[:at] + word[at + 1:]
        elif kind == 1: word = word[:at] + letter + word[at:]
        elif kind == 2: word = word[:at] + letter + word[at + 1:]
        else:
            at = min(at, len(word) - 2)
            word = word[:at] + word[at + 1] + word[at] + word[at + 2:]
        text = text[:m.start()] + word + text[m.end():]
    print(topic + "\t" + text)
END
        for topics in "$folder/queries.tsv" "$work/topics.tsv"; do
            "$dossier" run -d "$work/db" --topics "$topics" > "$work/run"
            "$dossier" eval -c -m ndcg_cut.10 "$folder/qrels.trec" "$work/run" | awk '{ printf "%s ", $3 }'
        done >> "$work/figures"
        echo "$name" >> "$work/figures"
    done
    rm -rf "$work/db"
done
awk '{ clean[$3] += $1 / 3; typo[$3] += $2 / 3; names[$3] }
    END {
        for (name in names) {
            printf "%s %.4f, with a typo %.4f, loss %.4f\n", name, clean[name], typo[name], clean[name] - typo[name]
            loss += clean[name] - typo[name]; n++
        }
        printf "mean loss %.4f, at most .01\n", loss / n
        exit !(n && loss / n <= .01)
    }' "$work/figures"
