/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "index_fixture.h"
#include "names_fixture.h"
#include "searcher/facets.h"
#include "searcher/name_query.h"

#include <string.h>

static const char *const records =
    "{\"id\": \"full\", \"text\": \"Visit of Fumio Kishida to Tokyo and Kyoto in 2014\"}\n"
    "{\"id\": \"part\", \"text\": \"Later Kishida left one two three four five six seven eight nine ten Tokyo\"}\n"
    "{\"id\": \"yuko\", \"text\": \"Yuko Kishida spoke for the alliance of nations in Geneva\"}\n"
    "{\"id\": \"perez\", \"text\": \"Pérez met the UNITED STATES delegation of Kishida voters\"}\n"
    "{\"id\": \"us\", \"text\": \"America first and Kishida unnamed herring\"}\n"
    "{\"id\": \"none\", \"text\": \"kishida noodles herring\"}\n";

static const struct fixture_name names[] = {
    {"full", NAME_PERSON, "Fumio Kishida", "fumio"},
    {"full", NAME_PLACE, "Tokyo", "tokyo"},
    {"full", NAME_PLACE, "Kyoto", "kyoto"},
    {"part", NAME_PERSON, "Fumio Kishida", "kishida"},
    {"part", NAME_PLACE, "Tokyo", "tokyo"},
    {"yuko", NAME_PERSON, "Yuko Kishida", "yuko"},
    {"yuko", NAME_ORGANIZATION, "Association of Southeast Asian Nations", "allianc"},
    {"yuko", NAME_PLACE, "Geneva", "geneva"},
    {"perez", NAME_PERSON, "P\xC3\xA9rez", "perez"},
    {"perez", NAME_PLACE, "UNITED STATES", "unit"},
    {"us", NAME_PLACE, "United States", "america"},
    {"us", NAME_PLACE, "united states", "america"}, /* two spellings in one document */
};

static struct searcher *searcher;

static int setup(void **state)
{
    folder_setup(state);
    make_index("names.db", records);
    put_names("names.db", names, sizeof names / sizeof *names);
    searcher = open_index("names.db");
    return 0;
}

static int teardown(void **state)
{
    searcher_free(searcher);
    return folder_teardown(state);
}

static void test_names__all_the_words_typed_in_any_order(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "person:kishida"), "full part yuko");
    assert_string_equal(found(searcher, "person:\"Fumio Kishida\""), "full part");
    assert_string_equal(found(searcher, "person:\"kishida fumio\""), "full part");
    assert_string_equal(found(searcher, "per:yuko"), "yuko");
    assert_string_equal(found(searcher, "person:kish"), "");
    assert_string_equal(found(searcher, "person:tokyo"), "");
    assert_string_equal(found(searcher, "loc:tokyo"), "full part");
}

static void test_names__case_and_marks_do_not_matter(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "person:perez"), "perez");
    assert_string_equal(found(searcher, "person:P\xC3\x89REZ"), "perez");
    assert_string_equal(found(searcher, "place:\"united states\""), "perez us");
}

static void test_names__exact_and_beginning(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "person:=kishida"), "");
    assert_string_equal(found(searcher, "person:=\"fumio kishida\""), "full part");
    assert_string_equal(found(searcher, "person:kish*"), "full part yuko");
    assert_string_equal(found(searcher, "person:fumi*"), "full part");
    assert_string_equal(found(searcher, "person:zzz*"), "");
}

static void test_names__an_alias_is_its_name(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "organization:asean"), "yuko");
    assert_string_equal(found(searcher, "org:\"Association of Southeast Asian Nations\""), "yuko");
    assert_string_equal(found(searcher, "place:U.S."), "perez us");
}

static void test_names__in_parentheses(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "person:(fumio kishida)"), "full part");
    assert_string_equal(found(searcher, "person:(fumio OR perez)"), "full part perez");
    assert_string_equal(found(searcher, "place:(tokyo AND kyoto)"), "full");
    assert_string_equal(found(searcher, "place:(tokyo kyoto)"), "full"); /* no place has both words */
    assert_string_equal(found(searcher, "place:(tokyo -kyoto)"), "part");
}

