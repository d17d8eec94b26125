/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/features.h"

/* The templates. Each has its number in the hash, so that no two share a weight; offsets are mixed in besides. */
enum template_id {
    T_LOWER = 1,
    T_EXACT,
    T_SHAPE,
    T_PATTERN,
    T_FINE,
    T_COARSE,
    T_SMALL_FINE,
    T_SMALL_COARSE,
    T_CASE,
    T_PREFIX,
    T_SUFFIX,
    T_HEAD,
    T_TAIL,
    T_LIST,
    T_LISTS,
    T_FLAGS,
    T_BIAS,
    T_LOWER_PAIR = 32,
    T_AROUND,
    T_BEFORE_PAIR,
    T_AFTER_PAIR,
    T_FINE_PAIR,
    T_COARSE_AROUND,
    T_COARSE_THREE,
    T_COARSE_BEFORE,
    T_COARSE_AFTER,
    T_FINE_COARSE,
    T_PATTERN_PAIR,
    T_PATTERN_THREE,
    T_FIRST_LOWER,
    T_FIRST_FINE,
    T_FIRST_CASE,
    T_LISTS_PAIR,
    T_LISTS_THREE,
    T_PHRASE,
    T_PHRASES,
    T_PHRASES_NEAR,
    T_MODE,
    T_MODE_FINE,
    T_MODE_CASE,
    T_RUN,
    T_RUN_LAST,
    T_RUN_LAST_COARSE,
    T_RUN_FIRST,
    T_RUN_FIRST_COARSE,
    T_RUN_BEFORE,
    T_RUN_AFTER,
    T_RUN_LISTS,
    T_OTHER_BEFORE,
    T_OTHER_AFTER,
    T_OTHER_FINE_BEFORE,
    T_OTHER_FINE_AFTER,
    T_OTHER_LISTS_BEFORE,
    T_OTHER_LAST,
    T_OTHER_RUN,
    T_OTHER_PHRASES,
    T_SEEN_SMALL,
    T_SEEN_CAPITAL,
    T_CUE_BEFORE,
    T_SUFFIX_PAIR
};

/* The lists that tell what a neighbour is; the others are too small or too vague to be paired. */
static const uint32_t list_pair_mask =
    1u << LIST_COUNTRY | 1u << LIST_SUBDIVISION | 1u << LIST_CITY_LARGE | 1u << LIST_CITY_SMALL | 1u << LIST_GIVEN |
    1u << LIST_SURNAME | 1u << LIST_NATIONALITY | 1u << LIST_HONORIFIC | 1u << LIST_ROLE | 1u << LIST_ORG_HEAD |
    1u << LIST_ORG_SUFFIX | 1u << LIST_PLACE_HEAD | 1u << LIST_PLACE_CUE | 1u << LIST_SAY;

struct list {
    uint64_t *out;
    size_t length, maximum;
};

static inline void put(struct list *list, uint64_t template, uint64_t a, uint64_t b, uint64_t c)
{
    if (list->length < list->maximum) list->out[list->length++] = hash_mix(hash_mix(template << 8 | c << 40, a), b);
}

/* [value] of the word at [offset]. */
static inline void put_own(struct list *list, uint64_t template, int offset, uint64_t value)
{
    if (value) put(list, template, value, 0, (uint64_t)(offset + REACH));
}

static unsigned lists_known(uint32_t lists)
{
    return lists & ~(1u << PHRASE_PREFIX);
}

static uint64_t case_value(const struct word_type *type)
{
    uint64_t kind = type->look.flags & (LOOK_CAPITAL | LOOK_UPPER | LOOK_LOWER | LOOK_INNER | LOOK_DIGIT | LOOK_PUNCT);
    return 1 + (type->small.case_bucket ? type->small.case_bucket : type->word.case_bucket) + kind * 16;
}

