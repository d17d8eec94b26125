/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/formats/office.h"

#include "corpus/formats/stamp.h"

#include <string.h>

void prose_break(struct prose *prose, int breaks)
{
    if (!breaks) return;
    if (prose->breaks < breaks) prose->breaks = breaks;
    prose->tab = false;
}

void prose_tab(struct prose *prose)
{
    prose->tab = true;
}

enum status prose_put(struct prose *prose, struct span text)
{
    struct buffer *out = prose->out;
    enum status status = OK;
    if (!text.length) return OK;
    for (; prose->breaks > 0 && !status; prose->breaks--)
        if (out->length) status = buffer_append_byte(out, '\n');
    if (!status && prose->tab && out->length && out->data[out->length - 1] != '\n')
        status = buffer_append_byte(out, '\t');
    prose->breaks = 0;
    prose->tab = false;
    return status ? status : buffer_append_span(out, text);
}

/* ---- metadata ---- */

static const struct {
    const char *element;
    enum document_field field;
    bool stamp; /* the date of making */
} rows[] = {
    {"title", FIELD_TITLE, false},         {"creator", FIELD_AUTHOR, false},     {"initial-creator", FIELD_AUTHOR, false},
    {"language", FIELD_LANGUAGE, false},   {"publisher", FIELD_SOURCE, false},   {"Company", FIELD_SOURCE, false},
    {"created", FIELD_DATE, true},         {"creation-date", FIELD_DATE, true},  {"date", FIELD_DATE, false},
};

struct metadata {
    struct document *document;
    bool dated;
    int row; /* of the element open, -1 for none */
    struct buffer value;
};

static enum status metadata_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct metadata *metadata = context;
    metadata->row = -1;
    buffer_clear(&metadata->value);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(name, rows[i].element) == 0) metadata->row = (int)i;
    if (metadata->row >= 0 && strcmp(name, "date") == 0) {
        struct span event = xml_attribute(attributes, "event");
        if (!metadata->dated || (event.length && !span_equal(event, SPAN("publication")))) metadata->row = -1;
    }
    return OK;
}

static enum status metadata_text(void *context, struct span text)
{
    struct metadata *metadata = context;
    if (metadata->row < 0) return OK;
    enum status status = buffer_append_span(&metadata->value, text);
    return status == LIMIT ? OK : status;
}

static enum status metadata_end(void *context, const char *name)
{
    struct metadata *metadata = context;
    (void)name;
    if (metadata->row < 0) return OK;
    enum document_field field = rows[metadata->row].field;
    struct span value = span_trim(buffer_span(&metadata->value));
    bool stamp = rows[metadata->row].stamp;
    metadata->row = -1;
    struct buffer *set = &metadata->document->field[field];
    if (field == FIELD_AUTHOR && set->length && value.length && set->length + value.length + 2 < DOCUMENT_FIELD_MAX &&
        !span_equal(buffer_span(set), value)) {
        enum status status = buffer_append_string(set, "; ");
        return status ? status : buffer_append_span(set, value);
    }
    if (set->length) return OK; /* the first one counts */
    return stamp ? stamp_state(metadata->document, value)
                 : document_state(metadata->document, field, value, WHY_METADATA);
}

enum status office_metadata(struct document *document, struct span part, bool dated)
{
    struct metadata metadata = {.document = document, .dated = dated, .row = -1};
    struct xml_handler handler = {metadata_start, metadata_end, metadata_text, &metadata};
    buffer_init(&metadata.value, DOCUMENT_FIELD_MAX);
    enum status status = part.length ? xml_read(&handler, part, NULL) : OK;
    buffer_release(&metadata.value);
    return status == NO_MEMORY ? status : OK;
}

enum status office_xml(struct read_job *job, const struct xml_handler *handler, struct span part)
{
    const char *why = NULL;
    enum status status = xml_read(handler, part, &why);
    if (status == INVALID || (status == LIMIT && why))
        return fail(job->error, status, "'%s' is a broken document: %s", job->file->path, why ? why : "broken XML");
    return status ? job_failed(job, status) : OK;
}

enum status office_deliver(struct read_job *job, struct buffer *text, struct span metadata, struct range title)
{
    struct document *document = &job->document;
    enum status status = job_begin(job);
    if (status) return status;
    status = office_metadata(document, metadata, false);
    if (!status) status = document_set_text(document, buffer_span(text));
    if (!status && !document_get(document, FIELD_TITLE).length && title.end > title.start) {
        struct span words = span_cut(buffer_span(text), title.start, title.end);
        status = document_state(document, FIELD_TITLE, words, WHY_HEADING);
        bool same = span_equal(buffer_span(text), buffer_span(&document->text));
        if (!status && same && document_get(document, FIELD_TITLE).length) document->title_range = title;
    }
    return status ? job_failed(job, status) : job_deliver(job, 1);
}
