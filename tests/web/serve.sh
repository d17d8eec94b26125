#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The sample configurations of web servers, each really serving the page: statuses, headers, methods, a long address.
# Usage: tests/web/servers_serve.sh DOSSIER DOSSIER.CGI
. "$(dirname "$0")/setup.sh"
. "$(dirname "$0")/servers.sh"
need curl curl
make_index
configure </dev/null
ask() { # WANTED [CURL'S OPTIONS] PATH
    wanted=$1
    shift
    answered=$(curl -s -o "$work/body" -D "$work/head" -w '%{http_code}' "$@")
    [ "$answered" = "$wanted" ] || fault "$server: $*: status $answered, not $wanted"
}
for server in lighttpd nginx-spawn-fcgi nginx-fcgiwrap apache; do
    case $server in
    lighttpd) need lighttpd lighttpd ;;
    apache) need apache2 apache2 ;;
    nginx-spawn-fcgi) need nginx nginx-light; need spawn-fcgi spawn-fcgi ;;
    nginx-fcgiwrap) need nginx nginx-light; need fcgiwrap fcgiwrap ;;
    esac
    serve "$server"
    ask 200 "$base"
    have '<h1>76 documents'
    ask 200 "$base?q=cyber+crime"
    have '<li class="hit">'
    tag=$(tr -d '\r' <"$work/head" | sed -n 's/^[Ee][Tt]ag: //p')
    ask 304 -H "If-None-Match: $tag" "$base?q=cyber+crime"
    ask 200 "$base/opensearch.xml"
    have "template=\"http://127.0.0.1:$port/search?q={searchTerms}"
    ask 200 "$base/suggest?q=reg"
    have '["reg",["'
    ask 200 "$base/style.css?v=1"
    ask 404 "$base/nothing"
    ask 404 "$base?id=nothing"
    ask 400 "$base?q=%FF"
    ask 405 -X POST -d q=a "$base"
    ask 200 -I "$base?q=cyber"
    ask 200 -H 'Proxy: http://127.0.0.1:1/' -H 'Cookie: a=b' "$base?q=cyber"
    # The server's own limit or the program's: never a page.
    answered=$(curl -s -o "$work/body" -w '%{http_code}' "$base?q=$(head -c 8300 /dev/zero | tr '\0' a)")
    case $answered in 414 | 431 | 400) ;; *) fault "$server: a long address: status $answered" ;; esac
    stop_serving
done
finish
