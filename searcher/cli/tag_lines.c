/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/tag.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK_BYTES = 1 << 16, HEAD_BYTES = 4096 /* looked at to tell text from other bytes */ };

struct tag_lines {
    int fd;
    char *path;
    bool gold;
    char *block;
    size_t at, end;
    struct buffer long_line; /* a line that did not fit into one block */
    struct span pending;     /* read already: it begins the next batch */
    bool is_pending;
    uint64_t line; /* number of the line read last */
    struct tag_batch batch;
};

enum status tag_lines_open(struct tag_lines **out, const char *path, bool gold, struct error *error)
{
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fail(error, IO, "cannot open '%s': %s", path, strerror(errno));
    struct tag_lines *lines = calloc(1, sizeof *lines);
    if (lines) *lines = (struct tag_lines){.fd = fd, .gold = gold};
    if (!lines || !(lines->path = strdup(standard ? "standard input" : path)) ||
        !(lines->block = malloc(BLOCK_BYTES))) {
        if (!standard) close(fd);
        if (lines) lines->fd = STDIN_FILENO;
        tag_lines_close(lines);
        return fail(error, NO_MEMORY, "out of memory");
    }
    buffer_init(&lines->long_line, TAG_LINE_MAX);
    buffer_init(&lines->batch.bytes, (size_t)TAG_BATCH_BYTES + 2 * TAG_LINE_MAX);
    *out = lines;
    return OK;
}

void tag_lines_close(struct tag_lines *lines)
{
    if (!lines) return;
    if (lines->fd != STDIN_FILENO) close(lines->fd);
    free(lines->path);
    free(lines->block);
    buffer_release(&lines->long_line);
    buffer_release(&lines->batch.bytes);
    free(lines->batch.lines);
    free(lines->batch.tokens);
    free(lines->batch.tags);
    free(lines->batch.gold);
    free(lines);
}

/* Reads the next block. NOT_FOUND at the end. */
static enum status fill(struct tag_lines *lines, struct error *error)
{
    ssize_t got;
    do got = read(lines->fd, lines->block, BLOCK_BYTES);
    while (got < 0 && errno == EINTR);
    if (got < 0) return fail(error, IO, "cannot read '%s': %s", lines->path, strerror(errno));
    lines->at = 0;
    lines->end = (size_t)got;
    if (lines->line == 0 && memchr(lines->block, '\0', lines->end < HEAD_BYTES ? lines->end : HEAD_BYTES))
        return fail(error, UNSUPPORTED, "'%s' is binary data, not lines of text", lines->path);
    return got ? OK : NOT_FOUND;
}

/* Gives the next line without its LF; it borrows until the next call. NOT_FOUND at the end. */
static enum status next_line(struct span *line, struct tag_lines *lines, struct error *error)
{
    buffer_clear(&lines->long_line);
    for (;;) {
        if (lines->at == lines->end) {
            enum status status = fill(lines, error);
            if (status == NOT_FOUND && lines->long_line.length) break;
            if (status) return status;
        }
        const char *start = lines->block + lines->at;
        const char *feed = memchr(start, '\n', lines->end - lines->at);
        size_t length = feed ? (size_t)(feed - start) : lines->end - lines->at;
        lines->at += length + (feed != NULL);
        if (feed && !lines->long_line.length) {
            *line = (struct span){start, length};
            lines->line++;
            return OK;
        }
        enum status status = buffer_append(&lines->long_line, start, length);
        if (status)
            return fail_at(error, status, lines->line + 1, "%s, line %" PRIu64 ": %s", lines->path, lines->line + 1,
                           status == LIMIT ? "longer than 1 MB (one token a line is expected)" : "out of memory");
        if (feed) break;
    }
    *line = buffer_span(&lines->long_line);
    lines->line++;
    return OK;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* The types as files name them; others are read and count as none. */
static const struct {
    struct span name;
    enum tag_type type;
} types[] = {
    {{"PER", 3}, TAG_PERSON},     {{"ORG", 3}, TAG_ORGANIZATION},           {{"LOC", 3}, TAG_PLACE},
    {{"PERSON", 6}, TAG_PERSON},  {{"ORGANIZATION", 12}, TAG_ORGANIZATION}, {{"PLACE", 5}, TAG_PLACE},
    {{"LOCATION", 8}, TAG_PLACE},
};

/* IOB1, IOB2 and BILOU tags are told apart by no one: B and U (or S) begin a name, I, L and E go on with it. */
static bool read_tag(uint8_t *tag, struct span text)
{
    *tag = TAG_NONE;
    if (span_equal(text, SPAN("O"))) return true;
    if (text.length < 3 || text.data[1] != '-' || !memchr("BIULSE", text.data[0], 6)) return false;
    struct span name = span_cut(text, 2, text.length);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (!span_equal_fold(name, types[i].name)) continue;
        *tag = memchr("BUS", text.data[0], 3) ? TAG_FIRST(types[i].type) : TAG_NEXT(types[i].type);
        return true;
    }
    return true;
}

static bool grow_tokens(struct tag_batch *batch)
{
    size_t tags = batch->token_capacity, gold = batch->token_capacity;
    if (!tag_grow(&batch->tags, &tags, batch->token_count, 1)) return false;
    if (!tag_grow(&batch->gold, &gold, batch->token_count, 1)) return false;
    return tag_grow(&batch->tokens, &batch->token_capacity, batch->token_count, sizeof *batch->tokens);
}

