# SPDX-License-Identifier: GPL-2.0-or-later
# Things in a folder that are no documents: each is named, the rest is indexed, nothing hangs.
index() {
    dossier index -d x.db -j 2 "$@" 2>&1 | sed -e "s,$PWD,PWD,g" -e '/^x.db: /d'
}
mkdir empty in
echo "== an empty folder"
index empty
echo "== a path where nothing is"
dossier index -qd x.db nowhere in
echo "status $?"
echo "the whale" > in/good.txt
echo "== a FIFO, a socket's kin and a device"
mkfifo in/pipe.txt
index in
index in/pipe.txt
index /dev/null
index /dev/zero
rm in/pipe.txt
echo "== a loop of symbolic links"
ln -s .. in/up
ln -s loop.txt in/loop.txt
index in
index in/loop.txt
rm in/up in/loop.txt
echo "== a binary called .txt"
head -c 3000 "$(command -v dossier)" > in/program.txt
index in
dossier index -qd x.db in 2> err.txt
echo "status $?"
rm in/program.txt
echo "== broken JSON on line 7, and duplicate ids"
for i in 1 2 3 4 5 6; do echo "{\"id\": \"r$i\", \"text\": \"record $i\"}"; done > in/r.jsonl
echo '{"id": "r7", "text": "broken' >> in/r.jsonl
echo '{"id": "r8", "text": "after it"}' >> in/r.jsonl
echo '{"id": "r3", "text": "once more"}' >> in/r.jsonl
index in
dossier search -d x.db --format trec id:r8 | awk '{ print $3 }'
dossier search -d x.db --format trec once | awk '{ print $3 }'
echo "== names with control characters"
printf 'x' > "in/$(printf 'a\033[31mb').bin"
dossier index -qd x.db in 2>&1 | grep -c "$(printf '\033')"
dossier check -d x.db
