/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/suggest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Decodes up to SUGGEST_RUNES_MAX characters; returns how many, or SUGGEST_RUNES_MAX + 1 when there are more. */
static size_t decode(uint32_t *runes, struct span word)
{
    size_t count = 0;
    for (size_t i = 0; i < word.length;) {
        if (count == SUGGEST_RUNES_MAX) return SUGGEST_RUNES_MAX + 1;
        runes[count++] = utf8_next(word, &i);
    }
    return count;
}

static unsigned smallest(unsigned a, unsigned b, unsigned c)
{
    unsigned least = a < b ? a : b;
    return least < c ? least : c;
}

static unsigned distance_of_runes(const uint32_t *a, size_t m, const uint32_t *b, size_t n, unsigned limit)
{
    if ((m > n ? m - n : n - m) > limit) return limit + 1;
    unsigned rows[3][SUGGEST_RUNES_MAX + 1];
    unsigned *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t k = 0; k <= n; k++) above[k] = (unsigned)k;
    for (size_t i = 1; i <= m; i++) {
        unsigned best = row[0] = (unsigned)i;
        for (size_t k = 1; k <= n; k++) {
            unsigned change = above[k - 1] + (a[i - 1] != b[k - 1]);
            row[k] = smallest(above[k] + 1, row[k - 1] + 1, change);
            bool swapped = i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1];
            if (swapped && before[k - 2] + 1 < row[k]) row[k] = before[k - 2] + 1;
            if (row[k] < best) best = row[k];
        }
        if (best > limit) return limit + 1;
        unsigned *oldest = before;
        before = above, above = row, row = oldest;
    }
    return above[n] > limit ? limit + 1 : above[n];
}

unsigned edit_distance(struct span a, struct span b, unsigned limit)
{
    uint32_t left[SUGGEST_RUNES_MAX], right[SUGGEST_RUNES_MAX];
    size_t m = decode(left, a), n = decode(right, b);
    if (m > SUGGEST_RUNES_MAX || n > SUGGEST_RUNES_MAX) return limit + 1;
    return distance_of_runes(left, m, right, n, limit);
}

/* Costs in natural logarithms of what makes a reading less likely. */
static const double EDIT_COST = 5;        /* a word two edits away has to be in 150 times as many documents */
static const double FIRST_COST = 2;       /* the first character is seldom wrong */
static const double CONTEXT_MOST = 4;     /* what one word of the context can tell */

enum {
    SKIP_RUNES_MAX = 4,          /* characters: a longer start has so few words that reading them is quicker */
    CANDIDATES_MAX = 12,         /* that are looked at in the light of the context */
    CONTEXT_POSTINGS_MAX = 20000 /* documents of a word that are read for that */
};

struct candidate {
    struct span word;
    unsigned distance;
    bool same_start;
    uint32_t documents;
    double score;
};

struct search {
    struct reader *reader;
    struct arena arena;
    uint32_t runes[SUGGEST_RUNES_MAX]; /* of the word to correct */
    size_t length;
    unsigned limit;
    struct candidate best[CANDIDATES_MAX]; /* by falling score */
    size_t count;
};

static bool has_digit(struct span word)
{
    for (size_t i = 0; i < word.length; i++)
        if (word.data[i] >= '0' && word.data[i] <= '9') return true;
    return false;
}

static double prior(unsigned distance, bool same_start, uint32_t documents)
{
    return log(1 + (double)documents) - EDIT_COST * distance - (same_start ? 0 : FIRST_COST);
}

/* Keeps [word] among the best. Equal scores stay in the order of their coming, which is that of the index. */
static enum status keep(struct search *search, struct span word, unsigned distance, bool same_start, uint32_t documents)
{
    double score = prior(distance, same_start, documents);
    size_t at = search->count;
    for (size_t i = 0; i < search->count; i++)
        if (span_equal(search->best[i].word, word)) return OK;
    while (at && search->best[at - 1].score < score) at--;
    if (at == CANDIDATES_MAX) return OK;
    char *copy = arena_copy(&search->arena, word);
    if (!copy) return NO_MEMORY;
    if (search->count < CANDIDATES_MAX) search->count++;
    memmove(&search->best[at + 1], &search->best[at], (search->count - 1 - at) * sizeof *search->best);
    search->best[at] = (struct candidate){{copy, word.length}, distance, same_start, documents, score};
    return OK;
}

/* The rows of the distance matrix for the words of the index in their order: neighbours share most of them. */
struct rows {
    uint32_t runes[SUGGEST_RUNES_MAX];
    size_t count; /* rows that stand for runes; row 0 is for none */
    unsigned cell[SUGGEST_RUNES_MAX + 1][SUGGEST_RUNES_MAX + 1];
    unsigned least[SUGGEST_RUNES_MAX + 1]; /* of each row */
};

/* Fills row [i], for runes[i - 1]. False when no word that begins so can come within the limit: a swap takes one edit
 * from the row above the last. */
