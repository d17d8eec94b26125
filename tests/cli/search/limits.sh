# SPDX-License-Identifier: GPL-2.0-or-later
# One table of limits, whose numbers the errors give.
dossier search --limits | cut -c 1-17
dossier index -qd s.db --no-tag "$SOURCE/corpus/samples/news/hanoi-convention-signing.md"
limit() { dossier search --limits | awk -v name="$1" '$1 == name { print $2 }'; }
refused() { # NAME QUERY: an error that gives the limit's number
    dossier search -d s.db -n 0 --facets none "$2" >out 2>&1
    echo "$1: status $?, the number $(grep -qw "$(limit "$1")" out && echo is || echo is not) in the error"
}
repeat() { awk -v n="$1" -v s="$2" 'BEGIN { for (i = 0; i < n; i++) printf "%s", s }'; }
refused nesting "$(repeat $(($(limit nesting) + 1)) '(a OR ')"
refused wildcards "$(repeat $(($(limit wildcards) + 1)) 'ab* ')"
refused wildcard-letters 'a*'
refused distance "a NEAR/$(($(limit distance) + 1)) b"
refused boost "a^$(($(limit boost) + 1))"
for option in count offset; do
    dossier search -d s.db --$option $(($(limit hits) + 1)) a 2>&1 | grep -cw "$(limit hits)"
done
