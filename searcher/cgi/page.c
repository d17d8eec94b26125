/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cgi/page.h"

#include "searcher/cgi/assets.h"

#include <stdio.h>
#include <string.h>

size_t page_hits(const struct page *page)
{
    return page->request.count ? page->request.count : page->config->page_size;
}

/* ---- Links */

static void href(struct page *page, struct span prefix, const struct page_request *to, const char *fragment)
{
    struct buffer address;
    buffer_init(&address, 2 * 1024 * 1024);
    enum status status = buffer_append_span(&address, prefix);
    if (!status) status = buffer_append_byte(&address, '?');
    if (!status) status = page_request_write(&address, to);
    if (!status && fragment) status = buffer_append_byte(&address, '#');
    if (!status && fragment) status = buffer_append_string(&address, fragment);
    if (status)
        page->html->status = status;
    else
        html_attribute(page->html, "href", buffer_span(&address));
    buffer_release(&address);
}

void page_href(struct page *page, const struct page_request *to)
{
    href(page, page->prefix, to, NULL);
}

void page_href_hash(struct page *page, const struct page_request *to, const char *fragment)
{
    href(page, page->prefix, to, fragment);
}

/* A request in the same index and nothing else. */
static struct page_request elsewhere(const struct page *page)
{
    struct page_request to;
    page_request_init(&to);
    to.index = page->request.index;
    return to;
}

void page_href_document(struct page *page, struct span id)
{
    struct page_request to = elsewhere(page);
    to.id = id;
    to.query = page->request.query;
    page_href(page, &to);
}

void page_href_name(struct page *page, enum facet_kind kind, struct span name)
{
    struct page_request to = elsewhere(page);
    to.kind = kind;
    to.name = name;
    page_href(page, &to);
}

enum status page_address(struct buffer *out, const struct page *page, const struct page_request *to)
{
    struct span base = page->config->base_url;
    enum status status = base.length ? buffer_append_span(out, base) : web_address(out, page->web);
    if (!status) status = buffer_append_byte(out, '?');
    return status ? status : page_request_write(out, to);
}

/* ---- Head */

static void write_asset(struct page *page, struct span configured, const char *attribute, const struct asset *asset)
{
    struct buffer address;
    if (configured.length) {
        html_attribute(page->html, attribute, configured);
        return;
    }
    buffer_init(&address, 64 * 1024);
    enum status status = buffer_append_span(&address, page->script);
    if (!status)
        status = buffer_printf(&address, "%s?v=%08llx", asset->path,
                               (unsigned long long)((asset->hash ^ page->config->hash) & 0xFFFFFFFF));
    if (status)
        page->html->status = status;
    else
        html_attribute(page->html, attribute, buffer_span(&address));
    buffer_release(&address);
}

static void write_alternates(struct page *page)
{
    static const struct {
        enum page_format format;
        struct span type;
    } formats[] = {{FORMAT_ATOM, {"application/atom+xml", 20}},
                   {FORMAT_JSON, {"application/json", 16}},
                   {FORMAT_CSV, {"text/csv", 8}}};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct page_request to = page->request;
        to.format = formats[i].format;
        html_markup(page->html, "<link rel=\"alternate\"");
        html_attribute(page->html, "type", formats[i].type);
        page_href(page, &to);
        html_markup(page->html, ">\n");
    }
}

