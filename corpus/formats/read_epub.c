/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Books (EPUB 2 and 3): the pages of the spine in reading order, and the metadata of the package document. */
#include "corpus/formats/formats.h"
#include "corpus/formats/html_text.h"
#include "corpus/formats/html_tree.h"
#include "corpus/formats/office.h"
#include "corpus/charset.h"

#include <stdlib.h>
#include <string.h>

struct item {
    char *id, *href;
};

struct book {
    char *opf;             /* path of the package document */
    struct item *items;    /* of the manifest */
    size_t item_count;
    char **spine;          /* ids in reading order */
    size_t spine_count;
};

static char *copy(struct span value)
{
    return strndup(value.length ? value.data : "", value.length);
}

static enum status container_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct book *book = context;
    if (strcmp(name, "rootfile") != 0 || book->opf) return OK;
    book->opf = copy(xml_attribute(attributes, "full-path"));
    return book->opf ? OK : NO_MEMORY;
}

static enum status add_item(struct book *book, const struct xml_attributes *attributes)
{
    struct item *items = realloc(book->items, (book->item_count + 1) * sizeof *items);
    if (!items) return NO_MEMORY;
    book->items = items;
    struct item item = {copy(xml_attribute(attributes, "id")), copy(xml_attribute(attributes, "href"))};
    book->items[book->item_count++] = item;
    return item.id && item.href ? OK : NO_MEMORY;
}

static enum status add_page(struct book *book, const struct xml_attributes *attributes)
{
    char **spine = realloc(book->spine, (book->spine_count + 1) * sizeof *spine);
    if (!spine) return NO_MEMORY;
    book->spine = spine;
    book->spine[book->spine_count++] = copy(xml_attribute(attributes, "idref"));
    return book->spine[book->spine_count - 1] ? OK : NO_MEMORY;
}

enum { ITEMS_MAX = 20000 };

static enum status opf_start(void *context, const char *name, const struct xml_attributes *attributes)
{
    struct book *book = context;
    if (strcmp(name, "item") == 0 && book->item_count < ITEMS_MAX) return add_item(book, attributes);
    if (strcmp(name, "itemref") == 0 && book->spine_count < ITEMS_MAX) return add_page(book, attributes);
    return OK;
}

static enum status no_end(void *context, const char *name)
{
    (void)context, (void)name;
    return OK;
}

static enum status no_text(void *context, struct span text)
{
    (void)context, (void)text;
    return OK;
}

static void book_release(struct book *book)
{
    for (size_t i = 0; i < book->item_count; i++) {
        free(book->items[i].id);
        free(book->items[i].href);
    }
    for (size_t i = 0; i < book->spine_count; i++) free(book->spine[i]);
    free(book->items);
    free(book->spine);
    free(book->opf);
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

/* The member that [href], written relative to the package document, names. */
static char *resolve(const char *opf, const char *href)
{
    const char *slash = strrchr(opf, '/');
    size_t folder = slash ? (size_t)(slash - opf) + 1 : 0, length = strcspn(href, "#");
    char *path = malloc(folder + length + 1), *out = path ? path + folder : NULL;
    if (!path) return NULL;
    memcpy(path, opf, folder);
    for (size_t i = 0; i < length; i++) {
        bool escaped = href[i] == '%' && i + 2 < length && hex(href[i + 1]) >= 0 && hex(href[i + 2]) >= 0;
        *out++ = escaped ? (char)(hex(href[i + 1]) * 16 + hex(href[i + 2])) : href[i];
        if (escaped) i += 2;
    }
    *out = '\0';
    return path;
}

/* Appends the text of one page. A page that is no page is passed over. */
static enum status read_page(struct read_job *job, struct buffer *out, struct span bytes)
{
    struct span page;
    xmlDocPtr tree;
    struct html_text text;
    struct buffer words;
    if (charset_decode(&page, bytes, html_declared_charset(bytes), &job->decoded, NULL)) return OK;
    enum status status = html_parse(&tree, page);
    if (status) return status == NO_MEMORY ? status : OK;
    buffer_init(&words, DOCUMENT_TEXT_MAX);
    status = html_text_extract(&text, &words, tree);
    if (!status && words.length && out->length) status = buffer_append_string(out, "\n\n");
    if (!status) status = buffer_append_span(out, buffer_span(&words));
    buffer_release(&words);
    xmlFreeDoc(tree);
    return status;
}

static enum status read_spine(struct read_job *job, struct buffer *out, const struct book *book,
                              const struct package *package)
{
    enum status status = OK;
    for (size_t i = 0; i < book->spine_count && !status; i++) {
        size_t item = 0;
        while (item < book->item_count && strcmp(book->items[item].id, book->spine[i]) != 0) item++;
        if (item == book->item_count) continue;
        char *path = resolve(book->opf, book->items[item].href);
        if (!path) return NO_MEMORY;
        status = read_page(job, out, package_part(package, path));
        free(path);
    }
    return status;
}

static bool is_wanted(const char *name)
{
    const char *dot = strrchr(name, '.');
    static const char *const kinds[] = {".xhtml", ".html", ".htm", ".xml", ".opf"};
    for (size_t i = 0; dot && i < sizeof kinds / sizeof *kinds; i++)
        if (strcasecmp(dot, kinds[i]) == 0) return true;
    return false;
}

enum status read_epub(struct read_job *job)
{
    struct package package;
    struct book book = {0};
    struct buffer text;
    struct xml_handler container = {container_start, no_end, no_text, &book};
    struct xml_handler opf = {opf_start, no_end, no_text, &book};
    buffer_init(&text, DOCUMENT_TEXT_MAX);
    enum status status = package_read(&package, job, is_wanted);
    if (!status) status = office_xml(job, &container, package_part(&package, "META-INF/container.xml"));
    struct span metadata = book.opf ? package_part(&package, book.opf) : SPAN("");
    if (!status && !metadata.length)
        status = fail(job->error, INVALID, "'%s' is a broken book: it lacks its package document", job->file->path);
    if (!status) status = office_xml(job, &opf, metadata);
    if (!status && package_part(&package, "META-INF/rights.xml").length)
        status = fail(job->error, UNSUPPORTED, "'%s' is encrypted: its publisher locked it", job->file->path);
    if (!status) status = job_begin(job);
    if (!status) {
        status = read_spine(job, &text, &book, &package);
        if (!status) status = office_metadata(&job->document, metadata, true);
        if (!status) status = document_set_text(&job->document, buffer_span(&text));
        status = status ? job_failed(job, status) : job_deliver(job, 1);
    }
    package_release(&package);
    book_release(&book);
    buffer_release(&text);
    return status;
}
