# SPDX-License-Identifier: GPL-2.0-or-later
# A second indexer is refused while one is at work, searches go on, and --wait waits.
echo '{"id": "1", "text": "first whale"}' > a.jsonl
echo '{"id": "2", "text": "second whale"}' > b.jsonl
dossier index -qd x.db a.jsonl
mkfifo hold
dossier index -qd x.db --wait - < hold &
first=$!
exec 3> hold # the first one reads, and takes the lock as soon as it is free
tries=0
while dossier index -qd x.db b.jsonl 2> said.txt && [ $tries -lt 50 ]; do
    tries=$((tries + 1))
    sleep 0.2
done
dossier index -qd x.db b.jsonl
echo "index: $?"
dossier compact -d x.db
echo "compact: $?"
dossier check -d x.db
echo "check: $?"
dossier search -d x.db --format trec first | awk '{ print $3 }'
echo '{"id": "4", "text": "late whale"}' > c.jsonl
dossier index -qd x.db --wait c.jsonl 3>&- &
second=$!
echo '{"id": "3", "text": "third whale"}' >&3
exec 3>&-
wait $first
echo "first: $?"
wait $second
echo "waited: $?"
dossier search -d x.db --format trec 'third OR late' | awk '{ print $3 }' | LC_ALL=C sort
dossier check -d x.db | sed 's/, [0-9]* doc.*//'
