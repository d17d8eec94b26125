/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The postings of frequent terms, packed, with what bounds the weights in each block. */
#include "indexer/cache_ranking.h"
#include "indexer/sidecar/pack.h"
#include "indexer/store.h"

#include <string.h>

enum { TABLES_MAX = 1 << 30 /* bytes of terms, their texts and blocks: some hundred million documents */ };

struct postings {
    struct sidecar_writer *writer;
    const struct cache_source *source;
    const uint32_t *lengths; /* by docid */
    struct error *error;
    struct buffer terms, texts, blocks;
    uint64_t packed; /* bytes written */
    uint32_t docid[RANKING_BLOCK], wdf[RANKING_BLOCK];
};

static enum status out_of_memory(struct postings *postings)
{
    return fail(postings->error, NO_MEMORY, "out of memory for the postings of frequent terms");
}

struct pair {
    uint32_t wdf, length;
};

/* Keeps in [front], by rising wdf and length, the pairs that no other is as good as. Returns their number. */
static size_t add_pair(struct pair *front, size_t count, struct pair pair)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (front[i].wdf >= pair.wdf && front[i].length <= pair.length) return count;
    }
    struct pair later[RANKING_BLOCK];
    size_t later_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (front[i].wdf <= pair.wdf && front[i].length >= pair.length) continue;
        if (front[i].wdf < pair.wdf)
            front[kept++] = front[i];
        else
            later[later_count++] = front[i];
    }
    front[kept++] = pair;
    memcpy(front + kept, later, later_count * sizeof *later);
    return kept + later_count;
}

/* Joins neighbours until RANKING_BEST are left: those first whose joining makes a document seem shorter by the least
 * share. */
static size_t join_pairs(struct pair *front, size_t count)
{
    while (count > RANKING_BEST) {
        size_t best = 0;
        double least = 2;
        for (size_t i = 0; i + 1 < count; i++) {
            double loss = 1 - (double)front[i].length / front[i + 1].length;
            if (loss < least) least = loss, best = i;
        }
        front[best] = (struct pair){front[best + 1].wdf, front[best].length};
        memmove(front + best + 1, front + best + 2, (count - best - 2) * sizeof *front);
        count--;
    }
    return count;
}

static void bound_block(struct ranking_block *block, const struct postings *postings, size_t count)
{
    struct pair front[RANKING_BLOCK];
    size_t pairs = 0;
    for (size_t i = 0; i < count; i++)
        pairs = add_pair(front, pairs, (struct pair){postings->wdf[i], postings->lengths[postings->docid[i]]});
    pairs = join_pairs(front, pairs);
    for (size_t i = 0; i < RANKING_BEST; i++) {
        struct pair pair = front[i < pairs ? i : 0];
        block->best[i].wdf = (uint8_t)(pair.wdf < RANKING_WDF_MANY ? pair.wdf : RANKING_WDF_MANY);
        block->best[i].length_code = ranking_length_code(pair.length);
    }
}

/* Writes a block of [count] postings that follow the docid [before]. */
static enum status write_block(struct postings *postings, size_t count, uint32_t before)
{
    uint32_t gaps[RANKING_BLOCK];
    unsigned char bytes[2 * sizeof gaps];
    for (size_t i = 0; i < count; i++) gaps[i] = postings->docid[i] - (i ? postings->docid[i - 1] : before) - 1;
    struct ranking_block block = {.start = postings->packed,
                                  .last = postings->docid[count - 1],
                                  .docid_bits = (uint8_t)pack_bits(gaps, count),
                                  .wdf_bits = (uint8_t)pack_bits(postings->wdf, count)};
    size_t size = pack_bytes(count, block.docid_bits), more = pack_bytes(count, block.wdf_bits);
    pack(bytes, gaps, count, block.docid_bits);
    pack(bytes + size, postings->wdf, count, block.wdf_bits);
    bound_block(&block, postings, count);
    postings->packed += size + more;
    if (buffer_append(&postings->blocks, (const char *)&block, sizeof block)) return out_of_memory(postings);
    return sidecar_append(postings->writer, bytes, size + more, postings->error);
}

static enum status failed(struct postings *postings, enum xc_status status, const struct xc_error *cause)
{
    return store_failure(postings->error, status, cause, postings->source->path);
}

