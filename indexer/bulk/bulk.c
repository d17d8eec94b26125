/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Data and term lists go to their tables as documents come. Postings, positions and values wait in sorted runs and
 * files; the postlist and position tables are written in one walk over them at the end. */
#include "indexer/bulk/bulk.h"

#include "indexer/bulk/pack.h"
#include "indexer/bulk/postlist.h"
#include "indexer/bulk/runs.h"
#include "indexer/bulk/slots.h"
#include "indexer/bulk/version.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

enum { PACKED_WDF_MAX = 127, METADATA_MAX = 1 << 30 /* bytes of all entries */ };

struct metadata {
    char *key; /* with its bytes in front of the value's */
    size_t key_length, value_length;
    UT_hash_handle hh;
};

struct bulk {
    char *folder;
    struct btree *table[VERSION_TABLES];
    struct runs *runs;
    struct slots *slots;
    struct metadata *metadata;
    struct version_figures figures;
    uint32_t *lengths; /* by document, from 1 */
    size_t length_capacity;
    /* The document at hand. */
    uint32_t docid;
    uint64_t length;
    uint32_t terms;
    unsigned next_slot; /* after the last value's */
    struct buffer key, entries, head, slots_used, term, positions;
};

static enum status no_memory(struct error *error)
{
    return fail(error, NO_MEMORY, "out of memory while loading (give less to --memory)");
}

static enum status open_table(struct bulk *bulk, enum version_table which, struct error *error)
{
    char *path;
    if (asprintf(&path, "%s/%s", bulk->folder, version_rows[which].file) < 0) return no_memory(error);
    enum status status = btree_new(&bulk->table[which], path, version_rows[which].compress_min, error);
    free(path);
    return status;
}

enum status bulk_new(struct bulk **out, const char *folder, size_t memory, struct error *error)
{
    struct bulk *bulk = calloc(1, sizeof *bulk);
    if (!bulk) return no_memory(error);
    struct buffer *buffers[] = {&bulk->key,        &bulk->entries, &bulk->head,
                                &bulk->slots_used, &bulk->term,    &bulk->positions};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++) buffer_init(buffers[i], SIZE_MAX / 2);
    bulk->folder = strdup(folder);
    enum status status = bulk->folder ? OK : no_memory(error);
    if (!status) status = runs_new(&bulk->runs, bulk->folder, memory, error);
    if (!status) status = slots_new(&bulk->slots, bulk->folder, error);
    if (!status) status = open_table(bulk, TABLE_DOCDATA, error);
    if (!status) status = open_table(bulk, TABLE_TERMLIST, error);
    if (status)
        bulk_free(bulk);
    else
        *out = bulk;
    return status;
}

void bulk_free(struct bulk *bulk)
{
    if (!bulk) return;
    struct metadata *entry, *next;
    HASH_ITER(hh, bulk->metadata, entry, next)
    {
        HASH_DEL(bulk->metadata, entry);
        free(entry->key);
        free(entry);
    }
    for (int i = 0; i < VERSION_TABLES; i++) btree_free(bulk->table[i]);
    runs_free(bulk->runs);
    slots_free(bulk->slots);
    struct buffer *buffers[] = {&bulk->key,        &bulk->entries, &bulk->head,
                                &bulk->slots_used, &bulk->term,    &bulk->positions};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++) buffer_release(buffers[i]);
    free(bulk->lengths);
    free(bulk->folder);
    free(bulk);
}

uint32_t bulk_documents(const struct bulk *bulk)
{
    return (uint32_t)bulk->figures.documents;
}

/* ---- a document ---- */

static enum status docid_key(struct bulk *bulk, struct error *error)
{
    buffer_clear(&bulk->key);
    return pack_docid(&bulk->key, bulk->docid) ? no_memory(error) : OK;
}

enum status bulk_begin(struct bulk *bulk, uint32_t *docid, struct span data, struct error *error)
{
    if (bulk->docid == UINT32_MAX) return fail(error, LIMIT, "the numbers of documents are used up");
    if (bulk->docid + (size_t)2 > bulk->length_capacity) {
        size_t capacity = bulk->length_capacity ? 2 * bulk->length_capacity : 4096;
        uint32_t *larger = realloc(bulk->lengths, capacity * sizeof *larger);
        if (!larger) return no_memory(error);
        bulk->lengths = larger;
        bulk->length_capacity = capacity;
    }
    *docid = ++bulk->docid;
    bulk->length = bulk->terms = bulk->next_slot = 0;
    buffer_clear(&bulk->entries);
    buffer_clear(&bulk->slots_used);
    buffer_clear(&bulk->term);
    enum status status = docid_key(bulk, error);
    if (status || !data.length) return status;
    return btree_add(bulk->table[TABLE_DOCDATA], buffer_span(&bulk->key), data, error);
}

