/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct span span_of(const char *string)
{
    return (struct span){string, string ? strlen(string) : 0};
}

bool span_equal(struct span a, struct span b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool span_equal_fold(struct span a, struct span b)
{
    if (a.length != b.length) return false;
    for (size_t i = 0; i < a.length; i++)
        if (ascii_lower(a.data[i]) != ascii_lower(b.data[i])) return false;
    return true;
}

int span_compare(struct span a, struct span b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

bool span_starts(struct span text, struct span prefix)
{
    return text.length >= prefix.length && (prefix.length == 0 || memcmp(text.data, prefix.data, prefix.length) == 0);
}

struct span span_cut(struct span text, size_t start, size_t end)
{
    if (end > text.length) end = text.length;
    if (start > end) start = end;
    return (struct span){text.data ? text.data + start : NULL, end - start};
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct span span_trim(struct span text)
{
    while (text.length && is_space(text.data[0])) text.data++, text.length--;
    while (text.length && is_space(text.data[text.length - 1])) text.length--;
    return text;
}

bool span_next_line(struct span *rest, struct span *line)
{
    if (!rest->length) return false;
    const char *feed = memchr(rest->data, '\n', rest->length);
    size_t length = feed ? (size_t)(feed - rest->data) : rest->length;
    size_t taken = feed ? length + 1 : length;
    *line = (struct span){rest->data, length};
    if (feed && length && rest->data[length - 1] == '\r') line->length--;
    rest->data += taken;
    rest->length -= taken;
    return true;
}

void buffer_init(struct buffer *buffer, size_t maximum)
{
    *buffer = (struct buffer){.maximum = maximum};
}

void buffer_release(struct buffer *buffer)
{
    free(buffer->data);
    buffer->data = NULL;
    buffer->length = buffer->capacity = 0;
}

void buffer_clear(struct buffer *buffer)
{
    buffer->length = 0;
    if (buffer->data) buffer->data[0] = '\0';
}

enum status buffer_reserve(struct buffer *buffer, size_t more)
{
    if (more > buffer->maximum || buffer->length > buffer->maximum - more) return LIMIT;
    if (buffer->length + more == SIZE_MAX) return NO_MEMORY;
    size_t needed = buffer->length + more + 1; /* the NUL */
    if (needed <= buffer->capacity) return OK;
    size_t capacity = buffer->capacity ? buffer->capacity : 64 /* bytes: most strings here are short */;
    while (capacity < needed) capacity = capacity > SIZE_MAX / 2 ? needed : capacity * 2;
    if (capacity - 1 > buffer->maximum) capacity = buffer->maximum + 1;
    char *data = realloc(buffer->data, capacity);
    if (!data) return NO_MEMORY;
    if (!buffer->data) data[0] = '\0';
    buffer->data = data;
    buffer->capacity = capacity;
    return OK;
}

enum status buffer_append(struct buffer *buffer, const char *data, size_t length)
{
    enum status status = buffer_reserve(buffer, length);
    if (status) return status;
    if (length) memcpy(buffer->data + buffer->length, data, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
    return OK;
}

enum status buffer_append_span(struct buffer *buffer, struct span text)
{
    return buffer_append(buffer, text.data, text.length);
}

enum status buffer_append_string(struct buffer *buffer, const char *string)
{
    return buffer_append(buffer, string, strlen(string));
}

enum status buffer_append_byte(struct buffer *buffer, char byte)
{
    return buffer_append(buffer, &byte, 1);
}

enum status buffer_append_rune(struct buffer *buffer, uint32_t rune)
{
    char bytes[4];
    return buffer_append(buffer, bytes, utf8_write(bytes, rune));
}

enum status buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) return INVALID;
    enum status status = buffer_reserve(buffer, (size_t)length);
    if (status) return status;
    va_start(arguments, format);
    vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buffer->length += (size_t)length;
    return OK;
}

struct span buffer_span(const struct buffer *buffer)
{
    return (struct span){buffer->data, buffer->length};
}

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    _Alignas(max_align_t) char data[];
};

enum {
    ARENA_BLOCK_MIN = 4096,           /* bytes: a page */
    ARENA_BLOCK_MAX = 4 * 1024 * 1024 /* bytes: past this, blocks stop doubling */
};

void arena_init(struct arena *arena, size_t maximum)
{
    *arena = (struct arena){.maximum = maximum};
}

static void free_blocks(struct arena_block *block)
{
    while (block) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
}

void arena_release(struct arena *arena)
{
    free_blocks(arena->block);
    arena->block = NULL;
    arena->total = 0;
}

void arena_reset(struct arena *arena)
{
    struct arena_block *keep = arena->block;
    for (struct arena_block *block = keep; block; block = block->next)
        if (block->size > keep->size) keep = block;
    for (struct arena_block *block = arena->block, *next; block; block = next) {
        next = block->next;
        if (block != keep) free(block);
    }
    arena->block = keep;
    arena->total = 0;
    if (keep) {
        keep->next = NULL;
        keep->used = 0;
        arena->total = keep->size;
    }
}

static char *take(struct arena *arena, size_t size, size_t alignment)
{
    struct arena_block *block = arena->block;
    if (block) {
        size_t start = (block->used + alignment - 1) & ~(alignment - 1);
        if (start <= block->size && size <= block->size - start) {
            block->used = start + size;
            return block->data + start;
        }
    }
    size_t wanted = block ? block->size * 2 : ARENA_BLOCK_MIN;
    if (wanted > ARENA_BLOCK_MAX) wanted = ARENA_BLOCK_MAX;
    if (wanted < size) wanted = size;
    if (arena->total > arena->maximum || wanted > arena->maximum - arena->total) {
        wanted = size;
        if (arena->total > arena->maximum || wanted > arena->maximum - arena->total) return NULL;
    }
    if (wanted > SIZE_MAX - sizeof(struct arena_block)) return NULL;
    struct arena_block *fresh = malloc(sizeof *fresh + wanted);
    if (!fresh) return NULL;
    fresh->next = block;
    fresh->size = wanted;
    fresh->used = size;
    arena->block = fresh;
    arena->total += wanted;
    return fresh->data;
}

void *arena_take(struct arena *arena, size_t size)
{
    return take(arena, size, _Alignof(max_align_t));
}

char *arena_bytes(struct arena *arena, size_t size)
{
    return take(arena, size, 1);
}

char *arena_copy(struct arena *arena, struct span text)
{
    char *copy = take(arena, text.length + 1, 1);
    if (!copy) return NULL;
    if (text.length) memcpy(copy, text.data, text.length);
    copy[text.length] = '\0';
    return copy;
}