static void test_names__filter_and_do_not_score(void **state)
{
    struct search_request request;
    (void)state;
    search_request_init(&request);
    struct search_response response = search_with(searcher, &request, "person:kishida");
    for (size_t i = 0; i < response.hit_count; i++) assert_true(response.hits[i].score == 0);
    search_response_release(&response);
    assert_string_equal(found(searcher, "visit person:kishida"), "full");
    assert_string_equal(found(searcher, "herring -place:us"), "none");
    assert_string_equal(found_any(searcher, "noodles visit person:kishida"), "full");
}

static void test_names__near_each_other_and_near_words(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "person:kishida NEAR/10 place:tokyo"), "full");
    assert_string_equal(found(searcher, "person:kishida NEAR/30 place:tokyo"), "full part");
    assert_string_equal(found(searcher, "place:tokyo ADJ/5 person:kishida"), "");
    assert_string_equal(found(searcher, "person:kishida ADJ/5 place:tokyo"), "full");
    assert_string_equal(found(searcher, "visit NEAR/3 person:kishida"), "full");
    assert_string_equal(found(searcher, "place:(tokyo OR kyoto) NEAR/3 2014"), "full");
    assert_string_equal(found(searcher, "person:nobody NEAR/5 place:tokyo"), "");
}

static void test_names__are_marked_in_snippets(void **state)
{
    struct search_request request;
    char marked[256] = "";
    (void)state;
    search_request_init(&request);
    struct search_response response = search_with(searcher, &request, "person:fumio");
    assert_int_equal(response.hit_count, 2);
    for (size_t i = 0; i < response.hits[0].piece_count; i++)
        if (response.hits[0].pieces[i].mark)
            strncat(marked, response.hits[0].pieces[i].text.data, response.hits[0].pieces[i].text.length);
    assert_string_equal(marked, "Fumio Kishida");
    search_response_release(&response);
}

static void test_names__an_index_without_any_says_so(void **state)
{
    (void)state;
    make_index("plain.db", records);
    struct searcher *plain = open_index("plain.db");
    assert_string_equal(found(plain, "herring person:kishida"),
                        "error unsupported @8: this index has no names, so person: finds nothing (dossier retag "
                        "finds them)");
    searcher_free(plain);
}

static void test_names__of_each_hit(void **state)
{
    struct search_request request;
    (void)state;
    search_request_init(&request);
    struct search_response response = search_with(searcher, &request, "kyoto");
    assert_int_equal(response.hit_count, 1);
    const struct hit *hit = &response.hits[0];
    assert_int_equal(hit->names[NAME_ORGANIZATION].count, 0);
    assert_int_equal(hit->names[NAME_PERSON].count, 1);
    assert_true(span_equal(hit->names[NAME_PERSON].items[0], SPAN("Fumio Kishida")));
    assert_int_equal(hit->names[NAME_PLACE].count, 2);
    assert_true(span_equal(hit->names[NAME_PLACE].items[1], SPAN("Kyoto")));
    search_response_release(&response);
}

/* `place 3: Tokyo=2 …` */
static const char *counted(enum facet_kind kind, const char *query, const struct filter *filters, size_t filter_count)
{
    static char text[1024];
    struct search_request request;
    const struct facet_request facet = {.kind = kind, .values = 10};
    search_request_init(&request);
    request.facets = &facet;
    request.facet_count = 1;
    request.filters = filters;
    request.filter_count = filter_count;
    struct search_response response = search_with(searcher, &request, query);
    size_t length = (size_t)snprintf(text, sizeof text, "%zu:", response.facets[0].distinct);
    for (size_t i = 0; i < response.facets[0].value_count; i++) {
        const struct facet_value *value = &response.facets[0].values[i];
        length += (size_t)snprintf(text + length, sizeof text - length, " %.*s=%u", (int)value->value.length,
                                   value->value.data, (unsigned)value->count);
    }
    search_response_release(&response);
    return text;
}

static void test_facets__of_names_are_split_and_merged_by_key(void **state)
{
    (void)state;
    assert_string_equal(counted(FACET_PLACE, "", NULL, 0), "4: Tokyo=2 united states=2 Geneva=1 Kyoto=1");
    assert_string_equal(counted(FACET_PERSON, "", NULL, 0), "3: Fumio Kishida=2 P\xC3\xA9rez=1 Yuko Kishida=1");
    assert_string_equal(counted(FACET_ORGANIZATION, "herring", NULL, 0), "0:");
}

