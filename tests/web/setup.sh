# SPDX-License-Identifier: GPL-2.0-or-later
# To be sourced by the tests of the search page: an index of the samples and of hostile documents, a configuration, and
# functions that ask the program by CGI and look at what it says.
# Expects: $1 dossier, $2 dossier.cgi. Gives: $work (removed at the end), $index, get, expect, have, lack, fail.
set -u
dossier=$1 cgi=$2
SOURCE=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
faults=0
fault() { echo "FAULT: $*"; faults=$((faults + 1)); }
finish() { # at the end of a test
    [ "$faults" = 0 ] || { echo "$faults faults"; exit 1; }
    echo "as it should be"
    exit 0
}

index=$work/samples.db
make_index() { "$dossier" index -q -d "$index" "$SOURCE/corpus/samples" "$@" >"$work/index.log" 2>&1 || { cat "$work/index.log"; exit 1; }; }
configure() { # LINES: the configuration, with an index line before them
    { echo "index samples = $index"; cat; } >"$work/dossier.conf"
}

# get QUERY [PATH] [METHOD]: the program's answer in $work/answer (CR taken off the header), its log in $work/log
get() {
    env -i DOSSIER_CONFIG="$work/dossier.conf" GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD="${3:-GET}" \
        SCRIPT_NAME="${SCRIPT:-/search}" PATH_INFO="${2:-}" QUERY_STRING="$1" SERVER_NAME="${NAME:-library.example}" \
        SERVER_PORT=80 HTTP_IF_NONE_MATCH="${TAG:-}" HTTP_PROXY=http://127.0.0.1:1/ HTTP_COOKIE=a=b \
        CONTENT_LENGTH="${LENGTH:-}" ${ASAN_OPTIONS:+ASAN_OPTIONS="$ASAN_OPTIONS"} \
        ${UBSAN_OPTIONS:+UBSAN_OPTIONS="$UBSAN_OPTIONS"} "$cgi" >"$work/raw" 2>"$work/log" </dev/null
    sed '/^\r$/q' "$work/raw" | tr -d '\r' >"$work/head"
    sed '1,/^\r$/d' "$work/raw" >"$work/body"
    answered=$(sed -n 's/^Status: \([0-9]*\).*/\1/p' "$work/head")
}
# expect STATUS QUERY [PATH] [METHOD]
expect() {
    wanted=$1
    shift
    get "$@"
    [ "$answered" = "$wanted" ] || { fault "'$1' ${2:-} ${3:-}: status $answered, not $wanted"; head -5 "$work/log"; }
}
have() { grep -qF -- "$1" "$work/body" || fault "no '$1' in the page"; }
lack() { ! grep -qF -- "$1" "$work/body" || fault "'$1' is in the page"; }
head_has() { grep -qF -- "$1" "$work/head" || fault "no '$1' in the header: $(cat "$work/head")"; }
header() { sed -n "s/^$1: //p" "$work/head"; }
