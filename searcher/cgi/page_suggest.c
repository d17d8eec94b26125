/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Suggestions for a query that is being typed, in OpenSearch's form: [typed, completions, descriptions, addresses]. */
#include "searcher/cgi/page.h"
#include "searcher/json.h"

#include <stdlib.h>
#include <string.h>

enum {
    TITLES = 5,
    TYPED_MIN = 2,   /* characters: less begins everything */
    WORDS_MAX = 8,   /* of the typed text */
    PREFIX_BYTES = 3 /* a star behind fewer would stand for too many words */
};

/* What [typed] asks of titles: its words, the last as a beginning. Signs of the query language mean nothing here. */
static enum status title_query(struct buffer *out, struct span typed)
{
    size_t words = 0;
    enum status status = OK;
    for (size_t i = 0; !status && i < typed.length && words < WORDS_MAX;) {
        size_t from = i;
        while (i < typed.length && ((typed.data[i] | 0x20) >= 'a' ? (typed.data[i] | 0x20) <= 'z' : false)) i++;
        while (i < typed.length) {
            unsigned char byte = (unsigned char)typed.data[i];
            bool letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
            if (!letter && !(byte >= '0' && byte <= '9') && byte < 0x80) break;
            i++;
        }
        if (i == from) {
            i++;
            continue;
        }
        words++;
        status = buffer_append_string(out, words > 1 ? " title:" : "title:");
        if (!status) status = buffer_append_span(out, span_cut(typed, from, i));
        if (!status && i == typed.length && i - from >= PREFIX_BYTES) status = buffer_append_byte(out, '*');
    }
    return status;
}

static void add(json_t *lists[3], struct span completion, const char *description, struct span address)
{
    json_array_append_new(lists[0], json_of_text(completion));
    json_array_append_new(lists[1], json_string(description));
    json_array_append_new(lists[2], json_of_text(address));
}

static enum status add_titles(json_t *lists[3], struct page *page, struct error *error)
{
    struct search_request search;
    struct search_response response;
    struct buffer query, address;
    buffer_init(&query, 64 * 1024);
    buffer_init(&address, 64 * 1024);
    search_request_init(&search);
    enum status status = title_query(&query, page->request.query);
    search.query = buffer_span(&query);
    search.match = MATCH_ALL;
    search.count = TITLES;
    search.snippet_bytes = 0;
    search.suggest = false;
    if (!status && search.query.length) status = search_run(&response, page->searcher, &search, error);
    if (!status && search.query.length) {
        for (size_t i = 0; i < response.hit_count; i++) {
            struct page_request to;
            page_request_init(&to);
            to.index = page->request.index;
            to.id = response.hits[i].id;
            buffer_clear(&address);
            if (!page_address(&address, page, &to) && response.hits[i].field[RECORD_TITLE].length)
                add(lists, response.hits[i].field[RECORD_TITLE], "Document", buffer_span(&address));
        }
        search_response_release(&response);
    }
    buffer_release(&address);
    buffer_release(&query);
    return status == LIMIT || status == INVALID ? OK : status; /* nothing to suggest is an answer */
}

enum status page_suggest(struct page *page, struct error *error)
{
    json_t *whole = json_array(), *lists[3] = {json_array(), json_array(), json_array()};
    enum status status = OK;
    if (page->request.query.length >= TYPED_MIN) status = add_titles(lists, page, error);
    json_array_append_new(whole, json_of_text(page->request.query));
    for (int i = 0; i < 3; i++) json_array_append_new(whole, lists[i]);
    char *text = json_dumps(whole, JSON_COMPACT);
    web_header(page->response, "Content-Type", SPAN("application/x-suggestions+json; charset=utf-8"));
    if (!status && (!text || buffer_append_string(&page->html->out, text)))
        status = fail(error, NO_MEMORY, "out of memory while writing suggestions");
    free(text);
    json_decref(whole);
    return status;
}
