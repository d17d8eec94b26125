/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes of text: spans that borrow, buffers that own, an arena that frees all at once, UTF-8 one character at a time.
 *
 * Takes bytes; gives bytes; never assumes a terminating NUL and never looks at the meaning of the text.
 */
#ifndef CORPUS_TEXT_H
#define CORPUS_TEXT_H

#include "corpus/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A run of bytes owned by somebody else. [data] may be NULL only when [length] is 0. */
struct span {
    const char *data;
    size_t length;
};

/* A range of bytes in some text: [start, end). */
struct range {
    size_t start, end;
};

#define SPAN(literal) ((struct span){(literal), sizeof(literal) - 1}) /* of a string literal */

struct span span_of(const char *string); /* a NUL-terminated string, or NULL for the empty span */
bool span_equal(struct span a, struct span b);
bool span_equal_fold(struct span a, struct span b); /* ASCII letters without case */
int span_compare(struct span a, struct span b);     /* bytewise, as memcmp */
bool span_starts(struct span text, struct span prefix);
struct span span_cut(struct span text, size_t start, size_t end); /* clamped to the text */
struct span span_trim(struct span text);                          /* without ASCII white space at both ends */

/* Takes the next line off [rest] (without its LF or CRLF). False when nothing is left. */
bool span_next_line(struct span *rest, struct span *line);

/* A growable run of bytes, always followed by a NUL that is not counted. */
struct buffer {
    char *data;
    size_t length, capacity;
    size_t maximum; /* bytes it may hold; growing past it is LIMIT */
};

/* An empty buffer that may hold [maximum] bytes; allocates nothing. */
void buffer_init(struct buffer *buffer, size_t maximum);
void buffer_release(struct buffer *buffer);
void buffer_clear(struct buffer *buffer); /* empties it and keeps its memory */

/* All return OK, LIMIT (over the maximum) or NO_MEMORY; on failure the buffer is as before. */
enum status buffer_reserve(struct buffer *buffer, size_t more);
enum status buffer_append(struct buffer *buffer, const char *data, size_t length);
enum status buffer_append_span(struct buffer *buffer, struct span text);
enum status buffer_append_string(struct buffer *buffer, const char *string);
enum status buffer_append_byte(struct buffer *buffer, char byte);
enum status buffer_append_rune(struct buffer *buffer, uint32_t rune); /* as UTF-8 */
enum status buffer_printf(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct span buffer_span(const struct buffer *buffer); /* borrows until the next change */

/* Memory that is freed all at once. Blocks grow; what was handed out never moves. */
struct arena {
    struct arena_block *block;
    size_t total;   /* bytes in all blocks */
    size_t maximum; /* bytes all blocks together may take; more is a NULL result */
};

void arena_init(struct arena *arena, size_t maximum);
void arena_release(struct arena *arena);
void arena_reset(struct arena *arena);                   /* forgets all, keeps the largest block */
void *arena_take(struct arena *arena, size_t size);      /* aligned for any type; NULL when full or out of memory */
char *arena_copy(struct arena *arena, struct span text); /* with a NUL after it */
char *arena_bytes(struct arena *arena, size_t size);     /* not aligned; NULL as arena_take */

/* Decodes the character at [text][*offset] and moves [*offset] past it. A byte that cannot belong to a well-formed
 * character gives U+FFFD and moves by one maximal ill-formed subpart (Unicode 15, section 3.9), at least one byte.
 * Precondition: *offset < text.length.
 */
uint32_t utf8_next(struct span text, size_t *offset);

/* Writes [rune] to [out] (4 bytes of room) and returns the bytes written; surrogates and values past U+10FFFF are
 * written as U+FFFD. */
size_t utf8_write(char *out, uint32_t rune);

bool utf8_valid(struct span text);

/* Appends [text] to [out] with each ill-formed subpart replaced by U+FFFD. */
enum status utf8_repair(struct buffer *out, struct span text);

/* Moves [offset] back to the start of the character it is in (at most 3 bytes). */
size_t utf8_floor(struct span text, size_t offset);

#endif
