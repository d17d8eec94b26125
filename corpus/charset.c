/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>
#include <uchardet/uchardet.h>

/* The first bytes of common files that are not text, so that the reason for skipping one says what it is. */
static const struct {
    const char *magic;
    unsigned short length, offset;
    const char *what;
    bool words; /* a text could begin so: only with other signs of binary data */
} signatures[] = {
    {"%PDF-", 5, 0, "a PDF document", false},
    {"PK\3\4", 4, 0, "a zip archive or an office document", false},
    {"PK\5\6", 4, 0, "an empty zip archive", false},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, 0, "an old office document", false},
    {"{\\rtf", 5, 0, "a rich text document", false},
    {"\x89PNG\r\n\x1A\n", 8, 0, "a PNG picture", false},
    {"\xFF\xD8\xFF", 3, 0, "a JPEG picture", false},
    {"GIF87a", 6, 0, "a GIF picture", false},
    {"GIF89a", 6, 0, "a GIF picture", false},
    {"II*\0", 4, 0, "a TIFF picture", false},
    {"MM\0*", 4, 0, "a TIFF picture", false},
    {"WEBP", 4, 8, "a WebP picture", true},
    {"WAVE", 4, 8, "a sound recording", true},
    {"ID3", 3, 0, "a sound recording", true},
    {"OggS", 4, 0, "a sound or video recording", true},
    {"ftyp", 4, 4, "a video or sound recording", true},
    {"\x1A\x45\xDF\xA3", 4, 0, "a video recording", false},
    {"\x1F\x8B", 2, 0, "gzip-compressed data", false},
    {"BZh", 3, 0, "bzip2-compressed data", true},
    {"\xFD"
     "7zXZ\0",
     6, 0, "xz-compressed data", false},
    {"\x28\xB5\x2F\xFD", 4, 0, "zstd-compressed data", false},
    {"7z\xBC\xAF\x27\x1C", 6, 0, "a 7-Zip archive", false},
    {"Rar!\x1A\7", 6, 0, "a RAR archive", false},
    {"ustar", 5, 257, "a tar archive", false},
    {"\x7F"
     "ELF",
     4, 0, "a program", false},
    {"SQLite format 3", 16, 0, "an SQLite database", false},
    {"%!PS", 4, 0, "a PostScript document", false},
};

enum {
    SNIFF_BYTES = 65536,        /* of NUL and control characters counted: more changes nothing in practice */
    DETECT_BYTES = 1024 * 1024, /* given to uchardet, from the first byte that is not ASCII */
    DECLARED_MAX = 40, /* bytes: the longest charset name of the IANA registry is 45, those in use are shorter */
    ICONV_STEP = 65536 /* bytes of output made room for at a time */
};

struct order_mark {
    const char *bytes;
    size_t length;
    const char *charset;
};

/* UTF-32 before UTF-16, whose mark it begins with. */
static const struct order_mark order_marks[] = {
    {"\xEF\xBB\xBF", 3, "UTF-8"}, {"\xFF\xFE\0\0", 4, "UTF-32LE"}, {"\0\0\xFE\xFF", 4, "UTF-32BE"},
    {"\xFF\xFE", 2, "UTF-16LE"},  {"\xFE\xFF", 2, "UTF-16BE"},
};

static const struct order_mark *find_order_mark(struct span bytes)
{
    for (size_t i = 0; i < sizeof order_marks / sizeof *order_marks; i++)
        if (span_starts(bytes, (struct span){order_marks[i].bytes, order_marks[i].length})) return &order_marks[i];
    return NULL;
}

/* UTF-16 without a mark, told by its NULs: in text of any European language nearly every other byte is one, and always
 * on the same side. */
