/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/formats/html_text.h"

#include "corpus/formats/html_blocks.h"
#include "corpus/formats/html_tags.h"
#include "corpus/formats/html_tree.h"

#include <stdlib.h>
#include <string.h>

enum {
    TEXT_MIN = 80,   /* bytes: a main part with less is taken for a mistake in the page */
    OTHER_MAX = 200, /* bytes outside links in a block, after which it is text unless the links have more */
    TEXT_SHARE = 10  /* and one with less than a tenth of the body's text */
};

struct writer {
    struct buffer *out;
    struct html_text *text;
    size_t start;    /* of this text in [out] */
    int breaks;      /* line ends due before the next word: 1 a line, 2 a paragraph */
    bool space, tab; /* due before the next word of the same line */
    int pre;         /* pre elements open */
    bool everything; /* only what is never text is left out */
    size_t heading_start;
    bool in_heading;
    const xmlNode *at; /* the text node at hand */
    size_t links;      /* links open */
    struct html_block *blocks;
    size_t count, capacity;
};

static bool is_inside(const xmlNode *node, const xmlNode *ancestor)
{
    while (node && node != ancestor) node = node->parent;
    return node != NULL;
}

static bool is_within(const xmlNode *node, const char *name, const char *other)
{
    for (const xmlNode *parent = node->parent; parent && parent->type == XML_ELEMENT_NODE; parent = parent->parent)
        if (html_is(parent, name) || html_is(parent, other)) return true;
    return false;
}

/* True for a block that is links and hardly anything else: a menu, a list of other pages. Counting ends as soon as
 * there is text enough outside links. */
bool html_is_list_of_links(const xmlNode *block)
{
    size_t links = 0, linked = 0, other = 0;
    const xmlNode *link = NULL; /* the link whose subtree [node] is in */
    for (const xmlNode *node = block; node; node = html_next(block, node, true)) {
        while (link && node != link && !is_inside(node, link)) link = NULL;
        if (html_is(node, "a") && html_attribute(node, "href")) {
            link = node;
            links++;
        } else if (node->type == XML_TEXT_NODE) {
            size_t length = span_trim(span_of((const char *)node->content)).length;
            *(link ? &linked : &other) += length;
            if (other > OTHER_MAX && other > linked) return false;
        }
    }
    return links >= 2 && other * 10 <= linked;
}

/* Elements that are dropped by name for what they usually are, and kept where they are part of the text. */
static bool is_dropped(const struct writer *writer, const xmlNode *element, enum html_role role)
{
    bool often_text = html_is(element, "header") || html_is(element, "footer") || html_is(element, "aside") ||
                      html_is(element, "nav") || html_is(element, "noscript");
    if (writer->everything) return role == HTML_DROPPED && !often_text;
    if (html_is(element, "header")) return !is_within(element, "article", "main");
    if (html_is(element, "footer")) return !is_within(element, "blockquote", "figure");
    if (role == HTML_DROPPED || html_is_boilerplate(element)) return true;
    bool block = role == HTML_LINE || role == HTML_PARAGRAPH;
    return block && !html_heading_level(element) && html_is_list_of_links(element);
}

/* The block element that [node] stands in. */
static const xmlNode *block_around(const xmlNode *node)
{
    for (node = node->parent; node && node->type == XML_ELEMENT_NODE; node = node->parent) {
        enum html_role role = html_role_of(node);
        if (role != HTML_INLINE && role != HTML_BREAK) return node;
    }
    return node;
}

static int heading_around(const xmlNode *node)
{
    for (node = node->parent; node && node->type == XML_ELEMENT_NODE; node = node->parent)
        if (html_heading_level(node)) return html_heading_level(node);
    return 0;
}

static enum status begin_block(struct writer *writer, int breaks)
{
    if (writer->count == writer->capacity) {
        size_t capacity = writer->capacity ? writer->capacity * 2 : 64;
        struct html_block *blocks = realloc(writer->blocks, capacity * sizeof *blocks);
        if (!blocks) return NO_MEMORY;
        writer->blocks = blocks;
        writer->capacity = capacity;
    }
    writer->blocks[writer->count++] = (struct html_block){.range = {writer->out->length, writer->out->length},
                                                          .breaks = breaks,
                                                          .node = block_around(writer->at),
                                                          .heading = heading_around(writer->at)};
    return OK;
}

