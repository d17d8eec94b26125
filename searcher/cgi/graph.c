/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cgi/graph.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WIDTH = 600,
    HEIGHT = 460,
    NODES_MAX = 16,
    ROW = 26,         /* units between two labels on one side: a target of at least 24 pixels */
    LABEL_RUNES = 26, /* characters; a longer name is cut in the drawing and whole in its title and the table */
    CENTRE_RUNES = 22
};

struct node {
    enum name_type type;
    const struct associated_name *name;
    double x, y;
    bool left;
};

static const enum name_type order[] = {NAME_ORGANIZATION, NAME_PERSON, NAME_PLACE};

static int by_score(const void *a, const void *b)
{
    const struct node *left = a, *right = b;
    if (left->name->score != right->name->score) return left->name->score < right->name->score ? 1 : -1;
    return span_compare(left->name->value, right->name->value);
}

static int by_type(const void *a, const void *b)
{
    const struct node *left = a, *right = b;
    if (left->type != right->type) return left->type == NAME_ORGANIZATION || right->type == NAME_PLACE ? -1 : 1;
    return by_score(a, b);
}

/* Names that occur with it oftener than by chance: the strongest ties of all types together. */
static size_t choose(struct node nodes[NODES_MAX], const struct associations *found, size_t values)
{
    struct node all[256];
    size_t count = 0;
    for (size_t t = 0; t < sizeof order / sizeof *order; t++) {
        const struct associated_names *names = &found->names[order[t]];
        for (size_t i = 0; i < names->count && i < values && count < sizeof all / sizeof *all; i++)
            if (names->items[i].score > 0) all[count++] = (struct node){.type = order[t], .name = &names->items[i]};
    }
    if (!count) return 0;
    qsort(all, count, sizeof *all, by_score);
    if (count > NODES_MAX) count = NODES_MAX;
    qsort(all, count, sizeof *all, by_type);
    memcpy(nodes, all, count * sizeof *all);
    return count;
}

/* Half of the nodes on each side, spaced evenly, on an arc around the centre: no two labels can meet. */
static void place(struct node *nodes, size_t count)
{
    size_t right = (count + 1) / 2;
    for (size_t i = 0; i < count; i++) {
        bool left = i >= right;
        size_t on_side = left ? count - right : right, at = left ? count - 1 - i : i;
        double spacing = (double)(HEIGHT - 60) / (double)(on_side > 6 ? on_side : 6);
        double y = HEIGHT / 2.0 + ((double)at - (double)(on_side - 1) / 2) * spacing;
        double from_middle = fabs(y - HEIGHT / 2.0) / (HEIGHT / 2.0);
        double reach = 78 + 24 * sqrt(1 - from_middle * from_middle * 0.9);
        nodes[i].left = left;
        nodes[i].y = y;
        nodes[i].x = left ? WIDTH / 2.0 - reach : WIDTH / 2.0 + reach;
    }
}

static void coordinate(struct html *html, const char *name, double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.0f", value);
    html_attribute(html, name, span_of(text));
}

/* [text] cut to [runes] characters, with an ellipsis. */
static void write_short(struct html *html, struct span text, size_t runes)
{
    size_t at = 0, count = 0, cut = 0;
    while (at < text.length) {
        if (count++ == runes - 1) cut = at;
        utf8_next(text, &at);
    }
    html_text(html, count > runes ? span_cut(text, 0, cut) : text);
    if (count > runes) html_markup(html, "…");
}

static void write_line(struct html *html, const struct node *node, double strongest)
{
    html_markup(html, "<line");
    coordinate(html, "x1", WIDTH / 2.0);
    coordinate(html, "y1", HEIGHT / 2.0);
    coordinate(html, "x2", node->x);
    coordinate(html, "y2", node->y);
    char width[16];
    snprintf(width, sizeof width, "%.1f", 1 + 5 * sqrt(node->name->score / strongest));
    html_attribute(html, "stroke-width", span_of(width));
    html_markup(html, "/>\n");
}

