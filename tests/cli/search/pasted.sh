# SPDX-License-Identifier: GPL-2.0-or-later
# Long texts as queries: a document finds itself, a report of many words is no error.
samples=$SOURCE/corpus/samples
dossier index -qd s.db "$samples"
echo "== documents of more than 200 words find themselves first"
for file in "$samples"/*/*.md "$samples"/*/*.txt; do
    [ "$(grep -oE '[[:alnum:]]{2,}' "$file" | wc -l)" -gt 230 ] || continue
    name=${file#"$samples"/}
    found=$(dossier search -d s.db -n 1 --format trec - < "$file" | awk '{ print $3 }')
    [ "$found" = "$name" ] && found=self
    echo "$found"
done | sort | uniq -c | sed 's/^ *//'
echo "== forty thousand words, three hundred of them different"
awk 'BEGIN { for (i = 0; i < 40000; i++) printf "w%d ", i % 300; print "ransomware" }' > long.txt
dossier search -d s.db -n 1 --facets none --format trec - < long.txt | awk '{ print $3 }'
cat "$samples"/*/*.md "$samples"/*/*.txt > all.txt
dossier search -d s.db -n 1 --facets none - < all.txt 2>&1 | grep -E 'a long text|different words' | cut -c 1-78
echo "== plain words in a script"
dossier search -d s.db -n 1 --facets none --strict --format trec --match any - < long.txt | awk '{ print $3 }'
