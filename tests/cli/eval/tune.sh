# SPDX-License-Identifier: GPL-2.0-or-later
# dossier tune: held-out scores, a state file that is gone on from, and what is refused. The collection is made so that
# b (how much length counts) decides: for odd topics the short document is right, for even ones the long one.
awk 'BEGIN {
    for (topic = 1; topic <= 8; topic++) {
        word = substr("alphabravocharldelta_echo_foxtrgolf_hotel", topic * 5 - 4, 5)
        sub("_", "", word)
        filler = ""
        for (i = 0; i < 40; i++) filler = filler " filler" i
        printf "{\"id\": \"short%d\", \"text\": \"%s %s here\"}\n", topic, word, word
        printf "{\"id\": \"long%d\", \"text\": \"%s %s %s%s\"}\n", topic, word, word, word, filler
        printf "%d\t%s\n", topic, word > "topics"
        printf "%d 0 %s%d 1\n", topic, topic % 4 == 0 ? "short" : "long", topic > "qrels"
    }
}' > documents.jsonl
dossier index -d db documents.jsonl > /dev/null 2>&1
tune() { dossier tune -d db --topics topics --qrels qrels -m recip_rank --folds 4 "$@"; echo "status $?"; }
echo "== six of eight topics want long documents: b = 0, and the defaults are worse"
tune --rank 'bm25:b=0..1/0.5,k1=1,2' --state state --html page.html > first; cat first
grep -c '<svg' page.html
grep -c 'https\?:' page.html
echo "== each setting's mean is what run and eval give"
tune --rank 'bm25:b=0..1/0.5,k1=1,2' --format json > json
grep mean_of_all json | while read -r line; do
    rank=$(echo "$line" | sed 's/.*"rank": "\([^"]*\)".*/\1/') mean=$(echo "$line" | sed 's/.*topics": \([0-9.]*\).*/\1/')
    dossier run -d db --topics topics --rank "$rank" > run
    dossier eval -c -m recip_rank qrels run | awk -v mean="$mean" -v rank="$rank" '{ printf "%s %.4f %s\n", rank, mean, $3 - mean < 0.0001 && mean - $3 < 0.0001 ? "same" : $3 }'
done
echo "== gone on from a state that was cut short"
head -c 400 state > cut; mv cut state
tune --rank 'bm25:b=0..1/0.5,k1=1,2' --state state > again
cmp first again && echo same
echo "== stopped by Ctrl-C, then gone on with"
rm state
dossier tune -d db --topics topics --qrels qrels -m recip_rank --folds 4 --rank 'bm25:b=0..1/0.001' --state state > stopped 2> told &
pid=$!
while [ ! -s state ] || [ "$(wc -l < state)" -lt 3 ]; do kill -0 $pid 2> /dev/null || break; done
kill -TERM $pid # which stops as Ctrl-C does; a shell has its background jobs ignore that
wait $pid 2> /dev/null
sed -E 's/[0-9]+ of/some of/' told
dossier tune -d db --topics topics --qrels qrels -m recip_rank --folds 4 --rank 'bm25:b=0..1/0.001' --state state 2> told | tail -1
sed -E 's/[0-9]+ of/some of/' told
echo "== the state of another task"
tune --rank 'bm25:b=0,1' --state state
echo "== Markdown, another scheme"
tune --rank 'ineb2:c=0.5,1,2' --format md
echo "== topics that cannot be searched for count as without results"
printf '9\tdate:2014-99\n10\tunjudged\n' >> topics; echo '9 0 short1 1' >> qrels
tune --rank 'bm25:b=0,1' --folds 2
echo "== usage"
dossier tune -d db --topics topics; echo "status $?"
tune --rank bm25
tune --rank 'bm25:b=0.5..1.5/0.5'
tune --rank 'bm25:z=1'
tune --rank 'bm26:z=1' 2>&1 | sed 's/are: .*)/are: …)/'
tune --rank 'bm25:k1=1..2'
tune --rank 'bm25:k1=0..1/0.00001,b=0..1/0.1'
tune --rank 'bm25:b=0,1' --folds 1
tune --rank 'bm25:b=0,1' --folds 20
tune --rank 'bm25:b=0,1' -m P
tune --rank 'bm25:b=0,1' -m num_rel
tune --rank 'bm25:b=0,1' -m nothing
tune --rank 'bm25:b=0,1' --format xml
dossier tune -d nowhere --topics topics --qrels qrels --rank 'bm25:b=0,1'; echo "status $?"
dossier tune -d db --topics topics --qrels missing --rank 'bm25:b=0,1'; echo "status $?"
