# SPDX-License-Identifier: GPL-2.0-or-later
# dossier run: the three kinds of topics, scores that fall strictly, topics that cannot be used, the log.
cat > documents.jsonl <<'END'
{"id": "a", "title": "Harbour", "text": "The harbour of the old town. Ships enter the harbour at night."}
{"id": "b", "title": "Ships", "text": "Ships and boats of the town."}
{"id": "c c", "title": "Lighthouse", "text": "The lighthouse guides ships to the harbour."}
{"id": "d1", "title": "Bread", "text": "Bread is baked in the town."}
{"id": "d2", "title": "Bread", "text": "Bread is baked in the town."}
{"id": "d3", "title": "Bread", "text": "Bread is baked in the town."}
END
dossier index -d db documents.jsonl > /dev/null 2>&1
printf '1\tharbour at night\n2\tbread\n' > topics.tsv
printf '{"id": "1", "text": "harbour at night"}\n{"id": "2", "text": "bread"}\n' > topics.jsonl
cat > topics.trec <<'END'
<top>
<num> Number: 1
<title> harbour at night
<desc> Description: ships
</top>
<top>
<num> Number: 2
<title> bread
<desc> Description: ships
</top>
END
echo "== documents by topic, and a tag"
dossier run -d db --topics topics.tsv --tag mine > tsv.run; echo "status $?"
cut -d ' ' -f 1-4,6 tsv.run
echo "== one topic after the other from every kind of file, and standard input"
for kind in trec jsonl; do dossier run -d db --topics "topics.$kind" --tag mine | cmp - tsv.run && echo same; done
dossier run -d db --topics - --tag mine < topics.tsv | cmp - tsv.run && echo same
echo "== scores fall strictly, also of equal documents"
awk '$1 == topic && $5 >= score { print "line " NR " does not" } { topic = $1; score = $5 }' tsv.run
grep -c '^2 ' tsv.run
echo "== parts of a topic"
dossier run -d db --topics topics.trec --parts title+desc | awk '{ print $1, $3 }' | sort
echo "== depth and match"
dossier run -d db --topics topics.tsv --depth 1 | cut -d ' ' -f 1-4
dossier run -d db --topics topics.tsv --match all | cut -d ' ' -f 1-4
echo "== topics that cannot be used are named, the rest runs"
printf '1\tbread\nno tab\n1\tagain\n3\t\n4\tdate:2014-99\n5\t"ships"\n6\tzeppelin\n' > bad.tsv
dossier run -d db --topics bad.tsv > bad.run; echo "status $?"
cut -d ' ' -f 1 bad.run | uniq -c
echo "== the log"
dossier run -d db --topics bad.tsv --rank bm25:k1=1.2 --tag logged --log log.json > bad.run 2> /dev/null; echo "status $?"
sed -E 's/("(version|made|uuid|seconds|cpu_seconds)": ).*/\1…/' log.json
cut -d '#' -f 2 bad.run | grep -c '#'
echo "== usage"
dossier run -d db; echo "status $?"
dossier run -d db --topics topics.tsv more; echo "status $?"
dossier run -d db --topics topics.tsv --tag 'a b'; echo "status $?"
{ dossier run -d db --topics topics.tsv --rank bm26; echo "status $?"; } 2>&1 | sed 's/are: .*)/are: …)/'
dossier run -d db --topics topics.tsv --rank bm25:b=2; echo "status $?"
dossier run -d db --topics topics.tsv --match some; echo "status $?"
dossier run -d db --topics topics.tsv --depth 0; echo "status $?"
dossier run -d db --topics topics.trec --parts titel; echo "status $?"
echo "== input"
dossier run -d db --topics missing; echo "status $?"
dossier run -d nowhere --topics topics.tsv; echo "status $?"
: > empty; dossier run -d db --topics empty; echo "status $?"
dossier run -d db --topics topics.tsv --log no/where.json > /dev/null; echo "status $?"
dossier run -d db --topics topics.tsv > /dev/full; echo "status $?"
