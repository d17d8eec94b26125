# SPDX-License-Identifier: GPL-2.0-or-later
# More like this, and near-copies: those of the sample collection are named in corpus/README.md, and no others.
dossier index -qd s.db "$SOURCE/corpus/samples"
ids() { dossier search -d s.db --format trec -n 100 "$@" | awk '{ print $3 }'; }
echo "== near-copies of each document"
ids '' | sort | while read -r id; do
    for copy in $(ids "near:\"$id\""); do echo "$id $copy"; done
done
echo "== collapse"
dossier search -d s.db --facets none -n 2 --collapse 'title:alliance OR title:seventh' | grep -e '^ *[0-9]\.' -e near-cop
dossier search -d s.db --facets none -n 1 --collapse --format json alliance | grep -A 6 '"collapse"'
dossier search -d s.db -n 10 --offset 9999 --collapse alliance
echo "status $?"
echo "== similar"
dossier search -d s.db --similar releases/seventh-policy-meeting.txt --format trec -n 2 | awk '{ print $3 }'
dossier search -d s.db --similar releases/seventh-policy-meeting.txt --format trec -n 1 date:2015 | awk '{ print $3 }'
head -c 500 "$SOURCE/corpus/samples/releases/recaap-anniversary.txt" |
    dossier search -d s.db --similar - --format trec -n 2 | awk '{ print $3 }'
dossier search -d s.db --similar nobody
echo "status $?"
dossier search -d s.db --similar - </dev/null
echo "status $?"
