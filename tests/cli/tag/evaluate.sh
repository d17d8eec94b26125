# SPDX-License-Identifier: GPL-2.0-or-later
# dossier tag --evaluate: strict scores and confusions, counted by hand. Two tag files need no model.
lines() { tr ' ' '\n' | tr '/' '\t'; }
lines > gold <<'END'
-DOCSTART-/O

John/B-PER Smith/I-PER of/O Acme/B-ORG Corp/I-ORG saw/O Paris/B-LOC and/O Rome/B-LOC ,/O a/O French/B-MISC town/O

Georgia/B-LOC won/O Georgia/B-LOC lost/O
END
lines > tags <<'END'
-DOCSTART-/O

John/B-PER Smith/I-PER of/O Acme/B-ORG Corp/O saw/O Paris/B-LOC and/O Rome/O ,/O a/O French/B-ORG town/O

Georgia/B-PER won/O Georgia/B-PER lost/O
END
echo "== two files: person 1 of 3 right, organization 0 of 2, place 1 of 1; 4 places in gold"
dossier tag --evaluate gold tags; echo "status $?"
echo "== the first confusion; none"
dossier tag -e gold -n 1 tags | tail -n 1
dossier tag -e gold -n 0 tags | tail -n 1
echo "== jsonl"
dossier tag -e gold -n 1 --format jsonl tags
echo "== a file against itself; other schemes: I without B begins a name, BILOU, four columns"
dossier tag -e gold gold | tail -n 1
printf 'Acme NNP x I-ORG\nInc NNP x I-ORG\nBob NNP x I-PER\n' > iob1
printf 'Acme\tB-ORG\nInc\tL-ORG\nBob\tU-PER\n' > bilou
dossier tag -e iob1 bilou | tail -n 1
echo "== a name ends with its sentence"
printf 'Acme\tB-ORG\n\nInc\tI-ORG\n' > one
printf 'Acme\tB-ORG\n\nInc\tB-ORG\n' > two
dossier tag -e one two | tail -n 1
echo "== the model's own tags, from standard input too"
printf 'Kofi\tB-PER\nAnnan\tI-PER\nflew\tO\nto\tO\nGeneva\tB-LOC\n.\tO\n' > easy
dossier tag -e easy
dossier tag -e - < easy | tail -n 1
echo "== errors"
dossier tag -e no-such-file; echo "status $?"
: > empty; dossier tag -e empty; echo "status $?"
printf 'Kofi\tB-PER\nAnnan\n' > untagged; dossier tag -e untagged; echo "status $?"
printf 'Kofi\tperson\n' > odd; dossier tag -e odd; echo "status $?"
dossier tag -e gold easy; echo "status $?"
head -n 5 gold > shorter; dossier tag -e gold shorter; echo "status $?"
dossier tag -e shorter gold; echo "status $?"
