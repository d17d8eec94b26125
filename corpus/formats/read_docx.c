/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Word documents (ECMA-376 part 1, WordprocessingML): body, then foot- and endnotes; deleted text, field codes and the
 * second copy of what stands in a text box are left out. */
#include "corpus/formats/formats.h"
#include "corpus/formats/office.h"

#include <stdlib.h>
#include <string.h>

struct word {
    struct prose prose;
    size_t skip;      /* elements open inside one that is left out */
    bool in_text;     /* within w:t */
    size_t cells;     /* table cells open */
    bool title_style; /* the paragraph is set as a title or first heading */
    size_t paragraph; /* where it begins */
    struct range title;
    int title_rank; /* 2: style Title, 1: a heading, 0: none yet */
    int rank;       /* of the paragraph at hand */
};

static enum status word_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct word *word = context;
    static const char *const left_out[] = {"Fallback", "del", "moveFrom", "instrText", "delText", "delInstrText",
                                           "fldData"};
    if (word->skip) {
        word->skip++;
        return OK;
    }
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
        if (strcmp(name, left_out[i]) == 0) word->skip = 1;
    if (word->skip) return OK;
    if (strcmp(name, "t") == 0) word->in_text = true;
    if (strcmp(name, "p") == 0) {
        prose_break(&word->prose, word->prose.tab ? 0 : word->cells ? 1 : 2);
        word->rank = 0;
        word->paragraph = SIZE_MAX;
    }
    if (strcmp(name, "pStyle") == 0) {
        struct span style = xml_attribute(attributes, "val");
        bool heading = span_equal_fold(span_cut(style, 0, 8), SPAN("Heading1")) || span_equal(style, SPAN("1"));
        word->rank = span_equal_fold(style, SPAN("Title")) ? 2 : heading ? 1 : 0;
    }
    if (strcmp(name, "tc") == 0) word->cells++;
    if (strcmp(name, "tr") == 0 || strcmp(name, "tbl") == 0) prose_break(&word->prose, name[1] == 'r' ? 1 : 2);
    if (strcmp(name, "tab") == 0) return prose_put(&word->prose, SPAN("\t"));
    if (strcmp(name, "noBreakHyphen") == 0) return prose_put(&word->prose, SPAN("-"));
    if (strcmp(name, "br") == 0 || strcmp(name, "cr") == 0) prose_break(&word->prose, 1);
    return OK;
}

static enum status word_end(void *context, const char *name)
{
    struct word *word = context;
    if (word->skip) {
        word->skip--;
        return OK;
    }
    if (strcmp(name, "t") == 0) word->in_text = false;
    if (strcmp(name, "p") == 0) {
        if (word->rank > word->title_rank && word->paragraph != SIZE_MAX) {
            word->title = (struct range){word->paragraph, word->prose.out->length};
            word->title_rank = word->rank;
        }
        prose_break(&word->prose, word->cells ? 1 : 2);
        word->rank = 0;
    }
    if (strcmp(name, "tc") == 0 && word->cells) {
        word->cells--;
        word->prose.breaks = 0;
        prose_tab(&word->prose);
    }
    if (strcmp(name, "tr") == 0 || strcmp(name, "tbl") == 0) prose_break(&word->prose, name[1] == 'r' ? 1 : 2);
    return OK;
}

static enum status word_text(void *context, struct span text)
{
    struct word *word = context;
    if (word->skip || !word->in_text) return OK;
    size_t before = word->prose.out->length;
    enum status status = prose_put(&word->prose, text);
    if (word->paragraph == SIZE_MAX) word->paragraph = before ? word->prose.out->length - text.length : 0;
    return status;
}

static bool is_wanted(const char *name)
{
    return strcmp(name, "word/document.xml") == 0 || strcmp(name, "word/footnotes.xml") == 0 ||
           strcmp(name, "word/endnotes.xml") == 0 || strcmp(name, "docProps/core.xml") == 0;
}

enum status read_docx(struct read_job *job)
{
    static const char *const parts[] = {"word/document.xml", "word/footnotes.xml", "word/endnotes.xml"};
    struct package package;
    struct buffer text;
    struct word word = {.prose = {.out = &text}};
    struct xml_handler handler = {word_start, word_end, word_text, &word};
    buffer_init(&text, DOCUMENT_TEXT_MAX);
    enum status status = package_read(&package, job, is_wanted);
    if (!status && !package_part(&package, parts[0]).data)
        status = fail(job->error, INVALID, "'%s' is a broken document: it lacks its main part", job->file->path);
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !status; i++) {
        struct span part = package_part(&package, parts[i]);
        word.skip = word.cells = 0;
        word.in_text = false;
        prose_break(&word.prose, 2);
        if (part.length) status = office_xml(job, &handler, part);
    }
    if (!status) status = office_deliver(job, &text, package_part(&package, "docProps/core.xml"), word.title);
    package_release(&package);
    buffer_release(&text);
    return status;
}
