/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/sniff.h"

#include "corpus/charset.h"
#include "corpus/source.h"

#include <string.h>

static struct span extension_of(struct span path)
{
    const char *slash = path.length ? memrchr(path.data, '/', path.length) : NULL;
    struct span name = slash ? span_cut(path, (size_t)(slash - path.data) + 1, path.length) : path;
    const char *dot = name.length ? memrchr(name.data, '.', name.length) : NULL;
    return dot && dot != name.data ? span_cut(name, (size_t)(dot - name.data) + 1, name.length) : SPAN("");
}

static const char *type_of_extension(struct span extension)
{
    for (const struct reader *reader = source_readers; reader->type; reader++)
        for (const char *word = reader->extensions; *word;) {
            size_t length = strcspn(word, " ");
            if (span_equal_fold(extension, (struct span){word, length})) return reader->type;
            word += length + (word[length] == ' ');
        }
    return NULL;
}

static struct span without_mark(struct span head)
{
    return span_starts(head, SPAN("\xEF\xBB\xBF")) ? span_cut(head, 3, head.length) : head;
}

static bool starts_fold(struct span text, const char *lead)
{
    size_t length = strlen(lead);
    return span_equal_fold(span_cut(text, 0, length), (struct span){lead, length});
}

static bool contains(struct span head, const char *word)
{
    return head.length && memmem(head.data, head.length, word, strlen(word));
}

/* Past comments and declarations of XML: what the first element is. */
static struct span first_element(struct span head)
{
    head = span_trim(head);
    while (starts_fold(head, "<!--") || starts_fold(head, "<?xml")) {
        const char *mark = starts_fold(head, "<?xml") ? "?>" : "-->";
        const char *end = memmem(head.data, head.length, mark, strlen(mark));
        if (!end) break;
        head = span_trim(span_cut(head, (size_t)(end - head.data) + strlen(mark), head.length));
    }
    return head;
}

/* A page saved under any name. */
static bool is_html(struct span head)
{
    struct span element = first_element(head);
    return starts_fold(element, "<!doctype html") || starts_fold(element, "<html>") ||
           starts_fold(element, "<html ") || starts_fold(element, "<html\n") || starts_fold(element, "<head>") ||
           starts_fold(element, "<body");
}

static bool is_sgml(struct span head)
{
    struct span element = first_element(head);
    if (starts_fold(element, "<!doctype lewis") || starts_fold(element, "<reuters ")) return true;
    return starts_fold(element, "<doc>") && contains(head, "<DOCNO>");
}

/* Bytes of a header's name before its colon, 0 when the line is none. */
static size_t header_name(struct span line)
{
    size_t i = 0;
    while (i < line.length && line.data[i] > ' ' && line.data[i] != ':' && (unsigned char)line.data[i] < 0x7F) i++;
    return i && i < line.length && line.data[i] == ':' ? i : 0;
}

/* A message begins with headers, and has one that memos and forms do not have. [named]: its name says so too. */
static bool is_mail(struct span head, bool named)
{
    static const char *const sure[] = {"message-id", "received", "return-path", "mime-version", "delivered-to",
                                       "x-mailer", "x-original-to", "dkim-signature", "in-reply-to"};
    static const char *const usual[] = {"from", "to", "subject", "date"};
    struct span rest = head, line;
    size_t headers = 0, usuals = 0;
    bool certain = false;
    while (span_next_line(&rest, &line)) {
        if (!line.length) break;
        if (headers && (line.data[0] == ' ' || line.data[0] == '\t')) continue;
        size_t length = header_name(line);
        if (!length) {
            if (rest.length) return false;
            break; /* the head ends within a line */
        }
        headers++;
        struct span name = span_cut(line, 0, length);
        for (size_t i = 0; i < sizeof sure / sizeof *sure; i++) certain |= span_equal_fold(name, span_of(sure[i]));
        for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) usuals += span_equal_fold(name, span_of(usual[i]));
    }
    return headers >= 2 && ((certain && usuals) || (named && usuals));
}