static const char *unmarked_utf16(struct span bytes)
{
    size_t nuls[2] = {0, 0}, pairs = (bytes.length < SNIFF_BYTES ? bytes.length : SNIFF_BYTES) / 2;
    for (size_t i = 0; i < pairs * 2; i++) nuls[i & 1] += bytes.data[i] == '\0';
    if (pairs < 4) return NULL;
    if (nuls[1] * 10 > pairs * 7 && nuls[0] == 0) return "UTF-16LE";
    if (nuls[0] * 10 > pairs * 7 && nuls[1] == 0) return "UTF-16BE";
    return NULL;
}

static bool has_binary_bytes(struct span head)
{
    size_t controls = 0, seen = head.length < SNIFF_BYTES ? head.length : SNIFF_BYTES;
    for (size_t i = 0; i < seen; i++) {
        unsigned char byte = (unsigned char)head.data[i];
        if (byte == 0) return true;
        /* SO, SI and ESC switch charsets in old Japanese text, 0x1A ends files of old systems */
        controls += byte < 0x20 && !strchr("\t\n\v\f\r\b\x0E\x0F\x1A\x1B", byte);
    }
    return controls * 50 > seen; /* over 2 %: text has none but for odd accidents */
}

const char *charset_binary(struct span head)
{
    if (find_order_mark(head)) return NULL;
    bool binary = has_binary_bytes(head);
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if ((binary || !signatures[i].words) &&
            span_equal(span_cut(head, signatures[i].offset, (size_t)signatures[i].offset + signatures[i].length),
                       (struct span){signatures[i].magic, signatures[i].length}))
            return signatures[i].what;
    return binary && !unmarked_utf16(head) ? "binary data" : NULL;
}

/* Converts with U+FFFD for what the charset does not have. INVALID when iconv does not know [charset]. */
static enum status convert(struct buffer *out, struct span bytes, const char *charset)
{
    iconv_t converter = iconv_open("UTF-8", charset);
    if (converter == (iconv_t)-1) return errno == ENOMEM ? NO_MEMORY : INVALID;
    enum status status = OK;
    buffer_clear(out);
    size_t unit = strncmp(charset, "UTF-16", 6) == 0 ? 2 : strncmp(charset, "UTF-32", 6) == 0 ? 4 : 1; /* bytes */
    char *in = (char *)(uintptr_t)bytes.data; /* iconv's prototype lacks a const; it does not write there */
    size_t left = bytes.length;
    while (!status && left) {
        size_t step = out->maximum - out->length < ICONV_STEP ? out->maximum - out->length : ICONV_STEP;
        if (step < 8) { /* room for one character and its replacement */
            status = LIMIT;
            break;
        }
        status = buffer_reserve(out, step);
        if (status) break;
        char *to = out->data + out->length;
        size_t room = out->capacity - 1 - out->length, before = room;
        size_t result = iconv(converter, &in, &left, &to, &room);
        int why = errno;
        out->length += before - room;
        out->data[out->length] = '\0';
        if (result != (size_t)-1 || why == E2BIG) continue;
        status = buffer_append_rune(out, 0xFFFD); /* EILSEQ, or EINVAL: the text ends within a character */
        size_t bad = left < unit ? left : unit;
        in += bad, left -= bad;
    }
    iconv_close(converter);
    return status;
}

/* True when ill-formed UTF-8 has so many well-formed characters beside its faults that UTF-8 it must be: other charsets
 * hardly ever make one by chance. */
static bool is_faulty_utf8(struct span bytes)
{
    size_t good = 0, faults = 0;
    for (size_t i = 0; i < bytes.length;) {
        if ((unsigned char)bytes.data[i] < 0x80) {
            i++;
            continue;
        }
        size_t start = i;
        utf8_next(bytes, &i);
        if (utf8_valid(span_cut(bytes, start, i)))
            good++;
        else
            faults++;
    }
    return good >= 2 && good >= faults * 4;
}

