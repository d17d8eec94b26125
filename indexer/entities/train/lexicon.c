/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/train/lexicon.h"

#include "indexer/entities/features.h"
#include "indexer/entities/shape.h"
#include "indexer/entities/train/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Which file gives which list. [column]: of a tab-separated file, from 0; [where]: the value that column 0 or 1 must
 * have (NULL for all); aliases are split at |. */
struct source {
    enum phrase_list list;
    const char *file;
    int column, aliases, where_column;
    const char *where;
};

static const struct source sources[] = {
    {LIST_COUNTRY, "gazetteers/countries.txt", 0, -1, 0, NULL},
    {LIST_SUBDIVISION, "gazetteers/subdivisions.txt", 0, -1, 0, NULL},
    {LIST_CITY_LARGE, "gazetteers/cities-large.txt", 0, -1, 0, NULL},
    {LIST_CITY_SMALL, "gazetteers/cities-small.txt", 0, -1, 0, NULL},
    {LIST_PLACE_ALIAS, "lists/place_alias.tsv", 0, 1, 0, NULL},
    {LIST_NATIONALITY, "gazetteers/nationalities.txt", 0, -1, 0, NULL},
    {LIST_GIVEN, "gazetteers/given-names.txt", 0, -1, 0, NULL},
    {LIST_SURNAME, "gazetteers/surnames.txt", 0, -1, 0, NULL},
    {LIST_COMPANY, "lists/company.tsv", 0, -1, 0, NULL},
    {LIST_COMPANY_BULK, "gazetteers/companies.txt", 0, -1, 0, NULL},
    {LIST_UNIVERSITY, "gazetteers/universities.txt", 0, -1, 0, NULL},
    {LIST_CLUB, "gazetteers/sports-clubs.txt", 0, -1, 0, NULL},
    {LIST_CLUB, "lists/team.tsv", 0, -1, 1, "full"},
    {LIST_TEAM, "lists/team.tsv", 0, -1, 1, "nick"},
    {LIST_BODY, "gazetteers/international-bodies.txt", 0, -1, 0, NULL},
    {LIST_BODY, "lists/org.tsv", 0, 2, 1, "intl"},
    {LIST_AGENCY, "lists/org.tsv", 0, 2, 1, "gov"},
    {LIST_AGENCY, "lists/org.tsv", 0, 2, 1, "party"},
    {LIST_AGENCY, "lists/org.tsv", 0, 2, 1, "armed"},
    {LIST_MEDIA, "lists/org.tsv", 0, 2, 1, "media"},
    {LIST_HONORIFIC, "lists/honorific.tsv", 0, -1, 0, NULL},
    {LIST_ORG_HEAD, "lists/keyword.tsv", 1, -1, 0, "orghead"},
    {LIST_ORG_HEAD, "lists/keyword.tsv", 1, -1, 0, "orghead_id"},
    {LIST_ORG_HEAD, "lists/keyword.tsv", 1, -1, 0, "orghead_ja"},
    {LIST_ORG_HEAD, "lists/keyword.tsv", 1, -1, 0, "orghead_ms"},
    {LIST_ORG_HEAD, "lists/keyword.tsv", 1, -1, 0, "orghead_th"},
    {LIST_ORG_HEAD, "lists/keyword.tsv", 1, -1, 0, "orghead_vi"},
    {LIST_ORG_SUFFIX, "lists/keyword.tsv", 1, -1, 0, "orgsuf"},
    {LIST_PLACE_HEAD, "lists/keyword.tsv", 1, -1, 0, "placehead"},
    {LIST_PLACE_HEAD, "lists/keyword.tsv", 1, -1, 0, "placehead_sea"},
    {LIST_PLACE_CUE, "lists/keyword.tsv", 1, -1, 0, "placeprep"},
    {LIST_ROLE, "lists/keyword.tsv", 1, -1, 0, "role"},
    {LIST_SAY, "lists/keyword.tsv", 1, -1, 0, "sayverb"},
};

struct phrases {
    struct table index;
    uint32_t *masks;
    size_t capacity;
};

static void mark(struct phrases *phrases, uint64_t hash, uint32_t bits)
{
    uint32_t id = table_add(&phrases->index, hash);
    if (id + 1 == phrases->index.length) {
        phrases->masks = grow_to(phrases->masks, &phrases->capacity, id + 2, sizeof *phrases->masks);
        phrases->masks[id + 1] = 0;
        if (id == 0) phrases->masks[0] = 0;
    }
    phrases->masks[id] |= bits;
}

