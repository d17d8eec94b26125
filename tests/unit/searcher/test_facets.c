/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "index_fixture.h"
#include "searcher/facets.h"

#include <string.h>

static const char *const records =
    "{\"id\": \"1\", \"text\": \"police one\", \"date\": \"2014-10-07\", \"source\": \"Daily Wire\"}\n"
    "{\"id\": \"2\", \"text\": \"police two\", \"date\": \"2014-12-31\", \"source\": \"DAILY WIRE\"}\n"
    "{\"id\": \"3\", \"text\": \"police three\", \"date\": \"2015-01-01\", \"source\": \"Daily Wire\"}\n"
    "{\"id\": \"4\", \"text\": \"police four\", \"date\": \"2015-01-01\", \"source\": \"Le Courrier Élysée\"}\n"
    "{\"id\": \"5\", \"text\": \"Polizei police\", \"source\": \"Bote\", \"language\": \"de\"}\n"
    "{\"id\": \"6\", \"text\": \"herring\", \"date\": \"2016-03-03\", \"source\": \"Fish\"}\n";

static struct searcher *searcher;

static int setup(void **state)
{
    folder_setup(state);
    make_index("facets.db", records);
    searcher = open_index("facets.db");
    return 0;
}

static int teardown(void **state)
{
    searcher_free(searcher);
    return folder_teardown(state);
}

static const struct facet_request all_facets[] = {{.kind = FACET_YEAR, .values = 10},
                                                  {.kind = FACET_SOURCE, .values = 10},
                                                  {.kind = FACET_LANGUAGE, .values = 10},
                                                  {.kind = FACET_TYPE, .values = 10}};

/* One line a facet: `year 3: 2015 2, 2014 2`. */
static const char *counted(const char *query, const struct facet_request *facets, size_t count,
                           const struct filter *filters, size_t filter_count, enum match_mode match)
{
    static char text[2048];
    struct search_request request;
    search_request_init(&request);
    request.match = match;
    request.facets = facets;
    request.facet_count = count;
    request.filters = filters;
    request.filter_count = filter_count;
    struct search_response response = search_with(searcher, &request, query);
    size_t length = (size_t)snprintf(text, sizeof text, "%d", (int)response.total);
    assert_true(response.exact);
    assert_int_equal(response.facet_count, count);
    for (size_t i = 0; i < count; i++) {
        const struct facet *facet = &response.facets[i];
        assert_int_equal(facet->kind, facets[i].kind);
        length += (size_t)snprintf(text + length, sizeof text - length, " | %s %zu:", facet_kinds[facet->kind].name,
                                   facet->distinct);
        for (size_t k = 0; k < facet->value_count; k++)
            length +=
                (size_t)snprintf(text + length, sizeof text - length, " %.*s=%u", (int)facet->values[k].value.length,
                                 facet->values[k].value.data, (unsigned)facet->values[k].count);
    }
    search_response_release(&response);
    return text;
}

static void test_facets__count_every_match(void **state)
{
    (void)state;
    assert_string_equal(counted("police", all_facets, 4, NULL, 0, MATCH_ALL),
                        "5 | year 2: 2014=2 2015=2 | source 3: Daily Wire=3 Bote=1 Le Courrier Élysée=1"
                        " | language 2: en=4 de=1 | type 1: jsonl=5");
}

static void test_facets__list_the_most_frequent_and_say_how_many_there_are(void **state)
{
    static const struct facet_request facets[] = {{.kind = FACET_SOURCE, .values = 1},
                                                  {.kind = FACET_YEAR, .values = 0}};
    (void)state;
    assert_string_equal(counted("", facets, 2, NULL, 0, MATCH_ALL), "6 | source 4: Daily Wire=3 | year 3:");
}

static void test_facets__count_months_and_days(void **state)
{
    static const struct facet_request facets[] = {{.kind = FACET_MONTH, .values = 10},
                                                  {.kind = FACET_DAY, .values = 2}};
    (void)state;
    assert_string_equal(counted("police", facets, 2, NULL, 0, MATCH_ALL),
                        "5 | month 3: 2015-01=2 2014-10=1 2014-12=1 | day 3: 2015-01-01=2 2014-10-07=1");
}

