/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/names/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char *key(const char *name)
{
    static char out[NAME_BYTES_MAX + 1];
    out[name_key(out, span_of(name))] = '\0';
    return out;
}

static void test_fold__case_marks_and_spacing(void **state)
{
    (void)state;
    assert_string_equal(key("  ASSOCIATION of\n Southeast  Asian Nations "), "association of southeast asian nations");
    assert_string_equal(key("António Guterres"), "antonio guterres");
    assert_string_equal(key("Perú"), "peru");
    assert_string_equal(key("Đà Nẵng"), "da nang");
    assert_string_equal(key("Ｔｏｋｙｏ"), "tokyo");
}

static void test_fold__signs(void **state)
{
    (void)state;
    assert_string_equal(key("Timor-Leste"), "timor leste");
    assert_string_equal(key("U.S."), "us");
    assert_string_equal(key("People’s Party"), "peoples party");
    assert_string_equal(key("JPCERT/CC"), "jpcert cc");
    assert_string_equal(key("The Straits Times"), "straits times");
    assert_string_equal(key("..."), "");
}

static void test_fold__companies_and_bodies_written_differently(void **state)
{
    (void)state;
    assert_string_equal(key("Allied Corporation"), "allied corp");
    assert_string_equal(key("Allied Corp."), "allied corp");
    assert_string_equal(key("The Zorblat Company"), "zorblat co");
    assert_string_equal(key("Johnson & Johnson"), "johnson johnson");
    assert_string_equal(key("Johnson and Johnson"), "johnson johnson");
    assert_string_equal(key("Company"), "company");
    assert_string_equal(key("Limited Partners"), "limited partners");
    assert_string_equal(key("Centre for Defence"), "center for defense");
    assert_string_equal(key("And"), "and");
    assert_string_equal(key("Labour Party"), "labour party");
}

static void test_fold__vowels_of_thai_stay(void **state)
{
    (void)state;
    assert_string_equal(key("กรุงเทพ"), "กรุงเทพ");
}

static void test_fold__long_names_are_cut_between_characters(void **state)
{
    (void)state;
    char name[601], out[NAME_BYTES_MAX];
    for (size_t i = 0; i < 600; i += 3) memcpy(name + i, "日", 3);
    size_t length = name_key(out, (struct span){name, 600});
    assert_int_equal(length, 240);
    assert_true(utf8_valid((struct span){out, length}));
}

static void test_fold__words_of_both_spellings_hash_alike(void **state)
{
    (void)state;
    assert_true(word_hash(SPAN("Centre")) == word_hash(SPAN("CENTER")));
    assert_true(word_hash(SPAN("Defence")) == word_hash(SPAN("Defense")));
    assert_true(word_hash(SPAN("Perú")) == word_hash(SPAN("peru")));
    assert_true(word_hash(SPAN("Labour")) == word_hash(SPAN("Labor")));
    assert_false(word_hash(SPAN("Peru")) == word_hash(SPAN("Pera")));
    assert_false(word_hash(SPAN(",")) == word_hash(SPAN(";")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fold__case_marks_and_spacing),
        cmocka_unit_test(test_fold__signs),
        cmocka_unit_test(test_fold__companies_and_bodies_written_differently),
        cmocka_unit_test(test_fold__vowels_of_thai_stay),
        cmocka_unit_test(test_fold__long_names_are_cut_between_characters),
        cmocka_unit_test(test_fold__words_of_both_spellings_hash_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
