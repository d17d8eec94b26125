# SPDX-License-Identifier: GPL-2.0-or-later
# dossier tag: one name for what a document calls by several, and the lists of a user (--names).
cat > text <<'END'
Prime Minister Anwar Ibrahim spoke in Jakarta, Indonesia. The Association of Southeast Asian
Nations (ASEAN) had invited Anwar; ASEAN ministers came too. The U.S. sent Kofi Annan.
Later we saw Blue Lantern in Rome.
END
echo "== canonical names"
dossier tag < text | grep -v "Blue Lantern"
echo "== which rule found a mention, where it was more than the model or a list"
dossier tag --why < text | grep -v "(model)$\|(list)$\|Blue Lantern"
dossier tag -f jsonl < text | grep -o '"name": "Anwar Ibrahim".*"text": "Anwar", "why": "[a-z-]*"'
echo "== a user's lists"
mkdir lists
printf '# alias, name, type\nAnwar Ibrahim\tDatuk Seri Anwar\tperson\nno tab on this line\n' > lists/aliases.tsv
echo 'Kofi Annan' > lists/hide.tsv
printf 'organization\tBlue Lantern\n' > lists/add.tsv
printf 'Jakarta\torganization\n' > lists/types.tsv
dossier tag --names lists < text; echo "status $?"
echo "== a folder that is not there"
dossier tag --names no-such-folder < text; echo "status $?"