size_t features_of_type(uint64_t *out, const struct word_type *type, int offset)
{
    struct list list = {out, 0, TYPE_FEATURES_MAX};
    const struct look *look = &type->look;
    put_own(&list, T_LOWER, offset, look->lower);
    put_own(&list, T_FINE, offset, type->word.fine);
    put_own(&list, T_COARSE, offset, type->word.coarse);
    put_own(&list, T_PATTERN, offset, look->pattern);
    for (uint32_t lists = lists_known(type->lists); lists; lists &= lists - 1)
        put_own(&list, T_LIST, offset, 1 + (uint64_t)__builtin_ctz(lists));
    if (offset < -1 || offset > 1) return list.length;
    put_own(&list, T_EXACT, offset, look->exact);
    put_own(&list, T_SHAPE, offset, look->shape);
    put_own(&list, T_CASE, offset, case_value(type));
    put_own(&list, T_SUFFIX + 100, offset, look->suffix[2]);
    if (offset != 0) return list.length;
    put(&list, T_BIAS, 0, 0, 0);
    for (int i = 0; i < 3; i++) put_own(&list, T_PREFIX + 110 + (uint64_t)i, 0, look->prefix[i]);
    for (int i = 0; i < 4; i++) put_own(&list, T_SUFFIX + 120 + (uint64_t)i, 0, look->suffix[i]);
    put_own(&list, T_SMALL_FINE, 0, type->small.fine);
    put_own(&list, T_SMALL_COARSE, 0, type->small.coarse);
    put_own(&list, T_HEAD, 0, look->head);
    put_own(&list, T_TAIL, 0, look->tail);
    put_own(&list, T_LISTS, 0, lists_known(type->lists));
    put_own(&list, T_FLAGS, 0, look->flags);
    return list.length;
}

/* What surrounds the other mentions of the word at [at], which may tell what this one is. */
static void put_mentions(struct list *list, const struct window *window, size_t at, const struct word_type *type)
{
    size_t slot = (type->look.lower >> 20) % (WINDOW_TOKENS_MAX * 2), seen = 0;
    bool inner = false;
    for (uint32_t next = window->heads[slot]; next && seen < MENTIONS_MAX;
         next = window->places[next - 1].previous_mention) {
        size_t other = next - 1;
        const struct place *place = &window->places[other];
        const struct word_type *same = window_type(window, other, 0);
        if (other == at || same->look.lower != type->look.lower) continue;
        seen++;
        inner |= !place->first && place->mode == MODE_PLAIN;
        const struct word_type *before = window_type(window, other, -1), *after = window_type(window, other, 1);
        const struct word_type *last = window_type(window, place->run_end - 1, 0);
        put(list, T_OTHER_BEFORE, before->look.lower, 0, 0);
        put(list, T_OTHER_AFTER, after->look.lower, 0, 0);
        put(list, T_OTHER_FINE_BEFORE, before->word.fine, 0, 0);
        put(list, T_OTHER_FINE_AFTER, after->word.fine, 0, 0);
        put(list, T_OTHER_LISTS_BEFORE, before->lists & list_pair_mask, after->lists & list_pair_mask, 0);
        put(list, T_OTHER_LAST, last->look.lower, (other == place->run_end - 1), 0);
        put(list, T_OTHER_RUN, (other == place->run_start) + 2u * (other == place->run_end - 1), 0, 0);
        uint32_t phrases = place->begins | place->inside | place->ends;
        if (phrases) put(list, T_OTHER_PHRASES, phrases, 0, 0);
    }
    if (window->smalls[slot / 32] >> slot % 32 & 1)
        put(list, T_SEEN_SMALL, window->places[at].first, window->places[at].mode, 0);
    if (seen) put(list, T_SEEN_CAPITAL, inner, window->places[at].first, 0);
}

static void put_phrases(struct list *list, const struct window *window, size_t at)
{
    const struct place *place = &window->places[at];
    for (uint32_t lists = place->begins; lists; lists &= lists - 1)
        put(list, T_PHRASE, (uint64_t)__builtin_ctz(lists), 1, 0);
    for (uint32_t lists = place->inside; lists; lists &= lists - 1)
        put(list, T_PHRASE, (uint64_t)__builtin_ctz(lists), 2, 0);
    for (uint32_t lists = place->ends; lists; lists &= lists - 1)
        put(list, T_PHRASE, (uint64_t)__builtin_ctz(lists), 3, 0);
    if (place->begins | place->inside | place->ends) put(list, T_PHRASES, place->begins, place->inside, place->ends);
}