static void test_facets__draw_a_histogram_at_the_finest_grain_that_fits(void **state)
{
    static const struct {
        size_t bars;
        enum facet_kind grain;
        const char *shown;
    } cases[] = {
        /* 7 October 2014 to 1 January 2015: 87 days, 4 months, 2 years. */
        {87, FACET_DAY, "5 | date 3: 2014-10-07=1 2014-12-31=1 2015-01-01=2"},
        {86, FACET_MONTH, "5 | date 3: 2014-10=1 2014-12=1 2015-01=2"},
        {4, FACET_MONTH, "5 | date 3: 2014-10=1 2014-12=1 2015-01=2"},
        {3, FACET_YEAR, "5 | date 2: 2014=2 2015=2"},
        {1, FACET_YEAR, "5 | date 2: 2014=2"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct facet_request facet = {.kind = FACET_DATE, .values = cases[i].bars};
        assert_string_equal(counted("police", &facet, 1, NULL, 0, MATCH_ALL), cases[i].shown);
        struct search_request request;
        search_request_init(&request);
        request.facets = &facet;
        request.facet_count = 1;
        struct search_response response = search_with(searcher, &request, "police");
        assert_int_equal(response.facets[0].grain, cases[i].grain);
        search_response_release(&response);
    }
    const struct facet_request facet = {.kind = FACET_DATE, .values = 40};
    assert_string_equal(counted("zebra", &facet, 1, NULL, 0, MATCH_ALL), "0 | date 0:");
}

static void test_facets__are_searched_inside_without_regard_to_case_and_marks(void **state)
{
    static const struct {
        const char *text, *shown;
    } cases[] = {
        {"wire", "6 | source 1: Daily Wire=3"},
        {"ELYSEE", "6 | source 1: Le Courrier Élysée=1"},
        {"élysée", "6 | source 1: Le Courrier Élysée=1"},
        {"i", "6 | source 3: Daily Wire=3 Fish=1"},
        {"courrier  el", "6 | source 1: Le Courrier Élysée=1"},
        {"zebra", "6 | source 0:"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct facet_request facet = {.kind = FACET_SOURCE, .values = 2, .containing = span_of(cases[i].text)};
        assert_string_equal(counted("", &facet, 1, NULL, 0, MATCH_ALL), cases[i].shown);
    }
    const struct facet_request facet = {.kind = FACET_DATE, .values = 40, .containing = SPAN("-12")};
    assert_string_equal(counted("police", &facet, 1, NULL, 0, MATCH_ALL), "5 | date 1: 2014-12=1");
}

static void test_facets__of_no_match_are_empty(void **state)
{
    (void)state;
    assert_string_equal(counted("zebra", all_facets, 4, NULL, 0, MATCH_ALL),
                        "0 | year 0: | source 0: | language 0: | type 0:");
}

static void test_facets__count_what_relaxing_found(void **state)
{
    static const struct facet_request facets[] = {{.kind = FACET_LANGUAGE, .values = 5}};
    (void)state;
    assert_string_equal(counted("polizei herring", facets, 1, NULL, 0, MATCH_AUTO), "2 | language 2: de=1 en=1");
}

static void test_facets__do_not_hang_on_the_page_or_the_order(void **state)
{
    static const struct facet_request facets[] = {{.kind = FACET_YEAR, .values = 5}};
    struct search_request request;
    (void)state;
    for (int sort = SORT_RELEVANCE; sort <= SORT_OLDEST; sort++)
        for (size_t offset = 0; offset < 8; offset += 2) {
            search_request_init(&request);
            request.facets = facets;
            request.facet_count = 1;
            request.sort = (enum sort_order)sort;
            request.offset = offset;
            request.count = 1;
            struct search_response response = search_with(searcher, &request, "police");
            assert_int_equal(response.total, 5);
            assert_int_equal(response.facets[0].distinct, 2);
            assert_int_equal(response.facets[0].values[0].count, 2);
            assert_int_equal(response.facets[0].values[1].count, 2);
            search_response_release(&response);
        }
}

static void test_filters__keep_the_values_given(void **state)
{
    const struct filter year = {FACET_YEAR, SPAN("2015")};
    const struct filter source = {FACET_SOURCE, SPAN("daily wire")};
    const struct filter folded = {FACET_SOURCE, SPAN("LE COURRIER elysee")};
    (void)state;
    assert_string_equal(counted("police", NULL, 0, &year, 1, MATCH_ALL), "2");
    assert_string_equal(counted("police", NULL, 0, &source, 1, MATCH_ALL), "3");
    assert_string_equal(counted("police", NULL, 0, &folded, 1, MATCH_ALL), "1");
    assert_string_equal(counted("police", NULL, 0, (struct filter[]){year, source}, 2, MATCH_ALL), "1");
}

static void test_filters__of_dates_take_what_a_histogram_shows(void **state)
{
    static const struct {
        enum facet_kind kind;
        const char *value, *total;
    } cases[] = {
        {FACET_DATE, "2014", "2"},    {FACET_DATE, "2014-12", "1"},     {FACET_DATE, "2015-01-01", "2"},
        {FACET_DATE, "none", "1"},    {FACET_MONTH, "2015-01", "2"},    {FACET_DAY, "2015-01-01", "2"},
        {FACET_YEAR, "2014", "2"},    {FACET_YEAR, "2014-12", "0"},     {FACET_MONTH, "2014", "0"},
        {FACET_DAY, "none", "0"},     {FACET_DATE, "201412", "0"},      {FACET_DATE, "2014-1", "0"},
        {FACET_DATE, "2014/12", "0"}, {FACET_DATE, "2014-12-311", "0"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct filter filter = {cases[i].kind, span_of(cases[i].value)};
        assert_string_equal(counted("police", NULL, 0, &filter, 1, MATCH_ALL), cases[i].total);
    }
}

static void test_filters__do_not_change_what_is_relaxed(void **state)
{
    static const struct facet_request facets[] = {{.kind = FACET_LANGUAGE, .values = 5}};
    const struct filter german = {FACET_LANGUAGE, SPAN("de")}, english = {FACET_LANGUAGE, SPAN("en")};
    (void)state;
    /* One document has both words, and it is German: what counts for English does not become "any of the words". */
    assert_string_equal(counted("polizei police", facets, 1, &german, 1, MATCH_AUTO), "1 | language 1: de=1");
    assert_string_equal(counted("polizei police", facets, 1, &english, 1, MATCH_AUTO), "0 | language 1: de=1");
}

static void test_filters__of_one_kind_are_alternatives_and_leave_their_facet_whole(void **state)
{
    static const struct facet_request facets[] = {{.kind = FACET_YEAR, .values = 5},
                                                  {.kind = FACET_SOURCE, .values = 5}};
    const struct filter filters[] = {{FACET_YEAR, SPAN("2014")}, {FACET_YEAR, SPAN("2016")}};
    (void)state;
    assert_string_equal(counted("", facets, 2, filters, 1, MATCH_ALL),
                        "2 | year 3: 2014=2 2015=2 2016=1 | source 1: Daily Wire=2");
    assert_string_equal(counted("", facets, 2, filters, 2, MATCH_ALL),
                        "3 | year 3: 2014=2 2015=2 2016=1 | source 2: Daily Wire=2 Fish=1");
}

static void test_filters__of_another_kind_narrow_a_facet(void **state)
{
    static const struct facet_request facets[] = {{.kind = FACET_YEAR, .values = 5},
                                                  {.kind = FACET_SOURCE, .values = 5}};
    const struct filter filters[] = {{FACET_YEAR, SPAN("2015")}, {FACET_SOURCE, SPAN("Daily Wire")}};
    (void)state;
    assert_string_equal(counted("", facets, 2, filters, 2, MATCH_ALL),
                        "1 | year 2: 2014=2 2015=1 | source 2: Daily Wire=1 Le Courrier Élysée=1");
}

static void test_filters__that_nothing_has_leave_the_other_values_on_offer(void **state)
{
    static const struct facet_request facets[] = {{.kind = FACET_YEAR, .values = 5}};
    const struct filter filter = {FACET_YEAR, SPAN("1999")};
    const struct filter empty = {FACET_YEAR, SPAN("")};
    (void)state;
    assert_string_equal(counted("police", facets, 1, &filter, 1, MATCH_ALL), "0 | year 2: 2014=2 2015=2");
    assert_string_equal(counted("police", facets, 1, &empty, 1, MATCH_ALL), "0 | year 2: 2014=2 2015=2");
}

static void test_filters__do_not_score(void **state)
{
    struct search_request request;
    const struct filter filter = {FACET_YEAR, SPAN("2014")};
    (void)state;
    search_request_init(&request);
    struct search_response whole = search_with(searcher, &request, "two");
    double score = whole.hits[0].score;
    search_response_release(&whole);
    request.filters = &filter;
    request.filter_count = 1;
    struct search_response filtered = search_with(searcher, &request, "two");
    assert_int_equal(filtered.hit_count, 1);
    assert_true(filtered.hits[0].score == score);
    search_response_release(&filtered);
}

static void test_filters__and_facets_have_a_limit(void **state)
{
    struct filter filters[FILTERS_MAX + 1];
    struct facet_request facets[FACETS_MAX + 1];
    struct search_request request;
    (void)state;
    for (int i = 0; i <= FILTERS_MAX; i++) filters[i] = (struct filter){FACET_YEAR, SPAN("2014")};
    for (int i = 0; i <= FACETS_MAX; i++) facets[i] = (struct facet_request){.kind = FACET_YEAR, .values = 1};
    search_request_init(&request);
    request.filters = filters;
    request.filter_count = FILTERS_MAX;
    request.facets = facets;
    request.facet_count = FACETS_MAX;
    assert_string_equal(hits_with(searcher, &request, "two"), "2");
    request.filter_count = FILTERS_MAX + 1;
    assert_string_equal(hits_with(searcher, &request, "two"),
                        "error limit exceeded @-1: at most 16 facets and 64 filters");
    request.filter_count = 0;
    request.facet_count = FACETS_MAX + 1;
    assert_string_equal(hits_with(searcher, &request, "two"),
                        "error limit exceeded @-1: at most 16 facets and 64 filters");
}

static void test_facets__are_found_by_name(void **state)
{
    (void)state;
    for (int kind = 0; kind < FACET_COUNT; kind++) assert_int_equal(facet_named(span_of(facet_kinds[kind].name)), kind);
    assert_int_equal(facet_named(SPAN("colour")), FACET_COUNT);
    assert_int_equal(facet_named(SPAN("")), FACET_COUNT);
    assert_int_equal(facet_named(SPAN("years")), FACET_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facets__count_every_match),
        cmocka_unit_test(test_facets__list_the_most_frequent_and_say_how_many_there_are),
        cmocka_unit_test(test_facets__count_months_and_days),
        cmocka_unit_test(test_facets__draw_a_histogram_at_the_finest_grain_that_fits),
        cmocka_unit_test(test_facets__are_searched_inside_without_regard_to_case_and_marks),
        cmocka_unit_test(test_filters__of_dates_take_what_a_histogram_shows),
        cmocka_unit_test(test_filters__do_not_change_what_is_relaxed),
        cmocka_unit_test(test_facets__of_no_match_are_empty),
        cmocka_unit_test(test_facets__count_what_relaxing_found),
        cmocka_unit_test(test_facets__do_not_hang_on_the_page_or_the_order),
        cmocka_unit_test(test_filters__keep_the_values_given),
        cmocka_unit_test(test_filters__of_one_kind_are_alternatives_and_leave_their_facet_whole),
        cmocka_unit_test(test_filters__of_another_kind_narrow_a_facet),
        cmocka_unit_test(test_filters__that_nothing_has_leave_the_other_values_on_offer),
        cmocka_unit_test(test_filters__do_not_score),
        cmocka_unit_test(test_filters__and_facets_have_a_limit),
        cmocka_unit_test(test_facets__are_found_by_name),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
