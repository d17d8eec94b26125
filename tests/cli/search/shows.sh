# SPDX-License-Identifier: GPL-2.0-or-later
# The seed articles and what must be found in them.
[ -d "$SOURCE/../shared/seeds" ] || exit 77
dossier index -qd x.db "$SOURCE/../shared/seeds" > /dev/null
ids() { dossier search -d x.db --format trec "$@" | awk '{ print $3 }'; }
echo "== abduction: the Kuala Lumpur article first"
ids -n 1 abduction
echo "== the release alone"
ids '"Keio Plaza Hotel"'
echo "== the Indo-Pacific article first"
ids -n 1 NEC exercises Bangkok
echo "== every spelling reaches every article with one of them"
grep -rliE 'cyber[- ]?crime' "$SOURCE/../shared/seeds" | sed 's,.*/,,' | LC_ALL=C sort > said.txt
wc -l < said.txt
for query in cybercrime 'cyber crime' cyber-crime; do
    echo "missed by $query:"
    ids -n 100 $query | sed 's,.*/,,' | LC_ALL=C sort | comm -13 - said.txt
done
echo "== a month"
ids date:2014-10
