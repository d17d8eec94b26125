# SPDX-License-Identifier: GPL-2.0-or-later
# dossier judge with keys from a pipe: grades, undo, skip, more text, quit and going on later.
cat > documents.jsonl <<'END'
{"id": "a b", "title": "Harbour", "date": "2014-03-01", "source": "Coast News", "text": "The harbour of the old town.\u001b[31m Ships enter at night."}
{"id": "c", "title": "Bread", "text": "Bread is baked in the town, and nobody speaks of ships."}
{"id": "d", "text": "A third document."}
END
dossier index -d db documents.jsonl > /dev/null 2>&1
printf '2\tbread\n1\tharbour ships\n' > topics
printf '1 0 a%%20b -1\n1 0 c -1\n1 0 gone -1\n2 0 c -1\n1 0 d 0\n3 0 d -1\n' > pool
judge() { dossier judge -d db --topics topics --pool pool --qrels qrels "$@"; echo "status $?"; cat qrels; }
echo "== two grades, one taken back, and quit"
printf '3\n2\nuq' | judge
echo "== the rest, another day: help, more text, skip"
printf '1?m0s' | judge --bytes 20
echo "== nothing is left to be asked but what was skipped"
printf '' | judge | tail -7
echo "== usage and input"
dossier judge -d db --topics topics; echo "status $?"
dossier judge -d db --topics topics --pool - --qrels new; echo "status $?"
dossier judge -d nowhere --topics topics --pool pool --qrels new; echo "status $?"
dossier judge -d db --topics topics --pool missing --qrels new; echo "status $?"
echo '1 0 a' > bad
dossier judge -d db --topics topics --pool bad --qrels new; echo "status $?"
dossier judge -d db --topics topics --pool pool --qrels bad < /dev/null 2>&1 | grep -v '^3 \|topic 3'
dossier judge -d db --topics topics --pool pool --qrels no/where < /dev/null 2> told; echo "status $?"; tail -1 told
