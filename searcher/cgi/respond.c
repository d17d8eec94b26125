/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cgi/respond.h"

#include "searcher/cgi/assets.h"
#include "searcher/cgi/page.h"
#include "searcher/info.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct site {
    const struct config *config;
    struct searcher *searcher[CONFIG_INDEXES_MAX]; /* NULL until opened */
};

enum { TRIES = 4 /* with an indexer that commits underneath, as search_run */ };

static const size_t arena_bytes_max = (size_t)256 * 1024 * 1024; /* bytes: a page's own lists, beside the engine's */

struct site *site_new(const struct config *config)
{
    struct site *site = calloc(1, sizeof *site);
    if (site) site->config = config;
    return site;
}

void site_free(struct site *site)
{
    if (!site) return;
    for (size_t i = 0; i < CONFIG_INDEXES_MAX; i++) searcher_free(site->searcher[i]);
    free(site);
}

void cgi_log(int status, const struct web_request *request, const char *text)
{
    static const struct {
        const char *before;
        enum web_variable variable;
    } shown[] = {{" ", WEB_METHOD}, {" ", WEB_PATH}, {"?", WEB_QUERY}};
    struct buffer line;
    buffer_init(&line, 4096);
    buffer_printf(&line, "dossier.cgi: %d", status);
    for (size_t i = 0; request && i < sizeof shown / sizeof *shown; i++) {
        struct span value = span_cut(request->variable[shown[i].variable], 0, 300);
        if (!value.length) continue;
        buffer_append_string(&line, shown[i].before);
        buffer_append_span(&line, value);
    }
    buffer_printf(&line, ": %s", text);
    for (size_t i = 0; i < line.length; i++) {
        unsigned char byte = (unsigned char)line.data[i];
        if (byte < ' ' || byte >= 0x7F) line.data[i] = '?'; /* ASCII alone: nothing that a terminal acts upon */
    }
    buffer_append_byte(&line, '\n');
    fwrite(line.data, 1, line.length, stderr);
    fflush(stderr);
    buffer_release(&line);
}

/* ---- Which page */

static enum status html_page(struct page *page, struct error *error)
{
    const struct page_request *request = &page->request;
    if (request->id.length) return page_document(page, error);
    if (request->name.length) return page_name(page, error);
    return page_request_is_empty(request) ? page_entry(page, error) : page_results(page, error);
}

static enum status search_page(struct page *page, struct error *error)
{
    static page_function *const functions[FORMAT_COUNT] = {
        [FORMAT_HTML] = html_page, [FORMAT_JSON] = page_json, [FORMAT_ATOM] = page_atom, [FORMAT_CSV] = page_csv};
    return functions[page->request.format](page, error);
}

/* The paths below the program's own. */
static const struct route {
    const char *path;
    page_function *function;
    bool parameters; /* the query string is a request of ours */
    bool index;      /* needs one */
    bool fixed;      /* the same for as long as the address is */
} routes[] = {
    {"", search_page, true, true, false},
    {"/", search_page, true, true, false},
    {"/opensearch.xml", page_opensearch, true, false, false},
    {"/suggest", page_suggest, true, true, false},
    {"/style.css", page_style, false, false, true},
    {"/script.js", page_script, false, false, true},
};

static const struct route *route_of(struct span path)
{
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++)
        if (span_equal(path, span_of(routes[i].path))) return &routes[i];
    return NULL;
}

enum status page_style(struct page *page, struct error *error)
{
    struct buffer *out = &page->html->out;
    const struct config *config = page->config;
    web_header(page->response, "Content-Type", span_of(asset_style.type));
    enum status status = buffer_append(out, asset_style.data, asset_style.length);
    /* Colours are checked to be #rrggbb when the configuration is read. */
    if (!status && config->accent.length)
        status = buffer_printf(out, ":root{--accent:%.*s}\n", (int)config->accent.length, config->accent.data);
    if (!status && config->accent_dark.length)
        status = buffer_printf(out, "@media (prefers-color-scheme:dark){:root{--accent:%.*s}}\n",
                               (int)config->accent_dark.length, config->accent_dark.data);
    return status ? fail(error, status, "out of memory") : OK;
}

enum status page_script(struct page *page, struct error *error)
{
    web_header(page->response, "Content-Type", span_of(asset_script.type));
    enum status status = buffer_append(&page->html->out, asset_script.data, asset_script.length);
    return status ? fail(error, status, "out of memory") : OK;
}

/* ---- The state of the index */

static enum status open_index(struct site *site, struct page *page, struct error *error)
{
    size_t at = (size_t)(page->index - site->config->index);
    enum status status = OK;
    if (!site->searcher[at]) status = searcher_open(&site->searcher[at], page->index->path.data, error);
    page->searcher = site->searcher[at];
    return status;
}

static uint64_t mix(uint64_t hash, const void *data, size_t length)
{
    for (size_t i = 0; i < length; i++) hash = (hash ^ ((const unsigned char *)data)[i]) * 1099511628211u; /* FNV-1a */
    return hash;
}

/* Names what is to be answered: the program, its configuration, the state of the index, the request. The state is read
 * first and the answer made afterwards, so that an answer may be newer than its tag but never older. */
