/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "index_fixture.h"
#include "searcher/reader.h"
#include "searcher/words.h"

#include <stdlib.h>
#include <string.h>

static const char *const records =
    "{\"id\": \"en1\", \"text\": \"The cyber unit fights crime, cybercrime and crimes at sea; forget it.\"}\n"
    "{\"id\": \"en2\", \"text\": \"for a cyber crime they get what they get; forget the rest and forget me\"}\n"
    "{\"id\": \"de\", \"language\": \"de\", \"text\": \"Die Häuser der Städte brannten.\"}\n"
    "{\"id\": \"id\", \"language\": \"id\", \"text\": \"Pemerintah membicarakan keamanan bersama.\"}\n"
    "{\"id\": \"ja\", \"language\": \"ja\", \"text\": \"警察庁はサイバー犯罪と戦う。\"}\n"
    "{\"id\": \"th\", \"language\": \"th\", \"text\": \"ความร่วมมือด้านความมั่นคง\"}\n";

static struct searcher *searcher;
static struct analyser *analyser;
static struct arena arena;

static int setup(void **state)
{
    folder_setup(state);
    make_index("words.db", records);
    searcher = open_index("words.db");
    assert_int_equal(analyser_new(&analyser), OK);
    arena_init(&arena, 1 << 24);
    return 0;
}

static int teardown(void **state)
{
    searcher_free(searcher);
    analyser_free(analyser);
    arena_release(&arena);
    return folder_teardown(state);
}

static struct vocabulary vocabulary_of(const char *language)
{
    return (struct vocabulary){.reader = searcher_reader(searcher), .analyser = analyser, .language = language};
}

static struct words analysed(const char *text, const char *language)
{
    struct words words;
    struct error error = {0};
    struct vocabulary vocabulary = vocabulary_of(language);
    assert_int_equal(words_analyse(&words, &arena, &vocabulary, span_of(text), &error), OK);
    return words;
}

static void assert_span(struct span span, const char *expected)
{
    if (!span_equal(span, span_of(expected)))
        fail_msg("'%.*s' is not '%s'", (int)span.length, span.data ? span.data : "", expected);
}

static void test_languages__are_those_of_the_index_most_frequent_first(void **state)
{
    struct vocabulary vocabulary = vocabulary_of(NULL);
    (void)state;
    assert_span(vocabulary_language(&vocabulary, 0), "en");
    assert_span(vocabulary_language(&vocabulary, 1), "de");
    assert_span(vocabulary_language(&vocabulary, 2), "id");
    assert_span(vocabulary_language(&vocabulary, 3), "ja");
    assert_span(vocabulary_language(&vocabulary, 4), "");
    vocabulary.language = "de";
    assert_span(vocabulary_language(&vocabulary, 0), "de");
    assert_span(vocabulary_language(&vocabulary, 1), "");
}

static void test_languages__what_a_query_may_be_in(void **state)
{
    (void)state;
    assert_true(vocabulary_is_language(SPAN("en")));
    assert_true(vocabulary_is_language(SPAN("German")));
    assert_true(vocabulary_is_language(SPAN("ja")));
    assert_true(vocabulary_is_language(SPAN("zh-TW")));
    assert_true(vocabulary_is_language(SPAN("fil")));
    assert_false(vocabulary_is_language(SPAN("klingon")));
    assert_false(vocabulary_is_language(SPAN("")));
    assert_false(vocabulary_is_language(SPAN("e")));
    assert_false(vocabulary_is_language(SPAN("12")));
}

static void test_analyse__keeps_the_stems_the_index_has(void **state)
{
    struct words words = analysed("CRIMES", NULL);
    (void)state;
    assert_int_equal(words.count, 1);
    assert_span(words.items[0].form, "crimes");
    assert_int_equal(words.items[0].stem_count, 1);
    assert_span(words.items[0].stem[0], "crime");
    assert_int_equal(words.items[0].documents, 2);
    assert_int_equal(words.items[0].source.start, 0);
    assert_int_equal(words.items[0].source.end, 6);
}

static void test_analyse__finds_a_stem_of_another_language(void **state)
{
    struct words words = analysed("Haus", NULL);
    (void)state;
    assert_int_equal(words.items[0].documents, 1);
    assert_span(words.items[0].stem[0], "haus");
    words = analysed("stadt", NULL);
    assert_int_equal(words.items[0].documents, 1);
}

static void test_analyse__an_unknown_word_keeps_one_stem(void **state)
{
    struct words words = analysed("zebras", NULL);
    (void)state;
    assert_int_equal(words.items[0].documents, 0);
    assert_int_equal(words.items[0].stem_count, 1);
    assert_span(words.items[0].stem[0], "zebra");
}

static void test_analyse__stop_words_are_those_of_the_main_language(void **state)
{
    (void)state;
    assert_true(analysed("the", NULL).items[0].stop);
    assert_false(analysed("der", NULL).items[0].stop);
    assert_true(analysed("der", "de").items[0].stop);
    assert_false(analysed("crime", NULL).items[0].stop);
}

static void test_analyse__a_compound_stands_before_its_parts(void **state)
{
    struct words words = analysed("cyber-crime unit", NULL);
    (void)state;
    assert_int_equal(words.count, 4);
    assert_int_equal(words.items[0].kind, TOKEN_COMPOUND);
    assert_span(words.items[0].form, "cybercrime");
    assert_int_equal(words.items[0].parts, 2);
    assert_span(words.items[2].form, "crime");
    assert_int_equal(words.items[2].source.start, 6);
    assert_int_equal(words.items[3].parts, 0);
}

