/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The page of one organization, person or place: how it is written, when it is spoken of, with whom, and where. */
#include "searcher/associate.h"
#include "searcher/cgi/chart.h"
#include "searcher/cgi/graph.h"
#include "searcher/cgi/page.h"
#include "searcher/reader.h"

#include <stdlib.h>
#include <string.h>

enum {
    DOCUMENTS = 10,
    ASSOCIATED = 8,     /* names of each type in the graph and its table */
    ALIASES = 12,       /* spellings shown */
    ALIASES_READ = 100, /* documents that are looked into for spellings */
    SPELLINGS_MAX = 1000
};

/* ---- Spellings */

struct spelling {
    struct span text;
    size_t count;
};

struct spellings {
    struct spelling *items;
    size_t count;
};

static void add_spelling(struct spellings *spellings, struct arena *arena, struct span text)
{
    for (size_t i = 0; i < spellings->count; i++)
        if (span_equal(spellings->items[i].text, text)) {
            spellings->items[i].count++;
            return;
        }
    char *copy = spellings->count < SPELLINGS_MAX ? arena_copy(arena, text) : NULL;
    if (copy) spellings->items[spellings->count++] = (struct spelling){{copy, text.length}, 1};
}

static enum status read_spellings(struct spellings *out, struct page *page, uint32_t docid, enum name_type type,
                                  struct error *error)
{
    struct reader *reader = searcher_reader(page->searcher);
    struct xc_document *document = NULL;
    struct record record;
    struct names_walk walk;
    enum status status = reader_record(&record, &document, reader, docid, error);
    if (status) return status == NOT_FOUND ? OK : status;
    names_walk_start(&walk, &record);
    for (struct record_name name; !record_names_next(&name, &walk);) {
        struct record_mention mention;
        if (name.type != type || !span_equal(name.name, page->request.name)) continue;
        while (!record_mentions_next(&mention, &name))
            add_spelling(
                out, &page->arena,
                span_cut(mention.in_title ? record.field[RECORD_TITLE] : record.text, mention.start, mention.end));
    }
    xc_document_free(document);
    return OK;
}

static int by_count(const void *a, const void *b)
{
    const struct spelling *left = a, *right = b;
    if (left->count != right->count) return left->count < right->count ? 1 : -1;
    return span_compare(left->text, right->text);
}

static void write_spellings(struct page *page, const struct spellings *spellings)
{
    struct html *html = page->html;
    size_t shown = 0;
    for (size_t i = 0; i < spellings->count && shown < ALIASES; i++) {
        struct span text = spellings->items[i].text;
        if (span_equal(text, page->request.name)) continue;
        if (shown++)
            html_markup(html, ", ");
        else
            html_markup(html, "<p class=\"aliases\">Also written ");
        html_markup(html, "<bdi>");
        html_text(html, text);
        html_markup(html, "</bdi>");
    }
    if (shown) html_markup(html, "</p>\n");
}

/* ---- Time */

static void write_months(struct page *page, const struct associations *found)
{
    struct chart_count *counts = arena_take(&page->arena, (found->month_count + 1) * sizeof *counts);
    struct chart_bar bars[CHART_BARS_MAX];
    struct page_request to;
    size_t count = 0;
    if (!counts) return;
    page_request_init(&to);
    to.index = page->request.index;
    page_request_add(&to, page->request.kind, page->request.name);
    for (size_t i = 0; i < found->month_count; i++) {
        if (strlen(found->months[i].month) != 7) continue;
        memcpy(counts[count].date, found->months[i].month, 8);
        counts[count++].count = found->months[i].mentions;
    }
    count = chart_bars(bars, counts, count);
    if (count < 2) return;
    html_markup(page->html, "<section class=\"time\">\n<h2>Mentions over time</h2>\n");
    chart_write(page, bars, count, &to, "Mentions");
    html_markup(page->html, "</section>\n");
}

/* ---- Documents */

