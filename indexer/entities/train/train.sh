#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Makes the tagging model from the annotated and raw texts, from nothing:
#
#   indexer/entities/train/train.sh [SHARED_NER_DIR [OUT]]
#
# SHARED_NER_DIR holds annotated/, gazetteers/, lists/ and raw/ (default: ../shared/ner beside the repository); OUT is
# the model to write (default: the one that is shipped). Working files go to $DOSSIER_TRAIN_WORK (default: a folder
# under $TMPDIR); what is already there is not made again. About 4 minutes of one core, and 3 more for the figure on web
# text (DOSSIER_TRAIN_CROSS=no leaves it out), and 3 GB of memory. The same input gives the same model, bit for bit, with
# the same compiler on the same kind of machine.
#
# DOSSIER_TRAIN_ROUNDS=2 learns twice, the second time with lists of the names that the first model finds in the plain
# texts: by cross-validation no better in the mean of eight texts (by 0.2) for twice the time and 0.4 MB.
set -eu

root=$(cd "$(dirname "$0")/../../.." && pwd)
shared=${1:-$root/../shared/ner}
out=${2:-$root/indexer/entities/models/en.model}
work=${DOSSIER_TRAIN_WORK:-${TMPDIR:-/tmp}/dossier-train}

for tool in cmake cc zstd; do
    command -v "$tool" >/dev/null || { echo "train.sh: $tool is missing: apt-get install cmake gcc zstd" >&2; exit 4; }
done
[ -d "$shared/annotated" ] || { echo "train.sh: no annotated/ under $shared: give the folder as first argument" >&2; exit 2; }
mkdir -p "$work"

cmake -S "$root" -B "$work/build" -DCMAKE_BUILD_TYPE=Release -DDOSSIER_TRAIN=ON >"$work/cmake.log"
cmake --build "$work/build" --target dossier-train >>"$work/cmake.log"
train=$work/build/dossier-train

cp -f "$shared/raw/open.txt" "$work/open.txt"
for name in wikinews wikipedia; do
    [ -s "$work/$name.txt" ] || zstd -dqf "$shared/raw/$name.txt.zst" -o "$work/$name.txt"
done
if [ ! -s "$work/classes.tsv" ]; then
    "$train" classes "$work/classes.new" "$work/open.txt" "$work/wikinews.txt" "$work/wikipedia.txt"
    mv "$work/classes.new" "$work/classes.tsv"
fi

silver="--silver $work/wikinews.txt:0:3500000:0.2:15 --silver $work/wikipedia.txt:0:1500000:0.2:5"

# learn NAME OPTION...: a model; with two rounds, a second one with the names that the first finds in plain text.
learn() {
    name=$1
    shift
    "$train" model --shared "$shared" --classes "$work/classes.tsv" $silver "$@" "$work/$name.model"
    [ "${DOSSIER_TRAIN_ROUNDS:-1}" = 2 ] || return 0
    "$train" names "$work/$name.model" "$work/$name.names" "$work/wikinews.txt" "$work/wikipedia.txt"
    "$train" model --shared "$shared" --classes "$work/classes.tsv" --names "$work/$name.names" $silver "$@" \
        "$work/$name.model"
}

learn en
"$train" evaluate "$work/en.model" "$shared/annotated/ww.dev" "$shared/annotated/wnut.dev"
cp "$work/en.model" "$out.new"
mv "$out.new" "$out"

# The web text that is learnt from is also the only one to measure on: models without it give its figure.
if [ "${DOSSIER_TRAIN_CROSS:-yes}" = yes ]; then
    learn cross --without ewt.dev
    "$train" evaluate "$work/cross.model" "$shared/annotated/ewt.dev"
fi
