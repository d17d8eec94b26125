/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/matcher/matcher.h"

#include "searcher/matcher/run.h"
#include "searcher/matcher/set.h"

#include <stdlib.h>
#include <string.h>

enum {
    DEPTH_MAX = 64,               /* levels of a query: deeper ones are libxapian's */
    ARENA_MAX = 16 * 1024 * 1024, /* bytes: NODE_TERMS_MAX lists take 140 KB */
    TOP_MAX = 100000              /* hits: for more, pruning saves nothing */
};

struct matcher {
    struct sidecar cache;
    struct store_of_lists store;
    struct weigher weigher;
    struct arena arena;
};

/* Takes over a section that is an array of items of [size] bytes. */
static const void *table(size_t *count, const struct sidecar *cache, const char *name, size_t size)
{
    struct span section = sidecar_section(cache, name);
    *count = section.length / size;
    return section.data;
}

static bool read_cache(struct matcher *matcher)
{
    struct store_of_lists *store = &matcher->store;
    size_t lengths;
    store->lengths = table(&lengths, &matcher->cache, RANKING_LENGTHS, sizeof *store->lengths);
    store->terms = table(&store->term_count, &matcher->cache, RANKING_TERMS, sizeof *store->terms);
    store->texts = table(&store->text_bytes, &matcher->cache, RANKING_TEXTS, 1);
    store->blocks = table(&store->block_count, &matcher->cache, RANKING_BLOCKS, sizeof *store->blocks);
    store->packed = table(&store->packed_bytes, &matcher->cache, RANKING_PACKED, 1);
    return store->lengths && store->terms && store->texts && store->blocks && store->packed &&
           lengths == (size_t)store->statistics.last_docid + 1;
}

enum status matcher_open(struct matcher **out, const char *path, struct xc_database *database)
{
    struct sidecar_key key;
    *out = NULL;
    struct matcher *matcher = calloc(1, sizeof *matcher);
    if (!matcher) return NO_MEMORY;
    arena_init(&matcher->arena, ARENA_MAX);
    bool good = !sidecar_key_read(&key, database, NULL) && !sidecar_open(&matcher->cache, path, RANKING_CACHE, &key) &&
                !xc_database_statistics(&matcher->store.statistics, database, NULL) && read_cache(matcher);
    if (good)
        *out = matcher;
    else
        matcher_free(matcher);
    return OK;
}

void matcher_free(struct matcher *matcher)
{
    if (!matcher) return;
    sidecar_close(&matcher->cache);
    arena_release(&matcher->arena);
    free(matcher);
}

/* The part of a conjunction that is an ANY, if the others weigh nothing: then hits are looked for through its parts. */
static struct node *decisive_any(const struct node *all)
{
    struct node *any = NULL;
    for (size_t i = 0; i < all->count; i++) {
        if (!all->part[i]->weighs) continue;
        if (any || all->part[i]->kind != NODE_ANY) return NULL;
        any = all->part[i];
    }
    return all->phrases ? NULL : any;
}

/* Leaves in [all] what is besides [any]. */
static struct node *without_part(struct node *all, const struct node *any)
{
    size_t kept = 0;
    for (size_t i = 0; i < all->count; i++)
        if (all->part[i] != any) all->part[kept++] = all->part[i];
    all->count = kept;
    all->weighs = false;
    return all;
}

/* Whether [root] is looked through as a conjunction, and then its matches are counted in *[total], if that is not NULL.
 */
static bool run(struct top *top, uint64_t *total, bool *counted, struct nodes *nodes, struct node *root, uint32_t last)
{
    struct any_query query = {.count = 1};
    struct node *any = root->kind == NODE_ANY ? root : root->kind == NODE_ALL ? decisive_any(root) : NULL;
    if (any) {
        query = (struct any_query){.part = any->part, .count = any->count, .any = any};
        if (root != any) query.required = without_part(root, any);
    } else if (root->kind == NODE_TERM) {
        query.part = &root;
    } else {
        *counted = total != NULL;
        run_all(top, total, nodes, root, last);
        return true;
    }
    return run_any(top, nodes, &query, last);
}

