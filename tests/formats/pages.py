#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""How much of the main text of saved pages is kept, and how much of what stands around it is removed.

Usage: pages.py DOSSIER [FOLDER] [-v]. The main text of each page stands between <!--[--> and <!--]-->, marks that are
taken out before dossier sees the page. Words are counted (two characters of a script without spaces make one); a page
counts for one in both means. Fails below the floors.
"""
import collections, glob, html, json, os, re, subprocess, sys, tempfile

KEPT_FLOOR, REMOVED_FLOOR = 0.95, 0.90
HIDDEN = re.compile(r"<(script|style|head|title|button|select|option)\b.*?</\1>", re.S | re.I)


def words(text):
    found = []
    for word in re.findall(r"[^\W_]+(?:[\u0e30-\u0e4e]+[^\W_]*)*", text.lower()):
        if re.search(r"[\u0e00-\u0e7f\u3040-\u9fff]", word):
            found += [word[i:i + 2] for i in range(0, len(word), 2)] if len(word) < 3 else \
                     [word[i:i + 2] for i in range(len(word) - 1)]
        else:
            found.append(word)
    return found


def plain(markup):
    return html.unescape(re.sub(r"<[^>]*>", " ", HIDDEN.sub(" ", re.sub(r"<!--.*?-->", " ", markup, flags=re.S))))


def measure(page, read):
    body = page[page.lower().find("<body"):]
    main = " ".join(re.findall(r"<!--\[-->(.*?)<!--\]-->", body, re.S))
    around = re.sub(r"<!--\[-->.*?<!--\]-->", " ", body, flags=re.S)
    wanted = collections.Counter(words(plain(main)))
    unwanted = collections.Counter(words(plain(around)))
    got = collections.Counter(words(read))
    kept = sum((wanted & got).values()) / max(1, sum(wanted.values()))
    left = got - wanted
    removed = 1 - sum((unwanted & left).values()) / max(1, sum(unwanted.values()))
    return kept, removed, wanted - got, unwanted & left


def main():
    dossier, folder = sys.argv[1], os.path.join(os.path.dirname(os.path.abspath(__file__)), "pages")
    verbose = "-v" in sys.argv
    if len(sys.argv) > 2 and sys.argv[2] != "-v":
        folder = sys.argv[2]
    pages, rows = sorted(glob.glob(folder + "/*.html")), []
    with tempfile.TemporaryDirectory() as work:
        os.mkdir(work + "/in")
        for path in pages:
            with open(path, encoding="utf-8") as file, open(work + "/in/" + os.path.basename(path), "w",
                                                          encoding="utf-8") as out:
                out.write(re.sub(r"<!--[\[\]]-->", "", file.read()).replace("charset=iso-8859-1", "charset=utf-8"))
        subprocess.run([dossier, "index", "-q", "--no-tag", "-d", work + "/x.db", work + "/in"], check=False)
        for path in pages:
            shown = subprocess.run([dossier, "show", "-d", work + "/x.db", "--format", "json", os.path.basename(path)],
                                   capture_output=True, check=False).stdout
            read = json.loads(shown)["text"] if shown else ""
            with open(path, encoding="utf-8") as file:
                kept, removed, lost, left = measure(file.read(), read)
            rows.append((kept, removed))
            if verbose:
                print(f"{os.path.basename(path):32} kept {kept:.3f} removed {removed:.3f}")
                if kept < .97: print("    lost:", " ".join(list(lost)[:25]))
                if removed < .95: print("    left:", " ".join(list(left)[:25]))
    kept, removed = (sum(row[i] for row in rows) / len(rows) for i in (0, 1))
    print(f"{len(rows)} pages: main text kept {kept:.3f}, boilerplate removed {removed:.3f}")
    return 0 if len(rows) >= 20 and kept >= KEPT_FLOOR and removed >= REMOVED_FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
