# SPDX-License-Identifier: GPL-2.0-or-later
# dossier eval on a run of four topics, with one missing, ties and a grade of -1. The figures follow from the formulas:
# topic 1 ranks relevant at 1 and 3 (of 2), topic 2 has its document second among equals, topic 3 nothing relevant.
cat > qrels <<'END'
1 0 a 2
1 0 b 1
1 0 c 0
2 0 k 1
2 0 z -1
3 0 a 0
4 0 a 1
END
cat > run <<'END'
1 Q0 a 1 3.0 demo
1 Q0 c 2 2.0 demo
1 Q0 b 3 1.0 demo
2 Q0 k 1 5 demo
2 Q0 z 2 5 demo
3 Q0 a 1 1 demo
END
echo "== summary and one line about the missing topic"
dossier eval -m map -m P.2 -m num_q -m bpref qrels run
echo "== all judged topics"
dossier eval -c -q -m map -m recip_rank -m relstring qrels run
echo "== names of ir_measures, after trec_eval's"
dossier eval -c -m 'nDCG@2' -m 'AP(rel=2)' -m 'Judged@2' -m P.1 qrels run
echo "== from standard input"
dossier eval -c -m map qrels - < run
echo "== formats"
dossier eval -c -q -m map --format tsv qrels run
dossier eval -c -m map -m num_ret --format md qrels run
dossier eval -c -m map --format json qrels run
echo "== preferences"
dossier eval -R qrels_prefs -m prefs_simp -m prefs_num_prefs_poss qrels run
echo "== errors"
dossier eval -m nothing qrels run; echo "status $?"
dossier eval qrels no-such-run; echo "status $?"
printf '1 Q0 a 1 1e400 demo\n' > bad
dossier eval qrels bad; echo "status $?"
printf '9 Q0 a 1 1 demo\n' > other
dossier eval -c qrels other; echo "status $?"
