# SPDX-License-Identifier: GPL-2.0-or-later
# A text of little but different capitalised words: more names than a document keeps, and still one that is indexed.
awk 'BEGIN {
    for (i = 0; i < 76000; i++) {
        word = ""
        x = (i * 7919) % 1157625
        for (k = 0; k < 3; k++) {
            word = word substr("bcdfghjklmnpqrstvwxyz", x % 21 + 1, 1)
            x = int(x / 21)
            word = word substr("aeiou", x % 5 + 1, 1)
            x = int(x / 5)
        }
        printf "%s%s%s", toupper(substr(word, 1, 1)), substr(word, 2), i % 6 == 5 ? " was there, they said.\n" : i % 2 ? " met the " : " and "
    }
}' > words.txt
wc -c < words.txt
dossier tag -f jsonl words.txt > tagged.jsonl
wc -l < tagged.jsonl
grep -o '"name": ' tagged.jsonl | wc -l | awk '{ print ($1 > 65536) ? "more names than an index keeps" : $1 }'
dossier index -q -j 1 -d words.db words.txt
dossier check -d words.db
