/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/shape.h"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <string.h>

static struct look look(const char *word)
{
    struct look out;
    look_at(&out, span_of(word));
    return out;
}

static void test_look__tells_case(void **state)
{
    (void)state;
    assert_int_equal(look("Tokyo").flags, LOOK_CAPITAL);
    assert_int_equal(look("tokyo").flags, LOOK_LOWER);
    assert_int_equal(look("TOKYO").flags, LOOK_CAPITAL | LOOK_UPPER | LOOK_INNER);
    assert_int_equal(look("iPhone").flags, LOOK_INNER);
    assert_int_equal(look("Élysée").flags, LOOK_CAPITAL);
    assert_int_equal(look("Đà").flags, LOOK_CAPITAL);
    assert_int_equal(look("Москва").flags, LOOK_CAPITAL);
}

static void test_look__tells_signs_numbers_and_initials(void **state)
{
    (void)state;
    assert_int_equal(look(",").flags, LOOK_PUNCT);
    assert_int_equal(look("?").flags, LOOK_PUNCT | LOOK_END);
    assert_int_equal(look("1,000.5").flags, LOOK_DIGIT | LOOK_NUMBER);
    assert_int_equal(look("J.").flags, LOOK_CAPITAL | LOOK_INITIAL | LOOK_DOT);
    assert_int_equal(look("of").flags, LOOK_LOWER | LOOK_CONNECTOR);
    assert_true(look("ASEAN-Japan").flags & LOOK_HYPHEN);
    assert_true(look("@somebody").flags & LOOK_SIGN);
    assert_true(look("http://a.example/B").flags & LOOK_SIGN);
}

static void test_look__lower_and_title_meet_across_case(void **state)
{
    (void)state;
    assert_true(look("TOKYO").lower == look("tokyo").lower);
    assert_true(look("TOKYO").title == look("Tokyo").exact);
    assert_true(look("tokyo").title == look("Tokyo").exact);
    assert_true(look("TOKYO").exact != look("Tokyo").exact);
    assert_true(look("ÉLYSÉE").lower == look("élysée").lower);
    assert_true(look("tokyo").lower == lower_hash(SPAN("Tokyo")));
}

static void test_look__folds_what_typesetting_varies(void **state)
{
    (void)state;
    assert_true(look("’s").exact == look("'s").exact);
    assert_true(look("``").exact == look("\"").exact);
    assert_true(look("“").exact == look("''").exact);
    assert_true(look("1987").exact == look("2026").exact);
    assert_true(look("1987").exact != look("198").exact);
    assert_true(look("—").exact == look("-").exact);
}

static void test_look__shape_squeezes_long_runs(void **state)
{
    (void)state;
    assert_true(look("Kishida").shape == look("Hayashi").shape);
    assert_true(look("Kishida").shape != look("Abe").pattern);
    assert_true(look("Kishida").pattern == look("Abe").pattern);
    assert_true(look("U.S.").pattern == look("U.N.").pattern);
    assert_true(look("U.S.").pattern != look("US").pattern);
}

static void test_look__gives_affixes_only_to_longer_words(void **state)
{
    (void)state;
    assert_true(look("Abe").prefix[0] == look("abacus").prefix[0]);
    assert_true(look("Abe").suffix[1] != 0);
    assert_true(look("Abe").suffix[2] == 0);
    assert_true(look("Abe").prefix[2] == 0);
    assert_true(look("ASEAN-Japan").tail == lower_hash(SPAN("Japan")));
    assert_true(look("ASEAN-Japan").head == lower_hash(SPAN("asean")));
}

static void test_look__survives_any_bytes(void **state)
{
    char bytes[300];
    struct look out;
    (void)state;
    for (size_t length = 0; length < sizeof bytes; length++) {
        for (size_t i = 0; i < length; i++) bytes[i] = (char)(length * 7 + i * 31);
        look_at(&out, (struct span){bytes, length});
        assert_true(out.exact != 0 && out.lower != 0 && out.shape != 0);
    }
    look_at(&out, (struct span){"\xFF\xFE\0A", 4});
    assert_true(out.flags & LOOK_INNER);
    look_at(&out, (struct span){NULL, 0});
    assert_int_equal(out.flags, LOOK_PUNCT);
}

static void test_bytes_hash__tells_length_and_case(void **state)
{
    (void)state;
    assert_true(bytes_hash(SPAN("Tokyo")) != bytes_hash(SPAN("tokyo")));
    assert_true(bytes_hash(SPAN("a\0")) != bytes_hash(SPAN("a")));
    assert_true(bytes_hash(SPAN("abcdefgh")) != bytes_hash(SPAN("abcdefghi")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_look__tells_case),
        cmocka_unit_test(test_look__tells_signs_numbers_and_initials),
        cmocka_unit_test(test_look__lower_and_title_meet_across_case),
        cmocka_unit_test(test_look__folds_what_typesetting_varies),
        cmocka_unit_test(test_look__shape_squeezes_long_runs),
        cmocka_unit_test(test_look__gives_affixes_only_to_longer_words),
        cmocka_unit_test(test_look__survives_any_bytes),
        cmocka_unit_test(test_bytes_hash__tells_length_and_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
