# SPDX-License-Identifier: GPL-2.0-or-later
# Ctrl-C in the middle: a word on it, death by the signal, a sound index, and the same command goes on. The input comes
# through a FIFO that stays open, so that the indexer is at work for as long as it takes to interrupt it.
awk 'BEGIN {
    srand(3)
    for (i = 1; i <= 500; i++) {
        words = ""
        for (w = 0; w < 100; w++) words = words " w" int(rand() * 20000)
        printf "{\"id\": \"r%d\", \"text\": \"whale%s\"}\n", i, words
    }
}' > r.jsonl
: > none.jsonl
mkfifo hold
for jobs in 1 3; do
    for first in r.jsonl none.jsonl; do
        echo "== $jobs jobs, $first"
        rm -rf x.db
        dossier index -qd x.db -j $jobs - < hold 2> said.txt &
        pid=$!
        exec 3> hold
        cat $first >&3
        tries=0
        until [ -e x.db/iamglass ] || [ $tries -gt 600 ]; do
            tries=$((tries + 1))
            sleep 0.05
        done
        kill -INT $pid
        wait $pid
        echo "status $?"
        exec 3>&-
        cat said.txt
        dossier check -d x.db | sed 's/, [0-9]* documents.*//'
        dossier index -d x.db -j $jobs - < r.jsonl | grep -o '^x.db: [0-9]* documents'
        dossier check -d x.db
    done
done
