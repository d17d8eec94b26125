/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Web pages: the text of their main part, and what they state about themselves. */
#include "corpus/charset.h"
#include "corpus/formats/html_ld.h"
#include "corpus/formats/html_meta.h"
#include "corpus/formats/html_text.h"
#include "corpus/formats/html_tree.h"
#include "corpus/formats/formats.h"

#include <string.h>

/* What is left of a page's title without the name of the site behind it; *[site] is that name when there is one.
 * [heading] is the page's heading: what follows it must be the site. [known] is the site's name as stated. */
static struct span without_site(struct span title, struct span heading, struct span known, struct span *site)
{
    static const char *const marks[] = {" | ", " - ", " – ", " — ", " :: ", " « ", " » ", " • ", "｜"};
    *site = (struct span){NULL, 0};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t length = strlen(marks[i]);
        for (size_t at = title.length > length ? title.length - length : 0; at > 0; at--) {
            if (memcmp(title.data + at, marks[i], length) != 0) continue;
            struct span before = span_trim(span_cut(title, 0, at));
            struct span after = span_trim(span_cut(title, at + length, title.length));
            if (!span_equal(before, heading) && !span_equal_fold(after, known)) break; /* the last mark counts */
            *site = after;
            return before;
        }
    }
    return title;
}

/* The heading in the text when it is the only one or the page's title agrees with it; else the title by metadata, else
 * the title element, else the first of several headings. */
static enum status set_title(struct document *document, const struct html_meta *meta, const struct html_text *text)
{
    struct span heading = span_cut(buffer_span(&document->text), text->heading.start, text->heading.end), site;
    struct span title = without_site(meta->page_title, heading, meta->value[FIELD_SOURCE], &site);
    bool agreed = heading.length && (span_equal(heading, title) || span_equal(heading, meta->value[FIELD_TITLE]));
    enum status status = OK;
    if (site.length && !document_get(document, FIELD_SOURCE).length)
        status = document_state(document, FIELD_SOURCE, site, WHY_METADATA);
    if (status) return status;
    struct span stated = meta->value[FIELD_TITLE].length ? meta->value[FIELD_TITLE] : title;
    if (heading.length && (agreed || text->headings == 1 || !stated.length)) {
        document->title_range = text->heading;
        return document_state(document, FIELD_TITLE, heading, WHY_HEADING);
    }
    return document_state(document, FIELD_TITLE, stated, WHY_METADATA);
}

/* JSON-LD before meta elements before time elements. */
static enum status set_date(struct document *document, const struct html_meta *meta, const struct html_ld *ld,
                            const struct html_text *text)
{
    const struct {
        struct span value;
        enum document_why why;
    } stated[] = {{ld->value[FIELD_DATE], WHY_JSON_LD},
                  {meta->value[FIELD_DATE], WHY_META_TAG},
                  {html_meta_time(text->main), WHY_TIME}};
    enum status status = OK;
    for (size_t i = 0; i < sizeof stated / sizeof *stated && !status; i++)
        if (!document_get(document, FIELD_DATE).length)
            status = document_state(document, FIELD_DATE, stated[i].value, stated[i].why);
    return status;
}

static enum status set_fields(struct document *document, struct html_meta *meta, const struct html_ld *ld,
                              const struct html_text *text)
{
    static const enum document_field plain[] = {FIELD_SOURCE, FIELD_AUTHOR, FIELD_LANGUAGE, FIELD_URL};
    enum status status = set_date(document, meta, ld, text);
    if (!meta->value[FIELD_TITLE].length) meta->value[FIELD_TITLE] = ld->value[FIELD_TITLE];
    for (size_t i = 0; i < sizeof plain / sizeof *plain && !status; i++) {
        enum document_field field = plain[i];
        if (field == FIELD_URL && document_get(document, field).length) continue; /* where it was fetched from */
        status = document_state(document, field, meta->value[field], WHY_METADATA);
        if (!status && !document_get(document, field).length)
            status = document_state(document, field, ld->value[field], WHY_METADATA);
    }
    return status ? status : set_title(document, meta, text);
}

static enum status fill(struct read_job *job, const xmlDoc *page)
{
    struct html_text text;
    struct html_meta meta;
    struct html_ld ld;
    struct buffer out;
    buffer_init(&out, DOCUMENT_TEXT_MAX);
    html_meta_read(&meta, page);
    enum status status = html_ld_read(&ld, page);
    if (!status) status = html_text_extract(&text, &out, page);
    if (!status && !out.length) status = buffer_append_span(&out, meta.description); /* drawn by scripts alone */
    if (!status) status = document_set_text(&job->document, buffer_span(&out));
    /* Control characters may become shorter or longer in the document's text: then the range would lie. */
    if (!status && !span_equal(buffer_span(&out), buffer_span(&job->document.text)))
        text.heading = (struct range){0, 0};
    if (!status) status = set_fields(&job->document, &meta, &ld, &text);
    html_ld_release(&ld);
    buffer_release(&out);
    return status;
}

enum status read_html(struct read_job *job)
{
    enum status status = job_load(job);
    if (status) return status;
    struct span page, raw = buffer_span(&job->raw);
    struct error why;
    status = charset_decode(&page, raw, html_declared_charset(raw), &job->decoded, &why);
    if (status) return fail(job->error, status, "'%s': %s", job->file->path, why.message);
    xmlDocPtr tree;
    status = html_parse(&tree, page);
    if (status == LIMIT)
        return fail(job->error, LIMIT, "'%s' is a web page of more than %d MB or %d elements, or its tags are tangled",
                    job->file->path, HTML_BYTES_MAX >> 20, HTML_ELEMENTS_MAX);
    if (status == UNSUPPORTED) return fail(job->error, UNSUPPORTED, "'%s' holds no web page", job->file->path);
    if (status) return job_failed(job, status);
    status = job_begin(job);
    if (!status) {
        status = fill(job, tree);
        if (status) job_failed(job, status);
    }
    xmlFreeDoc(tree);
    return status ? status : job_deliver(job, 1);
}
