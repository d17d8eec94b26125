/* SPDX-License-Identifier: GPL-2.0-or-later */
/* OpenDocument texts, slides and tables (OASIS ODF 1.3 part 3): content.xml, or one flat XML file. Deleted text of
 * tracked changes and annotations are left out. */
#include "corpus/formats/formats.h"
#include "corpus/formats/office.h"

#include <stdlib.h>
#include <string.h>

enum { SPACES_MAX = 64 /* in one text:s: more is a drawing made of blanks */ };

struct open_document {
    struct prose prose;
    size_t skip;
    size_t lines; /* paragraphs and headings open: only their text counts */
    size_t cells;
    bool heading; /* the paragraph at hand is one of the first level, or set as a title */
    size_t paragraph;
    struct range title;
};

static enum status open_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct open_document *open = context;
    static const char *const left_out[] = {"tracked-changes", "annotation", "settings", "styles", "automatic-styles",
                                           "master-styles", "font-face-decls", "meta", "scripts", "binary-data",
                                           "sequence-decls", "variable-decls", "forms"};
    if (open->skip) {
        open->skip++;
        return OK;
    }
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
        if (strcmp(name, left_out[i]) == 0) open->skip = 1;
    if (open->skip) return OK;
    if (strcmp(name, "p") == 0 || strcmp(name, "h") == 0) {
        if (open->lines++) {
            prose_break(&open->prose, 1); /* a note or a frame within a paragraph */
            return OK;
        }
        if (!open->prose.tab) prose_break(&open->prose, open->cells ? 1 : 2);
        struct span style = xml_attribute(attributes, "style-name"), level = xml_attribute(attributes, "outline-level");
        open->heading = span_equal(style, SPAN("Title")) ||
                        (name[0] == 'h' && (!level.length || span_equal(level, SPAN("1"))));
        open->paragraph = SIZE_MAX;
    }
    if (strcmp(name, "table-row") == 0) prose_break(&open->prose, 1);
    if (strcmp(name, "table") == 0 || strcmp(name, "page") == 0) {
        prose_break(&open->prose, 2);
        if (strcmp(name, "table") == 0 && open->lines == 0 && !open->cells) return OK;
    }
    if (strcmp(name, "table-cell") == 0) open->cells++;
    if (!open->lines) return OK;
    if (strcmp(name, "tab") == 0) return prose_put(&open->prose, SPAN("\t"));
    if (strcmp(name, "line-break") == 0) prose_break(&open->prose, 1);
    if (strcmp(name, "s") == 0) {
        static const char blanks[SPACES_MAX + 1] = "                                                                ";
        struct span stated = xml_attribute(attributes, "c");
        size_t count = 0;
        for (size_t i = 0; i < stated.length && count < SPACES_MAX; i++)
            if (stated.data[i] >= '0' && stated.data[i] <= '9') count = count * 10 + (size_t)(stated.data[i] - '0');
        if (!stated.length) count = 1;
        return prose_put(&open->prose, (struct span){blanks, count < SPACES_MAX ? count : SPACES_MAX});
    }
    return OK;
}

static enum status open_end(void *context, const char *name)
{
    struct open_document *open = context;
    if (open->skip) {
        open->skip--;
        return OK;
    }
    if ((strcmp(name, "p") == 0 || strcmp(name, "h") == 0) && open->lines) {
        open->lines--;
        if (!open->lines && open->heading && open->title.end == 0 && open->paragraph != SIZE_MAX)
            open->title = (struct range){open->paragraph, open->prose.out->length};
        prose_break(&open->prose, open->cells || open->lines ? 1 : 2);
    }
    if (strcmp(name, "table-cell") == 0 && open->cells) {
        open->cells--;
        open->prose.breaks = 0;
        prose_tab(&open->prose);
    }
    if (strcmp(name, "table-row") == 0) prose_break(&open->prose, 1);
    if (strcmp(name, "table") == 0) prose_break(&open->prose, 2);
    return OK;
}

/* White space is folded, as the standard says; blanks that count are elements. */
static enum status open_text(void *context, struct span text)
{
    struct open_document *open = context;
    enum status status = OK;
    if (open->skip || !open->lines) return OK;
    for (size_t i = 0; i < text.length && !status;) {
        size_t start = i;
        while (i < text.length && !strchr(" \t\r\n", text.data[i])) i++;
        if (i > start) {
            status = prose_put(&open->prose, span_cut(text, start, i));
            if (open->paragraph == SIZE_MAX) open->paragraph = open->prose.out->length - (i - start);
        }
        start = i;
        while (i < text.length && strchr(" \t\r\n", text.data[i])) i++;
        struct buffer *out = open->prose.out;
        bool within = open->paragraph != SIZE_MAX && !open->prose.breaks && out->length &&
                      !strchr(" \n\t", out->data[out->length - 1]);
        if (i > start && within && !status) status = buffer_append_byte(out, ' ');
    }
    return status;
}

static bool is_wanted(const char *name)
{
    return strcmp(name, "content.xml") == 0 || strcmp(name, "meta.xml") == 0 ||
           strcmp(name, "META-INF/manifest.xml") == 0;
}

static enum status read_open(struct read_job *job)
{
    struct package package = {0};
    struct buffer text;
    struct open_document open = {.prose = {.out = &text}};
    struct xml_handler handler = {open_start, open_end, open_text, &open};
    char head[4];
    buffer_init(&text, DOCUMENT_TEXT_MAX);
    bool zip = pread(job->fd, head, sizeof head, 0) == (ssize_t)sizeof head && memcmp(head, "PK\3\4", 4) == 0;
    enum status status = zip ? package_read(&package, job, is_wanted) : job_load(job);
    struct span content = zip ? package_part(&package, "content.xml") : buffer_span(&job->raw);
    struct span manifest = zip && !status ? package_part(&package, "META-INF/manifest.xml") : SPAN("");
    if (!status && manifest.length && memmem(manifest.data, manifest.length, "encryption-data", 15))
        status = fail(job->error, UNSUPPORTED, "'%s' is encrypted: it takes a password", job->file->path);
    if (!status && !content.length)
        status = fail(job->error, INVALID, "'%s' is a broken document: it lacks its main part", job->file->path);
    if (!status) status = office_xml(job, &handler, content);
    if (!status) status = office_deliver(job, &text, zip ? package_part(&package, "meta.xml") : content, open.title);
    package_release(&package);
    buffer_release(&text);
    return status;
}

enum status read_odt(struct read_job *job)
{
    return read_open(job);
}

enum status read_ods(struct read_job *job)
{
    return read_open(job);
}
