/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/names/work.h"

enum {
    GLUED_BYTES_MIN = 8, /* shorter words are words */
    GLUED_BYTES_MAX = 60,
    HALF_BYTES_MIN = 4
};

static uint32_t classes_of(struct span word)
{
    const struct lists *lists = lists_builtin();
    const struct list_record *record = lists_record(lists, lists_find(lists, phrase_join(0, word_hash(word))));
    return record ? record->classes : 0;
}

/* Words that begin sentences; other capitals inside a word are how it is written: YouTube, LockBit. */
static bool is_starter(struct span word)
{
    static const char *const words[] = {"The", "In",   "On",  "At",   "For",  "By",     "He", "She",
                                        "It",  "This", "But", "We",   "They", "As",     "An", "And",
                                        "Its", "His",  "Her", "With", "From", "However"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (span_equal(word, span_of(words[i]))) return true;
    return false;
}

size_t token_seam(struct span word)
{
    if (word.length < GLUED_BYTES_MIN || word.length > GLUED_BYTES_MAX || word.data[0] < 'A' || word.data[0] > 'Z')
        return 0;
    size_t inner = 0;
    for (size_t i = 0; i < word.length; i++) {
        char byte = word.data[i];
        bool upper = byte >= 'A' && byte <= 'Z', lower = byte >= 'a' && byte <= 'z';
        if (!upper && !lower) return 0;
        if (upper && i > 0) {
            if (inner || i < HALF_BYTES_MIN) return 0;
            inner = i;
        }
    }
    if (classes_of(word)) return 0; /* a word of the lists, as most are */
    if (inner) return is_starter(span_cut(word, inner, word.length)) ? inner : 0;
    /* The second half is the rarer find, so it is looked for first. */
    for (size_t at = HALF_BYTES_MIN; at + HALF_BYTES_MIN <= word.length; at++)
        if (classes_of(span_cut(word, at, word.length)) & IS_COMMON) {
            uint32_t first = classes_of(span_cut(word, 0, at));
            if (first & IS_KNOWN && !(first & IS_COMMON)) return at;
        }
    return 0;
}