static bool take_word(struct span *rest, struct span *word)
{
    *rest = span_trim(*rest);
    const char *end = rest->length ? memchr(rest->data, ' ', rest->length) : NULL;
    *word = span_cut(*rest, 0, end ? (size_t)(end - rest->data) : rest->length);
    *rest = span_cut(*rest, word->length, rest->length);
    return word->length != 0;
}

static void add_phrase(struct phrases *phrases, struct span text, enum phrase_list list)
{
    uint64_t hashes[PHRASE_TOKENS_MAX];
    size_t length = 0;
    struct span word;
    while (take_word(&text, &word)) {
        if (length == PHRASE_TOKENS_MAX) return;
        uint64_t lower = lower_hash(word);
        hashes[length] = length ? phrase_join(hashes[length - 1], lower) : lower;
        length++;
    }
    if (!length) return;
    for (size_t i = 0; i + 1 < length; i++) mark(phrases, hashes[i], 1u << PHRASE_PREFIX);
    mark(phrases, hashes[length - 1], 1u << list);
}

static struct span column_of(struct span line, int column)
{
    for (;; column--) {
        const char *tab = line.length ? memchr(line.data, '\t', line.length) : NULL;
        size_t length = tab ? (size_t)(tab - line.data) : line.length;
        if (column == 0) return span_cut(line, 0, length);
        line = span_cut(line, length + 1, line.length);
    }
}

static FILE *opened(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s%s%s", folder, *folder ? "/" : "", name);
    FILE *file = fopen(path, "r");
    if (!file) {
        fprintf(stderr, "dossier-train: cannot open '%s'\n", path);
        exit(4);
    }
    return file;
}

static void read_source(struct phrases *phrases, const struct source *source, const char *shared)
{
    FILE *file = opened(shared, source->file);
    char *line = NULL;
    size_t room = 0;
    ssize_t got;
    while ((got = getline(&line, &room, file)) >= 0) {
        struct span text = span_trim((struct span){line, (size_t)got});
        if (!text.length || text.data[0] == '#') continue;
        if (source->where && !span_equal(column_of(text, source->where_column), span_of(source->where))) continue;
        add_phrase(phrases, column_of(text, source->column), source->list);
        struct span aliases = source->aliases < 0 ? SPAN("") : column_of(text, source->aliases);
        while (aliases.length) {
            const char *bar = memchr(aliases.data, '|', aliases.length);
            size_t length = bar ? (size_t)(bar - aliases.data) : aliases.length;
            add_phrase(phrases, span_cut(aliases, 0, length), source->list);
            aliases = span_cut(aliases, length + 1, aliases.length);
        }
    }
    free(line);
    fclose(file);
}

/* Adds the names of a file that names_run wrote, each to the lists of the types it had in a quarter of its mentions
 * or more. */
static void read_names(struct phrases *phrases, const char *names)
{
    static const enum phrase_list lists[] = {LIST_LEARNT_PERSON, LIST_LEARNT_ORGANIZATION, LIST_LEARNT_PLACE,
                                             LIST_LEARNT_OTHER};
    FILE *file = opened("", names);
    char *line = NULL;
    size_t room = 0;
    ssize_t got;
    while ((got = getline(&line, &room, file)) >= 0) {
        struct span name = column_of((struct span){line, (size_t)got}, 0);
        unsigned counts[4], total = 0;
        if (sscanf(line + name.length, "%u%u%u%u", &counts[0], &counts[1], &counts[2], &counts[3]) != 4) continue;
        for (int i = 0; i < 4; i++) total += counts[i];
        for (int i = 0; i < 4; i++)
            if (counts[i] * 4 >= total) add_phrase(phrases, name, lists[i]);
    }
    free(line);
    fclose(file);
}

static void place(uint64_t *slots, uint32_t count, uint64_t hash, uint64_t value, unsigned bits)
{
    size_t at = model_slot(hash, count);
    while (slots[at]) at = at + 1 == count ? 0 : at + 1;
    slots[at] = hash >> bits << bits | value;
}

static uint32_t slots_for(size_t entries)
{
    return (uint32_t)(entries + entries / 5 + 8);
}

