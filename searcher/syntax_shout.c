/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Queries all in capitals: headlines and old topics pasted in, whose AND, OR and NOT are words like the others. */
#include "searcher/syntax_scan.h"

#include <string.h>

enum {
    SHOUT_WORDS_MIN = 4,     /* beside AND, OR and NOT: fewer are acronyms being combined */
    SHOUT_WORDS_PER_SIGN = 3 /* words for each AND, OR or NOT: acronyms being combined have about one */
};

static bool is_sign(struct span word)
{
    static const char *const signs[] = {"AND", "OR", "NOT", "NEAR", "ADJ"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (span_equal(word, span_of(signs[i]))) return true;
    return false;
}

bool scan_is_shouted(struct span query)
{
    static const char written_on_purpose[] = "()\"=*^:/";
    size_t words = 0, signs = 0, capitals = 0;
    for (size_t i = 0; i < query.length; i++) {
        char c = query.data[i];
        if ((c >= 'a' && c <= 'z') || (c && strchr(written_on_purpose, c))) return false;
        capitals += c >= 'A' && c <= 'Z';
    }
    for (size_t at = 0; at < query.length;) {
        size_t start = at;
        while (at < query.length && query.data[at] != ' ') at++;
        struct span word = span_cut(query, start, at);
        if (at < query.length) at++;
        if (word.length > 1 && word.data[0] == '-') return false;
        if (is_sign(word))
            signs++;
        else if (scan_has_word(word))
            words++;
    }
    return capitals && signs && words >= SHOUT_WORDS_MIN && words >= SHOUT_WORDS_PER_SIGN * signs;
}
