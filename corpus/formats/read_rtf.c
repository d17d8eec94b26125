/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rich text (RTF 1.9.1): the words, paragraphs and cells of the body, and the information group. Codes of characters
 * are those of the font at hand, else of the document's code page, or Unicode. */
#include "corpus/formats/formats.h"
#include "corpus/formats/stamp.h"
#include "corpus/isolate/limits.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FONTS_MAX = 4096, RUN_MAX = 4096, WORD_MAX = 32 };

/* Where words go. */
enum place { PLACE_TEXT, PLACE_NOWHERE, PLACE_FONTS, PLACE_INFO, PLACE_TITLE, PLACE_AUTHOR, PLACE_CREATED };

/* What a group changes and its end restores. */
struct group {
    enum place place;
    int fallback; /* bytes that stand for a Unicode character, after it */
    int font;
    bool hidden;
};

struct rtf {
    struct span bytes;
    size_t at;
    struct buffer *text, *title, *author;
    struct group *groups;
    size_t depth;
    int code_page, font_page[FONTS_MAX]; /* 0 where the font states none */
    int default_font;
    char run[RUN_MAX]; /* bytes in a code page that wait to be converted together */
    size_t run_length;
    int run_page;
    int skip;       /* bytes of a fallback still to come */
    uint32_t high;  /* first half of a pair */
    int created[3]; /* year, month, day */
    iconv_t converter;
    int converter_page;
};

static const struct {
    const char *word;
    enum place place;
} destinations[] = {
    {"fonttbl", PLACE_FONTS},     {"colortbl", PLACE_NOWHERE},  {"stylesheet", PLACE_NOWHERE},
    {"info", PLACE_INFO},         {"title", PLACE_TITLE},       {"author", PLACE_AUTHOR},
    {"creatim", PLACE_CREATED},   {"pict", PLACE_NOWHERE},      {"object", PLACE_NOWHERE},
    {"header", PLACE_NOWHERE},    {"headerl", PLACE_NOWHERE},   {"headerr", PLACE_NOWHERE},
    {"headerf", PLACE_NOWHERE},   {"footer", PLACE_NOWHERE},    {"footerl", PLACE_NOWHERE},
    {"footerr", PLACE_NOWHERE},   {"footerf", PLACE_NOWHERE},   {"fldinst", PLACE_NOWHERE},
    {"listtable", PLACE_NOWHERE}, {"revtbl", PLACE_NOWHERE},    {"themedata", PLACE_NOWHERE},
    {"xe", PLACE_NOWHERE},        {"tc", PLACE_NOWHERE},        {"bkmkstart", PLACE_NOWHERE},
    {"bkmkend", PLACE_NOWHERE},   {"operator", PLACE_NOWHERE},  {"subject", PLACE_NOWHERE},
    {"keywords", PLACE_NOWHERE},  {"doccomm", PLACE_NOWHERE},   {"company", PLACE_NOWHERE},
    {"revtim", PLACE_NOWHERE},    {"printim", PLACE_NOWHERE},   {"nonshppict", PLACE_NOWHERE},
};

/* Words that stand for characters; a line end, a paragraph and a cell among them. */
static const struct {
    const char *word, *text;
} characters[] = {
    {"par", "\n\n"},      {"line", "\n"},     {"sect", "\n\n"},    {"page", "\n\n"},     {"tab", "\t"},
    {"cell", "\t"},       {"row", "\n"},      {"emdash", "—"},     {"endash", "–"},      {"lquote", "‘"},
    {"rquote", "’"},      {"ldblquote", "“"}, {"rdblquote", "”"},  {"bullet", "•"},      {"emspace", " "},
    {"enspace", " "},     {"nestcell", "\t"}, {"nestrow", "\n"},
};

/* The code page of a font's character set (\fcharset). */
static int page_of_charset(int charset)
{
    static const struct {
        int charset, page;
    } pages[] = {{0, 1252},   {77, 10000}, {128, 932},  {129, 949},  {130, 1361}, {134, 936},  {136, 950},
                 {161, 1253}, {162, 1254}, {163, 1258}, {177, 1255}, {178, 1256}, {186, 1257}, {204, 1251},
                 {222, 874},  {238, 1250}, {255, 850}};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (pages[i].charset == charset) return pages[i].page;
    return 0;
}

static struct group *group(struct rtf *rtf)
{
    return &rtf->groups[rtf->depth];
}

static struct buffer *target(struct rtf *rtf)
{
    if (group(rtf)->hidden) return NULL;
    switch (group(rtf)->place) {
    case PLACE_TEXT: return rtf->text;
    case PLACE_TITLE: return rtf->title;
    case PLACE_AUTHOR: return rtf->author;
    default: return NULL;
    }
}

static enum status put(struct rtf *rtf, const char *bytes, size_t length)
{
    struct buffer *out = target(rtf);
    if (!out) return OK;
    enum status status = buffer_append(out, bytes, length);
    return status == LIMIT && out != rtf->text ? OK : status;
}

