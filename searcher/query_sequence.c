/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/query_build.h"

#include <math.h>
#include <stdlib.h>

/* Of another spelling, where any of the words will do: on five collections .3 to 1 differed by .001 nDCG@10, and this
 * was the best; the joined word is rare, and would outweigh the rest of the query. */
static const double SPELLING_WEIGHT = 0.5;

enum {
    UNIT_WORDS_MAX = 8, /* parts of a compound or address that are looked at together */
    LONG_TEXT_WORDS = 64 /* parts of a sequence: beyond, spellings and neighbours are noise */
};

/* A word as it counts in a sequence, with how often it was typed. */
struct counted {
    const struct word *word;
    uint32_t times;
    uint32_t item;      /* of the evidence */
    bool decides;       /* all words are wanted, and no document has this one */
    double worth;       /* while the most telling words are chosen */
    size_t parts;       /* of a compound or address: so many of the words that follow are its parts */
    const struct word *correction; /* what stands in for it; NULL for nothing */
    const struct word *joined; /* with the word after it; NULL when there is no such word */
    const struct syntax_node *leaf;
};

/* The words of a leaf of a long text, where it stands first. */
struct seen {
    struct span text;
    size_t first, count;
};

struct sequence {
    struct counted *words; /* in the order typed; words.times is 0 for what was merged into an earlier one */
    size_t count, room;
    struct seen *seen; /* of a long text: a hash table of seen_room places, a power of 2 */
    size_t seen_room;
    struct parts scored;  /* other parts that score */
    struct parts filters; /* parts that must hold and do not score */
    struct parts exclusions;
};

static enum status out_of_memory(struct builder *builder)
{
    return fail(builder->error, NO_MEMORY, "out of memory while reading the query");
}

static bool same_word(const struct word *a, const struct word *b)
{
    return a->stem_count && b->stem_count && span_equal(a->stem[0], b->stem[0]) && a->stem_count == b->stem_count;
}

static enum status add_word(struct builder *builder, struct sequence *sequence, const struct word *word,
                            const struct syntax_node *leaf)
{
    if (sequence->count == sequence->room) {
        size_t room = sequence->room ? 2 * sequence->room : 16;
        struct counted *grown = realloc(sequence->words, room * sizeof *grown);
        if (!grown) return out_of_memory(builder);
        sequence->words = grown;
        sequence->room = room;
    }
    sequence->words[sequence->count++] = (struct counted){.word = word, .times = 1, .parts = word->parts, .leaf = leaf};
    return OK;
}

/* Values, dates, authors and sources restrict, and so does what is made of them alone; words, phrases and titles
 * score. */
static bool is_filter(const struct syntax_node *node)
{
    if (node->kind == SYNTAX_RANGE) return true;
    if (node->kind == SYNTAX_FIELD) return node->field != FIELD_TITLE && node->field != FIELD_TEXT && node->field != FIELD_SIMILAR;
    for (const struct syntax_node *child = node->child; child; child = child->next)
        if (!is_filter(child)) return false;
    return node->child != NULL;
}

/* FNV-1a, Fowler, Noll and Vo. */
static size_t hash_of(struct span text)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < text.length; i++) hash = (hash ^ (unsigned char)text.data[i]) * 16777619u;
    return hash ^ hash >> 15;
}

/* The place of [text] in the table, without text there when it was not seen; NULL for a short text. */
static struct seen *find_seen(const struct sequence *sequence, struct span text)
{
    if (!sequence->seen) return NULL;
    size_t at = hash_of(text) & (sequence->seen_room - 1);
    while (sequence->seen[at].text.data && !span_equal(sequence->seen[at].text, text))
        at = (at + 1) & (sequence->seen_room - 1);
    return &sequence->seen[at];
}

/* Of a long text each word is analysed once: in a short one neighbours matter. */
static enum status expect_repeated(struct builder *builder, struct sequence *sequence, size_t children)
{
    if (children <= LONG_TEXT_WORDS) return OK;
    sequence->seen_room = 64;
    while (sequence->seen_room < 2 * children) sequence->seen_room *= 2;
    sequence->seen = calloc(sequence->seen_room, sizeof *sequence->seen);
    return sequence->seen ? OK : out_of_memory(builder);
}

