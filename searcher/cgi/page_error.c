/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Errors, in the format that was asked for: a page that says what is wrong and offers a way on. */
#include "searcher/cgi/page.h"
#include "searcher/json.h"

#include <stdlib.h>

static const struct {
    int status;
    const char *heading, *cure;
} errors[] = {
    {400, "This request cannot be answered", "Mend the address, or start with a new search."},
    {404, "Not found", "It may have been removed or have another name now: search for it."},
    {405, "Only GET and HEAD are answered here", "Follow a link, or search with the box above."},
    {414, "The address is too long", "Use a shorter query or fewer filters."},
    {500, "The search page is not set up rightly", "Its keeper has been told in the server's log."},
    {503, "The search cannot be answered now", "Try again in a moment; the reason is in the server's log."},
};

static void write_json(struct page *page, int status, const char *heading, struct span message)
{
    json_t *object = json_pack("{s:i, s:{s:i, s:s, s:o}}", "schema_version", JSON_SCHEMA_VERSION, "error", "status",
                               status, "title", heading, "detail", json_of_text(message));
    char *text = object ? json_dumps(object, JSON_INDENT(2)) : NULL;
    web_header(page->response, "Content-Type", SPAN("application/json"));
    if (text)
        page->html->status = buffer_append_string(&page->html->out, text);
    else
        page->html->status = NO_MEMORY;
    free(text);
    json_decref(object);
}

void page_error(struct page *page, int status, struct span message)
{
    struct html *html = page->html;
    size_t row = 0;
    while (row + 1 < sizeof errors / sizeof *errors && errors[row].status != status) row++;
    web_response_clear(page->response);
    page->response->status = status;
    web_header(page->response, "Cache-Control", SPAN("no-store"));
    if (status == 405) web_header(page->response, "Allow", SPAN("GET, HEAD"));
    if (status == 503) web_header(page->response, "Retry-After", SPAN("5"));
    if (page->request.format == FORMAT_JSON) {
        write_json(page, status, errors[row].heading, message);
        return;
    }
    page->request.format = FORMAT_HTML;
    page_begin(page, &(struct page_frame){.title = span_of(errors[row].heading)});
    html_markup(html, "<main id=\"main\" class=\"error\" tabindex=\"-1\">\n<p class=\"code\">");
    html_decimal(html, status);
    html_markup(html, "</p>\n<h1>");
    html_string(html, errors[row].heading);
    html_markup(html, "</h1>\n");
    if (message.length && status < 500) {
        html_markup(html, "<p class=\"detail\" dir=\"auto\">");
        html_text(html, message);
        html_markup(html, "</p>\n");
    }
    html_markup(html, "<p>");
    html_string(html, errors[row].cure);
    html_markup(html, "</p>\n</main>\n");
    page_end(page);
}
