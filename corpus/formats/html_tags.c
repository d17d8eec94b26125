/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/formats/html_tags.h"

#include <string.h>
#include <strings.h>

static const struct {
    const char *name;
    enum html_role role;
} elements[] = {
    {"address", HTML_PARAGRAPH}, {"applet", HTML_DROPPED},   {"article", HTML_PARAGRAPH},
    {"aside", HTML_DROPPED},     {"audio", HTML_DROPPED},    {"blockquote", HTML_PARAGRAPH},
    {"br", HTML_BREAK},          {"button", HTML_DROPPED},   {"canvas", HTML_DROPPED},
    {"caption", HTML_LINE},      {"center", HTML_LINE},      {"datalist", HTML_DROPPED},
    {"dd", HTML_LINE},           {"details", HTML_LINE},     {"dialog", HTML_DROPPED},
    {"dir", HTML_PARAGRAPH},     {"div", HTML_LINE},         {"dl", HTML_PARAGRAPH},
    {"dt", HTML_LINE},           {"embed", HTML_DROPPED},    {"fieldset", HTML_LINE},
    {"figcaption", HTML_LINE},   {"figure", HTML_PARAGRAPH}, {"footer", HTML_DROPPED},
    {"form", HTML_LINE},         {"frameset", HTML_LINE},    {"h1", HTML_PARAGRAPH},
    {"h2", HTML_PARAGRAPH},      {"h3", HTML_PARAGRAPH},     {"h4", HTML_PARAGRAPH},
    {"h5", HTML_PARAGRAPH},      {"h6", HTML_PARAGRAPH},     {"head", HTML_DROPPED},
    {"header", HTML_DROPPED},    {"hr", HTML_PARAGRAPH},     {"iframe", HTML_DROPPED},
    {"input", HTML_DROPPED},     {"legend", HTML_LINE},      {"li", HTML_LINE},
    {"main", HTML_PARAGRAPH},    {"map", HTML_DROPPED},      {"math", HTML_INLINE},
    {"menu", HTML_DROPPED},      {"nav", HTML_DROPPED},      {"noframes", HTML_DROPPED},
    {"noscript", HTML_DROPPED},  {"object", HTML_DROPPED},   {"ol", HTML_PARAGRAPH},
    {"optgroup", HTML_DROPPED},  {"option", HTML_DROPPED},   {"p", HTML_PARAGRAPH},
    {"pre", HTML_PRE},           {"rp", HTML_DROPPED},       {"script", HTML_DROPPED},
    {"section", HTML_PARAGRAPH}, {"select", HTML_DROPPED},   {"style", HTML_DROPPED},
    {"summary", HTML_LINE},      {"svg", HTML_DROPPED},      {"table", HTML_PARAGRAPH},
    {"tbody", HTML_LINE},        {"td", HTML_CELL},          {"template", HTML_DROPPED},
    {"textarea", HTML_DROPPED},  {"tfoot", HTML_LINE},       {"th", HTML_CELL},
    {"thead", HTML_LINE},        {"title", HTML_DROPPED},    {"tr", HTML_LINE},
    {"ul", HTML_PARAGRAPH},      {"video", HTML_DROPPED},
};

/* Words in a class or id, between '-', '_' and spaces or in camel case, that name what stands around a text. Only
 * whole words: "adventure" is not "ad", "nation" not "nav". */
static const char *const boilerplate_words[] = {
    "ad",         "ads",        "advert",    "advertisement", "banner",  "breadcrumb", "breadcrumbs",
    "comments",   "consent",    "cookie",    "cookies",       "disqus",  "footer",     "gdpr",
    "login",      "masthead",   "menu",      "modal",         "nav",     "navbar",     "navi",
    "navigation", "newsletter", "pager",     "pagination",    "paywall", "popup",      "promo",
    "related",    "search",     "share",     "sharing",       "sidebar", "skip",       "skiplink",
    "social",     "sponsor",    "sponsored", "subscribe",     "toolbar", "topbar",     "widget",
};

static const char *const dropped_roles[] = {"navigation", "banner",      "contentinfo", "search",  "complementary",
                                            "dialog",     "alertdialog", "menu",        "menubar", "toolbar"};

bool html_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcasecmp((const char *)node->name, name) == 0;
}

enum html_role html_role_of(const xmlNode *element)
{
    size_t low = 0, high = sizeof elements / sizeof *elements;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcasecmp((const char *)element->name, elements[middle].name);
        if (order == 0) return elements[middle].role;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return HTML_INLINE;
}

int html_heading_level(const xmlNode *element)
{
    const char *name = (const char *)element->name;
    bool heading = (name[0] | 0x20) == 'h' && name[1] >= '1' && name[1] <= '6' && !name[2];
    return heading ? name[1] - '0' : 0;
}

const char *html_attribute(const xmlNode *element, const char *name)
{
    for (const xmlAttr *attribute = element->properties; attribute; attribute = attribute->next)
        if (strcasecmp((const char *)attribute->name, name) == 0)
            return attribute->children ? (const char *)attribute->children->content : "";
    return NULL;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_word_byte(char c)
{
    return is_upper(c) || (c >= 'a' && c <= 'z');
}

static bool has_boilerplate_word(const char *value)
{
    while (value && *value) {
        while (*value && !is_word_byte(*value)) value++;
        size_t length = 0;
        while (is_word_byte(value[length]) && (length == 0 || !is_upper(value[length]) || is_upper(value[length - 1])))
            length++;
        for (size_t i = 0; length && i < sizeof boilerplate_words / sizeof *boilerplate_words; i++)
            if (strncasecmp(value, boilerplate_words[i], length) == 0 && !boilerplate_words[i][length]) return true;
        value += length;
    }
    return false;
}

bool html_is_boilerplate(const xmlNode *element)
{
    const char *role = html_attribute(element, "role"), *style = html_attribute(element, "style");
    const char *hidden = html_attribute(element, "aria-hidden");
    for (size_t i = 0; role && i < sizeof dropped_roles / sizeof *dropped_roles; i++)
        if (strcasecmp(role, dropped_roles[i]) == 0) return true;
    if (html_attribute(element, "hidden") || (hidden && strcasecmp(hidden, "true") == 0)) return true;
    if (style && (strcasestr(style, "display:none") || strcasestr(style, "display: none"))) return true;
    if (html_is(element, "body") || html_is(element, "html") || html_is(element, "main")) return false;
    return has_boilerplate_word(html_attribute(element, "class")) ||
           has_boilerplate_word(html_attribute(element, "id"));
}
