/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Strict scores by type, as conlleval counts: a name is right when its first token, its last token and its type are. */
#include "searcher/cli/tag.h"
#include "searcher/cli/terminal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const size_t mistake_bytes_max = (size_t)1 << 28;

struct counts {
    size_t gold, tagged, right;
};

struct evaluation {
    struct counts counts[TAG_TYPES]; /* [0] is the sum */
    size_t tokens;
    const char **mistakes; /* what stands in gold, a tab, what was tagged; in [arena] */
    size_t mistake_count, mistake_capacity;
    struct arena arena;
    bool full; /* no room for further mistakes */
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

/* Writes "place Georgia" or "nothing", on one line. */
static enum status describe(struct buffer *out, const struct tag_batch *batch, const struct named *name)
{
    if (!name) return buffer_append_string(out, "nothing");
    enum status status = buffer_printf(out, "%s ", tag_type_name(name->type));
    for (size_t at = name->start; at < name->end && !status; at++) {
        struct span token = {batch->bytes.data + batch->tokens[at].start, batch->tokens[at].length};
        if (at > name->start) status = buffer_append_byte(out, ' ');
        if (!status) status = utf8_repair(out, token);
    }
    return status;
}

static enum status add_mistake(struct evaluation *evaluation, const struct tag_batch *batch, const struct named *gold,
                               const struct named *tagged)
{
    struct buffer text;
    if (evaluation->full) return OK;
    buffer_init(&text, TAG_LINE_MAX);
    enum status status = describe(&text, batch, gold);
    if (!status) status = buffer_append_byte(&text, '\t');
    if (!status) status = describe(&text, batch, tagged);
    if (!status &&
        !tag_grow(&evaluation->mistakes, &evaluation->mistake_capacity, evaluation->mistake_count, sizeof(char *)))
        status = NO_MEMORY;
    if (!status) {
        char *copy = arena_copy(&evaluation->arena, buffer_span(&text));
        evaluation->full = !copy;
        if (copy) evaluation->mistakes[evaluation->mistake_count++] = copy;
    }
    buffer_release(&text);
    return status == LIMIT ? OK : status; /* no name, whatever it says */
}

static void count(struct evaluation *evaluation, enum tag_type type, size_t gold, size_t tagged, size_t right)
{
    for (int i = 0; i < 2; i++) {
        struct counts *counts = &evaluation->counts[i ? type : 0];
        counts->gold += gold;
        counts->tagged += tagged;
        counts->right += right;
    }
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
        if (take_gold) count(evaluation, gold.type, 1, 0, right);
        if (take_tagged) count(evaluation, tagged.type, 0, 1, 0);
        if (!right) status = add_mistake(evaluation, batch, take_gold ? &gold : NULL, take_tagged ? &tagged : NULL);
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

static double share(size_t part, size_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

static double f1(const struct counts *counts)
{
    return share(2 * counts->right, counts->gold + counts->tagged);
}

static int compare_strings(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

struct confusion {
    const char *mistake;
    size_t count;
};

static int compare_confusions(const void *left, const void *right)
{
    const struct confusion *a = left, *b = right;
    if (a->count != b->count) return a->count > b->count ? -1 : 1;
    return strcmp(a->mistake, b->mistake);
}

/* Counts equal mistakes; *[list] is the caller's to free. */
static enum status count_mistakes(struct confusion **list, size_t *length, struct evaluation *evaluation)
{
    size_t capacity = 0;
    if (evaluation->mistake_count)
        qsort(evaluation->mistakes, evaluation->mistake_count, sizeof(char *), compare_strings);
    for (size_t i = 0; i < evaluation->mistake_count; i++) {
        if (*length && strcmp((*list)[*length - 1].mistake, evaluation->mistakes[i]) == 0) {
            (*list)[*length - 1].count++;
            continue;
        }
        if (!tag_grow(list, &capacity, *length, sizeof **list)) return NO_MEMORY;
        (*list)[(*length)++] = (struct confusion){evaluation->mistakes[i], 1};
    }
    if (*length) qsort(*list, *length, sizeof **list, compare_confusions);
    return OK;
}

static const enum tag_type shown[] = {TAG_ORGANIZATION, TAG_PERSON, TAG_PLACE, 0};

enum { SHOWN = sizeof shown / sizeof *shown };

static void print_text(FILE *out, const struct evaluation *evaluation, const struct confusion *list, size_t length,
                       size_t confusions)
{
    fprintf(out, "%-12s %8s %8s %8s %9s %8s %8s\n", "", "gold", "tagged", "right", "precision", "recall", "F1");
    for (size_t i = 0; i < SHOWN; i++) {
        const struct counts *counts = &evaluation->counts[shown[i]];
        fprintf(out, "%-12s %8zu %8zu %8zu %9.2f %8.2f %8.2f\n", shown[i] ? tag_type_name(shown[i]) : "all",
                counts->gold, counts->tagged, counts->right, share(counts->right, counts->tagged),
                share(counts->right, counts->gold), f1(counts));
    }
    if (!length || !confusions) return;
    fprintf(out, "\nconfusions, gold → tagged (%zu of %zu)\n", confusions < length ? confusions : length, length);
    for (size_t i = 0; i < length && i < confusions; i++) {
        const char *tab = strchr(list[i].mistake, '\t');
        fprintf(out, "%7zu  ", list[i].count);
        print_safely(out, (struct span){list[i].mistake, (size_t)(tab - list[i].mistake)});
        fputs(" → ", out);
        print_safely(out, span_of(tab + 1));
        putc('\n', out);
    }
}

static void print_json(FILE *out, const struct evaluation *evaluation, const struct confusion *list, size_t length,
                       size_t confusions)
{
    fprintf(out, "{\"schema_version\": 1, \"tokens\": %zu", evaluation->tokens);
    for (size_t i = 0; i < SHOWN; i++) {
        const struct counts *counts = &evaluation->counts[shown[i]];
        fprintf(out,
                ", \"%s\": {\"gold\": %zu, \"tagged\": %zu, \"right\": %zu, \"precision\": %.4f, \"recall\": %.4f, "
                "\"f1\": %.4f}",
                shown[i] ? tag_type_name(shown[i]) : "all", counts->gold, counts->tagged, counts->right,
                share(counts->right, counts->tagged) / 100, share(counts->right, counts->gold) / 100, f1(counts) / 100);
    }
    fputs(", \"confusions\": [", out);
    for (size_t i = 0; i < length && i < confusions; i++) {
        const char *tab = strchr(list[i].mistake, '\t');
        fprintf(out, "%s{\"count\": %zu, \"gold\": ", i ? ", " : "", list[i].count);
        write_json_text(out, (struct span){list[i].mistake, (size_t)(tab - list[i].mistake)});
        fputs(", \"tagged\": ", out);
        write_json_text(out, span_of(tab + 1));
        putc('}', out);
    }
    fputs("]}\n", out);
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
    struct evaluation evaluation = {0};
    struct confusion *list = NULL;
    size_t length = 0;
    arena_init(&evaluation.arena, mistake_bytes_max);
    enum status status = tag_lines_open(&gold_lines, gold, true, error);
    if (!status && tagged) status = tag_lines_open(&tagged_lines, tagged, true, error);
    if (!status) status = read_and_compare(&evaluation, tagger, gold_lines, tagged_lines, tagged, error);
    if (!status && !evaluation.tokens) status = fail(error, INVALID, "'%s' has no tokens", gold);
    if (!status && count_mistakes(&list, &length, &evaluation)) status = fail(error, NO_MEMORY, "out of memory");
    if (!status) (json ? print_json : print_text)(out, &evaluation, list, length, confusions);
    free(list);
    free(evaluation.mistakes);
    arena_release(&evaluation.arena);
    tag_lines_close(gold_lines);
    tag_lines_close(tagged_lines);
    return status;
}
