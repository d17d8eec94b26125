#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Serves the search page of a build on this machine alone, with one of the sample configurations beside this script:
# http://127.0.0.1:8080/search. Ctrl-C ends it.
# Usage: searcher/cgi/servers/try.sh lighttpd|nginx-spawn-fcgi|nginx-fcgiwrap|apache [PORT [BUILD]]
# The page shows the samples, indexed when they are not yet; DOSSIER_CONFIG=FILE shows what that file says.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../../.." && pwd)
server=${1:-lighttpd} port=${2:-8080} build=${3:-$source/build}
PATH=$PATH:/usr/sbin:/sbin
[ -f "$here/$server.conf" ] || { echo "there is no $here/$server.conf" >&2; exit 2; }
case $server in
lighttpd) needs=lighttpd ;;
nginx-spawn-fcgi) needs="nginx spawn-fcgi" ;;
nginx-fcgiwrap) needs="nginx fcgiwrap" ;;
apache) needs=apache2 ;;
esac
for program in $needs; do
    command -v "$program" >/dev/null || { echo "$program is missing: apt-get install $program" >&2; exit 3; }
done
work=$(mktemp -d "${TMPDIR:-/tmp}/dossier-try.XXXXXX")
children=
end() {
    trap - EXIT INT TERM
    # shellcheck disable=SC2086  # a list of processes
    # With what they have started: fcgiwrap leaves its workers behind.
    for child in $children; do
        # shellcheck disable=SC2046  # a list of numbers
        kill $(cat "/proc/$child/task/$child/children" 2>/dev/null) "$child" 2>/dev/null || true
    done
    wait
    rm -rf "$work"
}
trap end EXIT
trap 'exit 0' INT TERM
chmod 755 "$work"
mkdir "$work/www"
if [ -z "${DOSSIER_CONFIG:-}" ]; then
    [ -d "$build/samples.db" ] || "$build/dossier" index -d "$build/samples.db" "$source/corpus/samples"
    DOSSIER_CONFIG=$work/dossier.conf
    printf 'index samples = %s\ntitle = Regional security library\ndescription = %s\ncontact = %s\n' "$build/samples.db" \
        "Articles, releases and minutes on cyber crime, trafficking and security in South-East Asia." \
        librarian@example.org >"$DOSSIER_CONFIG"
fi
export DOSSIER_CONFIG
sed -e "s|/usr/lib/cgi-bin/dossier.cgi|$build/dossier.cgi|g" -e "s|/etc/dossier/dossier.conf|$DOSSIER_CONFIG|g" \
    -e "s|/run/dossier/|$work/|g" -e "s|/var/www/html|$work/www|g" -e "s|/var/log/dossier/|$work/|g" \
    -e "/^#/!s/8080/$port/" "$here/$server.conf" >"$work/$server.conf"
case $server in
lighttpd) lighttpd -D -f "$work/lighttpd.conf" & children=$! ;;
nginx-spawn-fcgi)
    spawn-fcgi -n -s "$work/nginx.socket" -M 0666 -- "$build/dossier.cgi" &
    children=$!
    nginx -c "$work/nginx-spawn-fcgi.conf" -e "$work/nginx.log" &
    children="$children $!"
    ;;
nginx-fcgiwrap)
    fcgiwrap -c 4 -s "unix:$work/wrap.socket" &
    children=$!
    until [ -S "$work/wrap.socket" ]; do kill -0 "$children" && sleep 0.1; done
    chmod 666 "$work/wrap.socket"
    nginx -c "$work/nginx-fcgiwrap.conf" -e "$work/nginx.log" &
    children="$children $!"
    ;;
apache) apache2 -DFOREGROUND -f "$work/apache.conf" & children=$! ;;
esac
echo "http://127.0.0.1:$port/search" >&2
wait
