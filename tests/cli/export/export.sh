# SPDX-License-Identifier: GPL-2.0-or-later
# Every document comes back; what was exported makes the same index again.
cat > in.jsonl <<'END'
{"id": "one", "title": "Accord signed", "date": "2014-10-08", "source": "Press", "author": "A. Writer", "url": "https://example.org/1", "text": "Interpol met in Tokyo.\n\nFumio Kishida spoke in Tokyo."}
{"id": "two", "language": "de", "text": "=2+2, \"Anführung\"; ein Text"}
END
dossier index -qd x.db in.jsonl
echo "== jsonl"
dossier export -d x.db | sed "s,$PWD,PWD,g"
echo "== csv"
dossier export -d x.db --format csv | tr -d '\r' | sed "s,$PWD,PWD,g"
echo "== to a file, with mentions"
dossier export -d x.db --mentions -o out.jsonl
grep -o '"name":"Tokyo","count":2,"mentions":\[{"in":"text","start":16,"end":21,"text":"Tokyo"' out.jsonl
ls out.*
echo "== round trip"
dossier index -qd again.db out.jsonl
dossier export -d x.db | sed 's/"path":"[^"]*"//' > first
dossier export -d again.db | sed 's/"path":"[^"]*"//' | cmp - first && echo same
dossier index -qd s.db "$SOURCE/corpus/samples"
dossier export -qd s.db -o s.jsonl
dossier index -qd s2.db s.jsonl
dossier export -d s.db | sed -e 's/"path":"[^"]*"//' -e 's/"type":"[a-z]*"//' > first
dossier export -d s2.db | sed -e 's/"path":"[^"]*"//' -e 's/"type":"[a-z]*"//' | cmp - first && wc -l < first
echo "== what is wrong"
dossier export -d none.db
echo "status $?"
dossier export -d x.db words
echo "status $?"
dossier export -d x.db --format xml
echo "status $?"
dossier export -d x.db -o no/such/file
echo "status $?"
dossier export -d s.db > /dev/full
echo "status $?"
dossier export -d s.db | head -n 1 | cut -c 1-5
