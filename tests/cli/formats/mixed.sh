# SPDX-License-Identifier: GPL-2.0-or-later
# A folder with a file of each format, made by tests/formats/make.py: every text is found by a word that only it holds,
# under the id it should have; with worker processes and without the index is the same.
command -v python3 >/dev/null || exit 77
python3 "$SOURCE/tests/formats/make.py" in
for jobs in 1 2; do
    dossier index -j $jobs -d $jobs.db in 2>&1 | sed '/^[12].db: /d'
    while IFS='	' read -r word id; do
        found=$(dossier search -d $jobs.db --format trec "$word" 2>/dev/null | awk '{ print $3 }')
        [ "$found" = "$id" ] || echo "$word: not $id but '$found'"
    done < expected.tsv
done
wc -l < expected.tsv
echo "== attachments know what they are attached to"
dossier show -d 1.db mail.eml/list.docx | grep -E '^(type|parent)'
echo "== text without an index"
dossier tag in/letter.docx | tail -n 1
echo "== nothing is read again"
dossier index -j 1 -d 1.db in | head -n 1