static void write_head(struct page *page, const struct page_frame *frame)
{
    struct html *html = page->html;
    struct buffer search;
    html_markup(html, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    if (frame->title.length) {
        html_text(html, frame->title);
        html_markup(html, " – ");
    }
    html_text(html, page->config->title);
    html_markup(html, "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n");
    if (frame->alternates) html_markup(html, "<meta name=\"robots\" content=\"noindex\">\n");
    html_markup(html, "<link rel=\"stylesheet\"");
    write_asset(page, page->config->stylesheet, "href", &asset_style);
    html_markup(html,
                ">\n<link rel=\"icon\" href=\"data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22%20"
                "viewBox=%220%200%2016%2016%22%3E%3Cpath%20fill=%22%231d4f7c%22%20d=%22M2%201h9l3%203v11H2z"
                "%22/%3E%3Cpath%20stroke=%22%23fff%22%20d=%22M4%206h8M4%209h8M4%2012h5%22/%3E%3C/svg%3E\">\n");
    buffer_init(&search, 64 * 1024);
    enum status status = buffer_append_span(&search, page->script);
    if (!status) status = buffer_append_string(&search, "/opensearch.xml");
    if (!status && page->request.index.length) status = buffer_append_string(&search, "?db=");
    if (!status && page->request.index.length) status = url_component(&search, page->request.index);
    html_markup(html, "<link rel=\"search\" type=\"application/opensearchdescription+xml\"");
    html_attribute(html, "title", page->config->title);
    html_attribute(html, "href", status ? (struct span){0} : buffer_span(&search));
    html_markup(html, ">\n");
    buffer_release(&search);
    if (frame->alternates) write_alternates(page);
    html_markup(html, "<script defer");
    write_asset(page, page->config->script, "src", &asset_script);
    html_markup(html, "></script>\n</head>\n");
}

/* ---- Search box */

static void hidden(struct html *html, const char *name, struct span value)
{
    html_markup(html, "<input type=\"hidden\"");
    html_attribute(html, "name", span_of(name));
    html_attribute(html, "value", value);
    html_markup(html, ">\n");
}

/* What a new query keeps of this one: index, filters, dates, order and hits per page. */
static void write_kept(struct page *page)
{
    const struct page_request *request = &page->request;
    struct html *html = page->html;
    char count[24];
    bool search = !request->id.length && !request->name.length;
    if (request->index.length) hidden(html, "db", request->index);
    if (!search) return;
    for (size_t i = 0; i < request->filter_count; i++)
        hidden(html, page_filter_name(request->filters[i].kind), request->filters[i].value);
    if (request->since.length) hidden(html, "since", request->since);
    if (request->until.length) hidden(html, "until", request->until);
    if (request->match == MATCH_ALL) hidden(html, "match", SPAN("all"));
    if (request->match == MATCH_ANY) hidden(html, "match", SPAN("any"));
    if (request->sort == SORT_NEWEST) hidden(html, "sort", SPAN("newest"));
    if (request->sort == SORT_OLDEST) hidden(html, "sort", SPAN("oldest"));
    if (request->count) {
        snprintf(count, sizeof count, "%zu", request->count);
        hidden(html, "n", span_of(count));
    }
}

static void write_help(struct html *html)
{
    html_markup(
        html, "<details class=\"help\"><summary>Search help</summary>\n<dl>\n"
              "<div><dt><code>cyber crime</code></dt><dd>both words in any form; any of them when no text has "
              "both</dd></div>\n"
              "<div><dt><code>\"joint statement\"</code></dt><dd>these words side by side</dd></div>\n"
              "<div><dt><code>a OR b</code>, <code>-a</code>, <code>( )</code></dt><dd>either, without, "
              "grouped</dd></div>\n"
              "<div><dt><code>a NEAR/5 b</code></dt><dd>at most five words apart</dd></div>\n"
              "<div><dt><code>cyber*</code>, <code>=crimes</code></dt><dd>beginning so; exactly this form</dd></div>\n"
              "<div><dt><code>title:budget</code></dt><dd>in the title; also author, source, language</dd></div>\n"
              "<div><dt><code>person:kishida</code></dt><dd>a name; also place, organization</dd></div>\n"
              "<div><dt><code>date:2013-09..2014</code></dt><dd>from September 2013 through 2014</dd></div>\n"
              "</dl></details>\n");
}

static void write_box(struct page *page)
{
    struct html *html = page->html;
    const struct config_index *index = page->index;
    html_markup(html, "<form class=\"box\" role=\"search\" method=\"get\"");
    html_attribute(html, "action", page->script);
    html_markup(html, ">\n<label for=\"q\">Search ");
    html_text(html, index && index->title.length ? index->title : SPAN("the texts"));
    html_markup(html, "</label>\n<div class=\"field\"><input type=\"search\" id=\"q\" name=\"q\" dir=\"auto\" "
                      "autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\" maxlength=\"2000\"");
    html_attribute(html, "value", page->request.name.length ? (struct span){0} : page->request.query);
    html_markup(html, "><button type=\"submit\">Search</button></div>\n");
    write_kept(page);
    html_markup(html, "</form>\n");
    write_help(html);
}

/* The other indexes of the configuration, if any. */
static void write_indexes(struct page *page)
{
    const struct config *config = page->config;
    struct html *html = page->html;
    if (config->index_count < 2) return;
    html_markup(html, "<nav class=\"indexes\" aria-label=\"Collections\"><ul>\n");
    for (size_t i = 0; i < config->index_count; i++) {
        struct page_request to;
        page_request_init(&to);
        to.query = page->request.id.length || page->request.name.length ? (struct span){0} : page->request.query;
        if (i) to.index = config->index[i].name;
        html_markup(html, "<li><a");
        page_href(page, &to);
        if (&config->index[i] == page->index) html_markup(html, " aria-current=\"true\"");
        html_markup(html, ">");
        html_text(html, config->index[i].title.length ? config->index[i].title : config->index[i].name);
        html_markup(html, "</a></li>\n");
    }
    html_markup(html, "</ul></nav>\n");
}

void page_begin(struct page *page, const struct page_frame *frame)
{
    struct html *html = page->html;
    struct page_request home = elsewhere(page);
    web_header(page->response, "Content-Type", SPAN("text/html; charset=utf-8"));
    write_head(page, frame);
    if (frame->wide)
        html_markup(html, "<body class=\"wide\"");
    else
        html_markup(html, "<body");
    if (!page->config->shortcuts) html_markup(html, " data-shortcuts=\"off\"");
    html_markup(html, ">\n<a class=\"skip\" href=\"#main\">Skip to the results</a>\n<header class=\"top\">\n<div "
                      "class=\"site\"><p><a");
    page_href(page, &home);
    html_markup(html, " dir=\"auto\">");
    html_text(html, page->config->title);
    html_markup(html, "</a></p>\n");
    if (page->config->header.length) {
        html_markup(html, "<p class=\"motto\" dir=\"auto\">");
        html_text(html, page->config->header);
        html_markup(html, "</p>\n");
    }
    html_markup(html, "</div>\n");
    write_box(page);
    write_indexes(page);
    html_markup(html, "</header>\n");
}

static void write_contact(struct page *page)
{
    struct html *html = page->html;
    struct span contact = page->config->contact;
    struct buffer address;
    if (!contact.length) return;
    html_markup(html, "<p><a");
    if (html_is_web_address(contact)) {
        html_href_data(html, contact);
        html_markup(html, ">Contact");
    } else {
        buffer_init(&address, 4096);
        if (!buffer_append_string(&address, "mailto:") && !buffer_append_span(&address, contact))
            html_attribute(html, "href", buffer_span(&address));
        buffer_release(&address);
        html_markup(html, ">");
        html_text(html, contact);
    }
    html_markup(html, "</a></p>\n");
}

void page_end(struct page *page)
{
    struct html *html = page->html;
    html_markup(html, "<footer class=\"foot\">\n");
    if (page->config->footer.length) {
        html_markup(html, "<p dir=\"auto\">");
        html_text(html, page->config->footer);
        html_markup(html, "</p>\n");
    }
    write_contact(page);
    html_markup(html, "<p id=\"keys\"></p>\n<p id=\"said\" class=\"unseen\" role=\"status\"></p>\n"
                      "</footer>\n</body>\n</html>\n");
}

void page_bare_error(struct web_response *response, int status, const char *heading, const char *message)
{
    struct html *html = &response->body;
    web_response_clear(response);
    response->status = status;
    web_header(response, "Content-Type", SPAN("text/html; charset=utf-8"));
    web_header(response, "Cache-Control", SPAN("no-store"));
    if (status == 503) web_header(response, "Retry-After", SPAN("5"));
    if (status == 405) web_header(response, "Allow", SPAN("GET, HEAD"));
    html_markup(html, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    html_string(html, heading);
    html_markup(html, "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n"
                      "</head>\n<body>\n<main>\n<h1>");
    html_string(html, heading);
    html_markup(html, "</h1>\n<p>");
    html_string(html, message);
    html_markup(html, "</p>\n</main>\n</body>\n</html>\n");
}
