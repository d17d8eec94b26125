/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A query's answer for programs: JSON as the command line's, CSV, Atom with OpenSearch's elements; and OpenSearch's
 * description of the engine. */
#include "searcher/cgi/page.h"
#include "searcher/info.h"
#include "searcher/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static enum status run(struct search_response *out, struct search_request *search, struct page *page, bool facets,
                       struct error *error)
{
    static struct facet_request kinds[FACETS_MAX];
    page_search(search, kinds, page);
    if (!facets) search->facet_count = 0;
    return search_run(out, page->searcher, search, error);
}

static enum status out_of_memory(struct error *error)
{
    return fail(error, NO_MEMORY, "out of memory while writing the answer");
}

/* Where a document lies on the server is the server's own affair. */
static void hide_paths(json_t *object)
{
    size_t i;
    json_t *hit;
    json_array_foreach(json_object_get(object, "hits"), i, hit) json_object_set_new(hit, "path", json_null());
}

/* The shape of `dossier search --format json`: one function writes both. */
enum status page_json(struct page *page, struct error *error)
{
    struct search_request search;
    struct search_response response;
    enum status status = run(&response, &search, page, true, error);
    if (status) return status;
    json_t *object = json_of_response(&search, &response);
    hide_paths(object);
    char *text = object ? json_dumps(object, JSON_INDENT(2) | JSON_REAL_PRECISION(9)) : NULL;
    web_header(page->response, "Content-Type", SPAN("application/json"));
    if (!text || buffer_append_string(&page->html->out, text) || buffer_append_byte(&page->html->out, '\n'))
        status = out_of_memory(error);
    free(text);
    json_decref(object);
    search_response_release(&response);
    return status;
}

/* A cell of CSV (RFC 4180). One that a spreadsheet would take for a formula begins with an apostrophe. */
static void cell(struct html *html, struct span text)
{
    bool formula = text.length && memchr("=+-@\t\r", text.data[0], 6), quote = formula;
    struct buffer *out = &html->out;
    for (size_t i = 0; !quote && i < text.length; i++) quote = memchr(",\"\r\n", text.data[i], 4) != NULL;
    enum status status = quote ? buffer_append_byte(out, '"') : OK;
    if (!status && formula) status = buffer_append_byte(out, '\'');
    for (size_t i = 0; !status && i < text.length; i++) {
        if (text.data[i] == '"') status = buffer_append_byte(out, '"');
        if (!status) status = buffer_append_byte(out, text.data[i]);
    }
    if (!status && quote) status = buffer_append_byte(out, '"');
    if (status) html->status = status;
}

/* The columns of `dossier search --format csv`, but for the path, which is the server's own affair. */
static void write_row(struct html *html, const struct hit *hit)
{
    static const enum record_field fields[] = {RECORD_TITLE, RECORD_DATE, RECORD_SOURCE, RECORD_LANGUAGE, RECORD_URL};
    char text[64];
    snprintf(text, sizeof text, "%zu,%.6f,", hit->rank, hit->score);
    html_string(html, text);
    cell(html, hit->id);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        html_markup(html, ",");
        cell(html, hit->field[fields[i]]);
    }
    html_markup(html, "\r\n");
}

enum status page_csv(struct page *page, struct error *error)
{
    struct search_request search;
    struct search_response response;
    enum status status = run(&response, &search, page, false, error);
    if (status) return status;
    web_header(page->response, "Content-Type", SPAN("text/csv; charset=utf-8; header=present"));
    web_header(page->response, "Content-Disposition", SPAN("attachment; filename=\"hits.csv\""));
    html_markup(page->html, "rank,score,id,title,date,source,language,url\r\n");
    for (size_t i = 0; i < response.hit_count; i++) write_row(page->html, &response.hits[i]);
    search_response_release(&response);
    return status;
}

/* ---- Atom, RFC 4287, with OpenSearch 1.1's elements */

static void element(struct html *html, const char *name, struct span text)
{
    html_markup(html, "<");
    html_string(html, name);
    html_markup(html, ">");
    html_text(html, text);
    html_markup(html, "</");
    html_string(html, name);
    html_markup(html, ">\n");
}

static void element_number(struct html *html, const char *name, uint64_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    element(html, name, span_of(text));
}

