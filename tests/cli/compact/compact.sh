# SPDX-License-Identifier: GPL-2.0-or-later
# Smaller, and the same to every search.
dossier index -qd x.db "$SOURCE/corpus/samples"
dossier search -d x.db -n 100 --format trec japan > before.txt
dossier info -d x.db --format json | grep -v '"bytes"\|"revision"\|"uuid"' > info.txt
dossier compact -d x.db | sed 's/[0-9.]* MB/N MB/g'
echo "status $?"
dossier search -d x.db -n 100 --format trec japan | cmp - before.txt
dossier info -d x.db --format json | grep -v '"bytes"\|"revision"\|"uuid"' | cmp - info.txt
dossier check -d x.db
dossier index -d x.db "$SOURCE/corpus/samples" | head -n 1
ls -A | grep compact
dossier compact -d nowhere.db
echo "status $?"
