/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/status.h"

#include "corpus/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char *const names[STATUS_COUNT] = {
    [OK] = "ok",
    [NOT_FOUND] = "not found",
    [INVALID] = "invalid input",
    [LIMIT] = "limit exceeded",
    [UNSUPPORTED] = "unsupported",
    [MISSING] = "index missing",
    [LOCKED] = "index locked",
    [DAMAGED] = "index damaged",
    [CHANGED] = "index changed",
    [STOPPED] = "stopped",
    [IO] = "input/output failure",
    [NO_MEMORY] = "out of memory",
};

/* True when a fault of the decoder, not a written U+FFFD, is at [start, end). */
static bool is_fault(const char *message, size_t start, size_t end, uint32_t rune)
{
    return rune == 0xFFFD && (end - start != 3 || memcmp(message + start, "\xEF\xBF\xBD", 3) != 0);
}

/* Puts '?' for what a terminal would act upon (controls, also those of C1) or could not show (broken UTF-8), and drops
 * the character that the cut left incomplete. */
static void make_printable(char *message)
{
    struct span text = span_of(message);
    size_t kept = 0;
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        uint32_t rune = utf8_next(text, &at);
        bool fault = is_fault(message, start, at, rune);
        if (fault && at == ERROR_BYTES_MAX - 1 && (unsigned char)message[start] >= 0xC2) break;
        if (fault || rune < 0x20 || (rune >= 0x7F && rune < 0xA0)) {
            message[kept++] = '?';
        } else {
            memmove(message + kept, message + start, at - start);
            kept += at - start;
        }
    }
    message[kept] = '\0';
}

static enum status fill(struct error *error, enum status status, size_t position, const char *format, va_list arguments)
{
    if (error) {
        error->status = status;
        error->position = position;
        vsnprintf(error->message, sizeof error->message, format, arguments);
        make_printable(error->message);
    }
    return status;
}

enum status fail(struct error *error, enum status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fill(error, status, SIZE_MAX, format, arguments);
    va_end(arguments);
    return status;
}

enum status fail_at(struct error *error, enum status status, size_t position, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fill(error, status, position, format, arguments);
    va_end(arguments);
    return status;
}

const char *status_name(enum status status)
{
    return (unsigned)status < STATUS_COUNT ? names[status] : "unknown status";
}
