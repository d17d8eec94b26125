/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/train/mend.h"

enum { PERSON = 1, ORGANIZATION = 2, PLACE = 3 };

static bool is_one_of(struct span word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (span_equal(word, span_of(words[i]))) return true;
    return false;
}

/* Words that join the parts of a name and neither begin nor end one. */
static bool joins(struct span word)
{
    static const char *const words[] = {"and", "of", "for", "-", ",", "&", "in", "s", "’", "'s"};
    return is_one_of(word, words, sizeof words / sizeof *words);
}

/* Words that end a place's name that an adjective begins: "Indian Ocean". */
static bool heads_place(struct span word)
{
    static const char *const words[] = {"Ocean",   "Sea",       "Gulf",   "Peninsula", "Strait",   "Islands", "islands",
                                        "America", "peninsula", "Africa", "Emirates",  "Republic", "Museum"};
    return is_one_of(word, words, sizeof words / sizeof *words);
}

static size_t end_of(const struct annotated *text, size_t at)
{
    size_t end = at + 1;
    while (end < text->length && text->tokens[end].type == text->tokens[at].type && !text->tokens[end].begins) end++;
    return end;
}

static void relabel(struct annotated *text, size_t start, size_t end, uint8_t type)
{
    for (size_t at = start; at < end; at++) {
        text->tokens[at].type = type;
        text->tokens[at].begins = type && at == start;
    }
}

/* In "Kashmir ’ s Anantnag district" the "s" of an unlucky split belongs to no name, and the next one begins after
 * it. */
static void mend_possessives(struct annotated *text, size_t start)
{
    for (size_t at = start + 1; at < text->length; at++) {
        struct annotated_token *token = &text->tokens[at];
        if (!token->type || !token->begins || !span_equal(token->text, SPAN("s")) ||
            !span_equal(token[-1].text, SPAN("’")) || token[-1].type)
            continue;
        size_t end = end_of(text, at);
        uint8_t type = token->type;
        relabel(text, at, at + 1, 0);
        relabel(text, at + 1, end, type);
    }
}

/* The type of the whole when the names [at, middle) and [middle, end) are one, else 0. */
static uint8_t whole(const struct annotated *text, size_t at, size_t middle, size_t end)
{
    uint8_t left = text->tokens[at].type, right = text->tokens[middle].type;
    bool joined = joins(text->tokens[middle - 1].text);
    if (left == right && (left == ORGANIZATION || left == PLACE)) return left;
    if (left == LABEL_OTHER && right == PLACE && heads_place(text->tokens[end - 1].text)) return PLACE;
    if (left == ORGANIZATION && joined && (right == PERSON || right == PLACE || right == ORGANIZATION))
        return ORGANIZATION;
    if (left == ORGANIZATION && right == LABEL_OTHER && end < text->length && text->tokens[end].type == ORGANIZATION)
        return ORGANIZATION;
    return 0;
}

static void mend_cuts(struct annotated *text, size_t start)
{
    for (size_t at = start; at < text->length;) {
        if (!text->tokens[at].type) {
            at++;
            continue;
        }
        size_t middle = end_of(text, at);
        if (middle >= text->length || !text->tokens[middle].type) {
            at = middle;
            continue;
        }
        size_t end = end_of(text, middle);
        uint8_t type = whole(text, at, middle, end);
        if (type)
            relabel(text, at, end, type); /* and looked at again: there may be a third part */
        else
            at = middle;
    }
}

static void mend_ends(struct annotated *text, size_t start)
{
    for (size_t at = start, end; at < text->length; at = end) {
        end = at + 1;
        if (!text->tokens[at].type) continue;
        end = end_of(text, at);
        size_t first = at, last = end;
        uint8_t type = text->tokens[at].type;
        while (first < last && joins(text->tokens[first].text)) first++;
        while (last > first && joins(text->tokens[last - 1].text)) last--;
        if (first == at && last == end) continue;
        relabel(text, at, end, 0);
        relabel(text, first, last, type);
    }
}

void mend_sentence(struct annotated *text, size_t start)
{
    mend_possessives(text, start);
    mend_cuts(text, start);
    mend_ends(text, start);
}
