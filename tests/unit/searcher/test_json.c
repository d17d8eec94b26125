/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "index_fixture.h"
#include "searcher/json.h"

#include <stdlib.h>
#include <string.h>

static char *dumped(json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_REAL_PRECISION(9));
    json_decref(value);
    assert_non_null(text);
    return text;
}

static void assert_json(json_t *value, const char *expected)
{
    char *text = dumped(value);
    assert_string_equal(text, expected);
    free(text);
}

static const struct snippet_piece pieces[] = {{{"\xE2\x80\xA6 a ", 6}, false}, {{"drill", 5}, true}};
static const struct facet_value values[] = {{{"2014", 4}, 9}, {{"2013", 4}, 1}};
static const struct facet facets[] = {
    {.kind = FACET_YEAR, .distinct = 31, .values = values, .value_count = 2, .grain = FACET_YEAR},
    {.kind = FACET_SOURCE},
    {.kind = FACET_DATE,
     .distinct = 2,
     .values = values,
     .value_count = 1,
     .grain = FACET_YEAR,
     .containing = {"4", 1}}};
static const struct search_notice notices[] = {{6, {"a quote has no partner", 22}}};

static struct hit sample_hit(void)
{
    struct hit hit = {.rank = 1, .score = 7.5, .id = SPAN("a.txt"), .pieces = pieces, .piece_count = 2};
    hit.field[RECORD_ID] = SPAN("a.txt");
    hit.field[RECORD_TITLE] = SPAN("Plan \"B\"");
    hit.field[RECORD_DATE] = SPAN("2014-10-08");
    hit.field[RECORD_LANGUAGE] = SPAN("en");
    return hit;
}

static void test_json__a_hit_has_null_for_what_is_not_known(void **state)
{
    const struct span people[] = {SPAN("Kim Dae-jung"), SPAN("Abe")};
    struct hit hit = sample_hit();
    (void)state;
    hit.names[NAME_PERSON] = (struct hit_names){people, 2};
    assert_json(json_of_hit(&hit, true),
                "{\"rank\":1,\"score\":7.5,\"id\":\"a.txt\",\"title\":\"Plan \\\"B\\\"\",\"date\":\"2014-10-08\","
                "\"source\":null,\"author\":null,\"path\":null,\"url\":null,\"language\":\"en\",\"type\":null,"
                "\"snippet\":[{\"text\":\"\xE2\x80\xA6 a \",\"mark\":false},{\"text\":\"drill\",\"mark\":true}],"
                "\"organization\":[],\"person\":[\"Kim Dae-jung\",\"Abe\"],\"place\":[]}");
}

static void test_json__without_snippets_a_hit_has_none(void **state)
{
    struct hit hit = {.rank = 12, .score = 0, .id = SPAN("x")};
    (void)state;
    assert_json(
        json_of_hit(&hit, false),
        "{\"rank\":12,\"score\":0.0,\"id\":\"x\",\"title\":null,\"date\":null,\"source\":null,\"author\":null,"
        "\"path\":null,\"url\":null,\"language\":null,\"type\":null,\"organization\":[],\"person\":[],\"place\":[]}");
}

static void test_json__an_answer_has_every_key_of_the_interface(void **state)
{
    struct search_request request;
    struct hit hit = sample_hit();
    (void)state;
    search_request_init(&request);
    request.query = SPAN("dril \"b");
    request.offset = 20;
    struct search_response response = {.understood = SPAN("dril b"),
                                       .did_you_mean = SPAN("drill \"b"),
                                       .relaxed = true,
                                       .total = 21,
                                       .exact = true,
                                       .seconds = 0.002,
                                       .notices = notices,
                                       .notice_count = 1,
                                       .hits = &hit,
                                       .hit_count = 1,
                                       .facets = facets,
                                       .facet_count = 3};
    char *text = dumped(json_of_response(&request, &response));
    const char *begin =
        "{\"schema_version\":1,\"query\":\"dril \\\"b\",\"understood\":\"dril b\",\"total\":21,\"exact\":true,"
        "\"offset\":20,\"seconds\":0.002,\"did_you_mean\":\"drill \\\"b\",\"corrected\":false,\"relaxed\":true,"
        "\"notices\":[{\"position\":6,\"text\":\"a quote has no partner\"}],\"hits\":[{\"rank\":1,";
    const char *end = "\"organization\":[],\"person\":[],\"place\":[]}],\"facets\":{\"year\":{\"distinct\":31,"
                      "\"values\":[{\"value\":\"2014\",\"count\":9},"
                      "{\"value\":\"2013\",\"count\":1}]},\"source\":{\"distinct\":0,\"values\":[]},"
                      "\"date\":{\"distinct\":2,\"grain\":\"year\",\"containing\":\"4\",\"values\":"
                      "[{\"value\":\"2014\",\"count\":9}]}}}";
    assert_memory_equal(text, begin, strlen(begin));
    assert_true(strlen(text) > strlen(end));
    assert_string_equal(text + strlen(text) - strlen(end), end);
    free(text);
}

static void test_json__an_empty_answer_has_them_too(void **state)
{
    struct search_request request;
    struct search_response response = {.exact = true};
    (void)state;
    search_request_init(&request);
    assert_json(json_of_response(&request, &response),
                "{\"schema_version\":1,\"query\":\"\",\"understood\":\"\",\"total\":0,\"exact\":true,\"offset\":0,"
                "\"seconds\":0.0,\"did_you_mean\":null,\"corrected\":false,\"relaxed\":false,\"notices\":[],\"hits\":[],\"facets\":{}}");
}

static void test_json__text_keeps_nuls_and_repairs_broken_bytes(void **state)
{
    (void)state;
    assert_json(json_pack("[o]", json_of_text(SPAN("a\0b"))), "[\"a\\u0000b\"]");
    assert_json(json_pack("[o]", json_of_text(SPAN("a\xFF\xC3"))), "[\"a\xEF\xBF\xBD\xEF\xBF\xBD\"]");
    assert_json(json_pack("[o]", json_of_text(SPAN("\xED\xA0\x80"))), "[\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"]");
    assert_json(json_pack("[o]", json_of_text((struct span){NULL, 0})), "[\"\"]");
    assert_json(json_pack("[o]", json_of_text_or_null((struct span){NULL, 0})), "[null]");
    assert_json(json_pack("[o]", json_of_text_or_null(SPAN("x"))), "[\"x\"]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json__a_hit_has_null_for_what_is_not_known),
        cmocka_unit_test(test_json__without_snippets_a_hit_has_none),
        cmocka_unit_test(test_json__an_answer_has_every_key_of_the_interface),
        cmocka_unit_test(test_json__an_empty_answer_has_them_too),
        cmocka_unit_test(test_json__text_keeps_nuls_and_repairs_broken_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
