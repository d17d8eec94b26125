/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/name_marks.h"

#include "indexer/entities/names/fold.h"

#include <stdlib.h>
#include <string.h>

/* The place of a name among those asked for; SIZE_MAX when it is none of them. */
static size_t place_of(const struct evidence *evidence, const struct record_name *name)
{
    char bytes[NAME_BYTES_MAX];
    struct span key = {bytes, 0};
    for (size_t i = 0; i < evidence->name_count; i++) {
        if (evidence->names[i].type != name->type) continue;
        if (!key.length && !(key.length = name_key(bytes, name->name))) return SIZE_MAX;
        if (span_equal(key, evidence->names[i].key)) return i;
    }
    return SIZE_MAX;
}

static int by_start(const void *a, const void *b)
{
    const struct highlight_hit *left = a, *right = b;
    if (left->start != right->start) return left->start < right->start ? -1 : 1;
    return (left->end > right->end) - (left->end < right->end);
}

/* Writes the hits to [hits] unless it is NULL. Returns how many there are. */
static size_t walk(struct highlight_hit *hits, const struct record *record, const struct evidence *evidence, bool title)
{
    struct names_walk names;
    struct record_name name;
    struct record_mention mention;
    size_t count = 0;
    names_walk_start(&names, record);
    while (!record_names_next(&name, &names)) {
        size_t place = place_of(evidence, &name);
        if (place == SIZE_MAX) continue;
        while (!record_mentions_next(&mention, &name)) {
            if (mention.in_title != title) continue;
            if (hits)
                hits[count] = (struct highlight_hit){(uint32_t)mention.start, (uint32_t)mention.end, (uint32_t)place};
            count++;
        }
    }
    return count;
}

enum status name_marks(const struct highlight_hit **out, size_t *count, struct arena *arena,
                       const struct record *record, const struct evidence *evidence, bool title)
{
    *out = NULL;
    *count = 0;
    if (!evidence->name_count || !record->names.length) return OK;
    size_t found = walk(NULL, record, evidence, title);
    struct highlight_hit *hits = arena_take(arena, (found + 1) * sizeof *hits);
    if (!hits) return NO_MEMORY;
    walk(hits, record, evidence, title);
    if (found) qsort(hits, found, sizeof *hits, by_start);
    *out = hits;
    *count = found;
    return OK;
}
