/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/formats/xml.h"

#include "corpus/isolate/limits.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdio.h>
#include <string.h>

enum { PIECE = 65536 };

struct xml_attributes {
    int count;
    const xmlChar **values; /* libxml2's: five for each: name, prefix, URI, start and end of the value */
};

struct reading {
    const struct xml_handler *handler;
    xmlParserCtxtPtr parser;
    size_t depth;
    enum status status;
    const char *why;
    char message[200];
};

static void stop(struct reading *reading, enum status status, const char *why)
{
    if (reading->status) return;
    reading->status = status;
    reading->why = why;
    xmlStopParser(reading->parser);
}

struct span xml_attribute(const struct xml_attributes *attributes, const char *name)
{
    for (int i = 0; i < attributes->count; i++) {
        const xmlChar **value = attributes->values + (size_t)i * 5;
        if (strcmp((const char *)value[0], name) == 0)
            return (struct span){(const char *)value[3], (size_t)(value[4] - value[3])};
    }
    return (struct span){"", 0};
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaces,
                     const xmlChar **declared, int count, int defaulted, const xmlChar **values)
{
    (void)prefix, (void)uri, (void)namespaces, (void)declared, (void)defaulted;
    struct reading *reading = ((xmlParserCtxtPtr)context)->_private;
    if (reading->status) return;
    if (++reading->depth > XML_DEPTH_MAX) {
        stop(reading, LIMIT, "its elements are nested deeper than in any document");
        return;
    }
    struct xml_attributes attributes = {count, values};
    enum status status = reading->handler->start(reading->handler->context, (const char *)name, &attributes);
    if (status) stop(reading, status, NULL);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)prefix, (void)uri;
    struct reading *reading = ((xmlParserCtxtPtr)context)->_private;
    if (reading->status) return;
    if (reading->depth) reading->depth--;
    enum status status = reading->handler->end(reading->handler->context, (const char *)name);
    if (status) stop(reading, status, NULL);
}

static void on_text(void *context, const xmlChar *text, int length)
{
    struct reading *reading = ((xmlParserCtxtPtr)context)->_private;
    if (reading->status || length <= 0) return;
    struct span span = {(const char *)text, (size_t)length};
    enum status status = reading->handler->text(reading->handler->context, span);
    if (status) stop(reading, status, NULL);
}

/* No document of these formats declares anything: one that does is meant to do harm. */
static void on_entity(void *context, const xmlChar *name, int type, const xmlChar *public, const xmlChar *system,
                      xmlChar *content)
{
    (void)name, (void)type, (void)public, (void)system, (void)content;
    stop(((xmlParserCtxtPtr)context)->_private, INVALID, "it declares entities");
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)context, (void)name, (void)external, (void)system; /* the external part is not looked at */
}

static xmlEntityPtr no_entity(void *context, const xmlChar *name)
{
    (void)context;
    return xmlGetPredefinedEntity(name);
}

static void on_error(void *context, xmlErrorPtr error)
{
    struct reading *reading = ((xmlParserCtxtPtr)context)->_private;
    if (!reading || !error || !error->message || reading->message[0]) return;
    snprintf(reading->message, sizeof reading->message, "line %d: %.*s", error->line,
             (int)strcspn(error->message, "\n"), error->message);
}

enum status xml_read(const struct xml_handler *handler, struct span bytes, const char **why)
{
    static struct reading last; /* its message outlives the call */
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .startElementNs = on_start,
                         .endElementNs = on_end,
                         .characters = on_text,
                         .cdataBlock = on_text,
                         .ignorableWhitespace = on_text,
                         .entityDecl = on_entity,
                         .getEntity = no_entity,
                         .internalSubset = on_doctype,
                         .externalSubset = on_doctype,
                         .serror = (xmlStructuredErrorFunc)on_error};
    last = (struct reading){.handler = handler};
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&sax, NULL, NULL, 0, NULL);
    if (!parser) return NO_MEMORY;
    parser->_private = &last;
    last.parser = parser;
    xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_HUGE);
    for (size_t at = 0; at < bytes.length && !last.status && !parser->disableSAX; at += PIECE) {
        struct span piece = span_cut(bytes, at, at + PIECE);
        xmlParseChunk(parser, piece.data, (int)piece.length, 0);
    }
    if (!last.status && !parser->disableSAX) xmlParseChunk(parser, "", 0, 1);
    if (!last.status && !parser->wellFormed) {
        last.status = parser->errNo == XML_ERR_NO_MEMORY ? NO_MEMORY : INVALID;
        last.why = last.message[0] ? last.message : "it is not well-formed";
    }
    xmlDocPtr tree = parser->myDoc;
    xmlFreeParserCtxt(parser);
    xmlFreeDoc(tree);
    if (why) *why = last.why;
    return last.status;
}
