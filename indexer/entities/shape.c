/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/shape.h"

#include <string.h>

/* Upper and lower case in ranges: [first, last] are upper-case, at every [step]-th code point, and [shift] away from
 * their lower-case partner. From the Unicode Character Database, blocks Latin-1 to Cyrillic Supplement and Latin
 * Extended Additional: the letters that names in our texts are written with. */
struct case_range {
    uint32_t first, last;
    int32_t step, shift;
};

static const struct case_range cases[] = {
    {'A', 'Z', 1, 32},         {0x00C0, 0x00D6, 1, 32}, {0x00D8, 0x00DE, 1, 32},  {0x0100, 0x012E, 2, 1},
    {0x0130, 0x0130, 1, -199}, {0x0132, 0x0136, 2, 1},  {0x0139, 0x0147, 2, 1},   {0x014A, 0x0176, 2, 1},
    {0x0178, 0x0178, 1, -121}, {0x0179, 0x017D, 2, 1},  {0x018F, 0x018F, 1, 202}, {0x01A0, 0x01A4, 2, 1},
    {0x01AF, 0x01AF, 1, 1},    {0x01CD, 0x01DB, 2, 1},  {0x01DE, 0x01EE, 2, 1},   {0x01F8, 0x021E, 2, 1},
    {0x0222, 0x0232, 2, 1},    {0x0386, 0x0386, 1, 38}, {0x0388, 0x038A, 1, 37},  {0x038C, 0x038C, 1, 64},
    {0x038E, 0x038F, 1, 63},   {0x0391, 0x03A1, 1, 32}, {0x03A3, 0x03AB, 1, 32},  {0x0400, 0x040F, 1, 80},
    {0x0410, 0x042F, 1, 32},   {0x0460, 0x0480, 2, 1},  {0x048A, 0x04BE, 2, 1},   {0x04D0, 0x052E, 2, 1},
    {0x1E00, 0x1E94, 2, 1},    {0x1EA0, 0x1EFE, 2, 1},
};

static const struct case_range *case_of(uint32_t rune)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases && cases[i].first <= rune; i++)
        if (rune <= cases[i].last && (rune - cases[i].first) % (uint32_t)cases[i].step == 0) return &cases[i];
    return NULL;
}

bool rune_is_upper(uint32_t rune)
{
    if (rune < 0x80) return rune >= 'A' && rune <= 'Z';
    return case_of(rune) != NULL;
}

uint32_t rune_lower(uint32_t rune)
{
    if (rune < 0x80) return rune >= 'A' && rune <= 'Z' ? rune + 32 : rune;
    const struct case_range *range = case_of(rune);
    return range ? (uint32_t)((int32_t)rune + range->shift) : rune;
}

bool rune_is_letter(uint32_t rune)
{
    if (rune < 0x80) return (rune | 32) >= 'a' && (rune | 32) <= 'z';
    if (rune < 0xC0) return rune == 0xAA || rune == 0xB5 || rune == 0xBA;
    if (rune == 0xD7 || rune == 0xF7) return false;
    if (rune >= 0x2000 && rune < 0x2C00) /* punctuation, signs, arrows, boxes */
        return false;
    if (rune >= 0x3000 && rune < 0x3040) /* ideographic punctuation */
        return rune == 0x3005;
    if (rune >= 0xFE00 && rune < 0xFE70) return false;
    if (rune >= 0xFF00 && rune < 0xFF66) /* full-width forms: only the letters */
        return (rune >= 0xFF21 && rune <= 0xFF3A) || (rune >= 0xFF41 && rune <= 0xFF5A);
    return rune != 0xFFFD && rune != 0xFEFF && rune < 0x1F000;
}

/* Small words and signs that stand inside names. */
static const char *const connectors[] = {
    "of",  "the", "and", "for", "de", "la", "le",  "du",  "des",   "del",  "da",   "do", "dos", "di",  "van",
    "von", "der", "den", "ter", "al", "el", "bin", "ibn", "binti", "bint", "on",   "in", "to",  "&",   "-",
    "'",   "/",   ".",   "'s",  "at", "y",  "e",   "und", "et",    "d'",   "with", "s",  "a/l", "a/p",
};

