# SPDX-License-Identifier: GPL-2.0-or-later
# dossier compare: the differences in reciprocal rank are those of
# tests/unit/eval/test_compare.c, where the p values of R stand.
for topic in 1 2 3 4 5; do echo "$topic 0 a 1"; done > qrels
cat > base <<'END'
1 Q0 a 1 9 base
2 Q0 x 1 9 base
2 Q0 a 2 8 base
3 Q0 x 1 9 base
3 Q0 a 2 8 base
4 Q0 x 1 9 base
4 Q0 y 2 8 base
4 Q0 z 3 7 base
4 Q0 a 4 6 base
END
cat > new <<'END'
1 Q0 a 1 9 new
2 Q0 a 1 9 new
3 Q0 x 1 9 new
3 Q0 a 2 8 new
4 Q0 x 1 9 new
4 Q0 a 2 8 new
5 Q0 a 1 9 new
END
printf '2\twhere is it\n5\twhy\n' > topics
dossier compare -m recip_rank --topics topics --moved 2 --html page.html qrels base new
echo "== Markdown"
dossier compare -m recip_rank --moved 1 --format md qrels base new
echo "== the page"
grep -c '<svg' page.html
grep -c 'https\?:' page.html
echo "== errors"
dossier compare qrels base; echo "status $?"
