/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/formats/html_blocks.h"

#include "corpus/formats/html_tags.h"
#include "corpus/formats/html_text.h"
#include "corpus/formats/html_tree.h"
#include "corpus/furniture.h"
#include "corpus/lines.h"

#include <string.h>

enum {
    RUNNING_MIN = 80,   /* units of a block of running text: a dozen English words, a line of Japanese */
    SENTENCE_MIN = 40,  /* and of one that ends as a sentence does */
    LABEL_MAX = 40,     /* units of a line over a list of links that is its label */
    BOX_MAX = 400,      /* bytes of text around a button or field that belong to it */
    TEASER_MAX = 300,   /* bytes of text under a heading that is a link: of what that leads to */
    ENOUGH = 200,       /* bytes of running text in a page that can be judged by it */
    LINKED_MAX = 3,     /* tenths of a block within links, up to which it is running text */
    LINKS_MIN = 6,      /* tenths, from which it is links */
    MAIN_SHARE = 80,    /* hundredths of the running text that the main part holds */
    TRAIL_MAX = 60,     /* units of a short line after the last running text that may still belong to it: a signature */
    NOTICE_NODES = 300, /* nodes of such a box that are looked at */
    CELL_MAX = 400,     /* bytes of a cell of data */
    ABOVE_MAX = 30      /* blocks between the page's heading and its main part */
};

/* What the blocks of one list or table come to together. */
struct judged {
    bool running, links, out;
    bool weak;    /* running only as it ends as a sentence does */
    size_t units; /* of the block's length, see units_of */
};

struct page {
    struct html_block *blocks;
    struct judged *judged;
    size_t count;
    struct span text;
};

static size_t length_of(const struct html_block *block)
{
    return block->range.end - block->range.start;
}

/* The length of a text, comparable between scripts: a letter counts one, and a character of Chinese, Japanese or Korean
 * three, as two of them make about a word. */
static size_t units_of(struct span text)
{
    size_t units = 0;
    for (size_t i = 0; i < text.length;) {
        uint32_t rune = utf8_next(text, &i);
        units += (rune >= 0x3040 && rune < 0xE000) || (rune >= 0x20000 && rune < 0x40000) ? 3 : 1;
    }
    return units;
}

static bool is_unit(const xmlNode *node)
{
    return html_is(node, "ul") || html_is(node, "ol") || html_is(node, "dl") || html_is(node, "table") ||
           html_is(node, "p") || html_is(node, "pre");
}

/* The list, table or paragraph that [node] is in: the innermost one. */
static const xmlNode *unit_of(const xmlNode *node)
{
    for (const xmlNode *at = node; at && at->type == XML_ELEMENT_NODE; at = at->parent)
        if (is_unit(at)) return at;
    return node;
}

/* The element that holds [block], or the list, table or paragraph it is in. */
static const xmlNode *container_of(const struct html_block *block)
{
    const xmlNode *unit = unit_of(block->node);
    return is_unit(unit) ? unit->parent : html_is(unit, "td") || html_is(unit, "body") ? unit : unit->parent;
}

bool html_lays_out(const xmlNode *unit)
{
    if (!html_is(unit, "table")) return false;
    size_t cells = 0, paragraphs = 0, bytes = 0;
    for (const xmlNode *node = unit; node; node = html_next(unit, node, true)) {
        if (node != unit && html_is(node, "table")) return true;
        if (html_is(node, "td") || html_is(node, "th")) {
            cells++;
            bytes = 0;
        }
        if (node->type == XML_TEXT_NODE) bytes += span_trim(span_of((const char *)node->content)).length;
        paragraphs += html_is(node, "p") || html_is(node, "br");
        if (bytes > CELL_MAX || (node->type == XML_ELEMENT_NODE && html_heading_level(node))) return true;
    }
    return paragraphs > cells;
}

static bool ends_as_sentence(struct span line)
{
    static const char *const ends[] = {"。", "！", "？", "」", "।", "။", "។"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t length = strlen(ends[i]);
        if (line.length >= length && memcmp(line.data + line.length - length, ends[i], length) == 0) return true;
    }
    return line_ends_sentence(line);
}

static bool is_control(const xmlNode *node)
{
    if (html_is(node, "button") || html_is(node, "textarea")) return true;
    if (html_is(node, "input")) {
        const char *type = html_attribute(node, "type");
        return !type || strcmp(type, "hidden") != 0;
    }
    return node->type == XML_ELEMENT_NODE && html_attribute(node, "onclick");
}

