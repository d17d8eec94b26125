/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Postings are kept as a chain of slices for each term, each slice twice as long as the one before it: a rare term
 * takes little, and a frequent one is not copied as it grows. A full memory is written out sorted, as a run; at the end
 * the runs are merged. Documents ascend from run to run, so that a term's postings need only be joined. */
#include "indexer/bulk/runs.h"

#include "indexer/bulk/pack.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

enum {
    SLICE_FIRST = 16,  /* bytes: most terms of a run have one or two postings */
    SLICE_MOST = 4096, /* bytes */
    LINK = 4,          /* bytes at a slice's end: where the next one begins */
    SLOTS_FIRST = 1 << 16,
    RUN_ROOM = 1 << 18, /* bytes of a run read at a time */
    RUNS_MAX = 900 /* runs, each an open file: below what a process may have open; a hundred times the memory of text and more */
};

/* A term of the run in memory. */
struct entry {
    uint64_t hash;
    uint32_t term;  /* place of its bytes in the pool */
    uint32_t first; /* slice */
    uint32_t at, end;
    uint32_t last; /* document */
    uint32_t first_document, documents;
    uint64_t occurrences;
    uint16_t length; /* bytes of the term */
    uint16_t slice;  /* bytes of its last slice */
};

/* A run on disk while it is read. */
struct run {
    FILE *file;
    char *path;
    struct buffer term, postings;
    uint32_t documents, first, last;
    uint64_t occurrences;
    bool ended;
};

struct runs {
    const char *folder;
    unsigned char *pool; /* slices and terms */
    size_t pool_length, pool_capacity;
    struct entry *entries;
    size_t entry_count, entry_capacity;
    uint32_t *slots; /* number of an entry + 1; 0: free */
    size_t slot_count;
    size_t memory;
    struct run *run;
    size_t run_count;
};

static enum status no_memory(struct error *error)
{
    return fail(error, NO_MEMORY, "out of memory for the postings (give less to --memory)");
}

static enum status io_failure(const char *path, struct error *error)
{
    return fail(error, IO, "cannot write '%s': %s", path, strerror(errno ? errno : EIO));
}

/* ---- memory ---- */

enum status runs_new(struct runs **out, const char *folder, size_t memory, struct error *error)
{
    struct runs *runs = calloc(1, sizeof *runs);
    if (!runs) return no_memory(error);
    runs->folder = folder;
    runs->memory = memory;
    /* Of the memory three quarters are for the pool, the rest for entries and slots. The kernel gives pages as they
       are touched. */
    runs->pool_capacity = memory / 4 * 3 < UINT32_MAX ? memory / 4 * 3 : UINT32_MAX;
    runs->entry_capacity = memory / 4 / (sizeof *runs->entries + 2 * sizeof *runs->slots) + 1;
    runs->slot_count = SLOTS_FIRST;
    while (runs->slot_count < runs->entry_capacity + runs->entry_capacity / 2) runs->slot_count *= 2;
    runs->pool = malloc(runs->pool_capacity);
    runs->entries = malloc(runs->entry_capacity * sizeof *runs->entries);
    runs->slots = calloc(runs->slot_count, sizeof *runs->slots);
    runs->run = calloc(RUNS_MAX, sizeof *runs->run);
    if (!runs->pool || !runs->entries || !runs->slots || !runs->run) {
        runs_free(runs);
        return no_memory(error);
    }
    *out = runs;
    return OK;
}

static void run_release(struct run *run)
{
    if (run->file) fclose(run->file);
    if (run->path) unlink(run->path);
    free(run->path);
    buffer_release(&run->term);
    buffer_release(&run->postings);
    *run = (struct run){0};
}

void runs_free(struct runs *runs)
{
    if (!runs) return;
    for (size_t i = 0; i < runs->run_count; i++) run_release(&runs->run[i]);
    free(runs->run);
    free(runs->pool);
    free(runs->entries);
    free(runs->slots);
    free(runs);
}

