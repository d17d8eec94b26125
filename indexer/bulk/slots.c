/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/bulk/slots.h"

#include "indexer/bulk/pack.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    CHUNK = 2000,          /* bytes after which a chunk of values is closed, as libxapian does */
    FILE_ROOM = 64 * 1024, /* bytes written or read at a time */
    VALUE_MAX = 1 << 30
};

struct slot {
    FILE *file; /* U(document less the one before) S(value), again and again */
    char *path;
    uint32_t last;
    uint64_t count;
    struct buffer low, high;
};

struct slots {
    const char *folder;
    struct slot slot[SLOTS_MAX];
    struct buffer key, tag, value;
};

enum status slots_new(struct slots **out, const char *folder, struct error *error)
{
    struct slots *slots = calloc(1, sizeof *slots);
    if (!slots) return fail(error, NO_MEMORY, "out of memory");
    slots->folder = folder;
    buffer_init(&slots->key, 2 * PACK_KEY_MAX);
    buffer_init(&slots->tag, SIZE_MAX / 2);
    buffer_init(&slots->value, VALUE_MAX);
    *out = slots;
    return OK;
}

void slots_free(struct slots *slots)
{
    if (!slots) return;
    for (int i = 0; i < SLOTS_MAX; i++) {
        struct slot *slot = &slots->slot[i];
        if (slot->file) fclose(slot->file);
        if (slot->path) unlink(slot->path);
        free(slot->path);
        buffer_release(&slot->low);
        buffer_release(&slot->high);
    }
    buffer_release(&slots->key);
    buffer_release(&slots->tag);
    buffer_release(&slots->value);
    free(slots);
}

static enum status failure(const struct slot *slot, struct error *error)
{
    return fail(error, IO, "cannot write '%s': %s", slot->path, strerror(errno ? errno : EIO));
}

static enum status open_slot(struct slots *slots, struct slot *slot, struct error *error)
{
    if (asprintf(&slot->path, "%s/slot.%td", slots->folder, slot - slots->slot) < 0) {
        slot->path = NULL;
        return fail(error, NO_MEMORY, "out of memory");
    }
    buffer_init(&slot->low, VALUE_MAX);
    buffer_init(&slot->high, VALUE_MAX);
    slot->file = fopen(slot->path, "w+xe");
    if (!slot->file) return failure(slot, error);
    setvbuf(slot->file, NULL, _IOFBF, FILE_ROOM);
    return OK;
}

static enum status keep(struct buffer *out, struct span value, struct error *error)
{
    buffer_clear(out);
    enum status status = buffer_append_span(out, value);
    return status ? fail(error, status, "out of memory for a value") : OK;
}

enum status slots_add(struct slots *slots, unsigned number, uint32_t docid, struct span value, struct error *error)
{
    if (number >= SLOTS_MAX) return fail(error, LIMIT, "value slot %u is past the last", number);
    struct slot *slot = &slots->slot[number];
    enum status status = slot->file ? OK : open_slot(slots, slot, error);
    if (status) return status;
    if (!slot->count || span_compare(value, buffer_span(&slot->low)) < 0) status = keep(&slot->low, value, error);
    if (!status && (!slot->count || span_compare(value, buffer_span(&slot->high)) > 0))
        status = keep(&slot->high, value, error);
    if (status) return status;
    unsigned char head[2 * PACK_NUMBER_BYTES];
    size_t length = pack_number_at(head, docid - slot->last);
    length += pack_number_at(head + length, value.length);
    fwrite(head, 1, length, slot->file);
    if (fwrite(value.data, 1, value.length, slot->file) != value.length) return failure(slot, error);
    slot->last = docid;
    slot->count++;
    return OK;
}

/* ---- writing ---- */

/* Slots in the order of their keys' bytes. */
static int compare_keys(const void *a, const void *b)
{
    unsigned char x[PACK_NUMBER_BYTES], y[PACK_NUMBER_BYTES];
    size_t left = pack_number_at(x, *(const unsigned *)a), right = pack_number_at(y, *(const unsigned *)b);
    return span_compare((struct span){(const char *)x, left}, (struct span){(const char *)y, right});
}

/* U(documents) S(lowest value) and the highest, left out when it is the same. The number of a slot in such a key is its
 * one byte, or none for slot 0. */
static enum status write_statistics(struct slots *slots, unsigned number, struct btree *postlist, struct error *error)
{
    const struct slot *slot = &slots->slot[number];
    const char key[] = {'\0', '\xd0', (char)number};
    struct span low = buffer_span(&slot->low), high = buffer_span(&slot->high);
    buffer_clear(&slots->tag);
    enum status status = pack_number(&slots->tag, slot->count);
    if (!status) status = pack_string(&slots->tag, low);
    if (!status && !span_equal(low, high)) status = buffer_append_span(&slots->tag, high);
    if (status) return fail(error, status, "out of memory for a value");
    return btree_add(postlist, (struct span){key, number ? 3 : 2}, buffer_span(&slots->tag), error);
}

static bool read_number(uint64_t *out, FILE *file)
{
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        int byte = getc_unlocked(file);
        if (byte == EOF) return false;
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte >= 0x80) continue;
        *out = number;
        return true;
    }
    return false;
}

static bool read_value(struct buffer *out, uint64_t *gap, FILE *file)
{
    uint64_t length;
    buffer_clear(out);
    if (!read_number(gap, file) || !read_number(&length, file) || buffer_reserve(out, (size_t)length)) return false;
    out->length = fread(out->data, 1, (size_t)length, file);
    return out->length == length;
}

static enum status begin_chunk(struct slots *slots, unsigned number, uint32_t first)
{
    buffer_clear(&slots->key);
    buffer_clear(&slots->tag);
    enum status status = buffer_append(&slots->key, "\0\xd8", 2);
    if (!status) status = pack_number(&slots->key, number);
    return status ? status : pack_docid(&slots->key, first);
}

static enum status write_values(struct slots *slots, unsigned number, struct btree *postlist, struct error *error)
{
    struct slot *slot = &slots->slot[number];
    uint64_t gap;
    uint32_t docid = 0;
    enum status status = OK;
    rewind(slot->file);
    for (uint64_t i = 0; !status && i < slot->count; i++) {
        if (!read_value(&slots->value, &gap, slot->file))
            return fail(error, IO, "cannot read '%s': %s", slot->path, strerror(errno));
        docid += (uint32_t)gap;
        status = slots->tag.length ? pack_number(&slots->tag, gap - 1) : begin_chunk(slots, number, docid);
        if (!status) status = pack_string(&slots->tag, buffer_span(&slots->value));
        if (status) return fail(error, status, "out of memory for values");
        if (slots->tag.length < CHUNK && i + 1 < slot->count) continue;
        status = btree_add(postlist, buffer_span(&slots->key), buffer_span(&slots->tag), error);
        buffer_clear(&slots->tag);
    }
    return status;
}

enum status slots_write(struct slots *slots, struct btree *postlist, struct error *error)
{
    unsigned order[SLOTS_MAX];
    size_t count = 0;
    enum status status = OK;
    for (unsigned i = 0; i < SLOTS_MAX; i++) {
        if (!slots->slot[i].count) continue;
        if (fflush(slots->slot[i].file)) return failure(&slots->slot[i], error);
        order[count++] = i;
    }
    for (size_t i = 0; !status && i < count; i++) status = write_statistics(slots, order[i], postlist, error);
    buffer_clear(&slots->tag);
    if (count) qsort(order, count, sizeof *order, compare_keys);
    for (size_t i = 0; !status && i < count; i++) status = write_values(slots, order[i], postlist, error);
    return status;
}