/* True when [node] has a button or field, and at most [most] bytes of text with it. */
static bool is_control_box(const xmlNode *box, size_t most)
{
    size_t looked = 0, bytes = 0;
    bool control = false;
    for (const xmlNode *node = box; node; node = html_next(box, node, true)) {
        if (node->type == XML_TEXT_NODE) bytes += span_trim(span_of((const char *)node->content)).length;
        control |= is_control(node);
        if (bytes > most || ++looked > NOTICE_NODES) return false;
    }
    return control;
}

/* A line that belongs to a button: of a form, a subscription, or, in more words, of a notice about cookies. */
static bool belongs_to_button(const struct html_block *block, struct span line)
{
    static const char *const words[] = {"cookie", "Cookie", "クッキー", "คุกกี้"};
    bool cookies = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        cookies |= line.length && memmem(line.data, line.length, words[i], strlen(words[i]));
    const xmlNode *at = block->node;
    for (int up = 0; at && up < 3 && at->type == XML_ELEMENT_NODE; up++, at = at->parent) {
        if (html_is(at, "body") || html_is(at, "main") || html_is(at, "article")) break;
        if ((up < 2 || cookies) && is_control_box(at, cookies ? 2 * BOX_MAX : BOX_MAX)) return true;
    }
    return false;
}

static struct judged judge(struct page *page, size_t i, size_t total, size_t linked, bool unit)
{
    const struct html_block *block = &page->blocks[i];
    struct span line = span_cut(page->text, block->range.start, block->range.end);
    struct judged judged = {.links = linked * 10 >= total * LINKS_MIN, .units = units_of(line)};
    size_t units = unit ? total : judged.units;
    judged.weak = units < RUNNING_MIN && judged.units >= SENTENCE_MIN && ends_as_sentence(line);
    judged.running = (units >= RUNNING_MIN || judged.weak) && linked * 10 <= total * LINKED_MAX && !block->heading;
    judged.out = (line.length <= 2 * BOX_MAX && belongs_to_button(block, line)) ||
                 (!unit && line.length < 200 && furniture_is(line));
    if (judged.out) judged.running = false;
    return judged;
}

/* Adds [bytes] to the weight of [node] and all elements around it, up to [root]. */
static void weigh(const xmlNode *node, const xmlNode *root, size_t bytes)
{
    for (; node && node->type == XML_ELEMENT_NODE; node = node->parent) {
        xmlNode *element = (xmlNode *)(uintptr_t)node;
        element->_private = (void *)((uintptr_t)element->_private + bytes);
        if (node == root) break;
    }
}

static size_t weight_of(const xmlNode *node)
{
    return (size_t)(uintptr_t)node->_private;
}

static void clear_weights(const xmlNode *root)
{
    for (const xmlNode *node = root; node; node = html_next(root, node, true))
        if (node->type == XML_ELEMENT_NODE) ((xmlNode *)(uintptr_t)node)->_private = NULL;
}

static const xmlNode *find_main_part(const xmlNode *root)
{
    const xmlNode *part = root;
    for (;;) {
        const xmlNode *heaviest = NULL;
        for (const xmlNode *child = part->children; child; child = child->next)
            if (child->type == XML_ELEMENT_NODE && (!heaviest || weight_of(child) > weight_of(heaviest)))
                heaviest = child;
        if (!heaviest || weight_of(heaviest) * 100 < weight_of(part) * MAIN_SHARE || (is_unit(heaviest) && !html_lays_out(heaviest)) ||
            html_is(heaviest, "p") || html_is(heaviest, "pre") || html_is(heaviest, "blockquote"))
            break;
        part = heaviest;
    }
    return part;
}

static bool is_inside(const xmlNode *node, const xmlNode *ancestor)
{
    while (node && node != ancestor) node = node->parent;
    return node != NULL;
}

/* Where the main part begins: with the page's heading when that stands above it, and what is between is not links. */
static size_t find_start(const struct page *page, size_t first)
{
    size_t start = first, links = 0;
    for (size_t i = first; i > 0 && first - i < ABOVE_MAX; i--) {
        if (page->judged[i - 1].links) links++;
        if (page->blocks[i - 1].heading == 1) /* over the way to other pages it is the site's name, not this one's */
            return links && page->blocks[start].heading ? start : i - 1;
        if (page->blocks[i - 1].heading == 2 && start == first && !links) start = i - 1;
    }
    return start;
}

/* The last block that belongs to the text: running text, and a signature below it. */
static size_t find_end(const struct page *page, size_t start, size_t end)
{
    while (end > start && (!page->judged[end - 1].running || page->judged[end - 1].weak || page->judged[end - 1].out))
        end--;
    const xmlNode *around = end > start ? container_of(&page->blocks[end - 1]) : NULL;
    for (size_t i = end; i < page->count && around && container_of(&page->blocks[i]) == around; i++) {
        if (page->judged[i].links || page->judged[i].out) break;
        if (page->judged[i].weak) end = i + 1;
    }
    size_t last = end;
    while (end < page->count && end < last + 2 && !page->judged[end].links && !page->judged[end].out &&
           !page->blocks[end].heading && page->judged[end].units <= TRAIL_MAX &&
           container_of(&page->blocks[end]) == around && html_is(page->blocks[end].node, "p"))
        end++;
    return end;
}

