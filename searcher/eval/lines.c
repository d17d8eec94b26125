/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    BLOCK_BYTES = 1 << 18 /* bytes read at once: larger blocks measured no faster */
};

struct lines {
    const char *path;
    int descriptor; /* -1 when reading memory */
    struct span memory;
    size_t memory_read;
    char *data;
    size_t start, end, capacity; /* the unread bytes are data[start, end) */
    size_t nul;                  /* where in data a NUL byte is, or SIZE_MAX */
    size_t number;
    bool finished;
};

static enum status open_any(struct lines **out, const char *path, int descriptor, struct span memory,
                            struct error *error)
{
    struct lines *lines = calloc(1, sizeof *lines);
    char *data = malloc(BLOCK_BYTES + 1);
    if (!lines || !data) {
        free(lines);
        free(data);
        if (descriptor > STDIN_FILENO) close(descriptor);
        return fail(error, NO_MEMORY, "out of memory reading '%s'", path);
    }
    *lines = (struct lines){.path = path,
                            .descriptor = descriptor,
                            .memory = memory,
                            .data = data,
                            .capacity = BLOCK_BYTES,
                            .nul = SIZE_MAX};
    *out = lines;
    return OK;
}

enum status lines_open(struct lines **out, const char *path, struct error *error)
{
    if (strcmp(path, "-") == 0) return open_any(out, "standard input", STDIN_FILENO, (struct span){0}, error);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return fail(error, IO, "cannot open '%s': %s", path, strerror(errno));
    return open_any(out, path, descriptor, (struct span){0}, error);
}

enum status lines_open_memory(struct lines **out, const char *name, struct span text, struct error *error)
{
    return open_any(out, name, -1, text, error);
}

void lines_close(struct lines *lines)
{
    if (!lines) return;
    if (lines->descriptor > STDIN_FILENO) close(lines->descriptor);
    free(lines->data);
    free(lines);
}

static ssize_t read_some(struct lines *lines, char *to, size_t room)
{
    if (lines->descriptor < 0) {
        size_t left = lines->memory.length - lines->memory_read;
        if (left > room) left = room;
        if (left) memcpy(to, lines->memory.data + lines->memory_read, left);
        lines->memory_read += left;
        return (ssize_t)left;
    }
    ssize_t got;
    do got = read(lines->descriptor, to, room);
    while (got < 0 && errno == EINTR);
    return got;
}

/* Moves the unread bytes to the front and reads more behind them. */
static enum status fill(struct lines *lines, struct error *error)
{
    size_t kept = lines->end - lines->start;
    if (lines->start) {
        memmove(lines->data, lines->data + lines->start, kept);
        if (lines->nul != SIZE_MAX) lines->nul -= lines->start;
        lines->start = 0;
        lines->end = kept;
    }
    if (kept == lines->capacity) {
        if (kept >= LINE_BYTES_MAX)
            return fail_at(error, LIMIT, lines->number + 1, "%s, line %zu: longer than %d bytes", lines->path,
                           lines->number + 1, (int)LINE_BYTES_MAX);
        char *grown = realloc(lines->data, lines->capacity * 2 + 1);
        if (!grown) return fail(error, NO_MEMORY, "out of memory reading '%s'", lines->path);
        lines->data = grown;
        lines->capacity *= 2;
    }
    ssize_t got = read_some(lines, lines->data + kept, lines->capacity - kept);
    if (got < 0) return fail(error, IO, "cannot read '%s': %s", lines->path, strerror(errno));
    if (got == 0) lines->finished = true;
    if (lines->nul == SIZE_MAX && got > 0) {
        const char *nul = memchr(lines->data + kept, '\0', (size_t)got);
        if (nul) lines->nul = (size_t)(nul - lines->data);
    }
    lines->end = kept + (size_t)got;
    lines->data[lines->end] = '\n'; /* so that a number at the end of the last line has an end */
    return OK;
}

enum status lines_next(struct lines *lines, struct span *line, struct error *error)
{
    size_t searched = 0;
    for (;;) {
        size_t unread = lines->end - lines->start;
        const char *from = lines->data + lines->start;
        const char *newline = unread > searched ? memchr(from + searched, '\n', unread - searched) : NULL;
        if (!newline && !lines->finished) {
            searched = unread;
            enum status status = fill(lines, error);
            if (status != OK) return status;
            continue;
        }
        if (!newline && unread == 0) return NOT_FOUND;
        size_t length = newline ? (size_t)(newline - from) : unread;
        *line = (struct span){from, length};
        lines->number++;
        if (lines->nul != SIZE_MAX && lines->nul < lines->start + length)
            return lines_fail(lines, error, "holds a NUL byte; is this a text file?");
        lines->start += length + (newline ? 1 : 0);
        return OK;
    }
}