static void put_link(unsigned char *at, uint32_t link)
{
    memcpy(at, &link, LINK);
}

static uint32_t get_link(const unsigned char *at)
{
    uint32_t link;
    memcpy(&link, at, LINK);
    return link;
}

static uint32_t pool_take(struct runs *runs, size_t size)
{
    uint32_t at = (uint32_t)runs->pool_length;
    runs->pool_length += size;
    return at;
}

static void write_bytes(struct runs *runs, struct entry *entry, const void *data, size_t length)
{
    const unsigned char *from = data;
    while (length) {
        size_t room = entry->end - entry->at, piece = length < room ? length : room;
        memcpy(runs->pool + entry->at, from, piece);
        entry->at += (uint32_t)piece;
        from += piece;
        length -= piece;
        if (!length) return;
        size_t size = entry->slice < SLICE_MOST ? 2u * entry->slice : SLICE_MOST;
        uint32_t next = pool_take(runs, size);
        put_link(runs->pool + entry->end, next);
        entry->at = next;
        entry->end = (uint32_t)(next + size - LINK);
        entry->slice = (uint16_t)size;
    }
}

static struct entry *find(struct runs *runs, struct span term, uint32_t docid)
{
    uint64_t hash = XXH3_64bits(term.data, term.length);
    size_t mask = runs->slot_count - 1, slot = hash & mask;
    for (; runs->slots[slot]; slot = (slot + 1) & mask) {
        struct entry *entry = &runs->entries[runs->slots[slot] - 1];
        if (entry->hash == hash && entry->length == term.length &&
            memcmp(runs->pool + entry->term, term.data, term.length) == 0)
            return entry;
    }
    struct entry *entry = &runs->entries[runs->entry_count++];
    runs->slots[slot] = (uint32_t)runs->entry_count;
    *entry = (struct entry){.hash = hash,
                            .term = pool_take(runs, term.length),
                            .length = (uint16_t)term.length,
                            .first = pool_take(runs, SLICE_FIRST),
                            .first_document = docid,
                            .slice = SLICE_FIRST};
    memcpy(runs->pool + entry->term, term.data, term.length);
    entry->at = entry->first;
    entry->end = entry->first + SLICE_FIRST - LINK;
    return entry;
}

/* ---- runs ---- */

static int compare_terms(const void *a, const void *b, void *context)
{
    const struct runs *runs = context;
    const struct entry *x = &runs->entries[*(const uint32_t *)a], *y = &runs->entries[*(const uint32_t *)b];
    return span_compare((struct span){(const char *)runs->pool + x->term, x->length},
                        (struct span){(const char *)runs->pool + y->term, y->length});
}

/* Writes a slice chain; its bytes were counted first, as the reader wants their number in front. */
static size_t chain_bytes(const struct runs *runs, const struct entry *entry)
{
    size_t bytes = 0, size = SLICE_FIRST;
    uint32_t slice = entry->first;
    while (entry->at < slice || entry->at > slice + size - LINK) {
        bytes += size - LINK;
        slice = get_link(runs->pool + slice + size - LINK);
        if (size < SLICE_MOST) size *= 2;
    }
    return bytes + (entry->at - slice);
}

static void write_chain(const struct runs *runs, const struct entry *entry, size_t bytes, FILE *file)
{
    size_t size = SLICE_FIRST;
    uint32_t slice = entry->first;
    while (bytes) {
        size_t piece = bytes < size - LINK ? bytes : size - LINK;
        fwrite(runs->pool + slice, 1, piece, file);
        bytes -= piece;
        if (!bytes) return;
        slice = get_link(runs->pool + slice + size - LINK);
        if (size < SLICE_MOST) size *= 2;
    }
}

