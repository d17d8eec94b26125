# SPDX-License-Identifier: GPL-2.0-or-later
# dossier entities: names in the matches, what occurs with one of them, months; aliases; what goes wrong.
mkdir news news.db.names
cat > news/wire.jsonl <<'END'
{"id": "w1", "date": "2014-10-07", "text": "Zora Quill met officials of the Zedland Water Board in Zedtown. Quill left Zedtown on Friday."}
{"id": "w2", "date": "2014-10-21", "text": "The Zedland Water Board said Zora Quill would resign."}
{"id": "w3", "date": "2014-12-01", "text": "In Zedtown the rain went on. Nobody was hurt."}
{"id": "w4", "text": "An undated note about Zora Quill and the ZWB."}
{"id": "w5", "date": "2015-01-01", "text": "It rained all day."}
END
printf 'person\tZora Quill\norganization\tZedland Water Board\tZWB\nplace\tZedtown\n' > news.db.names/add.tsv
printf 'ZWB\tZedland Water Board\torganization\n' > news.db.names/aliases.tsv
dossier index -d news.db -j 1 news > /dev/null
export DOSSIER_DB=news.db
echo "== all names"
dossier entities
echo "== of a query, one type"
dossier entities --type place rain
echo "== with a name: a part of it will do"
dossier entities --with quill
echo "== by an alias"
dossier entities --with ZWB --type person
echo "== within a query"
dossier entities --with 'Zora Quill' --type organization date:2014
echo "== csv"
dossier entities -f csv --with 'zora QUILL' | tr -d '\r'
echo "== json"
dossier entities -f json -n 1 --with zedtown
echo "== a click gives the count shown"
dossier search -n 0 --facets organization '' ; dossier search -n 0 --facets none 'organization:"Zedland Water Board"'
dossier search -n 0 --facets none org:zwb
echo "== hits show names, and so does show"
dossier search -n 1 --facets none friday
dossier show --why w1 | sed -n '/^person/,/^place/p'
echo "== what goes wrong"
dossier entities --with 'Nobody Else'; echo "status $?"
dossier entities --with ''; echo "status $?"
dossier entities --type colour; echo "status $?"
dossier entities 'date:yesterday'; echo "status $?"
dossier entities -d nowhere.db; echo "status $?"
dossier index -d plain.db -j 1 --no-tag news > /dev/null
dossier entities -d plain.db; echo "status $?"
dossier search -d plain.db rain person:quill; echo "status $?"
