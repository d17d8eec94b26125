# SPDX-License-Identifier: GPL-2.0-or-later
# Options as GNU programs read them, and mistakes in them.
echo '{"id": "-d", "text": "a whale"}' > r.jsonl
dossier index -qd x.db r.jsonl
dossier search --database=x.db --format=paths whale | sed 's,.*/,,'
dossier search -dx.db -fpaths whale | sed 's,.*/,,'
dossier search whale -d nowhere.db -d x.db -f paths | sed 's,.*/,,'
dossier search --datab x.db --form paths whale | sed 's,.*/,,'
DOSSIER_DB=x.db dossier search -f paths whale | sed 's,.*/,,'
DOSSIER_DB= dossier search -f paths whale
echo "empty DOSSIER_DB: $?"
DOSSIER_DB=x.db dossier search -d nowhere.db -f paths whale
echo "-d before DOSSIER_DB: $?"
dossier show -d x.db -- -d | tail -n 1
dossier search -d x.db -f paths -- -herring | sed 's,.*/,,'
try() {
    dossier "$@"
    echo "status $?"
}
try search -d x.db -zebra
try search --wrong whale
try search --f whale
try search --strict=1 whale
try search --format
try search -n
try search -n x whale
try search -n -1 whale
try search -n 1000001 whale
try search --offset 1.5 whale
try search --sort age whale
try search --match some whale
try search --format xml whale
try search --facets colour whale
try search --facets year:x whale
try search --facets year:1001 whale
try search --facets year,, whale
try search --facets year:5: whale
try search --facets year:5:/9 whale
try search --facets person:// whale
try search --filter colour:red whale
try search --filter year whale
try search --filter year: whale
try search --rank okapi whale
try search --rank bm25:b=2 whale
try search -d x.db --rank tfidf:variant=zzz whale
try search -d x.db --language klingon whale
try search
try show
try show a b
try show --format csv a
try info now
try check it
try compact it
try index
try index -j 0 r.jsonl
try index -j 65 r.jsonl
try index -d y.db --language klingon r.jsonl
[ ! -e y.db ]