static void link_to(struct page *page, struct span relation, struct span type, const struct page_request *to)
{
    struct buffer address;
    buffer_init(&address, 2 * 1024 * 1024);
    html_markup(page->html, "<link");
    html_attribute(page->html, "rel", relation);
    html_attribute(page->html, "type", type);
    if (page_address(&address, page, to))
        page->html->status = NO_MEMORY;
    else
        html_attribute(page->html, "href", buffer_span(&address));
    html_markup(page->html, "/>\n");
    buffer_release(&address);
}

static void element_address(struct page *page, const char *name, const struct page_request *to)
{
    struct buffer address;
    buffer_init(&address, 2 * 1024 * 1024);
    if (page_address(&address, page, to))
        page->html->status = NO_MEMORY;
    else
        element(page->html, name, buffer_span(&address));
    buffer_release(&address);
}

/* A day as Atom's dates are written; an undated document has the feed's own time, which Atom demands. */
static void updated(struct html *html, struct span day, struct span otherwise)
{
    html_markup(html, "<updated>");
    html_text(html, day.length == 10 ? day : otherwise);
    if (day.length == 10) html_markup(html, "T00:00:00Z");
    html_markup(html, "</updated>\n");
}

static void write_entry(struct page *page, const struct hit *hit, struct span now)
{
    static const struct span html_type = {"text/html", 9};
    struct html *html = page->html;
    struct page_request to;
    struct span title = hit->field[RECORD_TITLE], author = hit->field[RECORD_AUTHOR], url = hit->field[RECORD_URL];
    page_request_init(&to);
    to.index = page->request.index;
    to.id = hit->id;
    html_markup(html, "<entry>\n");
    element(html, "title", span_trim(title).length ? title : hit->id);
    element_address(page, "id", &to);
    updated(html, hit->field[RECORD_DATE], now);
    if (!author.length) author = hit->field[RECORD_SOURCE];
    html_markup(html, "<author><name>");
    html_text(html, author.length ? author : page->config->title);
    html_markup(html, "</name></author>\n");
    to.query = page->request.query;
    link_to(page, SPAN("alternate"), html_type, &to);
    if (html_is_web_address(url)) {
        html_markup(html, "<link rel=\"via\"");
        html_href_data(html, url);
        html_markup(html, "/>\n");
    }
    html_markup(html, "<summary>");
    for (size_t i = 0; i < hit->piece_count; i++) html_text(html, hit->pieces[i].text);
    html_markup(html, "</summary>\n<relevance:score>");
    char score[32];
    snprintf(score, sizeof score, "%.6f", hit->score);
    html_string(html, score);
    html_markup(html, "</relevance:score>\n</entry>\n");
}

static void write_links(struct page *page, uint64_t total)
{
    static const struct span atom = {"application/atom+xml", 20}, html_type = {"text/html", 9};
    struct page_request to = page->request;
    size_t per = page_hits(page), reach = total < page->config->depth ? (size_t)total : page->config->depth;
    size_t last = reach ? (reach - 1) / per * per : 0;
    link_to(page, SPAN("self"), atom, &to);
    to.format = FORMAT_HTML;
    link_to(page, SPAN("alternate"), html_type, &to);
    to.format = FORMAT_ATOM;
    to.start = 0;
    link_to(page, SPAN("first"), atom, &to);
    if (page->request.start) {
        to.start = page->request.start > per ? page->request.start - per : 0;
        link_to(page, SPAN("previous"), atom, &to);
    }
    if (page->request.start + per < reach) {
        to.start = page->request.start + per;
        link_to(page, SPAN("next"), atom, &to);
    }
    to.start = last;
    link_to(page, SPAN("last"), atom, &to);
}

