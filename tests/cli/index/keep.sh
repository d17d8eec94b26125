# SPDX-License-Identifier: GPL-2.0-or-later
# Settings beside an index, patterns, a trial run, files renamed, and the report in both forms.
sums() {
    sed -e 's/ in [0-9.]* s (.*//' -e 's/; [0-9.]* MB of text$/; N MB of text/' -e "s,$PWD,PWD,g"
}
mkdir -p in/drafts
echo "the first whale" > in/a.txt
echo "the second whale" > in/b.md
echo "a draft whale" > in/drafts/c.txt
echo "== a trial run"
dossier index -d x.db --dry-run -v in 2>&1 | grep -v '^dossier: slow' | sums
dossier search -d x.db whale
echo "status $?"
echo "== settings"
dossier index -d x.db --save --prune --exclude drafts --exclude '*.tmp' in | sums
grep -v '^#' x.db.conf | sums
echo "the third whale" > in/d.txt
dossier index -d x.db | sums
dossier search -d x.db --format trec whale | awk '{ print $3 }' | LC_ALL=C sort
echo "== renamed"
mv in/a.txt in/z.txt
dossier index -d x.db -v 2>&1 | grep -v -e '^dossier: slow' -e '^dossier: undated' | sums
dossier search -d x.db --format trec first | awk '{ print $3 }'
dossier search -d x.db --format paths first | sums
echo "== reports"
rm in/d.txt
printf 'binary\000\001\002' > in/bad.txt
dossier index -qd x.db --report r.json 2>&1 | sums
sed -n '/schema_version/,$p' r.json | grep -v seconds
grep -c '"kind": "removed"' r.json
grep -c '"kind": "skipped"' r.json
grep -e '"removed": 1' -e '"unchanged": 2' -e '"skipped": 1' -e '"problem": null' r.json
dossier index -qd x.db --report r.txt 2>&1 | sums
sed -n '1p' r.txt | sums
dossier index -d x.db --report no/such/folder.json
echo "status $?"
echo "== the report is not a document"
dossier index -qd y.db --report in/report.json in 2> /dev/null
dossier index -d y.db --report in/report.json in 2> /dev/null | sums | head -n 1
echo "== settings that are wrong"
printf 'path = in\nprun = yes\n' > z.db.conf
dossier index -d z.db
echo "status $?"
dossier index -d none.db
echo "status $?"
dossier index -d x.db --watch --dry-run
echo "status $?"
echo '{}' | dossier index -d x.db --save -
echo "status $?"
