# SPDX-License-Identifier: GPL-2.0-or-later
# dossier tag: what cannot be read is named and passed over; models that cannot be used are refused with the cure.
echo 'Kofi Annan was there.' > good.txt
printf 'MZ\0\0\0\1\2\3\0\0' > binary.txt
: > empty.txt
echo "== unreadable files: the others are tagged"
dossier tag binary.txt empty.txt no-such-file good.txt; echo "status $?"
echo "== standard input"
dossier tag < binary.txt; echo "status $?"
echo "== lines of tokens"
dossier tag -p binary.txt no-such-file . good.txt | cut -f1; dossier tag -p no-such-file; echo "status $?"
head -c 1100000 /dev/zero | tr '\0' a | dossier tag -p; echo "status $?"
echo "== bytes that are no UTF-8 move no offset"
printf 'Bad \377\376 byte\r\nand Kofi Annan.' | dossier tag -f jsonl | grep -o '"start": [0-9]*, "end": [0-9]*, "text": "Kofi Annan"'
echo "== a JSON line is well-formed whatever the name holds"
printf 'Mr. Kofi "K\377" Annan\\Smith\001 spoke.' | dossier tag -f jsonl | tr -d '[:print:]\n' | wc -c
echo "== models"
dossier tag --model no-such.model good.txt; echo "status $?"
echo 'no model' > text.model
dossier tag --model text.model good.txt; echo "status $?"
DOSSIER_MODEL=other.model dossier tag good.txt; echo "status $?"
model=$SOURCE/indexer/entities/models/en.model
head -c 100000 "$model" > short.model
dossier tag --model short.model good.txt > out 2>&1; echo "status $?"; grep -c "short.model.*reinstall" out
cp "$model" flipped.model && printf 'X' | dd of=flipped.model bs=1 seek=500000 conv=notrunc 2> dd.err
dossier tag --model flipped.model good.txt > out 2>&1; echo "status $?"; grep -c "flipped.model.*reinstall" out
DOSSIER_MODEL=$model dossier tag good.txt
DOSSIER_MODEL=no-such.model dossier tag --model "$model" good.txt
echo "== usage"
dossier tag --format xml good.txt; echo "status $?"
dossier tag -p --format jsonl good.txt; echo "status $?"
dossier tag --evaluate good.txt --format conll; echo "status $?"
dossier tag --evaluate good.txt a b; echo "status $?"
dossier tag --nothing; echo "status $?"
echo "== a full disk"
[ -w /dev/full ] || exit 77
dossier tag -f jsonl good.txt > /dev/full 2> err; echo "status $?"
grep -o "cannot write the output: No space left on device" err