static void write_entry(const struct runs *runs, const struct entry *entry, FILE *file)
{
    unsigned char head[6 * PACK_NUMBER_BYTES];
    size_t length = pack_number_at(head, entry->length), bytes = chain_bytes(runs, entry);
    fwrite(head, 1, length, file);
    fwrite(runs->pool + entry->term, 1, entry->length, file);
    length = pack_number_at(head, entry->documents);
    length += pack_number_at(head + length, entry->occurrences);
    length += pack_number_at(head + length, entry->first_document);
    length += pack_number_at(head + length, entry->last);
    length += pack_number_at(head + length, bytes);
    fwrite(head, 1, length, file);
    write_chain(runs, entry, bytes, file);
}

/* Writes what is in memory as a run, and empties it. */
static enum status spill(struct runs *runs, struct error *error)
{
    if (!runs->entry_count) return OK;
    if (runs->run_count == RUNS_MAX) return fail(error, LIMIT, "too much for the memory that --memory allows");
    struct run *run = &runs->run[runs->run_count];
    uint32_t *order = malloc(runs->entry_count * sizeof *order);
    if (!order || asprintf(&run->path, "%s/run.%zu", runs->folder, runs->run_count) < 0) {
        free(order);
        run->path = NULL;
        return no_memory(error);
    }
    buffer_init(&run->term, UINT16_MAX);
    buffer_init(&run->postings, SIZE_MAX / 2);
    runs->run_count++;
    for (size_t i = 0; i < runs->entry_count; i++) order[i] = (uint32_t)i;
    qsort_r(order, runs->entry_count, sizeof *order, compare_terms, runs);
    run->file = fopen(run->path, "w+xe");
    if (run->file) setvbuf(run->file, NULL, _IOFBF, RUN_ROOM);
    for (size_t i = 0; run->file && i < runs->entry_count; i++) write_entry(runs, &runs->entries[order[i]], run->file);
    free(order);
    if (!run->file || fflush(run->file) || ferror(run->file)) return io_failure(run->path, error);
    runs->entry_count = runs->pool_length = 0;
    memset(runs->slots, 0, runs->slot_count * sizeof *runs->slots);
    return OK;
}

enum status runs_add(struct runs *runs, struct span term, uint32_t docid, uint32_t wdf, struct span positions,
                     struct error *error)
{
    unsigned char head[3 * PACK_NUMBER_BYTES];
    /* A posting fills at most its bytes, the links between them, what is left of a slice, and a new term. */
    size_t most = sizeof head + positions.length + positions.length / 512 + term.length + 2 * SLICE_MOST;
    if (runs->pool_length + most > runs->pool_capacity || runs->entry_count == runs->entry_capacity) {
        enum status status = spill(runs, error);
        if (status) return status;
        if (most > runs->pool_capacity) return no_memory(error);
    }
    struct entry *entry = find(runs, term, docid);
    size_t length = pack_number_at(head, docid - entry->last);
    length += pack_number_at(head + length, wdf);
    length += pack_number_at(head + length, positions.length);
    write_bytes(runs, entry, head, length);
    write_bytes(runs, entry, positions.data, positions.length);
    entry->last = docid;
    entry->documents++;
    entry->occurrences += wdf;
    return OK;
}

/* ---- the merge ---- */

static bool read_number(uint64_t *out, FILE *file)
{
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        int byte = getc_unlocked(file);
        if (byte == EOF) return false;
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *out = number;
            return true;
        }
    }
    return false;
}

static bool read_bytes(struct buffer *out, size_t length, FILE *file)
{
    buffer_clear(out);
    if (buffer_reserve(out, length) || fread(out->data, 1, length, file) != length) return false;
    out->length = length;
    return true;
}

/* The next term of a run. False after a failure. */
static bool advance(struct run *run)
{
    uint64_t length, documents, first, last, bytes;
    int byte = getc_unlocked(run->file);
    run->ended = byte == EOF;
    if (run->ended) return !ferror(run->file);
    ungetc(byte, run->file);
    if (!read_number(&length, run->file) || length > UINT16_MAX || !read_bytes(&run->term, (size_t)length, run->file) ||
        !read_number(&documents, run->file) || !read_number(&run->occurrences, run->file) ||
        !read_number(&first, run->file) || !read_number(&last, run->file) || !read_number(&bytes, run->file) ||
        !read_bytes(&run->postings, (size_t)bytes, run->file))
        return false;
    run->documents = (uint32_t)documents;
    run->first = (uint32_t)first;
    run->last = (uint32_t)last;
    return true;
}