/* Writes all postings of [term], and its row. */
static enum status write_term(struct postings *postings, struct xc_bytes text, uint32_t documents)
{
    struct xc_postings *list = NULL;
    struct xc_error cause = {0};
    struct ranking_term term = {.documents = documents,
                                .first_block = (uint32_t)(postings->blocks.length / sizeof(struct ranking_block)),
                                .text = (uint32_t)postings->texts.length,
                                .text_length = (uint32_t)text.length};
    if (buffer_append(&postings->texts, text.data, text.length)) return out_of_memory(postings);
    enum xc_status read = xc_database_postings(&list, postings->source->database, text.data, text.length, &cause);
    enum status status = read ? failed(postings, read, &cause) : OK;
    uint32_t before = 0, seen = 0;
    for (size_t count = RANKING_BLOCK; !status && count == RANKING_BLOCK;) {
        read = xc_postings_read(&count, list, postings->docid, postings->wdf, RANKING_BLOCK, &cause);
        if (read) status = failed(postings, read, &cause);
        if (status || !count) break;
        for (size_t i = 0; i < count; i++) {
            term.occurrences += postings->wdf[i];
            if (postings->wdf[i] > term.wdf_high) term.wdf_high = postings->wdf[i];
        }
        seen += (uint32_t)count;
        /* Trust nothing that is used as an index. */
        bool sound =
            postings->docid[count - 1] <= postings->source->statistics.last_docid && postings->docid[0] > before;
        if (!sound || seen > documents)
            status = fail(postings->error, DAMAGED, "index '%s' is damaged: a term has other documents than it should",
                          postings->source->path);
        if (!status) status = write_block(postings, count, before);
        before = postings->docid[count - 1];
    }
    xc_postings_free(list);
    if (!status && seen != documents)
        status = fail(postings->error, DAMAGED, "index '%s' is damaged: a term has other documents than it should",
                      postings->source->path);
    if (!status && buffer_append(&postings->terms, (const char *)&term, sizeof term)) status = out_of_memory(postings);
    return status;
}

static enum status write_prefix(struct postings *postings, const char *prefix)
{
    struct xc_terms *terms = NULL;
    struct xc_error cause = {0};
    enum status status = OK;
    enum xc_status read = xc_database_terms(&terms, postings->source->database, prefix, strlen(prefix), &cause);
    while (!status && !read && !(read = xc_terms_next(terms, &cause))) {
        uint32_t documents;
        read = xc_terms_frequency(&documents, terms, &cause);
        if (!read && documents >= RANKING_TERM_DOCUMENTS)
            status = write_term(postings, xc_terms_term(terms), documents);
    }
    xc_terms_free(terms);
    return status || read == XC_NOT_FOUND ? status : failed(postings, read, &cause);
}

static enum status write_table(struct postings *postings, const char *name, const struct buffer *table)
{
    enum status status = sidecar_begin(postings->writer, name, postings->error);
    return status ? status : sidecar_append(postings->writer, table->data, table->length, postings->error);
}

enum status cache_postings_build(struct sidecar_writer *writer, const struct cache_source *source,
                                 const uint32_t *lengths, struct error *error)
{
    static const char *const prefixes[] = RANKING_PREFIXES; /* in byte order, none the start of another */
    static const char slack[PACK_SLACK];
    struct postings postings = {.writer = writer, .source = source, .lengths = lengths, .error = error};
    buffer_init(&postings.terms, TABLES_MAX);
    buffer_init(&postings.texts, TABLES_MAX);
    buffer_init(&postings.blocks, TABLES_MAX);
    enum status status = sidecar_begin(writer, RANKING_PACKED, error);
    for (size_t i = 0; !status && i < sizeof prefixes / sizeof *prefixes; i++)
        status = write_prefix(&postings, prefixes[i]);
    if (!status) status = sidecar_append(writer, slack, sizeof slack, error);
    if (!status) status = write_table(&postings, RANKING_TERMS, &postings.terms);
    if (!status) status = write_table(&postings, RANKING_TEXTS, &postings.texts);
    if (!status) status = write_table(&postings, RANKING_BLOCKS, &postings.blocks);
    buffer_release(&postings.terms);
    buffer_release(&postings.texts);
    buffer_release(&postings.blocks);
    return status;
}