static enum status put_break(struct writer *writer)
{
    enum status status = OK;
    int breaks = writer->breaks;
    if (writer->out->length > writer->start)
        for (; writer->breaks > 0 && !status; writer->breaks--) status = buffer_append_byte(writer->out, '\n');
    if (!status && writer->tab && writer->out->length > writer->start &&
        writer->out->data[writer->out->length - 1] != '\n')
        status = buffer_append_byte(writer->out, '\t');
    else if (!status && writer->space && writer->out->length > writer->start &&
             writer->out->data[writer->out->length - 1] != '\n')
        status = buffer_append_byte(writer->out, ' ');
    if (!status && (breaks || !writer->count)) status = begin_block(writer, breaks);
    writer->breaks = 0;
    writer->space = writer->tab = false;
    return status;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static enum status put_words(struct writer *writer, struct span words)
{
    enum status status = OK;
    for (size_t i = 0; i < words.length && !status;) {
        size_t start = i;
        while (i < words.length && !is_space(words.data[i])) i++;
        if (i > start) {
            status = put_break(writer);
            if (writer->in_heading && writer->heading_start == SIZE_MAX) writer->heading_start = writer->out->length;
            if (!status) status = buffer_append(writer->out, words.data + start, i - start);
            if (!status) {
                struct html_block *block = &writer->blocks[writer->count - 1];
                if (writer->links) block->linked += writer->out->length - block->range.end;
                block->range.end = writer->out->length;
            }
        }
        while (i < words.length && is_space(words.data[i])) {
            if (writer->pre && words.data[i] == '\n')
                writer->breaks++;
            else
                writer->space = true;
            i++;
        }
    }
    return status;
}

static void due(struct writer *writer, int breaks)
{
    if (writer->breaks < breaks) writer->breaks = breaks;
    writer->space = writer->tab = false;
}

static int breaks_around(enum html_role role)
{
    return role == HTML_PARAGRAPH || role == HTML_PRE ? 2 : role == HTML_LINE ? 1 : 0;
}

/* The role of an element where it stands: a cell of a table that lays out the page is a part of the page. */
static enum html_role role_here(const xmlNode *element)
{
    enum { DATA = 1, LAYOUT };
    enum html_role role = html_role_of(element);
    if (role != HTML_CELL) return role;
    xmlNode *table = element->parent;
    while (table && !html_is(table, "table")) table = table->parent;
    if (!table || table->type != XML_ELEMENT_NODE) return role;
    if (!table->_private) table->_private = (void *)(uintptr_t)(html_lays_out(table) ? LAYOUT : DATA);
    return (uintptr_t)table->_private == LAYOUT ? HTML_LINE : role;
}

static enum status enter(struct writer *writer, const xmlNode *node, bool *inside)
{
    *inside = false;
    writer->at = node;
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        return put_words(writer, span_of((const char *)node->content));
    if (node->type != XML_ELEMENT_NODE) return OK;
    enum html_role role = role_here(node);
    if (is_dropped(writer, node, role)) {
        writer->space = true;
        return OK;
    }
    *inside = true;
    if (html_is(node, "a") && html_attribute(node, "href")) writer->links++;
    if (breaks_around(role)) due(writer, breaks_around(role));
    if (role == HTML_BREAK) due(writer, writer->breaks < 2 ? writer->breaks + 1 : 2);
    if (role == HTML_CELL) writer->tab = true;
    if (role == HTML_PRE) writer->pre++;
    if (html_heading_level(node) == 1) {
        writer->in_heading = true;
        writer->heading_start = SIZE_MAX;
    }
    return OK;
}

static void leave(struct writer *writer, const xmlNode *node)
{
    if (node->type != XML_ELEMENT_NODE) return;
    if (html_is(node, "a") && html_attribute(node, "href") && writer->links) writer->links--;
    enum html_role role = role_here(node);
    if (breaks_around(role)) due(writer, breaks_around(role));
    if (role == HTML_CELL) writer->tab = true;
    if (role == HTML_PRE) writer->pre--;
    if (html_heading_level(node) == 1 && writer->in_heading) {
        writer->in_heading = false;
        if (writer->heading_start == SIZE_MAX) return;
        if (!writer->text->headings++)
            writer->text->heading = (struct range){writer->heading_start, writer->out->length};
    }
}

static enum status write_all(struct writer *writer, const xmlNode *root)
{
    const xmlNode *node = root;
    for (;;) {
        bool inside;
        enum status status = enter(writer, node, &inside);
        if (status) return status;
        if (inside && node->children) {
            node = node->children;
            continue;
        }
        if (inside) leave(writer, node);
        while (node != root && !node->next) {
            node = node->parent;
            leave(writer, node);
        }
        if (node == root) return OK;
        node = node->next;
    }
}

/* Takes the blocks that are not kept out of what was written, in place. */
static void keep_chosen(struct writer *writer)
{
    struct buffer *out = writer->out;
    size_t to = writer->start, headings = 0;
    const xmlNode *heading = NULL;
    writer->text->heading = (struct range){0, 0};
    int breaks = 0;
    for (size_t i = 0; i < writer->count; i++) {
        const struct html_block *block = &writer->blocks[i];
        size_t length = block->range.end - block->range.start;
        if (block->breaks > breaks) breaks = block->breaks;
        if (!block->keep) continue;
        /* As many line ends as stood before it at most, so there is room for them. */
        for (; to > writer->start && breaks > 0; breaks--) out->data[to++] = '\n';
        breaks = 0;
        memmove(out->data + to, out->data + block->range.start, length);
        if (block->heading == 1 && block->node != heading) {
            heading = block->node;
            if (!headings++) writer->text->heading = (struct range){to, to + length};
        } else if (block->heading == 1 && headings == 1) {
            writer->text->heading.end = to + length;
        }
        to += length;
    }
    out->length = to;
    out->data[to] = '\0';
    writer->text->headings = headings;
}

static void forget_tables(const xmlNode *root)
{
    for (const xmlNode *node = root; node; node = html_next(root, node, true))
        if (node->type == XML_ELEMENT_NODE) ((xmlNode *)(uintptr_t)node)->_private = NULL;
}

static enum status extract(struct html_text *text, struct buffer *out, const xmlNode *root, bool everything)
{
    struct writer writer = {.out = out, .text = text, .start = out->length, .everything = everything};
    *text = (struct html_text){.main = root};
    forget_tables(root);
    enum status status = write_all(&writer, root);
    forget_tables(root);
    if (!status && !everything && writer.count &&
        html_blocks_choose(writer.blocks, writer.count, buffer_span(out), root))
        keep_chosen(&writer);
    free(writer.blocks);
    return status;
}

/* The main element, else the only article, else NULL. */
static const xmlNode *find_main(const xmlNode *root)
{
    const xmlNode *article = NULL;
    size_t articles = 0;
    for (const xmlNode *node = root; node; node = html_next(root, node, true)) {
        if (node->type != XML_ELEMENT_NODE) continue;
        const char *role = html_attribute(node, "role");
        if (html_is(node, "main") || (role && strcmp(role, "main") == 0)) return node;
        if (html_is(node, "article") && !articles++) article = node;
    }
    return articles == 1 ? article : NULL;
}

static const xmlNode *find_body(const xmlNode *root)
{
    for (const xmlNode *node = root->children; node; node = node->next)
        if (html_is(node, "body") || html_is(node, "frameset")) return node;
    return root;
}

enum status html_text_extract(struct html_text *text, struct buffer *out, const xmlDoc *page)
{
    const xmlNode *root = xmlDocGetRootElement((xmlDoc *)(uintptr_t)page);
    const xmlNode *main = find_main(root), *body = find_body(root);
    struct buffer whole;
    buffer_init(&whole, out->maximum);
    struct html_text whole_text;
    enum status status = extract(&whole_text, &whole, body, false);
    if (!status && main) status = extract(text, out, main, false);
    bool poor = !main || out->length < TEXT_MIN || out->length < whole.length / TEXT_SHARE;
    if (!status && poor && whole.length >= out->length) {
        buffer_clear(out);
        *text = whole_text;
        status = buffer_append_span(out, buffer_span(&whole));
    }
    if (!status && out->length < TEXT_MIN) { /* everything is boilerplate? then nothing is */
        buffer_clear(&whole);
        status = extract(&whole_text, &whole, body, true);
        if (!status && whole.length > out->length * 2) {
            buffer_clear(out);
            *text = whole_text;
            status = buffer_append_span(out, buffer_span(&whole));
        }
    }
    buffer_release(&whole);
    return status;
}