static bool use_page(struct rtf *rtf, int page)
{
    char name[16];
    if (rtf->converter != (iconv_t)-1 && rtf->converter_page == page) return true;
    if (rtf->converter != (iconv_t)-1) iconv_close(rtf->converter);
    snprintf(name, sizeof name, page == 10000 ? "MACINTOSH" : "CP%d", page);
    rtf->converter = iconv_open("UTF-8", name);
    if (rtf->converter == (iconv_t)-1) rtf->converter = iconv_open("UTF-8", "CP1252");
    rtf->converter_page = page;
    return rtf->converter != (iconv_t)-1;
}

/* Converts the bytes that wait. */
static enum status flush(struct rtf *rtf)
{
    char out[RUN_MAX * 4], *in = rtf->run, *to = out;
    size_t left = rtf->run_length, room = sizeof out;
    rtf->run_length = 0;
    if (!left || !target(rtf)) return OK;
    if (!use_page(rtf, rtf->run_page)) return put(rtf, rtf->run, left);
    iconv(rtf->converter, NULL, NULL, NULL, NULL);
    while (left && iconv(rtf->converter, &in, &left, &to, &room) == (size_t)-1 && left && room > 4) {
        in++, left--; /* a byte the code page does not have */
        *to++ = '?', room--;
    }
    return put(rtf, out, (size_t)(to - out));
}

static enum status put_byte(struct rtf *rtf, char byte)
{
    int font = group(rtf)->font, page = font >= 0 && font < FONTS_MAX ? rtf->font_page[font] : 0;
    if (!page) page = rtf->code_page;
    enum status status = OK;
    if (rtf->skip) {
        rtf->skip--;
        return OK;
    }
    if (rtf->run_length == RUN_MAX || (rtf->run_length && rtf->run_page != page)) status = flush(rtf);
    rtf->run_page = page;
    rtf->run[rtf->run_length++] = byte;
    return status;
}

/* A Unicode character; those beyond the first plane come as two halves. */
static enum status put_rune(struct rtf *rtf, int value)
{
    uint32_t unit = (uint32_t)value & 0xFFFF;
    char bytes[4];
    enum status status = flush(rtf);
    rtf->skip = group(rtf)->fallback;
    if (status) return status;
    if (unit >= 0xD800 && unit < 0xDC00) {
        rtf->high = unit;
        return OK;
    }
    if (unit >= 0xDC00 && unit < 0xE000 && rtf->high)
        unit = 0x10000 + ((rtf->high - 0xD800) << 10) + (unit - 0xDC00);
    rtf->high = 0;
    return put(rtf, bytes, utf8_write(bytes, unit));
}

static enum status take_word(struct rtf *rtf, const char *word, bool has_number, int number)
{
    struct group *at = group(rtf);
    enum status status = flush(rtf);
    if (status) return status;
    if (strcmp(word, "u") == 0) return has_number ? put_rune(rtf, number) : OK;
    if (strcmp(word, "bin") == 0) {
        size_t left = rtf->bytes.length - rtf->at;
        rtf->at += number > 0 && (size_t)number < left ? (size_t)number : number > 0 ? left : 0;
        return OK;
    }
    rtf->skip = 0;
    if (strcmp(word, "uc") == 0) at->fallback = has_number && number >= 0 && number < 16 ? number : 1;
    if (strcmp(word, "ansicpg") == 0 && number > 0) rtf->code_page = number == 65001 ? 1252 : number;
    if (strcmp(word, "mac") == 0) rtf->code_page = 10000;
    if (strcmp(word, "deff") == 0) rtf->default_font = number;
    if (strcmp(word, "f") == 0) at->font = number;
    if (strcmp(word, "plain") == 0) at->font = rtf->default_font, at->hidden = false;
    if (strcmp(word, "v") == 0) at->hidden = !has_number || number;
    if (strcmp(word, "fcharset") == 0 && at->place == PLACE_FONTS && at->font >= 0 && at->font < FONTS_MAX)
        rtf->font_page[at->font] = page_of_charset(number);
    if (at->place == PLACE_CREATED) {
        static const char *const parts[] = {"yr", "mo", "dy"};
        for (int i = 0; i < 3; i++)
            if (strcmp(word, parts[i]) == 0) rtf->created[i] = number;
    }
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++)
        if (strcmp(word, characters[i].word) == 0) return put(rtf, characters[i].text, strlen(characters[i].text));
    bool inside = at->place == PLACE_INFO;
    for (size_t i = 0; i < sizeof destinations / sizeof *destinations; i++) {
        enum place place = destinations[i].place;
        bool of_info = place == PLACE_TITLE || place == PLACE_AUTHOR || place == PLACE_CREATED;
        if (strcmp(word, destinations[i].word) != 0 || (of_info && !inside)) continue;
        if (at->place != PLACE_NOWHERE) at->place = place;
    }
    return OK;
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

static char peek(const struct rtf *rtf)
{
    return rtf->at < rtf->bytes.length ? rtf->bytes.data[rtf->at] : '\0';
}

