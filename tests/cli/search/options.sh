# SPDX-License-Identifier: GPL-2.0-or-later
# What the options of search do, on the sample collection.
dossier index -qd s.db "$SOURCE/corpus/samples"
ids() { dossier search -d s.db --format trec "$@" | awk '{ print $4, $3 }'; }
echo "== count and offset"
ids -n 3 ransomware
ids -n 2 --offset 1 ransomware
ids -n 5 --offset 100000 ransomware
dossier search -d s.db -n 0 --facets none ransomware
dossier search -d s.db -n 2 --offset 3 --facets none ransomware | sed -n '1p;/^  [0-9 ]*\./p'
echo "== sort: dates, the undated last"
dates() { dossier search -d s.db --format csv -n 100 "$@" | cut -d, -f 5 | uniq -c | sed 's/\r//'; }
dossier search -d s.db -n 100 --format jsonl --sort newest ransomware | sed 's/.*"date":\([^,]*\),.*/\1/' | uniq -c
dossier search -d s.db -n 100 --format jsonl --sort oldest ransomware | sed 's/.*"date":\([^,]*\),.*/\1/' | uniq -c
echo "== match"
for match in all any auto; do
    dossier search -d s.db -n 0 --facets none --match $match abduction ransomware
done
echo "== facets"
dossier search -d s.db -n 0 --facets year:3,type ransomware
dossier search -d s.db -n 0 --facets language:0 --format json '' | sed -n '/facets/,$p'
dossier search -d s.db -n 0 --facets none ransomware
dossier search -d s.db -n 0 --facets 'source:3:/SAMPLE/,type:1,source:/a, b/,month:2,day:2' japan
dossier search -d s.db -n 0 --facets date japan
dossier search -d s.db -n 0 --facets 'date:300:/-08/' --format json japan | sed -n '/facets/,$p'
echo "== filters: of one facet any, of several all; a facet leaves its own out"
dossier search -d s.db -n 0 --facets year,type --filter date:2019 --filter type:text japan
dossier search -d s.db -n 0 --facets type --filter type:markdown --filter type:html ransomware
dossier search -d s.db -n 0 --facets none --filter date:none ransomware
echo "== strict"
dossier search -d s.db -n 0 --facets none 'ransomware "attack'
dossier search -d s.db -n 0 --facets none --strict 'ransomware "attack'
echo "status $?"
echo "== rank: another scheme, the same hits"
ids -n 100 ransomware | cut -d ' ' -f 2 | sort > a.txt
ids -n 100 --rank bm25:k1=1.2,b=0.75 ransomware | cut -d ' ' -f 2 | sort | cmp - a.txt
dossier search --rank list | head -n 2
echo "== words may stand apart or in quotes"
ids cyber crime > a.txt
ids 'cyber crime' | cmp - a.txt
echo "== did you mean"
dossier search -d s.db --facets none -n 0 'ransomwear attaks'
dossier search -d s.db --facets none -n 0 'cybr-crime'
