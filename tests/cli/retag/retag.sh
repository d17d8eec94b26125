# SPDX-License-Identifier: GPL-2.0-or-later
# dossier retag: changed lists, lists named when indexing and their aliases in every search, what goes wrong.
mkdir news mine
cat > news/wire.jsonl <<'END'
{"id": "w1", "date": "2014-10-07", "text": "Zora Quill met officials of the Zedland Water Board in Zedtown. Quill left Zedtown on Friday."}
{"id": "w2", "date": "2014-10-21", "text": "The Zedland Water Board said Zora Quill would resign."}
{"id": "w3", "date": "2014-12-01", "text": "In Zedtown the rain went on. Nobody was hurt."}
{"id": "w4", "date": "2015-01-01", "text": "It rained all day."}
END
printf 'person\tZora Quill\norganization\tZedland Water Board\nplace\tZedtown\n' > mine/add.tsv
printf 'Water folk\tZedland Water Board\torganization\n' > mine/aliases.tsv
export DOSSIER_DB=news.db
report() { sed 's/[0-9.]* s (.*/N s/'; }
dossier index -q -j 1 --names mine news
echo "== an alias of lists that were named when indexing finds the name, in every search"
for name in '"Water folk"' '"Zedland Water Board"'; do
    dossier search -n 9 --facets none --format jsonl "organization:$name" | sed 's/.*"id": *"\([^"]*\)".*/\1/' | tr '\n' ' '
done
echo
printf 'q1\torganization:"Water folk"\n' > topics.tsv
dossier run --topics topics.tsv | cut -d ' ' -f 1,3 | sort
echo "== also without the folder, and from another one"
mv mine hidden
mkdir elsewhere
(cd elsewhere && dossier search -d ../news.db -n 0 --facets none 'org:"water folk"')
mv hidden mine
echo "== changed lists, without the source files"
mv news gone
printf 'Zora Quill\tZ. Quill the Elder\tperson\n' >> mine/aliases.tsv
printf 'Zedtown\tplace\n' > mine/hide.tsv
dossier retag | report
dossier entities
dossier search -n 0 --facets none 'person:"zora quill"'
dossier search -n 0 --facets none 'place:zedtown'
dossier check
echo "== nothing changed: nothing is written"
dossier info --format json | grep '"revision"' > before.txt
dossier retag | report
dossier info --format json | grep '"revision"' | cmp - before.txt && echo same revision
echo "== an index without names gets them"
dossier index -q -d plain.db -j 1 --no-tag gone
dossier entities -d plain.db
echo "status $?"
dossier retag -d plain.db --names mine | report
dossier entities -d plain.db --type organization
echo "== a document that goes takes its names along"
grep -v '"w2"' gone/wire.jsonl > less.jsonl
dossier index -q -d less.db -j 1 --names mine gone/wire.jsonl
mv less.jsonl gone/wire.jsonl
dossier index -q -d less.db -j 1 gone/wire.jsonl
dossier entities -d less.db --type organization
echo "== bad lines are told, and left out"
printf 'no tab here\n' >> mine/aliases.tsv
dossier retag 2>&1 | sed 's|note .*/mine|note mine|; s|: /.*/mine|: mine|' | report
echo "== what goes wrong"
dossier retag -d nowhere.db
echo "status $?"
dossier retag --names nowhere
echo "status $?"
dossier retag --model less.db/iamglass 2>&1 | sed "s/'.*'/'…'/"
dossier retag extra
echo "status $?"
mkdir other && echo x > other/file.txt
dossier retag -d other
echo "status $?"
dossier check