size_t lines_number(const struct lines *lines)
{
    return lines->number;
}

const char *lines_path(const struct lines *lines)
{
    return lines->path;
}

bool lines_can_rewind(const struct lines *lines)
{
    return lines->descriptor < 0 || lseek(lines->descriptor, 0, SEEK_CUR) >= 0;
}

bool lines_rewind(struct lines *lines)
{
    if (lines->descriptor >= 0 && lseek(lines->descriptor, 0, SEEK_SET) < 0) return false;
    lines->memory_read = 0;
    lines->start = lines->end = lines->number = 0;
    lines->nul = SIZE_MAX;
    lines->finished = false;
    return true;
}

enum status lines_fail(const struct lines *lines, struct error *error, const char *format, ...)
{
    char message[ERROR_BYTES_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return fail_at(error, INVALID, lines->number, "%s, line %zu: %s", lines->path, lines->number, message);
}

/* White space as C's isspace in the C locale has it, without the call. */
static const bool is_space[256] = {
    [' '] = true, ['\t'] = true, ['\n'] = true, ['\v'] = true, ['\f'] = true, ['\r'] = true};

size_t fields_split(struct span line, struct span *fields, size_t max, struct span *rest)
{
    if (rest) *rest = (struct span){0};
    if (line.length == 0) return 0; /* the data may be NULL */
    const unsigned char *at = (const unsigned char *)line.data, *end = at + line.length;
    size_t count = 0;
    while (count < max) {
        while (at < end && is_space[*at]) at++;
        if (at == end) break;
        const unsigned char *start = at;
        while (at < end && !is_space[*at]) at++;
        fields[count++] = (struct span){(const char *)start, (size_t)(at - start)};
    }
    if (rest) *rest = span_trim((struct span){(const char *)at, (size_t)(end - at)});
    return count;
}

/* Numbers of at most 15 digits with a small power of ten: both are exact as doubles, so that one multiplication or
 * division rounds once, as strtod does (Clinger 1990, section 6). */
static bool parse_short(const char *at, const char *end, double *value)
{
    static const double power[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+')) at++;
    uint64_t digits = 0;
    int seen = 0, exponent = 0;
    bool any = false, point = false;
    for (; at < end; at++) {
        if (*at == '.' && !point) {
            point = true;
            continue;
        }
        if (*at < '0' || *at > '9') break;
        any = true;
        if (digits || *at != '0') seen++;
        if (seen > 15) return false;
        digits = digits * 10 + (uint64_t)(*at - '0');
        if (point) exponent--;
    }
    if (!any) return false;
    if (at < end) {
        if (*at != 'e' && *at != 'E') return false;
        at++;
        bool minus = at < end && *at == '-';
        if (at < end && (*at == '-' || *at == '+')) at++;
        if (at == end || end - at > 3) return false;
        int written = 0;
        for (; at < end; at++) {
            if (*at < '0' || *at > '9') return false;
            written = written * 10 + (*at - '0');
        }
        exponent += minus ? -written : written;
    }
    if (exponent < -22 || exponent > 22) return false;
    double result = (double)digits;
    result = exponent < 0 ? result / power[-exponent] : result * power[exponent];
    *value = negative ? -result : result;
    return true;
}

enum number_fault number_parse(struct span field, double *value)
{
    if (field.length == 0) return NUMBER_NOT;
    if (parse_short(field.data, field.data + field.length, value)) return NUMBER_GOOD;
    char *end;
    double result = strtod(field.data, &end);
    if (end != field.data + field.length) return NUMBER_NOT;
    if (isnan(result)) return NUMBER_NAN;
    if (isinf(result)) return NUMBER_INFINITE;
    *value = result;
    return NUMBER_GOOD;
}

bool integer_parse(struct span field, long low, long high, long *value)
{
    size_t at = 0;
    bool negative = field.length && field.data[0] == '-';
    if (field.length && (field.data[0] == '-' || field.data[0] == '+')) at = 1;
    if (at == field.length) return false;
    long result = 0;
    for (; at < field.length; at++) {
        int digit = field.data[at] - '0';
        if (digit < 0 || digit > 9 || result > (LONG_MAX - digit) / 10) return false;
        result = result * 10 + digit;
    }
    if (negative) result = -result;
    if (result < low || result > high) return false;
    *value = result;
    return true;
}
