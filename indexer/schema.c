/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/schema.h"

#include "indexer/varint.h"

#include <string.h>
#include <xxhash.h>

enum {
    RECORD_VERSION = 1,
    TAG_FIELD = 1, /* + enum document_field */
    TAG_TITLE_RANGE = 32,
    TAG_WHY = 33,
    TAG_WHERE = 34
};

static enum status append_item(struct buffer *out, unsigned tag, struct span value)
{
    char head[2 * VARINT_BYTES_MAX];
    size_t n = varint_write(head, tag);
    n += varint_write(head + n, value.length);
    enum status status = buffer_append(out, head, n);
    return status ? status : buffer_append_span(out, value);
}

static enum status append_numbers(struct buffer *out, unsigned tag, const uint64_t *numbers, size_t count)
{
    char bytes[2 * VARINT_BYTES_MAX];
    size_t n = 0;
    for (size_t i = 0; i < count; i++) n += varint_write(bytes + n, numbers[i]);
    return append_item(out, tag, (struct span){bytes, n});
}

enum status record_encode(struct buffer *out, const struct record *record)
{
    enum status status = buffer_append_byte(out, RECORD_VERSION);
    for (unsigned i = 0; !status && i < RECORD_FIELDS_MAX; i++)
        if (record->field[i].length) status = append_item(out, TAG_FIELD + i, record->field[i]);
    if (!status && record->title_range.end)
        status =
            append_numbers(out, TAG_TITLE_RANGE, (uint64_t[]){record->title_range.start, record->title_range.end}, 2);
    if (!status) status = append_numbers(out, TAG_WHY, (uint64_t[]){record->title_why, record->date_why}, 2);
    if (!status) status = append_numbers(out, TAG_WHERE, &record->where, 1);
    if (!status) status = buffer_append_byte(out, 0);
    return status ? status : buffer_append_span(out, record->text);
}

static bool decode_numbers(struct span value, uint64_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!varint_read(&value, &numbers[i])) return false;
    return value.length == 0;
}

static bool decode_item(struct record *record, uint64_t tag, struct span value)
{
    uint64_t numbers[2];
    if (tag >= TAG_FIELD && tag < TAG_FIELD + RECORD_FIELDS_MAX) {
        record->field[tag - TAG_FIELD] = value;
    } else if (tag == TAG_TITLE_RANGE) {
        if (!decode_numbers(value, numbers, 2)) return false;
        record->title_range = (struct range){numbers[0], numbers[1]};
    } else if (tag == TAG_WHY) {
        if (!decode_numbers(value, numbers, 2)) return false;
        record->title_why = (unsigned)numbers[0];
        record->date_why = (unsigned)numbers[1];
    } else if (tag == TAG_WHERE) {
        if (!decode_numbers(value, numbers, 1)) return false;
        record->where = numbers[0];
    }
    return true; /* a tag of a later version is passed over */
}

enum status record_decode(struct record *out, struct span data)
{
    struct record record = {0};
    if (!data.length || data.data[0] != RECORD_VERSION) return DAMAGED;
    struct span rest = {data.data + 1, data.length - 1};
    for (;;) {
        uint64_t tag;
        struct span value;
        if (!varint_read(&rest, &tag)) return DAMAGED;
        if (!tag) break;
        if (!varint_read_span(&rest, &value) || !decode_item(&record, tag, value)) return DAMAGED;
    }
    record.text = rest;
    if (record.title_range.start > record.title_range.end || record.title_range.end > rest.length) return DAMAGED;
    *out = record;
    return OK;
}

void schema_hash(char out[HASH_BYTES], struct span data)
{
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(data.data ? data.data : "", data.length));
    memcpy(out, canonical.digest, HASH_BYTES);
}

/* Where the line of an encoded record stands, an empty range when it has none. */
static bool find_where(struct range *out, struct span data)
{
    *out = (struct range){0, 0};
    if (!data.length || data.data[0] != RECORD_VERSION) return false;
    struct span rest = {data.data + 1, data.length - 1};
    for (;;) {
        const char *start = rest.data;
        uint64_t tag;
        struct span value;
        if (!varint_read(&rest, &tag)) return false;
        if (!tag) return true;
        if (!varint_read_span(&rest, &value)) return false;
        if (tag == TAG_WHERE) *out = (struct range){(size_t)(start - data.data), (size_t)(rest.data - data.data)};
    }
}

enum status record_hash(char out[HASH_BYTES], struct span data)
{
    struct range where;
    if (!find_where(&where, data)) return DAMAGED;
    char parts[2 * HASH_BYTES];
    schema_hash(parts, span_cut(data, 0, where.start));
    schema_hash(parts + HASH_BYTES, span_cut(data, where.end, data.length));
    schema_hash(out, (struct span){parts, sizeof parts});
    return OK;
}

enum status schema_term(struct buffer *out, const char *prefix, struct span value)
{
    size_t before = out->length;
    enum status status = buffer_append_string(out, prefix);
    size_t size = strlen(prefix), cut = 0;
    const size_t digest = 1 + 2 * HASH_BYTES;
    size_t fits = value.length;
    for (size_t i = 0; i < value.length; i++) {
        size += value.data[i] ? 1 : 2;
        if (size <= TERM_BYTES_MAX - digest) cut = i + 1;
        if (size > TERM_BYTES_MAX) {
            fits = utf8_floor(value, cut);
            break;
        }
    }
    if (!status) status = buffer_append(out, value.data, fits);
    if (!status && fits < value.length) {
        char hash[HASH_BYTES];
        schema_hash(hash, value);
        status = buffer_append_byte(out, '#');
        for (int i = 0; !status && i < HASH_BYTES; i++) status = buffer_printf(out, "%02x", (unsigned char)hash[i]);
    }
    if (status) {
        out->length = before;
        if (out->data) out->data[before] = '\0';
    }
    return status;
}
