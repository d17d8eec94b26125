#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The search page in Chromium behind lighttpd (browser/browser.mjs says what is looked at). Pictures are kept in
# BUILD/web-pictures. The npm modules are those that tests/run.sh installs into BUILD/web ($WEB_MODULES for others).
# Usage: tests/web/browser.sh DOSSIER DOSSIER.CGI
. "$(dirname "$0")/setup.sh"
. "$(dirname "$0")/servers.sh"
build=$(dirname "$cgi")
WEB_MODULES=${WEB_MODULES:-$build/web}
export WEB_MODULES
need node nodejs
need chromium chromium
need lighttpd lighttpd
need curl curl
for module in playwright-core axe-core html-validate ajv; do
    [ -d "$WEB_MODULES/node_modules/$module" ] || {
        echo "skipped: the npm module $module is not in $WEB_MODULES (tests/run.sh installs it when npm's registry can be reached)"
        exit 77
    }
done
node "$SOURCE/tests/web/browser/make_hostile.mjs" "$SOURCE/tests/web/payloads.txt" >"$work/hostile.jsonl"
make_index "$work/hostile.jsonl"
configure <<'CONF'
title = Regional security library
description = Articles, releases and minutes on cyber crime, trafficking and security in South-East Asia.
header = Reading room
footer = Texts of the sample collection
contact = librarian@example.org
CONF
serve lighttpd
node "$SOURCE/tests/web/browser/browser.mjs" "$base" "$build/web-pictures" "$SOURCE/tests/web/payloads.txt" \
    "$SOURCE/searcher/cgi/search.schema.json" "$(command -v chromium)" || { tail -n 20 "$work/serve.log"; exit 1; }
