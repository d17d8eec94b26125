/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/naming.h"

#include "indexer/entities/names/names.h"
#include "indexer/varint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

_Static_assert((int)NAME_PERSON == TAG_PERSON && (int)NAME_ORGANIZATION == TAG_ORGANIZATION &&
                   (int)NAME_PLACE == TAG_PLACE && (int)NAME_TYPES == TAG_OTHER,
               "names have the same types in schema.h and entities/tag.h");

enum {
    TEXT_MAX = 512 << 20,         /* bytes: a title and the text behind it, far over what an index stores */
    IDENTITY_BYTES_MAX = 1 << 16, /* what the identity is the hash of */
    LIST_BYTES_MAX = 65 << 20     /* bytes: over what user_list_read takes */
};

struct naming {
    struct model model;
    bool has_model;
    struct user_names *user; /* NULL for none */
    struct buffer list[USER_LISTS];
    char identity[NAMING_IDENTITY];
};

/* ---- what a run opens ---- */

/* Appends the name and the hash of each list that is not empty. */
static enum status append_lists(struct buffer *out, const struct naming *naming)
{
    enum status status = OK;
    for (size_t i = 0; !status && i < USER_LISTS; i++) {
        char hash[HASH_BYTES];
        if (!naming->list[i].length) continue;
        schema_hash(hash, buffer_span(&naming->list[i]));
        status = buffer_append_string(out, user_list_names[i]);
        if (!status) status = buffer_append(out, hash, sizeof hash);
    }
    return status;
}

static enum status identify(struct naming *naming)
{
    const uint64_t sums[] = {naming->model.header->checksum, lists_builtin()->header->checksum};
    struct buffer all;
    buffer_init(&all, IDENTITY_BYTES_MAX);
    enum status status = buffer_append(&all, (const char *)sums, sizeof sums);
    if (!status) status = append_lists(&all, naming);
    char hash[HASH_BYTES];
    schema_hash(hash, buffer_span(&all));
    buffer_release(&all);
    for (int i = 0; i < HASH_BYTES; i++)
        snprintf(naming->identity + (ptrdiff_t)2 * i, 3, "%02x", (unsigned char)hash[i]);
    return status;
}

/* Takes the lists over, from their folder or as they were kept. */
static enum status read_lists(struct naming *naming, const struct naming_options *options, struct error *error)
{
    struct stat found;
    if (options->lists && (stat(options->lists, &found) || !S_ISDIR(found.st_mode)))
        return fail(error, MISSING,
                    "no folder of names '%s' (give one that holds aliases.tsv, hide.tsv, add.tsv or types.tsv)",
                    options->lists);
    enum status status = OK;
    for (size_t i = 0; !status && i < USER_LISTS; i++)
        status = options->lists  ? user_list_read(&naming->list[i], options->lists, i, error)
                 : options->kept ? buffer_append_span(&naming->list[i], options->kept[i])
                                 : OK;
    return status;
}

static enum status make_user(struct naming *naming, const struct naming_options *options, struct error *error)
{
    struct user_list lists[USER_LISTS];
    char *called[USER_LISTS] = {NULL};
    enum status status = OK;
    for (size_t i = 0; !status && i < USER_LISTS; i++) {
        if (asprintf(&called[i], "%s%s%s", options->lists ? options->lists : "", options->lists ? "/" : "",
                     user_list_names[i]) < 0) {
            called[i] = NULL;
            status = NO_MEMORY;
        }
        lists[i] = (struct user_list){i, buffer_span(&naming->list[i]), called[i]};
    }
    if (!status) status = user_names_make(&naming->user, lists, USER_LISTS, options->warn, options->context, error);
    for (size_t i = 0; i < USER_LISTS; i++) free(called[i]);
    return status;
}

enum status naming_open(struct naming **out, const struct naming_options *options, struct error *error)
{
    struct naming *naming = calloc(1, sizeof *naming);
    if (!naming) return fail(error, NO_MEMORY, "out of memory");
    for (size_t i = 0; i < USER_LISTS; i++) buffer_init(&naming->list[i], LIST_BYTES_MAX);
    enum status status = model_open(&naming->model, options->model, error);
    naming->has_model = !status;
    struct error why = {0};
    if (!status) status = read_lists(naming, options, &why);
    if (!status && (options->lists || options->kept)) status = make_user(naming, options, &why);
    if (!status) status = identify(naming);
    if (status && naming->has_model)
        fail(error, status, "%s", why.status ? why.message : "out of memory for the lists of names");
    if (status)
        naming_free(naming);
    else
        *out = naming;
    return status;
}

struct span naming_list(const struct naming *naming, size_t which)
{
    return buffer_span(&naming->list[which]);
}