static enum status make_tag(char tag[48], struct page *page, struct error *error)
{
    struct index_info state;
    struct buffer address;
    buffer_init(&address, 2 * 1024 * 1024);
    enum status status = page_request_write(&address, &page->request);
    if (status) {
        buffer_release(&address);
        return fail(error, status, "out of memory");
    }
    status = reader_refresh(searcher_reader(page->searcher), error);
    if (!status) status = index_state(&state, searcher_reader(page->searcher), error);
    if (!status) {
        uint64_t hash = mix(asset_sources_hash, &page->config->hash, sizeof page->config->hash);
        hash = mix(hash, state.uuid, strlen(state.uuid));
        hash = mix(hash, page->web->variable[WEB_PATH].data, page->web->variable[WEB_PATH].length);
        hash = mix(hash, page->script.data, page->script.length);
        hash = mix(hash, page->web->variable[WEB_SERVER_NAME].data, page->web->variable[WEB_SERVER_NAME].length);
        hash = mix(hash, address.data ? address.data : "", address.length);
        snprintf(tag, 48, "W/\"%llx-%016llx\"", (unsigned long long)state.revision, (unsigned long long)hash);
    }
    buffer_release(&address);
    return status;
}

/* True when the browser's list of tags has [tag]. */
static bool has_tag(struct span list, const char *tag)
{
    return span_equal(span_trim(list), SPAN("*")) || (list.length && memmem(list.data, list.length, tag, strlen(tag)));
}

/* ---- Errors */

static int status_of(enum status status)
{
    switch (status) {
    case OK:
        return 200;
    case NOT_FOUND:
        return 404;
    case LIMIT:
    case INVALID:
    case UNSUPPORTED:
        return 400;
    default:
        return 503;
    }
}

static void answer_error(struct page *page, int status, const char *message)
{
    cgi_log(status, page->web, message);
    page_error(page, status, span_of(message));
}

static enum status open_and_check(struct site *site, struct page *page, const struct route *route, bool *same,
                                  struct error *error)
{
    char tag[48];
    enum status status = open_index(site, page, error);
    if (!status) status = make_tag(tag, page, error);
    for (int i = 1; status == CHANGED && i < TRIES; i++) status = make_tag(tag, page, error);
    if (status) return status;
    web_header(page->response, "ETag", span_of(tag));
    web_header(page->response, "Cache-Control", SPAN("no-cache"));
    *same = !route->fixed && has_tag(page->web->variable[WEB_IF_NONE_MATCH], tag);
    return OK;
}

static enum outcome answer(struct site *site, struct page *page, const struct route *route)
{
    struct error error = {.position = SIZE_MAX};
    bool same = false;
    enum status status = OK;
    if (route->parameters)
        status = page_request_read(&page->request, &page->arena, page->web->variable[WEB_QUERY], &error);
    if (status) {
        answer_error(page, status == LIMIT ? 414 : status_of(status), error.message);
        return OUTCOME_DONE;
    }
    page->index = config_index_named(site->config, page->request.index);
    if (!page->index) {
        page->request.index = (struct span){0};
        page->index = &site->config->index[0];
        answer_error(page, 404, "there is no index of that name here");
        return OUTCOME_DONE;
    }
    if (page->request.start >= site->config->depth) {
        page->request.start = 0;
        answer_error(page, 400, "start lies deeper than can be paged through: narrow the query instead");
        return OUTCOME_DONE;
    }
    if (route->index) status = open_and_check(site, page, route, &same, &error);
    if (!status && same) {
        page->response->status = 304;
        return OUTCOME_DONE;
    }
    if (route->fixed) web_header(page->response, "Cache-Control", SPAN("public, max-age=31536000, immutable"));
    if (!route->fixed && !route->index) web_header(page->response, "Cache-Control", SPAN("max-age=3600"));
    if (!status) status = route->function(page, &error);
    if (!status && page->html->status) status = fail(&error, page->html->status, "the page is too large");
    if (status) answer_error(page, status_of(status), error.message);
    return status == MISSING || status == DAMAGED || status == IO ? OUTCOME_STALE : OUTCOME_DONE;
}

enum outcome respond(struct web_response *out, struct site *site, const struct web_request *request)
{
    struct page page = {
        .config = site->config, .index = &site->config->index[0], .web = request, .response = out, .html = &out->body};
    struct span path = request->variable[WEB_PATH];
    struct buffer script;
    enum outcome outcome = OUTCOME_DONE;
    const struct route *route = route_of(path);
    web_response_clear(out);
    page_request_init(&page.request);
    arena_init(&page.arena, arena_bytes_max);
    buffer_init(&script, 64 * 1024);
    if (web_script(&script, request)) out->body.status = NO_MEMORY;
    page.script = buffer_span(&script);
    if (path.length) page.prefix = page.script;
    if (!web_is_get(request))
        answer_error(&page, 405, "only GET and HEAD");
    else if (!route)
        answer_error(&page, 404, "there is no page at this address");
    else
        outcome = answer(site, &page, route);
    if (out->body.status) {
        cgi_log(503, request, "out of memory, or a page too large to be sent");
        page_bare_error(out, 503, "The search cannot be answered now",
                        "The page grew too large. Try again in a moment.");
    }
    buffer_release(&script);
    arena_release(&page.arena);
    return outcome;
}

void site_open(struct site *site, const struct web_request *request)
{
    struct page_request asked;
    struct arena arena;
    struct error error;
    const struct route *route = route_of(request->variable[WEB_PATH]);
    arena_init(&arena, arena_bytes_max);
    if (web_is_get(request) && route && route->index &&
        !page_request_read(&asked, &arena, request->variable[WEB_QUERY], &error)) {
        const struct config_index *index = config_index_named(site->config, asked.index);
        size_t at = index ? (size_t)(index - site->config->index) : 0;
        if (index && !site->searcher[at] && searcher_open(&site->searcher[at], index->path.data, &error))
            site->searcher[at] = NULL; /* respond says why */
    }
    arena_release(&arena);
}
