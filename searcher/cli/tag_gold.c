/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/names/gold.h"
#include "searcher/cli/tag.h"
#include "searcher/cli/tag_score.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { GOLD_BYTES_MAX = 256 << 20, FIRST_LINE_MAX = 4096, READ_STEP = 1 << 16 };

struct tag_gold {
    struct buffer content;
    struct gold *gold;
    struct tag_score score;
    size_t documents; /* compared */
    size_t first;     /* mistake of the document that is being compared */
    enum status differ_status;
    struct buffer mistake;
    char *path;
};

bool tag_gold_is(const char *path)
{
    char line[FIRST_LINE_MAX];
    FILE *file = strcmp(path, "-") == 0 ? NULL : fopen(path, "re");
    if (!file) return false;
    size_t length = fread(line, 1, sizeof line - 1, file);
    fclose(file);
    line[length] = '\0';
    line[strcspn(line, "\n")] = '\0';
    char *type = strchr(line, '\t'), *name = type ? strchr(type + 1, '\t') : NULL;
    if (!name || !strchr(name + 1, '\t')) return false;
    return type_of_name((struct span){type + 1, (size_t)(name - type - 1)}) != 0;
}

static enum status read_content(struct tag_gold *gold, struct error *error)
{
    FILE *file = fopen(gold->path, "re");
    if (!file) return fail(error, IO, "cannot open '%s': %s", gold->path, strerror(errno));
    enum status status = OK;
    for (size_t got = 1; got && !status;) {
        status = buffer_reserve(&gold->content, READ_STEP);
        if (status) break;
        got = fread(gold->content.data + gold->content.length, 1, READ_STEP, file);
        gold->content.length += got;
    }
    if (status)
        fail(error, status, "'%s' is too large", gold->path);
    else if (ferror(file))
        status = fail(error, IO, "cannot read '%s': %s", gold->path, strerror(errno));
    fclose(file);
    return status;
}

enum status tag_gold_open(struct tag_gold **out, const char *path, struct error *error)
{
    struct error why = {.message = "out of memory"};
    struct tag_gold *gold = calloc(1, sizeof *gold);
    if (!gold) return fail(error, NO_MEMORY, "out of memory");
    buffer_init(&gold->content, GOLD_BYTES_MAX);
    buffer_init(&gold->mistake, FIRST_LINE_MAX);
    tag_score_init(&gold->score);
    gold->path = strdup(path);
    enum status status = gold->path ? read_content(gold, error) : fail(error, NO_MEMORY, "out of memory");
    if (!status) {
        status = gold_read(&gold->gold, buffer_span(&gold->content), &why);
        if (status) fail_at(error, status, why.position, "%s: %s", path, why.message);
    }
    if (status) {
        tag_gold_close(gold);
        return status;
    }
    *out = gold;
    return OK;
}

void tag_gold_close(struct tag_gold *gold)
{
    if (!gold) return;
    gold_free(gold->gold);
    tag_score_release(&gold->score);
    buffer_release(&gold->content);
    buffer_release(&gold->mistake);
    free(gold->path);
    free(gold);
}

/* A name of another type is told twice, as one of the wrong type and as one that is missed: once is enough. */
static bool is_known(const struct tag_gold *gold, struct span text)
{
    for (size_t i = gold->first; i < gold->score.mistake_count; i++)
        if (span_starts(span_of(gold->score.mistakes[i]), text)) return true;
    return false;
}

static void on_difference(void *context, struct span document, enum tag_type found, struct span wrong,
                          enum tag_type type, struct span right)
{
    struct tag_gold *gold = context;
    struct buffer *text = &gold->mistake;
    (void)document;
    buffer_clear(text);
    enum status status = tag_score_describe(text, type, right);
    if (!status) status = buffer_append_byte(text, '\t');
    if (!status && type && !found && is_known(gold, buffer_span(text))) return;
    if (!status) status = tag_score_describe(text, found, wrong);
    if (!status) status = tag_score_mistake(&gold->score, buffer_span(text));
    if (status == NO_MEMORY) gold->differ_status = status;
}

enum status tag_gold_compare(struct tag_gold *gold, struct tag_names *names, const struct tag_input *input)
{
    struct gold_score scores[TAG_TYPES] = {{0}};
    if (!gold_has(gold->gold, input->id)) return OK;
    enum status status = tag_names_find(names, input);
    gold->first = gold->score.mistake_count;
    gold->documents++;
    if (!status) status = gold_compare(gold->gold, scores, input->id, &names->found, on_difference, gold);
    for (enum tag_type type = TAG_PERSON; type < TAG_OTHER; type++)
        tag_score_count(&gold->score, type, scores[type].right + scores[type].missed,
                        scores[type].right + scores[type].surplus, scores[type].right);
    return status ? status : gold->differ_status;
}

enum status tag_gold_print(FILE *out, struct tag_gold *gold, size_t confusions, bool json, struct error *error)
{
    if (!gold->documents)
        return fail(error, INVALID,
                    "'%s' has no names of the documents given (its first column is a path below the folder, or the "
                    "record's own id)",
                    gold->path);
    if (tag_score_print(out, &gold->score, "documents", gold->documents, confusions, json))
        return fail(error, NO_MEMORY, "out of memory");
    return OK;
}