void naming_free(struct naming *naming)
{
    if (!naming) return;
    user_names_free(naming->user);
    for (size_t i = 0; i < USER_LISTS; i++) buffer_release(&naming->list[i]);
    if (naming->has_model) model_close(&naming->model);
    free(naming);
}

const char *naming_identity(const struct naming *naming)
{
    return naming->identity;
}

/* ---- what a process finds with ---- */

struct name_finder {
    struct tagger *tagger;
    struct namer *namer;
    struct buffer joined; /* a title from elsewhere, and the text */
    struct buffer encoded, terms, value[NAME_TYPES];
    struct naming_name *names;
    struct naming_mark *marks;
    uint32_t *order; /* of the entities */
    size_t name_capacity, mark_capacity, order_capacity;
};

enum status name_finder_new(struct name_finder **out, const struct naming *naming)
{
    struct name_finder *finder = calloc(1, sizeof *finder);
    if (!finder) return NO_MEMORY;
    buffer_init(&finder->joined, TEXT_MAX);
    buffer_init(&finder->encoded, NAMING_ENCODED_MAX);
    buffer_init(&finder->terms, NAMING_ENCODED_MAX);
    for (int type = 0; type < NAME_TYPES; type++) buffer_init(&finder->value[type], NAMING_ENCODED_MAX);
    enum status status = tagger_new(&finder->tagger, &naming->model);
    if (!status) status = namer_new(&finder->namer, naming->user);
    if (status)
        name_finder_free(finder);
    else
        *out = finder;
    return status;
}

void name_finder_free(struct name_finder *finder)
{
    if (!finder) return;
    tagger_free(finder->tagger);
    namer_free(finder->namer);
    buffer_release(&finder->joined);
    buffer_release(&finder->encoded);
    buffer_release(&finder->terms);
    for (int type = 0; type < NAME_TYPES; type++) buffer_release(&finder->value[type]);
    free(finder->names);
    free(finder->marks);
    free(finder->order);
    free(finder);
}

static bool has_room(void *array, size_t *capacity, size_t wanted, size_t size)
{
    if (wanted <= *capacity) return true;
    size_t larger = wanted * 2;
    void *old;
    memcpy(&old, array, sizeof old);
    void *grown = reallocarray(old, larger, size);
    if (!grown) return false;
    memcpy(array, &grown, sizeof grown);
    *capacity = larger;
    return true;
}

/* The title and the text as one, so that each tells of names in the other. */
static enum status join(struct span *out, size_t *title, struct name_finder *finder, const struct record *record)
{
    struct span apart = record->title_range.end ? SPAN("") : record->field[RECORD_TITLE];
    *title = apart.length;
    *out = record->text;
    if (!apart.length) return OK;
    buffer_clear(&finder->joined);
    enum status status = buffer_append_span(&finder->joined, apart);
    if (!status) status = buffer_append_string(&finder->joined, "\n\n");
    if (!status) status = buffer_append_span(&finder->joined, record->text);
    *out = buffer_span(&finder->joined);
    return status;
}

/* A mention that begins in the title ends in it: what runs on into the text is no name. */
static bool is_whole(const struct name_mention *mention, size_t title)
{
    return !title || mention->start >= mention_place(title, 0, false) || mention->end <= title;
}

