/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/formats/mail.h"

#include "corpus/charset.h"
#include "corpus/formats/container.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/html_text.h"
#include "corpus/formats/html_tree.h"
#include "corpus/isolate/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void mail_prepare(void)
{
    static bool done;
    if (!done) g_mime_init();
    done = true;
}

/* What was found walking the parts of a message. */
struct parts {
    struct read_job *job;
    struct span id;
    struct buffer *text;    /* of the parts that are read in the message itself */
    GMimeObject **attached; /* borrowed from the message */
    size_t count, capacity, seen;
    const char *locked; /* why there is no text: it is encrypted */
};

/* The part's bytes, decoded from base64 and the like. */
static enum status part_bytes(struct buffer *out, GMimePart *part)
{
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    buffer_clear(out);
    if (!content) return OK;
    GByteArray *bytes = g_byte_array_new();
    GMimeStream *memory = g_mime_stream_mem_new_with_byte_array(bytes); /* the stream owns the bytes */
    g_mime_data_wrapper_write_to_stream(content, memory);
    enum status status = buffer_append(out, (const char *)bytes->data, bytes->len);
    g_object_unref(memory);
    return status;
}

static enum status append_html(struct read_job *job, struct buffer *out, struct span page)
{
    xmlDocPtr tree;
    struct html_text found;
    (void)job;
    enum status status = html_parse(&tree, page);
    if (status) return status == NO_MEMORY ? status : OK;
    status = html_text_extract(&found, out, tree);
    xmlFreeDoc(tree);
    return status;
}

/* Appends a text part to [out]. */
static enum status append_text(struct parts *parts, struct buffer *out, GMimePart *part)
{
    struct buffer bytes, words;
    struct span text;
    GMimeContentType *type = g_mime_object_get_content_type((GMimeObject *)part);
    const char *charset = type ? g_mime_content_type_get_parameter(type, "charset") : NULL;
    bool html = type && g_mime_content_type_is_type(type, "text", "html");
    buffer_init(&bytes, DOCUMENT_TEXT_MAX);
    buffer_init(&words, DOCUMENT_TEXT_MAX);
    enum status status = part_bytes(&bytes, part);
    if (!status && bytes.length) {
        struct span declared = charset ? span_of(charset) : html ? html_declared_charset(buffer_span(&bytes)) : SPAN("");
        enum status decoded = charset_decode(&text, buffer_span(&bytes), declared, &parts->job->decoded, NULL);
        if (decoded == NO_MEMORY || decoded == LIMIT) status = decoded;
        if (!decoded) status = html ? append_html(parts->job, &words, text) : buffer_append_span(&words, text);
    }
    struct span trimmed = span_trim(buffer_span(&words));
    if (!status && trimmed.length && out->length) status = buffer_append_string(out, "\n\n");
    if (!status) status = buffer_append_span(out, trimmed);
    buffer_release(&words);
    buffer_release(&bytes);
    return status;
}

static enum status add_attached(struct parts *parts, GMimeObject *object)
{
    if (parts->count == parts->capacity) {
        size_t capacity = parts->capacity ? parts->capacity * 2 : 16;
        GMimeObject **attached = realloc(parts->attached, capacity * sizeof *attached);
        if (!attached) return NO_MEMORY;
        parts->attached = attached;
        parts->capacity = capacity;
    }
    parts->attached[parts->count++] = object;
    return OK;
}

static enum status walk(struct parts *parts, GMimeObject *object, unsigned depth);

/* Of several forms of one text the plain one, unless it says nothing; then the last that says something. */
static enum status walk_alternatives(struct parts *parts, GMimeMultipart *multipart, unsigned depth)
{
    int count = g_mime_multipart_get_count(multipart), best = -1;
    for (int i = 0; i < count && best < 0; i++) {
        GMimeObject *object = g_mime_multipart_get_part(multipart, i);
        GMimeContentType *type = g_mime_object_get_content_type(object);
        if (!GMIME_IS_PART(object) || !type || !g_mime_content_type_is_type(type, "text", "plain")) continue;
        size_t before = parts->text->length;
        enum status status = append_text(parts, parts->text, (GMimePart *)object);
        if (status) return status;
        if (parts->text->length > before) best = i;
    }
    for (int i = count; i-- > 0;) {
        GMimeObject *object = g_mime_multipart_get_part(multipart, i);
        GMimeContentType *type = g_mime_object_get_content_type(object);
        bool text = GMIME_IS_PART(object) && type && g_mime_content_type_is_type(type, "text", "*");
        if (i == best || (text && best >= 0)) continue;
        size_t before = parts->text->length;
        struct buffer *kept = parts->text, nowhere;
        buffer_init(&nowhere, DOCUMENT_TEXT_MAX);
        if (best >= 0) parts->text = &nowhere; /* attachments within are wanted, a second text is not */
        enum status status = walk(parts, object, depth);
        parts->text = kept;
        buffer_release(&nowhere);
        if (status) return status;
        if (best < 0 && parts->text->length > before) best = i;
    }
    return OK;
}

