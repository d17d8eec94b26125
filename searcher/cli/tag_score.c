/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/tag_score.h"

#include "searcher/cli/tag.h"
#include "searcher/cli/terminal.h"

#include <stdlib.h>
#include <string.h>

static const size_t mistake_bytes_max = (size_t)1 << 28;

void tag_score_init(struct tag_score *score)
{
    memset(score, 0, sizeof *score);
    arena_init(&score->arena, mistake_bytes_max);
}

void tag_score_release(struct tag_score *score)
{
    free(score->mistakes);
    arena_release(&score->arena);
}

void tag_score_count(struct tag_score *score, enum tag_type type, size_t gold, size_t tagged, size_t right)
{
    for (int i = 0; i < 2; i++) {
        struct tag_counts *counts = &score->counts[i ? type : 0];
        counts->gold += gold;
        counts->tagged += tagged;
        counts->right += right;
    }
}

enum status tag_score_describe(struct buffer *out, enum tag_type type, struct span name)
{
    if (!type) return buffer_append_string(out, "nothing");
    enum status status = buffer_printf(out, "%s ", tag_type_name(type));
    return status ? status : utf8_repair(out, name);
}

enum status tag_score_mistake(struct tag_score *score, struct span text)
{
    if (score->full) return OK;
    if (!tag_grow(&score->mistakes, &score->mistake_capacity, score->mistake_count, sizeof(char *))) return NO_MEMORY;
    char *copy = arena_copy(&score->arena, text);
    score->full = !copy;
    if (copy) score->mistakes[score->mistake_count++] = copy;
    return OK;
}

static double share(size_t part, size_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

static double f1(const struct tag_counts *counts)
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
static enum status count_mistakes(struct confusion **list, size_t *length, struct tag_score *score)
{
    size_t capacity = 0;
    if (score->mistake_count) qsort(score->mistakes, score->mistake_count, sizeof(char *), compare_strings);
    for (size_t i = 0; i < score->mistake_count; i++) {
        if (*length && strcmp((*list)[*length - 1].mistake, score->mistakes[i]) == 0) {
            (*list)[*length - 1].count++;
            continue;
        }
        if (!tag_grow(list, &capacity, *length, sizeof **list)) return NO_MEMORY;
        (*list)[(*length)++] = (struct confusion){score->mistakes[i], 1};
    }
    if (*length) qsort(*list, *length, sizeof **list, compare_confusions);
    return OK;
}

static const enum tag_type shown[] = {TAG_ORGANIZATION, TAG_PERSON, TAG_PLACE, 0};

enum { SHOWN = sizeof shown / sizeof *shown };

static void print_text(FILE *out, const struct tag_score *score, const struct confusion *list, size_t length,
                       size_t confusions)
{
    fprintf(out, "%-12s %8s %8s %8s %9s %8s %8s\n", "", "gold", "tagged", "right", "precision", "recall", "F1");
    for (size_t i = 0; i < SHOWN; i++) {
        const struct tag_counts *counts = &score->counts[shown[i]];
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

static void print_json(FILE *out, const struct tag_score *score, const char *what, size_t size,
                       const struct confusion *list, size_t length, size_t confusions)
{
    fprintf(out, "{\"schema_version\": 1, \"%s\": %zu", what, size);
    for (size_t i = 0; i < SHOWN; i++) {
        const struct tag_counts *counts = &score->counts[shown[i]];
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

enum status tag_score_print(FILE *out, struct tag_score *score, const char *what, size_t size, size_t confusions,
                            bool json)
{
    struct confusion *list = NULL;
    size_t length = 0;
    enum status status = count_mistakes(&list, &length, score);
    if (!status && json)
        print_json(out, score, what, size, list, length, confusions);
    else if (!status)
        print_text(out, score, list, length, confusions);
    free(list);
    return status;
}
