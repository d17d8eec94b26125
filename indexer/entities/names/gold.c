/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/names/gold.h"

#include "indexer/entities/names/table.h"

#include <stdlib.h>
#include <string.h>

struct gold_name {
    struct span document, name;
    enum tag_type type;
    uint64_t key; /* hash of the name's key */
    bool found;
    size_t line;
};

struct gold {
    struct gold_name *names; /* by document, in the order of the file */
    size_t count;
};

static uint64_t hash_of(struct span name)
{
    char bytes[NAME_BYTES_MAX];
    return key_hash((struct span){bytes, name_key(bytes, name)});
}

static int by_document(const void *a, const void *b)
{
    const struct gold_name *x = a, *y = b;
    int order = span_compare(x->document, y->document);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

enum status gold_read(struct gold **out, struct span content, struct error *error)
{
    struct gold *gold = calloc(1, sizeof *gold);
    size_t capacity = 0;
    struct span line;
    if (!gold) return NO_MEMORY;
    for (size_t number = 1; span_next_line(&content, &line); number++) {
        struct span field[4];
        if (span_trim(line).length == 0) continue;
        size_t fields = line_fields(field, 4, line);
        enum tag_type type = fields >= 3 ? type_of_name(field[1]) : (enum tag_type)0;
        if (!type || !field[0].length || !field[2].length) {
            gold_free(gold);
            return fail_at(error, INVALID, number,
                           "line %zu: it needs a document, a type and a name, separated by tabs", number);
        }
        if (gold->count == capacity) {
            capacity = capacity ? capacity * 2 : 256;
            struct gold_name *grown = realloc(gold->names, capacity * sizeof *grown);
            if (!grown) {
                gold_free(gold);
                return NO_MEMORY;
            }
            gold->names = grown;
        }
        gold->names[gold->count++] = (struct gold_name){field[0], field[2], type, hash_of(field[2]), false, number};
    }
    if (gold->count) qsort(gold->names, gold->count, sizeof *gold->names, by_document);
    *out = gold;
    return OK;
}

void gold_free(struct gold *gold)
{
    if (!gold) return;
    free(gold->names);
    free(gold);
}

/* The names of [document]: [first, end). */
static size_t find(const struct gold *gold, struct span document, size_t *end)
{
    size_t low = 0, high = gold->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (span_compare(gold->names[middle].document, document) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (*end = low; *end < gold->count && span_equal(gold->names[*end].document, document);) ++*end;
    return low;
}

bool gold_has(const struct gold *gold, struct span document)
{
    size_t end;
    return find(gold, document, &end) < end;
}

enum status gold_compare(struct gold *gold, struct gold_score scores[TAG_TYPES], struct span document,
                         const struct names *names, gold_differ *differ, void *context)
{
    size_t end, first = find(gold, document, &end);
    struct span none = {"", 0};
    for (size_t i = first; i < end; i++) gold->names[i].found = false;
    for (size_t e = 0; e < names->count; e++) {
        const struct name_entity *entity = &names->entities[e];
        uint64_t key = hash_of(entity->name);
        struct gold_name *same = NULL, *other = NULL;
        for (size_t i = first; i < end; i++) {
            if (gold->names[i].key != key) continue;
            if (gold->names[i].type == entity->type)
                same = &gold->names[i];
            else
                other = &gold->names[i];
        }
        if (same && !same->found) {
            same->found = true;
            scores[entity->type].right++;
            continue;
        }
        scores[entity->type].surplus++;
        if (differ && other)
            differ(context, document, entity->type, entity->name, other->type, other->name);
        else if (differ)
            differ(context, document, entity->type, entity->name, (enum tag_type)0, none);
    }
    for (size_t i = first; i < end; i++) {
        if (gold->names[i].found) continue;
        scores[gold->names[i].type].missed++;
        if (differ) differ(context, document, (enum tag_type)0, none, gold->names[i].type, gold->names[i].name);
    }
    return OK;
}

double gold_precision(const struct gold_score *score)
{
    size_t found = score->right + score->surplus;
    return found ? (double)score->right / (double)found : 1.0;
}

double gold_recall(const struct gold_score *score)
{
    size_t wanted = score->right + score->missed;
    return wanted ? (double)score->right / (double)wanted : 1.0;
}

double gold_f1(const struct gold_score *score)
{
    size_t all = 2 * score->right + score->surplus + score->missed;
    return all ? 2.0 * (double)score->right / (double)all : 1.0;
}