enum { CONNECTOR_BYTES_MAX = 5 }; /* bytes of the longest one */

static bool is_connector(const char *lower, size_t length)
{
    if (length > CONNECTOR_BYTES_MAX) return false;
    for (size_t i = 0; i < sizeof connectors / sizeof *connectors; i++)
        if (strlen(connectors[i]) == length && memcmp(connectors[i], lower, length) == 0) return true;
    return false;
}

/* FNV-1a over 64 bits (Fowler, Noll, Vo 1991), one byte at a time: tokens are short. */
static uint64_t hash_start(void)
{
    return 0xCBF29CE484222325u;
}

static uint64_t hash_bytes(uint64_t hash, const char *data, size_t length)
{
    for (size_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)data[i]) * 0x100000001B3u;
    return hash;
}

static uint64_t hash_end(uint64_t hash)
{
    hash ^= hash >> 31;
    hash *= 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
    return hash ? hash : 1;
}

uint64_t bytes_hash(struct span word)
{
    uint64_t hash = 0x2545F4914F6CDD1Du ^ word.length;
    const char *data = word.data;
    size_t left = word.length;
    uint64_t part;
    for (; left >= 8; left -= 8, data += 8) {
        memcpy(&part, data, 8);
        hash = (hash ^ part) * 0x9FB21C651E98DF25u;
        hash ^= hash >> 35;
    }
    if (left) {
        part = 0;
        memcpy(&part, data, left);
        hash = (hash ^ part) * 0x9FB21C651E98DF25u;
        hash ^= hash >> 35;
    }
    return hash_end(hash);
}

/* What typesetting varies, folded. */
static uint32_t fold_sign(uint32_t rune)
{
    switch (rune) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x00B4:
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x00AB:
    case 0x00BB:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
        return '-';
    default:
        return rune;
    }
}

struct folded {
    uint32_t rune[SHAPE_BYTES_MAX]; /* with case */
    uint32_t lower[SHAPE_BYTES_MAX];
    size_t length;
};

static void fold(struct folded *out, struct span word)
{
    out->length = 0;
    if (word.length > SHAPE_BYTES_MAX) word.length = utf8_floor(word, SHAPE_BYTES_MAX);
    if (word.length == 2 && (memcmp(word.data, "``", 2) == 0 || memcmp(word.data, "''", 2) == 0)) word = SPAN("\"");
    for (size_t at = 0; at < word.length;) {
        uint32_t rune = (unsigned char)word.data[at];
        if (rune < 0x80)
            at++;
        else
            rune = fold_sign(utf8_next(word, &at));
        if (rune >= '0' && rune <= '9') rune = '0';
        out->rune[out->length] = rune;
        out->lower[out->length++] = rune_lower(rune);
    }
}

static uint64_t hash_runes(const uint32_t *runes, size_t length)
{
    char bytes[4];
    uint64_t hash = hash_start();
    for (size_t i = 0; i < length; i++) {
        if (runes[i] < 0x80) {
            bytes[0] = (char)runes[i];
            hash = hash_bytes(hash, bytes, 1);
        } else {
            hash = hash_bytes(hash, bytes, utf8_write(bytes, runes[i]));
        }
    }
    return hash_end(hash);
}

uint64_t lower_hash(struct span word)
{
    struct folded folded;
    fold(&folded, word);
    return hash_runes(folded.lower, folded.length);
}

/* The classes a shape is written with: X upper, x other letter, 0 digit, and signs as themselves. */
static char rune_class(uint32_t rune)
{
    if (rune_is_upper(rune)) return 'X';
    if (rune_is_letter(rune)) return 'x';
    return rune < 0x80 ? (char)rune : '?';
}