static enum status sort_child(struct builder *builder, struct sequence *sequence, const struct syntax_node *child)
{
    struct xc_query *query = NULL;
    enum status status;
    struct seen *seen = child->kind == SYNTAX_WORD ? find_seen(sequence, child->text) : NULL;
    if (seen && seen->text.data) {
        for (size_t i = 0; i < seen->count; i++) sequence->words[seen->first + i].times++;
        return OK;
    }
    if (child->kind == SYNTAX_WORD) {
        struct words words;
        if (seen) *seen = (struct seen){child->text, sequence->count, 0};
        status = words_analyse(&words, builder->arena, builder->vocabulary, child->text, builder->error);
        for (size_t i = 0; !status && i < words.count; i++)
            status = add_word(builder, sequence, &words.items[i], child);
        if (seen) seen->count = sequence->count - seen->first;
        return status;
    }
    if (child->kind == SYNTAX_NOT) {
        builder->negations++;
        status = build_node(&query, builder, child->child);
        builder->negations--;
        return status ? status : parts_add(builder, &sequence->exclusions, query);
    }
    status = build_node(&query, builder, child);
    if (status) return status;
    return parts_add(builder, is_filter(child) ? &sequence->filters : &sequence->scored, query);
}

/* Drops stop words where anything else is asked for. */
static void drop_stop_words(struct sequence *sequence)
{
    bool other = sequence->scored.count > 0;
    for (size_t i = 0; i < sequence->count; i++) other = other || !sequence->words[i].word->stop;
    if (!other) return;
    size_t kept = 0;
    struct counted *words = sequence->words;
    for (size_t i = 0, whole = 0, end = 0; i < sequence->count; i++) {
        bool stop = words[i].word->stop && !words[i].parts;
        if (stop && i < end) words[whole].parts--;
        if (stop) continue;
        words[kept] = words[i];
        if (words[kept].parts && i >= end) whole = kept, end = i + words[kept].parts + 1;
        kept++;
    }
    sequence->count = kept;
}

/* Joins neighbours typed apart that the index also has as one word: each word once, from the left. */
static enum status join_neighbours(struct builder *builder, struct sequence *sequence)
{
    enum { JOIN_WORDS_MAX = 32 }; /* of a long text pasted in, spelling variants would be noise */
    if (sequence->count > JOIN_WORDS_MAX || builder->field == FIELD_AUTHOR || builder->field == FIELD_SOURCE) return OK;
    for (size_t i = 0; i + 1 < sequence->count; i++) {
        struct counted *left = &sequence->words[i], *right = left + 1;
        if (left->leaf == right->leaf) continue; /* parts of one compound: the compound is there already */
        struct word joined, *kept;
        enum status status =
            words_join(&joined, builder->arena, builder->vocabulary, left->word, right->word, builder->error);
        if (status) return status;
        if (!joined.stem_count) continue;
        if (!(kept = arena_take(builder->arena, sizeof *kept))) return out_of_memory(builder);
        *kept = joined;
        left->joined = kept;
        i++;
    }
    return OK;
}

/* A word typed often and in few documents tells much (tf times idf), one in none nothing: unless all the words are
 * wanted, and it decides. */
static double worth_of(const struct builder *builder, const struct counted *word)
{
    if (word->decides) return INFINITY;
    return word->word->documents ? word->times * word_weight(builder, word->word->documents) : 0;
}

static int by_worth(const void *a, const void *b)
{
    const struct counted *const *left = a, *const *right = b;
    if ((*left)->worth != (*right)->worth) return (*left)->worth < (*right)->worth ? 1 : -1;
    return (*left > *right) - (*left < *right);
}

/* Counts repeated words at their first place. *[different] are the words left, in their order; false when out of
 * memory. */
static bool count_repeated(struct counted **different, size_t *count, struct sequence *sequence)
{
    size_t room = 16;
    while (room < 2 * sequence->count) room *= 2;
    struct counted **table = calloc(room, sizeof(struct counted *));
    if (!table) return false;
    *count = 0;
    for (size_t i = 0; i < sequence->count; i++) {
        struct counted *word = &sequence->words[i];
        size_t at = word->word->stem_count ? hash_of(word->word->stem[0]) & (room - 1) : 0;
        while (table[at] && !same_word(table[at]->word, word->word)) at = (at + 1) & (room - 1);
        if (table[at]) {
            table[at]->times += word->times;
            word->times = 0;
        } else {
            table[at] = different[(*count)++] = word;
        }
    }
    free(table);
    return true;
}

/* Of more than QUERY_WORDS_MAX words keeps the most telling, and drops all others from the sequence. */
static enum status keep_most_telling(struct builder *builder, struct sequence *sequence, struct counted **different,
                                     size_t count)
{
    for (size_t k = 0; k < count; k++) {
        different[k]->decides = builder->mode == MATCH_ALL && !different[k]->word->documents;
        different[k]->worth = worth_of(builder, different[k]);
    }
    qsort(different, count, sizeof(struct counted *), by_worth);
    struct span *telling = arena_take(builder->arena, QUERY_WORDS_MAX * sizeof *telling);
    if (!telling) return out_of_memory(builder);
    for (size_t k = 0; k < QUERY_WORDS_MAX; k++) telling[k] = different[k]->word->form;
    for (size_t k = QUERY_WORDS_MAX; k < count; k++) different[k]->times = 0;
    builder->telling = telling;
    builder->different = count;
    size_t kept = 0;
    for (size_t i = 0; i < sequence->count; i++) {
        if (!sequence->words[i].times) continue;
        sequence->words[kept] = sequence->words[i];
        sequence->words[kept++].parts = 0; /* which may be gone; with so many words spellings do not matter */
    }
    sequence->count = kept;
    return OK;
}

