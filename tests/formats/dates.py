#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The dates of 60 and more documents of all formats, and the rule each was found by.

Usage: dates.py DOSSIER. Each row is a file, its date as a reader of it would say ("" where nothing sure is said), and
how it is found. Fails when fewer than .95 are right, or when one is wrong that could have gone without.
"""
import gzip, json, os, subprocess, sys, tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import make

BODY = "The harbour office said that pilots will guide ships through the strait by night from November on, and more."
STATED, LINE, LD, TAG, TIME, MAIL, NAME, MADE = ("stated in the record", "a date stated near", "JSON-LD", "meta elements",
                                                "time elements", "message's header", "file's name", "when the file was made")
META = "in the file's metadata"


def page(head="", top="", main="", foot=""):
    return (f"<!DOCTYPE html><html><head><title>Night ferries</title>{head}</head><body>{top}<main><h1>Night ferries</h1>"
            f"{main}<p>{BODY}</p><p>{BODY}</p></main>{foot}</body></html>").encode()


def ld(day, kind="NewsArticle"):
    return ('<script type="application/ld+json">' + json.dumps({"@type": kind, "headline": "Night ferries",
                                                               "datePublished": day}) + "</script>")


def rows():
    text = lambda head: f"{head}\n\n{BODY}\n".encode()
    yield "front.txt", b"---\ntitle: T\ndate: 2014-10-08\n---\n" + BODY.encode(), "2014-10-08", STATED
    yield "front.md", b"---\ndate: 8 October 2014\n---\n# Head\n\n" + BODY.encode(), "2014-10-08", STATED
    yield "front-before-line.md", b"---\ndate: 2014-10-08\n---\n# Head\n\n1 May 2013\n\n" + BODY.encode(), "2014-10-08", STATED
    yield "line.txt", text("Night ferries\n\n8 October 2014"), "2014-10-08", LINE
    yield "line-us.txt", text("Night ferries\n\nOctober 8, 2014"), "2014-10-08", LINE
    yield "label.txt", text("Night ferries\nRelease date: 8 Oct 2014"), "2014-10-08", LINE
    yield "dateline.txt", f"Night ferries\n\nTOKYO, Oct. 8, 2014 (Wire) -- {BODY}".encode(), "2014-10-08", LINE
    yield "line-id.txt", text("Feri malam\n\nJakarta, 8 Oktober 2014"), "2014-10-08", LINE
    yield "line-ja.txt", text("夜間入港について\n\n平成26年10月8日"), "2014-10-08", LINE
    yield "line-th.txt", text("เรือยามค่ำคืน\n\n8 ตุลาคม 2557"), "2014-10-08", LINE
    yield "line-vi.txt", text("Phà đêm\n\nNgày 8 tháng 10 năm 2014"), "2014-10-08", LINE
    yield "line-zh.txt", text("夜间渡轮\n\n2014年10月8日"), "2014-10-08", LINE
    yield "running.txt", f"Night ferries\n\nOn 8 October 2014 nothing happened. {BODY}".encode(), "", ""
    yield "ambiguous.txt", text("Night ferries\n\n03/04/2014"), "", ""
    yield "impossible.txt", text("Night ferries\n\n31 February 2014"), "", ""
    yield "future.txt", text("Night ferries\n\n8 October 2087"), "", ""
    yield "future-front.md", b"---\ndate: 2087-10-08\n---\n# Head\n\n" + BODY.encode(), "", ""
    yield "nothing.txt", BODY.encode(), "", ""
    yield "2014-10-08-name.txt", BODY.encode(), "2014-10-08", NAME
    yield "name_20141008.md", b"# Head\n\n" + BODY.encode(), "2014-10-08", NAME
    yield "2013-01-01-line-wins.txt", text("Night ferries\n\n8 October 2014"), "2014-10-08", LINE
    yield "12345678-number.txt", BODY.encode(), "", ""
    yield "2014-10-08-2015-10-08.txt", BODY.encode(), "", ""
    yield "ld.html", page(ld("2014-10-08T06:30:00+09:00")), "2014-10-08", LD
    yield "ld-before-meta.html", page(ld("2014-10-08") + "<meta name=date content=2015-01-01>"), "2014-10-08", LD
    yield "ld-site.html", page(ld("2011-01-01", "WebSite")), "", ""
    yield "ld-broken.html", page('<script type="application/ld+json">{"@type": </script>'), "", ""
    yield "meta.html", page('<meta property="article:published_time" content="2014-10-08T10:00:00Z">'), "2014-10-08", TAG
    yield "meta-dc.html", page('<meta name="DC.date.issued" content="2014-10-08">'), "2014-10-08", TAG
    yield "meta-before-time.html", page('<meta name="date" content="2014-10-08">', main="<time>2015-01-01</time>"), "2014-10-08", TAG
    yield "modified.html", page('<meta property="article:modified_time" content="2014-10-08T10:00:00Z">'), "", ""
    yield "time.html", page(main='<time datetime="2014-10-08">yesterday</time>'), "2014-10-08", TIME
    yield "time-before-line.html", page(main='<time datetime="2014-10-08">x</time><p>1 May 2013</p>'), "2014-10-08", TIME
    yield "times.html", page(main="<time>2014-10-08</time><time>2013-01-01</time>"), "", ""
    yield "html-line.html", page(main="<p>8 October 2014</p>"), "2014-10-08", LINE
    yield "html-foot.html", page(foot="<footer>Last updated 8 October 2014</footer>"), "", ""
    yield "2014-10-08.html", page(), "2014-10-08", NAME
    yield "nothing.html", page(), "", ""
    yield "record.jsonl", b'{"id": "r1", "text": "Words", "date": "2014-10-08"}', "2014-10-08", STATED, "r1"
    yield "record-none.jsonl", b'{"id": "r2", "text": "Words of a record"}', "", "", "r2"
    yield "record-2014-10-08.jsonl", b'{"id": "r3", "text": "Words of a record"}', "", "", "r3"
    yield "row.csv", b"id,text,date\nc1,Words,2014-10-08\n", "2014-10-08", STATED, "c1"
    yield "row-none.csv", b"id,text\nc2,Words of a row\n", "", "", "c2"
    yield "t.sgml", (make.TREC % ("9", "x")).encode(), "2014-10-08", STATED, "TREC-9"
    yield "r.sgm", (make.REUTERS % ("2", "x")).encode(), "1987-02-26", STATED, "72"
    yield "mail.eml", make.eml("S", BODY), "2014-10-08", MAIL
    yield "mail-zone.eml", make.eml("S", BODY, date="Tue, 07 Oct 2014 23:30:00 -0800"), "2014-10-07", MAIL
    yield "mail-line.eml", make.eml("S", "1 May 2013\n\n" + BODY), "2014-10-08", MAIL
    yield "mail-none.eml", make.eml("S", BODY, date=None), "", ""
    yield "box.mbox", make.mbox([make.eml("S", BODY, message_id="<b@x>")]), "2014-10-08", MAIL, "box.mbox/b@x"
    yield "with.eml", make.eml("S", BODY, attachments=[("n.txt", BODY.encode(), "application/octet-stream")]), "", "", "with.eml/n.txt"
    yield "made.pdf", make.pdf([BODY], created="D:20141008101112+09'00'"), "2014-10-08", MADE
    yield "line.pdf", make.pdf(["Night ferries", "", "8 October 2014", "", BODY], created="D:20200101000000Z"), "2014-10-08", LINE
    yield "none.pdf", make.pdf([BODY]), "", ""
    yield "zero.pdf", make.pdf([BODY], created="D:19700101000000Z"), "", ""
    yield "2014-10-08.pdf", make.pdf([BODY], created="D:20200101000000Z"), "2014-10-08", NAME
    yield "made.docx", make.docx([BODY], created="2014-10-08T10:00:00Z"), "2014-10-08", MADE
    yield "line.docx", make.docx(["Night ferries", "8 October 2014", BODY], created="2020-01-01T00:00:00Z"), "2014-10-08", LINE
    yield "template.docx", make.docx([BODY], created="2013-12-23T23:15:00Z"), "", ""
    yield "none.docx", make.docx([BODY]), "", ""
    yield "made.odt", make.odt([BODY], created="2014-10-08T10:00:00"), "2014-10-08", MADE
    yield "none.odt", make.odt([BODY]), "", ""
    yield "made.pptx", make.pptx([("T", BODY)], created="2014-10-08T10:00:00Z"), "2014-10-08", MADE
    yield "template.pptx", make.pptx([("T", BODY)], created="2013-01-27T09:14:16Z"), "", ""
    yield "made.xlsx", make.xlsx([["a", 1]], created="2014-10-08T10:00:00Z"), "2014-10-08", MADE
    yield "template.xlsx", make.xlsx([["a", 1]], created="2006-09-16T00:00:00Z"), "", ""
    yield "made.ods", make.ods([["a", "b"]], created="2014-10-08T10:00:00"), "2014-10-08", MADE
    yield "book.epub", make.epub([("One", BODY)], date="2014-10-08"), "2014-10-08", META
    yield "none.epub", make.epub([("One", BODY)]), "", ""
    yield "made.rtf", make.rtf([BODY], created=(2014, 10, 8)), "2014-10-08", MADE
    yield "none.rtf", make.rtf([BODY]), "", ""
    yield "in.zip", make.zipped([("2014-10-08-a.txt", BODY)]), "2014-10-08", NAME, "in.zip/2014-10-08-a.txt"
    yield "crawl.warc.gz", gzip.compress(make.warc([("https://example.org/x", "text/html", page())]), mtime=0), "", "", "crawl.warc.gz/https:/example.org/x"


def main():
    dossier, made, right, wrong = sys.argv[1], list(rows()), 0, 0
    with tempfile.TemporaryDirectory() as work:
        make.write(work + "/in", [(row[0], row[1], []) for row in made])
        subprocess.run([dossier, "index", "-q", "--no-tag", "-d", work + "/x.db", work + "/in"], check=False)
        for name, _, date, rule, *rest in made:
            shown = subprocess.run([dossier, "show", "--why", "--format", "json", "-d", work + "/x.db",
                                    rest[0] if rest else name], capture_output=True, check=False).stdout
            found = json.loads(shown) if shown else {}
            got, why = found.get("date") or "", found.get("date_why", "not read")
            good = bool(shown) and got == date and (not date or rule in why)
            right += good
            wrong += bool(got) and got != date
            if not good:
                print(f"{name}: '{got}' ({why}), not '{date}' ({rule})")
    print(f"{len(made)} documents: {right} right ({right / len(made):.3f}), {wrong} wrong where undated was possible")
    return 0 if len(made) >= 60 and right / len(made) >= .95 and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