/* Adds the token of [line], which has one. */
static enum status add_token(struct tag_lines *lines, struct span line, bool sentence, struct error *error)
{
    struct tag_batch *batch = &lines->batch;
    const char *tab = memchr(line.data, '\t', line.length);
    size_t start = 0, end, last = line.length;
    while (is_blank(line.data[start])) start++;
    if (tab && (size_t)(tab - line.data) > start) { /* with a tab, a token may hold blanks */
        end = (size_t)(tab - line.data);
        while (is_blank(line.data[end - 1])) end--;
    } else {
        for (end = start; end < line.length && !is_blank(line.data[end]);) end++;
    }
    while (last > end && is_blank(line.data[last - 1])) last--;
    size_t column = last;
    while (column > end && !is_blank(line.data[column - 1])) column--;
    uint8_t gold = TAG_NONE;
    if (lines->gold && (column <= end || !read_tag(&gold, span_cut(line, column, last))))
        return fail_at(error, INVALID, lines->line,
                       column <= end ? "%s, line %" PRIu64 ": no tag (a token, a tab and an IOB2 tag are expected)"
                                     : "%s, line %" PRIu64 ": the last column is no IOB2 tag (such as O, B-PER, I-ORG)",
                       lines->path, lines->line);
    if (!grow_tokens(batch) || buffer_append_span(&batch->bytes, span_cut(line, start, end)) ||
        buffer_append_byte(&batch->bytes, ' '))
        return fail(error, NO_MEMORY, "out of memory");
    batch->tokens[batch->token_count] = (struct tag_token){
        .start = batch->bytes.length - 1 - (end - start), .length = (uint32_t)(end - start), .sentence = sentence};
    batch->tags[batch->token_count] = TAG_NONE;
    batch->gold[batch->token_count++] = gold;
    return OK;
}

static bool is_empty(struct span line)
{
    size_t i = 0;
    while (i < line.length && is_blank(line.data[i])) i++;
    return i == line.length;
}

static bool is_full(const struct tag_batch *batch, bool sentence)
{
    size_t tokens = sentence ? TAG_BATCH_TOKENS : TAG_BATCH_TOKENS + TAG_BATCH_TOKENS / 8;
    return batch->token_count >= tokens || batch->line_count >= 2 * TAG_BATCH_TOKENS ||
           batch->bytes.length >= TAG_BATCH_BYTES;
}

enum status tag_lines_next(struct tag_batch **out, struct tag_lines *lines, struct error *error)
{
    struct tag_batch *batch = &lines->batch;
    enum status status = OK;
    bool sentence = true;
    *out = NULL;
    buffer_clear(&batch->bytes);
    batch->line_count = batch->token_count = 0;
    batch->line = lines->line + !lines->is_pending;
    for (;;) {
        struct span line = lines->pending;
        if (!lines->is_pending && (status = next_line(&line, lines, error))) break;
        bool document = span_starts(line, SPAN("-DOCSTART-")), empty = is_empty(line);
        if (!lines->is_pending && batch->line_count && (document || is_full(batch, sentence && !empty))) {
            lines->pending = line; /* stays where it is: nothing is read before it is taken */
            lines->is_pending = true;
            break;
        }
        lines->is_pending = false;
        bool token = !document && !empty;
        if (!tag_grow(&batch->lines, &batch->line_capacity, batch->line_count, sizeof *batch->lines) ||
            (!token && buffer_append_span(&batch->bytes, line))) {
            status = fail(error, NO_MEMORY, "out of memory");
            break;
        }
        if (token && (status = add_token(lines, line, sentence, error))) break;
        sentence = !token;
        size_t length = token ? batch->tokens[batch->token_count - 1].length : line.length;
        batch->lines[batch->line_count++] = (struct tag_line){.start = batch->bytes.length - length - token,
                                                              .length = (uint32_t)length,
                                                              .kind = token ? TAG_LINE_TOKEN : TAG_LINE_OTHER};
    }
    if (status && status != NOT_FOUND) return status;
    if (batch->line_count) *out = batch;
    return OK;
}

static enum status keep(void *user, const struct tag_span *spans, size_t count)
{
    struct tag_batch *batch = user;
    for (size_t i = 0; i < count; i++) {
        batch->tags[spans[i].first] = TAG_FIRST(spans[i].type);
        for (size_t at = spans[i].first + 1; at <= spans[i].last; at++) batch->tags[at] = TAG_NEXT(spans[i].type);
    }
    return OK;
}

enum status tag_batch_tag(struct tag_batch *batch, struct tagger *tagger)
{
    return tagger_tag_tokens(tagger, buffer_span(&batch->bytes), batch->tokens, batch->token_count, NULL, keep, batch);
}

void tag_batch_write(FILE *out, const struct tag_batch *batch)
{
    size_t token = 0;
    for (size_t i = 0; i < batch->line_count; i++) {
        const struct tag_line *line = &batch->lines[i];
        struct span text = {batch->bytes.data + line->start, line->length};
        if (line->kind == TAG_LINE_TOKEN) {
            tag_write_token(out, text, batch->tags[token++]);
        } else {
            fwrite(text.data, 1, text.length, out);
            putc('\n', out);
        }
    }
}
