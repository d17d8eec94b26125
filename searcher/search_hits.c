/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/name_marks.h"
#include "searcher/search_work.h"

#include <string.h>

enum { HIT_BYTES_MAX = 256 * 1024 * 1024 /* bytes: the names of the longest document, and a snippet */ };

enum status work_out_of_memory(struct work *work)
{
    return fail(work->error, NO_MEMORY, "out of memory while answering");
}

bool work_keep(struct work *work, struct span *out, struct span text)
{
    char *copy = arena_copy(work->arena, text);
    if (copy) *out = (struct span){copy, text.length};
    return copy != NULL;
}

/* Joins a snippet's fragments to one list of pieces with an ellipsis where text is left out. */
static enum status keep_snippet(struct work *work, struct hit *hit, const struct snippet *snippet)
{
    struct arena *arena = work->arena;
    size_t room = 2 * snippet->count + 1, count = 0;
    for (size_t i = 0; i < snippet->count; i++) room += snippet->fragments[i].count;
    struct snippet_piece *pieces = arena_take(arena, room * sizeof *pieces);
    if (!pieces) return work_out_of_memory(work);
    for (size_t i = 0; i < snippet->count; i++) {
        const struct snippet_fragment *fragment = &snippet->fragments[i];
        if (i || fragment->more_before)
            pieces[count++] = (struct snippet_piece){i ? SPAN(" \xE2\x80\xA6 ") : SPAN("\xE2\x80\xA6 "), false};
        for (size_t k = 0; k < fragment->count; k++) {
            pieces[count].mark = fragment->pieces[k].mark;
            if (!work_keep(work, &pieces[count++].text, fragment->pieces[k].text)) return work_out_of_memory(work);
        }
    }
    if (snippet->count && snippet->fragments[snippet->count - 1].more_after)
        pieces[count++] = (struct snippet_piece){SPAN(" \xE2\x80\xA6"), false};
    hit->pieces = pieces;
    hit->piece_count = count;
    return OK;
}

/* The id alone, from its value: batches need no more, and the record costs far more to read. */
enum status work_fill_id(struct work *work, struct hit *hit)
{
    struct reader *reader = &work->searcher->reader;
    struct xc_document *document = NULL;
    struct xc_error cause = {0};
    struct xc_bytes id = {0};
    enum xc_status status = xc_database_known_document(&document, reader->database, hit->docid, &cause);
    if (!status) status = xc_document_value(&id, document, SLOT_ID, &cause);
    enum status result = reader_failure(work->error, status, &cause, reader->path);
    if (!result && !work_keep(work, &hit->id, (struct span){id.data, id.length})) result = work_out_of_memory(work);
    xc_document_free(document);
    return result;
}

/* The names of one value, canonical as they are shown. */
static enum status fill_names(struct work *work, struct hit_names *out, struct xc_document *document,
                              enum schema_slot slot)
{
    struct xc_error cause = {0};
    struct xc_bytes bytes = {0};
    enum xc_status status = xc_document_value(&bytes, document, slot, &cause);
    if (status) return reader_failure(work->error, status, &cause, work->searcher->reader.path);
    struct span value, rest, name;
    if (!bytes.length) return OK;
    if (!work_keep(work, &value, (struct span){bytes.data, bytes.length})) return work_out_of_memory(work);
    size_t count = 0;
    for (rest = value; value_names_next(&name, &rest);) count++;
    struct span *names = arena_take(work->arena, (count + 1) * sizeof *names);
    if (!names) return work_out_of_memory(work);
    count = 0;
    for (rest = value; value_names_next(&name, &rest);) names[count++] = name;
    *out = (struct hit_names){names, count};
    return OK;
}

