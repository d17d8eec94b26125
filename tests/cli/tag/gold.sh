# SPDX-License-Identifier: GPL-2.0-or-later
# dossier tag --evaluate with names by document: counts of a small gold file, and a floor under the samples' own, which
# only ever rises.
mkdir docs
echo 'Kofi Annan and Mr. Annan flew to Geneva. The United Nations has an office in Geneva.' > docs/a.txt
echo 'Nothing is marked in this text about Paris.' > docs/b.txt
printf '%s\t%s\t%s\t%s\n' a.txt person 'Kofi Annan' 'Kofi Annan | Annan' a.txt place Geneva Geneva \
    a.txt place 'United Nations' 'United Nations' a.txt place Atlantis Atlantis c.txt place Rome Rome > gold.tsv
echo "== one name of another type, one that is not found; documents without gold do not count"
dossier tag --evaluate gold.tsv docs; echo "status $?"
dossier tag -e gold.tsv -n 0 -f jsonl docs
echo "== errors"
dossier tag -e gold.tsv; echo "status $?"
dossier tag -e gold.tsv docs/b.txt; echo "status $?"
printf 'a.txt\tplace\tGeneva\tGeneva\na.txt\tship\tRomulus\tRomulus\n' > broken.tsv
dossier tag -e broken.tsv docs; echo "status $?"
echo "== the samples"
dossier tag -e "$SOURCE/corpus/gold/names.tsv" -n 0 -f jsonl "$SOURCE/corpus/samples" > samples.json; echo "status $?"
floor() { # TYPE F1
    found=$(sed "s/.*\"$1\": {[^}]*\"f1\": \([0-9.]*\)}.*/\1/" samples.json)
    awk -v found="$found" -v floor="$2" 'BEGIN { exit !(found >= floor) }' && echo "$1 at least $2" ||
        echo "$1 fell to $found, below $2"
}
floor organization 0.955
floor person 0.94
floor place 0.99
floor all 0.975
