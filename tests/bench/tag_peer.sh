#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The tagger beside npm's compromise, on the same annotated text in one run: strict F1 over person, organization and
# place, and tokens per CPU second of one thread.
# Usage: tests/bench/tag_peer.sh [DOSSIER [GOLD…]]
# GOLD are IOB2 files (default: ww.dev and wnut.dev of ../shared/ner/annotated, which no model was trained on). Needs node
# and npm (Debian: nodejs, npm), and the network the first time: compromise is installed into
# $TMPDIR/dossier-tag-peer, not into the system.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
dossier=${1:-$root/build/dossier}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- "$root/../shared/ner/annotated/ww.dev" "$root/../shared/ner/annotated/wnut.dev"
version=14.17.0 # of compromise
for tool in node npm "$dossier"; do
    command -v "$tool" > /dev/null || { echo "tag_peer: no program '$tool' (apt-get install nodejs npm; build dossier)" >&2; exit 2; }
done
for gold; do
    [ -r "$gold" ] || { echo "tag_peer: cannot read '$gold' (name an IOB2 file)" >&2; exit 2; }
done
peer=${TMPDIR:-/tmp}/dossier-tag-peer
mkdir -p "$peer"
[ -d "$peer/node_modules/compromise" ] || npm install --silent --no-audit --no-fund --prefix "$peer" "compromise@$version"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

# score GOLD TAGS: the line of all types
score() {
    "$dossier" tag --evaluate "$1" -n 0 "$2" | awk '$1 == "all" { print $5, $6, $7 }'
}

printf '%-12s %-11s %9s %7s %7s %8s %16s\n' text tagger precision recall F1 'CPU s' 'tokens per CPU s'
for gold; do
    tokens=$(awk -F '\t' '$1 != "" && $1 != "-DOCSTART-"' "$gold" | wc -l)
    # One reading of a small file takes less than the clock tells: the file ten times over, ten times the tokens.
    for i in 1 2 3 4 5 6 7 8 9 10; do printf -- '-DOCSTART-\n\n'; cat "$gold"; echo; done > "$work/gold10"
    /usr/bin/time -f '%U %S' -o "$work/time" "$dossier" tag --pretokenised "$work/gold10" > "$work/tagged10"
    "$dossier" tag --pretokenised "$gold" > "$work/dossier"
    awk '{ print ($1 + $2) / 10 }' "$work/time" > "$work/seconds.dossier"
    node "$root/tests/bench/tag_peer.js" "$peer" "$gold" > "$work/compromise" 2> "$work/seconds.compromise"
    for name in dossier compromise; do
        seconds=$(tail -n 1 "$work/seconds.$name")
        echo "$(basename "$gold") $name $(score "$gold" "$work/$name") $seconds $tokens" | awk '{
            printf "%-12s %-11s %9s %7s %7s %8.2f %16d\n", $1, $2, $3, $4, $5, $6, $7 / $6 }'
    done
done