/* Earlier terms first, then earlier runs, whose documents come before. */
static bool comes_before(const struct run *a, const struct run *b)
{
    int order = span_compare(buffer_span(&a->term), buffer_span(&b->term));
    return order ? order < 0 : a < b;
}

static void sift(struct run **heap, size_t count, size_t at)
{
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= count) return;
        if (child + 1 < count && comes_before(heap[child + 1], heap[child])) child++;
        if (comes_before(heap[at], heap[child])) return;
        struct run *swap = heap[at];
        heap[at] = heap[child];
        heap[child] = swap;
        at = child;
    }
}

static enum status give_postings(const struct run *run, const struct runs_sink *sink)
{
    const unsigned char *at = (const unsigned char *)run->postings.data, *end = at + run->postings.length;
    struct runs_posting posting = {0};
    while (at < end) {
        posting.docid += (uint32_t)unpack_number(&at);
        posting.wdf = (uint32_t)unpack_number(&at);
        posting.positions.length = (size_t)unpack_number(&at);
        posting.positions.data = (const char *)at;
        at += posting.positions.length;
        enum status status = sink->posting(sink->context, &posting);
        if (status) return status;
    }
    return OK;
}

static enum status merge(struct runs *runs, struct run **heap, size_t count, const struct runs_sink *sink,
                         struct error *error)
{
    /* The runs that hold the term at hand leave the heap in their order. */
    struct run **same = malloc((runs->run_count + 1) * sizeof *same);
    enum status status = same ? OK : no_memory(error);
    while (!status && count) {
        size_t found = 0;
        struct runs_term term = {.term = buffer_span(&heap[0]->term), .first = heap[0]->first};
        do {
            struct run *run = same[found++] = heap[0];
            term.documents += run->documents;
            term.occurrences += run->occurrences;
            heap[0] = heap[--count];
            sift(heap, count, 0);
        } while (count && span_equal(buffer_span(&heap[0]->term), term.term));
        status = sink->term(sink->context, &term);
        for (size_t i = 0; !status && i < found; i++) status = give_postings(same[i], sink);
        for (size_t i = 0; !status && i < found; i++) {
            if (!advance(same[i])) status = fail(error, IO, "cannot read '%s': %s", same[i]->path, strerror(errno));
            if (status || same[i]->ended) continue;
            heap[count++] = same[i];
            for (size_t at = count - 1; at && comes_before(heap[at], heap[(at - 1) / 2]); at = (at - 1) / 2) {
                struct run *swap = heap[at];
                heap[at] = heap[(at - 1) / 2];
                heap[(at - 1) / 2] = swap;
            }
        }
    }
    free(same);
    return status;
}

enum status runs_walk(struct runs *runs, const struct runs_sink *sink, struct error *error)
{
    enum status status = spill(runs, error);
    if (status) return status;
    free(runs->pool);
    free(runs->entries);
    free(runs->slots);
    runs->pool = NULL;
    runs->entries = NULL;
    runs->slots = NULL;
    struct run **heap = malloc((runs->run_count + 1) * sizeof *heap);
    if (!heap) return no_memory(error);
    size_t count = 0;
    for (size_t i = 0; !status && i < runs->run_count; i++) {
        struct run *run = &runs->run[i];
        rewind(run->file);
        if (!advance(run)) status = fail(error, IO, "cannot read '%s': %s", run->path, strerror(errno));
        if (!run->ended) heap[count++] = run;
    }
    for (size_t i = count; i--;) sift(heap, count, i);
    if (!status) status = merge(runs, heap, count, sink, error);
    free(heap);
    return status;
}
