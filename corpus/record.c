/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/record.h"

#include "corpus/keys.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* Value of a hexadecimal escape's four digits, or -1. */
static int hex4(const char *digits)
{
    int value = 0;
    for (int i = 0; i < 4; i++) {
        char c = digits[i];
        int digit = c >= '0' && c <= '9'                     ? c - '0'
                    : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                             : -1;
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* Replaces each \uD800 to \uDFFF that has no partner by \uFFFD, in place. Programs that cut strings between the halves
 * of a pair write such escapes; the parser refuses them. */
static void mend_surrogates(char *json, size_t length)
{
    for (size_t i = 0; i + 5 < length; i++) {
        if (json[i] != '\\') continue;
        if (json[i + 1] != 'u') {
            i++;
            continue;
        }
        int unit = hex4(json + i + 2);
        if (unit >= 0xD800 && unit <= 0xDBFF && i + 11 < length && json[i + 6] == '\\' && json[i + 7] == 'u') {
            int low = hex4(json + i + 8);
            if (low >= 0xDC00 && low <= 0xDFFF) {
                i += 11;
                continue;
            }
        }
        if (unit >= 0xD800 && unit <= 0xDFFF) memcpy(json + i + 2, "FFFD", 4);
        i += 5;
    }
}

/* Parses as it stands, and once more with its faults mended when it is those that the parser refused. NULL with
 * [error] filled, or with an empty error text when memory ran out. */
static json_t *parse(struct span json, json_error_t *error)
{
    size_t flags = JSON_ALLOW_NUL; /* a NUL is no reason to lose a record: it becomes a space */
    json_t *value = json_loadb(json.data, json.length, flags, error);
    if (value) return value;
    enum json_error_code code = json_error_code(error);
    if (code == json_error_numeric_overflow)
        return json_loadb(json.data, json.length, flags | JSON_DECODE_INT_AS_REAL, error);
    if (code != json_error_invalid_utf8 && code != json_error_invalid_syntax) return NULL;
    struct buffer mended;
    buffer_init(&mended, (size_t)RECORD_BYTES_MAX * 3); /* each faulty byte may become three */
    if (utf8_repair(&mended, json) == OK) {
        mend_surrogates(mended.data, mended.length);
        json_error_t second;
        value = json_loadb(mended.data, mended.length, flags, &second);
    }
    buffer_release(&mended);
    return value;
}

/* The value as bytes: strings as they are, numbers as written, lists of strings joined by [separator]. INVALID for
 * other kinds. */
static enum status value_bytes(struct buffer *out, const json_t *value, const char *separator)
{
    buffer_clear(out);
    if (json_is_string(value)) return buffer_append(out, json_string_value(value), json_string_length(value));
    if (json_is_integer(value)) return buffer_printf(out, "%lld", (long long)json_integer_value(value));
    if (json_is_real(value)) return buffer_printf(out, "%.17g", json_real_value(value));
    if (!json_is_array(value)) return INVALID;
    enum status status = OK;
    for (size_t i = 0; i < json_array_size(value) && !status; i++) {
        const json_t *item = json_array_get(value, i);
        if (!json_is_string(item)) continue;
        if (out->length) status = buffer_append_string(out, separator);
        if (!status) status = buffer_append(out, json_string_value(item), json_string_length(item));
    }
    return status;
}

static enum status set_text(struct read_job *job, const json_t *value)
{
    struct document *document = &job->document;
    if (json_is_string(value))
        return document_set_text(document, (struct span){json_string_value(value), json_string_length(value)});
    enum status status = value_bytes(&job->decoded, value, "\n\n");
    if (status == INVALID) return OK;
    return status ? status : document_set_text(document, buffer_span(&job->decoded));
}

static enum status set_fields(struct read_job *job, json_t *const *found, uint64_t where)
{
    struct document *document = &job->document;
    enum status status = OK;
    for (int field = 0; field < FIELD_COUNT && !status; field++) {
        if (!found[field]) continue;
        status = value_bytes(&job->decoded, found[field], "; ");
        if (!status) status = document_state(document, field, buffer_span(&job->decoded), WHY_STATED);
        if (status == INVALID) status = OK; /* an object or a truth value: not a field of a document */
    }
    if (!status && found[KEY_TEXT]) status = set_text(job, found[KEY_TEXT]);
    if (!status && !document_get(document, FIELD_ID).length) {
        char line[24];
        snprintf(line, sizeof line, "#%llu", (unsigned long long)where);
        struct buffer *id = &job->decoded;
        buffer_clear(id);
        status = buffer_append_string(id, job->file->relative);
        if (!status) status = buffer_append_string(id, line);
        if (!status) status = document_set_path(document, FIELD_ID, buffer_span(id));
    }
    return status;
}

/* The value of each meaning, by the highest row of keys.h that has one. */
static void find_values(json_t *object, json_t *found[KEY_COUNT])
{
    int best[KEY_COUNT];
    const char *key;
    json_t *value;
    for (int i = 0; i < KEY_COUNT; i++) found[i] = NULL;
    json_object_foreach(object, key, value)
    {
        int rank, meaning = key_meaning(span_of(key), &rank);
        if (meaning == KEY_COUNT || json_is_null(value) || (found[meaning] && best[meaning] < rank)) continue;
        found[meaning] = value;
        best[meaning] = rank;
    }
}

enum status record_read(struct read_job *job, struct span json, uint64_t where)
{
    json_error_t error;
    json_t *object = parse(json, &error);
    if (!object && json_error_code(&error) == json_error_out_of_memory) return job_failed(job, NO_MEMORY);
    if (!object) return job_bad_record(job, where, "broken JSON at byte %d: %s", error.position, error.text);
    json_t *found[KEY_COUNT];
    enum status status;
    if (!json_is_object(object)) {
        status = job_bad_record(job, where, "not a JSON object: a record is written as {\"id\": …, \"text\": …}");
        goto out;
    }
    find_values(object, found);
    if (!found[KEY_TEXT] && !found[FIELD_TITLE]) {
        status = job_bad_record(job, where, "the record has neither \"text\" nor \"title\"");
        goto out;
    }
    status = job_begin(job);
    if (status) goto out;
    status = set_fields(job, found, where);
    if (status)
        status = job_failed(job, status);
    else
        status = job_deliver(job, where);
out:
    json_decref(object);
    return status;
}
