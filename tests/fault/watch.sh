#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# An index that is kept current: files that come, change, move and go are found without being named; killed at any
# moment nothing is lost and nothing doubled. Usage: tests/fault/watch.sh DOSSIER; KILLS=20 kills more often.
set -eu
dossier=$(realpath "$1")
work=$(mktemp -d)
watcher=
end() {
    [ -z "$watcher" ] || kill -9 "$watcher" 2>/dev/null || true
    rm -rf "$work"
}
trap end EXIT
cd "$work"
mkdir in

fail() {
    echo "watch: $1" >&2
    cat log >&2
    exit 1
}

# Until [query] finds exactly [ids]; a minute is far more than it takes, and only a failure waits so long.
until_found() {
    tries=0
    while :; do
        found=$("$dossier" search -d x.db --format trec "$1" 2>/dev/null | awk '{ print $3 }' | LC_ALL=C sort | tr '\n' ' ')
        [ "$found" != "$2" ] || return 0
        tries=$((tries + 1))
        [ "$tries" -lt 600 ] || fail "'$1' finds '$found', not '$2'"
        kill -0 "$watcher" 2>/dev/null || fail "the watcher has ended"
        sleep 0.1
    done
}

watch() {
    "$dossier" index -d x.db -j 1 --no-tag --watch in >log 2>&1 &
    watcher=$!
}

echo "first whale" >in/a.txt
watch
until_found whale "a.txt "
mkdir in/new
echo "second whale" >in/new/b.txt
until_found whale "a.txt new/b.txt "
echo "second dolphin" >in/new/b.txt
until_found whale "a.txt "
mv in/a.txt in/z.txt
until_found whale "a.txt "
tries=0
while [ "$("$dossier" search -d x.db --format paths whale)" != "$work/in/z.txt" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || fail "the renamed file is not found at its new place"
    sleep 0.1
done
rm in/z.txt
until_found whale ""
kill -INT "$watcher"
wait "$watcher" && fail "a watcher that was interrupted reports success" || true
"$dossier" check -d x.db >/dev/null

kills=${KILLS:-5}
i=0
while [ "$i" -lt "$kills" ]; do
    watch
    n=0
    while [ "$n" -lt 40 ]; do
        echo "round $i number $n walrus" >"in/$((n % 25)).txt"
        n=$((n + 1))
    done
    until_found dolphin "new/b.txt "
    rm -f "in/$((i % 25)).txt"
    sleep "0.$((i * 37 % 9 + 1))"
    kill -9 "$watcher"
    wait "$watcher" 2>/dev/null || true
    i=$((i + 1))
done
watcher=
"$dossier" index -qd x.db --no-tag --prune in
"$dossier" index -qd fresh.db --no-tag in
"$dossier" check -d x.db >/dev/null || fail "the index is not sound"
for index in x.db fresh.db; do
    "$dossier" export -d "$index" | LC_ALL=C sort >"$index.jsonl"
done
cmp x.db.jsonl fresh.db.jsonl || fail "the index is not what a fresh one would be"
echo "watch: $kills kills, $(wc -l <x.db.jsonl) documents as in a fresh index"
