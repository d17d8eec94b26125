/* SPDX-License-Identifier: GPL-2.0-or-later */
/* PDF through pdftotext: its text in reading order, and the title, author and date of making it states. */
#include "corpus/formats/formats.h"
#include "corpus/formats/ocr.h"
#include "corpus/formats/stamp.h"
#include "corpus/formats/tool.h"
#include "corpus/isolate/limits.h"

#include <stdio.h>
#include <string.h>

/* The value of an XML attribute or element as pdftotext writes it, its five entities resolved. */
static enum status unescape(struct buffer *out, struct span value)
{
    static const struct {
        struct span name;
        char c;
    } known[] = {{{"&lt;", 4}, '<'}, {{"&gt;", 4}, '>'}, {{"&amp;", 5}, '&'}, {{"&quot;", 6}, '"'}, {{"&apos;", 6}, '\''}};
    enum status status = OK;
    buffer_clear(out);
    for (size_t i = 0; i < value.length && !status;) {
        size_t k = 0;
        while (k < sizeof known / sizeof *known && !span_starts(span_cut(value, i, value.length), known[k].name)) k++;
        bool found = k < sizeof known / sizeof *known;
        status = buffer_append_byte(out, found ? known[k].c : value.data[i]);
        i += found ? known[k].name.length : 1;
    }
    return status;
}

static struct span between(struct span text, const char *before, const char *after)
{
    const char *start = text.length ? memmem(text.data, text.length, before, strlen(before)) : NULL;
    if (!start) return SPAN("");
    struct span rest = span_cut(text, (size_t)(start - text.data) + strlen(before), text.length);
    const char *end = rest.length ? memmem(rest.data, rest.length, after, strlen(after)) : NULL;
    return end ? span_cut(rest, 0, (size_t)(end - rest.data)) : SPAN("");
}

/* Titles that programs put in by themselves. */
static bool is_made_up(struct span title)
{
    static const char *const leads[] = {"microsoft word - ", "microsoft powerpoint - ", "untitled", "slide 1",
                                        "powerpoint presentation", "print", "document1", "无标题"};
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        size_t length = strlen(leads[i]);
        if (span_equal_fold(span_cut(title, 0, length), (struct span){leads[i], length})) return true;
    }
    const char *dot = title.length ? memrchr(title.data, '.', title.length) : NULL; /* a file's name */
    return dot && !memchr(title.data, ' ', title.length) && title.data + title.length - dot <= 5;
}

static enum status set_fields(struct read_job *job, struct span head)
{
    struct document *document = &job->document;
    struct span title = between(head, "<title>", "</title>");
    struct span author = between(head, "<meta name=\"Author\" content=\"", "\"/>");
    struct span date = between(head, "<meta name=\"CreationDate\" content=\"", "\"/>");
    enum status status = unescape(&job->decoded, title);
    if (!status && !is_made_up(span_trim(buffer_span(&job->decoded))))
        status = document_state(document, FIELD_TITLE, buffer_span(&job->decoded), WHY_METADATA);
    if (!status) status = unescape(&job->decoded, author);
    if (!status) status = document_state(document, FIELD_AUTHOR, buffer_span(&job->decoded), WHY_METADATA);
    if (!status) status = unescape(&job->decoded, date);
    return status ? status : stamp_state(document, buffer_span(&job->decoded));
}

/* Lines as they stand on the page become paragraphs: a line that fills the width and goes on is joined to the next, a
 * word parted by a hyphen at its end is one word again. */
