# SPDX-License-Identifier: GPL-2.0-or-later
# One document in each format, with matches and with what titles and dates come from.
cat > r.jsonl <<'END'
{"id": "one", "title": "Police, \"drill\"", "text": "Officers <met> for a drill.\n\nThe drill & \u001b[31mmore\u001b[0m.", "date": "2014-10-07", "source": "Daily Wire", "url": "https://example.org/1"}
{"id": "two words", "text": "Undated"}
END
printf '# A heading\n\nTokyo, October 7, 2014: text of a file\n' > note.md
dossier index -qd x.db r.jsonl note.md
clean() { sed -e "s,$PWD,PWD,g"; }
for format in text json html; do
    echo "== $format"
    dossier show -d x.db --format $format -q 'drills' one | clean
done
echo "== no query, no marks"
dossier show -d x.db one | tail -n 3
echo "== a query that the document does not match"
dossier show -d x.db -q zebra 'two words' | clean
echo "== what could pass for a mark, turns the direction of writing, or is no text"
printf '%s\n' '{"id": "marks", "text": "A **drill**, 2*3 drill* \u202edrill\u2066 \u0085end</mark><b>drill"}' > m.jsonl
dossier index -qd m.db m.jsonl
dossier show -d m.db -q drill marks | tail -n 1 | cat -v
dossier show -d m.db marks | tail -n 1 | cat -v
dossier search -d m.db --facets none drill | sed -n 5p | cat -v
dossier show -d m.db -q drill --format html marks | sed -n '/<div/,$p' | cat -v
dossier show -d m.db -q drill --format json marks | grep '"text"' | head -n 1
echo "== why"
dossier show -d x.db --why note.md | clean
dossier show -d x.db --why --format json note.md | grep why
echo "== mistakes"
try() {
    dossier "$@"
    echo "status $?"
}
try show -d x.db three
try show -d x.db ''
try show -d x.db -q 'a*' one
try show -d nowhere.db one
