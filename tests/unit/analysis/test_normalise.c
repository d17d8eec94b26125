/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "helper.h"

static void expect_offsets(const char *text, size_t index, uint32_t start, uint32_t end)
{
    const struct analysis *analysis;
    assert_int_equal(analyse(&analysis, shared_analyser, span_of(text), SPAN("en")), OK);
    assert_true(index < analysis->count);
    assert_int_equal(analysis->tokens[index].start, start);
    assert_int_equal(analysis->tokens[index].end, end);
}

static void test_normalise__keeps_offsets_through_a_ligature(void **state)
{
    (void)state;
    assert_forms("a ﬁnal ﬂow", "a final flow");
    expect_offsets("a ﬁnal ﬂow", 1, 2, 8);
    expect_offsets("a ﬁnal ﬂow", 2, 9, 14);
}

static void test_normalise__narrows_full_width(void **state)
{
    (void)state;
    assert_forms("ＡＳＥＡＮ２０１４ Ｃ＃", "asean2014 c#");
    expect_offsets("x ＡＢ", 1, 2, 8);
}

static void test_normalise__splits_fractions(void **state)
{
    (void)state;
    assert_shown(SHOW_SOURCES, "en", "3½ cups", "3 ½ ½ cups");
    assert_forms("3½ cups", "3 1 2 cups");
}

static void test_normalise__parts_a_footnote_mark_from_its_word(void **state)
{
    (void)state;
    assert_forms("talks² 10² km² CO₂ ①first", "talks 2 10 2 km2 co2 1 first");
}

static void test_normalise__composes_marks(void **state)
{
    (void)state;
    const struct analysis *analysis;
    assert_int_equal(analyse(&analysis, shared_analyser, SPAN("Peru\u0301 Perú"), SPAN("es")), OK);
    assert_int_equal(analysis->count, 2);
    assert_true(span_equal(analysis->tokens[0].stem, analysis->tokens[1].stem));
    assert_int_equal(analysis->tokens[0].end, 6);
}

static void test_normalise__folds_latin_marks(void **state)
{
    (void)state;
    assert_forms("Perú Đà Nẵng Łódź Ærø Straße œuvre naïve İzmir ılık Þór",
                 "peru da nang lodz aero strasse oeuvre naive izmir ilik thor");
}

static void test_normalise__marks_only_what_folding_changed(void **state)
{
    (void)state;
    const struct analysis *analysis;
    assert_int_equal(analyse(&analysis, shared_analyser, SPAN("Peru Perú PERU"), SPAN("en")), OK);
    assert_false(analysis->tokens[0].marked);
    assert_true(analysis->tokens[1].marked);
    assert_false(analysis->tokens[2].marked);
}

static void test_normalise__folds_greek_and_final_sigma(void **state)
{
    (void)state;
    assert_forms("Οδυσσεύς ΟΔΥΣΣΕΥΣ", "οδυσσευσ οδυσσευσ");
}

static void test_normalise__folds_only_yo_in_cyrillic(void **state)
{
    (void)state;
    assert_forms("Ёлка край її замо\u0301к", "елка край її замок");
}

static void test_normalise__drops_hebrew_points_and_arabic_vowels(void **state)
{
    (void)state;
    assert_forms("שָׁלוֹם צה\"ל", "שלום צהל");
    assert_forms("بِسْمِ رَحْمٰن قٓ نۡ", "بسم رحمن ق ن");
    assert_forms("كِتَابٌ أحمد مـــرحبا", "كتاب احمد مرحبا");
}

static void test_normalise__keeps_the_vowels_of_indic_scripts(void **state)
{
    (void)state;
    assert_forms("हिन्दी தமிழ்", "हिन्दी தமிழ்");
}

static void test_normalise__writes_all_digits_the_same(void **state)
{
    (void)state;
    assert_forms("٢٠١٤ १२३ ๒๕๖๗ ２０", "2014 123 2567 20");
}

static void test_normalise__survives_a_tower_of_marks(void **state)
{
    (void)state;
    char text[2001] = "e";
    const struct analysis *analysis;
    for (size_t i = 1; i < 2001; i += 2) memcpy(text + i, "\u0301", 2);
    assert_int_equal(analyse(&analysis, shared_analyser, (struct span){text, 2001}, SPAN("en")), OK);
    assert_int_equal(analysis->count, 1);
    assert_int_equal(analysis->tokens[0].end, 2001);
    assert_true(span_equal(analysis->tokens[0].form, SPAN("e")));
}

static void expect_fold(struct span text, const char *expected)
{
    struct buffer out;
    buffer_init(&out, 4096);
    assert_int_equal(fold(&out, text), OK);
    assert_string_equal(out.data ? out.data : "", expected);
    buffer_release(&out);
}

static void test_fold__joins_case_marks_and_blanks(void **state)
{
    (void)state;
    expect_fold(SPAN("  Keio\n\t PLAZA\u3000Hôtel  "), "keio plaza hotel");
    expect_fold(SPAN("Side-by-side, “quoted” O’Brien: 1,000"), "side-by-side, “quoted” o'brien: 1,000");
    expect_fold(SPAN(""), "");
    expect_fold(SPAN(" \n "), "");
}

static void test_fold__appends(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, 4096);
    assert_int_equal(buffer_append_string(&out, "XF"), OK);
    assert_int_equal(fold(&out, SPAN(" Tokyo ")), OK);
    assert_string_equal(out.data, "XFtokyo");
    buffer_release(&out);
}

static void test_fold__replaces_broken_bytes(void **state)
{
    (void)state;
    expect_fold((struct span){"a\xFF z", 4}, "a\uFFFD z");
}

static void test_fold__stops_at_the_limit(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, 4);
    assert_int_equal(fold(&out, SPAN("Tokyo")), LIMIT);
    buffer_release(&out);
}

static void test_fold__takes_text_longer_than_a_chunk(void **state)
{
    (void)state;
    char text[5000];
    struct buffer out;
    memset(text, 'A', sizeof text);
    buffer_init(&out, 10000);
    assert_int_equal(fold(&out, (struct span){text, sizeof text}), OK);
    assert_int_equal(out.length, 5000);
    assert_int_equal(out.data[4999], 'a');
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_normalise__keeps_offsets_through_a_ligature),
        cmocka_unit_test(test_normalise__narrows_full_width),
        cmocka_unit_test(test_normalise__splits_fractions),
        cmocka_unit_test(test_normalise__parts_a_footnote_mark_from_its_word),
        cmocka_unit_test(test_normalise__composes_marks),
        cmocka_unit_test(test_normalise__folds_latin_marks),
        cmocka_unit_test(test_normalise__marks_only_what_folding_changed),
        cmocka_unit_test(test_normalise__folds_greek_and_final_sigma),
        cmocka_unit_test(test_normalise__folds_only_yo_in_cyrillic),
        cmocka_unit_test(test_normalise__drops_hebrew_points_and_arabic_vowels),
        cmocka_unit_test(test_normalise__keeps_the_vowels_of_indic_scripts),
        cmocka_unit_test(test_normalise__writes_all_digits_the_same),
        cmocka_unit_test(test_normalise__survives_a_tower_of_marks),
        cmocka_unit_test(test_fold__joins_case_marks_and_blanks),
        cmocka_unit_test(test_fold__appends),
        cmocka_unit_test(test_fold__replaces_broken_bytes),
        cmocka_unit_test(test_fold__stops_at_the_limit),
        cmocka_unit_test(test_fold__takes_text_longer_than_a_chunk),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
