#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes files of every format dossier reads, from texts of our own, with Python's standard library alone.

As a module: one function a format, each returning bytes. As a program: make.py FOLDER writes a mixed folder and
FOLDER/expected.tsv with a word that only that file holds and the id it is to be found under.
"""
import bz2, email.message, email.policy, gzip, io, lzma, os, struct, sys, tarfile, zipfile, zlib
from xml.sax.saxutils import escape

EPOCH = (2014, 10, 8, 0, 0, 0)


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in members:
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else compression
            info.external_attr = 0o644 << 16
            file.writestr(info, data)
    return out.getvalue()


def core(title="", author="", created="", language=""):
    field = lambda name, value: f"<{name}>{escape(value)}</{name}>" if value else ""
    return ('<?xml version="1.0"?><cp:coreProperties '
            'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
            + field("dc:title", title) + field("dc:creator", author) + field("dc:language", language)
            + field("dcterms:created", created) + "</cp:coreProperties>")


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(paragraphs, heading="", table=(), notes=(), **meta):
    run = lambda text: f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    body = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{run(heading)}</w:p>' if heading else ""
    body += "".join(f"<w:p>{run(text)}</w:p>" for text in paragraphs)
    if table:
        body += "<w:tbl>" + "".join("<w:tr>" + "".join(f"<w:tc><w:p>{run(cell)}</w:p></w:tc>" for cell in row)
                                    + "</w:tr>" for row in table) + "</w:tbl>"
    members = [("[Content_Types].xml", '<?xml version="1.0"?><Types/>'),
               ("word/document.xml", f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>')]
    if notes:
        members.append(("word/footnotes.xml", f'<?xml version="1.0"?><w:footnotes {W}>' + "".join(
            f"<w:footnote><w:p>{run(text)}</w:p></w:footnote>" for text in notes) + "</w:footnotes>"))
    return zipped(members + [("docProps/core.xml", core(**meta))])


ODF = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
       'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
       'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
       'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"')


def odf_meta(title="", author="", created="", language=""):
    field = lambda name, value: f"<{name}>{escape(value)}</{name}>" if value else ""
    return (f'<?xml version="1.0"?><office:document-meta {ODF}><office:meta>' + field("dc:title", title)
            + field("meta:initial-creator", author) + field("meta:creation-date", created)
            + field("dc:language", language) + "</office:meta></office:document-meta>")


def odt(paragraphs, heading="", **meta):
    body = f'<text:h text:outline-level="1">{escape(heading)}</text:h>' if heading else ""
    body += "".join(f"<text:p>{escape(text)}</text:p>" for text in paragraphs)
    return zipped([("mimetype", "application/vnd.oasis.opendocument.text"),
                   ("content.xml", f'<?xml version="1.0"?><office:document-content {ODF}><office:body><office:text>'
                    f"{body}</office:text></office:body></office:document-content>"), ("meta.xml", odf_meta(**meta))])


def ods(rows, **meta):
    body = "".join("<table:table-row>" + "".join(f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>"
                                                 for cell in row) + "</table:table-row>" for row in rows)
    return zipped([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                   ("content.xml", f'<?xml version="1.0"?><office:document-content {ODF}><office:body>'
                    f'<office:spreadsheet><table:table table:name="Sheet1">{body}</table:table></office:spreadsheet>'
                    "</office:body></office:document-content>"), ("meta.xml", odf_meta(**meta))])


A = ('xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
     'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"')


def pptx(slides, notes=(), **meta):
    shape = lambda text, kind: (f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r>'
                                f"<a:t>{escape(text)}</a:t></a:r></a:p></p:txBody></p:sp>")
    members = [("ppt/presentation.xml", f"<p:presentation {A}/>"), ("docProps/core.xml", core(**meta))]
    for number, (title, text) in enumerate(slides, 1):
        members.append((f"ppt/slides/slide{number}.xml",
                        f'<p:sld {A}>{shape(title, "title")}{shape(text, "body")}</p:sld>'))
    for number, text in enumerate(notes, 1):
        members.append((f"ppt/notesSlides/notesSlide{number}.xml", f'<p:notes {A}>{shape(text, "body")}</p:notes>'))
    return zipped(members)


S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def xlsx(rows, sheet="Sheet1", **meta):
    strings, index, body = [], {}, ""
    for row in rows:
        body += "<row>"
        for cell in row:
            if isinstance(cell, str):
                index.setdefault(cell, len(index))
                body += f'<c t="s"><v>{index[cell]}</v></c>'
            else:
                body += f"<c><v>{cell}</v></c>"
        body += "</row>"
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in index)
    return zipped([("xl/workbook.xml", f'<workbook {S}><sheets><sheet name="{escape(sheet)}"/></sheets></workbook>'),
                   ("xl/worksheets/sheet1.xml", f"<worksheet {S}><sheetData>{body}</sheetData></worksheet>"),
                   ("xl/sharedStrings.xml", f"<sst {S}>{strings}</sst>"), ("docProps/core.xml", core(**meta))])


def epub(chapters, title="", author="", date="", language="en", publisher=""):
    field = lambda name, value: f"<dc:{name}>{escape(value)}</dc:{name}>" if value else ""
    items = "".join(f'<item id="c{i}" href="text/c{i}.xhtml" media-type="application/xhtml+xml"/>'
                    for i in range(len(chapters)))
    spine = "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    opf = ('<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
           'xmlns:dc="http://purl.org/dc/elements/1.1/">' + field("title", title) + field("creator", author)
           + field("date", date) + field("language", language) + field("publisher", publisher)
           + f"</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>")
    pages = [(f"OEBPS/text/c{i}.xhtml", '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>'
              f"{escape(head)}</title></head><body><h1>{escape(head)}</h1><p>{escape(text)}</p></body></html>")
             for i, (head, text) in enumerate(chapters)]
    return zipped([("mimetype", "application/epub+zip"),
                   ("META-INF/container.xml", '<?xml version="1.0"?><container><rootfiles><rootfile '
                    'full-path="OEBPS/content.opf"/></rootfiles></container>'), ("OEBPS/content.opf", opf)] + pages)


def pdf(lines, title="", author="", created="", encrypt=False, pages=1, text=True):
    """A PDF with one font; [lines] are ASCII. [created] is D:20141008… as PDF writes it."""
    quote = lambda value: value.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    show = "BT /F1 12 Tf 14 TL 60 780 Td " + "".join(f"({quote(line)}) Tj T* " for line in lines) + "ET"
    content = zlib.compress(show.encode("latin-1") if text else b"0.5 g 60 60 400 600 re f")
    kids = " ".join(f"{10 + i} 0 R" for i in range(pages))
    info = (f"/Title({quote(title)})" if title else "") + (f"/Author({quote(author)})" if author else "") \
        + (f"/CreationDate({created})" if created else "")
    objects = {1: "<</Type/Catalog/Pages 2 0 R>>", 2: f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
               3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
               4: f"<</Length {len(content)}/Filter/FlateDecode>>stream\n", 5: f"<<{info}>>"}
    for i in range(pages):
        objects[10 + i] = ("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
                           "/Resources<</Font<</F1 3 0 R>>>>>>")
    if encrypt:  # a password nobody has: the check value is not that of the empty one
        objects[6] = "<</Filter/Standard/V 1/R 2/Length 40/P -64/O<" + "28" * 32 + ">/U<" + "bf" * 32 + ">>>"
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), {}
    for number in sorted(objects):
        offsets[number] = len(out)
        out += f"{number} 0 obj\n{objects[number]}".encode("latin-1")
        out += (content + b"\nendstream" if number == 4 else b"") + b"\nendobj\n"
    start, last = len(out), max(objects) + 1
    out += f"xref\n0 {last}\n0000000000 65535 f \n".encode()
    for number in range(1, last):
        out += (f"{offsets[number]:010} 00000 n \n" if number in offsets else "0000000000 65535 f \n").encode()
    out += (f"trailer\n<</Size {last}/Root 1 0 R/Info 5 0 R" + ("/Encrypt 6 0 R/ID[<61><61>]" if encrypt else "")
            + f">>\nstartxref\n{start}\n%%EOF\n").encode()
    return bytes(out)


def rtf(paragraphs, title="", author="", created=()):
    def encode(text):
        out = ""
        for c in text:
            code = ord(c)
            if c in "\\{}":
                out += "\\" + c
            elif code < 128:
                out += c
            else:
                units = struct.unpack("<%dh" % (len(c.encode("utf-16-le")) // 2), c.encode("utf-16-le"))
                out += "".join(f"\\u{unit}?" for unit in units)
        return out
    info = ("{\\title " + encode(title) + "}" if title else "") + ("{\\author " + encode(author) + "}" if author else "")
    if created:
        info += "{\\creatim\\yr%d\\mo%d\\dy%d}" % created
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss Helvetica;}}{\\info" + info + "}\\f0\\fs24 "
            + "".join(encode(text) + "\\par\n" for text in paragraphs) + "}").encode("ascii")


def eml(subject, text, date="Wed, 08 Oct 2014 10:15:00 +0900", sender="Felix Kim <felix@press.example.org>",
        to="desk@example.org", html=None, attachments=(), message_id="<1@example.org>"):
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["Subject"], message["From"], message["To"] = subject, sender, to
    if date:
        message["Date"] = date
    message["Message-ID"] = message_id
    if text is not None:
        message.set_content(text, cte="quoted-printable")
    if html is not None:
        if text is None:
            message.set_content(html, subtype="html")
        else:
            message.add_alternative(html, subtype="html")
    for name, data, kind in attachments:
        if isinstance(data, email.message.EmailMessage):
            message.add_attachment(data)
        else:
            main, sub = kind.split("/")
            message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def mbox(messages):
    out = b""
    for message in messages:
        body = message.replace(b"\r\n", b"\n")
        out += b"From felix Wed Oct  8 10:15:00 2014\n" + body.replace(b"\nFrom ", b"\n>From ") + b"\n"
    return out


def warc(pages):
    out = b""
    for uri, kind, body in pages:
        http = (f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n").encode() + body
        out += (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n").encode()
        out += http + b"\r\n\r\n"
    return out


def tar(members, mode="w:gz"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as file:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))
    return out.getvalue()


TREC = """<DOC>
<DOCNO> TREC-%s </DOCNO>
<DATE>October 8, 2014</DATE>
<HEADLINE>Harbour pilots meet</HEADLINE>
<TEXT>
<P>The pilots spoke of %s &amp; of tides.</P>
</TEXT>
</DOC>
"""

REUTERS = """<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="5544" NEWID="7%s">
<DATE>26-FEB-1987 15:01:01.79</DATE>
<TOPICS><D>cocoa</D></TOPICS>
<TEXT>&#2;
<TITLE>COCOA TRADERS WAIT</TITLE>
<DATELINE>    SALVADOR, Feb 26 - </DATELINE><BODY>Traders waited for %s all week.
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
"""


def mixed():
    """(path, bytes, [(word, id)…]) of one file of each format, each word in that place alone."""
    said = lambda word: f"The harbour office wrote about {word} in its yearly report on tides and pilots."
    page = lambda word: ("<!DOCTYPE html><html><head><title>Report</title></head><body><nav><a href='/'>Home</a></nav>"
                         f"<main><h1>Report</h1><p>{said(word)} It was a long report, read by many.</p></main></body></html>"
                         ).encode()
    files = []

    def add(path, data, *found):
        files.append((path, data, [(word, path + tail) for word, tail in found]))
    add("plain.txt", said("quartzite").encode(), ("quartzite", ""))
    add("latin.txt", "Le procès-verbal évoque le gâteau, l’été et la zéolithe. Déjà vu à Orléans.".encode("cp1252"),
        ("zéolithe", ""))
    add("japanese.txt", "港湾局の年報は潮汐と水先人について書かれている。黒曜石も話題になった。".encode("shift_jis"), ("黒曜石", ""))
    add("notes.md", ("# Notes\n\n" + said("malachite") + "\n").encode(), ("malachite", ""))
    add("page.html", page("azurite"), ("azurite", ""))
    add("lines.jsonl", b'{"id": "rec-1", "text": "Of beryllium and tides"}\n')
    files[-1][2].append(("beryllium", "rec-1"))
    add("table.csv", b"id,title,text,date\ncsv-1,Tides,Of chalcedony and tides,2014-10-08\n")
    files[-1][2].append(("chalcedony", "csv-1"))
    add("figures.tsv", b"port\ttonnage\nKobe\t12\ngarnierite\t7\n", ("garnierite", ""))
    add("trec.sgml", (TREC % ("1", "dolomite")).encode())
    files[-1][2].append(("dolomite", "TREC-1"))
    add("reut2-900.sgm", (REUTERS % ("1", "epidote")).encode())
    files[-1][2].append(("epidote", "71"))
    add("letter.docx", docx([said("feldspar")], table=[["Port", "gypsum"]], notes=["A note on halite"],
                            title="Letter"), ("feldspar", ""), ("gypsum", ""), ("halite", ""))
    add("report.odt", odt([said("ilmenite")], heading="Report"), ("ilmenite", ""))
    add("slides.pptx", pptx([("Tides", said("jadeite"))], notes=["Speak of kyanite"]), ("jadeite", ""), ("kyanite", ""))
    add("tons.xlsx", xlsx([["Port", "Tons"], ["lazurite", 12]], sheet="Magnesite"), ("lazurite", ""), ("magnesite", ""))
    add("tons.ods", ods([["Port", "Tons"], ["nepheline", "12"]]), ("nepheline", ""))
    add("book.epub", epub([("One", said("olivine")), ("Two", said("pyrite"))], title="A book"), ("olivine", ""),
        ("pyrite", ""))
    add("paper.pdf", pdf([said("rhodonite")], title="A paper"), ("rhodonite", ""))
    add("memo.rtf", rtf([said("sodalite"), "Voilà — 黒 tourmaline"]), ("sodalite", ""), ("tourmaline", ""))
    inner = email.message.EmailMessage()
    inner["Subject"], inner["From"], inner["Message-ID"] = "Passed on", "a@example.org", "<in@example.org>"
    inner.set_content(said("anatase"))
    add("mail.eml", eml("Tides", said("ulexite"), attachments=[
        ("list.docx", docx([said("variscite")]), "application/octet-stream"),
        ("note.txt", said("willemite").encode(), "application/octet-stream"), ("x", inner, "")]),
        ("ulexite", ""), ("variscite", "/list.docx"), ("willemite", "/note.txt"), ("anatase", "/message-3.eml"))
    add("box.mbox", mbox([eml("One", said("xenotime"), message_id="<one@example.org>"),
                          eml("Two", None, html="<p>" + said("zincite") + "</p>", message_id="<two@example.org>")]),
        ("xenotime", "/one@example.org"), ("zincite", "/two@example.org"))
    add("Maildir/cur/1412730000.M1P1.host:2,S", eml("Post", said("andalusite"), message_id="<m@example.org>"),
        ("andalusite", ""))
    site = warc([("https://example.org/a", "text/html", page("barite")), ("https://example.org/p.png", "image/png", b"x")])
    add("site.warc", site, ("barite", "/https:/example.org/a"))
    add("site2.warc.gz", gzip.compress(warc([("https://example.org/b", "text/html", page("calcite"))]), mtime=0),
        ("calcite", "/https:/example.org/b"))
    add("pack.zip", zipped([("in/a.txt", said("diopside")), ("in/b.docx", docx([said("enstatite")])),
                            ("deep.zip", zipped([("c.txt", said("fluorite"))]))]),
        ("diopside", "/in/a.txt"), ("enstatite", "/in/b.docx"), ("fluorite", "/deep.zip/c.txt"))
    add("pack.tar.gz", tar([("t/a.html", page("goethite")), ("t/m.eml", eml("T", said("hematite")))]),
        ("goethite", "/t/a.html"), ("hematite", "/t/m.eml"))
    add("pack.tar", tar([("x.pdf", pdf([said("idocrase")]))], "w:"), ("idocrase", "/x.pdf"))
    add("one.txt.gz", gzip.compress(said("jasper").encode(), mtime=0), ("jasper", "/one.txt"))
    add("two.txt.bz2", bz2.compress(said("kaolinite").encode()), ("kaolinite", "/two.txt"))
    add("three.txt.xz", lzma.compress(said("labradorite").encode()), ("labradorite", "/three.txt"))
    add("no-ending-word", docx([said("monazite")]), ("monazite", ""))  # by content, not by name
    add("really-a-page.pdf", page("natrolite"), ("natrolite", ""))
    add("really-a-pdf.txt", pdf([said("orthoclase")]), ("orthoclase", ""))
    return files


def write(folder, files):
    for path, data, _ in files:
        full = os.path.join(os.fsencode(folder), path if isinstance(path, bytes) else os.fsencode(path))
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as out:
            out.write(data)


if __name__ == "__main__":
    made = mixed()
    write(sys.argv[1], made)
    with open(os.path.join(os.path.dirname(os.path.abspath(sys.argv[1])), "expected.tsv"), "w") as table:
        for path, data, found in made:
            for word, name in found:
                print(word, name, sep="\t", file=table)
