# SPDX-License-Identifier: GPL-2.0-or-later
# From documents to a verdict, with the sample collection and its judgements: index, run, eval, compare, pool, judge,
# tune. Figures are rounded so that a better ranking does not break the test; tests/regression holds the floors.
gold=$SOURCE/corpus/gold
dossier index -d db "$SOURCE/corpus/samples" > /dev/null 2>&1; echo "index $?"
dossier run -d db --topics "$gold/topics.tsv" --tag default > a.run; echo "run $?"
dossier run -d db --topics "$gold/topics.tsv" --rank boolean --tag boolean > b.run; echo "run $?"
echo "== eval"
dossier eval -c -m num_q -m num_rel "$gold/qrels.trec" a.run
dossier eval -c -m ndcg_cut.10 "$gold/qrels.trec" a.run | awk '{ printf "%s at least 0.8: %s\n", $1, ($3 >= 0.8) ? "yes" : "no" }'
dossier eval -q -m 'Judged@10' "$gold/qrels.trec" a.run | awk '$3 < 0 || $3 > 1 { print "not a share: " $0 } END { print NR - 1, "topics judged at 10" }'
echo "== compare: no ranking is worse than ranking"
dossier compare -m map --moved 1 --topics "$gold/topics.tsv" --format json --html page.html "$gold/qrels.trec" b.run a.run > c.json
grep -o '"t_test": {[^}]*}' c.json | sed 's/.*"p": //' | awk '{ print "p below 0.001:", ($1 + 0 < 0.001) ? "yes" : "no" }'
grep -c '<svg' page.html
echo "== pool and judge"
dossier pool --depth 3 --judged "$gold/qrels.trec" a.run b.run > pool; echo "pool $?"
dossier pool --depth 1 a.run | head -3 > pool
grep -c -- ' -1$' pool
printf '321' | dossier judge -d db --topics "$gold/topics.tsv" --pool pool --qrels new.qrels > /dev/null; echo "judge $?"
cut -d ' ' -f 1,2,4 new.qrels
echo "== tune"
dossier tune -d db --topics "$gold/topics.tsv" --qrels "$gold/qrels.trec" --rank 'bm25:k1=0.5,1.5,b=0.25,0.75' | awk '/^held-out/ { printf "held out at least 0.8: %s\n", ($3 + 0 >= 0.8) ? "yes" : "no" } /topics,/ { print }'