static void write_node(struct page *page, const struct node *node)
{
    struct html *html = page->html;
    enum facet_kind kind = facet_of_name(node->type);
    html_markup(html, "<a");
    html_attribute(html, "class", span_of(facet_words[kind].class_name));
    page_href_name(page, kind, node->name->value);
    html_markup(html, "><title>");
    html_text(html, node->name->value);
    html_markup(html, ": together in ");
    page_count(html, node->name->together, "document", "documents");
    html_markup(html, "</title><rect class=\"room\"");
    coordinate(html, "x", node->left ? 4 : node->x - 8);
    coordinate(html, "y", node->y - ROW / 2.0);
    coordinate(html, "width", node->left ? node->x + 4 : WIDTH - 4 - (node->x - 8));
    coordinate(html, "height", ROW);
    html_markup(html, "/><circle");
    coordinate(html, "cx", node->x);
    coordinate(html, "cy", node->y);
    html_markup(html, " r=\"5\"/><text");
    coordinate(html, "x", node->left ? node->x - 11 : node->x + 11);
    coordinate(html, "y", node->y + 4);
    if (node->left) html_markup(html, " text-anchor=\"end\"");
    html_markup(html, ">");
    write_short(html, node->name->value, LABEL_RUNES);
    html_markup(html, "</text></a>\n");
}

static void write_drawing(struct page *page, const struct node *nodes, size_t count)
{
    struct html *html = page->html;
    double strongest = 1e-9;
    for (size_t i = 0; i < count; i++)
        if (nodes[i].name->score > strongest) strongest = nodes[i].name->score;
    html_markup(html, "<svg class=\"graph\" viewBox=\"0 0 600 460\" role=\"group\" aria-label=\"Names that occur "
                      "together with it\">\n<g class=\"ties\">\n");
    for (size_t i = 0; i < count; i++) write_line(html, &nodes[i], strongest);
    html_markup(html, "</g>\n");
    for (size_t i = 0; i < count; i++) write_node(page, &nodes[i]);
    html_markup(html, "<g class=\"centre\"><circle cx=\"300\" cy=\"230\" r=\"9\"/><text x=\"300\" y=\"256\" "
                      "text-anchor=\"middle\">");
    write_short(html, page->request.name, CENTRE_RUNES);
    html_markup(html, "</text></g>\n</svg>\n");
}

static void write_table(struct page *page, const struct node *nodes, size_t count)
{
    struct html *html = page->html;
    html_markup(html, "<details class=\"table\"><summary>As a table</summary>\n<div class=\"scroll\" tabindex=\"0\" "
                      "role=\"region\" aria-label=\"Names that occur together with it, as a table\"><table><thead><tr>"
                      "<th scope=\"col\">Name</th><th scope=\"col\">Kind</th><th scope=\"col\">Together</th>"
                      "<th scope=\"col\">In all</th><th scope=\"col\">Tie</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < count; i++) {
        enum facet_kind kind = facet_of_name(nodes[i].type);
        html_markup(html, "<tr><th scope=\"row\"><a");
        page_href_name(page, kind, nodes[i].name->value);
        html_markup(html, "><bdi>");
        html_text(html, nodes[i].name->value);
        html_markup(html, "</bdi></a></th><td>");
        html_string(html, facet_words[kind].singular);
        html_markup(html, "</td><td>");
        html_number(html, nodes[i].name->together);
        html_markup(html, "</td><td>");
        html_number(html, nodes[i].name->count);
        html_markup(html, "</td><td>");
        html_decimal(html, nodes[i].name->score);
        html_markup(html, "</td></tr>\n");
    }
    html_markup(html, "</tbody></table></div></details>\n");
}

void graph_write(struct page *page, const struct associations *found, size_t values)
{
    struct node nodes[NODES_MAX];
    struct html *html = page->html;
    size_t count = choose(nodes, found, values);
    if (!count) return;
    place(nodes, count);
    html_markup(html, "<section class=\"together\">\n<h2>Occurs together with</h2>\n<p class=\"told\">The thicker a "
                      "line, the more often both stand in one document than chance would have it "
                      "(log-likelihood).</p>\n");
    write_drawing(page, nodes, count);
    html_markup(html, "<ul class=\"key\" aria-hidden=\"true\"><li class=\"org\">Organization</li><li class=\"person\">"
                      "Person</li><li class=\"place\">Place</li></ul>\n");
    write_table(page, nodes, count);
    html_markup(html, "</section>\n");
}
