/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/html_tree.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>
#include <string.h>

enum { HEAD_BYTES = 4096 /* browsers look for the charset in the first 1024; some pages have more before it */ };

/* libxml2 stops at a document that is nested deeply, and the rest would be lost. So elements below HTML_DEPTH_MAX are
 * not built: their text goes to the last one that was. The parser calls these in pairs. */
struct depth {
    startElementSAXFunc start;
    endElementSAXFunc end;
    size_t depth;
};

static void start_element(void *context, const xmlChar *name, const xmlChar **attributes)
{
    xmlParserCtxtPtr parser = context;
    struct depth *depth = parser->_private;
    parser->options |= XML_PARSE_HUGE; /* no limit of its own on a run of text: the page's size is limited */
    if (depth->depth++ < HTML_DEPTH_MAX) depth->start(context, name, attributes);
}

static void end_element(void *context, const xmlChar *name)
{
    xmlParserCtxtPtr parser = context;
    struct depth *depth = parser->_private;
    if (depth->depth && --depth->depth < HTML_DEPTH_MAX) depth->end(context, name);
}

enum status html_parse(xmlDocPtr *out, struct span page)
{
    if (page.length > HTML_BYTES_MAX) return LIMIT;
    htmlParserCtxtPtr parser = htmlNewParserCtxt();
    if (!parser) return NO_MEMORY;
    struct depth depth = {parser->sax->startElement, parser->sax->endElement, 0};
    parser->_private = &depth;
    parser->sax->startElement = start_element;
    parser->sax->endElement = end_element;
    int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                  HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC;
    xmlDocPtr document = htmlCtxtReadMemory(parser, page.data, (int)page.length, NULL, "UTF-8", options);
    bool no_memory = parser->errNo == XML_ERR_NO_MEMORY;
    htmlFreeParserCtxt(parser);
    if (no_memory || !document || !xmlDocGetRootElement(document)) {
        xmlFreeDoc(document);
        return no_memory ? NO_MEMORY : UNSUPPORTED;
    }
    *out = document;
    return OK;
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
