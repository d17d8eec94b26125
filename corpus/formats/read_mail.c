/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A message in a file (RFC 5322, MIME), and a mailbox of many (mbox). A Maildir is a folder of such files. */
#include "corpus/formats/container.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/mail.h"
#include "corpus/isolate/limits.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static GMimeParser *parser_for(struct read_job *job, GMimeFormat format)
{
    lseek(job->fd, 0, SEEK_SET);
    GMimeStream *stream = g_mime_stream_fs_new(job->fd);
    g_mime_stream_fs_set_owner((GMimeStreamFs *)stream, FALSE);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    g_mime_parser_set_format(parser, format);
    g_mime_parser_set_persist_stream(parser, TRUE);
    g_object_unref(stream);
    return parser;
}

enum status read_email(struct read_job *job)
{
    bool wanted = true;
    enum status status = OK;
    char head[5];
    bool from = pread(job->fd, head, sizeof head, 0) == (ssize_t)sizeof head && memcmp(head, "From ", 5) == 0;
    if (job->file->size > LIMIT_WRITTEN)
        return fail(job->error, LIMIT, "'%s' has more than %d MB", job->file->path, (int)(LIMIT_WRITTEN >> 20));
    status = container_begin(job, "the message", &wanted);
    if (status) return status;
    GMimeParser *parser = parser_for(job, from ? GMIME_FORMAT_MBOX : GMIME_FORMAT_MESSAGE);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    if (!message)
        status = fail(job->error, INVALID, "'%s' is not a message", job->file->path);
    else
        status = mail_deliver(job, message, span_of(job->file->relative), job->member ? job->member : 1, wanted);
    if (message) g_object_unref(message);
    g_object_unref(parser);
    return status;
}

/* "box.mbox/1234@example.org": the message's own id, else its number. */
static enum status message_id(struct buffer *out, const struct read_job *job, GMimeMessage *message, uint64_t number)
{
    const char *stated = g_mime_message_get_message_id(message);
    struct buffer safe;
    buffer_init(&safe, CONTAINER_NAME_MAX + 1);
    buffer_clear(out);
    enum status status = buffer_append_string(out, job->file->relative);
    if (!status) status = buffer_append_byte(out, '/');
    if (!status && stated && strlen(stated) < 500 && container_name(&safe, span_of(stated)))
        status = buffer_append_span(out, buffer_span(&safe));
    else if (!status)
        status = buffer_printf(out, "%llu", (unsigned long long)number);
    buffer_release(&safe);
    return status;
}

enum status read_mbox(struct read_job *job)
{
    struct buffer id;
    buffer_init(&id, DOCUMENT_FIELD_MAX + CONTAINER_NAME_MAX);
    GMimeParser *parser = parser_for(job, GMIME_FORMAT_MBOX);
    enum status status = OK;
    uint64_t number = 0, broken = 0;
    while (!status && !g_mime_parser_eos(parser)) {
        char name[40];
        bool wanted = true;
        snprintf(name, sizeof name, "message %llu", (unsigned long long)++number);
        status = container_begin(job, name, &wanted);
        if (status) break;
        GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
        if (!message) {
            if (g_mime_parser_eos(parser) || ++broken > 100) break;
            if (wanted) status = container_skip(job, name, "it is not a message");
            continue;
        }
        if (wanted) {
            status = message_id(&id, job, message, number);
            status = status ? job_failed(job, status)
                            : mail_deliver(job, message, buffer_span(&id), job->member ? job->member : number, true);
        }
        g_object_unref(message);
    }
    if (!status && number <= broken) status = fail(job->error, INVALID, "'%s' holds no message", job->file->path);
    g_object_unref(parser);
    buffer_release(&id);
    return status;
}
