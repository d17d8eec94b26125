# SPDX-License-Identifier: GPL-2.0-or-later
# dossier pool: the first documents of each run, once each, without those judged.
printf '1 Q0 b 1 3 x\n1 Q0 a 2 2 x\n1 Q0 deep 3 1 x\n' > x
printf '1 Q0 c 1 3 y\n1 Q0 a 2 2 y\n2 Q0 k 1 1 y\n' > y
printf '1 0 c 1\n1 0 a -1\n' > judged
dossier pool --depth 2 x y
echo "== without the judged"
dossier pool --depth 2 --judged judged x y
echo "== errors"
dossier pool; echo "status $?"