/* What follows a backslash. */
static enum status take_control(struct rtf *rtf)
{
    char word[WORD_MAX + 1], c = peek(rtf);
    size_t length = 0;
    if (rtf->at >= rtf->bytes.length) return OK;
    if ((c | 0x20) < 'a' || (c | 0x20) > 'z') {
        rtf->at++;
        if (c == '\'' && rtf->at + 1 < rtf->bytes.length) {
            int high = hex(rtf->bytes.data[rtf->at]), low = hex(rtf->bytes.data[rtf->at + 1]);
            if (high < 0 || low < 0) return OK;
            rtf->at += 2;
            return put_byte(rtf, (char)(high * 16 + low));
        }
        if (c == '*') {
            if (group(rtf)->place != PLACE_INFO) group(rtf)->place = PLACE_NOWHERE; /* for readers that know it */
            return OK;
        }
        if (strchr("\\{}", c)) return put_byte(rtf, c);
        enum status status = flush(rtf);
        if (status) return status;
        return c == '~' ? put(rtf, "\xC2\xA0", 2) : c == '_' ? put(rtf, "-", 1) : c == '\n' || c == '\r' ? put(rtf, "\n\n", 2) : OK;
    }
    while (((c = peek(rtf)) | 0x20) >= 'a' && (c | 0x20) <= 'z') {
        if (length < WORD_MAX) word[length++] = c;
        rtf->at++;
    }
    word[length] = '\0';
    bool negative = peek(rtf) == '-', has_number = false;
    long number = 0;
    rtf->at += negative;
    while (peek(rtf) >= '0' && peek(rtf) <= '9') {
        if (number < 100000000) number = number * 10 + (peek(rtf) - '0');
        has_number = true;
        rtf->at++;
    }
    if (negative && !has_number) rtf->at--;
    if (peek(rtf) == ' ') rtf->at++;
    return take_word(rtf, word, has_number, (int)(negative ? -number : number));
}

/* Reads all. *[closed] is whether every group was. */
static enum status scan(struct rtf *rtf, bool *closed)
{
    enum status status = OK;
    while (rtf->at < rtf->bytes.length && !status) {
        char c = rtf->bytes.data[rtf->at++];
        if (c == '{') {
            status = flush(rtf);
            rtf->skip = 0;
            if (rtf->depth + 1 >= RTF_DEPTH_MAX) return INVALID;
            rtf->groups[rtf->depth + 1] = rtf->groups[rtf->depth];
            rtf->depth++;
        } else if (c == '}') {
            status = flush(rtf);
            rtf->skip = 0;
            if (rtf->depth) rtf->depth--;
            if (!rtf->depth) break; /* what follows is not the document's */
        } else if (c == '\\') {
            status = take_control(rtf);
        } else if (c != '\r' && c != '\n') {
            status = put_byte(rtf, c);
        }
    }
    *closed = rtf->depth == 0;
    return status ? status : flush(rtf);
}

static enum status set_document(struct read_job *job, const struct rtf *rtf)
{
    struct document *document = &job->document;
    char date[40];
    enum status status = document_state(document, FIELD_TITLE, buffer_span(rtf->title), WHY_METADATA);
    if (!status) status = document_state(document, FIELD_AUTHOR, buffer_span(rtf->author), WHY_METADATA);
    if (!status && rtf->created[0] > 0) {
        snprintf(date, sizeof date, "%04d-%02d-%02d", rtf->created[0], rtf->created[1], rtf->created[2]);
        status = stamp_state(document, span_of(date));
    }
    return status ? status : document_set_text(document, span_trim(buffer_span(rtf->text)));
}

enum status read_rtf(struct read_job *job)
{
    enum status status = job_load(job);
    if (status) return status;
    struct buffer text, title, author;
    struct rtf *rtf = calloc(1, sizeof *rtf);
    struct group *groups = calloc(RTF_DEPTH_MAX, sizeof *groups);
    buffer_init(&text, DOCUMENT_TEXT_MAX);
    buffer_init(&title, DOCUMENT_FIELD_MAX);
    buffer_init(&author, DOCUMENT_FIELD_MAX);
    bool closed = false;
    if (rtf && groups) {
        *rtf = (struct rtf){.bytes = buffer_span(&job->raw), .text = &text, .title = &title, .author = &author,
                            .groups = groups, .code_page = 1252, .converter = (iconv_t)-1};
        groups[0] = (struct group){.place = PLACE_TEXT, .fallback = 1};
        status = scan(rtf, &closed);
        if (rtf->converter != (iconv_t)-1) iconv_close(rtf->converter);
    } else {
        status = NO_MEMORY;
    }
    if (status == INVALID)
        status = fail(job->error, INVALID, "'%s' is a broken document: its groups are nested without end",
                      job->file->path);
    else if (status)
        job_failed(job, status);
    else if (!closed && !span_trim(buffer_span(&text)).length)
        status = fail(job->error, INVALID, "'%s' is a broken document: it ends within its head", job->file->path);
    if (!status) status = job_begin(job);
    if (!status) {
        status = set_document(job, rtf);
        status = status ? job_failed(job, status) : job_deliver(job, 1);
    }
    free(groups);
    free(rtf);
    buffer_release(&author);
    buffer_release(&title);
    buffer_release(&text);
    return status;
}
