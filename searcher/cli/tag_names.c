/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/tag.h"

#include <stdlib.h>
#include <string.h>

static const size_t names_bytes_max = (size_t)1 << 30;

void tag_names_init(struct tag_names *names)
{
    memset(names, 0, sizeof *names);
    arena_init(&names->arena, names_bytes_max);
}

void tag_names_release(struct tag_names *names)
{
    free(names->mentions);
    free(names->names);
    arena_release(&names->arena);
}

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

static const char *why_of(const struct tag_span *span)
{
    return span->why == TAG_BY_MODEL_AND_LIST ? "model and list" : "model";
}

/* Where the mentions of a text go. */
struct collection {
    struct tag_names *names;
    bool title;
};

static enum status collect(void *user, const struct tag_span *spans, size_t count)
{
    struct collection *to = user;
    struct tag_names *names = to->names;
    for (size_t i = 0; i < count; i++) {
        if (!tag_grow(&names->mentions, &names->mention_capacity, names->mention_count, sizeof *names->mentions))
            return NO_MEMORY;
        names->mentions[names->mention_count++] = (struct tag_mention){
            .start = spans[i].start,
            .end = spans[i].end,
            .title = to->title,
            .type = spans[i].type,
            .why = why_of(&spans[i]),
        };
    }
    return OK;
}

static struct span mention_text(const struct tag_mention *mention, const struct tag_input *input)
{
    return span_cut(mention->title ? input->title : input->text, mention->start, mention->end);
}

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* The name that [mention] stands for: its text on one line. */
static enum status canonical_name(struct span *out, struct tag_names *names, const struct tag_mention *mention,
                                  const struct tag_input *input)
{
    struct span text = mention_text(mention, input);
    size_t i = 0;
    while (i < text.length &&
           (!is_space(text.data[i]) || (text.data[i] == ' ' && i + 1 < text.length && !is_space(text.data[i + 1]))))
        i++;
    if (i == text.length) { /* the usual case borrows */
        *out = text;
        return OK;
    }
    char *bytes = arena_bytes(&names->arena, text.length);
    size_t length = 0;
    if (!bytes) return NO_MEMORY;
    for (i = 0; i < text.length; i++) {
        if (!is_space(text.data[i]))
            bytes[length++] = text.data[i];
        else if (length && bytes[length - 1] != ' ')
            bytes[length++] = ' ';
    }
    *out = (struct span){bytes, length};
    return OK;
}

/* A mention with the name it stands for, while names are sorted. */
struct entry {
    struct span name;
    size_t mention;
};

static int compare_entries(const void *left, const void *right, void *context)
{
    const struct entry *a = left, *b = right;
    const struct tag_mention *mentions = context;
    enum tag_type x = mentions[a->mention].type, y = mentions[b->mention].type;
    if (x != y) return x < y ? -1 : 1;
    int order = span_compare(a->name, b->name);
    if (order) return order;
    return a->mention < b->mention ? -1 : 1;
}

static int rank_of_type(enum tag_type type)
{
    return type == TAG_ORGANIZATION ? 0 : type == TAG_PERSON ? 1 : 2;
}

static int compare_names(const void *left, const void *right)
{
    const struct tag_name *a = left, *b = right;
    int x = rank_of_type(a->type), y = rank_of_type(b->type);
    if (x != y) return x - y;
    if (a->count != b->count) return a->count > b->count ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

/* Makes a name of each run of equal entries; [first] is the entry for now. */
static enum status group(struct tag_names *names, const struct entry *entries)
{
    for (size_t at = 0, end; at < names->mention_count; at = end) {
        enum tag_type type = names->mentions[entries[at].mention].type;
        for (end = at + 1; end < names->mention_count; end++)
            if (names->mentions[entries[end].mention].type != type || !span_equal(entries[end].name, entries[at].name))
                break;
        if (!tag_grow(&names->names, &names->name_capacity, names->name_count, sizeof *names->names)) return NO_MEMORY;
        names->names[names->name_count++] = (struct tag_name){type, entries[at].name, entries[at].mention, end - at};
        for (size_t i = at; i < end; i++) names->mentions[entries[i].mention].name = names->name_count - 1;
    }
    return OK;
}

static int compare_mentions(const void *left, const void *right)
{
    const struct tag_mention *a = left, *b = right;
    if (a->name != b->name) return a->name < b->name ? -1 : 1;
    if (a->title != b->title) return a->title ? -1 : 1;
    return a->start < b->start ? -1 : a->start > b->start;
}

/* Orders the names, and the mentions after them. */
static enum status arrange(struct tag_names *names)
{
    /* A name is known by its first mention while names move. */
    qsort(names->names, names->name_count, sizeof *names->names, compare_names);
    size_t *place = malloc((names->name_count + 1) * sizeof *place);
    if (!place) return NO_MEMORY;
    for (size_t i = 0; i < names->name_count; i++) place[names->mentions[names->names[i].first].name] = i;
    for (size_t i = 0; i < names->mention_count; i++) names->mentions[i].name = place[names->mentions[i].name];
    free(place);
    qsort(names->mentions, names->mention_count, sizeof *names->mentions, compare_mentions);
    for (size_t i = names->mention_count; i--;) names->names[names->mentions[i].name].first = i;
    return OK;
}

enum status tag_names_find(struct tag_names *names, struct tagger *tagger, const struct tag_input *input)
{
    struct collection to = {.names = names, .title = true};
    names->mention_count = names->name_count = 0;
    arena_reset(&names->arena);
    enum status status = tagger_tag_text(tagger, input->title, NULL, collect, &to);
    to.title = false;
    if (!status) status = tagger_tag_text(tagger, input->text, NULL, collect, &to);
    if (status || !names->mention_count) return status;
    struct entry *entries = malloc(names->mention_count * sizeof *entries);
    if (!entries) return NO_MEMORY;
    for (size_t i = 0; i < names->mention_count && !status; i++) {
        entries[i].mention = i;
        status = canonical_name(&entries[i].name, names, &names->mentions[i], input);
    }
    if (!status) {
        qsort_r(entries, names->mention_count, sizeof *entries, compare_entries, names->mentions);
        status = group(names, entries);
    }
    free(entries);
    return status ? status : arrange(names);
}