static bool is_signature(GMimeContentType *type)
{
    static const char *const kinds[][2] = {{"application", "pgp-signature"},     {"application", "pkcs7-signature"},
                                           {"application", "x-pkcs7-signature"}, {"application", "pgp-keys"},
                                           {"text", "x-vcard"},                  {"text", "rfc822-headers"},
                                           {"message", "delivery-status"}};
    for (size_t i = 0; type && i < sizeof kinds / sizeof *kinds; i++)
        if (g_mime_content_type_is_type(type, kinds[i][0], kinds[i][1])) return true;
    return false;
}

static enum status walk(struct parts *parts, GMimeObject *object, unsigned depth)
{
    GMimeContentType *type = g_mime_object_get_content_type(object);
    if (!object || depth > MAIL_DEPTH_MAX || ++parts->seen > MAIL_PARTS_MAX) return OK;
    if (GMIME_IS_MULTIPART_ENCRYPTED(object)) {
        parts->locked = "it is encrypted";
        return OK;
    }
    if (GMIME_IS_MULTIPART(object)) {
        GMimeMultipart *multipart = (GMimeMultipart *)object;
        if (type && g_mime_content_type_is_type(type, "multipart", "alternative"))
            return walk_alternatives(parts, multipart, depth + 1);
        enum status status = OK;
        for (int i = 0; i < g_mime_multipart_get_count(multipart) && !status; i++)
            status = walk(parts, g_mime_multipart_get_part(multipart, i), depth + 1);
        return status;
    }
    if (GMIME_IS_MESSAGE_PART(object)) return add_attached(parts, object);
    if (!GMIME_IS_PART(object) || is_signature(type)) return OK;
    GMimePart *part = (GMimePart *)object;
    bool text = type && (g_mime_content_type_is_type(type, "text", "plain") ||
                         g_mime_content_type_is_type(type, "text", "html") ||
                         g_mime_content_type_is_type(type, "text", "enriched"));
    bool attached = g_mime_part_is_attachment(part) || g_mime_part_get_filename(part);
    if (type && g_mime_content_type_is_type(type, "application", "pkcs7-mime")) parts->locked = "it is encrypted";
    if (text && !attached) return append_text(parts, parts->text, part);
    /* A picture within the text is part of its looks. */
    bool picture = type && g_mime_content_type_is_type(type, "image", "*") && !g_mime_part_is_attachment(part);
    return picture ? OK : add_attached(parts, object);
}

/* ---- the document ---- */

static enum status append_header(struct buffer *out, const char *name, const char *value)
{
    if (!value || !*value) return OK;
    return buffer_printf(out, "%s: %s\n", name, value);
}

static enum status append_addresses(struct buffer *out, const char *name, InternetAddressList *list)
{
    char *value = list ? internet_address_list_to_string(list, NULL, FALSE) : NULL;
    enum status status = append_header(out, name, value);
    g_free(value);
    return status;
}

/* The sender's name, else the address; and the host of the address as the source. */
static enum status set_sender(struct document *document, GMimeMessage *message)
{
    InternetAddressList *list = g_mime_message_get_from(message);
    InternetAddress *sender = list && internet_address_list_length(list) > 0
                                  ? internet_address_list_get_address(list, 0)
                                  : NULL;
    if (!sender) return OK;
    const char *name = internet_address_get_name(sender);
    const char *address = INTERNET_ADDRESS_IS_MAILBOX(sender)
                              ? internet_address_mailbox_get_addr((InternetAddressMailbox *)sender)
                              : NULL;
    const char *at = address ? strrchr(address, '@') : NULL;
    enum status status = document_state(document, FIELD_AUTHOR, span_of(name && *name ? name : address), WHY_METADATA);
    if (!status && at) status = document_state(document, FIELD_SOURCE, span_of(at + 1), WHY_METADATA);
    return status;
}

static enum status set_headers(struct read_job *job, GMimeMessage *message, struct buffer *text)
{
    struct document *document = &job->document;
    const char *subject = g_mime_message_get_subject(message);
    GDateTime *sent = g_mime_message_get_date(message);
    enum status status = document_state(document, FIELD_TITLE, span_of(subject), WHY_MAIL);
    if (!status) status = set_sender(document, message);
    if (!status && sent) { /* the day where it was sent */
        char *day = g_date_time_format(sent, "%Y-%m-%d");
        if (day && g_date_time_get_year(sent) > 1971)
            status = document_state(document, FIELD_DATE, span_of(day), WHY_MAIL);
        g_free(day);
    }
    if (!status) status = append_addresses(text, "From", g_mime_message_get_from(message));
    if (!status) status = append_addresses(text, "To", g_mime_message_get_to(message));
    if (!status) status = append_addresses(text, "Cc", g_mime_message_get_cc(message));
    return status ? status : append_header(text, "Subject", subject);
}

