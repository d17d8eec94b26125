# SPDX-License-Identifier: GPL-2.0-or-later
# One name across documents: however it is written, it is one row; an alias asks for the same documents; what is pruned
# takes its names along.
mkdir news news.db.names
printf 'organization\tZedland Water Board\tZWB\nperson\tZora Quill\n' > news.db.names/add.tsv
printf 'Quilla Z\tZora Quill\nQZ\tQuilla Z\n' > news.db.names/aliases.tsv
echo 'Zora Quill of the Zedland Water Board spoke of plumbago.' > news/a.txt
echo 'ZÓRA  QUILL wrote to the ZEDLAND-WATER BOARD.' > news/b.txt
printf 'Then Zora\nQuill met the\nZedland Water Board.\n' > news/c.txt
echo 'Nothing but the ZWB and the Zorblatt Trading Corporation.' > news/d.txt
echo 'The Zorblatt Trading Corp was sold.' > news/e.txt
export DOSSIER_DB=news.db
dossier index -j 1 news > /dev/null
echo "== one row for all ways to write a name"
dossier entities
echo "== names and their aliases find the same"
for query in 'person:"Zora Quill"' 'person:"zóra-quill"' 'person:"Quilla Z"' 'person:QZ' 'org:ZWB' \
    'org:"Zedland Water Board"' 'org:"ZEDLAND  WATER  BOARD"' 'org:"Zorblatt Trading Company"' \
    'org:"Zorblatt Trading Corp."' 'org:"Zorblatt Trading Corporation"'; do
    echo "$query: $(dossier search -n 9 --format paths "$query" | sed "s,.*/,," | sort | tr '\n' ' ')"
done
echo "== a document goes, and so does what only it had"
rm news/a.txt news/b.txt news/c.txt
dossier index -j 1 --prune news | head -1
dossier entities
dossier search -n 0 --facets organization,person,place '' ; dossier search -n 0 --facets none person:quill
dossier entities --with 'Zora Quill'; echo "status $?"
echo "== and nothing is suggested from it"
dossier search -n 0 --facets none plumbagi
dossier search -n 0 --facets none 'person:quil'
