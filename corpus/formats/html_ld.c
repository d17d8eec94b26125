/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/formats/html_ld.h"

#include "corpus/date.h"
#include "corpus/formats/html_tags.h"
#include "corpus/formats/html_tree.h"

#include <string.h>
#include <strings.h>

enum {
    LD_BYTES_MAX = 1024 * 1024, /* of one script: descriptions have a few kB */
    LD_SCRIPTS_MAX = 20,
    LD_DEPTH_MAX = 6 /* of objects in objects that are looked into */
};

/* schema.org's types that say what the page itself is, the most telling first. */
static const char *const types[] = {"NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
                                    "Article",     "BlogPosting",          "Report",              "ScholarlyArticle",
                                    "TechArticle", "LiveBlogPosting",      "DiscussionForumPosting", "WebPage"};

static int rank_of_name(const char *name)
{
    const char *slash = name ? strrchr(name, '/') : NULL; /* "http://schema.org/Article" */
    if (slash) name = slash + 1;
    for (int i = 0; name && i < (int)(sizeof types / sizeof *types); i++)
        if (strcmp(name, types[i]) == 0) return i;
    return (int)(sizeof types / sizeof *types);
}

static int rank_of(const json_t *object)
{
    const json_t *type = json_object_get(object, "@type");
    int best = rank_of_name(json_string_value(type));
    for (size_t i = 0; i < json_array_size(type); i++) {
        int rank = rank_of_name(json_string_value(json_array_get(type, i)));
        if (rank < best) best = rank;
    }
    return best;
}

struct search {
    const json_t *best;
    int rank;
};

/* Looks for the description of the page in [value] and what it holds. Lists of other pages are not looked into. */
static void look(struct search *search, const json_t *value, int depth)
{
    if (depth > LD_DEPTH_MAX) return;
    for (size_t i = 0; i < json_array_size(value); i++) look(search, json_array_get(value, i), depth + 1);
    if (!json_is_object(value)) return;
    int rank = rank_of(value);
    bool dated = json_object_get(value, "datePublished") || json_object_get(value, "headline");
    if (rank < (int)(sizeof types / sizeof *types) && dated && (!search->best || rank < search->rank)) {
        search->best = value;
        search->rank = rank;
    }
    look(search, json_object_get(value, "@graph"), depth + 1);
    look(search, json_object_get(value, "mainEntity"), depth + 1);
    look(search, json_object_get(value, "mainEntityOfPage"), depth + 1);
}

static struct span string_of(const json_t *value)
{
    if (json_is_array(value)) value = json_array_get(value, 0);
    if (json_is_object(value)) {
        const json_t *name = json_object_get(value, "name");
        value = name ? name : json_object_get(value, "@id");
    }
    return span_trim(span_of(json_string_value(value)));
}

static enum status join_authors(struct html_ld *ld, const json_t *authors)
{
    size_t count = json_is_array(authors) ? json_array_size(authors) : 1;
    enum status status = OK;
    for (size_t i = 0; i < count && !status; i++) {
        const json_t *author = json_is_array(authors) ? json_array_get(authors, i) : authors;
        const json_t *name = json_is_object(author) ? json_object_get(author, "name") : author;
        struct span stated = string_of(name);
        if (!stated.length || memmem(stated.data, stated.length, "://", 3)) continue;
        if (ld->authors.length) status = buffer_append_string(&ld->authors, "; ");
        if (!status) status = buffer_append_span(&ld->authors, stated);
    }
    ld->value[FIELD_AUTHOR] = buffer_span(&ld->authors);
    return status == LIMIT ? OK : status;
}

static enum status take(struct html_ld *ld, const json_t *object)
{
    struct date date;
    struct span published = string_of(json_object_get(object, "datePublished"));
    if (date_parse(&date, published)) ld->value[FIELD_DATE] = published;
    ld->value[FIELD_TITLE] = string_of(json_object_get(object, "headline"));
    ld->value[FIELD_SOURCE] = string_of(json_object_get(object, "publisher"));
    ld->value[FIELD_LANGUAGE] = string_of(json_object_get(object, "inLanguage"));
    ld->value[FIELD_URL] = string_of(json_object_get(object, "url"));
    if (memmem(ld->value[FIELD_SOURCE].data ? ld->value[FIELD_SOURCE].data : "", ld->value[FIELD_SOURCE].length, "://", 3))
        ld->value[FIELD_SOURCE] = SPAN("");
    return join_authors(ld, json_object_get(object, "author"));
}

enum status html_ld_read(struct html_ld *ld, const xmlDoc *page)
{
    const xmlNode *root = xmlDocGetRootElement((xmlDoc *)(uintptr_t)page);
    struct search search = {NULL, 0};
    *ld = (struct html_ld){.kept = json_array()};
    buffer_init(&ld->authors, DOCUMENT_FIELD_MAX);
    if (!ld->kept) return NO_MEMORY;
    for (const xmlNode *node = root; node && json_array_size(ld->kept) < LD_SCRIPTS_MAX;
         node = html_next(root, node, true)) {
        const char *type = html_is(node, "script") ? html_attribute(node, "type") : NULL;
        if (!type || strncasecmp(type, "application/ld+json", 19) != 0 || !node->children) continue;
        struct span text = span_trim(span_of((const char *)node->children->content));
        if (!text.length || text.length > LD_BYTES_MAX) continue;
        json_t *parsed = json_loadb(text.data, text.length, 0, NULL);
        if (!parsed) continue;
        look(&search, parsed, 0);
        if (json_array_append_new(ld->kept, parsed)) return NO_MEMORY;
    }
    return search.best ? take(ld, search.best) : OK;
}

void html_ld_release(struct html_ld *ld)
{
    json_decref(ld->kept);
    buffer_release(&ld->authors);
}
