/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/bulk/postlist.h"

#include "indexer/bulk/pack.h"

enum { CHUNK = 2000 /* bytes after which the next entry begins another chunk, as libxapian does */ };

enum status postlist_init(struct postlist *postlist, struct btree *table)
{
    postlist->table = table;
    buffer_init(&postlist->key, 2 * PACK_KEY_MAX);
    buffer_init(&postlist->first_key, 2 * PACK_KEY_MAX);
    buffer_init(&postlist->body, 2 * CHUNK);
    buffer_init(&postlist->tag, 4 * CHUNK);
    return OK;
}

void postlist_release(struct postlist *postlist)
{
    buffer_release(&postlist->key);
    buffer_release(&postlist->first_key);
    buffer_release(&postlist->body);
    buffer_release(&postlist->tag);
}

static void begin(struct postlist *postlist, uint32_t first)
{
    buffer_clear(&postlist->body);
    postlist->any = false;
    postlist->first_of_all = first;
}

enum status postlist_begin(struct postlist *postlist, struct span term, uint32_t documents, uint64_t occurrences,
                           uint32_t first)
{
    begin(postlist, first);
    postlist->documents = documents;
    postlist->occurrences = occurrences;
    buffer_clear(&postlist->first_key);
    buffer_clear(&postlist->key);
    enum status status = pack_term(&postlist->first_key, term);
    if (!status) status = buffer_append_span(&postlist->key, buffer_span(&postlist->first_key));
    return status ? status : buffer_append_byte(&postlist->key, '\0');
}

enum status postlist_begin_lengths(struct postlist *postlist, uint32_t first)
{
    begin(postlist, first);
    postlist->documents = postlist->occurrences = 0; /* so the format has it */
    buffer_clear(&postlist->first_key);
    buffer_clear(&postlist->key);
    enum status status = buffer_append(&postlist->first_key, "\0\xe0", 2);
    return status ? status : buffer_append(&postlist->key, "\0\xe0", 2);
}

/* The chunk's head stands before its body: in the first one the figures of the whole list; then whether it is the last,
 * and how many numbers it spans. */
static enum status write_chunk(struct postlist *postlist, bool last, struct error *error)
{
    struct buffer *tag = &postlist->tag;
    size_t prefix = postlist->key.length;
    enum status status = OK;
    buffer_clear(tag);
    if (!postlist->any) {
        status = pack_number(tag, postlist->documents);
        if (!status) status = pack_number(tag, postlist->occurrences);
        if (!status) status = pack_number(tag, postlist->first_of_all - 1);
    } else {
        status = pack_docid(&postlist->key, postlist->first);
    }
    if (!status) status = buffer_append_byte(tag, last ? '1' : '0');
    if (!status) status = pack_number(tag, postlist->last - postlist->first);
    if (!status) status = buffer_append_span(tag, buffer_span(&postlist->body));
    if (status) return fail(error, status, "out of memory while loading");
    status = btree_add(postlist->table, buffer_span(postlist->any ? &postlist->key : &postlist->first_key),
                       buffer_span(tag), error);
    postlist->key.length = prefix;
    postlist->any = true;
    buffer_clear(&postlist->body);
    return status;
}

enum status postlist_add(struct postlist *postlist, uint32_t docid, uint32_t wdf, struct error *error)
{
    unsigned char bytes[2 * PACK_NUMBER_BYTES];
    size_t length = 0;
    if (postlist->body.length >= CHUNK) {
        enum status status = write_chunk(postlist, false, error);
        if (status) return status;
    }
    if (postlist->body.length)
        length = pack_number_at(bytes, docid - postlist->last - 1);
    else
        postlist->first = docid;
    length += pack_number_at(bytes + length, wdf);
    postlist->last = docid;
    enum status status = buffer_append(&postlist->body, (const char *)bytes, length);
    return status ? fail(error, status, "out of memory while loading") : OK;
}

enum status postlist_end(struct postlist *postlist, struct error *error)
{
    return write_chunk(postlist, true, error);
}
