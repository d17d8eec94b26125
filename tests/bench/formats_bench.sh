#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Files a second by format, read without being indexed again and again: N files of each format (default 100) with some
# 6 kB of text are indexed by one process without names; CPU seconds of all processes. The row "txt" is what indexing
# costs by itself.
# Usage: tests/bench/formats_bench.sh DOSSIER [N]
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - "$here" "$work" "${2:-100}" <<'END'
import os, sys
here, work, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
sys.path.insert(0, here + "/formats")
import make
said = [f"The harbour office wrote about tide {i} and pilots in its yearly report, at some length." for i in range(70)]
text = "\n\n".join(said)
paragraphs = "".join(f"<p>{line}</p>" for line in said)
kinds = {
    "txt": lambda: text.encode(), "html": lambda: f"<html><body><main><h1>T</h1>{paragraphs}</main></body></html>".encode(),
    "pdf": lambda: make.pdf(said[:55]), "docx": lambda: make.docx(said), "odt": lambda: make.odt(said),
    "pptx": lambda: make.pptx([("T", line) for line in said]), "xlsx": lambda: make.xlsx([[line, 1] for line in said]),
    "ods": lambda: make.ods([[line, "1"] for line in said]), "epub": lambda: make.epub([("T", line) for line in said]),
    "rtf": lambda: make.rtf(said), "eml": lambda: make.eml("S", text), "zip": lambda: make.zipped([("a.txt", text)]),
}
for kind, made in kinds.items():
    os.makedirs(f"{work}/{kind}")
    data = made()
    for i in range(count):
        with open(f"{work}/{kind}/{i}.{kind}", "wb") as out:
            out.write(data)
END
for kind in txt html pdf docx odt pptx xlsx ods epub rtf eml zip; do
    "$1" index --no-tag -j 1 -d "$work/$kind.db" "$work/$kind" 2>/dev/null |
        awk -v kind="$kind" -v n="${2:-100}" 'match($0, /\([0-9.]+ s of processor/) {
            s = substr($0, RSTART + 1) + 0; printf "%-5s %6.0f files per CPU second\n", kind, n / (s ? s : .05) }'
done
