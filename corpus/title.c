/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/title.h"

#include "corpus/lines.h"

#include <string.h>

enum {
    HEAD_LINES_MAX = 16,     /* lines before the running text: a title further down is that of a part */
    LOCATE_BYTES_MAX = 8192, /* a title that stands in the text stands here */
    SCORE_MIN = 1            /* below, showing no title is better than showing this line */
};

/* Names of bodies as they stand above what they publish. Lower case. */
static const char *const mastheads[] = {
    "ministry of",         "department of", "office of", "embassy of", "government of", "republic of", "bureau of",
    "joint press release", "kementerian ",  "kedutaan ", "bộ ",        "chính phủ ",    "กระทรวง",     "สำนักงาน",
};

static const char *const title_labels[] = {
    "title:", "headline:", "subject:", "judul:", "tajuk:", "件名：", "題名：", "標題："};

static bool starts_with_any(struct span text, const char *const *list, size_t count, size_t *length)
{
    for (size_t i = 0; i < count; i++) {
        *length = strlen(list[i]);
        if (text.length > *length && span_equal_fold(span_cut(text, 0, *length), (struct span){list[i], *length}))
            return true;
    }
    return false;
}

/* Two or three capitalised words and nothing else: a person's name more often than a headline. */
static bool is_personal(struct span text, size_t words)
{
    return words >= 2 && words <= 3 && line_is_name(text) && !memchr(text.data, ',', text.length) &&
           (unsigned char)text.data[0] < 0xE0;
}

static int score_of(const struct line *lines, size_t count, size_t i, bool first, const struct line *end, size_t ended)
{
    struct span text = lines[i].text;
    size_t words = line_words(text), length;
    int score = words >= 4 ? 4 : words >= 2 ? 2 : 0;
    char last = text.data[text.length - 1];
    if (last == ':' || last == ',' || last == ';') score -= 5; /* introduces what follows, or goes on there */
    if (text.data[0] >= 'a' && text.data[0] <= 'z') score -= 1;
    if (starts_with_any(text, mastheads, sizeof mastheads / sizeof *mastheads, &length)) score -= words <= 8 ? 3 : 1;
    if (is_personal(text, words)) score -= first ? 1 : 3;
    if (first) score += 1;
    if (lines[i].blank_after) score += 1;
    if (i + 1 < count && lines[i + 1].kind == LINE_FURNITURE) score -= 1;
    bool repeated = false, at_end = false;
    for (size_t j = i + 1; j < count; j++) repeated = repeated || span_equal(lines[j].text, text);
    for (size_t j = 0; j < ended; j++)
        at_end = at_end || (end[j].offset > lines[count - 1].offset && span_equal(end[j].text, text));
    return score + (repeated ? 3 : 0) - (at_end ? 3 : 0); /* pages repeat titles at the top, senders at the end */
}

struct range title_find(struct span text)
{
    struct line lines[LINES_TOP], end[LINES_END];
    size_t count = lines_top(lines, LINES_TOP, text), ended = lines_end(end, LINES_END, text), length;
    int best = SCORE_MIN - 1;
    struct range range = {0, 0};
    bool first = true;
    for (size_t i = 0; i + 1 < count && i < HEAD_LINES_MAX && lines[i].kind != LINE_BODY; i++) {
        if (lines[i].kind != LINE_SHORT) continue;
        struct span line = lines[i].text;
        if (starts_with_any(line, title_labels, sizeof title_labels / sizeof *title_labels, &length)) {
            struct span stated = span_trim(span_cut(line, length, line.length));
            size_t start = (size_t)(stated.data - text.data);
            if (stated.length) return (struct range){start, start + stated.length};
        }
        int score = score_of(lines, count, i, first, end, ended);
        first = false;
        if (score <= best) continue;
        best = score;
        range = (struct range){lines[i].offset, lines[i].offset + line.length};
    }
    bool dated = count > 1 && lines[0].kind == LINE_DATE && !lines[0].date_alone; /* "Bali, 12 October 2002" */
    if (range.end == 0 && dated) range = (struct range){lines[0].offset, lines[0].offset + lines[0].text.length};
    return range;
}

static bool equal_but_spaces(struct span a, struct span b)
{
    size_t i = 0, j = 0;
    for (;;) {
        while (i < a.length && strchr(" \t", a.data[i])) i++;
        while (j < b.length && strchr(" \t", b.data[j])) j++;
        if (i == a.length || j == b.length) return i == a.length && j == b.length;
        if (a.data[i++] != b.data[j++]) return false;
    }
}

struct range title_locate(struct span text, struct span title)
{
    struct span rest = span_cut(text, 0, LOCATE_BYTES_MAX), line;
    while (span_next_line(&rest, &line)) {
        line = span_trim(line);
        if (!line.length || !equal_but_spaces(line, title)) continue;
        size_t start = (size_t)(line.data - text.data);
        return (struct range){start, start + line.length};
    }
    return (struct range){0, 0};
}

struct span title_opening(struct span text)
{
    struct line lines[LINES_TOP];
    size_t count = lines_top(lines, LINES_TOP, text), i = 0;
    if (!count) return span_trim(span_cut(text, 0, LINE_BYTES_MAX));
    while (i + 1 < count && lines[i].kind != LINE_BODY) i++;
    return lines[i].kind == LINE_BODY ? lines[i].text : lines[0].text;
}
