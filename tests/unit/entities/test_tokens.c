/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/tokens.h"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <stdlib.h>
#include <string.h>

/* The tokens of [text] with | before the first of a sentence and spaces between the others. */
static const char *tokens(struct span text)
{
    static char out[4096];
    struct tokeniser tokeniser;
    struct tag_token token;
    size_t length = 0;
    tokeniser_init(&tokeniser, text);
    while (tokeniser_next(&tokeniser, &token)) {
        out[length++] = token.sentence ? '|' : ' ';
        memcpy(out + length, text.data + token.start, token.length);
        length += token.length;
    }
    out[length] = 0;
    return out;
}

#define EXPECT(text, expected) assert_string_equal(tokens(SPAN(text)), expected)

static void test_tokens__splits_signs_from_words(void **state)
{
    (void)state;
    EXPECT("ASEAN, Japan (PNA/Kyodo) agreed.", "|ASEAN , Japan ( PNA / Kyodo ) agreed .");
    EXPECT("“We noted,” he said", "|“ We noted , ” he said");
    EXPECT("$1,000.50 and 50% of 3:15", "|$ 1,000.50 and 50 % of 3:15");
    EXPECT("Tokyo—the capital--grew", "|Tokyo — the capital -- grew");
}

static void test_tokens__keeps_hyphens_and_splits_clitics(void **state)
{
    (void)state;
    EXPECT("the ASEAN-Japan meeting", "|the ASEAN-Japan meeting");
    EXPECT("Japan's and Department’s", "|Japan 's and Department ’s");
    EXPECT("don't we'll O'Brien", "|do n't we 'll O'Brien");
    EXPECT("the ministers' talks", "|the ministers ' talks");
    EXPECT("AT&T and R&D", "|AT&T and R&D");
}

static void test_tokens__keeps_the_stop_of_abbreviations(void **state)
{
    (void)state;
    EXPECT("Mr. Lee of the U.S. met J. Smith of Rand Corp. here.",
           "|Mr. Lee of the U.S. met J. Smith of Rand Corp. here .");
    EXPECT("It was in the U.S. The talks", "|It was in the U.S.|The talks");
    EXPECT("He left. She stayed.", "|He left .|She stayed .");
    EXPECT("He left.\" She stayed.", "|He left . \"|She stayed .");
    EXPECT("version 2.5 was late. and so on", "|version 2.5 was late . and so on");
}

static void test_tokens__ends_sentences_at_paragraphs_not_at_wrapped_lines(void **state)
{
    (void)state;
    EXPECT("Title\n\nThe text", "|Title|The text");
    EXPECT("Short head\nThe text", "|Short head|The text");
    EXPECT(
        "The ministers of the ten countries met in the city of Kuala\nLumpur on Monday and went home after that had\n",
        "|The ministers of the ten countries met in the city of Kuala Lumpur on Monday and went home after that had");
    EXPECT("Anwar said Japan could\nshare its knowledge", "|Anwar said Japan could share its knowledge");
}

static void test_tokens__keeps_addresses_whole(void **state)
{
    (void)state;
    EXPECT("see https://a.example/B?c=d, or ask me@b.example.", "|see https://a.example/B?c=d , or ask me@b.example .");
    EXPECT("@somebody likes #Tokyo", "|@somebody likes #Tokyo");
}

static void test_tokens__splits_at_ideographic_signs(void **state)
{
    (void)state;
    EXPECT("東京、Tokyo。", "|東京 、 Tokyo 。");
}

static void test_tokens__gives_bytes_of_the_text_whatever_they_are(void **state)
{
    struct tokeniser tokeniser;
    struct tag_token token;
    char bytes[5000];
    size_t last = 0, count = 0;
    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)((i * i + 13 * i) >> 3);
    struct span text = {bytes, sizeof bytes};
    tokeniser_init(&tokeniser, text);
    while (tokeniser_next(&tokeniser, &token)) {
        assert_true(token.length > 0);
        assert_true(token.start >= last);
        last = token.start + token.length;
        assert_true(last <= sizeof bytes);
        count++;
    }
    assert_true(count > 100);
    EXPECT("a\0b", "|a b");
    EXPECT("", "");
    EXPECT(" \n\n ", "");
}

static void test_tokens__cuts_runs_without_white_space(void **state)
{
    enum { LENGTH = 100000 };
    struct tokeniser tokeniser;
    struct tag_token token;
    size_t bytes = 0;
    (void)state;
    char *run = malloc(LENGTH);
    assert_non_null(run);
    for (int kind = 0; kind < 3; kind++) {
        memset(run, "x.'"[kind], LENGTH);
        bytes = 0;
        tokeniser_init(&tokeniser, (struct span){run, LENGTH});
        while (tokeniser_next(&tokeniser, &token)) {
            assert_true(token.length <= TOKEN_BYTES_MAX + 4);
            bytes += token.length;
        }
        assert_int_equal(bytes, LENGTH);
    }
    free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens__splits_signs_from_words),
        cmocka_unit_test(test_tokens__keeps_hyphens_and_splits_clitics),
        cmocka_unit_test(test_tokens__keeps_the_stop_of_abbreviations),
        cmocka_unit_test(test_tokens__ends_sentences_at_paragraphs_not_at_wrapped_lines),
        cmocka_unit_test(test_tokens__keeps_addresses_whole),
        cmocka_unit_test(test_tokens__splits_at_ideographic_signs),
        cmocka_unit_test(test_tokens__gives_bytes_of_the_text_whatever_they_are),
        cmocka_unit_test(test_tokens__cuts_runs_without_white_space),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