static enum status merge_repeated(struct builder *builder, struct sequence *sequence)
{
    size_t count = 0;
    struct counted **different = calloc(sequence->count + 1, sizeof(struct counted *));
    if (!different) return out_of_memory(builder);
    enum status status = count_repeated(different, &count, sequence) ? OK : out_of_memory(builder);
    if (!status && count > QUERY_WORDS_MAX) status = keep_most_telling(builder, sequence, different, count);
    free(different);
    return status;
}

/* Lets *[query] also match [spelling], another way to write it, where a document does not have all [words] anyway: a
 * text with both spellings gains nothing by it. (OP_MAX would say it directly, and crashes in libxapian 1.4.22 when its
 * parts are ORs.) Takes [spelling]; *[query] is replaced. */
static enum status add_spelling(struct xc_query **query, struct builder *builder, struct xc_query *spelling,
                                const struct word *words, size_t count)
{
    struct parts parts = {0};
    struct xc_query *has_all = NULL;
    enum status status = scale(&spelling, builder, builder->mode == MATCH_ALL ? 1 : SPELLING_WEIGHT);
    for (size_t i = 0; !status && i < count; i++) {
        struct xc_query *place = NULL;
        status = place_terms(&place, builder, &words[i]);
        if (!status) status = parts_add(builder, &parts, place);
    }
    if (!status) status = parts_combine(&has_all, builder, &parts, XC_AND, 0);
    parts_release(&parts);
    if (status || (has_all && (status = combine_two(&spelling, builder, XC_AND_NOT, spelling, has_all)))) {
        xc_query_free(spelling);
        return status;
    }
    return combine_two(query, builder, XC_OR, *query, spelling);
}

/* A word that the index may also have as two: the pair side by side does as well. */
static enum status split_alternative(struct xc_query **query, struct builder *builder, const struct counted *counted)
{
    bool found;
    struct word halves[2];
    if (builder->field == FIELD_AUTHOR || builder->field == FIELD_SOURCE) return OK;
    enum status status =
        words_split(&found, halves, builder->arena, builder->vocabulary, counted->word, builder->error);
    if (status || !found) return status;
    halves[0].position = 1, halves[1].position = 2;
    struct xc_query *pair = NULL;
    status = phrase_query(&pair, builder, halves, 2);
    if (!status) status = add_spelling(query, builder, pair, counted->word, 1);
    return status ? status : add_evidence(builder, counted->item, halves, 2, true, 2, EVIDENCE_STEM);
}

/* Words that nothing else is found for: neither two written as one nor one written as two. */
static enum status correct_words(struct builder *builder, struct sequence *sequence)
{
    bool unknown = false;
    for (size_t i = 0; i < sequence->count; i++) unknown = unknown || !sequence->words[i].word->documents;
    if (!unknown || sequence->count > LONG_TEXT_WORDS) return OK;
    const struct word *words[LONG_TEXT_WORDS];
    for (size_t i = 0; i < sequence->count; i++) words[i] = sequence->words[i].word;
    for (size_t i = 0; i < sequence->count; i++) {
        struct counted *counted = &sequence->words[i];
        struct word correction, *kept;
        bool found;
        if (!counted->times || counted->parts || counted->joined || (i && counted[-1].joined)) continue;
        enum status status = correct_word(&correction, &found, builder, counted->word, words, sequence->count);
        if (status) return status;
        if (!found) continue;
        if (!(kept = arena_take(builder->arena, sizeof *kept))) return out_of_memory(builder);
        *kept = correction;
        counted->correction = kept;
    }
    return OK;
}

static enum status simple_word(struct xc_query **out, struct builder *builder, struct counted *counted, bool variants)
{
    counted->item = builder->items++;
    if (!builder->negations) builder->length += counted->times;
    const struct word *word = counted->correction ? counted->correction : counted->word;
    enum status status = word_query(out, builder, word, counted->times);
    if (!status) status = add_evidence(builder, counted->item, word, 1, true, 1, EVIDENCE_STEM);
    if (!status && variants) status = split_alternative(out, builder, counted);
    if (!status && variants && !counted->correction) status = name_alternative(out, builder, word, counted->item);
    return status ? status : add_unknown(builder, counted->leaf, counted->word, counted->correction);
}

/* A compound or its parts; two neighbours or their joined spelling; or one word. *[taken] is how many of the sequence's
 * words from [word] on it covers. */