/* The capitalised run that the token is in: where in it, its ends, and what stands around it. */
static void put_run(struct list *list, const struct window *window, size_t at)
{
    const struct place *place = &window->places[at];
    size_t length = place->run_end - place->run_start, where = at - place->run_start;
    size_t from_end = place->run_end - 1 - at;
    const struct word_type *first = window_type(window, place->run_start, 0);
    const struct word_type *last = window_type(window, place->run_end - 1, 0);
    const struct word_type *before = window_type(window, place->run_start, -1);
    const struct word_type *after = window_type(window, place->run_end - 1, 1);
    put(list, T_RUN, length < 6 ? length : 6, where < 4 ? where : 4, from_end < 4 ? from_end : 4);
    if (length == 1) return;
    put(list, T_RUN_LAST, last->look.lower, from_end == 0, 0);
    put(list, T_RUN_LAST_COARSE, last->word.fine, from_end == 0, where == 0);
    put(list, T_RUN_FIRST, first->look.lower, where == 0, 0);
    put(list, T_RUN_FIRST_COARSE, first->word.fine, where == 0, from_end == 0);
    put(list, T_RUN_BEFORE, before->look.lower, where == 0, 0);
    put(list, T_RUN_AFTER, after->look.lower, from_end == 0, 0);
    put(list, T_RUN_LISTS, first->lists & list_pair_mask, last->lists & list_pair_mask, where == 0);
}

size_t features_at(uint64_t *out, const struct window *window, size_t at)
{
    struct list list = {out, 0, FEATURES_MAX};
    const struct place *place = &window->places[at];
    const struct word_type *two_before = window_type(window, at, -2), *before = window_type(window, at, -1);
    const struct word_type *here = window_type(window, at, 0);
    const struct word_type *after = window_type(window, at, 1), *two_after = window_type(window, at, 2);

    put(&list, T_LOWER_PAIR, before->look.lower, here->look.lower, 0);
    put(&list, T_LOWER_PAIR, here->look.lower, after->look.lower, 1);
    put(&list, T_AROUND, before->look.lower, after->look.lower, 0);
    put(&list, T_BEFORE_PAIR, two_before->look.lower, before->look.lower, 0);
    put(&list, T_AFTER_PAIR, after->look.lower, two_after->look.lower, 0);
    put(&list, T_FINE_PAIR, before->word.fine, here->word.fine, 0);
    put(&list, T_FINE_PAIR, here->word.fine, after->word.fine, 1);
    put(&list, T_COARSE_AROUND, before->word.coarse, after->word.coarse, 0);
    put(&list, T_COARSE_THREE, before->word.coarse, (uint64_t)here->word.coarse << 8 | after->word.coarse, 0);
    put(&list, T_COARSE_BEFORE, two_before->word.coarse, before->word.coarse, 0);
    put(&list, T_COARSE_AFTER, after->word.coarse, two_after->word.coarse, 0);
    put(&list, T_PATTERN_PAIR, before->look.pattern, here->look.pattern, 0);
    put(&list, T_PATTERN_PAIR, here->look.pattern, after->look.pattern, 1);
    put(&list, T_PATTERN_THREE, before->look.pattern, here->look.pattern ^ after->look.pattern << 1, 0);
    put(&list, T_SUFFIX_PAIR, here->look.suffix[2], before->word.coarse, 0);
    put(&list, T_SUFFIX_PAIR, here->look.suffix[2], after->word.coarse, 1);
    put(&list, T_LISTS_PAIR, before->lists & list_pair_mask, here->lists & list_pair_mask, 0);
    put(&list, T_LISTS_PAIR, here->lists & list_pair_mask, after->lists & list_pair_mask, 1);
    put(&list, T_LISTS_THREE, before->word.coarse, here->lists & list_pair_mask, 0);
    put(&list, T_LISTS_THREE, after->word.coarse, here->lists & list_pair_mask, 1);
    if (place->first) {
        put(&list, T_FIRST_LOWER, here->look.lower, 0, 0);
        put(&list, T_FIRST_FINE, here->word.fine, here->small.coarse, 0);
        put(&list, T_FIRST_CASE, case_value(here), 0, 0);
    }
    put(&list, T_MODE, place->mode, case_value(here), 0);
    if (place->mode != MODE_PLAIN) {
        put(&list, T_MODE_FINE, here->word.fine, place->mode, 0);
        put(&list, T_MODE_FINE, here->small.coarse, place->mode, 1);
        put(&list, T_MODE_CASE, here->lists & list_pair_mask, place->mode, 0);
    }
    put_phrases(&list, window, at);
    put_run(&list, window, at);
    put_mentions(&list, window, at, here);
    return list.length;
}
