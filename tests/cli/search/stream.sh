# SPDX-License-Identifier: GPL-2.0-or-later
# Formats of lines have no limit of hits, and a reader may leave in the middle.
i=0
while [ $i -lt 3000 ]; do
    i=$((i + 1))
    echo "{\"id\": \"$i\", \"text\": \"a drill\"}"
done > r.jsonl
dossier index -qd x.db r.jsonl
for format in jsonl csv trec paths; do
    dossier search -d x.db -n 4294967295 --format $format drill | wc -l
    { dossier search -d x.db -n 4294967295 --format $format drill; echo "status $?" > status; } | head -n 2 | wc -l
    cat status
done
echo "== what is shown at once has one"
dossier search -d x.db -n 4294967295 drill
echo "status $?"
dossier search -d x.db -n 4294967296 --format paths drill
echo "status $?"
