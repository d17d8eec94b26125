/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The engine's door: what is in an answer, hostile queries, marking a document. */
#include "index_fixture.h"
#include "searcher/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const records =
    "{\"id\": \"a/b.txt\", \"title\": \"A \\\"drill\\\"\", \"text\": \"Officers met for a drill. The drill was "
    "long.\", "
    "\"date\": \"2014-10-07\", \"source\": \"Wire\", \"author\": \"Kim\", \"url\": \"https://example.org/a\"}\n"
    "{\"id\": \"plain\", \"text\": \"Nothing of note <b>here</b>\"}\n";

static struct searcher *searcher;

static int setup(void **state)
{
    folder_setup(state);
    make_index("search.db", records);
    searcher = open_index("search.db");
    return 0;
}

static int teardown(void **state)
{
    searcher_free(searcher);
    return folder_teardown(state);
}

static void assert_span(struct span span, const char *expected)
{
    if (!span_equal(span, span_of(expected)))
        fail_msg("'%.*s' is not '%s'", (int)span.length, span.data ? span.data : "", expected);
}

static const char *pieces_text(const struct snippet_piece *pieces, size_t count)
{
    static char text[4096];
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < count; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, pieces[i].mark ? "[%.*s]" : "%.*s",
                                   (int)pieces[i].text.length, pieces[i].text.data);
    return text;
}

static void test_answer__has_the_document_s_fields_and_a_marked_snippet(void **state)
{
    struct search_request request;
    (void)state;
    search_request_init(&request);
    struct search_response response = search_with(searcher, &request, "drill");
    assert_int_equal(response.hit_count, 1);
    const struct hit *hit = &response.hits[0];
    assert_int_equal(hit->rank, 1);
    assert_true(hit->score > 0);
    assert_span(hit->id, "a/b.txt");
    assert_span(hit->field[RECORD_TITLE], "A \"drill\"");
    assert_span(hit->field[RECORD_DATE], "2014-10-07");
    assert_span(hit->field[RECORD_SOURCE], "Wire");
    assert_span(hit->field[RECORD_AUTHOR], "Kim");
    assert_span(hit->field[RECORD_LANGUAGE], "en");
    assert_span(hit->field[RECORD_URL], "https://example.org/a");
    assert_span(hit->field[RECORD_TYPE], "jsonl");
    assert_string_equal(pieces_text(hit->pieces, hit->piece_count),
                        "Officers met for a [drill]. The [drill] was long.");
    assert_span(response.understood, "drill");
    assert_span(response.did_you_mean, "");
    search_response_release(&response);
}

static void test_answer__without_documents_has_ids_and_scores_alone(void **state)
{
    struct search_request request;
    (void)state;
    search_request_init(&request);
    request.documents = false;
    struct search_response response = search_with(searcher, &request, "drill");
    assert_span(response.hits[0].id, "a/b.txt");
    assert_span(response.hits[0].field[RECORD_TITLE], "");
    assert_int_equal(response.hits[0].piece_count, 0);
    search_response_release(&response);
}

static void test_answer__is_the_same_with_and_without_snippets(void **state)
{
    struct search_request request;
    (void)state;
    search_request_init(&request);
    request.snippet_bytes = 0;
    struct search_response response = search_with(searcher, &request, "drill");
    assert_int_equal(response.hit_count, 1);
    assert_int_equal(response.hits[0].piece_count, 0);
    search_response_release(&response);
}

static void test_answer__tells_what_was_guessed(void **state)
{
    struct search_request request;
    (void)state;
    search_request_init(&request);
    struct search_response response = search_with(searcher, &request, "drill \"officers");
    assert_int_equal(response.notice_count, 1);
    assert_int_equal(response.notices[0].position, 6);
    assert_true(response.notices[0].text.length > 0);
    search_response_release(&response);
    request.strict = true;
    assert_non_null(strstr(hits_with(searcher, &request, "drill \"officers"), "error invalid input @6: "));
    request.strict = false;
}

static char *repeated(const char *text, size_t times)
{
    size_t length = strlen(text);
    char *all = malloc(length * times + 1);
    assert_non_null(all);
    for (size_t i = 0; i < times; i++) memcpy(all + i * length, text, length);
    all[length * times] = '\0';
    return all;
}

