/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/formats/html_tree.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>
#include <string.h>

enum {
    HEAD_BYTES = 4096,     /* browsers look for the charset in the first 1024; some pages have more before it */
    ATTRIBUTES_MAX = 4000, /* of one tag, with stray words: far more than any page has */
    WORK_MAX = 1 << 27     /* steps, about a second */
};

/* What the parser's callbacks need beside libxml2's own. */
struct guard {
    startElementSAXFunc start;
    endElementSAXFunc end;
    size_t depth;    /* of elements open */
    size_t elements; /* so far */
    size_t work;     /* elements looked through for the partner of an end tag that had none */
    bool stopped;
};

static void stop(xmlParserCtxtPtr parser, struct guard *guard)
{
    guard->stopped = true;
    xmlStopParser(parser);
}

/* libxml2 would stop at a document that is nested deeply. So elements below HTML_DEPTH_MAX are not built: their text
 * goes to the last one that was. The parser calls start and end in pairs. */
static void start_element(void *context, const xmlChar *name, const xmlChar **attributes)
{
    xmlParserCtxtPtr parser = context;
    struct guard *guard = parser->_private;
    parser->options |= XML_PARSE_HUGE; /* no limit of its own on a run of text: the page's size is limited */
    if (guard->depth++ < HTML_DEPTH_MAX) guard->start(context, name, attributes);
    if (++guard->elements > HTML_ELEMENTS_MAX) stop(parser, guard);
}

static void end_element(void *context, const xmlChar *name)
{
    xmlParserCtxtPtr parser = context;
    struct guard *guard = parser->_private;
    if (guard->depth && --guard->depth < HTML_DEPTH_MAX) guard->end(context, name);
}

/* Each end tag without a partner is an error, found after a search through all open elements. */
static void count_fault(void *context, const char *message, ...)
{
    (void)message;
    xmlParserCtxtPtr parser = context;
    struct guard *guard = parser->_private;
    guard->work += (size_t)parser->nameNr;
    if (guard->work > WORK_MAX) stop(parser, guard);
}

/* True when a tag has more than ATTRIBUTES_MAX attributes: libxml2 compares each with all before it. */
static bool has_endless_tag(struct span page)
{
    const char *at = page.data, *end = page.data + page.length;
    while (at < end && (at = memchr(at, '<', (size_t)(end - at)))) {
        size_t words = 0;
        for (at++; at < end && *at != '>' && *at != '<'; at++) {
            const char *quote = *at == '=' && at + 1 < end && (at[1] == '"' || at[1] == '\'') ? at + 1 : NULL;
            const char *close = quote ? memchr(quote + 1, *quote, (size_t)(end - quote - 1)) : NULL;
            if (close)
                at = close;
            else if (strchr(" \t\r\n/", *at) && ++words > ATTRIBUTES_MAX)
                return true;
        }
    }
    return false;
}

enum status html_parse(xmlDocPtr *out, struct span page)
{
    if (!page.length) return UNSUPPORTED;
    if (page.length > HTML_BYTES_MAX || has_endless_tag(page)) return LIMIT;
    htmlParserCtxtPtr parser = htmlNewParserCtxt();
    if (!parser) return NO_MEMORY;
    struct guard guard = {.start = parser->sax->startElement, .end = parser->sax->endElement};
    parser->_private = &guard;
    parser->sax->startElement = start_element;
    parser->sax->endElement = end_element;
    parser->sax->error = count_fault;
    int options =
        HTML_PARSE_RECOVER | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC;
    xmlDocPtr document = htmlCtxtReadMemory(parser, page.data, (int)page.length, NULL, "UTF-8", options);
    enum status status = guard.stopped                                  ? LIMIT
                         : parser->errNo == XML_ERR_NO_MEMORY           ? NO_MEMORY
                         : !document || !xmlDocGetRootElement(document) ? UNSUPPORTED
                                                                        : OK;
    htmlFreeParserCtxt(parser);
    if (status)
        xmlFreeDoc(document);
    else
        *out = document;
    return status;
}

const xmlNode *html_next(const xmlNode *root, const xmlNode *node, bool inside)
{
    if (inside && node->type == XML_ELEMENT_NODE && node->children) return node->children;
    while (node != root && !node->next) node = node->parent;
    return node == root ? NULL : node->next;
}

struct span html_declared_charset(struct span page)
{
    struct span head = span_cut(page, 0, HEAD_BYTES), none = {page.data, 0};
    for (size_t i = 0; i + 8 < head.length; i++) {
        if (!span_equal_fold(span_cut(head, i, i + 7), SPAN("charset"))) continue;
        size_t start = i + 7;
        while (start < head.length && strchr(" =\"'", head.data[start]) && head.data[start]) start++;
        size_t end = start;
        while (end < head.length && !strchr(" \"'>;/\t\r\n", head.data[end])) end++;
        return span_cut(head, start, end);
    }
    return none;
}
