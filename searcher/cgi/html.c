/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cgi/html.h"

#include <stdio.h>
#include <string.h>

void html_init(struct html *html)
{
    buffer_init(&html->out, PAGE_BYTES_MAX);
    html->status = OK;
}

void html_release(struct html *html)
{
    buffer_release(&html->out);
}

static void append(struct html *html, const char *data, size_t length)
{
    if (!html->status) html->status = buffer_append(&html->out, data, length);
}

void html_literal_(struct html *html, const char *literal, size_t length)
{
    append(html, literal, length);
}

/* What stands for an ASCII byte, or NULL when it stands for itself. Control characters other than tab and line feed are
 * no characters of XML 1.0, or (carriage return, DEL) are of no use to a reader. */
static const char *replacement(unsigned char byte, bool attribute)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\t':
        return attribute ? "&#9;" : NULL;
    case '\n':
        return attribute ? "&#10;" : NULL;
    default:
        return byte < ' ' || byte == 0x7F ? "" : NULL;
    }
}

/* C1 controls, which browsers take for Windows-1252 or nothing, and the noncharacters that XML forbids. */
static bool is_forbidden(uint32_t rune)
{
    return (rune >= 0x80 && rune < 0xA0) || (rune & 0xFFFE) == 0xFFFE || (rune >= 0xFDD0 && rune <= 0xFDEF);
}

static void escaped(struct html *html, struct span text, bool attribute)
{
    size_t from = 0;
    for (size_t i = 0; i < text.length;) {
        unsigned char byte = (unsigned char)text.data[i];
        size_t at = i;
        const char *instead;
        char written[5] = "";
        if (byte < 0x80) {
            i++;
            instead = replacement(byte, attribute);
            if (!instead) continue;
        } else {
            uint32_t rune = utf8_next(text, &i);
            size_t length = is_forbidden(rune) ? 0 : utf8_write(written, rune);
            if (length && length == i - at && memcmp(written, text.data + at, length) == 0) continue;
            written[length] = '\0';
            instead = written;
        }
        append(html, text.data + from, at - from);
        append(html, instead, strlen(instead));
        from = i;
    }
    if (from < text.length) append(html, text.data + from, text.length - from);
}

void html_text(struct html *html, struct span text)
{
    escaped(html, text, false);
}

void html_string(struct html *html, const char *text)
{
    escaped(html, span_of(text), false);
}

void html_number(struct html *html, uint64_t number)
{
    char digits[32], grouped[48];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)number), at = 0;
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0) grouped[at++] = ',';
        grouped[at++] = digits[i];
    }
    append(html, grouped, (size_t)at);
}

void html_decimal(struct html *html, double number)
{
    char text[64];
    int length = snprintf(text, sizeof text, "%.1f", number);
    if (length > 2 && text[length - 1] == '0') length -= 2;
    append(html, text, (size_t)length);
}

void html_attribute(struct html *html, const char *name, struct span value)
{
    append(html, " ", 1);
    append(html, name, strlen(name));
    append(html, "=\"", 2);
    escaped(html, value, true);
    append(html, "\"", 1);
}

void html_attribute_number(struct html *html, const char *name, uint64_t number)
{
    char digits[32];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    html_attribute(html, name, (struct span){digits, (size_t)length});
}

bool html_is_web_address(struct span url)
{
    const struct span schemes[] = {SPAN("https://"), SPAN("http://")};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (url.length > schemes[i].length && span_equal_fold(span_cut(url, 0, schemes[i].length), schemes[i])) {
            for (size_t k = schemes[i].length; k < url.length; k++)
                if ((unsigned char)url.data[k] <= ' ' || url.data[k] == 0x7F) return false;
            return utf8_valid(url);
        }
    return false;
}

void html_href_data(struct html *html, struct span url)
{
    if (html_is_web_address(url)) html_attribute(html, "href", url);
}

enum status url_component(struct buffer *out, struct span text)
{
    static const char hex[] = "0123456789ABCDEF";
    enum status status = buffer_reserve(out, 3 * text.length);
    for (size_t i = 0; !status && i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                     byte == '*' || byte == '-' || byte == '.' || byte == '_';
        char encoded[3] = {'%', hex[byte >> 4], hex[byte & 15]};
        if (plain)
            status = buffer_append_byte(out, (char)byte);
        else if (byte == ' ')
            status = buffer_append_byte(out, '+');
        else
            status = buffer_append(out, encoded, sizeof encoded);
    }
    return status;
}
