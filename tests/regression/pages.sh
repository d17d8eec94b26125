#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The main text of hand-marked pages: at least .95 of it kept, at least .90 of what stands around it removed.
# Usage: tests/regression/pages.sh DOSSIER
command -v python3 >/dev/null || exit 77
exec python3 "$(dirname "$0")/../formats/pages.py" "$1" -v