/* Adds every match to [bits]. The nodes are made afresh: those that were searched are at their end. */
static enum xc_status collect(uint64_t *bits, struct nodes *nodes, const struct xc_query *query,
                              const struct xc_query *filter)
{
    struct node *root;
    nodes_release(nodes);
    arena_reset(nodes->arena);
    enum xc_status status = nodes_build(&root, nodes, query, filter, false);
    if (!status && !set_add(bits, nodes, root)) status = XC_NO_MEMORY;
    return status ? status : nodes->store->status;
}

static enum xc_status count_all(uint64_t *out, struct nodes *nodes, const struct matcher_request *request)
{
    size_t words = set_words(nodes->store->statistics.last_docid);
    uint64_t *bits = calloc(words, sizeof *bits);
    if (!bits) return XC_NO_MEMORY;
    enum xc_status status = collect(bits, nodes, request->query, request->filter);
    *out = set_count(bits, words);
    free(bits);
    return status;
}

static enum xc_status search(struct matcher_result *out, struct match *hits, struct nodes *nodes,
                             const struct matcher_request *request)
{
    struct store_of_lists *store = nodes->store;
    struct node *root;
    struct top top = {0};
    enum xc_status status = nodes_build(&root, nodes, request->query, request->filter, true);
    if (status) return status;
    if (!root->weighs) return XC_UNSUPPORTED;
    size_t estimate = root->estimate, room = request->offset + request->count;
    bool term = root->kind == NODE_TERM;
    if (!top_init(&top, room)) return XC_NO_MEMORY;
    uint64_t total = 0;
    bool counted = false;
    if (!run(&top, request->exact ? &total : NULL, &counted, nodes, root, store->statistics.last_docid))
        status = XC_NO_MEMORY;
    if (!status) status = store->status;
    if (!status) {
        top_sort(&top);
        size_t kept = top.count > request->offset ? top.count - request->offset : 0;
        if (kept) memcpy(hits, top.hits + request->offset, kept * sizeof *hits);
        bool all = top.count < room; /* none was left out */
        out->count = kept;
        out->exact = term || all || counted;
        out->total = counted ? total : term ? estimate : all || estimate < top.count ? top.count : estimate;
    }
    top_release(&top);
    if (!status && request->exact && !out->exact) {
        status = count_all(&out->total, nodes, request);
        out->exact = true;
    }
    return status;
}

static bool is_too_deep(const struct xc_query *query)
{
    return xc_query_depth(query) > DEPTH_MAX;
}

static void begin(struct nodes *out, struct matcher *matcher, struct xc_database *database, struct xc_error *error)
{
    matcher->store.database = database;
    matcher->store.error = error;
    matcher->store.status = XC_OK;
    arena_reset(&matcher->arena);
    out->store = &matcher->store;
    out->weigher = &matcher->weigher;
    out->arena = &matcher->arena;
    out->term_count = 0;
}

/* What a cache that contradicts itself cannot tell, libxapian can. */
static enum xc_status finish(struct nodes *nodes, enum xc_status status)
{
    nodes_release(nodes);
    return status == XC_DAMAGED && nodes->store->status == XC_DAMAGED ? XC_UNSUPPORTED : status;
}

enum xc_status matcher_run(struct matcher_result *out, struct match *hits, struct matcher *matcher,
                           struct xc_database *database, const struct matcher_request *request, struct xc_error *error)
{
    if (!matcher || !request->count || request->offset + request->count > TOP_MAX) return XC_UNSUPPORTED;
    if (is_too_deep(request->query) || is_too_deep(request->filter)) return XC_UNSUPPORTED;
    if (!weigher_set(&matcher->weigher, request->scheme, request->parameters, request->parameter_count,
                     &matcher->store.statistics))
        return XC_UNSUPPORTED;
    struct nodes nodes;
    begin(&nodes, matcher, database, error);
    return finish(&nodes, search(out, hits, &nodes, request));
}

enum xc_status matcher_matches(uint64_t *bits, struct matcher *matcher, struct xc_database *database,
                               const struct xc_query *query, const struct xc_query *filter, struct xc_error *error)
{
    struct nodes nodes;
    if (!matcher || is_too_deep(query) || is_too_deep(filter)) return XC_UNSUPPORTED;
    begin(&nodes, matcher, database, error);
    return finish(&nodes, collect(bits, &nodes, query, filter));
}

size_t matcher_words(const struct matcher *matcher)
{
    return set_words(matcher->store.statistics.last_docid);
}
