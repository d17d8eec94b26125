# SPDX-License-Identifier: GPL-2.0-or-later
# Where the output goes: colour, closed pipes, full disks.
i=0
while [ $i -lt 3000 ]; do
    i=$((i + 1))
    echo "{\"id\": \"r$i\", \"text\": \"whale number $i and a long line of other words that make the answer large\"}"
done > r.jsonl
dossier index -qd x.db r.jsonl
escape=$(printf '\033')
echo "== no colour in a pipe"
unset NO_COLOR
TERM=xterm dossier search -d x.db -n 2 whale | grep -c "$escape"
TERM=xterm dossier show -d x.db -q whale r1 | grep -c "$escape"
echo "== on a terminal, unless NO_COLOR or a dumb one"
if command -v script > /dev/null; then
    on_terminal() { script -qec "$*" /dev/null < /dev/null | grep -c "$escape"; }
    [ "$(TERM=xterm on_terminal dossier search -d x.db -n 2 whale)" -gt 0 ] && echo colour
    NO_COLOR=1 TERM=xterm on_terminal dossier search -d x.db -n 2 whale
    TERM=dumb on_terminal dossier search -d x.db -n 2 whale
else
    printf 'colour\n0\n0\n'
fi
echo "== a closed pipe is met in silence"
for format in text json jsonl csv trec paths; do
    { dossier search -d x.db -n 3000 --format $format whale 2> err.txt; echo "$format $?" >> statuses.txt; } |
        head -n 1 > /dev/null
    cat err.txt
done
cat statuses.txt
echo "== a full disk is told"
for format in text json jsonl csv trec paths; do
    dossier search -d x.db -n 3000 --format $format whale > /dev/full
    echo "$format $?"
done
dossier show -d x.db r1 > /dev/full
echo "show $?"
dossier info -d x.db > /dev/full
echo "info $?"
dossier check -d x.db > /dev/full
echo "check $?"
dossier search --help > /dev/full
echo "help $?"
dossier search -d x.db whale >&-
echo "closed $?"
