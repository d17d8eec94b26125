# SPDX-License-Identifier: GPL-2.0-or-later
# How many documents of the test collections, none of which states its language, are told right.
[ -n "$SHARED" ] || exit 77
for collection in xquad-en xquad-de xquad-zh cran time; do
    dossier index -q --no-tag -d $collection.db "$SHARED/collections/$collection/corpus.jsonl"
    dossier search -d $collection.db -n 0 --facets language:20 '' | sed "s/^language/$collection/;/^ *$/d"
done