static void test_analyse__scripts_without_spaces_are_pairs(void **state)
{
    struct words words = analysed("警察庁", NULL);
    (void)state;
    assert_true(words.count >= 2);
    assert_int_equal(words.items[0].kind, TOKEN_BIGRAM);
    assert_span(words.items[0].form, "警察");
    assert_int_equal(words.items[0].documents, 1);
    assert_int_equal(analysed("察", NULL).items[0].documents, 1);
}

static void test_analyse__nothing_gives_nothing(void **state)
{
    (void)state;
    assert_int_equal(analysed("", NULL).count, 0);
    assert_int_equal(analysed("!?", NULL).count, 0);
}

static const char *joined(const char *left, const char *right)
{
    static char text[256];
    struct word word;
    struct error error = {0};
    struct vocabulary vocabulary = vocabulary_of(NULL);
    struct words a = analysed(left, NULL), b = analysed(right, NULL);
    assert_int_equal(words_join(&word, &arena, &vocabulary, a.items, b.items, &error), OK);
    snprintf(text, sizeof text, "%.*s", word.stem_count ? (int)word.form.length : 0, word.form.data);
    return text;
}

static void test_join__gives_a_word_of_the_index(void **state)
{
    (void)state;
    assert_string_equal(joined("cyber", "crime"), "cybercrime");
    assert_string_equal(joined("Cyber", "Crimes"), "cybercrimes");
    assert_string_equal(joined("crime", "cyber"), "");
    assert_string_equal(joined("警", "察"), "");
}

static const char *split(const char *text)
{
    static char halves[256];
    struct word out[2];
    bool found;
    struct error error = {0};
    struct vocabulary vocabulary = vocabulary_of(NULL);
    struct words words = analysed(text, NULL);
    assert_int_equal(words_split(&found, out, &arena, &vocabulary, words.items, &error), OK);
    if (!found) return "";
    snprintf(halves, sizeof halves, "%.*s %.*s", (int)out[0].form.length, out[0].form.data, (int)out[1].form.length,
             out[1].form.data);
    return halves;
}

static void test_split__gives_two_words_of_the_index(void **state)
{
    (void)state;
    assert_string_equal(split("cybercrime"), "cyber crime");
    assert_string_equal(split("cybercrimes"), "cyber crimes");
    assert_string_equal(split("crimecyber"), "crime cyber");
    assert_string_equal(split("cyberzebra"), "");
    assert_string_equal(split("cyber"), "");
}

static void test_split__leaves_a_word_with_a_stop_word_in_it_alone(void **state)
{
    (void)state;
    assert_string_equal(split("forget"), ""); /* for get */
}

static void test_frequency__of_what_cannot_be_a_term_is_none(void **state)
{
    char text[400];
    uint32_t documents = 7;
    struct error error = {0};
    struct vocabulary vocabulary = vocabulary_of(NULL);
    (void)state;
    memset(text, 'a', sizeof text);
    assert_int_equal(vocabulary_frequency(&documents, &vocabulary, "Z", (struct span){text, sizeof text}, &error), OK);
    assert_int_equal(documents, 0);
    assert_int_equal(vocabulary_frequency(&documents, &vocabulary, "Z", SPAN(""), &error), OK);
    assert_int_equal(documents, 0);
    assert_int_equal(vocabulary_frequency(&documents, &vocabulary, "", SPAN("cyber"), &error), OK);
    assert_int_equal(documents, 2);
}

static void test_search__a_query_finds_each_language_s_own_forms(void **state)
{
    struct search_request request;
    (void)state;
    assert_string_equal(found(searcher, "haus"), "de");
    assert_string_equal(found(searcher, "Städte"), "de");
    assert_string_equal(found(searcher, "bicara"), "id");
    assert_string_equal(found(searcher, "aman"), "id");
    assert_string_equal(found(searcher, "サイバー犯罪"), "ja");
    assert_string_equal(found(searcher, "警察"), "ja");
    assert_string_equal(found(searcher, "庁警"), "");
    assert_string_equal(found(searcher, "\"サイバー犯罪\""), "ja");
    assert_string_equal(found(searcher, "ความมั่นคง"), "th");
    search_request_init(&request);
    assert_string_equal(found(searcher, "pembicaraan"), "id");
    request.language = "en";
    assert_string_equal(hits_with(searcher, &request, "pembicaraan"), "");
    request.language = "klingon";
    assert_string_equal(hits_with(searcher, &request, "bicara"),
                        "error invalid input @-1: unknown language 'klingon' (give its ISO 639-1 code, such as en, de, "
                        "id or ja)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_languages__are_those_of_the_index_most_frequent_first),
        cmocka_unit_test(test_languages__what_a_query_may_be_in),
        cmocka_unit_test(test_analyse__keeps_the_stems_the_index_has),
        cmocka_unit_test(test_analyse__finds_a_stem_of_another_language),
        cmocka_unit_test(test_analyse__an_unknown_word_keeps_one_stem),
        cmocka_unit_test(test_analyse__stop_words_are_those_of_the_main_language),
        cmocka_unit_test(test_analyse__a_compound_stands_before_its_parts),
        cmocka_unit_test(test_analyse__scripts_without_spaces_are_pairs),
        cmocka_unit_test(test_analyse__nothing_gives_nothing),
        cmocka_unit_test(test_join__gives_a_word_of_the_index),
        cmocka_unit_test(test_split__gives_two_words_of_the_index),
        cmocka_unit_test(test_split__leaves_a_word_with_a_stop_word_in_it_alone),
        cmocka_unit_test(test_frequency__of_what_cannot_be_a_term_is_none),
        cmocka_unit_test(test_search__a_query_finds_each_language_s_own_forms),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
