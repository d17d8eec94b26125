/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/status.h"

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

/* Drops the bytes of a character that the cut left incomplete, and what a terminal would act upon. */
static void make_printable(char *message)
{
    size_t n = strlen(message);
    size_t back = 0;
    while (back < 4 && back < n && ((unsigned char)message[n - 1 - back] & 0xC0) == 0x80) back++;
    if (n == ERROR_BYTES_MAX - 1 && back < n && ((unsigned char)message[n - 1 - back] & 0xC0) == 0xC0)
        message[n - 1 - back] = '\0';
    for (char *c = message; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F) *c = '?';
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
