/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How values are shown to people: days, languages, counts, kinds of names. */
#include "searcher/cgi/page.h"
#include "searcher/facets.h"

const struct facet_words facet_words[FACET_COUNT] = {
    [FACET_ORGANIZATION] = {"Organizations", "Organization", "org"},
    [FACET_PERSON] = {"People", "Person", "person"},
    [FACET_PLACE] = {"Places", "Place", "place"},
    [FACET_YEAR] = {"Years", "Year", "year"},
    [FACET_SOURCE] = {"Sources", "Source", "source"},
    [FACET_LANGUAGE] = {"Languages", "Language", "language"},
    [FACET_TYPE] = {"File types", "File type", "type"},
};

enum facet_kind facet_of_name(enum name_type type)
{
    return facet_named(span_of(name_places[type].field));
}

/* English names of the languages that documents are in most often, by ISO 639-1 code. */
static const char *const language_names[][2] = {
    {"ar", "Arabic"},     {"bg", "Bulgarian"},  {"bn", "Bengali"},    {"ca", "Catalan"},    {"cs", "Czech"},
    {"da", "Danish"},     {"de", "German"},     {"el", "Greek"},      {"en", "English"},    {"es", "Spanish"},
    {"et", "Estonian"},   {"eu", "Basque"},     {"fa", "Persian"},    {"fi", "Finnish"},    {"fr", "French"},
    {"ga", "Irish"},      {"he", "Hebrew"},     {"hi", "Hindi"},      {"hr", "Croatian"},   {"hu", "Hungarian"},
    {"hy", "Armenian"},   {"id", "Indonesian"}, {"is", "Icelandic"},  {"it", "Italian"},    {"ja", "Japanese"},
    {"km", "Khmer"},      {"ko", "Korean"},     {"lo", "Lao"},        {"lt", "Lithuanian"}, {"lv", "Latvian"},
    {"ms", "Malay"},      {"my", "Burmese"},    {"nb", "Norwegian"},  {"ne", "Nepali"},     {"nl", "Dutch"},
    {"no", "Norwegian"},  {"pl", "Polish"},     {"pt", "Portuguese"}, {"ro", "Romanian"},   {"ru", "Russian"},
    {"sk", "Slovak"},     {"sl", "Slovenian"},  {"sr", "Serbian"},    {"sv", "Swedish"},    {"ta", "Tamil"},
    {"th", "Thai"},       {"tl", "Tagalog"},    {"tr", "Turkish"},    {"uk", "Ukrainian"},  {"ur", "Urdu"},
    {"vi", "Vietnamese"}, {"yi", "Yiddish"},    {"zh", "Chinese"},
};

void page_value(struct html *html, enum facet_kind kind, struct span value)
{
    for (size_t i = 0; kind == FACET_LANGUAGE && i < sizeof language_names / sizeof *language_names; i++)
        if (span_equal(value, span_of(language_names[i][0]))) {
            html_string(html, language_names[i][1]);
            return;
        }
    html_text(html, value);
}

/* A code of two or three letters, with subtags (zh-TW). */
static bool is_language(struct span code)
{
    size_t run = 0;
    for (size_t i = 0; i < code.length; i++) {
        char byte = code.data[i];
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        if (byte == '-' ? run < 2 : !letter && !(byte >= '0' && byte <= '9' && i > 3)) return false;
        run = byte == '-' ? 0 : run + 1;
        if (run > 8 || (run > 3 && i < 4)) return false;
    }
    return run >= 2;
}

void page_language(struct html *html, struct span code)
{
    if (is_language(code)) html_attribute(html, "lang", code);
    html_markup(html, " dir=\"auto\"");
}

void page_day(struct html *html, struct span date)
{
    static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    unsigned part[3] = {0};
    for (size_t i = 0, at = 0; i < date.length; i++) {
        if (date.data[i] == '-')
            at++;
        else if (at < 3 && date.data[i] >= '0' && date.data[i] <= '9' && part[at] < 10000)
            part[at] = part[at] * 10 + (unsigned)(date.data[i] - '0');
        else
            part[1] = 99; /* no date */
    }
    if (part[1] < 1 || part[1] > 12 || !(date.length == 7 || date.length == 10)) {
        html_text(html, date);
        return;
    }
    if (date.length == 10 && part[2]) {
        html_number(html, part[2]);
        html_markup(html, " ");
    }
    html_string(html, months[part[1] - 1]);
    html_markup(html, " ");
    html_text(html, span_cut(date, 0, 4));
}

void page_time(struct html *html, struct span date)
{
    html_markup(html, "<time");
    html_attribute(html, "datetime", date);
    html_markup(html, ">");
    page_day(html, date);
    html_markup(html, "</time>");
}

void page_count(struct html *html, uint64_t count, const char *one, const char *many)
{
    html_number(html, count);
    html_markup(html, " ");
    html_string(html, count == 1 ? one : many);
}

void page_pieces(struct html *html, const struct snippet_piece *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].mark) html_markup(html, "<mark>");
        html_text(html, pieces[i].text);
        if (pieces[i].mark) html_markup(html, "</mark>");
    }
}

void page_entry_of(struct page *page, const struct hit *hit)
{
    struct html *html = page->html;
    struct span title = hit->field[RECORD_TITLE];
    html_markup(html, "<li><a");
    page_href_document(page, hit->id);
    page_language(html, hit->field[RECORD_LANGUAGE]);
    html_markup(html, ">");
    html_text(html, span_trim(title).length ? title : hit->id);
    html_markup(html, "</a>");
    if (hit->field[RECORD_DATE].length) {
        html_markup(html, " <span class=\"meta\">");
        page_time(html, hit->field[RECORD_DATE]);
        html_markup(html, "</span>");
    }
    html_markup(html, "</li>\n");
}
