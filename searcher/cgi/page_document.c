/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The document page: the text with its matches and names marked, what is known about it, the names in it. */
#include "searcher/cgi/marks.h"
#include "searcher/cgi/page.h"
#include "searcher/facets.h"
#include "searcher/reader.h"
#include "searcher/similar.h"

#include <string.h>

enum {
    NAMES_SHOWN = 40, /* of each type, in the sidebar */
    RELATED = 5       /* similar documents, and near-copies */
};

/* A document being shown. */
struct view {
    struct page *page;
    struct record record;
    struct marks marks;
};

/* ---- What is known about it */

static void write_source_link(struct view *view)
{
    struct html *html = view->page->html;
    const struct config *config = view->page->config;
    struct span url = view->record.field[RECORD_URL], path = view->record.field[RECORD_PATH];
    struct buffer address;
    buffer_init(&address, 64 * 1024);
    for (size_t i = 0; !html_is_web_address(url) && i < config->link_count; i++) {
        if (!span_starts(path, config->link[i].folder)) continue;
        struct span rest = span_cut(path, config->link[i].folder.length, path.length);
        buffer_clear(&address);
        enum status status = buffer_append_span(&address, config->link[i].url);
        for (size_t from = 0; !status && from < rest.length;) { /* slashes stay, all between them is encoded */
            size_t end = from;
            while (end < rest.length && rest.data[end] != '/') end++;
            for (size_t k = from; !status && k < end; k++) {
                if (rest.data[k] == ' ')
                    status = buffer_append_string(&address, "%20");
                else
                    status = url_component(&address, span_cut(rest, k, k + 1));
            }
            if (!status && end < rest.length) status = buffer_append_byte(&address, '/');
            from = end + 1;
        }
        url = status ? (struct span){0} : buffer_span(&address);
    }
    if (html_is_web_address(url)) {
        html_markup(html, "<p class=\"original\"><a rel=\"noopener noreferrer\"");
        html_href_data(html, url);
        html_markup(html, ">Read the original</a></p>\n");
    }
    buffer_release(&address);
}

static void write_fact(struct html *html, const char *term, struct span value)
{
    if (!value.length) return;
    html_markup(html, "<div><dt>");
    html_string(html, term);
    html_markup(html, "</dt><dd dir=\"auto\">");
    html_text(html, value);
    html_markup(html, "</dd></div>\n");
}

static void write_facts(struct view *view)
{
    struct html *html = view->page->html;
    const struct record *record = &view->record;
    html_markup(html, "<dl class=\"facts\">\n");
    if (record->field[RECORD_DATE].length) {
        html_markup(html, "<div><dt>Date</dt><dd>");
        page_time(html, record->field[RECORD_DATE]);
        html_markup(html, "</dd></div>\n");
    }
    write_fact(html, "Source", record->field[RECORD_SOURCE]);
    write_fact(html, "Author", record->field[RECORD_AUTHOR]);
    if (record->field[RECORD_LANGUAGE].length) {
        html_markup(html, "<div><dt>Language</dt><dd>");
        page_value(html, FACET_LANGUAGE, record->field[RECORD_LANGUAGE]);
        html_markup(html, "</dd></div>\n");
    }
    write_fact(html, "Identifier", record->field[RECORD_ID]);
    html_markup(html, "</dl>\n");
}

/* ---- Names */

static void write_names_of(struct view *view, enum name_type type)
{
    struct html *html = view->page->html;
    enum facet_kind kind = facet_of_name(type);
    size_t shown = 0, count = 0;
    for (size_t i = 0; i < view->marks.name_count; i++) count += view->marks.names[i].type == type;
    if (!count) return;
    html_markup(html, "<section");
    html_attribute(html, "class", span_of(facet_words[kind].class_name));
    html_markup(html, "><h3>");
    html_string(html, facet_words[kind].plural);
    if (count > NAMES_SHOWN) {
        html_markup(html, " <span class=\"of\">");
        html_number(html, NAMES_SHOWN);
        html_markup(html, " of ");
        html_number(html, count);
        html_markup(html, "</span>");
    }
    html_markup(html, "</h3>\n<ul>\n");
    for (size_t i = 0; i < view->marks.name_count && shown < NAMES_SHOWN; i++) {
        const struct marks_name *name = &view->marks.names[i];
        if (name->type != type) continue;
        shown++;
        html_markup(html, "<li><a");
        page_href_name(view->page, kind, name->name);
        html_markup(html, "><bdi>");
        html_text(html, name->name);
        html_markup(html, "</bdi> <span class=\"n\">");
        html_number(html, name->mentions);
        html_markup(html, "</span></a></li>\n");
    }
    html_markup(html, "</ul>\n</section>\n");
}

static void write_sidebar(struct view *view)
{
    struct html *html = view->page->html;
    if (!view->marks.name_count) return;
    struct page_request to = view->page->request;
    to.plain = !to.plain;
    html_markup(html, "<aside class=\"aside\" aria-label=\"Names in it\">\n<details "
                      "class=\"refine\"><summary><h2>Names in it</h2></summary>\n<p class=\"more\"><a");
    page_href(view->page, &to);
    if (to.plain)
        html_markup(html, ">Do not mark them in the text</a></p>\n<div class=\"facets\">\n");
    else
        html_markup(html, ">Mark them in the text</a></p>\n<div class=\"facets\">\n");
    write_names_of(view, NAME_ORGANIZATION);
    write_names_of(view, NAME_PERSON);
    write_names_of(view, NAME_PLACE);
    html_markup(html, "</div>\n</details>\n</aside>\n");
}

