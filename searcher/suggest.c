/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/suggest.h"

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

struct candidate {
    uint32_t runes[SUGGEST_RUNES_MAX]; /* of the word to correct */
    size_t length;
    unsigned distance; /* of the best so far; limit + 1 when there is none */
    bool same_start;
    uint32_t documents;
};

static bool has_digit(struct span word)
{
    for (size_t i = 0; i < word.length; i++)
        if (word.data[i] >= '0' && word.data[i] <= '9') return true;
    return false;
}

static bool better(const struct candidate *best, unsigned distance, bool same_start, uint32_t documents)
{
    if (distance != best->distance) return distance < best->distance;
    if (same_start != best->same_start) return same_start;
    return documents > best->documents;
}

/* Looks at one word of the index; true when it is the best so far. */
static bool consider(struct candidate *best, const struct xc_terms *terms, struct span word)
{
    if (word.length > best->length * 4 + 8 || has_digit(word)) return false;
    uint32_t runes[SUGGEST_RUNES_MAX];
    size_t length = decode(runes, word);
    if (length > SUGGEST_RUNES_MAX || length < 2) return false;
    unsigned limit = best->distance; /* a tie may still win by its documents */
    unsigned distance = distance_of_runes(best->runes, best->length, runes, length, limit);
    if (distance == 0 || distance > limit) return false;
    uint32_t documents;
    if (xc_terms_frequency(&documents, terms, NULL)) return false;
    bool same_start = runes[0] == best->runes[0];
    if (!better(best, distance, same_start, documents)) return false;
    best->distance = distance;
    best->same_start = same_start;
    best->documents = documents;
    return true;
}

/* Terms with a prefix begin with a capital, which no word does. */
static bool is_prefixed(struct span term)
{
    return term.length && term.data[0] >= 'A' && term.data[0] <= 'Z';
}

enum status suggest_word(struct buffer *out, struct reader *reader, struct span form, struct error *error)
{
    struct candidate best = {.length = 0};
    best.length = decode(best.runes, form);
    if (best.length < 3 || best.length > SUGGEST_RUNES_MAX || has_digit(form)) return NOT_FOUND;
    unsigned limit = best.length < 6 ? 1 : 2;
    best.distance = limit + 1;
    struct xc_error cause = {0};
    struct xc_terms *terms = NULL;
    enum status written = OK;
    size_t seen = 0;
    enum xc_status status = xc_database_terms(&terms, reader->database, NULL, 0, &cause);
    if (!status) status = xc_terms_next(terms, &cause);
    while (!status && !written && seen++ < SUGGEST_TERMS_MAX) {
        struct xc_bytes term = xc_terms_term(terms);
        struct span word = {term.data, term.length};
        if (is_prefixed(word)) {
            status = xc_terms_skip_to(terms, "[", 1, &cause); /* the byte after 'Z' */
            continue;
        }
        if (consider(&best, terms, word)) {
            buffer_clear(out);
            written = buffer_append_span(out, word);
        }
        status = xc_terms_next(terms, &cause);
    }
    xc_terms_free(terms);
    if (status && status != XC_NOT_FOUND) return reader_failure(error, status, &cause, reader->path);
    if (written) return fail(error, written, "out of memory while correcting a word");
    return best.distance <= limit ? OK : NOT_FOUND;
}