/* A short line over a list of links: "See also", "On this page". */
static bool is_label(const struct page *page, size_t i)
{
    const xmlNode *next = page->blocks[i].node->next;
    if (page->judged[i].running || page->judged[i].units > LABEL_MAX || page->blocks[i].heading == 1) return false;
    while (next && next->type != XML_ELEMENT_NODE) next = next->next;
    bool list = next && (html_is(next, "ul") || html_is(next, "ol") || html_is(next, "nav") || page->blocks[i].heading);
    return list && html_is_list_of_links(next);
}

/* Takes out what stands under headings that are links, a few words each, when there are several: they tell of other
 * pages. */
static void drop_teasers(struct page *page)
{
    for (int round = 0, found = 0; round < 2 && (round == 0 || found >= 2); round++)
        for (size_t i = 0; i < page->count; i++) {
            const struct html_block *heading = &page->blocks[i];
            if (!heading->heading || heading->linked * 10 < length_of(heading) * 9) continue;
            const xmlNode *box = heading->node->parent;
            size_t end = i + 1, bytes = 0;
            while (end < page->count && !page->blocks[end].heading && is_inside(page->blocks[end].node, box))
                bytes += length_of(&page->blocks[end++]);
            if (!bytes || bytes > TEASER_MAX) continue;
            found++;
            for (size_t k = i; round && k < end; k++) page->judged[k].out = true;
        }
}

static void choose(struct page *page, size_t start, size_t end)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct judged *judged = &page->judged[i];
        page->blocks[i].keep = i >= start && i < end && !judged->out && !judged->links;
    }
    for (size_t i = start; i < end; i++)
        if (page->blocks[i].keep && is_label(page, i)) page->blocks[i].keep = false;
    for (size_t i = start; i < end; i++) { /* a heading over nothing that is kept */
        if (!page->blocks[i].keep || page->blocks[i].heading < 2) continue;
        size_t next = i + 1;
        bool dropped = false;
        while (next < end && !page->blocks[next].keep) {
            dropped |= page->judged[next].links;
            next++;
        }
        if (dropped && (next == end || page->blocks[next].heading)) page->blocks[i].keep = false;
    }
}

/* Judges every block, those of one list or table together. */
static size_t judge_all(struct page *page, const xmlNode *root)
{
    size_t running = 0;
    const xmlNode *last = NULL;
    bool whole = false; /* of [last]: its lines are judged together */
    for (size_t i = 0; i < page->count;) {
        const xmlNode *unit = unit_of(page->blocks[i].node);
        if (unit != last) whole = is_unit(unit) && is_inside(unit, root) && !html_lays_out(unit);
        last = unit;
        size_t end = i, total = 0, linked = 0;
        do {
            total += length_of(&page->blocks[end]);
            linked += page->blocks[end].linked;
            end++;
        } while (whole && end < page->count && is_inside(page->blocks[end].node, unit));
        bool several = end - i > 1;
        for (; i < end; i++) {
            page->judged[i] = judge(page, i, total, linked, several);
        }
    }
    drop_teasers(page);
    for (size_t i = 0; i < page->count; i++) {
        const struct judged *judged = &page->judged[i];
        if (!judged->running || judged->weak || judged->out) continue;
        weigh(page->blocks[i].node, root, length_of(&page->blocks[i]));
        running += length_of(&page->blocks[i]);
    }
    return running;
}

bool html_blocks_choose(struct html_block *blocks, size_t count, struct span text, const xmlNode *root)
{
    struct arena memory;
    arena_init(&memory, SIZE_MAX);
    struct page page = {.blocks = blocks, .count = count, .text = text};
    page.judged = count ? arena_take(&memory, count * sizeof *page.judged) : NULL;
    bool done = false;
    if (page.judged && judge_all(&page, root) >= ENOUGH) {
        const xmlNode *part = find_main_part(root);
        size_t first = 0, end = count;
        while (first < count && !is_inside(blocks[first].node, part)) first++;
        while (end > first && !is_inside(blocks[end - 1].node, part)) end--;
        size_t start = find_start(&page, first);
        end = find_end(&page, start, end);
        choose(&page, start, end);
        done = end > start;
    }
    clear_weights(root);
    arena_release(&memory);
    return done;
}