/* "invoice.pdf", else a name by the number of the part. */
static enum status attachment_name(struct buffer *out, GMimeObject *object, size_t number)
{
    const char *stated = GMIME_IS_PART(object) ? g_mime_part_get_filename((GMimePart *)object) : NULL;
    const char *slash = stated ? strrchr(stated, '/') : NULL;
    char plain[48];
    snprintf(plain, sizeof plain, GMIME_IS_PART(object) ? "part-%zu" : "message-%zu.eml", number);
    if (container_name(out, span_of(slash ? slash + 1 : stated ? stated : plain))) return OK;
    return container_name(out, span_of(plain)) ? OK : NO_MEMORY;
}

static enum status write_attachment(struct read_job *job, int file, GMimeObject *object)
{
    GMimeStream *memory = g_mime_stream_mem_new();
    if (GMIME_IS_PART(object)) {
        GMimeDataWrapper *content = g_mime_part_get_content((GMimePart *)object);
        if (content) g_mime_data_wrapper_write_to_stream(content, memory);
    } else {
        GMimeMessage *inner = g_mime_message_part_get_message((GMimeMessagePart *)object);
        if (inner) g_mime_object_write_to_stream((GMimeObject *)inner, NULL, memory);
    }
    GByteArray *bytes = g_mime_stream_mem_get_byte_array((GMimeStreamMem *)memory);
    uint64_t written = 0;
    enum status status = bytes && bytes->len ? container_write(job, file, bytes->data, bytes->len, &written) : OK;
    g_object_unref(memory);
    return status;
}

static enum status read_attached(struct parts *parts)
{
    struct read_job *job = parts->job;
    struct buffer name, whole;
    buffer_init(&name, CONTAINER_NAME_MAX + 1);
    buffer_init(&whole, 2 * CONTAINER_NAME_MAX + DOCUMENT_FIELD_MAX);
    enum status status = OK;
    /* Attachments stand below the message, whose own name in a mailbox is part of its id. */
    size_t prefix = strlen(job->file->relative);
    struct span below = parts->id.length > prefix ? span_cut(parts->id, prefix + 1, parts->id.length) : SPAN("");
    for (size_t i = 0; i < parts->count && !status; i++) {
        bool wanted = true;
        status = attachment_name(&name, parts->attached[i], i + 1);
        buffer_clear(&whole);
        if (!status && below.length) status = buffer_append_span(&whole, below);
        if (!status && below.length) status = buffer_append_byte(&whole, '/');
        if (!status) status = buffer_append_span(&whole, buffer_span(&name));
        if (status) return job_failed(job, status);
        if (!below.length) status = container_begin(job, whole.data, &wanted);
        if (status || !wanted) continue;
        int file = container_file();
        if (file < 0) status = container_skip(job, whole.data, "no room for it");
        struct error why = {0}, *kept = job->error;
        job->error = &why;
        enum status written = file >= 0 ? write_attachment(job, file, parts->attached[i]) : IO;
        job->error = kept;
        struct member member = {.name = whole.data, .file = file, .parent = parts->id};
        if (file >= 0 && written)
            status = container_skip(job, whole.data, why.message);
        else if (file >= 0)
            status = container_read(job, &member);
        if (file >= 0) close(file);
    }
    buffer_release(&whole);
    buffer_release(&name);
    return status;
}

enum status mail_deliver(struct read_job *job, GMimeMessage *message, struct span id, uint64_t where,
                         bool wanted)
{
    struct buffer text, body;
    struct parts parts = {.job = job, .id = id, .text = &body};
    const struct reader *kept = job->reader;
    GMimeObject *root = g_mime_message_get_mime_part(message);
    buffer_init(&text, DOCUMENT_TEXT_MAX);
    buffer_init(&body, DOCUMENT_TEXT_MAX);
    job->reader = reader_named("email");
    enum status status = root ? walk(&parts, root, 0) : OK;
    if (!status) status = job_begin(job);
    if (!status) status = document_set_path(&job->document, FIELD_ID, id);
    if (!status) status = set_headers(job, message, &text);
    if (!status && body.length) status = buffer_append_byte(&text, '\n');
    if (!status) status = buffer_append_span(&text, buffer_span(&body));
    if (!status) status = document_set_text(&job->document, buffer_span(&text));
    if (status)
        status = job_failed(job, status);
    else if (!wanted)
        status = OK; /* given before */
    else if (parts.locked && !body.length)
        status = container_skip(job, "the message", parts.locked);
    else
        status = job_deliver(job, where);
    if (!status) status = read_attached(&parts);
    job->reader = kept;
    free(parts.attached);
    buffer_release(&body);
    buffer_release(&text);
    return status;
}