static void look_shape(struct look *out, const struct folded *folded)
{
    /* [pattern] squeezes runs to one sign, [shape] to at most three. */
    char pattern[SHAPE_BYTES_MAX], shape[SHAPE_BYTES_MAX];
    size_t pattern_length = 0, shape_length = 0, run = 0, uppers = 0;
    for (size_t i = 0; i < folded->length; i++) {
        char class = rune_class(folded->rune[i]);
        run = i && pattern[pattern_length - 1] == class ? run + 1 : 1;
        if (run == 1) pattern[pattern_length++] = class;
        if (run <= 3) shape[shape_length++] = class;
        if (class == 'X') {
            uppers++;
            out->flags |= i ? LOOK_INNER : LOOK_CAPITAL;
        }
        if (class == 'X' || class == 'x')
            out->letters++;
        else if (class == '0')
            out->flags |= LOOK_DIGIT;
        else if (class == '-' && i && i + 1 < folded->length)
            out->flags |= LOOK_HYPHEN;
        else if (class == '.' && folded->length > 1)
            out->flags |= LOOK_DOT;
    }
    if (out->letters == 0)
        out->flags = (out->flags & ~(uint32_t)LOOK_DOT) | (out->flags & LOOK_DIGIT ? LOOK_NUMBER : LOOK_PUNCT);
    else if (uppers == 0)
        out->flags |= LOOK_LOWER;
    else if (uppers == out->letters && uppers > 1)
        out->flags |= LOOK_UPPER;
    if (uppers == 1 && out->letters == 1 && (folded->length == 1 || (folded->length == 2 && folded->rune[1] == '.')))
        out->flags |= LOOK_INITIAL;
    /* Long shapes say nothing that their beginning does not. */
    out->shape = hash_end(hash_bytes(hash_start(), shape, shape_length < 10 ? shape_length : 10));
    out->pattern = hash_end(hash_bytes(hash_start(), pattern, pattern_length < 8 ? pattern_length : 8));
}

static void look_affixes(struct look *out, const struct folded *folded)
{
    size_t n = folded->length;
    for (size_t i = 0; i < 3; i++)
        if (n > i + 2) out->prefix[i] = hash_runes(folded->lower, i + 2);
    for (size_t i = 0; i < 4; i++)
        if (n > i + 1) out->suffix[i] = hash_runes(folded->lower + n - (i + 1), i + 1);
    if (out->flags & LOOK_HYPHEN) {
        size_t first = 1, last = n - 2;
        while (folded->rune[first] != '-') first++;
        while (folded->rune[last] != '-') last--;
        out->head = hash_runes(folded->lower, first);
        out->tail = hash_runes(folded->lower + last + 1, n - last - 1);
    }
}

void look_at(struct look *out, struct span word)
{
    struct folded folded;
    memset(out, 0, sizeof *out);
    fold(&folded, word);
    if (folded.length == 0) {
        out->exact = out->lower = out->title = out->shape = out->pattern = 1;
        out->flags = LOOK_PUNCT;
        return;
    }
    look_shape(out, &folded);
    look_affixes(out, &folded);
    out->lower = hash_runes(folded.lower, folded.length);
    out->exact = out->flags & (LOOK_CAPITAL | LOOK_INNER) ? hash_runes(folded.rune, folded.length) : out->lower;
    out->title = out->exact;
    if (out->flags & LOOK_CAPITAL) {
        uint32_t first = folded.lower[0];
        folded.lower[0] = folded.rune[0];
        out->title = hash_runes(folded.lower, folded.length);
        folded.lower[0] = first;
    } else if (out->flags & LOOK_LOWER && folded.rune[0] >= 'a' && folded.rune[0] <= 'z') {
        folded.rune[0] -= 'a' - 'A';
        out->title = hash_runes(folded.rune, folded.length);
        folded.rune[0] += 'a' - 'A';
    }
    char small[SHAPE_BYTES_MAX];
    size_t length = folded.length <= CONNECTOR_BYTES_MAX ? folded.length : 0;
    for (size_t i = 0; i < length; i++) small[i] = folded.lower[i] < 0x80 ? (char)folded.lower[i] : '?';
    if (length && is_connector(small, length)) out->flags |= LOOK_CONNECTOR;
    if (folded.length == 1 && (folded.rune[0] == '.' || folded.rune[0] == '!' || folded.rune[0] == '?'))
        out->flags |= LOOK_END;
    if (folded.length > 1 && (folded.rune[0] == '@' || folded.rune[0] == '#')) out->flags |= LOOK_SIGN;
    if (memmem(word.data, word.length, "://", 3) || (word.length > 4 && memcmp(word.data, "www.", 4) == 0))
        out->flags |= LOOK_SIGN;
}
