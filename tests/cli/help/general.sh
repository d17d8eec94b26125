# SPDX-License-Identifier: GPL-2.0-or-later
# What somebody sees who knows nothing yet, and every way to ask for a command that is not there.
# The commands themselves are listed by name alone: their number grows.
dossier --help | sed -n '/^commands:/,/^$/!p'
echo "status $?"
for command in index search show info check compact; do
    dossier --help | grep -c "^  $command  *[a-z]"
    dossier help $command | head -n 3
    dossier $command --help > long.txt
    dossier $command -h | cmp - long.txt
    dossier help $command | cmp - long.txt
    grep -c '^examples\{0,1\}:' long.txt
done
dossier > out.txt 2> err.txt
echo "no arguments: $? $(wc -c < out.txt) $(head -n 1 err.txt)"
dossier --version | sed 's/[0-9.]*$/N/'
dossier -V | sed 's/[0-9.]*$/N/'
dossier sarch
echo "unknown command: $?"
dossier help sarch
echo "help of one: $?"
dossier ''
echo "empty: $?"