static enum status fill_hit(struct work *work, struct hit *hit, struct highlighter *highlighter)
{
    const struct search_request *request = work->request;
    struct record record;
    struct xc_document *document;
    phases_enter(&work->searcher->phases, PHASE_RECORDS);
    if (!request->documents) return work_fill_id(work, hit);
    enum status status = reader_record(&record, &document, &work->searcher->reader, hit->docid, work->error);
    if (status) return status;
    for (size_t i = 0; !status && i < RECORD_FIELDS_MAX; i++)
        if (record.field[i].length && !work_keep(work, &hit->field[i], record.field[i]))
            status = work_out_of_memory(work);
    hit->id = hit->field[RECORD_ID];
    for (int type = 1; !status && type < NAME_TYPES; type++)
        status = fill_names(work, &hit->names[type], document, name_places[type].slot);
    if (!status && request->snippet_bytes) {
        struct snippet snippet;
        struct snippet_options options = {
            .max_bytes = request->snippet_bytes, .max_fragments = request->fragments, .title = record.title_range};
        phases_enter(&work->searcher->phases, PHASE_SNIPPETS);
        status = name_marks(&options.mentions, &options.mention_count, work->arena, &record,
                            highlighter_evidence(highlighter), false);
        if (!status)
            status = snippet_best(&snippet, work->searcher->analyser, highlighter, record.text,
                                  record.field[RECORD_LANGUAGE], &options);
        if (status) {
            status = work_out_of_memory(work);
        } else {
            status = keep_snippet(work, hit, &snippet);
            snippet_release(&snippet);
        }
    }
    xc_document_free(document);
    return status;
}

static struct hit hit_at(const struct work *work, size_t i)
{
    return (struct hit){.rank = work->request->offset + i + 1,
                        .score = work->result.matches[i].score,
                        .docid = work->result.matches[i].docid};
}

enum status work_collect_hits(struct work *work)
{
    size_t count = work->result.count;
    struct hit *hits = arena_take(work->arena, (count + 1) * sizeof *hits);
    struct highlighter *highlighter = NULL;
    if (!hits || highlighter_new(&highlighter, &work->plan.evidence)) return work_out_of_memory(work);
    enum status status = OK;
    for (size_t i = 0; !status && i < count; i++) {
        hits[i] = hit_at(work, i);
        status = fill_hit(work, &hits[i], highlighter);
    }
    highlighter_free(highlighter);
    work->response->hits = hits;
    work->response->hit_count = count;
    return status;
}

/* Fills a hit whose match is of an older state of the index: the document may have changed, or gone (NOT_FOUND). */
static enum status fill_late(struct work *work, struct hit *hit, struct highlighter *highlighter)
{
    struct reader *reader = &work->searcher->reader;
    enum { TRIES = 4 }; /* as search_run */
    char uuid[sizeof reader->uuid];
    memcpy(uuid, reader->uuid, sizeof uuid);
    enum status status = fill_hit(work, hit, highlighter);
    for (int i = 0; status == CHANGED && i < TRIES; i++) {
        status = reader_refresh(reader, work->error);
        if (!status && memcmp(uuid, reader->uuid, sizeof uuid) != 0)
            return fail(work->error, CHANGED, "index '%s' was replaced while its hits were written (try again)",
                        reader->path);
        if (!status) status = fill_hit(work, hit, highlighter);
    }
    return status;
}

enum status work_stream_hits(struct work *work)
{
    struct arena arena, *kept = work->arena;
    struct highlighter *highlighter = NULL;
    if (highlighter_new(&highlighter, &work->plan.evidence)) return work_out_of_memory(work);
    arena_init(&arena, HIT_BYTES_MAX);
    work->arena = &arena;
    enum status status = OK;
    bool more = true;
    for (size_t i = 0; !status && more && i < work->result.count; i++) {
        struct hit hit = hit_at(work, i);
        arena_reset(&arena);
        status = fill_late(work, &hit, highlighter);
        if (status == NOT_FOUND)
            status = OK;
        else if (!status)
            more = work->each(work->context, &hit);
    }
    work->arena = kept;
    arena_release(&arena);
    highlighter_free(highlighter);
    return status;
}
