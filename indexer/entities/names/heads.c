/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the nouns of a name say about it: a body, a place, an office, a doctrine. */
#include "indexer/entities/names/work.h"

/* Heads that make a name of a country: there is one police of Qatar, but Qatar University is a name. */
bool is_single_head(const struct work *work, size_t piece)
{
    static const char *const words[] = {"University", "College", "Institute", "Museum",   "Bank",    "Foundation",
                                        "Airlines",   "Airways", "Party",     "Railways", "Telecom", "Steel",
                                        "Petroleum",  "Post",    "Today",     "Times",    "Daily",   "Federation"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (piece_equals(work, piece, words[i])) return true;
    return false;
}

/* "Union Health Secretary of India", "Upazila Nirbahi Officer": an office, whose head noun says so. */
bool is_office(const struct work *work, size_t first, size_t last)
{
    size_t head = last;
    for (size_t i = first + 1; i <= last; i++)
        if (piece_equals(work, i, "of") || piece_equals(work, i, "for")) {
            head = i - 1;
            break;
        }
    return piece_classes(work, head) & IS_ROLE && !(piece_classes(work, head) & IS_HEAD);
}

/* A place's or a university's name may go on behind what the model saw: "Pala" Indian Reservation, "University of
 * California", Santa Barbara. The new last piece. */
size_t span_extended(const struct work *work, size_t first, size_t last, enum tag_type type)
{
    const struct piece *piece = work->pieces.data;
    size_t at = last + 1;
    /* "Children's Hospital" of Michigan */
    if (piece_classes(work, last) & IS_HEAD && at + 1 < work->pieces.count && piece_equals(work, at, "of")) {
        size_t length = phrase_at(work, at + 1, work->pieces.count, IS_PLACE, NULL, NULL);
        if (length && piece_capital(work, at + 1) && last > first) return at + length;
    }
    if (type == TAG_PLACE)
        for (; at < work->pieces.count && at <= last + 2 && piece_capital(work, at); at++) {
            if (piece[at].flags & (PIECE_SENTENCE | PIECE_SHOUT | PIECE_HEADLINE | PIECE_HYPHEN)) break;
            if (piece_classes(work, at) & (IS_PLACE_HEAD | IS_HEAD))
                return piece_classes(work, at) & IS_HEAD ? last : at;
        }
    if (type == TAG_ORGANIZATION && piece_equals(work, first, "University") && last > first + 1 &&
        at + 1 < work->pieces.count && (piece_equals(work, at, ",") || piece_equals(work, at, "at")) &&
        phrase_whole(work, first + 2, last, IS_REGION, NULL)) {
        size_t length = phrase_at(work, at + 1, work->pieces.count, IS_CITY | IS_CITY_SMALL, NULL, NULL);
        if (length && piece_capital(work, at + 1)) return at + length;
    }
    return last;
}

/* "Minneapolis Convention Center": a place, though centres are bodies as a rule. */
bool is_venue(const struct work *work, size_t last)
{
    return phrase_at(work, last - 1, last + 1, IS_PLACE_HEAD, NULL, NULL) == 2;
}

/* Hospitals and schools are bodies, also where the model sees a place. */
bool is_inhabited(const struct work *work, size_t first, size_t last)
{
    static const char *const words[] = {"Hospital", "University", "College", "School", "Institute", "Bank", "Clinic"};
    for (size_t i = first + 1; i <= last; i++)
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            if (piece_equals(work, i, words[w]) && (i == last || piece_equals(work, i + 1, "of"))) return true;
    return false;
}

/* "Nazism", "Buddhism": no name, whatever the model thinks. */
bool is_doctrine(const struct work *work, size_t first, size_t last)
{
    struct span word = piece_text(work, first);
    return first == last && word.length > 5 && span_equal(span_cut(word, word.length - 3, word.length), SPAN("ism")) &&
           !phrase_whole(work, first, last, IS_KNOWN | IS_ADDED, NULL);
}

/* A piece in a script that is written without spaces: more of a sentence than a word, whatever a model that was
 * trained on English sees in it. */
bool is_unspaced(const struct work *work, size_t piece)
{
    struct span text = piece_text(work, piece);
    unsigned char lead = text.length ? (unsigned char)text.data[0] : 0;
    unsigned char next = text.length > 1 ? (unsigned char)text.data[1] : 0;
    bool khmer_or_burmese = lead == 0xE1 && ((next >= 0x80 && next <= 0x82) || next == 0x9E || next == 0x9F);
    return lead == 0xE0 || (lead >= 0xE3 && lead <= 0xE9) || khmer_or_burmese;
}
