# SPDX-License-Identifier: GPL-2.0-or-later
# Each format of search, to the byte but for what differs from run to run.
cat > r.jsonl <<'END'
{"id": "one", "title": "Police, \"drill\"", "text": "Officers of the police met for a drill.\nThe drill was long.", "date": "2014-10-07", "source": "Daily Wire", "url": "https://example.org/1"}
{"id": "=two", "title": "-Second", "text": "A drill <b>about</b> nothing & more", "date": "2015-01-31", "source": "Wire"}
{"id": "three words", "text": "One more drill, of the police of Japan (警察庁)"}
END
dossier index -qd x.db r.jsonl
clean() {
    sed -e "s,$PWD,PWD,g" -e 's/"seconds": [0-9.e-]*/"seconds": S/' -e 's/"score":\( *\)[0-9.e-]*/"score":\1S/' \
        -e 's/^\([0-9]*\),[0-9.]*,/\1,S,/' -e 's/\( Q0 [^ ]* [0-9]*\) [0-9.e-]*/\1 S/'
}
for format in text json jsonl csv trec paths; do
    echo "== $format"
    dossier search -d x.db --format $format police drill | clean
done
echo "== cells that a spreadsheet would compute"
dossier search -d x.db --format csv about | clean
echo "== text is the default"
dossier search -d x.db police drill > a.txt
dossier search -d x.db --format text police drill | cmp - a.txt
echo "== nothing found, each 0"
for format in text json jsonl csv trec paths; do
    dossier search -d x.db --facets none --format $format herring | clean
    echo "$format $?"
done
