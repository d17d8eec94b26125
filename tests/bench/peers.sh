#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# dossier beside other engines, in one run: MB of text indexed per CPU second, and CPU milliseconds of queries beside
# Lucene's. Usage: tests/bench/peers.sh FILE.jsonl [QUERIES.tsv] [PATH-TO-DOSSIER] [ROUNDS]
# Records need id and text, and may have a title; lines of queries are kind, tab, query, as query_bench takes them. As
# root it installs what is missing (liblucene8-java and a JDK, sqlite3, xapian-omega); what cannot be had is told and
# left out. Everything is single-threaded, without tagging; Lucene merges into one segment, dossier compacts.
set -u
[ $# -ge 1 ] || { sed -n '3,7p' "$0"; exit 2; }
file=$1 queries=${2:-} dossier=${3:-build/dossier} rounds=${4:-15}
here=$(cd "$(dirname "$0")" && pwd)
bench=$(dirname "$dossier")/bench
[ -r "$file" ] || { echo "peers: cannot read '$file'" >&2; exit 2; }
command -v "$dossier" > /dev/null || { echo "peers: no program '$dossier' (build it, or name another)" >&2; exit 2; }
folder=$(mktemp -d "${TMPDIR:-/tmp}/peers.XXXXXX")
trap 'rm -rf "$folder"' EXIT INT TERM

# need PROGRAM PACKAGE…: whether there is such a program, after installing if that is possible
need() {
    program=$1
    shift
    command -v "$program" > /dev/null && return 0
    [ "$(id -u)" != 0 ] || DEBIAN_FRONTEND=noninteractive apt-get install -y -q "$@" > "$folder/apt" 2>&1
    command -v "$program" > /dev/null && return 0
    echo "missing: $program (install $*); left out" >&2
    return 1
}

# measure NAME INDEX COMMAND…: prints a line of the indexing table
measure() {
    name=$1 index=$2
    shift 2
    if ! /usr/bin/time -f '%U %S %M' -o "$folder/time" "$@" > "$folder/out" 2> "$folder/err"; then
        echo "$name failed: $(tail -n 1 "$folder/err")" >&2
        return 1
    fi
    size=$(du -sk "$index" | awk '{ print $1 * 1.024 / 1000 }')
    tail -n 1 "$folder/time" | awk -v name="$name" -v text="$text" -v size="$size" \
        '{ cpu = $1 + $2; printf "%-30s %8.2f %14.2f %9d %9.1f %9.2f\n", name, cpu, text / cpu, $3 / 1024, size, size / text }'
}

need /usr/bin/time time || exit 1
lucene=
if need javac default-jdk-headless; then
    jars=/usr/share/java
    [ -e $jars/lucene-core.jar ] || [ -n "$(ls $jars/lucene-core-8*.jar 2> /dev/null)" ] || [ "$(id -u)" != 0 ] ||
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q liblucene8-java > "$folder/apt" 2>&1
    core=$(ls $jars/lucene-core-8*.jar 2> /dev/null | head -n 1)
    common=$(ls $jars/lucene-analyzers-common-8*.jar 2> /dev/null | head -n 1)
    if [ -n "$core" ] && javac -nowarn -cp "$core:$common" -d "$folder/classes" "$here/peers/Peer.java" 2> "$folder/err"; then
        lucene="java -Xmx1g -XX:+UseSerialGC -cp $folder/classes:$core:$common Peer"
    else
        echo "missing: Lucene 8 (install liblucene8-java); left out" >&2
    fi
fi

text=$("$dossier" index --no-tag -j 1 -d "$folder/first.db" "$file" 2> /dev/null | sed -n 's/.*; \([0-9.]*\) MB of text.*/\1/p')
echo "$file: $text MB of text; $(nproc) CPUs, $(uname -m)"
printf '%-30s %8s %14s %9s %9s %9s\n' "indexing" "CPU s" "MB per CPU s" "peak MB" "index MB" "of text"
measure "dossier" "$folder/dossier.db" "$dossier" index --no-tag -q -j 1 -d "$folder/dossier.db" "$file"
measure "dossier, and compact" "$folder/dossier.db" "$dossier" compact -d "$folder/dossier.db"
[ -z "$lucene" ] || measure "Lucene, one thread" "$folder/lucene" $lucene index "$file" "$folder/lucene"
[ ! -x "$bench/termgenerator" ] || measure "Xapian TermGenerator" "$folder/term.db" "$bench/termgenerator" "$folder/term.db" "$file"
if need sqlite3 sqlite3; then
    cat > "$folder/fts.sql" << END
CREATE TABLE raw(line TEXT);
.mode ascii
.separator "\037" "\n"
.import '$file' raw
CREATE VIRTUAL TABLE documents USING fts5(id UNINDEXED, title, text, tokenize = 'porter unicode61');
INSERT INTO documents SELECT json_extract(line, '\$.id'), json_extract(line, '\$.title'), json_extract(line, '\$.text') FROM raw;
DROP TABLE raw;
VACUUM;
END
    measure "SQLite FTS5, with JSON" "$folder/fts.db" sh -c "sqlite3 '$folder/fts.db' < '$folder/fts.sql'"
fi
if [ -n "$lucene" ] && need scriptindex xapian-omega; then
    $lucene scriptindex "$file" > "$folder/records"
    printf 'id : boolean=Q unique=Q\ntext : field index\n' > "$folder/script"
    measure "Omega scriptindex" "$folder/omega.db" scriptindex -s english "$folder/omega.db" "$folder/script" "$folder/records"
fi

[ -n "$queries" ] && [ -x "$bench/query_bench" ] || exit 0
echo
"$bench/query_bench" "$folder/dossier.db" "$queries" "$rounds" | grep -E 'engine|dossier, ids|libxapian' > "$folder/ours"
cat "$folder/ours"
[ -n "$lucene" ] || exit 0
$lucene search "$folder/lucene" "$queries" "$rounds" | tee "$folder/theirs"
echo
awk 'NR == FNR { if ($0 ~ /dossier, ids/) { m[$1] = $(NF - 2); p[$1] = $(NF - 1); q[$1] = $NF } next }
     $1 in m { printf "%-12s dossier over Lucene: median %.2f, p95 %.2f, p99 %.2f\n", $1, m[$1] / $(NF - 2), p[$1] / $(NF - 1), q[$1] / $NF }' \
    "$folder/ours" "$folder/theirs"
