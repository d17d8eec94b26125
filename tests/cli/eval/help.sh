# SPDX-License-Identifier: GPL-2.0-or-later
# The help of each command of evaluation, and that eval's lists every measure and says what it is.
for command in run tune judge pool compare; do
    echo "== $command"
    dossier "$command" --help; echo "status $?"
done
echo "== eval"
dossier eval --help | sed -n '1,/^Judgement format/p'
dossier eval --help | awk '/^Measures$/ { on = 1; next } /^Names of ir_measures$/ { on = 0 } on && /^[^ ]/ { name = $1; names++; next } on && /^    / && name { explained++; name = "" } END { print names, "measures,", explained, "explained" }'