enum status bulk_value(struct bulk *bulk, unsigned slot, struct span value, struct error *error)
{
    if (!value.length) return OK;
    if (pack_number(&bulk->slots_used, slot - bulk->next_slot)) return no_memory(error);
    bulk->next_slot = slot + 1;
    return slots_add(bulk->slots, slot, bulk->docid, value, error);
}

/* The entry of a term list. The first has the whole term; the others leave out what they share with the one before, and
 * a small wdf stands in the same byte as the number of bytes shared. */
static enum status add_entry(struct bulk *bulk, struct span term, uint32_t wdf)
{
    struct span before = buffer_span(&bulk->term);
    size_t shared = 0, most = before.length < term.length ? before.length : term.length;
    if (!bulk->terms) {
        enum status status = buffer_append_byte(&bulk->entries, (char)term.length);
        if (!status) status = buffer_append_span(&bulk->entries, term);
        return status ? status : pack_number(&bulk->entries, wdf);
    }
    while (shared < most && before.data[shared] == term.data[shared]) shared++;
    size_t packed = wdf < PACKED_WDF_MAX ? (wdf + (size_t)1) * (before.length + 1) + shared : SIZE_MAX;
    enum status status = buffer_append_byte(&bulk->entries, (char)(packed < 256 ? packed : shared));
    if (!status) status = buffer_append_byte(&bulk->entries, (char)(term.length - shared));
    if (!status) status = buffer_append_span(&bulk->entries, span_cut(term, shared, term.length));
    return status || packed < 256 ? status : pack_number(&bulk->entries, wdf);
}

enum status bulk_posting(struct bulk *bulk, struct span term, uint32_t wdf, const uint32_t *positions,
                         size_t position_count, struct error *error)
{
    buffer_clear(&bulk->positions);
    if (add_entry(bulk, term, wdf)) return no_memory(error);
    buffer_clear(&bulk->term);
    if (buffer_append_span(&bulk->term, term)) return no_memory(error);
    if (position_count && pack_positions(&bulk->positions, positions, position_count)) return no_memory(error);
    bulk->terms++;
    bulk->length += wdf;
    if (wdf > bulk->figures.wdf_most) bulk->figures.wdf_most = wdf;
    return runs_add(bulk->runs, term, bulk->docid, wdf, buffer_span(&bulk->positions), error);
}

static void count(struct bulk *bulk)
{
    struct version_figures *figures = &bulk->figures;
    uint32_t length = (uint32_t)bulk->length;
    figures->documents++;
    figures->last_docid = bulk->docid;
    figures->total_length += length;
    if (length > figures->length_most) figures->length_most = length;
    if (length && (!figures->length_least || length < figures->length_least)) figures->length_least = length;
    bulk->lengths[bulk->docid] = length;
}

enum status bulk_end(struct bulk *bulk, struct error *error)
{
    if (bulk->length > UINT32_MAX) return fail(error, LIMIT, "a document has too many words");
    count(bulk);
    buffer_clear(&bulk->head);
    enum status status = docid_key(bulk, error);
    if (!status && bulk->terms &&
        (pack_number(&bulk->head, bulk->length) || pack_number(&bulk->head, bulk->terms) ||
         buffer_append_span(&bulk->head, buffer_span(&bulk->entries))))
        status = no_memory(error);
    if (!status)
        status = btree_add(bulk->table[TABLE_TERMLIST], buffer_span(&bulk->key), buffer_span(&bulk->head), error);
    if (status || !bulk->slots_used.length) return status;
    if (buffer_append_byte(&bulk->key, '\0')) return no_memory(error);
    return btree_add(bulk->table[TABLE_TERMLIST], buffer_span(&bulk->key), buffer_span(&bulk->slots_used), error);
}

/* ---- metadata ---- */

static struct metadata *find_metadata(const struct bulk *bulk, struct span key)
{
    struct metadata *entry = NULL;
    HASH_FIND(hh, bulk->metadata, key.data, key.length, entry);
    return entry;
}

enum status bulk_set_metadata(struct bulk *bulk, struct span key, struct span value, struct error *error)
{
    struct metadata *entry = find_metadata(bulk, key);
    if (entry) {
        HASH_DEL(bulk->metadata, entry);
        free(entry->key);
        free(entry);
    }
    if (!value.length) return OK;
    entry = calloc(1, sizeof *entry);
    if (entry) entry->key = malloc(key.length + value.length);
    if (!entry || !entry->key) {
        free(entry);
        return no_memory(error);
    }
    memcpy(entry->key, key.data, key.length);
    memcpy(entry->key + key.length, value.data, value.length);
    entry->key_length = key.length;
    entry->value_length = value.length;
    HASH_ADD_KEYPTR(hh, bulk->metadata, entry->key, key.length, entry);
    return OK;
}

struct span bulk_metadata(const struct bulk *bulk, struct span key)
{
    const struct metadata *entry = find_metadata(bulk, key);
    return entry ? (struct span){entry->key + entry->key_length, entry->value_length} : SPAN("");
}

