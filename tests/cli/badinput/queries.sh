# SPDX-License-Identifier: GPL-2.0-or-later
# Queries of every unpleasant kind: an answer or a clear message, at once.
dossier index -qd s.db "$SOURCE/corpus/samples"
repeat() { awk -v text="$1" -v n="$2" 'BEGIN { while (n-- > 0) printf "%s", text }'; }
try() {
    dossier search -d s.db -n 1 --facets none --format trec -- "$@" 2> err.txt | awk '{ print $3 }'
    dossier search -d s.db -n 0 --facets none -- "$@" > /dev/null 2> err.txt
    echo "status $?"
    cat err.txt
}
echo "== ten kilobytes of words"
try "$(repeat 'ransomware attack ' 580)"
echo "== ten kilobytes without a blank"
try "$(repeat ransomware 1024)"
echo "== three thousand different words"
try "$(awk 'BEGIN { for (i = 0; i < 3000; i++) printf "w%dx ", i }')ransomware"
echo "== more words than are taken"
try "$(repeat 'ab OR ' 5000)ab"
echo "== a text of more words"
try "$(repeat 'ab ' 5000)ransomware"
echo "== a thousand parentheses"
try "$(repeat '(' 1000)ransomware$(repeat ')' 1000)"
try "$(repeat '(' 1000)"
echo "== a thousand NOTs"
try "$(repeat 'NOT ' 1000)ransomware"
echo "== stars"
try 'a*'
try '*'
try '*ware'
try 'ransomw*'
try 'aa* bb* cc* dd* ee* ff* gg* hh* ii*'
echo "== dates, distances, weights, fields"
try 'date:2014-02-30'
try 'date:tomorrow'
try 'ransomware NEAR/0 attack'
try 'ransomware NEAR/9999 attack'
try 'ransomware^x'
try 'ransomware^99999'
try 'title:(author:kim)'
try 'colour:red'
echo "== halves of things"
try '"ransomware'
try '(ransomware'
try 'ransomware)'
try 'ransomware AND'
try 'OR'
try '-'
try '""'
echo "== bytes that are no text"
try "$(printf 'ransom\377ware')"
try "$(printf '\355\240\200')"
try "$(printf '\033[31mransomware date:x')"
