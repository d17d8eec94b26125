/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/language.h"
#include "fixture.h"

static void test_language__gives_the_code(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"en", "en"},
        {"EN", "en"},
        {"en-US", "en"},
        {"en_GB.UTF-8", "en"},
        {"eng", "en"},
        {"English", "en"},
        {"may", "ms"},
        {"Bahasa", ""},
        {"zh-Hans", "zh"},
        {"日本語", "ja"},
        {"Vietnamese", "vi"},
        {"fil-PH", "tl"},
        {"xx", "xx"},
        {"klingon", ""},
        {"", ""},
        {"e", ""},
        {"12", ""},
        {"  th  ", "th"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char room[3];
        const char *code = language_code(span_of(rows[i][0]), room);
        assert_string_equal(code ? code : "", rows[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_language__gives_the_code)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
