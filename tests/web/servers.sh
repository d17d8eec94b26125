# SPDX-License-Identifier: GPL-2.0-or-later
# To be sourced after setup.sh: web servers in front of the page, on a free port of this machine alone, by the script
# that people try them with.
serving=
stop_serving() {
    [ -z "$serving" ] || { kill -TERM "$serving" 2>/dev/null; wait "$serving" 2>/dev/null; }
    serving=
}
trap 'stop_serving; chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT

need() { # PROGRAM PACKAGE: skips the test without it
    PATH=$PATH:/usr/sbin:/sbin
    command -v "$1" >/dev/null || { echo "skipped: $1 is missing (Debian: $2)"; exit 77; }
}
# serve SERVER: $base is the page's address once it answers. A port that somebody else takes in between is tried no more.
serve() {
    port=$((18000 + $$ % 2000))
    for _ in 1 2 3 4 5; do
        port=$((port + 37))
        ! curl -s -o /dev/null "http://127.0.0.1:$port/" || continue
        DOSSIER_CONFIG=$work/dossier.conf "$SOURCE/searcher/cgi/servers/try.sh" "$1" "$port" "$(dirname "$cgi")" \
            >"$work/serve.log" 2>&1 &
        serving=$!
        base=http://127.0.0.1:$port/search
        for _ in $(seq 1 600); do
            kill -0 "$serving" 2>/dev/null || break
            ! curl -s -f -o /dev/null "$base/style.css" || return 0
            sleep 0.1
        done
        stop_serving
    done
    echo "$1 does not serve the page:"
    cat "$work/serve.log"
    exit 1
}
