/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/date_words.h"

#include <string.h>

/* By month and language. English, Indonesian, Malay, Filipino, German, French, Spanish, Portuguese, Dutch, Italian,
 * then Thai, written out and abbreviated. Vietnamese, Chinese, Japanese and Korean number their months. Written in
 * lower case: ASCII letters match in any case, others as they stand. */
static const char *const month_names[12] = {
    "january|jan|januari|jänner|januar|janvier|janv|enero|ene|janeiro|gennaio|gen|มกราคม|ม.ค.",
    "february|feb|februari|pebrero|febrero|februar|février|fevrier|févr|fevereiro|fev|febbraio|กุมภาพันธ์|ก.พ.",
    "march|mar|maret|mac|marso|marzo|märz|mrz|mars|março|maart|มีนาคม|มี.ค.",
    "april|apr|abril|abr|avril|avr|aprile|เมษายน|เม.ย.",
    "may|mei|mai|mayo|maio|maggio|mag|พฤษภาคม|พ.ค.",
    "june|jun|juni|hunyo|junio|juin|junho|giugno|giu|มิถุนายน|มิ.ย.",
    "july|jul|juli|julai|hulyo|julio|juillet|juil|julho|luglio|lug|กรกฎาคม|ก.ค.",
    "august|aug|agustus|agt|agu|ogos|agosto|ago|août|aout|augustus|สิงหาคม|ส.ค.",
    "september|sept|sep|setyembre|septiembre|septembre|setembro|set|settembre|กันยายน|ก.ย.",
    "october|oct|oktober|okt|oktubre|octubre|octobre|outubro|out|ottobre|ott|ตุลาคม|ต.ค.",
    "november|nov|nobyembre|noviembre|novembre|novembro|nop|พฤศจิกายน|พ.ย.",
    ("december|dec|desember|des|disember|dis|disyembre|diciembre|dic|dezember|dez|décembre|decembre|déc|dezembro|"
     "dicembre|ธันวาคม|ธ.ค."),
};

static const char *const weekday_names =
    "sunday|sun|monday|mon|tuesday|tues|tue|wednesday|wed|thursday|thurs|thur|thu|friday|fri|saturday|sat|"
    "ahad|minggu|senin|isnin|selasa|rabu|khamis|kamis|jumaat|jumat|jum'at|sabtu|"
    "sonntag|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|"
    "dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi|domingo|lunes|martes|miércoles|jueves|viernes|sábado|"
    "linggo|lunes|martes|miyerkules|huwebes|biyernes|sabado|"
    "วันอาทิตย์|วันจันทร์|วันอังคาร|วันพุธ|วันพฤหัสบดี|วันพฤหัส|วันศุกร์|วันเสาร์|"
    "日曜日|月曜日|火曜日|水曜日|木曜日|金曜日|土曜日|星期日|星期一|星期二|星期三|星期四|星期五|星期六";

/* Languages that write numbers day first wherever they are used. */
static const char *const day_first_words =
    "thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy|chủ nhật|ngày|วันที่|ที่|tanggal|tarikh";

static const char *const joining_words = "-|–|—|~|～|〜|&|,|and|to|until|through|dan|hingga|sampai|s.d.|bis|und|et|au|"
                                         "y|al|và|đến|และ|ถึง|・|、";