static void test_facets__a_click_on_a_name_gives_its_count(void **state)
{
    static const enum facet_kind kinds[] = {FACET_ORGANIZATION, FACET_PERSON, FACET_PLACE};
    static const char *const queries[] = {"", "kishida", "herring"};
    struct search_request request;
    size_t clicks = 0;
    (void)state;
    for (size_t k = 0; k < 3; k++)
        for (size_t q = 0; q < 3; q++) {
            const struct facet_request facet = {.kind = kinds[k], .values = 100};
            search_request_init(&request);
            request.facets = &facet;
            request.facet_count = 1;
            struct search_response all = search_with(searcher, &request, queries[q]);
            for (size_t i = 0; i < all.facets[0].value_count; i++, clicks++) {
                const struct filter filter = {kinds[k], all.facets[0].values[i].value};
                struct search_request click;
                search_request_init(&click);
                click.filters = &filter;
                click.filter_count = 1;
                struct search_response clicked = search_with(searcher, &click, queries[q]);
                assert_int_equal(clicked.total, all.facets[0].values[i].count);
                search_response_release(&clicked);
            }
            search_response_release(&all);
        }
    assert_int_equal(clicks, 17); /* 8 values twice, and one beside the herring */
}

static void test_facets__of_names_keep_their_other_values_under_their_own_filter(void **state)
{
    const struct filter filters[] = {{FACET_PERSON, SPAN("fumio KISHIDA")}, {FACET_PLACE, SPAN("Kyoto")}};
    const struct filter nothing = {FACET_PERSON, SPAN("...")};
    (void)state;
    assert_string_equal(counted(FACET_PERSON, "", filters, 1), "3: Fumio Kishida=2 P\xC3\xA9rez=1 Yuko Kishida=1");
    assert_string_equal(counted(FACET_PLACE, "", filters, 1), "2: Tokyo=2 Kyoto=1");
    assert_string_equal(counted(FACET_PERSON, "", filters, 2), "1: Fumio Kishida=1");
    assert_string_equal(counted(FACET_PLACE, "", &nothing, 1), "0:");
}

static void test_resolve__gives_the_most_frequent_names_first(void **state)
{
    struct arena arena;
    struct analyser *analyser;
    struct name_matches matches;
    struct error error;
    (void)state;
    arena_init(&arena, 1 << 20);
    assert_int_equal(analyser_new(&analyser), OK);
    const struct vocabulary vocabulary = {.reader = searcher_reader(searcher), .analyser = analyser};
    assert_int_equal(names_resolve(&matches, &arena, &vocabulary, NAME_PERSON, SPAN("Kishida"), NAME_HAS_WORDS, &error),
                     OK);
    assert_int_equal(matches.count, 2);
    assert_int_equal(matches.total, 2);
    assert_true(span_equal(matches.items[0].key, SPAN("fumio kishida")));
    assert_int_equal(matches.items[0].documents, 2);
    assert_true(span_equal(matches.items[1].key, SPAN("yuko kishida")));
    assert_int_equal(names_resolve(&matches, &arena, &vocabulary, NAME_PERSON, SPAN("..."), NAME_HAS_WORDS, &error),
                     OK);
    assert_int_equal(matches.count, 0);
    analyser_free(analyser);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names__all_the_words_typed_in_any_order),
        cmocka_unit_test(test_names__case_and_marks_do_not_matter),
        cmocka_unit_test(test_names__exact_and_beginning),
        cmocka_unit_test(test_names__an_alias_is_its_name),
        cmocka_unit_test(test_names__in_parentheses),
        cmocka_unit_test(test_names__filter_and_do_not_score),
        cmocka_unit_test(test_names__near_each_other_and_near_words),
        cmocka_unit_test(test_names__are_marked_in_snippets),
        cmocka_unit_test(test_names__an_index_without_any_says_so),
        cmocka_unit_test(test_names__of_each_hit),
        cmocka_unit_test(test_facets__of_names_are_split_and_merged_by_key),
        cmocka_unit_test(test_facets__a_click_on_a_name_gives_its_count),
        cmocka_unit_test(test_facets__of_names_keep_their_other_values_under_their_own_filter),
        cmocka_unit_test(test_resolve__gives_the_most_frequent_names_first),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
