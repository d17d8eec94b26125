#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes a folder of broken, hostile and odd files of every format, the same ones for the same seed.

Usage: broken.py FOLDER [SEED]. Prints how many it made. Beside them stand three sound files, good-*.txt. A run over the
folder must end, name each broken file that gives no document, and index the sound ones.
"""
import gzip, io, os, random, struct, sys, zipfile, zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import make


def stored(name, data, flags=0, method=0, size=None, extra=b""):
    """A zip member by hand, so that it can lie."""
    crc, raw = zlib.crc32(data) & 0xFFFFFFFF, data
    if method == 8:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        raw = packer.compress(data) + packer.flush()
    size = len(data) if size is None else size
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, flags, method, 0, 0x4541, crc, len(raw), size, len(name),
                        len(extra)) + name + extra + raw
    return local, (name, flags, method, crc, len(raw), size)


def zip_of(members):
    out, central = b"", b""
    for local, (name, flags, method, crc, packed, size) in members:
        central += struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, flags, method, 0, 0x4541, crc, packed, size,
                               len(name), 0, 0, 0, 0, 0, len(out)) + name
        out += local
    return out + central + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(members), len(members), len(central),
                                       len(out), 0)


def stream_pdf(packed):
    return (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
            b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj 4 0 obj<</Filter/FlateDecode/Length "
            + str(len(packed)).encode() + b">>stream\n" + packed + b"\nendstream endobj trailer<</Root 1 0 R>>")


def sound():
    said = "The harbour office wrote about tides and pilots in its yearly report, at some length."
    page = make.mixed()[4][1]
    return {
        "a.docx": make.docx([said] * 20, title="T"), "a.odt": make.odt([said] * 20), "a.ods": make.ods([["a", "b"]] * 20),
        "a.pptx": make.pptx([("T", said)] * 3), "a.xlsx": make.xlsx([["a", 1]] * 20), "a.epub": make.epub([("A", said)] * 3),
        "a.pdf": make.pdf([said] * 20), "a.rtf": make.rtf([said] * 20), "a.html": page,
        "a.eml": make.eml("S", said, attachments=[("x.docx", make.docx([said]), "application/octet-stream")]),
        "a.mbox": make.mbox([make.eml("S", said)] * 3), "a.warc": make.warc([("https://example.org/a", "text/html", page)]),
        "a.warc.gz": gzip.compress(make.warc([("https://example.org/a", "text/html", page)]), mtime=0),
        "a.zip": make.zipped([("b.txt", said), ("c.html", page)]), "a.tar": make.tar([("b.txt", said.encode())], "w:"),
        "a.tar.gz": make.tar([("b.txt", said.encode())]), "a.txt.gz": gzip.compress(said.encode(), mtime=0),
        "a.jsonl": b'{"id": "j", "text": "words"}\n' * 5, "a.csv": b"title,text\nA,B\n" * 5,
        "a.sgml": (make.TREC % ("9", "x")).encode() * 3,
    }


def files(seed):
    chance = random.Random(seed)
    good = sound()
    for name, data in sorted(good.items()):
        kind = name.replace(".", "-")
        for part in (3, 2):
            yield f"cut-{part}-{kind}.{name.split('.', 1)[1]}", data[:len(data) // part]
        yield f"cut-end-{kind}.{name.split('.', 1)[1]}", data[:-9]
        noisy = bytearray(data)
        for _ in range(max(4, len(noisy) // 40)):
            noisy[chance.randrange(len(noisy))] = chance.randrange(256)
        yield f"noise-{kind}.{name.split('.', 1)[1]}", bytes(noisy)
        flipped = bytearray(data)
        flipped[chance.randrange(len(flipped))] ^= 0x40
        yield f"flip-{kind}.{name.split('.', 1)[1]}", bytes(flipped)
    kinds = sorted({name.split(".", 1)[1] for name in good})
    for kind in kinds:
        yield f"empty.{kind}", b""
        yield f"random.{kind}", bytes(chance.randrange(256) for _ in range(700))
    for kind in ("pdf", "docx", "zip", "eml", "epub", "xlsx"):
        yield f"zeros.{kind}", bytes(5000)
    yield "mislabelled-png.pdf", b"\x89PNG\r\n\x1a\n" + bytes(50)
    yield "mislabelled-zip.pdf", good["a.zip"]
    yield "mislabelled-pdf.docx", good["a.pdf"]
    yield "mislabelled-text.docx", b"Plain words in a file called docx."
    yield "mislabelled-exe.txt", b"\x7fELF" + bytes(chance.randrange(256) for _ in range(300))
    yield "encrypted.pdf", make.pdf(["secret"], encrypt=True)
    yield "encrypted.zip", zip_of([stored(b"a.txt", bytes(30), flags=1)])
    yield "encrypted.docx", zip_of([stored(b"word/document.xml", bytes(60), flags=1)])
    yield "no-text.pdf", make.pdf([], text=False, pages=2)
    yield "many-pages.pdf", make.pdf([], text=False, pages=3000)
    yield "cyclic.pdf", (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]"
                         b"/Count 2/Parent 2 0 R>>endobj trailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF")
    yield "deep.pdf", b"%PDF-1.4\n1 0 obj" + b"[" * 50000 + b"endobj trailer<</Root 1 0 R>>"
    yield "bomb.pdf", stream_pdf(zlib.compress(b"q " * 20000000, 9))
    zeros = bytes(1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = b"".join(packer.compress(zeros) for _ in range(400)) + packer.flush()
    huge = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0x4541, 0, len(bomb), 400 << 20, 8, 0) + b"bomb.txt" + bomb
    yield "bomb.zip", zip_of([(huge, (b"bomb.txt", 0, 8, 0, len(bomb), 400 << 20))])
    part = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0x4541, 0, len(bomb), 400 << 20, 17, 0) \
        + b"word/document.xml" + bomb
    yield "bomb.docx", zip_of([(part, (b"word/document.xml", 0, 8, 0, len(bomb), 400 << 20))])
    yield "bomb.txt.gz", gzip.compress(b"x" * (200 << 20), mtime=0)
    yield "bomb-many.zip", zip_of([stored(b"m%d.txt" % i, zeros, method=8) for i in range(150)])
    yield "count.zip", zip_of([stored(b"%d" % i, b"") for i in range(100)])
    nested = make.zipped([("deep.txt", "the innermost")])
    for _ in range(12):
        nested = make.zipped([("in.zip", nested)])
    yield "nested.zip", nested
    inner = good["a.txt.gz"]
    for _ in range(9):
        inner = gzip.compress(inner, mtime=0)
    yield "nested.gz", inner
    for number, name in enumerate((b"../../../etc/passwd", b"/etc/passwd", b"a/../../b", b"..\\..\\b", b"", b"\xff\xfe",
                                   b"new\nline", b"n" * 5000)):
        yield f"path-{number}.zip", zip_of([stored(name, b"words in a member")])
    yield "twice.docx", zip_of([stored(b"word/document.xml", b"<a/>")] * 2)
    yield "no-main.docx", make.zipped([("word/document.xml", "")])
    for number, kind in enumerate((1, 2, 3, 4, 6)):
        header = bytearray(make.tar([("x", b"words")], "w:"))
        header[156] = 0x30 + kind
        header[157:170] = b"../etc/passwd"
        header[148:156] = b" " * 8
        header[148:156] = b"%06o\0 " % sum(header[:512])
        yield f"link-{number}.tar", bytes(header)
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    laugh = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
    outside = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>'
    for number, head in enumerate((laugh, outside)):
        body = f'{head}<w:document {make.W}><w:body><w:p><w:r><w:t>&l11;</w:t></w:r></w:p></w:body></w:document>'
        yield f"entities-{number}.docx", make.zipped([("word/document.xml", body)])
        yield f"entities-{number}.odt", make.zipped([("mimetype", "application/vnd.oasis.opendocument.text"), (
            "content.xml", f"{head}<x {make.ODF}><text:p>&l11;</text:p></x>")])
        yield f"entities-{number}.fodt", f"{head}<x {make.ODF}><text:p>&l11;</text:p></x>".encode()
    deep = "<w:p>" * 30000
    yield "deep.docx", make.zipped([("word/document.xml", f"<w:document {make.W}>{deep}")])
    yield "attributes.docx", make.zipped([("word/document.xml", f"<w:document {make.W}><w:p " + " ".join(
        f'a{i}="1"' for i in range(30000)) + "/></w:document>")])
    yield "deep.html", b"<div>" * 100000 + b"words"
    yield "tangled.html", b"<b><i>" * 50000 + b"</u></s>" * 50000
    yield "endless-tag.html", b"<html><p " + b"x " * 200000
    yield "deep.rtf", b"{\\rtf1 " + b"{" * 100000
    yield "binary.rtf", b"{\\rtf1 \\bin999999999 words}"
    yield "numbers.rtf", b"{\\rtf1 \\u99999999999999 \\uc-5 \\f-7 \\'zz words}"
    nest = b"Message-ID: <1@x>\nFrom: a@b.c\nMIME-Version: 1.0\nContent-Type: "
    parts = b"".join(b'multipart/mixed; boundary="b%d"\n\n--b%d\nContent-Type: ' % (i, i) for i in range(3000))
    yield "mime-nest.eml", nest + parts + b"text/plain\n\nwords"
    message = b"From: a@b.c\nMessage-ID: <1@x>\n\nthe innermost"
    for _ in range(40):
        message = b"From: a@b.c\nMessage-ID: <1@x>\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n" + message
    yield "mail-nest.eml", message
    yield "many-parts.eml", nest + b'multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 5000 + b"--b--\n"
    yield "no-end.eml", nest + b'multipart/mixed; boundary="b"\n\n--b\nContent-Transfer-Encoding: base64\n\n' + b"AAAA" * 999
    yield "long-header.eml", nest + b"text/plain\nX: " + b"y" * 2000000 + b"\n\nwords"
    yield "charset.eml", nest + b"text/plain; charset=no-such-charset-at-all\n\n\xe9\xff\xfe words"
    yield "length.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<html>"
    yield "negative.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -1\r\n\r\n"
    yield "deep.json", b'[{"text": ' + b"[" * 100000
    yield "deep.jsonl", b'{"text": ' + b"{" * 100000 + b"\n"
    yield "wrong-charset.txt", "<meta charset=utf-16>Äö".encode("cp1252") + b"\x81\x8d\x8f words"
    yield "wrong-charset.html", b"<html><meta charset=utf-16><p>\xe9\xe8 words of a page that is not UTF-16</p>"
    yield "half-utf16.txt", "words".encode("utf-16") + b"\x41"
    yield "bom-only.txt", b"\xff\xfe"
    yield "quote.csv", b'title,text\nA,"' + b"x" * 100000
    yield "columns.csv", b"title,text" + b",c" * 5000 + b"\n" + b",x" * 5000
    yield "open.sgml", b"<DOC><DOCNO>1</DOCNO><TEXT>" + b"<P>" * 50000
    yield "new\nline \xff name.txt".encode("latin-1"), b"words under an odd name"
    yield b"bytes-\xff\xfe.docx", good["a.docx"]
    yield "n" * 250 + ".txt", b"words under a long name"


def main():
    folder, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7
    os.makedirs(folder)
    count, root = 0, os.fsencode(folder)
    for name, data in files(seed):
        with open(os.path.join(root, name if isinstance(name, bytes) else os.fsencode(name)), "wb") as out:
            out.write(data)
        count += 1
    for name, head in (("sparse.pdf", b"%PDF-1.4\n"), ("sparse.txt", b"words " * 1000), ("sparse.zip", b"PK\3\4"),
                       ("sparse.eml", b"Message-ID: <1@x>\nFrom: a@b.c\n\n" + b"words " * 1000), ("sparse.mbox",
                       b"From a@b Wed Oct  8 10:00:00 2014\nFrom: a@b.c\n\nwords\n"), ("sparse.bin", b"\1\2\3")):
        with open(os.path.join(folder, name), "wb") as out:
            out.write(head)
            # poppler looks through all of a file for its end, for minutes in a large one: the limit of time ends that
            out.truncate({"sparse.txt": 10 << 30, "sparse.pdf": 2 << 20}.get(name, 300 << 20))
        count += 1
    os.mkfifo(os.path.join(folder, "pipe.pdf"))
    os.symlink("/etc/passwd", os.path.join(folder, "link.docx"))
    os.symlink(".", os.path.join(folder, "loop"))
    for i in range(3):
        with open(os.path.join(folder, f"good-{i}.txt"), "w", encoding="utf-8") as out:
            out.write(f"Sound words number{i} of a good file, kept among the broken ones.\n")
    print(count + 3)


if __name__ == "__main__":
    main()
