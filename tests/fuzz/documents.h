/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What holds for every document that source_read delivers, whatever the file holds. */
#ifndef TESTS_FUZZ_DOCUMENTS_H
#define TESTS_FUZZ_DOCUMENTS_H

#include "corpus/formats/formats.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void check_line(struct span value)
{
    assert(utf8_valid(value) && value.length <= DOCUMENT_FIELD_MAX);
    for (size_t i = 0; i < value.length; i++) assert((unsigned char)value.data[i] >= ' ' && value.data[i] != 0x7F);
}

static enum status check_document(void *context, const struct document *document, uint64_t where)
{
    (void)context;
    struct span text = buffer_span(&document->text), date = document_get(document, FIELD_DATE);
    struct span title = document_get(document, FIELD_TITLE);
    struct range range = document->title_range;
    assert(where >= 1);
    for (int field = 0; field < FIELD_COUNT; field++) check_line(document_get(document, (enum document_field)field));
    assert(document_get(document, FIELD_ID).length && document_get(document, FIELD_TYPE).length);
    assert(utf8_valid(text));
    for (size_t i = 0; i < text.length; i++)
        assert((unsigned char)text.data[i] >= ' ' || text.data[i] == '\n' || text.data[i] == '\t');
    assert(!date.length || (date.length == 10 && date.data[4] == '-' && date.data[7] == '-'));
    assert(!date.length == (document->date_why == WHY_NONE) && !title.length == (document->title_why == WHY_NONE));
    assert(range.start <= range.end && range.end <= text.length && (title.length || range.end == 0));
    assert(utf8_valid(span_cut(text, range.start, range.end)));
    struct buffer label;
    buffer_init(&label, DOCUMENT_FIELD_MAX);
    assert(!document_label(&label, document) && utf8_valid(buffer_span(&label)));
    buffer_release(&label);
    return OK;
}

static enum status check_bad_record(void *context, uint64_t where, const char *reason)
{
    (void)context;
    assert(where >= 1 && *reason);
    return OK;
}

/* Reads [bytes] as a file called [name]. */
static void check_file(const char *name, const uint8_t *bytes, size_t size)
{
    char path[40];
    int fd = memfd_create("input", MFD_CLOEXEC);
    assert(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct source_file file = {.path = path, .relative = name, .size = size, .named = true};
    struct source_sink sink = {.document = check_document, .bad_record = check_bad_record};
    struct error error = {0};
    struct source_session *session = source_session_new(NULL);
    assert(session);
    formats_prepare();
    source_session_read_here(session, formats_read);
    enum status status = source_read(session, &file, &sink, &error);
    source_session_free(session);
    assert(!status == !error.message[0]);
    close(fd);
}

#endif
