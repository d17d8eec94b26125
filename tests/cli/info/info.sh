# SPDX-License-Identifier: GPL-2.0-or-later
# The figures of an index, for people and for programs.
cat > r.jsonl <<'END'
{"id": "1", "text": "whale song", "date": "2014-10-07", "source": "Wire"}
{"id": "2", "text": "whales", "date": "2013-01-31", "source": "Wire\u001b[31m"}
{"id": "3", "text": "Wale singen", "language": "de"}
END
dossier index -qd x.db r.jsonl
clean() { sed -e 's/size .*/size S/' -e 's/"bytes": [0-9]*/"bytes": B/' -e 's/[0-9a-f-]\{36\}/UUID/'; }
dossier info -d x.db | clean
dossier info -d x.db --format json | clean
echo "== an index of nothing"
: > none.jsonl
dossier index -qd empty.db none.jsonl
dossier info -d empty.db | clean
dossier info -d nowhere.db
echo "status $?"