static bool fill_row(struct rows *rows, const struct search *search, size_t i)
{
    unsigned *row = rows->cell[i];
    const unsigned *above = rows->cell[i - 1];
    unsigned best = row[0] = (unsigned)i;
    uint32_t rune = rows->runes[i - 1];
    for (size_t k = 1; k <= search->length; k++) {
        row[k] = smallest(above[k] + 1, row[k - 1] + 1, above[k - 1] + (rune != search->runes[k - 1]));
        bool swapped = i > 1 && k > 1 && rune == search->runes[k - 2] && rows->runes[i - 2] == search->runes[k - 1];
        if (swapped && rows->cell[i - 2][k - 2] + 1 < row[k]) row[k] = rows->cell[i - 2][k - 2] + 1;
        if (row[k] < best) best = row[k];
    }
    rows->least[i] = best;
    return best <= search->limit || rows->least[i - 1] < search->limit;
}

/* Looks at one word of the index. *[dead] is how many of its first characters already rule it out, 0 for none. */
static enum status consider(size_t *dead, struct search *search, struct rows *rows, const struct xc_terms *terms,
                            struct span word)
{
    *dead = 0;
    uint32_t runes[SUGGEST_RUNES_MAX];
    size_t length = decode(runes, word), same = 0;
    if (length > SUGGEST_RUNES_MAX) return OK;
    while (same < rows->count && same < length && rows->runes[same] == runes[same]) same++;
    rows->count = same;
    for (size_t i = same; i < length; i++) {
        rows->runes[i] = runes[i];
        rows->count = i + 1;
        if (!fill_row(rows, search, i + 1)) {
            *dead = i + 1;
            return OK;
        }
    }
    unsigned distance = rows->cell[length][search->length];
    uint32_t documents;
    if (!distance || distance > search->limit || has_digit(word)) return OK;
    if (xc_terms_frequency(&documents, terms, NULL)) return OK;
    return keep(search, word, distance, true, documents);
}

/* Past all words that begin with [count] runes. */
static enum xc_status skip_start(struct xc_terms *terms, const uint32_t *runes, size_t count, struct xc_error *cause)
{
    char start[4 * SKIP_RUNES_MAX + 1];
    size_t length = 0;
    for (size_t i = 0; i < count; i++) length += utf8_write(start + length, runes[i]);
    start[length++] = '\xFF'; /* no byte of a word is as great */
    return xc_terms_skip_to(terms, start, length, cause);
}

/* All words of the index with the same first character. */
static enum xc_status walk(struct search *search, struct rows *rows, enum status *kept, struct xc_error *cause)
{
    char start[8];
    size_t length = utf8_write(start, search->runes[0]), seen = 0;
    struct xc_terms *terms = NULL;
    enum xc_status status = xc_database_terms(&terms, search->reader->database, start, length, cause);
    for (size_t k = 0; k <= search->length; k++) rows->cell[0][k] = (unsigned)k;
    rows->least[0] = 0;
    rows->count = 0;
    if (!status) status = xc_terms_next(terms, cause);
    while (!status && !*kept && seen++ < SUGGEST_TERMS_MAX) {
        struct xc_bytes term = xc_terms_term(terms);
        size_t dead;
        *kept = consider(&dead, search, rows, terms, (struct span){term.data, term.length});
        status = dead && dead <= SKIP_RUNES_MAX ? skip_start(terms, rows->runes, dead, cause)
                                                : xc_terms_next(terms, cause);
    }
    xc_terms_free(terms);
    return status == XC_NOT_FOUND ? XC_OK : status;
}

/* The small letters of the alphabet of [rune]; none for scripts whose words nobody corrects. */
static bool alphabet_of(uint32_t *first, uint32_t *last, uint32_t rune)
{
    static const uint32_t alphabets[][2] = {{'a', 'z'}, {0x3B1, 0x3C9}, {0x430, 0x45F}, {0x5D0, 0x5EA}, {0x621, 0x64A}};
    for (size_t i = 0; i < sizeof alphabets / sizeof *alphabets; i++)
        if (rune >= alphabets[i][0] && rune <= alphabets[i][1]) {
            *first = alphabets[i][0];
            *last = alphabets[i][1];
            return true;
        }
    return false;
}

static enum xc_status try_runes(struct search *search, const uint32_t *runes, size_t count, enum status *kept,
                                struct xc_error *cause)
{
    char word[4 * (SUGGEST_RUNES_MAX + 1)] = "";
    size_t length = 0;
    uint32_t documents;
    for (size_t i = 0; i < count; i++) length += utf8_write(word + length, runes[i]);
    enum xc_status status = xc_database_term_frequency(&documents, search->reader->database, word, length, cause);
    if (!status && documents && count > 1) *kept = keep(search, (struct span){word, length}, 1, false, documents);
    return status;
}

/* Words whose first character is another, by one edit: without it, swapped with the next, another one before or for it.
 */