/* "From somebody Wed Oct  8 10:00:00 2014", and a header on the next line. */
static bool is_mbox(struct span head)
{
    struct span rest = head, line;
    if (!span_starts(head, SPAN("From ")) || !span_next_line(&rest, &line)) return false;
    bool time = false;
    for (size_t i = 5; i + 5 < line.length; i++) time |= line.data[i] == ':' && line.data[i + 3] == ':';
    return time && span_next_line(&rest, &line) && (header_name(line) || span_starts(line, SPAN(">From ")));
}

/* JSON whose first object has a text or title: records, whatever the file is called. */
static bool is_json(struct span head)
{
    struct span text = span_trim(head);
    if (!text.length || (text.data[0] != '{' && text.data[0] != '[')) return false;
    struct span inner = text;
    if (text.data[0] == '[') inner = span_trim(span_cut(text, 1, text.length));
    if (!inner.length || inner.data[0] != '{') return false;
    inner = span_trim(span_cut(inner, 1, inner.length));
    if (!inner.length || inner.data[0] != '"') return false;
    return contains(head, "\"text\":") || contains(head, "\"title\":") || contains(head, "\"body\":") ||
           contains(head, "\"content\":") || contains(head, "\"text\" :") || contains(head, "\"title\" :");
}

/* One object a line, as opposed to one over several. */
static bool is_one_a_line(struct span head)
{
    struct span rest = span_trim(head), line;
    if (!span_next_line(&rest, &line)) return false;
    line = span_trim(line);
    return line.length > 1 && line.data[0] == '{' && (line.data[line.length - 1] == '}' || !rest.length);
}

static bool is(const char *type, const char *other)
{
    return type && strcmp(type, other) == 0;
}

static const char *type_of_text(struct span head, struct span name)
{
    struct span text = without_mark(head);
    const char *named = type_of_extension(extension_of(name));
    if (span_starts(text, SPAN("{\\rtf"))) return "rtf";
    if (span_starts(text, SPAN("WARC/1."))) return "warc";
    if (is_html(text)) return "html";
    if (is_sgml(text)) return "sgml";
    if (is_mbox(text)) return "mbox";
    if (is_mail(text, is(named, "email"))) return "email";
    if (contains(span_cut(text, 0, 400), "urn:oasis:names:tc:opendocument")) return "odt"; /* a flat one */
    for (const struct reader *reader = source_readers; named && reader->type; reader++)
        if (reader->read && !is(named, "text") && is(named, reader->type)) return named;
    if (!is(named, "text") && is_json(text)) return is_one_a_line(text) ? "jsonl" : "json";
    return is(named, "html") ? named : "text";
}

struct sniffed sniff(struct span head, struct span name)
{
    static const struct {
        const char *magic;
        size_t length, offset;
        const char *type; /* NULL: it takes a look inside */
    } formats[] = {
        {"%PDF-", 5, 0, "pdf"},     {"PK\3\4", 4, 0, NULL},           {"PK\5\6", 4, 0, "archive"},
        {"\x1F\x8B", 2, 0, NULL},   {"BZh", 3, 0, NULL},              {"\xFD" "7zXZ\0", 6, 0, NULL},
        {"\x28\xB5\x2F\xFD", 4, 0, NULL}, {"7z\xBC\xAF\x27\x1C", 6, 0, "archive"}, {"ustar", 5, 257, "archive"},
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct span found = span_cut(head, formats[i].offset, formats[i].offset + formats[i].length);
        if (!span_equal(found, (struct span){formats[i].magic, formats[i].length})) continue;
        if (formats[i].magic[0] == 'B' && !charset_binary(head)) continue; /* a text that begins with BZh */
        return (struct sniffed){.type = formats[i].type};
    }
    struct span top = span_cut(head, 0, 1024); /* PDF readers allow for so much before it */
    const char *what = charset_binary(head);
    if (what && contains(top, "%PDF-")) return (struct sniffed){.type = "pdf"};
    if (what && strcmp(what, "binary data") == 0) return (struct sniffed){0};
    if (what && !span_starts(head, SPAN("{\\rtf")))
        return (struct sniffed){.refused = what, .picture = strstr(what, "picture") != NULL};
    return (struct sniffed){.type = type_of_text(head, name)};
}
