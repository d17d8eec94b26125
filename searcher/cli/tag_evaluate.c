/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Strict scores by type, as conlleval counts: a name is right when its first token, its last token and its type are. */
#include "searcher/cli/tag.h"
#include "searcher/cli/tag_score.h"

#include <inttypes.h>

struct evaluation {
    struct tag_score score;
    size_t tokens;
};

/* A name among the tokens of a batch: [start, end). */
struct named {
    size_t start, end;
    enum tag_type type; /* 0: there is none any more */
};

/* The first name that begins at or after token [at]. */
static struct named next_named(const struct tag_batch *batch, const uint8_t *tags, size_t at)
{
    while (at < batch->token_count && tags[at] == TAG_NONE) at++;
    if (at == batch->token_count) return (struct named){at, at, 0};
    struct named found = {at, at + 1, (enum tag_type)(tags[at] >> 1)};
    while (found.end < batch->token_count && !batch->tokens[found.end].sentence &&
           tags[found.end] == TAG_NEXT(found.type))
        found.end++;
    return found;
}

/* Appends what [name] is, on one line; NULL for nothing. */
static enum status describe(struct buffer *out, struct buffer *words, const struct tag_batch *batch,
                            const struct named *name)
{
    enum status status = OK;
    buffer_clear(words);
    for (size_t at = name ? name->start : 0; name && at < name->end && !status; at++) {
        struct span token = {batch->bytes.data + batch->tokens[at].start, batch->tokens[at].length};
        if (at > name->start) status = buffer_append_byte(words, ' ');
        if (!status) status = buffer_append_span(words, token);
    }
    return status ? status : tag_score_describe(out, name ? name->type : 0, buffer_span(words));
}

static enum status add_mistake(struct tag_score *score, const struct tag_batch *batch, const struct named *gold,
                               const struct named *tagged)
{
    struct buffer text, words;
    buffer_init(&text, TAG_LINE_MAX);
    buffer_init(&words, TAG_LINE_MAX);
    enum status status = describe(&text, &words, batch, gold);
    if (!status) status = buffer_append_byte(&text, '\t');
    if (!status) status = describe(&text, &words, batch, tagged);
    if (!status) status = tag_score_mistake(score, buffer_span(&text));
    buffer_release(&words);
    buffer_release(&text);
    return status == LIMIT ? OK : status; /* no name, whatever it says */
}

/* Compares the names of one batch. A name of either side that is not right goes with the first one of the other side
 * that it overlaps and that goes with no other; or with nothing. */
static enum status compare(struct evaluation *evaluation, const struct tag_batch *batch)
{
    struct named gold = next_named(batch, batch->gold, 0), tagged = next_named(batch, batch->tags, 0);
    enum status status = OK;
    evaluation->tokens += batch->token_count;
    while (!status && (gold.type || tagged.type)) {
        bool take_gold = gold.type && (!tagged.type || gold.start < tagged.end);
        bool take_tagged = tagged.type && (!gold.type || tagged.start < gold.end);
        bool right = take_gold && take_tagged && gold.start == tagged.start && gold.end == tagged.end &&
                     gold.type == tagged.type;
        if (take_gold) tag_score_count(&evaluation->score, gold.type, 1, 0, right);
        if (take_tagged) tag_score_count(&evaluation->score, tagged.type, 0, 1, 0);
        if (!right)
            status = add_mistake(&evaluation->score, batch, take_gold ? &gold : NULL, take_tagged ? &tagged : NULL);
        if (take_gold) gold = next_named(batch, batch->gold, gold.end);
        if (take_tagged) tagged = next_named(batch, batch->tags, tagged.end);
    }
    return status;
}

/* Takes the tags of [from], whose tokens have to be those of [batch]. */
static enum status take_tags(struct tag_batch *batch, const struct tag_batch *from, const char *path,
                             struct error *error)
{
    size_t lines = from ? from->line_count : 0, token = 0;
    for (size_t i = 0; i < batch->line_count; i++) {
        const struct tag_line *line = &batch->lines[i], *other = i < lines ? &from->lines[i] : NULL;
        if (other && line->kind == other->kind &&
            (line->kind == TAG_LINE_OTHER ||
             span_equal((struct span){batch->bytes.data + line->start, line->length},
                        (struct span){from->bytes.data + other->start, other->length}))) {
            if (line->kind == TAG_LINE_TOKEN) batch->tags[token] = from->gold[token];
            token += line->kind == TAG_LINE_TOKEN;
            continue;
        }
        return fail_at(error, INVALID, batch->line + i,
                       "%s, line %" PRIu64 ": %s (the two files must have the same tokens, line by line)", path,
                       batch->line + i,
                       other ? "another token than in the gold file" : "ends here, the gold file goes on");
    }
    if (lines > batch->line_count)
        return fail_at(error, INVALID, batch->line + batch->line_count,
                       "%s, line %" PRIu64 ": goes on where the gold file has ended, or begins a new document", path,
                       batch->line + batch->line_count);
    return OK;
}

static enum status read_and_compare(struct evaluation *evaluation, struct tagger *tagger, struct tag_lines *gold,
                                    struct tag_lines *tags, const char *tagged, struct error *error)
{
    for (;;) {
        struct tag_batch *batch, *other = NULL;
        enum status status = tag_lines_next(&batch, gold, error);
        if (!status && tags) status = tag_lines_next(&other, tags, error);
        if (!status && !batch && other)
            status = fail(error, INVALID, "%s, line %" PRIu64 ": goes on where the gold file has ended", tagged,
                          other->line);
        if (status || !batch) return status;
        if (tags)
            status = take_tags(batch, other, tagged, error);
        else if (tag_batch_tag(batch, tagger))
            status = fail(error, NO_MEMORY, "out of memory");
        if (!status && compare(evaluation, batch)) status = fail(error, NO_MEMORY, "out of memory");
        if (status) return status;
    }
}

enum status tag_evaluate(FILE *out, struct tagger *tagger, const char *gold, const char *tagged, size_t confusions,
                         bool json, struct error *error)
{
    struct tag_lines *gold_lines = NULL, *tagged_lines = NULL;
    struct evaluation evaluation = {.tokens = 0};
    tag_score_init(&evaluation.score);
    enum status status = tag_lines_open(&gold_lines, gold, true, error);
    if (!status && tagged) status = tag_lines_open(&tagged_lines, tagged, true, error);
    if (!status) status = read_and_compare(&evaluation, tagger, gold_lines, tagged_lines, tagged, error);
    if (!status && !evaluation.tokens) status = fail(error, INVALID, "'%s' has no tokens", gold);
    if (!status && tag_score_print(out, &evaluation.score, "tokens", evaluation.tokens, confusions, json))
        status = fail(error, NO_MEMORY, "out of memory");
    tag_score_release(&evaluation.score);
    tag_lines_close(gold_lines);
    tag_lines_close(tagged_lines);
    return status;
}
