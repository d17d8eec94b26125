/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text made safe for the formats reports are written in. */
#include "searcher/eval/report.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum status json_append_string(struct buffer *out, struct span text)
{
    struct buffer repaired;
    buffer_init(&repaired, text.length * 3 + 1); /* U+FFFD is 3 bytes */
    enum status status = text.length ? utf8_repair(&repaired, text) : OK;
    struct span good = buffer_span(&repaired);
    json_t *string = status == OK ? json_stringn(good.data ? good.data : "", good.length) : NULL;
    char *quoted = string ? json_dumps(string, JSON_ENCODE_ANY) : NULL;
    status = status != OK ? status : quoted ? buffer_append_string(out, quoted) : NO_MEMORY;
    free(quoted);
    json_decref(string);
    buffer_release(&repaired);
    return status;
}

enum status json_append_number(struct buffer *out, double number)
{
    if (!isfinite(number)) return buffer_append_string(out, "null");
    char text[40];
    for (int digits = 15; digits <= 17; digits++) { /* the fewest that read back as the same double */
        snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number) break;
    }
    return buffer_append_string(out, text);
}

enum status markdown_append(struct buffer *out, struct span text)
{
    enum status status = OK;
    for (size_t i = 0; i < text.length && status == OK; i++) {
        char byte = text.data[i];
        if (byte == '|' || byte == '\\' || byte == '`' || byte == '*' || byte == '_' || byte == '[' || byte == '<')
            status = buffer_append_byte(out, '\\');
        if (status == OK) status = buffer_append_byte(out, (unsigned char)byte < ' ' ? ' ' : byte);
    }
    return status;
}

enum status html_append(struct buffer *out, struct span text)
{
    enum status status = OK;
    for (size_t at = 0; at < text.length && status == OK;) {
        uint32_t rune = utf8_next(text, &at);
        switch (rune) {
        case '&':
            status = buffer_append_string(out, "&amp;");
            break;
        case '<':
            status = buffer_append_string(out, "&lt;");
            break;
        case '>':
            status = buffer_append_string(out, "&gt;");
            break;
        case '"':
            status = buffer_append_string(out, "&quot;");
            break;
        case '\'':
            status = buffer_append_string(out, "&#39;");
            break;
        default:
            if (rune < ' ' && rune != '\n' && rune != '\t') rune = 0xfffd;
            status = buffer_append_rune(out, rune);
        }
    }
    return status;
}
