/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/tag.h"

#include <stdlib.h>
#include <string.h>

bool tag_grow(void *array, size_t *capacity, size_t count, size_t size)
{
    if (count < *capacity) return true;
    size_t more = *capacity ? *capacity * 2 : 256;
    void *old;
    memcpy(&old, array, sizeof old);
    void *grown = reallocarray(old, more, size);
    if (!grown) return false;
    memcpy(array, &grown, sizeof grown);
    *capacity = more;
    return true;
}

enum status tag_names_init(struct tag_names *names, struct tagger *tagger, const struct user_names *user)
{
    memset(names, 0, sizeof *names);
    names->tagger = tagger;
    buffer_init(&names->joined, (size_t)1 << 30);
    return namer_new(&names->namer, user);
}

void tag_names_release(struct tag_names *names)
{
    namer_free(names->namer);
    buffer_release(&names->joined);
    free(names->places);
}

/* Sets the text that names are looked for in. A title that is not in the text stands before it, a paragraph of its
 * own, so that what one says of a name counts for the other. */
static enum status set_text(struct tag_names *names, const struct tag_input *input)
{
    static const struct span between = {"\n\n", 2};
    names->text = input->text;
    names->head = 0;
    if (!input->title.length) return OK;
    buffer_clear(&names->joined);
    if (buffer_append_span(&names->joined, input->title) || buffer_append_span(&names->joined, between) ||
        buffer_append_span(&names->joined, input->text))
        return NO_MEMORY;
    names->text = buffer_span(&names->joined);
    names->head = input->title.length + between.length;
    return OK;
}

static int rank_of_type(enum tag_type type)
{
    return type == TAG_ORGANIZATION ? 0 : type == TAG_PERSON ? 1 : 2;
}

static int compare_entities(const void *left, const void *right, void *context)
{
    const uint32_t *x = left, *y = right;
    const struct name_entity *entities = context, *a = &entities[*x], *b = &entities[*y];
    int rank = rank_of_type(a->type) - rank_of_type(b->type);
    if (rank) return rank;
    if (a->count != b->count) return a->count > b->count ? -1 : 1;
    return *x < *y ? -1 : *x > *y;
}

enum status tag_names_find(struct tag_names *names, const struct tag_input *input)
{
    enum status status = set_text(names, input);
    if (!status) status = namer_text(names->namer, &names->found, names->tagger, names->text);
    if (status) return status;
    while (names->place_capacity < names->found.count)
        if (!tag_grow(&names->places, &names->place_capacity, names->place_capacity, sizeof *names->places))
            return NO_MEMORY;
    for (uint32_t i = 0; i < names->found.count; i++) names->places[i] = i;
    if (names->found.count)
        qsort_r(names->places, names->found.count, sizeof *names->places, compare_entities,
                (void *)(uintptr_t)names->found.entities);
    names->order = names->places;
    return OK;
}
