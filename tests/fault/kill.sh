#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Kills the indexer with -9 at random moments, again and again on one index, while it adds and then while it updates.
# After each kill the index must be sound, and hold what it held before and the same documents in the same places as an
# index made without any kill; at the end a run to completion must give that very index.
# Usage: tests/fault/kill.sh DOSSIER     KILLS=8 SEED=1 in the environment (50 kills take some minutes)
set -eu
tool=$(dirname "$1")/tests/index_tool
kills=${KILLS:-8}
seed=${SEED:-1}
[ -x "$tool" ] || { echo "kill: no program '$tool'"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM
cd "$folder"

# Writes the corpus: VERSION 1, or 2 with every fifth record changed, every eleventh gone, and new ones.
write_corpus() {
    mkdir -p in/files
    awk -v version="$1" 'BEGIN {
        srand(7)
        for (i = 1; i <= 2000; i++) {
            words = ""
            for (w = 0; w < 60; w++) words = words " w" int(rand() * rand() * 5000)
            if (version == 2 && i % 11 == 0) continue
            if (version == 2 && i % 5 == 0) words = words " changed"
            printf "{\"id\": \"r%d\", \"title\": \"Record %d\", \"text\": \"%s\", \"date\": \"2014-10-%02d\"}\n", i, i, words, i % 28 + 1
        }
        for (i = 1; version == 2 && i <= 500; i++)
            printf "{\"id\": \"n%d\", \"title\": \"New %d\", \"text\": \"fresh words %d\"}\n", i, i, i
    }' > in/m.jsonl
    i=0
    while [ $i -lt 300 ]; do
        i=$((i + 1))
        [ "$1" = 2 ] && [ $((i % 3)) -ne 0 ] && continue
        echo "File $i in version $1 with some words of its own, number $((i * 37 % 101))" > "in/files/f$i.txt"
    done
    if [ "$1" = 2 ]; then rm in/files/f1.txt in/files/f100.txt; fi
    find in -type f -exec touch -d "2014-10-0$1 12:00" {} +
}

fail() {
    echo "kill: $*" >&2
    exit 1
}

# random N: a number from 0 to 999 that depends on SEED and N alone
random() {
    awk -v n="$1" -v seed="$seed" 'BEGIN { srand(seed * 1000 + n); rand(); printf "%03d", int(rand() * 1000) }'
}

# Milliseconds that a whole run took, to know when to kill.
timed_run() {
    start=$(date +%s%N)
    "$tool" update "$1" 2 100 in > log.txt 2>&1 || fail "the undisturbed run failed: $(tail -n 1 log.txt)"
    echo $((($(date +%s%N) - start) / 1000000))
}

# killed_runs NAME MILLISECONDS: half the kills, each at a moment up to MILLISECONDS into a run on kill.db
killed_runs() {
    i=0
    held=0
    while [ $i -lt $((kills / 2)) ]; do
        i=$((i + 1))
        share=$(random "$2$i")
        "$tool" update kill.db $((i % 2 + 1)) 100 in > /dev/null 2>&1 &
        pid=$!
        sleep "$(awk -v ms="$2" -v share="$share" 'BEGIN { printf "%.3f", ms * share / 1000000 }')"
        kill -9 $pid 2> /dev/null || true
        wait $pid 2> /dev/null || true
        if [ ! -e kill.db/iamglass ]; then continue; fi
        "$tool" check kill.db || fail "$1: not sound after kill $i"
        "$tool" dump kill.db > now.txt || fail "$1: cannot be read after kill $i"
        documents=$(grep -c '^[0-9]* data ' now.txt || true)
        [ "$1" = update ] || [ "$documents" -ge "$held" ] || fail "lost documents: $held before, $documents after kill $i"
        held=$documents
        if [ "$1" = add ]; then
            grep -v '^file ' now.txt > documents.txt || true
            head -n "$(wc -l < documents.txt)" whole.txt | cmp -s - documents.txt ||
                fail "after kill $i it holds other documents than an undisturbed run had by then"
        fi
        echo "$1: kill $i at $share/1000 of a run: sound, $documents documents"
    done
}

write_corpus 1
milliseconds=$(timed_run whole.db)
"$tool" dump whole.db > whole.txt
killed_runs add "$milliseconds"
"$tool" update kill.db 2 100 in > log.txt 2>&1 || fail "the rerun failed: $(tail -n 1 log.txt)"
"$tool" dump kill.db > now.txt
cmp whole.txt now.txt || fail "the rerun made another index"

write_corpus 2
milliseconds=$(timed_run whole.db)
"$tool" dump whole.db > whole.txt
killed_runs update "$milliseconds"
"$tool" update kill.db 2 100 in > log.txt 2>&1 || fail "the rerun of the update failed: $(tail -n 1 log.txt)"
"$tool" dump kill.db > now.txt
cmp whole.txt now.txt || fail "the rerun of the update made another index"
"$tool" check kill.db || fail "not sound at the end"
echo "kill: $((kills / 2 * 2)) kills, the same index"