static enum xc_status try_starts(struct search *search, enum status *kept, struct xc_error *cause)
{
    uint32_t runes[SUGGEST_RUNES_MAX + 1], first, last;
    size_t length = search->length;
    memcpy(runes + 1, search->runes, length * sizeof *runes);
    enum xc_status status = try_runes(search, runes + 2, length - 1, kept, cause);
    if (search->runes[0] != search->runes[1] && !status && !*kept) {
        runes[1] = search->runes[1], runes[2] = search->runes[0];
        status = try_runes(search, runes + 1, length, kept, cause);
        runes[1] = search->runes[0], runes[2] = search->runes[1];
    }
    if (!alphabet_of(&first, &last, search->runes[0])) return status;
    for (uint32_t rune = first; !status && !*kept && rune <= last; rune++) {
        if (rune == search->runes[0]) continue;
        runes[0] = rune;
        status = try_runes(search, runes, length + 1, kept, cause);
        runes[1] = rune;
        if (!status && !*kept) status = try_runes(search, runes + 1, length, kept, cause);
        runes[1] = search->runes[0];
    }
    return status;
}

/* The first documents of a term, ascending. */
static enum xc_status read_documents(uint32_t **out, size_t *count, struct reader *reader, const char *prefix,
                                     struct span text, struct xc_error *cause)
{
    struct xc_postings *postings = NULL;
    char term[TERM_BYTES_MAX];
    size_t length = strlen(prefix);
    *count = 0;
    *out = malloc(CONTEXT_POSTINGS_MAX * sizeof **out);
    if (!*out) return XC_NO_MEMORY;
    if (length + text.length > sizeof term) return XC_OK;
    memcpy(term, prefix, length);
    memcpy(term + length, text.data, text.length);
    enum xc_status status = xc_database_postings(&postings, reader->database, term, length + text.length, cause);
    if (!status) status = xc_postings_read(count, postings, *out, NULL, CONTEXT_POSTINGS_MAX, cause);
    xc_postings_free(postings);
    return status;
}

static size_t count_common(const uint32_t *a, size_t m, const uint32_t *b, size_t n)
{
    size_t common = 0;
    for (size_t i = 0, k = 0; i < m && k < n;) {
        common += a[i] == b[k];
        if (a[i] <= b[k])
            i++;
        else
            k++;
    }
    return common;
}

/* Raises candidates that stand in the same documents as [context] more often than chance has it: pointwise mutual
 * information, never below 0, of at most CONTEXT_MOST a word. */
static enum xc_status weigh_context(struct search *search, const struct suggest_context *context,
                                    struct xc_error *cause)
{
    uint32_t *with = NULL, *has = NULL;
    size_t with_count, has_count;
    double documents = search->reader->documents;
    enum xc_status status =
        read_documents(&with, &with_count, search->reader, PREFIX_STEM, context->stem, cause);
    for (size_t i = 0; !status && i < search->count; i++) {
        struct candidate *candidate = &search->best[i];
        status = read_documents(&has, &has_count, search->reader, "", candidate->word, cause);
        if (!status && with_count && has_count) {
            double chance = (double)with_count * (double)has_count / documents;
            double common = (double)count_common(with, with_count, has, has_count);
            double told = common ? log((common + 0.5) / (chance + 0.5)) : 0;
            candidate->score += told < 0 ? 0 : told > CONTEXT_MOST ? CONTEXT_MOST : told;
        }
        free(has);
        has = NULL;
    }
    free(with);
    free(has);
    return status;
}

enum status suggest_word(struct buffer *out, struct reader *reader, struct span form,
                         const struct suggest_context *context, size_t count, struct error *error)
{
    struct search search = {.reader = reader};
    struct xc_error cause = {0};
    search.length = decode(search.runes, form);
    if (search.length < 3 || search.length > SUGGEST_RUNES_MAX || has_digit(form)) return NOT_FOUND;
    search.limit = search.length < 8 ? 1 : 2;
    struct rows *rows = malloc(sizeof *rows);
    if (!rows) return fail(error, NO_MEMORY, "out of memory while correcting a word");
    arena_init(&search.arena, 1024 * 1024 /* bytes: each word that was once among the best */);
    enum status kept = OK;
    enum xc_status status = walk(&search, rows, &kept, &cause);
    if (!status && !kept) status = try_starts(&search, &kept, &cause);
    for (size_t i = 0; !status && !kept && search.count > 1 && i < count && i < SUGGEST_CONTEXT_MAX; i++)
        status = weigh_context(&search, &context[i], &cause);
    size_t best = 0;
    for (size_t i = 1; i < search.count; i++)
        if (search.best[i].score > search.best[best].score) best = i;
    buffer_clear(out);
    if (!status && !kept && search.count) kept = buffer_append_span(out, search.best[best].word);
    arena_release(&search.arena);
    free(rows);
    if (status) return reader_failure(error, status, &cause, reader->path);
    if (kept) return fail(error, NO_MEMORY, "out of memory while correcting a word");
    return search.count ? OK : NOT_FOUND;
}
