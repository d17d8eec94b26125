/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "index_fixture.h"
#include "searcher/suggest.h"

#include <string.h>

static const char *const records =
    "{\"id\": \"a\", \"text\": \"ransomware attack on a terminal; police and cyber crime\"}\n"
    "{\"id\": \"b\", \"text\": \"police stations, stationery, the tribunal, Perú and cyber crime\"}\n"
    "{\"id\": \"c\", \"text\": \"polite terminals of 2014 and h2o\"}\n";

static struct searcher *searcher;

static int setup(void **state)
{
    folder_setup(state);
    make_index("suggest.db", records);
    searcher = open_index("suggest.db");
    return 0;
}

static int teardown(void **state)
{
    searcher_free(searcher);
    return folder_teardown(state);
}

static unsigned distance(const char *a, const char *b)
{
    return edit_distance(span_of(a), span_of(b), 3);
}

static void test_distance__counts_each_kind_of_edit_once(void **state)
{
    (void)state;
    assert_int_equal(distance("police", "police"), 0);
    assert_int_equal(distance("police", "polices"), 1);
    assert_int_equal(distance("police", "olice"), 1);
    assert_int_equal(distance("police", "polite"), 1);
    assert_int_equal(distance("police", "ploice"), 1);
    assert_int_equal(distance("kitten", "sitting"), 3);
    assert_int_equal(distance("ca", "abc"), 3); /* the full Damerau distance would be 2 */
    assert_int_equal(distance("", "abc"), 3);
    assert_int_equal(distance("abc", ""), 3);
}

static void test_distance__counts_characters_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(distance("пирог", "пирок"), 1);
    assert_int_equal(distance("警察", "警官"), 1);
}

static void test_distance__stops_past_the_limit(void **state)
{
    char longer[SUGGEST_RUNES_MAX + 2];
    (void)state;
    assert_int_equal(edit_distance(SPAN("abcdef"), SPAN("uvwxyz"), 2), 3);
    assert_int_equal(edit_distance(SPAN("abcdef"), SPAN("a"), 2), 3);
    memset(longer, 'a', sizeof longer);
    struct span text = {longer, sizeof longer};
    assert_int_equal(edit_distance(text, text, 2), 3);
    text.length = SUGGEST_RUNES_MAX;
    assert_int_equal(edit_distance(text, text, 2), 0);
}

static const char *suggested(const char *form)
{
    static char text[256];
    struct buffer out;
    struct error error = {0};
    buffer_init(&out, sizeof text);
    enum status status = suggest_word(&out, searcher_reader(searcher), span_of(form), NULL, 0, &error);
    assert_true(status == OK || status == NOT_FOUND);
    snprintf(text, sizeof text, "%s", status ? "" : out.data);
    buffer_release(&out);
    return text;
}

static void test_suggest__gives_the_nearest_word(void **state)
{
    (void)state;
    assert_string_equal(suggested("ransomwear"), "ransomware");
    assert_string_equal(suggested("rnasomwaer"), "ransomware");
    assert_string_equal(suggested("cyebr"), "cyber");
    assert_string_equal(suggested("zzzzzz"), "");
}

static void test_suggest__prefers_the_same_start_then_more_documents(void **state)
{
    (void)state;
    assert_string_equal(suggested("poli?e"), "police"); /* two documents; polite one */
    assert_string_equal(suggested("rerminal"), "terminal");
}

static void test_suggest__short_words_have_one_edit_and_shorter_none(void **state)
{
    (void)state;
    assert_string_equal(suggested("crme"), "crime");
    assert_string_equal(suggested("crm"), "");
    assert_string_equal(suggested("cr"), "");
}

static void test_suggest__leaves_digits_and_very_long_words_alone(void **state)
{
    char text[80];
    (void)state;
    assert_string_equal(suggested("2015"), "");
    assert_string_equal(suggested("h3o"), "");
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = '\0';
    assert_string_equal(suggested(text), "");
}

static void test_suggest__finds_a_wrong_first_letter(void **state)
{
    (void)state;
    assert_string_equal(suggested("olice"), "police");
    assert_string_equal(suggested("opliec"), ""); /* two edits, and one of them at the first letter */
    assert_string_equal(suggested("oplice"), "police");
    assert_string_equal(suggested("xpolice"), "police");
    assert_string_equal(suggested("bribunal"), "tribunal");
}

