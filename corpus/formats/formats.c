/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/formats/formats.h"

#include "corpus/formats/mail.h"
#include "corpus/formats/stream.h"

#include <libxml/parser.h>
#include <magic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HEAD_BYTES = 256 * 1024 /* given to libmagic */ };

static magic_t magic; /* NULL until formats_prepare, or without a database */

static const struct {
    const char *type; /* of the table of source.h */
    enum status (*read)(struct read_job *job);
} readers[] = {
    {"html", read_html}, {"pdf", read_pdf},   {"docx", read_docx},  {"odt", read_odt},
    {"pptx", read_pptx}, {"xlsx", read_xlsx}, {"ods", read_ods},    {"epub", read_epub},
    {"rtf", read_rtf},   {"email", read_email}, {"mbox", read_mbox}, {"warc", read_warc},
    {"archive", read_archive},
};

/* libmagic's name of a type, and the reader it is for. */
static const struct {
    const char *mime, *type;
} types[] = {
    {"application/pdf", "pdf"},
    {"application/x-tar", "archive"},
    {"application/x-cpio", "archive"},
    {"application/gzip", "archive"},
    {"application/x-bzip2", "archive"},
    {"application/x-xz", "archive"},
    {"application/zstd", "archive"},
    {"application/x-lzma", "archive"},
    {"application/x-compress", "archive"},
    {"application/x-7z-compressed", "archive"},
    {"message/rfc822", "email"},
    {"application/mbox", "mbox"},
    {"application/warc", "warc"},
    {"text/rtf", "rtf"},
    {"text/html", "html"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
    {"application/vnd.oasis.opendocument.text", "odt"},
    {"application/vnd.oasis.opendocument.presentation", "odt"},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
    {"application/vnd.oasis.opendocument.spreadsheet", "ods"},
    {"application/epub+zip", "epub"},
};

void formats_prepare(void)
{
    LIBXML_TEST_VERSION
    mail_prepare();
    if (magic) return;
    magic = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR);
    if (magic && magic_load(magic, NULL)) {
        magic_close(magic);
        magic = NULL;
    }
}

static enum status read_as(struct read_job *job, const char *type)
{
    job->reader = reader_named(type);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (strcmp(readers[i].type, type) == 0) return readers[i].read(job);
    return job->reader && job->reader->read
               ? job->reader->read(job)
               : fail(job->error, UNSUPPORTED, "'%s' is of a type nobody reads", job->file->path);
}

/* Whether what is compressed in the file begins as a web archive does. */
static bool holds_warc(int fd)
{
    struct stream stream;
    bool found = stream_open(&stream, fd, SPAN("")) && stream_fill(&stream) && stream.end > 7 &&
                 memcmp(stream.data, "WARC/1.", 7) == 0;
    stream_close(&stream);
    return found;
}

/* Asks libmagic what the file is. */
static enum status read_unknown(struct read_job *job)
{
    char *head = malloc(HEAD_BYTES);
    if (!head) return job_failed(job, NO_MEMORY);
    ssize_t got = pread(job->fd, head, HEAD_BYTES, 0);
    const char *mime = magic && got > 0 ? magic_buffer(magic, head, (size_t)got) : NULL;
    enum status status;
    if (got >= 4 && memcmp(head, "PK\3\4", 4) == 0) {
        status = read_zip(job); /* its members say more than libmagic, which looks at the first few */
    } else if (got >= 2 && memcmp(head, "\x1F\x8B", 2) == 0) {
        status = read_as(job, holds_warc(job->fd) ? "warc" : "archive");
    } else if (mime && job->options->ocr && strncmp(mime, "image/", 6) == 0) {
        status = read_picture(job);
    } else {
        const char *type = NULL;
        for (size_t i = 0; mime && i < sizeof types / sizeof *types; i++)
            if (strcmp(mime, types[i].mime) == 0) type = types[i].type;
        status = type ? read_as(job, type)
                      : fail(job->error, UNSUPPORTED, "'%s' is binary data%s%s%s, not text", job->file->path,
                             mime && strcmp(mime, "application/octet-stream") != 0 ? " (" : "",
                             mime && strcmp(mime, "application/octet-stream") != 0 ? mime : "",
                             mime && strcmp(mime, "application/octet-stream") != 0 ? ")" : "");
    }
    free(head);
    return status;
}

enum status formats_read(struct source_session *session, struct read_job *job)
{
    (void)session;
    return job->reader ? read_as(job, job->reader->type) : read_unknown(job);
}