static int compare_entries(const struct metadata *a, const struct metadata *b)
{
    return span_compare((struct span){a->key, a->key_length}, (struct span){b->key, b->key_length});
}

static enum status write_metadata(struct bulk *bulk, struct error *error)
{
    HASH_SORT(bulk->metadata, compare_entries);
    for (const struct metadata *entry = bulk->metadata; entry; entry = entry->hh.next) {
        buffer_clear(&bulk->key);
        if (buffer_append(&bulk->key, "\0\xc0", 2) || buffer_append(&bulk->key, entry->key, entry->key_length))
            return no_memory(error);
        struct span value = {entry->key + entry->key_length, entry->value_length};
        enum status status = btree_add(bulk->table[TABLE_POSTLIST], buffer_span(&bulk->key), value, error);
        if (status) return status;
    }
    return OK;
}

/* ---- the end ---- */

static enum status write_lengths(struct bulk *bulk, struct postlist *postlist, struct error *error)
{
    if (!bulk->docid) return OK;
    enum status status = postlist_begin_lengths(postlist, 1);
    for (uint32_t i = 1; !status && i <= bulk->docid; i++) status = postlist_add(postlist, i, bulk->lengths[i], error);
    return status ? status : postlist_end(postlist, error);
}

struct writing {
    struct bulk *bulk;
    struct postlist *postlist;
    struct span term;
    bool open;     /* a term's list is */
    size_t prefix; /* bytes of the key that all positions of the term share */
    struct error *error;
};

static enum status on_term(void *context, const struct runs_term *term)
{
    struct writing *writing = context;
    enum status status = writing->open ? postlist_end(writing->postlist, writing->error) : OK;
    writing->open = true;
    if (!status)
        status = postlist_begin(writing->postlist, term->term, term->documents, term->occurrences, term->first);
    struct buffer *key = &writing->bulk->key;
    buffer_clear(key);
    if (!status && (pack_term(key, term->term) || buffer_append_byte(key, '\0'))) status = no_memory(writing->error);
    writing->prefix = key->length;
    return status;
}

static enum status on_posting(void *context, const struct runs_posting *posting)
{
    struct writing *writing = context;
    struct bulk *bulk = writing->bulk;
    enum status status = postlist_add(writing->postlist, posting->docid, posting->wdf, writing->error);
    if (status || !posting->positions.length) return status;
    bulk->key.length = writing->prefix;
    if (pack_docid(&bulk->key, posting->docid)) return no_memory(writing->error);
    return btree_add(bulk->table[TABLE_POSITION], buffer_span(&bulk->key), posting->positions, writing->error);
}

static enum status write_postings(struct bulk *bulk, struct postlist *postlist, struct error *error)
{
    struct writing writing = {.bulk = bulk, .postlist = postlist, .error = error};
    struct runs_sink sink = {.term = on_term, .posting = on_posting, .context = &writing};
    enum status status = runs_walk(bulk->runs, &sink, error);
    if (!status && writing.open) status = postlist_end(postlist, error);
    return status;
}

static enum status finish_tables(struct bulk *bulk, struct btree_root roots[VERSION_TABLES], struct error *error)
{
    enum status status = OK;
    for (int i = 0; !status && i < VERSION_TABLES; i++) {
        roots[i] = (struct btree_root){.empty = true};
        if (!bulk->table[i]) continue;
        status = btree_finish(&roots[i], bulk->table[i], error);
        /* The library wants these two to be there at all times, be it with a block of no items. */
        if (i == TABLE_POSTLIST || i == TABLE_TERMLIST) roots[i].empty = false;
        if (status || !roots[i].empty) continue;
        char *path;
        if (asprintf(&path, "%s/%s", bulk->folder, version_rows[i].file) < 0) return no_memory(error);
        remove(path);
        free(path);
    }
    return status;
}

enum status bulk_finish(struct bulk *bulk, struct error *error)
{
    struct btree_root roots[VERSION_TABLES];
    struct postlist postlist = {0};
    enum status status = open_table(bulk, TABLE_POSTLIST, error);
    if (!status) status = open_table(bulk, TABLE_POSITION, error);
    if (!status) status = postlist_init(&postlist, bulk->table[TABLE_POSTLIST]);
    if (!status) status = write_metadata(bulk, error);
    if (!status) status = slots_write(bulk->slots, bulk->table[TABLE_POSTLIST], error);
    if (!status) status = write_lengths(bulk, &postlist, error);
    if (!status) status = write_postings(bulk, &postlist, error);
    postlist_release(&postlist);
    if (!status) status = finish_tables(bulk, roots, error);
    if (!status) status = version_write(bulk->folder, roots, &bulk->figures, error);
    if (status && error && !error->status) fail(error, status, "out of memory while loading (give less to --memory)");
    return status;
}
