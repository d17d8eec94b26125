/* SPDX-License-Identifier: GPL-2.0-or-later */
/* PowerPoint slides (ECMA-376 part 1, PresentationML and DrawingML): slides in the order of their numbers, each with
 * its notes. */
#include "corpus/formats/formats.h"
#include "corpus/formats/office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct slides {
    struct prose prose;
    size_t skip;
    bool in_text, title; /* within a:t; within the shape of the slide's title */
    size_t paragraph;
    struct range found; /* the first title */
};

static enum status slide_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct slides *slides = context;
    if (slides->skip || strcmp(name, "Fallback") == 0) {
        slides->skip++;
        return OK;
    }
    if (strcmp(name, "t") == 0) slides->in_text = true;
    if (strcmp(name, "sp") == 0) {
        slides->title = false;
        slides->paragraph = SIZE_MAX;
        prose_break(&slides->prose, 2);
    }
    if (strcmp(name, "ph") == 0) {
        struct span type = xml_attribute(attributes, "type");
        slides->title = span_equal(type, SPAN("title")) || span_equal(type, SPAN("ctrTitle"));
    }
    if (strcmp(name, "p") == 0 && !slides->prose.tab) prose_break(&slides->prose, 1);
    if (strcmp(name, "tr") == 0) prose_break(&slides->prose, 1);
    if (strcmp(name, "br") == 0) prose_break(&slides->prose, 1);
    return OK;
}

static enum status slide_end(void *context, const char *name)
{
    struct slides *slides = context;
    if (slides->skip) {
        slides->skip--;
        return OK;
    }
    if (strcmp(name, "t") == 0) slides->in_text = false;
    if (strcmp(name, "p") == 0) prose_break(&slides->prose, 1);
    if (strcmp(name, "tc") == 0) {
        slides->prose.breaks = 0;
        prose_tab(&slides->prose);
    }
    if (strcmp(name, "tr") == 0) prose_break(&slides->prose, 1);
    if (strcmp(name, "sp") == 0) {
        if (slides->title && slides->found.end == 0 && slides->paragraph != SIZE_MAX)
            slides->found = (struct range){slides->paragraph, slides->prose.out->length};
        prose_break(&slides->prose, 2);
    }
    return OK;
}

static enum status slide_text(void *context, struct span text)
{
    struct slides *slides = context;
    if (slides->skip || !slides->in_text) return OK;
    enum status status = prose_put(&slides->prose, text);
    if (slides->paragraph == SIZE_MAX) slides->paragraph = slides->prose.out->length - text.length;
    return status;
}

/* The number of "ppt/slides/slide12.xml", or 0. */
static unsigned number_of(const char *name, const char *before)
{
    size_t length = strlen(before);
    char *end;
    if (strncmp(name, before, length) != 0 || name[length] < '1' || name[length] > '9') return 0;
    unsigned long number = strtoul(name + length, &end, 10);
    return strcmp(end, ".xml") == 0 && number < 100000 ? (unsigned)number : 0;
}

static bool is_wanted(const char *name)
{
    return number_of(name, "ppt/slides/slide") || number_of(name, "ppt/notesSlides/notesSlide") ||
           strcmp(name, "docProps/core.xml") == 0;
}

static int compare_parts(const void *left, const void *right)
{
    const struct part *a = left, *b = right;
    unsigned x = number_of(a->name, "ppt/slides/slide"), y = number_of(b->name, "ppt/slides/slide");
    return (x > y) - (x < y);
}

enum status read_pptx(struct read_job *job)
{
    struct package package;
    struct buffer text;
    struct slides slides = {.prose = {.out = &text}, .paragraph = SIZE_MAX};
    struct xml_handler handler = {slide_start, slide_end, slide_text, &slides};
    char notes[64];
    buffer_init(&text, DOCUMENT_TEXT_MAX);
    enum status status = package_read(&package, job, is_wanted);
    if (!status && package.count) qsort(package.parts, package.count, sizeof *package.parts, compare_parts);
    for (size_t i = 0; i < package.count && !status; i++) {
        unsigned number = number_of(package.parts[i].name, "ppt/slides/slide");
        if (!number) continue;
        prose_break(&slides.prose, 2);
        slides.skip = 0;
        status = office_xml(job, &handler, package.parts[i].bytes);
        snprintf(notes, sizeof notes, "ppt/notesSlides/notesSlide%u.xml", number);
        struct span part = package_part(&package, notes);
        prose_break(&slides.prose, 2);
        slides.skip = 0;
        if (!status && part.length) status = office_xml(job, &handler, part);
    }
    if (!status) status = office_deliver(job, &text, package_part(&package, "docProps/core.xml"), slides.found);
    package_release(&package);
    buffer_release(&text);
    return status;
}
