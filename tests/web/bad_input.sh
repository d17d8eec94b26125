#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What clients and machines do wrong: a proper page, a proper status, one line in the log without control bytes.
# Usage: tests/web/bad_input.sh DOSSIER DOSSIER.CGI
. "$(dirname "$0")/setup.sh"
make_index
configure </dev/null

one_line() { # the log is one line of printable ASCII
    [ "$(wc -l <"$work/log")" = 1 ] || fault "log of $(wc -l <"$work/log") lines: $(head -3 "$work/log")"
    ! LC_ALL=C grep -q '[^ -~]' "$work/log" || fault "control bytes in the log: $(od -c "$work/log" | head -3)"
}
bad() { # STATUS QUERY [PATH] [METHOD]
    expect "$@"
    one_line
    [ "${4:-GET}" = HEAD ] || have '<h1>'
    have '<main id="main" class="error"'
    head_has 'Content-Type: text/html; charset=utf-8'
    head_has "default-src 'none'"
    head_has 'Cache-Control: no-store'
}
bad 400 'q=a%00b'
bad 400 'q=%ff%fe'
bad 400 'q=a&q=b'
bad 400 'org=%c3'
bad 400 'n=many'
bad 400 'start=-1'
bad 400 'start=900000'
bad 400 'sort=%0d%0aSet-Cookie:x'
! grep -qi '^set-cookie' "$work/head" || fault "a header from the query"
bad 400 'format=exe'
bad 400 'since=2014-99'
bad 400 "q=$(head -c 2500 /dev/zero | tr '\0' a)"
bad 404 'id=%0d%0aX-Injected:1'
bad 404 '' /../../etc/passwd
bad 404 '' /nothing
bad 404 'db=../../etc'
bad 404 'db=other'
bad 405 'q=a' '' POST
head_has 'Allow: GET, HEAD'
bad 405 'q=a' '' DELETE
bad 405 'q=a' '' get
LENGTH=99999999999999 bad 405 'q=a' '' POST
LENGTH=-1 expect 200 'q=cyber'

# As JSON when that was asked for.
expect 404 'db=other&format=json'
head_has 'Content-Type: application/json'
have '"status": 404'

# A megabyte of address (as FastCGI hands it over; an environment takes 128 KB) and ten thousand parameters.
long=$(head -c 100000 /dev/zero | tr '\0' a)
bad 414 "q=$long"
bad 414 "$(seq 1 10000 | sed 's/.*/x&=1/' | tr '\n' '&' | head -c 100000)"
bad 400 "$(seq 1 300 | sed 's/.*/x=1/' | tr '\n' '&')"

# Queries that ask for too much are refused or answered, not crashed on.
expect 400 "q=$(seq 1 300 | sed 's/.*/(/' | tr -d '\n')"
expect 200 "q=%22unfinished+AND+%28"
expect 400 'q=a*'
expect 200 'q=ca*+be*+co*+de*'
expect 400 'q=aa*+ba*+ca*+da*+ea*+fa*+ga*+ha*+ia*+ja*+ka*'
expect 200 'q=%E2%80%AE%E2%81%A6title'
expect 200 'q=%3A%3A%3A+%22%22+-+%2B&org=&person=%22%3E'

# The index: missing, damaged, no index at all, locked by its writer, replaced.
gone() { # STATUS: of any query
    bad "$1" 'q=cyber'
    lack "$work"
}
mv "$index" "$work/away"
gone 503
head_has 'Retry-After: 5'
mkdir "$index"
gone 503
rmdir "$index"
echo 'remote :/bin/true' >"$index"
gone 503
rm "$index"
cp -r "$work/away" "$index"
for file in "$index"/*.glass; do head -c 5000 /dev/urandom >"$file"; done
gone 503
rm -r "$index"
cp -r "$work/away" "$index"
: >"$index/postlist.glass"
get 'q=cyber'
[ "$answered" = 503 ] || [ "$answered" = 200 ] || fault "a cut index: status $answered"
rm -r "$index"
mv "$work/away" "$index"
expect 200 'q=cyber'

# The configuration.
bad_configuration() { # WORDS of the log
    expect 500 'q=a'
    have '<h1>The search page is not set up rightly</h1>'
    one_line
    grep -qF -- "$1" "$work/log" || fault "log without '$1': $(cat "$work/log")"
    lack "$work"
}
echo 'colour = red' >"$work/dossier.conf"
bad_configuration "dossier.conf:1: unknown key 'colour'"
rm "$work/dossier.conf"
bad_configuration 'set $DOSSIER_CONFIG to it'

# Not by a web server.
"$cgi" >"$work/out" 2>&1 </dev/null
[ $? = 2 ] || fault "no usage error without a request"
grep -q 'QUERY_STRING' "$work/out" || fault "no usage"
finish
