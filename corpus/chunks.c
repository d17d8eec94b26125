/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/chunks.h"

#include "corpus/reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
    PIECE_BYTES = 256 * 1024, /* read at a time: the system call is then a small part of the cost */
    CARRY_BYTES = 8           /* of a UTF-16 character cut by the end of a piece */
};

static enum status start_converting(struct chunks *chunks, const char *charset)
{
    chunks->converter = iconv_open("UTF-8", charset);
    chunks->converted = malloc(PIECE_BYTES * 2); /* two bytes of UTF-16 are at most three of UTF-8 */
    return chunks->converter == (iconv_t)-1 || !chunks->converted ? NO_MEMORY : OK;
}

/* Converts the [length] bytes in [raw]; U+FFFD for what is not UTF-16. */
static void convert_piece(struct chunks *chunks, size_t length, bool last)
{
    char *in = chunks->raw, *to = chunks->converted;
    size_t left = length, room = PIECE_BYTES * 2;
    while (left && iconv(chunks->converter, &in, &left, &to, &room) == (size_t)-1) {
        if (errno == EINVAL && !last) break;
        if (room < 3) break; /* cannot be: see start_converting */
        size_t bad = left < 2 ? left : 2, length_put = utf8_write(to, 0xFFFD);
        in += bad, left -= bad;
        to += length_put, room -= length_put;
    }
    chunks->carried = last || left > CARRY_BYTES ? 0 : left;
    memmove(chunks->raw, in, chunks->carried);
    chunks->data = chunks->converted;
    chunks->at = 0;
    chunks->end = (size_t)(to - chunks->converted);
}

enum status chunks_fill(struct chunks *chunks)
{
    while (chunks->at == chunks->end) {
        ptrdiff_t got = read_some(chunks->fd, chunks->raw + chunks->carried, PIECE_BYTES - chunks->carried);
        if (got < 0) {
            chunks->error = errno;
            return IO;
        }
        if (chunks->converter != (iconv_t)-1) {
            if (got == 0 && !chunks->carried) return NOT_FOUND;
            convert_piece(chunks, chunks->carried + (size_t)got, got == 0);
            continue;
        }
        if (got == 0) return NOT_FOUND;
        chunks->data = chunks->raw;
        chunks->at = 0;
        chunks->end = (size_t)got;
    }
    return OK;
}

enum status chunks_init(struct chunks *chunks, int fd, size_t maximum)
{
    *chunks = (struct chunks){.fd = fd, .line = 1, .converter = (iconv_t)-1};
    buffer_init(&chunks->whole, maximum);
    chunks->raw = malloc(PIECE_BYTES);
    if (!chunks->raw) return NO_MEMORY;
    enum status status = chunks_fill(chunks);
    if (status) return status == NOT_FOUND ? OK : status;
    struct span head = {chunks->raw, chunks->end};
    if (span_starts(head, SPAN("\xEF\xBB\xBF"))) chunks->at = 3;
    bool little = span_starts(head, SPAN("\xFF\xFE")), big = span_starts(head, SPAN("\xFE\xFF"));
    if (!little && !big) return OK;
    status = start_converting(chunks, little ? "UTF-16LE" : "UTF-16BE");
    if (status) return status;
    memmove(chunks->raw, chunks->raw + 2, head.length - 2);
    convert_piece(chunks, head.length - 2, false);
    return OK;
}

void chunks_release(struct chunks *chunks)
{
    if (chunks->converter != (iconv_t)-1) iconv_close(chunks->converter);
    free(chunks->raw);
    free(chunks->converted);
    buffer_release(&chunks->whole);
}

enum status chunks_line(struct chunks *chunks, struct span *line, uint64_t *number)
{
    *number = chunks->line;
    buffer_clear(&chunks->whole);
    bool too_long = false, any = false;
    for (;;) {
        enum status status = chunks_fill(chunks);
        if (status == NOT_FOUND && any) break; /* a last line without LF */
        if (status) return status;
        any = true;
        const char *start = chunks->data + chunks->at;
        size_t left = chunks->end - chunks->at;
        const char *feed = memchr(start, '\n', left);
        size_t length = feed ? (size_t)(feed - start) : left;
        chunks->at += feed ? length + 1 : length;
        if (feed && !chunks->whole.length && !too_long) { /* the usual case: nothing is copied */
            *line = (struct span){start, length};
            goto found;
        }
        if (!too_long) {
            status = buffer_append(&chunks->whole, start, length);
            if (status == NO_MEMORY) return status;
            too_long = status == LIMIT;
            if (too_long) buffer_release(&chunks->whole);
        }
        if (feed) break;
    }
    *line = buffer_span(&chunks->whole);
found:
    chunks->line++;
    if (too_long) return LIMIT;
    if (line->length && line->data[line->length - 1] == '\r') line->length--;
    return OK;
}
