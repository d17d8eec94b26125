/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/formats/html_meta.h"

#include "corpus/date.h"
#include "corpus/formats/html_tags.h"
#include "corpus/formats/html_tree.h"

#include <string.h>
#include <strings.h>

/* Names of meta elements by what they state, the most trustworthy first. A day of change is no day of publication and
 * is not here. */
static const struct {
    const char *name;
    enum document_field field;
} names[] = {
    {"og:title", FIELD_TITLE},
    {"dc.title", FIELD_TITLE},
    {"dcterms.title", FIELD_TITLE},
    {"citation_title", FIELD_TITLE},
    {"twitter:title", FIELD_TITLE},
    {"article:published_time", FIELD_DATE},
    {"og:article:published_time", FIELD_DATE},
    {"og:published_time", FIELD_DATE},
    {"datepublished", FIELD_DATE},
    {"dcterms.issued", FIELD_DATE},
    {"dc.date.issued", FIELD_DATE},
    {"citation_publication_date", FIELD_DATE},
    {"dcterms.created", FIELD_DATE},
    {"dcterms.available", FIELD_DATE},
    {"dc.date.created", FIELD_DATE},
    {"publication_date", FIELD_DATE},
    {"publish-date", FIELD_DATE},
    {"publishdate", FIELD_DATE},
    {"pubdate", FIELD_DATE},
    {"release_date", FIELD_DATE},
    {"parsely-pub-date", FIELD_DATE},
    {"sailthru.date", FIELD_DATE},
    {"dc.date", FIELD_DATE},
    {"dcterms.date", FIELD_DATE},
    {"date", FIELD_DATE},
    {"og:site_name", FIELD_SOURCE},
    {"dc.publisher", FIELD_SOURCE},
    {"dcterms.publisher", FIELD_SOURCE},
    {"publisher", FIELD_SOURCE},
    {"author", FIELD_AUTHOR},
    {"dc.creator", FIELD_AUTHOR},
    {"dcterms.creator", FIELD_AUTHOR},
    {"article:author", FIELD_AUTHOR},
    {"citation_author", FIELD_AUTHOR},
    {"byl", FIELD_AUTHOR},
    {"dc.language", FIELD_LANGUAGE},
    {"dcterms.language", FIELD_LANGUAGE},
    {"content-language", FIELD_LANGUAGE},
    {"language", FIELD_LANGUAGE},
    {"og:locale", FIELD_LANGUAGE},
    {"og:url", FIELD_URL},
};

static void offer(struct html_meta *meta, enum document_field field, int rank, const char *value)
{
    struct span stated = span_trim(span_of(value));
    struct date date;
    if (!stated.length || (meta->value[field].length && meta->rank[field] <= rank)) return;
    if (field == FIELD_DATE && !date_parse(&date, stated)) return;                     /* another one may be better */
    if (field == FIELD_AUTHOR && memmem(stated.data, stated.length, "://", 3)) return; /* of a profile page */
    meta->value[field] = stated;
    meta->rank[field] = rank;
}

static void read_meta(struct html_meta *meta, const xmlNode *element)
{
    static const char *const attributes[] = {"property", "name", "itemprop", "http-equiv"};
    const char *content = html_attribute(element, "content");
    for (size_t i = 0; content && i < sizeof attributes / sizeof *attributes; i++) {
        const char *name = html_attribute(element, attributes[i]);
        if (!name) continue;
        if (strcasecmp(name, "description") == 0 || strcasecmp(name, "og:description") == 0)
            meta->description = span_trim(span_of(content));
        for (int row = 0; row < (int)(sizeof names / sizeof *names); row++)
            if (strcasecmp(name, names[row].name) == 0) offer(meta, names[row].field, row, content);
    }
}

/* "saved from url=(0042)https://example.org/page": what browsers write when they save a page. */
static void read_comment(struct html_meta *meta, const char *comment)
{
    const char *note = comment ? strstr(comment, "saved from url=(") : NULL;
    const char *url = note ? strchr(note, ')') : NULL;
    if (url) offer(meta, FIELD_URL, 1000, url + 1);
}

static bool has_word(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; at && (at = strcasestr(at, word)); at += length)
        if ((at == list || at[-1] == ' ') && (!at[length] || at[length] == ' ')) return true;
    return false;
}

void html_meta_read(struct html_meta *meta, const xmlDoc *page)
{
    *meta = (struct html_meta){0};
    for (const xmlNode *node = page->children; node; node = node->next)
        if (node->type == XML_COMMENT_NODE) read_comment(meta, (const char *)node->content);
    const xmlNode *root = xmlDocGetRootElement((xmlDoc *)(uintptr_t)page);
    const char *language = html_attribute(root, "lang");
    offer(meta, FIELD_LANGUAGE, -1, language ? language : html_attribute(root, "xml:lang"));
    for (const xmlNode *node = root; node; node = html_next(root, node, !html_is(node, "svg"))) {
        if (node->type == XML_COMMENT_NODE) read_comment(meta, (const char *)node->content);
        if (html_is(node, "meta")) read_meta(meta, node);
        if (html_is(node, "link") && has_word(html_attribute(node, "rel"), "canonical"))
            offer(meta, FIELD_URL, -1, html_attribute(node, "href"));
        if (html_is(node, "title") && !meta->page_title.length && node->children && node->children->content)
            meta->page_title = span_trim(span_of((const char *)node->children->content));
    }
}

static struct span time_value(const xmlNode *element)
{
    const char *stated = html_attribute(element, "datetime");
    if (!stated) stated = html_attribute(element, "content");
    if (!stated && element->children) stated = (const char *)element->children->content;
    return span_trim(span_of(stated));
}

struct span html_meta_time(const xmlNode *main)
{
    struct span found = {NULL, 0};
    struct date first = {0, 0, 0}, date;
    bool all_same = true;
    for (const xmlNode *node = main; node; node = html_next(main, node, true)) {
        if (node->type != XML_ELEMENT_NODE) continue;
        bool published = has_word(html_attribute(node, "itemprop"), "datePublished");
        if (!html_is(node, "time") && !published) continue;
        struct span value = time_value(node);
        if (!date_parse(&date, value)) continue;
        if (published || html_attribute(node, "pubdate")) return value;
        if (!found.length) {
            found = value;
            first = date;
        }
        all_same = all_same && date.year == first.year && date.month == first.month && date.day == first.day;
    }
    return all_same ? found : (struct span){NULL, 0};
}
