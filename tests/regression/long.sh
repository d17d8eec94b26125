#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Whole articles as queries: each finds itself first among 21,578, and its first half its second half. Reuters-21578
# lies in ../shared/collections beside the repository; skipped without it.
# Usage: tests/regression/long.sh DOSSIER
set -eu
dossier=$1
corpus=$(cd "$(dirname "$0")/../.." && pwd)/../shared/collections/reuters21578/corpus.jsonl
[ -f "$corpus" ] || { echo "no ../shared/collections/reuters21578"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

# 100 articles of more than 300 words are queries; of 100 others the first halves are queries, and the second documents.
python3 - "$corpus" "$work" << 'END'
import json, random, sys
documents = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
random.seed(5)
long = random.sample([d for d in documents if 300 < len(d["text"].split())], 200)
halved = {d["id"] for d in long[100:]}
def write(name, rows):
    with open(f"{sys.argv[2]}/{name}", "w") as file:
        file.writelines(json.dumps({"id": id, "text": text}) + "\n" for id, text in rows)
def half(text, second):
    words = text.split()
    return " ".join(words[len(words) // 2:] if second else words[:len(words) // 2])
write("corpus.jsonl", [(d["id"], half(d["text"], True) if d["id"] in halved else d["text"]) for d in documents])
write("whole.jsonl", [(d["id"], d["text"]) for d in long[:100]])
write("half.jsonl", [(d["id"], half(d["text"], False)) for d in long[100:]])
with open(sys.argv[2] + "/qrels", "w") as file:
    file.writelines(f"{d['id']} 0 {d['id']} 1\n" for d in long)
END
"$dossier" index --no-tag -d "$work/db" "$work/corpus.jsonl" > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
failed=0
check() { # check NAME LEAST
    "$dossier" run -d "$work/db" --topics "$work/$1.jsonl" --match auto --depth 10 > "$work/run"
    value=$("$dossier" eval -m recip_rank "$work/qrels" "$work/run" 2> "$work/log" | awk '{ print $3 }')
    echo "$1 articles: mean reciprocal rank $value, floor $2"
    awk -v value="$value" -v least="$2" 'BEGIN { exit !(value + 0 >= least + 0) }' || failed=1
}
check whole .97 # the rest are told twice, word by word
check half .49
exit $failed
