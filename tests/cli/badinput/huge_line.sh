# SPDX-License-Identifier: GPL-2.0-or-later
# One line of many megabytes, as a text and as a record: refused by its size with a word on it, in bounded memory, and
# what stands beside it is indexed. HUGE_MB=1024 for the whole gigabyte.
megabytes=${HUGE_MB:-300}
mkdir in
free=$(df -Pk . | awk 'NR == 2 { print int($4 / 1024) }')
[ "$free" -gt $((3 * megabytes)) ] || exit 77
echo "a whale" > in/a.txt
head -c "${megabytes}M" /dev/zero | tr '\0' x > in/line.txt
{
    printf '{"id": "long", "text": "'
    head -c "${megabytes}M" /dev/zero | tr '\0' x
    printf '"}\n{"id": "after", "text": "another whale"}\n'
} > in/r.jsonl
# With sanitizers the address space cannot be bounded, and dossier does not even start.
bound=unlimited
sh -c 'ulimit -v 2000000; dossier --version; exit $?' > out.txt 2>&1 && bound=2000000 # kB
(ulimit -v $bound && dossier index -d x.db -j 1 in) > out.txt 2> err.txt
echo "status $?"
sed -e "s,$PWD,PWD,g" -e "s/has $megabytes MB/has N MB/" err.txt
head -n 1 out.txt
dossier search -d x.db --format trec whale | awk '{ print $3 }' | LC_ALL=C sort
dossier check -d x.db
