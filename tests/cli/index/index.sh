# SPDX-License-Identifier: GPL-2.0-or-later
# What a run reports when files come, change and go, for any number of workers.
report() {
    dossier index -d x.db "$@" | sed -e 's/ in [0-9.]* s (.*//' -e 's/; [0-9.]* MB of text$/; N MB of text/'
}
mkdir in
echo "the first whale" > in/a.txt
printf -- '---\ntitle: Second\ndate: 2014-10-07\n---\nthe second whale\n' > in/b.md
printf '{"id": "r1", "text": "record whale"}\n{"id": "r2", "text": "another whale"}\n' > in/r.jsonl
echo "== new"
report in
echo "== again"
report in
echo "== changed, come and gone"
echo "the first whale, changed" > in/a.txt
printf '{"id": "r1", "text": "record whale"}\n{"id": "r3", "text": "a third whale"}\n' > in/r.jsonl
rm in/b.md
report in
report --prune in
dossier search -d x.db --format trec whale | awk '{ print $3 }' | LC_ALL=C sort
echo "== verbose"
rm in/a.txt
dossier index -d x.db -v --prune in 2>&1 > /dev/null | sed "s,$PWD,PWD,g"
echo "== standard input"
echo '{"id": "s1", "text": "a whale from a pipe"}' | report -
echo '{"id": "s1", "text": "a whale from a pipe"}' | report -
echo "== quiet"
dossier index -d x.db -q in
echo "== workers make no difference"
dossier index -qd one.db -j 1 "$SOURCE/corpus/samples"
dossier index -qd four.db -j 4 "$SOURCE/corpus/samples"
dossier search -d one.db -n 100 --format trec japan > one.txt
dossier search -d four.db -n 100 --format trec japan | cmp - one.txt
echo "== language"
echo '{"id": "h", "text": "Die Häuser"}' > de.jsonl
dossier index -qd de.db --language German de.jsonl
dossier search -d de.db --format trec haus | awk '{ print $3 }'
echo "== progress only on a terminal"
dossier index -d y.db in 2>&1 > /dev/null
