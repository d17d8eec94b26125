#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A folder of some 220 broken, hostile and odd files (tests/formats/broken.py, fixed seed): the run ends, every file that
# gives no document is named with a reason, none costs another, and nothing got out.
# Usage: tests/regression/broken.sh DOSSIER
set -u
command -v python3 >/dev/null || exit 77
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
fault() { echo "$*"; failed=1; }
made=$(python3 "$here/formats/broken.py" "$work/in") || exit 1
[ "$made" -ge 150 ] || fault "only $made files"
"$1" index --no-tag -j 2 -d "$work/x.db" "$work/in" >"$work/out" 2>"$work/err"
status=$?
[ $status = 1 ] || fault "exit status $status"
"$1" check -d "$work/x.db" >/dev/null || fault "the index is not sound"
for number in 0 1 2; do
    found=$("$1" search -d "$work/x.db" --format trec "number$number" | awk '{ print $3 }')
    [ "$found" = "good-$number.txt" ] || fault "good-$number.txt: '$found'"
done
# Each entry gave a document, which search finds by its file, or is named.
"$1" search -d "$work/x.db" -n 1000 --format paths 'NOT zzzz' >"$work/documents" 2>/dev/null
"$1" search -d "$work/x.db" -n 1000 --format json 'NOT zzzz' >"$work/json" 2>/dev/null
python3 - "$work" <<'END' || failed=1
import json, os, re, sys
work = sys.argv[1]
told = open(work + "/err", encoding="utf-8", errors="replace").read()
hits = {os.path.basename(hit["path"] or "") for hit in json.load(open(work + "/json", encoding="utf-8"))["hits"]}
lost = []
for entry in os.listdir(work + "/in"):
    name = "".join("%%%02X" % byte if byte < 32 or byte == 127 else chr(byte) for byte in os.fsencode(entry))
    stem = re.split(r"[^ -~]", entry)[0]
    if not any(stem in hit for hit in hits) and "/in/" + stem not in told:
        lost.append(entry)
print(len(hits), "files gave documents,", told.count("\n"), "notes,", len(lost), "files neither")
for entry in lost:
    print("not named and not indexed:", ascii(entry))
if "root:" in open(work + "/json", encoding="utf-8").read():
    lost.append("something read /etc/passwd")
sys.exit(1 if lost else 0)
END
grep -q 'longer than\|processor time' "$work/err" && grep 'longer than\|processor time' "$work/err"
exit $failed
