#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every kind of page, by CGI: statuses, headers, what must be on it.
# Usage: tests/web/pages.sh DOSSIER DOSSIER.CGI
. "$(dirname "$0")/setup.sh"
make_index
configure <<'CONF'
title = Sample library
description = All that the samples hold
contact = librarian@example.org
CONF

# Entry page: nobody faces an empty box.
expect 200 ''
have '<h1>76 documents'
have '<h2>Newest documents</h2>'
have 'Association of Southeast Asian Nations'
have 'All that the samples hold'
have '<a href="mailto:librarian@example.org">'
head_has 'Content-Type: text/html; charset=utf-8'
head_has "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
head_has 'X-Content-Type-Options: nosniff'
head_has 'Referrer-Policy: same-origin'
head_has 'Cache-Control: no-cache'
head_has 'ETag: W/"'

# Results: the hits of the command line in its order, and what an index of them says.
expect 200 'q=cyber+crime'
"$dossier" search -d "$index" --format json cyber crime >"$work/cli.json"
sed -n 's/^ *"total": \([0-9]*\).*/\1/p' "$work/cli.json" >"$work/total"
have "<h1 id=\"sum\">$(cat "$work/total") documents"
grep -A1 '<li class="hit">' "$work/body" >/dev/null || fault "no hits"
sed -n 's/.*"id": "\(.*\)",/\1/p' "$work/cli.json" | sed 's,/,%2F,g' >"$work/cli.ids"
sed -n 's/^<h2><a href="?q=cyber+crime&amp;id=\([^"]*\)".*/\1/p' "$work/body" >"$work/page.ids"
diff "$work/cli.ids" "$work/page.ids" >"$work/diff" || fault "page and command line rank otherwise: $(cat "$work/diff")"
have '<mark>cyber</mark>'
have 'Understood as <code dir="auto">cyber crime</code>'
have '<a href="?q=cyber+crime&amp;org=Interpol"'
have '<a href="?q=cyber+crime&amp;sort=newest"'
have '<a href="?q=cyber+crime&amp;start=10" rel="next">Next</a>'
have '<a href="?q=cyber+crime&amp;n=50"'
have 'href="?q=cyber+crime&amp;format=atom"'
head_has 'X-Frame-Options: DENY'

# Filters: a click yields exactly the count shown; chips take out; the first page again.
count=$(sed -n 's/.*org=Interpol"><bdi>Interpol<\/bdi> <span class="n">\([0-9]*\)<.*/\1/p' "$work/body")
expect 200 'q=cyber+crime&org=Interpol'
have "<h1 id=\"sum\">$count documents"
have '<a class="chip" href="?q=cyber+crime">'
have '<input type="hidden" name="org" value="Interpol">'
expect 200 'q=cyber+crime&start=10&n=10'
have '<a href="?q=cyber+crime&amp;org=Interpol&amp;n=10"'
lack '<a href="?q=cyber+crime&amp;org=Interpol&amp;n=10&amp;start'
have '<ol class="hits" start="11">'
expect 200 'q=cyber+crime&start=5000'
have 'There are no hits this far down'
expect 200 'q=cyber+crime&more=place'
have 'Show fewer Places'

# Nothing, nearly nothing, relaxed.
expect 200 'q=zzzyyyxxx'
have 'Nothing found'
expect 200 'q=cybercryme'
have 'Did you mean'
expect 200 'q=ransomware+zzzyyyxxx'
have 'No document has all the words; these have some of them.'
expect 200 'sort=newest'
have '<h1 id="sum">76 documents'

# A document, with its matches and names.
expect 200 'id=news/regional-alliance-2019.txt&q=cyber'
have "<h2>Nearly the same text</h2>"
have "<h2>Similar documents</h2>"
have '<mark id="m1">'
have '<a href="#m2" aria-label="Next match">'
have '<a class="place" href="?kind=place&amp;name=Bangkok">Bangkok</a>'
have 'Do not mark them in the text'
expect 200 'id=news/regional-alliance-2019.txt&names=off'
lack '<a class="place"'
have 'Mark them in the text'
expect 404 'id=../../etc/passwd'
expect 404 'id=nothing'

# A name.
expect 200 'kind=org&name=Association+of+Southeast+Asian+Nations'
have 'Also written <bdi>ASEAN</bdi>'
have '<svg class="graph"'
have 'Mentions over time'
expect 404 'kind=person&name=Nobody+At+All'
expect 400 'kind=year&name=2014'

# Other formats.
expect 200 'q=cyber&format=json'
head_has 'Content-Type: application/json'
"$dossier" search -d "$index" --format json --facets organization:8,person:8,place:8,year:8,source:8,language:8,type:8 cyber |
    grep -E '"(id|total|score|title)":' >"$work/cli.json"
grep -E '"(id|total|score|title)":' "$work/body" >"$work/page.json"
diff "$work/cli.json" "$work/page.json" >"$work/diff" || fault "JSON of page and command line differ: $(head -5 "$work/diff")"
have '"path": null'
expect 200 'q=cyber&format=atom'
head_has 'Content-Type: application/atom+xml; charset=utf-8'
xmllint --noout "$work/body" || fault "Atom is not well-formed"
have '<opensearch:totalResults>'
have '<link rel="next" type="application/atom+xml" href="http://library.example/search?q=cyber&amp;start=10&amp;format=atom"/>'
expect 200 'q=cyber&format=csv'
head_has 'Content-Type: text/csv; charset=utf-8'
[ "$(head -1 "$work/body" | tr -d '\r')" = 'rank,score,id,title,date,source,language,url' ] || fault "CSV header: $(head -1 "$work/body")"
expect 200 '' /opensearch.xml
head_has 'Content-Type: application/opensearchdescription+xml'
xmllint --noout "$work/body" || fault "OpenSearch description is not well-formed"
have 'template="http://library.example/search?q={searchTerms}'
expect 200 'q=reg' /suggest
have '["reg",["'
expect 200 '' /style.css
head_has 'Content-Type: text/css'
head_has 'Cache-Control: public, max-age=31536000, immutable'
expect 200 '' /script.js
head_has 'Content-Type: text/javascript'

# A program without a name for itself in the address makes links that work too.
SCRIPT='/a b"<x>' expect 200 '' /
have 'href="/a%20b%22%3Cx%3E?'
lack '<x>'

# The browser's copy is good until the index changes.
expect 200 'q=cyber'
tag=$(header ETag)
TAG=$tag expect 304 'q=cyber'
[ ! -s "$work/body" ] || fault "a body with 304"
TAG="W/\"other\", $tag" expect 304 'q=cyber'
TAG=$tag expect 200 'q=crime'
TAG=$tag expect 200 'q=cyber&start=10'
echo 'One more text about cyber matters' >"$work/new.txt"
"$dossier" index -d "$index" "$work/new.txt" >/dev/null 2>&1
TAG=$tag expect 200 'q=cyber'

# HEAD has the same header and no body.
expect 200 'q=cyber'
cp "$work/head" "$work/get.head"
expect 200 'q=cyber' '' HEAD
[ ! -s "$work/body" ] || fault "a body with HEAD"
grep -v -E '^Content-Length' "$work/head" >"$work/a"
grep -v -E '^Content-Length' "$work/get.head" >"$work/b"
cmp -s "$work/a" "$work/b" || fault "HEAD and GET differ: $(diff "$work/a" "$work/b")"
finish