enum status page_atom(struct page *page, struct error *error)
{
    struct search_request search;
    struct search_response response;
    struct html *html = page->html;
    char now[32];
    time_t seconds = time(NULL);
    struct tm utc;
    struct page_request self = page->request;
    enum status status = run(&response, &search, page, false, error);
    if (status) return status;
    gmtime_r(&seconds, &utc);
    strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", &utc);
    web_header(page->response, "Content-Type", SPAN("application/atom+xml; charset=utf-8"));
    html_markup(html, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
                      "xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\" "
                      "xmlns:relevance=\"http://a9.com/-/opensearch/extensions/relevance/1.0/\">\n<title>");
    html_text(html, page->config->title);
    if (page->request.query.length) {
        html_markup(html, ": ");
        html_text(html, page->request.query);
    }
    html_markup(html, "</title>\n");
    element_address(page, "id", &self);
    element(html, "updated", span_of(now));
    html_markup(html, "<author><name>");
    html_text(html, page->config->title);
    html_markup(html, "</name></author>\n<generator version=\"" DOSSIER_VERSION "\">dossier</generator>\n");
    write_links(page, response.total);
    element_number(html, "opensearch:totalResults", response.total);
    element_number(html, "opensearch:startIndex", page->request.start + 1);
    element_number(html, "opensearch:itemsPerPage", page_hits(page));
    html_markup(html, "<opensearch:Query role=\"request\"");
    html_attribute(html, "searchTerms", page->request.query);
    html_attribute_number(html, "startIndex", page->request.start + 1);
    html_markup(html, "/>\n");
    for (size_t i = 0; i < response.hit_count; i++) write_entry(page, &response.hits[i], span_of(now));
    html_markup(html, "</feed>\n");
    search_response_release(&response);
    return OK;
}

/* ---- OpenSearch 1.1 description */

static void template(struct page *page, struct span type, struct span relation, const char *path, const char *format)
{
    struct html *html = page->html;
    struct buffer address;
    struct span base = page->config->base_url;
    buffer_init(&address, 64 * 1024);
    enum status status = base.length ? buffer_append_span(&address, base) : web_address(&address, page->web);
    if (!status) status = buffer_append_string(&address, path);
    if (!status) status = buffer_append_byte(&address, '?');
    if (!status && page->request.index.length) status = buffer_append_string(&address, "db=");
    if (!status && page->request.index.length) status = url_component(&address, page->request.index);
    if (!status && page->request.index.length) status = buffer_append_byte(&address, '&');
    if (!status) status = buffer_append_string(&address, "q={searchTerms}");
    if (!status && !*path) status = buffer_append_string(&address, "&n={count?}&start={startIndex?}");
    if (!status && *format) status = buffer_printf(&address, "&format=%s", format);
    html_markup(html, "<Url");
    html_attribute(html, "type", type);
    html_attribute(html, "rel", relation);
    if (!*path) html_markup(html, " indexOffset=\"0\"");
    html_attribute(html, "template", buffer_span(&address));
    html_markup(html, "/>\n");
    if (status) html->status = status;
    buffer_release(&address);
}

/* At most [limit] characters, as OpenSearch demands of its texts. */
static struct span first_characters(struct span text, size_t limit)
{
    size_t at = 0;
    while (at < text.length && limit--) utf8_next(text, &at);
    return span_cut(text, 0, at);
}

enum status page_opensearch(struct page *page, struct error *error)
{
    struct html *html = page->html;
    const struct config *config = page->config;
    struct span title =
        page->index && page->request.index.length && page->index->title.length ? page->index->title : config->title;
    (void)error;
    web_header(page->response, "Content-Type", SPAN("application/opensearchdescription+xml; charset=utf-8"));
    html_markup(html, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenSearchDescription "
                      "xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n");
    element(html, "ShortName", first_characters(title, 16));
    element(html, "LongName", first_characters(title, 48));
    element(html, "Description", first_characters(config->description.length ? config->description : title, 1024));
    if (memchr(config->contact.data ? config->contact.data : "", '@', config->contact.length))
        element(html, "Contact", config->contact);
    template(page, SPAN("text/html"), SPAN("results"), "", "");
    template(page, SPAN("application/atom+xml"), SPAN("results"), "", "atom");
    template(page, SPAN("application/json"), SPAN("results"), "", "json");
    template(page, SPAN("application/x-suggestions+json"), SPAN("suggestions"), "/suggest", "");
    html_markup(html, "<Query role=\"example\" searchTerms=\"budget\"/>\n<InputEncoding>UTF-8</InputEncoding>\n"
                      "<OutputEncoding>UTF-8</OutputEncoding>\n</OpenSearchDescription>\n");
    return OK;
}