static enum status build_unit(struct xc_query **out, size_t *taken, struct builder *builder, struct counted *word,
                              size_t left, bool variants, enum xc_operator operator_)
{
    bool compound = word->word->kind == TOKEN_COMPOUND || word->word->kind == TOKEN_ADDRESS;
    size_t count = compound ? word->parts + 1 : word->joined ? 2 : 1;
    if (count > left) count = left;
    *taken = count;
    struct counted *first = word->parts ? word + 1 : word;
    struct word words[UNIT_WORDS_MAX];
    size_t kept = 0;
    struct parts parts = {0};
    struct xc_query *unit = NULL, *spelling = NULL;
    enum status status = OK;
    for (struct counted *part = first; !status && part < word + count; part++) {
        struct xc_query *query = NULL;
        if (kept < UNIT_WORDS_MAX) words[kept++] = *part->word;
        if (!part->times) continue;
        status = simple_word(&query, builder, part, variants);
        if (!status) status = parts_add(builder, &parts, query);
    }
    if (!status) status = parts_combine(&unit, builder, &parts, operator_, 0);
    parts_release(&parts);
    const struct word *whole = word->parts ? word->word : word->joined;
    if (!status && whole && whole->stem_count && whole->documents) {
        uint32_t item = word->parts ? builder->items++ : word->item;
        status = add_evidence(builder, item, whole, 1, true, 1, EVIDENCE_STEM);
        if (!status) status = word_query(&spelling, builder, whole, 1);
        if (!status) status = add_spelling(&unit, builder, spelling, words, kept);
    }
    if (!status)
        *out = unit;
    else
        xc_query_free(unit);
    return status;
}

static enum status add_units(struct parts *out, struct builder *builder, struct sequence *sequence, bool variants,
                             enum xc_operator operator_)
{
    enum status status = OK;
    for (size_t i = 0, taken; !status && i < sequence->count; i += taken) {
        struct xc_query *unit = NULL;
        status = build_unit(&unit, &taken, builder, &sequence->words[i], sequence->count - i, variants, operator_);
        if (!status) status = parts_add(builder, out, unit);
    }
    return status;
}

static enum status combine_sequence(struct xc_query **out, struct builder *builder, struct sequence *sequence)
{
    enum { VARIANT_WORDS_MAX = 32 };
    bool variants = sequence->count <= VARIANT_WORDS_MAX && !builder->negations;
    enum xc_operator operator_ = builder->mode == MATCH_ALL ? XC_AND : XC_OR;
    struct parts scored = {0}, filters = {0};
    struct xc_query *query = NULL, *filter = NULL, *excluded = NULL;
    enum status status = add_units(&scored, builder, sequence, variants, operator_);
    for (size_t i = 0; !status && i < sequence->scored.count; i++) {
        status = parts_add(builder, &scored, sequence->scored.items[i]);
        sequence->scored.items[i] = NULL;
    }
    if (sequence->count > 1 || scored.count > 1) builder->relaxable = true;
    if (!status) status = parts_combine(&query, builder, &scored, operator_, 0);
    if (!status) status = parts_combine(&filter, builder, &sequence->filters, XC_AND, 0);
    if (!status && filter && !query) status = scale(&filter, builder, 0);
    if (!status) {
        status = combine_two(&query, builder, XC_FILTER, query, filter);
        filter = NULL;
    }
    if (!status) status = parts_combine(&excluded, builder, &sequence->exclusions, XC_OR, 0);
    if (!status && excluded) {
        struct xc_error cause = {0};
        if (!query) status = build_failure(builder, xc_query_all(&query, &cause), &cause);
        if (!status) {
            status = combine_two(&query, builder, XC_AND_NOT, query, excluded);
            excluded = NULL;
        }
    }
    parts_release(&scored);
    parts_release(&filters);
    xc_query_free(filter);
    xc_query_free(excluded);
    if (!status)
        *out = query;
    else
        xc_query_free(query);
    return status;
}

enum status build_sequence(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    struct sequence sequence = {0};
    enum status status = node->kind == SYNTAX_SEQUENCE ? expect_repeated(builder, &sequence, node->count) : OK;
    if (node->kind == SYNTAX_SEQUENCE)
        for (const struct syntax_node *child = node->child; !status && child; child = child->next)
            status = sort_child(builder, &sequence, child);
    else
        status = sort_child(builder, &sequence, node);
    if (!status) drop_stop_words(&sequence);
    if (!status) status = join_neighbours(builder, &sequence);
    if (!status) status = merge_repeated(builder, &sequence);
    if (!status) status = correct_words(builder, &sequence);
    if (!status) status = combine_sequence(out, builder, &sequence);
    parts_release(&sequence.scored);
    parts_release(&sequence.filters);
    parts_release(&sequence.exclusions);
    free(sequence.words);
    free(sequence.seen);
    return status;
}