static void write_documents(struct page *page, const struct search_response *response)
{
    struct html *html = page->html;
    struct page_request to;
    page_request_init(&to);
    to.index = page->request.index;
    page_request_add(&to, page->request.kind, page->request.name);
    to.sort = SORT_NEWEST;
    html_markup(html, "<section class=\"newest\">\n<h2>Newest documents</h2>\n<ol>\n");
    for (size_t i = 0; i < response->hit_count; i++) page_entry_of(page, &response->hits[i]);
    html_markup(html, "</ol>\n<p class=\"more\"><a");
    page_href(page, &to);
    html_markup(html, ">Search in all ");
    page_count(html, response->total, "document", "documents");
    html_markup(html, " that name it</a></p>\n</section>\n");
}

/* ---- The page */

static enum status find_documents(struct search_response *out, struct page *page, struct error *error)
{
    struct filter filter = {page->request.kind, page->request.name};
    struct search_request search;
    search_request_init(&search);
    search.filters = &filter;
    search.filter_count = 1;
    search.sort = SORT_NEWEST;
    search.count = DOCUMENTS;
    search.snippet_bytes = 0;
    search.exact_total = true;
    return search_run(out, page->searcher, &search, error);
}

static enum status find_spellings(struct spellings *out, struct page *page, enum name_type type, struct error *error)
{
    struct filter filter = {page->request.kind, page->request.name};
    struct search_request search;
    struct search_response response;
    search_request_init(&search);
    search.filters = &filter;
    search.filter_count = 1;
    search.count = ALIASES_READ;
    search.documents = false;
    out->items = arena_take(&page->arena, SPELLINGS_MAX * sizeof *out->items);
    if (!out->items) return fail(error, NO_MEMORY, "out of memory");
    enum status status = search_run(&response, page->searcher, &search, error);
    if (status) return status;
    for (size_t i = 0; !status && i < response.hit_count; i++)
        status = read_spellings(out, page, response.hits[i].docid, type, error);
    if (out->count) qsort(out->items, out->count, sizeof *out->items, by_count);
    search_response_release(&response);
    return status;
}

static void write_name(struct page *page, const struct search_response *documents, const struct spellings *spellings,
                       const struct associations *found)
{
    struct html *html = page->html;
    page_begin(page, &(struct page_frame){.title = page->request.name});
    html_markup(html, "<main id=\"main\" tabindex=\"-1\"");
    html_attribute(html, "class", SPAN("name"));
    html_markup(html, ">\n<p class=\"kind\"><span");
    html_attribute(html, "class", span_of(facet_words[page->request.kind].class_name));
    html_markup(html, ">");
    html_string(html, facet_words[page->request.kind].singular);
    html_markup(html, "</span></p>\n<h1 dir=\"auto\">");
    html_text(html, page->request.name);
    html_markup(html, "</h1>\n");
    write_spellings(page, spellings);
    html_markup(html, "<p class=\"told\">Named in ");
    page_count(html, documents->total, "document", "documents");
    html_markup(html, "</p>\n<div class=\"halves\">\n<div>\n");
    write_months(page, found);
    write_documents(page, documents);
    html_markup(html, "</div>\n");
    graph_write(page, found, ASSOCIATED);
    html_markup(html, "</div>\n</main>\n");
    page_end(page);
}

static enum name_type type_of(enum facet_kind kind)
{
    int type = 1;
    while (type < NAME_TYPES && facet_of_name((enum name_type)type) != kind) type++;
    return (enum name_type)type;
}

enum status page_name(struct page *page, struct error *error)
{
    struct search_response documents;
    struct associations found;
    struct spellings spellings = {0};
    enum name_type type = type_of(page->request.kind);
    if (type == NAME_TYPES)
        return fail(error, INVALID, "kind is none of: org, person, place (a name's page takes kind and name)");
    enum status status = find_documents(&documents, page, error);
    if (status) return status;
    if (!documents.total) {
        search_response_release(&documents);
        return fail(error, NOT_FOUND, "no document names '%.*s' that way",
                    (int)(page->request.name.length < 200 ? page->request.name.length : 200), page->request.name.data);
    }
    struct associate_request request = {.with = page->request.name, .with_type = type, .values = ASSOCIATED};
    status = find_spellings(&spellings, page, type, error);
    if (!status) status = associate(&found, page->searcher, &request, error);
    if (!status) {
        write_name(page, &documents, &spellings, &found);
        associations_release(&found);
    }
    search_response_release(&documents);
    return status;
}