static const struct {
    const char *name;
    int before, years; /* the Gregorian year before the era's first, and how many years it had */
} eras[] = {
    {"明治", 1867, 45}, {"大正", 1911, 15}, {"昭和", 1925, 64}, {"平成", 1988, 31}, {"令和", 2018, 181},
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

/* The end of [word] at text[at], or 0. Latin words must end there: "Mar" is not in "Maryland" nor "Märzen". */
static size_t match(struct span text, size_t at, const char *word, size_t length)
{
    if (at > text.length || length > text.length - at) return 0;
    for (size_t i = 0; i < length; i++)
        if (lower(text.data[at + i]) != word[i]) return 0;
    size_t end = at + length;
    bool latin = is_letter(word[length - 1]) || is_letter(word[0]);
    if (latin && end < text.length && (is_letter(text.data[end]) || (unsigned char)text.data[end] >= 0xC3)) {
        /* C2 begins punctuation and the no-break space, E2 dashes and quotes, E3 what Japanese puts between */
        unsigned char next = (unsigned char)text.data[end];
        if (next != 0xE2 && next != 0xE3 && next != 0xEF) return 0;
    }
    return end;
}

/* The end of the longest of [words], separated by '|', or 0. */
static size_t match_any(struct span text, size_t at, const char *words)
{
    size_t best = 0;
    while (*words) {
        size_t length = strcspn(words, "|"), end = match(text, at, words, length);
        if (end > best) best = end;
        words += length + (words[length] == '|');
    }
    return best;
}

bool word_is(struct span text, size_t *offset, const char *word)
{
    size_t end = match(text, *offset, word, strlen(word));
    if (end) *offset = end;
    return end != 0;
}

void word_spaces(struct span text, size_t *offset)
{
    for (;;) {
        struct span rest = span_cut(text, *offset, *offset + 3);
        if (span_starts(rest, SPAN(" ")) || span_starts(rest, SPAN("\t")))
            *offset += 1;
        else if (span_starts(rest, SPAN("\xC2\xA0")))
            *offset += 2;
        else if (span_starts(rest, SPAN("\xE3\x80\x80")) || span_starts(rest, SPAN("\xE2\x80\xAF")))
            *offset += 3;
        else
            return;
    }
}

int word_number(struct span text, size_t *offset, int *digits)
{
    size_t i = *offset;
    int value = 0, count = 0;
    while (i < text.length) {
        size_t next = i;
        uint32_t rune = utf8_next(text, &next);
        int digit = rune >= '0' && rune <= '9'         ? (int)(rune - '0')
                    : rune >= 0xFF10 && rune <= 0xFF19 ? (int)(rune - 0xFF10)
                    : rune >= 0x0E50 && rune <= 0x0E59 ? (int)(rune - 0x0E50)
                                                       : -1;
        if (digit < 0) break;
        if (++count > 9) return -1;
        value = value * 10 + digit;
        i = next;
    }
    *digits = count;
    if (!count) return -1;
    *offset = i;
    return value;
}

int word_month(struct span text, size_t *offset, bool *thai)
{
    for (int month = 0; month < 12; month++) {
        size_t end = match_any(text, *offset, month_names[month]);
        if (!end) continue;
        *thai = (unsigned char)text.data[*offset] == 0xE0;
        if (end < text.length && text.data[end] == '.' && text.data[end - 1] != '.') end++;
        *offset = end;
        return month + 1;
    }
    return 0;
}

bool word_weekday(struct span text, size_t *offset, bool *day_first)
{
    size_t i = *offset;
    for (int words = 0; words < 3; words++) { /* "Thứ Tư, ngày 8", "วันพุธ ที่ 8" */
        size_t end = match_any(text, i, weekday_names);
        if (!end) {
            end = match_any(text, i, day_first_words);
            if (end) *day_first = true;
        }
        if (!end) break;
        if (end < text.length && text.data[end] == '.') end++;
        word_spaces(text, &end);
        if (end < text.length && text.data[end] == ',') end++;
        word_spaces(text, &end);
        i = end;
    }
    bool found = i > *offset;
    *offset = i;
    return found;
}

bool word_joins_days(struct span text, size_t *offset)
{
    size_t i = *offset;
    word_spaces(text, &i);
    size_t end = match_any(text, i, joining_words);
    if (!end) return false;
    if (text.data[i] == ',') { /* "7, 8, and 9": a comma may have a word after it */
        size_t after = end;
        word_spaces(text, &after);
        size_t more = match_any(text, after, joining_words);
        if (more) end = more;
    }
    word_spaces(text, &end);
    *offset = end;
    return true;
}

int word_era(struct span text, size_t *offset, int *years)
{
    for (size_t i = 0; i < sizeof eras / sizeof *eras; i++)
        if (word_is(text, offset, eras[i].name)) {
            *years = eras[i].years;
            return eras[i].before;
        }
    return 0;
}