/* ---- Documents like it */

/* The hits of similar:ID or near:ID, without the document itself; *[out] is released after OK. */
static enum status find_related(struct search_response *out, struct page *page, enum syntax_field field,
                                struct error *error)
{
    struct search_request search;
    struct buffer query;
    buffer_init(&query, 64 * 1024);
    search_request_init(&search);
    enum status status = similar_print(&query, field, page->request.id);
    search.query = buffer_span(&query);
    search.count = RELATED + 1;
    search.snippet_bytes = 0;
    search.suggest = false;
    status = status ? fail(error, status, "out of memory") : search_run(out, page->searcher, &search, error);
    buffer_release(&query);
    return status;
}

static void write_related(struct page *page, const char *heading, const struct search_response *found)
{
    struct html *html = page->html;
    size_t shown = 0;
    for (size_t i = 0; i < found->hit_count && shown < RELATED; i++) {
        const struct hit *hit = &found->hits[i];
        if (span_equal(hit->id, page->request.id)) continue;
        if (!shown++) {
            html_markup(html, "<section class=\"newest\">\n<h2>");
            html_string(html, heading);
            html_markup(html, "</h2>\n<ol>\n");
        }
        page_entry_of(page, hit);
    }
    if (shown) html_markup(html, "</ol>\n</section>\n");
}

/* ---- The page */

static void write_back(struct view *view)
{
    struct page *page = view->page;
    struct html *html = page->html;
    struct page_request to;
    if (!page->request.query.length) return;
    page_request_init(&to);
    to.index = page->request.index;
    to.query = page->request.query;
    html_markup(html, "<p class=\"back\"><a");
    page_href(page, &to);
    html_markup(html, ">All hits for <bdi>");
    html_text(html, page->request.query);
    html_markup(html, "</bdi></a>");
    if (view->marks.match_count) {
        html_markup(html, " · <a href=\"#m1\">");
        page_count(html, view->marks.match_count, "match", "matches");
        html_markup(html, " in this document</a>");
    }
    html_markup(html, "</p>\n");
}

static void write_document(struct view *view, const struct search_response *similar,
                           const struct search_response *copies)
{
    struct page *page = view->page;
    struct html *html = page->html;
    struct span title = view->record.field[RECORD_TITLE];
    bool titled = span_trim(title).length > 0;
    page_begin(page, &(struct page_frame){.title = titled ? title : view->record.field[RECORD_ID],
                                          .wide = view->marks.name_count > 0});
    html_markup(html, "<div class=\"columns\">\n");
    write_sidebar(view);
    html_markup(html, "<main id=\"main\" class=\"document\" tabindex=\"-1\">\n");
    write_back(view);
    html_markup(html, "<article>\n<h1");
    page_language(html, view->record.field[RECORD_LANGUAGE]);
    html_markup(html, ">");
    html_text(html, titled ? title : view->record.field[RECORD_ID]);
    html_markup(html, "</h1>\n");
    write_facts(view);
    write_source_link(view);
    html_markup(html, "<div class=\"text\"");
    page_language(html, view->record.field[RECORD_LANGUAGE]);
    html_markup(html, ">\n");
    marks_write(page, &view->marks, &view->record);
    html_markup(html, "</div>\n</article>\n");
    write_related(page, "Nearly the same text", copies);
    write_related(page, "Similar documents", similar);
    html_markup(html, "</main>\n</div>\n");
    page_end(page);
}

static enum status read_and_write(struct page *page, const struct search_response *similar,
                                  const struct search_response *copies, struct error *error)
{
    struct view view = {.page = page};
    struct reader *reader = searcher_reader(page->searcher);
    struct xc_document *document = NULL;
    uint32_t docid;
    enum status status = reader_find(&docid, reader, page->request.id, error);
    if (!status) status = reader_record(&view.record, &document, reader, docid, error);
    if (!status) status = marks_make(&view.marks, page, &view.record, error);
    if (!status) write_document(&view, similar, copies);
    xc_document_free(document);
    return status;
}

enum status page_document(struct page *page, struct error *error)
{
    enum { TRIES = 4 /* with an indexer that commits underneath, as search_run */ };
    struct search_response similar = {0}, copies = {0};
    uint32_t docid;
    enum status status = reader_find(&docid, searcher_reader(page->searcher), page->request.id, error);
    if (!status) status = find_related(&similar, page, FIELD_SIMILAR, error);
    if (!status) {
        status = find_related(&copies, page, FIELD_NEAR, error);
        if (!status) status = read_and_write(page, &similar, &copies, error);
        for (int i = 1; status == CHANGED && i < TRIES; i++) {
            status = reader_refresh(searcher_reader(page->searcher), error);
            if (!status) status = read_and_write(page, &similar, &copies, error);
        }
        search_response_release(&copies);
        search_response_release(&similar);
    }
    return status == NOT_FOUND ? fail(error, NOT_FOUND, "there is no document of that identifier here") : status;
}