static int by_mentions(const void *a, const void *b, void *context)
{
    const struct name_entity *entities = context;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    if (entities[x].count != entities[y].count) return entities[x].count > entities[y].count ? -1 : 1;
    return x < y ? -1 : x > y;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Which entities are kept, ascending. */
static enum status choose(size_t *count, struct name_finder *finder, const struct names *names)
{
    if (!has_room(&finder->order, &finder->order_capacity, names->count, sizeof *finder->order)) return NO_MEMORY;
    for (size_t i = 0; i < names->count; i++) finder->order[i] = (uint32_t)i;
    *count = names->count;
    if (names->count <= NAMING_NAMES_MAX) return OK;
    qsort_r(finder->order, names->count, sizeof *finder->order, by_mentions, (void *)(uintptr_t)names->entities);
    qsort(finder->order, NAMING_NAMES_MAX, sizeof *finder->order, by_number);
    *count = NAMING_NAMES_MAX;
    return OK;
}

static enum status encode_mention(struct buffer *out, const struct name_mention *mention, size_t *before)
{
    char bytes[2 * VARINT_BYTES_MAX + 1];
    size_t n = varint_write(bytes, mention->start - *before);
    n += varint_write(bytes + n, mention->end - mention->start);
    bytes[n++] = (char)mention->why;
    *before = mention->start;
    return buffer_append(out, bytes, n);
}

/* Takes one entity over; one without a key, or without a whole mention, is none. */
static enum status add_entity(struct naming_result *result, struct name_finder *finder, const struct names *names,
                              const struct name_entity *entity, size_t title)
{
    const struct name_mention *mentions = names->mentions + entity->first;
    char bytes[NAME_BYTES_MAX];
    struct span key = {bytes, name_key(bytes, entity->name)};
    size_t count = 0, before = 0, start = finder->terms.length;
    for (size_t i = 0; i < entity->count; i++) count += is_whole(&mentions[i], title);
    if (!key.length || !count) return OK;
    if (!has_room(&finder->names, &finder->name_capacity, result->name_count + 1, sizeof *finder->names) ||
        !has_room(&finder->marks, &finder->mark_capacity, result->mark_count + count, sizeof *finder->marks))
        return NO_MEMORY;
    enum status status = buffer_append_byte(&finder->encoded, (char)entity->type);
    if (!status) status = varint_append_span(&finder->encoded, entity->name);
    if (!status) status = varint_append(&finder->encoded, count);
    for (size_t i = 0; !status && i < entity->count; i++) {
        if (!is_whole(&mentions[i], title)) continue;
        finder->marks[result->mark_count++] = (struct naming_mark){mentions[i].start, (uint32_t)result->name_count};
        status = encode_mention(&finder->encoded, &mentions[i], &before);
    }
    if (!status) status = schema_term(&finder->terms, name_places[entity->type].prefix, key);
    /* The terms may move while they grow: their places are told when all are there. */
    finder->names[result->name_count++] = (struct naming_name){{NULL, finder->terms.length - start}, 0};
    return status;
}

static int by_place(const void *a, const void *b)
{
    const struct naming_mark *x = a, *y = b;
    return x->at != y->at ? (x->at < y->at ? -1 : 1) : x->name < y->name ? -1 : x->name > y->name;
}

static enum status take_over(struct naming_result *result, struct name_finder *finder, const struct names *names,
                             size_t title)
{
    size_t count = 0, at = 0;
    enum status status = choose(&count, finder, names);
    for (size_t i = 0; !status && i < count; i++)
        status = add_entity(result, finder, names, &names->entities[finder->order[i]], title);
    for (size_t i = 0; !status && i < result->name_count; i++) {
        finder->names[i].term.data = finder->terms.data + at;
        at += finder->names[i].term.length;
    }
    if (result->mark_count) qsort(finder->marks, result->mark_count, sizeof *finder->marks, by_place);
    result->names = finder->names;
    result->marks = finder->marks;
    result->encoded = buffer_span(&finder->encoded);
    return status;
}

enum status name_finder_find(struct naming_result *out, struct name_finder *finder, const struct record *record)
{
    struct naming_result result = {0};
    struct names names;
    struct span text, language = record->field[RECORD_LANGUAGE];
    size_t title;
    bool english = !language.length || span_equal(language, SPAN("en"));
    buffer_clear(&finder->encoded);
    buffer_clear(&finder->terms);
    for (int type = 0; type < NAME_TYPES; type++) buffer_clear(&finder->value[type]);
    enum status status = join(&text, &title, finder, record);
    if (!status) status = namer_text(finder->namer, &names, english ? finder->tagger : NULL, text);
    if (!status) status = take_over(&result, finder, &names, title);
    if (!status && result.name_count) {
        struct record named = *record;
        named.names = result.encoded;
        status = naming_values(finder->value, &named);
    }
    for (int type = 0; type < NAME_TYPES; type++) result.value[type] = buffer_span(&finder->value[type]);
    if (!status) *out = result;
    return status;
}

/* ---- values ---- */

struct listed {
    struct span name;
    uint64_t mentions;
    enum name_type type;
};

static int compare_listed(const void *a, const void *b)
{
    const struct listed *x = a, *y = b;
    if (x->mentions != y->mentions) return x->mentions > y->mentions ? -1 : 1;
    return span_compare(x->name, y->name);
}

static enum status list_names_of(struct listed **list, size_t *count, const struct record *record)
{
    struct names_walk walk;
    struct record_name name;
    size_t capacity = 0;
    enum status status;
    names_walk_start(&walk, record);
    while (!(status = record_names_next(&name, &walk))) {
        if (!has_room(list, &capacity, *count + 1, sizeof **list)) return NO_MEMORY;
        (*list)[(*count)++] = (struct listed){name.name, name.mentions, name.type};
    }
    return status == NOT_FOUND ? OK : status;
}

enum status naming_values(struct buffer values[NAME_TYPES], const struct record *record)
{
    struct listed *list = NULL;
    size_t count = 0;
    enum status status = list_names_of(&list, &count, record);
    if (!status && count) qsort(list, count, sizeof *list, compare_listed);
    for (size_t i = 0; !status && i < count; i++) status = varint_append_span(&values[list[i].type], list[i].name);
    free(list);
    return status;
}
