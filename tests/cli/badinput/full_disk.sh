# SPDX-License-Identifier: GPL-2.0-or-later
# A disk that fills up while indexing, and one without room to compact: told with the cure, status 4, nothing lost.
[ "$(id -u)" = 0 ] || exit 77
mkdir disk
mount -t tmpfs -o size=4m tmpfs disk 2> /dev/null || exit 77
trap 'umount disk' EXIT
awk 'BEGIN {
    srand(3)
    for (i = 1; i <= 4000; i++) {
        words = ""
        for (w = 0; w < 150; w++) words = words " w" int(rand() * 20000)
        printf "{\"id\": \"r%d\", \"text\": \"whale%s\"}\n", i, words
    }
}' > r.jsonl
head -n 100 r.jsonl > first.jsonl
dossier index -qd disk/x.db first.jsonl
# libxapian itself leaks when a write fails
ASAN_OPTIONS=detect_leaks=0 dossier index -qd disk/x.db r.jsonl 2> err.txt
echo "index: $?"
sed 's/: cannot [^:]*: /: /' err.txt | grep -o 'No space left on device\|free some room.*'
dossier check -d disk/x.db
dossier search -d disk/x.db -n 0 --facets none whale
free=$(df -Pk disk | awk 'NR == 2 { print $4 }')
head -c $((free - 100))k /dev/zero > disk/ballast 2> err.txt
# libxapian itself leaks when compaction fails
ASAN_OPTIONS=detect_leaks=0 dossier compact -d disk/x.db 2> err.txt
echo "compact: $?"
grep -o 'No space left on device\|free some room.*' err.txt
dossier check -d disk/x.db
rm disk/ballast
mount -o remount,size=200m disk
rm first.jsonl
dossier index -qd disk/x.db --prune .
echo "with room: $?"
dossier search -d disk/x.db -n 0 --facets none whale
dossier check -d disk/x.db
