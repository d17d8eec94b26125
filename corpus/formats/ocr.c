/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/formats/ocr.h"

#include "corpus/formats/container.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/tool.h"
#include "corpus/isolate/limits.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PICTURE_MAX = 128 * 1024 * 1024 /* bytes of one page as a picture: A3 at 300 dpi has 17 MB in grey */ };

static const char *const read_arguments[] = {"stdin", "stdout", NULL};

static enum status missing(struct read_job *job, enum tool tool)
{
    return fail(job->error, UNSUPPORTED, "'%s' has no text but in pictures, and %s is not installed", job->file->path,
                tool_package(tool));
}

enum status ocr_picture(struct buffer *out, struct read_job *job)
{
    struct buffer complaints;
    int exit = 0;
    buffer_init(&complaints, TOOL_MESSAGE_MAX);
    enum status status = tool_run(&exit, out, &complaints, TOOL_TESSERACT, read_arguments, job->fd);
    buffer_release(&complaints);
    if (status == UNSUPPORTED) return missing(job, TOOL_TESSERACT);
    if (status) return job_failed(job, status);
    return exit ? fail(job->error, INVALID, "'%s' is not a picture that tesseract reads", job->file->path) : OK;
}

/* Draws a page. *[more] is false past the last one. */
static enum status draw(struct buffer *picture, bool *more, struct read_job *job, int page)
{
    char number[16];
    struct buffer complaints;
    int exit = 0;
    snprintf(number, sizeof number, "%d", page);
    const char *const arguments[] = {"-r", "300", "-gray", "-f", number, "-l", number, "fd://0", NULL};
    buffer_init(&complaints, TOOL_MESSAGE_MAX);
    buffer_clear(picture);
    enum status status = tool_run(&exit, picture, &complaints, TOOL_PDFTOPPM, arguments, job->fd);
    buffer_release(&complaints);
    *more = !exit && picture->length;
    if (status == UNSUPPORTED) return missing(job, TOOL_PDFTOPPM);
    return status ? job_failed(job, status) : OK;
}

enum status ocr_pages(struct buffer *out, struct read_job *job)
{
    if (!tool_exists(TOOL_TESSERACT)) return missing(job, TOOL_TESSERACT);
    struct buffer picture, complaints;
    buffer_init(&picture, PICTURE_MAX);
    enum status status = OK;
    for (int page = 1; page <= OCR_PAGES_MAX && !status; page++) {
        bool more;
        int exit = 0, file;
        status = draw(&picture, &more, job, page);
        if (status || !more) break;
        file = container_file();
        if (file < 0 || write(file, picture.data, picture.length) != (ssize_t)picture.length) {
            status = fail(job->error, IO, "'%s': no room for a page", job->file->path);
        } else {
            buffer_init(&complaints, TOOL_MESSAGE_MAX);
            status = tool_run(&exit, out, &complaints, TOOL_TESSERACT, read_arguments, file);
            buffer_release(&complaints);
            if (status) job_failed(job, status);
        }
        if (file >= 0) close(file);
        if (!status) status = buffer_append_string(out, "\n\n") ? job_failed(job, LIMIT) : OK;
    }
    buffer_release(&picture);
    return status;
}

enum status read_picture(struct read_job *job)
{
    job->reader = reader_named("picture");
    buffer_clear(&job->decoded);
    enum status status = ocr_picture(&job->decoded, job);
    if (!status && !span_trim(buffer_span(&job->decoded)).length)
        status = fail(job->error, UNSUPPORTED, "'%s' is a picture without text", job->file->path);
    if (!status) status = job_begin(job);
    if (status) return status;
    status = document_set_text(&job->document, buffer_span(&job->decoded));
    return status ? job_failed(job, status) : job_deliver(job, 1);
}
