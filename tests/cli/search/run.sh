# SPDX-License-Identifier: GPL-2.0-or-later
# search --format trec and run rank alike: the topics of the sample collection, one by one.
dossier index -qd s.db "$SOURCE/corpus/samples"
dossier run -d s.db --topics "$SOURCE/corpus/gold/topics.tsv" --depth 50 > run.txt
cut -d ' ' -f 1 run.txt | uniq | wc -l | tr -d ' ' > topics.txt
[ "$(cat topics.txt)" -ge 25 ] && echo "enough topics"
while IFS="$(printf '\t')" read -r id text rest; do
    dossier search -d s.db -n 50 --match any --format trec -- "$text" | cut -d ' ' -f 3-5 > one.txt
    awk -v id="$id" '$1 == id' run.txt | cut -d ' ' -f 3-5 | cmp - one.txt || echo "topic $id: $text"
done < "$SOURCE/corpus/gold/topics.tsv"