static enum status without_page_marks(struct buffer *out, struct span text)
{
    enum status status = OK;
    for (size_t i = 0; i < text.length && !status; i++) {
        char c = text.data[i];
        if (c == '\f') c = '\n';
        bool parted = c == '-' && i && i + 2 < text.length && text.data[i + 1] == '\n' && text.data[i - 1] >= 'a' &&
                      text.data[i - 1] <= 'z' && text.data[i + 2] >= 'a' && text.data[i + 2] <= 'z';
        if (parted) {
            /* The rest of the word is brought up, and the line ends behind it. */
            size_t end = i + 2;
            while (end < text.length && text.data[end] != ' ' && text.data[end] != '\n' && text.data[end] != '\f') end++;
            status = buffer_append_span(out, span_cut(text, i + 2, end));
            if (!status) status = buffer_append_byte(out, '\n');
            i = end < text.length && text.data[end] == ' ' ? end : end - 1;
            if (end < text.length && text.data[end] == '\n') i = end;
            continue;
        }
        status = buffer_append_byte(out, c);
    }
    return status;
}

static enum status explain(struct read_job *job, int exit, struct span complaints)
{
    const char *path = job->file->path;
    struct span line = complaints;
    while (span_next_line(&complaints, &line))
        if (memmem(line.data, line.length, "ncorrect password", 17))
            return fail(job->error, UNSUPPORTED, "'%s' is encrypted: it takes a password", path);
    if (exit == 3) return fail(job->error, UNSUPPORTED, "'%s' may not be copied from, its maker says", path);
    if (exit > 128) return fail(job->error, INVALID, "'%s' is a broken PDF: pdftotext died of it", path);
    return fail(job->error, INVALID, "'%s' is a broken PDF: %.*s", path, (int)(line.length < 200 ? line.length : 200),
                line.length ? line.data : "pdftotext could not open it");
}

/* A document whose pages are pictures. */
static enum status read_pages(struct read_job *job)
{
    if (!job->options->ocr)
        return fail(job->error, UNSUPPORTED, "'%s' has no text: its pages are pictures (--ocr reads them)",
                    job->file->path);
    buffer_clear(&job->decoded);
    enum status status = ocr_pages(&job->decoded, job);
    if (status) return status;
    if (!span_trim(buffer_span(&job->decoded)).length)
        return fail(job->error, UNSUPPORTED, "'%s' has no text, and none can be read off its pages", job->file->path);
    status = document_set_text(&job->document, buffer_span(&job->decoded));
    return status ? job_failed(job, status) : job_deliver(job, 1);
}

enum status read_pdf(struct read_job *job)
{
    static const char *const arguments[] = {"-enc", "UTF-8", "-htmlmeta", "fd://0", "-", NULL};
    struct buffer complaints;
    int exit = 0;
    buffer_init(&complaints, TOOL_MESSAGE_MAX);
    buffer_clear(&job->raw);
    enum status status = tool_run(&exit, &job->raw, &complaints, TOOL_PDFTOTEXT, arguments, job->fd);
    struct span page = buffer_span(&job->raw);
    const char *start = page.length ? memmem(page.data, page.length, "<pre>\n", 6) : NULL;
    if (status == UNSUPPORTED)
        status = fail(job->error, UNSUPPORTED, "'%s' is a PDF document, and there is no pdftotext (install %s)",
                      job->file->path, tool_package(TOOL_PDFTOTEXT));
    else if (status)
        job_failed(job, status);
    else if (exit || !start)
        status = explain(job, exit, buffer_span(&complaints));
    buffer_release(&complaints);
    if (!status) status = job_begin(job);
    if (status) return status;
    struct span head = span_cut(page, 0, (size_t)(start - page.data));
    struct span text = span_cut(page, head.length + 6, page.length), end = SPAN("</pre>\n</body>\n</html>\n");
    if (text.length >= end.length && span_equal(span_cut(text, text.length - end.length, text.length), end))
        text.length -= end.length;
    status = set_fields(job, head);
    if (status) return job_failed(job, status);
    if (!span_trim(text).length) return read_pages(job);
    buffer_clear(&job->decoded);
    status = without_page_marks(&job->decoded, text);
    if (!status) status = document_set_text(&job->document, buffer_span(&job->decoded));
    return status ? job_failed(job, status) : job_deliver(job, 1);
}
