# SPDX-License-Identifier: GPL-2.0-or-later
# dossier tag --pretokenised: each line of the input is one line of the output; other lines stay as they are.
echo "== tokens, sentences, documents; a second column and white space on blank lines"
printf '%s\n' '-DOCSTART- -X- O O' '' 'Anwar	B-MISC' 'Ibrahim X' 'flew' 'to' 'Hanoi	O' '.' ' 	' '' '-DOCSTART-	O' '' \
    'The' 'United' 'Nations' 'met' 'in' 'Geneva' '.' > in
dossier tag --pretokenised in > out; echo "status $?"
cat -A out
wc -l < in; wc -l < out
echo "== standard input, - and a file with its own -DOCSTART- lines give the same"
dossier tag -p < in | cmp - out && dossier tag -p - < in | cmp - out && echo same
echo "== its own output is read like the input"
dossier tag -p out | cmp - out && echo same
echo "== CR LF, no line end at the end, a token with a blank before its tab, bytes that are no UTF-8, a NUL"
printf 'Japan\r\nand\r\n\r\n11 pm\tO\nMalay\377sia\n' | dossier tag -p | cut -f1 | cat -A
{ yes x | head -n 5000; printf 'a\0b\nTokyo'; } | dossier tag -p | tail -n 2 | tr '\0' '?'
echo "== empty input"
dossier tag -p < /dev/null; echo "status $?"
printf '\n\n' | dossier tag -p | wc -l
echo "== a document of 300,000 tokens without a blank line"
yes 'Kofi
Annan
said' | head -n 300000 > long
dossier tag -p long > long.out; cut -f1 long.out | cmp - long && wc -l < long.out