/* A name as iconv may take it: no "//" suffix that would change how iconv works. */
static bool copy_charset_name(char out[DECLARED_MAX + 1], struct span name)
{
    name = span_trim(name);
    if (!name.length || name.length > DECLARED_MAX) return false;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-_.:+", c);
        if (!plain || !c) return false;
        out[i] = c;
    }
    out[name.length] = '\0';
    if (!strcasecmp(out, "iso-8859-1") || !strcasecmp(out, "latin1") || !strcasecmp(out, "us-ascii"))
        strcpy(out, "WINDOWS-1252"); /* as browsers do: the bytes 0x80 to 0x9F are quotes and dashes in practice */
    if (!strcasecmp(out, "shift_jis") || !strcasecmp(out, "shift-jis") || !strcasecmp(out, "x-sjis"))
        strcpy(out, "CP932"); /* likewise: the extensions are in use everywhere */
    return true;
}

static enum status detect(char out[DECLARED_MAX + 1], struct span bytes)
{
    size_t start = 0;
    while (start < bytes.length && (unsigned char)bytes.data[start] < 0x80 && bytes.data[start] != 0x1B) start++;
    start = start > 1024 ? start - 1024 : 0; /* some words around help the detector */
    struct span sample = span_cut(bytes, start, start + DETECT_BYTES);
    uchardet_t detector = uchardet_new();
    if (!detector) return NO_MEMORY;
    strcpy(out, "WINDOWS-1252");
    if (uchardet_handle_data(detector, sample.data, sample.length) == 0) {
        uchardet_data_end(detector);
        char name[DECLARED_MAX + 1];
        if (copy_charset_name(name, span_of(uchardet_get_charset(detector)))) strcpy(out, name);
    }
    uchardet_delete(detector);
    return OK;
}

/* The charsets that switch between alphabets by escapes and look like ASCII otherwise, by their usual escapes. */
static const char *escaped_charset(struct span bytes)
{
    const char *escape = memchr(bytes.data, 0x1B, bytes.length);
    size_t left = escape ? bytes.length - (size_t)(escape - bytes.data) : 0;
    if (left >= 3 && (!memcmp(escape, "\x1B$B", 3) || !memcmp(escape, "\x1B$@", 3))) return "ISO-2022-JP";
    if (left >= 4 && !memcmp(escape, "\x1B$)C", 4)) return "ISO-2022-KR";
    return NULL;
}

enum status charset_decode(struct span *text, struct span bytes, struct span declared, struct buffer *out,
                           struct error *error)
{
    const struct order_mark *mark = find_order_mark(bytes);
    if (mark) bytes = span_cut(bytes, mark->length, bytes.length);
    const char *what = mark ? NULL : charset_binary(bytes);
    if (what) return fail(error, UNSUPPORTED, "%s, not text", what);
    char name[DECLARED_MAX + 1];
    const char *charset = mark ? mark->charset : unmarked_utf16(bytes);
    if (!charset && bytes.length && utf8_valid(bytes)) charset = escaped_charset(bytes);
    bool converted = charset && strcmp(charset, "UTF-8") != 0;
    enum status status = INVALID;
    if (!converted) {
        if (!bytes.length || mark || utf8_valid(bytes)) {
            *text = bytes;
            return OK;
        }
        if (copy_charset_name(name, declared) && strncasecmp(name, "utf", 3) != 0) status = convert(out, bytes, name);
        if (status == INVALID && is_faulty_utf8(bytes)) {
            *text = bytes;
            return OK;
        }
        if (status == INVALID) {
            status = detect(name, bytes);
            if (status) goto out;
            status = convert(out, bytes, name);
        }
        if (status == INVALID) status = convert(out, bytes, "WINDOWS-1252");
    } else {
        status = convert(out, bytes, charset);
    }
out:
    if (status == LIMIT) return fail(error, LIMIT, "more than %zu MB of text", out->maximum >> 20);
    if (status) return fail(error, status, "cannot convert the text to UTF-8: %s", status_name(status));
    *text = buffer_span(out);
    return OK;
}
