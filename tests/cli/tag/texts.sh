# SPDX-License-Identifier: GPL-2.0-or-later
# dossier tag on texts: the three outputs, several files, folders and records.
mkdir news
cat > news/visit.txt <<'END'
Prime Minister Shinzo Abe arrived in Kuala Lumpur on Monday. The Ministry of Foreign Affairs said
Mr. Abe would travel on to Hanoi on Tuesday.
END
cat > news/page.html <<'END'
<html><head><title>Meeting in Geneva</title></head><body><p>Kofi Annan spoke in Geneva &amp; in New York.</p></body></html>
END
echo '{"id": "r1", "title": "News from Bangkok", "text": "Aung San Suu Kyi met Ban Ki-moon on Friday."}' > news/wire.jsonl
echo "== text"
dossier tag news/visit.txt; echo "status $?"
echo "== a folder: ids as index gives them"
dossier tag news | grep -v '^ '
echo "== jsonl: each mention's bytes are in the text"
dossier tag --format jsonl news/visit.txt > visit.jsonl
grep -o '"start": [0-9]*, "end": [0-9]*, "text": "[^"]*"' visit.jsonl | tr -d ',"' | while read -r _ start _ end _ text; do
    [ "$(head -c "$end" news/visit.txt | tail -c +"$((start + 1))")" = "$text" ] && echo "$start $end $text"
done | sort -n
echo "== a title that is not in the text"
dossier tag -f jsonl news/wire.jsonl | grep -o '"start": [0-9]*, "end": [0-9]*, "text": "Bangkok".*"in": "[a-z]*"' |
    sed 's/"why": "[^"]*", //'
echo "== conll"
dossier tag --format conll news/visit.txt
echo "== nothing in it"
echo 'it rained all day.' | dossier tag
echo 'it rained all day.' | dossier tag -f jsonl
dossier tag < /dev/null; echo "status $?"
