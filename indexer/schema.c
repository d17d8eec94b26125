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
    TAG_WHERE = 34,
    TAG_NAMES = 35, /* beside the line: record_hash leaves out both in one piece */
    TITLE_GAP = 2   /* bytes between a title from elsewhere and the text, in the places of mentions */
};

const struct name_place name_places[NAME_TYPES] = {
    [NAME_PERSON] = {PREFIX_PERSON, "person", SLOT_PERSON},
    [NAME_ORGANIZATION] = {PREFIX_ORGANIZATION, "organization", SLOT_ORGANIZATION},
    [NAME_PLACE] = {PREFIX_PLACE, "place", SLOT_PLACE},
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
    if (!status && record->names.length) status = append_item(out, TAG_NAMES, record->names);
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
    } else if (tag == TAG_NAMES) {
        record->names = value;
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

/* Where the line and the names of an encoded record stand, one behind the other; an empty range when it has none. */
static bool find_passing(struct range *out, struct span data)
{
    *out = (struct range){0, 0};
    if (!data.length || data.data[0] != RECORD_VERSION) return false;
    struct span rest = {data.data + 1, data.length - 1};
    for (;;) {
        size_t start = (size_t)(rest.data - data.data);
        uint64_t tag;
        struct span value;
        if (!varint_read(&rest, &tag)) return false;
        if (!tag) return true;
        if (!varint_read_span(&rest, &value)) return false;
        if (tag != TAG_WHERE && tag != TAG_NAMES) continue;
        if (out->end && out->end != start) return false;
        if (!out->end) out->start = start;
        out->end = (size_t)(rest.data - data.data);
    }
}

enum status record_hash(char out[HASH_BYTES], struct span data)
{
    struct range passing;
    if (!find_passing(&passing, data)) return DAMAGED;
    char parts[2 * HASH_BYTES];
    schema_hash(parts, span_cut(data, 0, passing.start));
    schema_hash(parts + HASH_BYTES, span_cut(data, passing.end, data.length));
    schema_hash(out, (struct span){parts, sizeof parts});
    return OK;
}

/* ---- names ---- */

void names_walk_start(struct names_walk *walk, const struct record *record)
{
    bool elsewhere = !record->title_range.end;
    *walk = (struct names_walk){record->names, elsewhere ? record->field[RECORD_TITLE].length : 0, record->text.length};
}

/* Takes one byte off the front. */
static bool read_byte(struct span *rest, unsigned *byte)
{
    if (!rest->length) return false;
    *byte = (unsigned char)rest->data[0];
    *rest = span_cut(*rest, 1, rest->length);
    return true;
}

enum status record_names_next(struct record_name *out, struct names_walk *walk)
{
    struct span rest = walk->rest;
    struct record_name name = {.title = walk->title, .text = walk->text};
    unsigned type, why;
    if (!rest.length) return NOT_FOUND;
    if (!read_byte(&rest, &type) || type < NAME_PERSON || type >= NAME_TYPES || !varint_read_span(&rest, &name.name) ||
        !name.name.length || !varint_read(&rest, &name.mentions) || !name.mentions)
        return DAMAGED;
    name.type = (enum name_type)type;
    name.left = name.mentions;
    name.encoded = rest;
    for (uint64_t i = 0, number; i < name.mentions; i++)
        if (!varint_read(&rest, &number) || !varint_read(&rest, &number) || !read_byte(&rest, &why)) return DAMAGED;
    name.encoded.length -= rest.length;
    walk->rest = rest;
    *out = name;
    return OK;
}

enum status record_mentions_next(struct record_mention *out, struct record_name *name)
{
    uint64_t gap, length;
    unsigned why;
    if (!name->left) return NOT_FOUND;
    if (!varint_read(&name->encoded, &gap) || !varint_read(&name->encoded, &length) || !read_byte(&name->encoded, &why))
        return DAMAGED;
    size_t before = name->title ? name->title + TITLE_GAP : 0;
    if (gap > before + name->text - name->at) return DAMAGED;
    size_t start = name->at + (size_t)gap;
    bool in_title = start < before;
    size_t base = in_title ? 0 : before, whole = in_title ? name->title : name->text;
    if (start - base > whole || length > whole - (start - base)) return DAMAGED;
    name->at = start;
    name->left--;
    *out = (struct record_mention){start - base, start - base + (size_t)length, in_title, why};
    return OK;
}

enum status schema_names_folder(struct buffer *out, struct span index)
{
    while (index.length > 1 && index.data[index.length - 1] == '/') index.length--;
    enum status status = buffer_append_span(out, index);
    return status ? status : buffer_append_string(out, ".names");
}

size_t mention_place(size_t title, size_t start, bool in_title)
{
    return in_title || !title ? start : start + title + TITLE_GAP;
}

bool value_names_next(struct span *name, struct span *rest)
{
    return varint_read_span(rest, name);
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
