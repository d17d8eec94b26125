# SPDX-License-Identifier: GPL-2.0-or-later
# A sound index, a damaged one, one of which a part is gone, and what is none.
i=0
while [ $i -lt 400 ]; do
    i=$((i + 1))
    echo "{\"id\": \"r$i\", \"text\": \"whale number $i and other words\"}"
done > r.jsonl
dossier index -qd x.db r.jsonl
dossier check -d x.db
echo "status $?"
cp -r x.db flipped.db
printf 'XXXXXXXXXXXXXXXX' | dd of=flipped.db/docdata.glass bs=1 seek=4000 conv=notrunc 2> err.txt
dossier check -d flipped.db > out.txt 2> err.txt
echo "flipped: $?"
grep -c 'rebuild it with dossier index into a new folder' out.txt
[ -s err.txt ] && echo "each fault is named"
cp -r x.db part.db
rm part.db/postlist.glass
dossier check -d part.db > out.txt 2> err.txt
echo "a table gone: $?"
[ -s err.txt ] && echo "told"
dossier search -d part.db whale > out.txt 2> err.txt
echo "search there: $?"
grep -c "'part.db'.*rebuild it" err.txt
dossier check -d nowhere.db
echo "status $?"
