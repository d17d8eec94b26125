#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Dates of hand-checked documents of all formats, and the rule each is found by. Usage: tests/regression/dates.sh DOSSIER
command -v python3 >/dev/null || exit 77
exec python3 "$(dirname "$0")/../formats/dates.py" "$1"
