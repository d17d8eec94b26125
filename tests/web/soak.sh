#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Five seconds of eight clients beside an indexer (soak.c); SOAK_SECONDS=60 takes a minute.
# Usage: tests/web/soak.sh DOSSIER DOSSIER.CGI
. "$(dirname "$0")/setup.sh"
"$(dirname "$cgi")/tests/soak" "$dossier" "$cgi" "$work/soak" "${SOAK_SECONDS:-5}" || {
    head -n 5 "$work/soak/log"
    exit 1
}
