# SPDX-License-Identifier: GPL-2.0-or-later
# --stats: where the processor time went, on stderr, beside the unchanged answer.
printf '{"id": "a", "text": "whales sing"}\n{"id": "b", "text": "whales dive"}\n' > in.jsonl
dossier index -d x.db --no-tag in.jsonl > /dev/null 2>&1
dossier search -d x.db -f trec whales > plain
dossier search -d x.db -f trec --stats whales 2> stats | cmp - plain && echo "the same answer"
sed 's/[0-9]*\.[0-9][0-9]/N/g' stats
awk '{ gsub(/,/, ""); sum = 0; for (i = 5; i < NF - 3; i += 2) sum += $(i + 1); print (sum > 0 && sum - $NF < .05 && $NF - sum < .05) ? "the steps add up" : "they do not: " $0 }' stats
