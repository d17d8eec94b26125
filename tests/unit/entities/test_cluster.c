/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/train/cluster.h"
#include "indexer/entities/train/exchange.h"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const lines[] = {
    "he lives in Tokyo",  "she lives in Jakarta", "he works in Manila", "she works in Tokyo",
    "he lives in Manila", "she works in Jakarta", "mr. Anwar said so",  "mr. Kishida said so",
    "mr. Anwar told me",  "mr. Kishida told me",  "mr. Lee said so",    "mr. Lee told me",
};

static char *learnt(const struct cluster_options *options)
{
    char *out = NULL;
    size_t size = 0;
    struct cluster_text *text = cluster_text_new();
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) cluster_text_add(text, span_of(lines[i]));
    cluster_text_select(text, options->words);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) cluster_text_pairs(text, span_of(lines[i]));
    FILE *file = open_memstream(&out, &size);
    assert_non_null(file);
    cluster_learn(text, options, file);
    fclose(file);
    cluster_text_free(text);
    return out;
}

/* The fine class of [word] in what cluster_learn wrote. */
static unsigned fine(const char *out, const char *word)
{
    for (const char *line = out; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        unsigned coarse, class;
        if (strncmp(line, word, strlen(word)) == 0 && line[strlen(word)] == '\t') {
            assert_int_equal(sscanf(line + strlen(word), "%*u%u%u", &coarse, &class), 2);
            return class;
        }
    }
    fail_msg("no class for %s", word);
    return 0;
}

static void test_cluster__puts_words_of_one_kind_together(void **state)
{
    (void)state;
    struct cluster_options options = {.words = 100, .coarse = 2, .fine = 8, .passes = 20};
    char *out = learnt(&options);
    assert_int_equal(fine(out, "Tokyo"), fine(out, "Jakarta"));
    assert_int_equal(fine(out, "Tokyo"), fine(out, "Manila"));
    assert_int_equal(fine(out, "Anwar"), fine(out, "Kishida"));
    assert_int_not_equal(fine(out, "Anwar"), fine(out, "Tokyo"));
    free(out);
}

static void test_cluster__gives_the_same_again(void **state)
{
    (void)state;
    struct cluster_options options = {.words = 12, .coarse = 3, .fine = 6, .passes = 5};
    char *first = learnt(&options), *second = learnt(&options);
    assert_string_equal(first, second);
    free(first);
    free(second);
}

static void test_cluster__tells_how_often_a_word_has_a_capital(void **state)
{
    (void)state;
    struct cluster_options options = {.words = 100, .coarse = 2, .fine = 2, .passes = 1};
    char *out = learnt(&options);
    assert_non_null(strstr(out, "Tokyo\t2\t"));
    assert_non_null(strstr(out, "lives\t3\t"));
    const char *anwar = strstr(out, "mr.\t6\t");
    assert_non_null(anwar);
    assert_int_equal(*(strchr(anwar, '\n') - 1), '1'); /* never with one, seen often enough */
    free(out);
}

static void test_exchange__classes_are_within_bounds(void **state)
{
    static const uint32_t triples[] = {0, 1, 5, 1, 2, 3, 2, 0, 4, 0, 2, 1};
    struct exchange_counts counts = {.words = 3, .pairs = 4, .triples = triples};
    uint16_t out[3];
    (void)state;
    exchange_learn(out, &counts, 2, 10);
    for (int i = 0; i < 3; i++) assert_in_range(out[i], 1, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cluster__puts_words_of_one_kind_together),
        cmocka_unit_test(test_cluster__gives_the_same_again),
        cmocka_unit_test(test_cluster__tells_how_often_a_word_has_a_capital),
        cmocka_unit_test(test_exchange__classes_are_within_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
