#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Fills the disk while indexing: the indexer says so and how to go on, what was committed before is there and sound, and
# with room again a run completes. The disk is a small tmpfs where we may mount one, else a limit on the size of files.
# Usage: tests/fault/disk_full.sh DOSSIER
set -eu
tool=$(dirname "$1")/tests/index_tool
[ -x "$tool" ] || { echo "disk_full: no program '$tool'"; exit 77; }
# After a failed write libxapian may have to be left as it is, memory and all.
export ASAN_OPTIONS=detect_leaks=0
folder=$(mktemp -d)
mounted=
cleanup() {
    [ -z "$mounted" ] || umount "$folder/disk" || true
    rm -rf "$folder"
}
trap cleanup EXIT INT TERM
cd "$folder"
mkdir in disk

fail() {
    echo "disk_full: $*" >&2
    exit 1
}

records() {
    awk -v from="$1" -v to="$2" 'BEGIN {
        srand(from)
        for (i = from; i <= to; i++) {
            words = ""
            for (w = 0; w < 200; w++) words = words " w" int(rand() * 100000)
            printf "{\"id\": \"r%d\", \"title\": \"Record %d\", \"text\": \"%s\"}\n", i, i, words
        }
    }'
}

# Indexes with a disk, or with files, of a few megabytes.
limited() {
    if [ -n "$mounted" ]; then "$tool" "$@"; else (trap '' XFSZ; ulimit -f 8000; exec "$tool" "$@"); fi
}

if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=6m tmpfs disk 2> /dev/null; then mounted=yes; fi
records 1 200 > in/a.jsonl
limited update disk/x.db 1 100 in || fail "the first run failed"
"$tool" dump disk/x.db > before.txt

for jobs in 1 2; do
    records 201 4000 > in/b.jsonl
    status=0
    limited update disk/x.db $jobs 100 in 2> said.txt || status=$?
    [ $status -ne 0 ] || fail "it did not notice"
    grep -q "run again: what was committed is kept" said.txt || { cat said.txt; fail "no word on the cure"; }
    [ -z "$mounted" ] || grep -q "No space left on device" said.txt || { cat said.txt; fail "no word on the cause"; }
    "$tool" check disk/x.db || fail "not sound with a full disk"
    "$tool" dump disk/x.db | grep -v '^file ' > now.txt
    grep -v '^file ' before.txt > documents.txt
    head -n "$(wc -l < documents.txt)" now.txt | cmp - documents.txt || fail "lost documents"
done
# less to do: what was not committed left no mess behind
records 201 210 > in/b.jsonl
if [ -n "$mounted" ]; then mount -o remount,size=100m disk; fi
"$tool" update disk/x.db 1 100 in > report.txt || fail "no recovery"
grep -q " documents 210$" report.txt || { cat report.txt; fail "wrong documents after recovery"; }
"$tool" check disk/x.db || fail "not sound in the end"
if [ -n "$mounted" ]; then how=tmpfs; else how="limited files"; fi
echo "disk_full: sound throughout ($how)"