static void test_hostile__a_thousand_parentheses_are_refused(void **state)
{
    char *open = repeated("(", 1000), *close = repeated(")", 1000), query[2100];
    (void)state;
    snprintf(query, sizeof query, "%sdrill%s", open, close);
    assert_non_null(strstr(found(searcher, query), "error limit exceeded @"));
    assert_non_null(strstr(found(searcher, open), "error limit exceeded @"));
    assert_string_equal(found(searcher, close), "a/b.txt plain"); /* closes nothing, asks nothing */
    free(open);
    free(close);
}

static void test_hostile__nested_not_is_refused(void **state)
{
    char *nots = repeated("NOT (", 500);
    (void)state;
    assert_non_null(strstr(found(searcher, nots), "error limit exceeded @"));
    free(nots);
}

static void test_hostile__ten_kilobytes_of_one_word(void **state)
{
    char *word = repeated("drill", 2048);
    (void)state;
    assert_string_equal(found(searcher, word), "");
    free(word);
}

static void test_hostile__ten_kilobytes_of_words(void **state)
{
    char *words = repeated("drill long ", 932);
    (void)state;
    assert_string_equal(found(searcher, words), "a/b.txt");
    free(words);
}

static void test_hostile__three_thousand_different_words(void **state)
{
    struct buffer query;
    struct search_request request;
    (void)state;
    buffer_init(&query, 1 << 20);
    for (int i = 0; i < 3000; i++) assert_int_equal(buffer_printf(&query, "wort%dx ", i * 7919 % 100003), OK);
    assert_int_equal(buffer_append_string(&query, "drill"), OK);
    search_request_init(&request);
    request.match = MATCH_ANY;
    struct search_response response = search_with(searcher, &request, query.data);
    assert_int_equal(response.total, 1); /* unknown words do not crowd out the one that is known */
    search_response_release(&response);
    request.match = MATCH_ALL;
    response = search_with(searcher, &request, query.data);
    assert_int_equal(response.total, 0);
    search_response_release(&response);
    request.match = MATCH_AUTO;
    response = search_with(searcher, &request, query.data);
    assert_int_equal(response.total, 1); /* of a text pasted in any word will do */
    search_response_release(&response);
    buffer_release(&query);
}

/* Of too many words the rarest that the index has are kept. */
static void test_hostile__the_telling_words_of_a_long_text_count(void **state)
{
    struct buffer query;
    (void)state;
    buffer_init(&query, 1 << 20);
    for (int i = 0; i < 600; i++) assert_int_equal(buffer_printf(&query, "officer met long nothing note "), OK);
    assert_string_equal(found_any(searcher, query.data), "a/b.txt plain");
    buffer_release(&query);
}

static void test_hostile__too_many_words_and_bytes_are_refused(void **state)
{
    char *words = repeated("ab OR ", 5000), *bytes = repeated("0123456789abcdef", 80000);
    (void)state;
    assert_non_null(strstr(found(searcher, words), "error limit exceeded @"));
    assert_non_null(strstr(found(searcher, bytes), "error limit exceeded @"));
    free(words);
    free(bytes);
}

static void test_hostile__nul_bytes_and_broken_characters(void **state)
{
    struct search_request request;
    struct search_response response;
    struct error error = {0};
    (void)state;
    search_request_init(&request);
    request.query = SPAN("dri\0ll \xFF\xFE drill\0");
    assert_int_equal(search_run(&response, searcher, &request, &error), OK);
    search_response_release(&response);
    request.query = SPAN("drill\0");
    assert_int_equal(search_run(&response, searcher, &request, &error), OK);
    assert_int_equal(response.total, 1);
    search_response_release(&response);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answer__has_the_document_s_fields_and_a_marked_snippet),
        cmocka_unit_test(test_answer__without_documents_has_ids_and_scores_alone),
        cmocka_unit_test(test_answer__is_the_same_with_and_without_snippets),
        cmocka_unit_test(test_answer__tells_what_was_guessed),
        cmocka_unit_test(test_hostile__a_thousand_parentheses_are_refused),
        cmocka_unit_test(test_hostile__nested_not_is_refused),
        cmocka_unit_test(test_hostile__ten_kilobytes_of_one_word),
        cmocka_unit_test(test_hostile__ten_kilobytes_of_words),
        cmocka_unit_test(test_hostile__three_thousand_different_words),
        cmocka_unit_test(test_hostile__the_telling_words_of_a_long_text_count),
        cmocka_unit_test(test_hostile__too_many_words_and_bytes_are_refused),
        cmocka_unit_test(test_hostile__nul_bytes_and_broken_characters),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
