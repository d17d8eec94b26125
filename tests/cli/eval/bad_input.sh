# SPDX-License-Identifier: GPL-2.0-or-later
# What eval, compare and pool say of files that are not as they should be: the file, the line, what is wrong; status 2,
# or 4 where reading failed; never a figure.
printf '1 0 a 1\n1 0 b 0\n2 0 a 1\n' > qrels
printf '1 Q0 a 1 2.5 r\n1 Q0 b 2 1.5 r\n2 Q0 a 1 1 r\n' > run
run() { printf "$1" > bad; printf '%s\n' "-- run $1"; dossier eval -c -m map qrels bad; echo "status $?"; }
qrels() { printf "$1" > bad; printf '%s\n' "-- qrels $1"; dossier eval -c -m map bad run; echo "status $?"; }
echo "== runs"
run '1 Q0 a 1 2.5 r\n1 Q0 b 2\n'
run '1 Q0 a 1 2.5\n'
run '1 Q0 a 1 high r\n'
run '1 Q0 a 1 nan r\n'
run '1 Q0 a 1 -NaN r\n'
run '1 Q0 a 1 inf r\n'
run '1 Q0 a 1 -Infinity r\n'
run '1 Q0 a 1 1e400 r\n'
run '1 Q0 a 1 -1e400 r\n'
run '1 Q0 a 1 1.5x r\n'
run '1 Q0 a 1 2 r\n1 Q0 b 2 1 r\n1 Q0 a 3 0.5 r\n'
run '1 Q0 a 1 2 r\n2 Q0 a 1 1 r\n1 Q0 a 2 1 r\n'
run ''
run '\n\n'
run '7 Q0 a 1 1 r\n'
run '1 Q0 a\0b 1 1 r\n'
echo "== numbers at the edge are numbers"
run '1 Q0 b 1 1e-400 r\n1 Q0 a 2 1.7976931348623157e308 r\n2 Q0 a 1 +.5 r\n'
echo "== CRLF, blank lines and tabs are read"
run '1 Q0 a 1 2.5 r\r\n\r\n1 Q0 b 2 1.5 r\r\n2\tQ0\ta\t1\t1\tr\r\n'
qrels '1 0 a 1\r\n1 0 b 0\r\n2 0 a 1\r\n'
echo "== judgements"
qrels '1 0 a 1\n1 0 b\n'
qrels '1 0 a 1 2\n'
qrels '1 0 a yes\n'
qrels '1 0 a 1.5\n'
qrels '1 0 a 1e400\n'
qrels '1 0 a nan\n'
qrels '1 0 a 99999999999999999999\n'
qrels '1 0 a 1\n1 0 a 1\n'
qrels ''
qrels '\n'
qrels '9 0 a 1\n'
echo "== files"
dossier eval missing run; echo "status $?"
dossier eval qrels missing; echo "status $?"
dossier eval . run; echo "status $?"
dossier eval - - < run; echo "status $?"
dossier eval qrels; echo "status $?"
dossier eval -m map qrels run > /dev/full; echo "status $?"
dossier compare -m map qrels run run > /dev/full; echo "status $?"
dossier pool run run > /dev/full; echo "status $?"
head -c 2000000 /dev/zero | tr '\0' x > bad; dossier eval qrels bad; echo "status $?"
echo "== compare and pool say the same"
printf '1 Q0 a 1 nan r\n' > bad
dossier compare qrels run bad; echo "status $?"
dossier pool run bad; echo "status $?"
printf '1 0 a\n' > bad
dossier compare bad run run; echo "status $?"
dossier pool --judged bad run; echo "status $?"
dossier compare -m nothing qrels run run; echo "status $?"
dossier compare qrels run missing; echo "status $?"
printf '7 Q0 a 1 1 r\n' > bad
dossier compare qrels run bad; echo "status $?"