static void read_words(struct lexicon *lexicon, const char *classes)
{
    FILE *file = opened("", classes);
    char *line = NULL;
    size_t room = 0, count = 0;
    ssize_t got;
    while (getline(&line, &room, file) >= 0) count++;
    rewind(file);
    lexicon->word_slots = slots_for(count);
    lexicon->word_count = count;
    lexicon->words = take(lexicon->word_slots * sizeof(uint64_t));
    while ((got = getline(&line, &room, file)) >= 0) {
        unsigned coarse, fine, bucket;
        struct look look;
        struct span text = {line, (size_t)got};
        struct span word = column_of(text, 0);
        if (sscanf(line + word.length, "%*u%u%u%u", &coarse, &fine, &bucket) != 3) continue;
        look_at(&look, word);
        uint64_t value =
            fine | (uint64_t)coarse << WORD_FINE_BITS | (uint64_t)bucket << (WORD_FINE_BITS + WORD_COARSE_BITS);
        place(lexicon->words, lexicon->word_slots, look.exact, value,
              WORD_FINE_BITS + WORD_COARSE_BITS + WORD_CASE_BITS);
    }
    free(line);
    fclose(file);
}

void lexicon_read(struct lexicon *lexicon, const char *classes, const char *shared, const char *names)
{
    struct phrases phrases = {0};
    read_words(lexicon, classes);
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) read_source(&phrases, &sources[i], shared);
    if (names) read_names(&phrases, names);
    lexicon->phrase_count = phrases.index.length;
    lexicon->phrase_slots = slots_for(phrases.index.length);
    lexicon->phrases = take(lexicon->phrase_slots * sizeof(uint64_t));
    for (size_t i = 0; i < phrases.index.length; i++)
        place(lexicon->phrases, lexicon->phrase_slots, phrases.index.keys[i], phrases.masks[i], PHRASE_BITS);
    table_release(&phrases.index);
    free(phrases.masks);
}

void lexicon_release(struct lexicon *lexicon)
{
    free(lexicon->words);
    free(lexicon->phrases);
}

static size_t aligned(size_t bytes)
{
    return (bytes + 63) / 64 * 64;
}

void *model_build(size_t *bytes, size_t *lost, const struct lexicon *lexicon, const struct weights *weights,
                  uint32_t buckets, uint64_t date)
{
    size_t rows = aligned((size_t)buckets * MODEL_BUCKET * MODEL_LANES), tags = aligned((size_t)buckets * 8);
    size_t moves = aligned(sizeof(int16_t) * MODEL_TRANSITIONS * MODEL_LABELS * MODEL_LABELS);
    size_t words = aligned(lexicon->word_slots * 8ull), phrases = aligned(lexicon->phrase_slots * 8ull);
    size_t head = aligned(sizeof(struct model_header));
    *bytes = head + rows + tags + moves + words + phrases;
    char *data = aligned_alloc(64, *bytes);
    if (!data) grow(NULL, *bytes);
    memset(data, 0, *bytes);
    struct model_header *header = (struct model_header *)data;
    *header = (struct model_header){.magic = "dosstag\n",
                                    .version = MODEL_VERSION,
                                    .byte_order = 0x01020304,
                                    .bytes = *bytes,
                                    .buckets = buckets,
                                    .word_slots = lexicon->word_slots,
                                    .phrase_slots = lexicon->phrase_slots,
                                    .trained = date};
    int8_t *row_area = (int8_t *)data + head;
    uint16_t *tag_area = (uint16_t *)(data + head + rows);
    char *at = data + head + rows + tags;
    *lost = 0;
    for (size_t i = 0; i < weights->count; i++) {
        uint32_t bucket = model_bucket(header, weights->features[i]);
        uint16_t *slot = tag_area + (size_t)bucket * MODEL_BUCKET;
        unsigned lane = 0;
        while (lane < MODEL_BUCKET && slot[lane] && slot[lane] != model_tag(weights->features[i])) lane++;
        if (lane == MODEL_BUCKET || slot[lane]) {
            (*lost)++;
            continue;
        }
        slot[lane] = model_tag(weights->features[i]);
        memcpy(row_area + ((size_t)bucket * MODEL_BUCKET + lane) * MODEL_LANES, weights->rows + i * MODEL_LANES,
               MODEL_LANES);
    }
    memcpy(at, weights->moves, sizeof(int16_t) * MODEL_TRANSITIONS * MODEL_LABELS * MODEL_LABELS);
    memcpy(at + moves, lexicon->words, lexicon->word_slots * 8ull);
    memcpy(at + moves + words, lexicon->phrases, lexicon->phrase_slots * 8ull);
    header->checksum = model_checksum(header, data + head, *bytes - head);
    return data;
}