static void test_suggest__asks_the_other_words(void **state)
{
    const struct suggest_context cyber = {SPAN("cyber"), 2}, polite = {SPAN("2014"), 1};
    struct buffer out;
    struct error error;
    (void)state;
    buffer_init(&out, 100);
    struct reader *reader = searcher_reader(searcher);
    assert_int_equal(suggest_word(&out, reader, SPAN("poli?e"), &cyber, 1, &error), OK);
    assert_int_equal(span_compare(buffer_span(&out), SPAN("police")), 0);
    assert_int_equal(suggest_word(&out, reader, SPAN("poli?e"), &polite, 1, &error), OK);
    assert_int_equal(span_compare(buffer_span(&out), SPAN("polite")), 0);
    buffer_release(&out);
}

/* The hits of [query] as "id id", and whether a word was taken for another. */
static bool corrected(const char *query, bool strict, const char *hits)
{
    char ids[64] = "";
    struct search_request request;
    search_request_init(&request);
    request.strict = strict;
    struct search_response response = search_with(searcher, &request, query);
    for (size_t i = 0; i < response.hit_count; i++)
        snprintf(ids + strlen(ids), sizeof ids - strlen(ids), "%s%.*s", i ? " " : "", (int)response.hits[i].id.length,
                 response.hits[i].id.data);
    bool taken = response.corrected;
    search_response_release(&response);
    assert_string_equal(ids, hits);
    return taken;
}

static void test_correction__stands_in_for_a_word_no_document_has(void **state)
{
    (void)state;
    assert_true(corrected("terminls ransomware", false, "a"));
    assert_true(corrected("polise stationary", false, "b"));
    assert_false(corrected("police stations", false, "b"));
    assert_false(corrected("policestations", false, "b")); /* two words that the index has side by side */
    assert_false(corrected("=polise", false, ""));
    assert_false(corrected("\"polise stations\"", false, ""));
    assert_false(corrected("zzzzzz", false, ""));
    assert_false(corrected("polise", true, "")); /* in a script */
}

static const char *did_you_mean(const char *query)
{
    static char text[512];
    struct search_request request;
    search_request_init(&request);
    struct search_response response = search_with(searcher, &request, query);
    snprintf(text, sizeof text, "%.*s", (int)response.did_you_mean.length,
             response.did_you_mean.data ? response.did_you_mean.data : "");
    search_response_release(&response);
    return text;
}

static void test_did_you_mean__keeps_the_rest_of_the_query(void **state)
{
    (void)state;
    assert_string_equal(did_you_mean("  Ransomwear (police)  "), "  ransomware (police)  ");
    assert_string_equal(did_you_mean("ransomwear^2, polise!"), "ransomware^2, police!");
    assert_string_equal(did_you_mean("title:ransomwear OR crme"), "title:ransomware OR crime");
}

static void test_did_you_mean__corrects_a_part_of_a_compound(void **state)
{
    (void)state;
    assert_string_equal(did_you_mean("cybr-crime"), "cyber-crime");
    assert_string_equal(did_you_mean("cybr-crme ransomware"), "cyber-crime ransomware");
}

static void test_did_you_mean__corrects_in_the_order_of_the_query(void **state)
{
    (void)state;
    assert_string_equal(did_you_mean("ransomwear (polise OR zzzzzz) crme"), "ransomware (police OR zzzzzz) crime");
}

static void test_did_you_mean__says_nothing_without_need(void **state)
{
    (void)state;
    assert_string_equal(did_you_mean("police"), "");
    assert_string_equal(did_you_mean("zzzzzz"), "");
    assert_string_equal(did_you_mean(""), "");
    assert_string_equal(did_you_mean("police -ransomwear"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distance__counts_each_kind_of_edit_once),
        cmocka_unit_test(test_distance__counts_characters_not_bytes),
        cmocka_unit_test(test_distance__stops_past_the_limit),
        cmocka_unit_test(test_suggest__gives_the_nearest_word),
        cmocka_unit_test(test_suggest__prefers_the_same_start_then_more_documents),
        cmocka_unit_test(test_suggest__short_words_have_one_edit_and_shorter_none),
        cmocka_unit_test(test_suggest__leaves_digits_and_very_long_words_alone),
        cmocka_unit_test(test_suggest__finds_a_wrong_first_letter),
        cmocka_unit_test(test_suggest__asks_the_other_words),
        cmocka_unit_test(test_correction__stands_in_for_a_word_no_document_has),
        cmocka_unit_test(test_did_you_mean__keeps_the_rest_of_the_query),
        cmocka_unit_test(test_did_you_mean__corrects_a_part_of_a_compound),
        cmocka_unit_test(test_did_you_mean__corrects_in_the_order_of_the_query),
        cmocka_unit_test(test_did_you_mean__says_nothing_without_need),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
