/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "index_fixture.h"
#include "searcher/rank.h"
#include "xapian-c/xapian-c.h"

#include <stdlib.h>
#include <string.h>

static bool is_offered(const struct xc_scheme *scheme)
{
    struct ranking ranking;
    return ranking_parse(&ranking, span_of(scheme->name), NULL) == OK;
}

static const char *printed(const struct ranking *ranking)
{
    static char text[512];
    struct buffer out;
    buffer_init(&out, sizeof text);
    assert_int_equal(ranking_print(&out, ranking), OK);
    snprintf(text, sizeof text, "%s", out.data);
    buffer_release(&out);
    return text;
}

static const char *parsed(const char *text)
{
    static struct error error;
    struct ranking ranking;
    enum status status = ranking_parse(&ranking, span_of(text), &error);
    if (!status) return printed(&ranking);
    assert_int_equal(status, INVALID);
    return error.message;
}

/* It finds nothing for a word that stands more often in the index than there are documents. */
static void test_ranking__ifb2_is_not_offered(void **state)
{
    (void)state;
    assert_non_null(strstr(parsed("ifb2"), "unknown ranking scheme 'ifb2'"));
    assert_null(strstr(parsed("x"), "ifb2"));
}

static void test_ranking__default_is_ineb2(void **state)
{
    struct ranking ranking;
    (void)state;
    ranking_default(&ranking);
    assert_string_equal(printed(&ranking), "ineb2:c=1");
}

static void test_ranking__given_parameters_replace_defaults(void **state)
{
    (void)state;
    assert_string_equal(parsed("bm25"), "bm25:k1=1,k2=0,k3=1,b=0.5,min_normlen=0.5");
    assert_string_equal(parsed(" bm25:b=0.75, k1 = 1.2 "), "bm25:k1=1.2,k2=0,k3=1,b=0.75,min_normlen=0.5");
    assert_string_equal(parsed("ineb2:c=2,c=3"), "ineb2:c=3");
    assert_string_equal(parsed("bm25:"), "bm25:k1=1,k2=0,k3=1,b=0.5,min_normlen=0.5");
}

static void test_ranking__keeps_a_variant(void **state)
{
    (void)state;
    assert_string_equal(parsed("tfidf"), "tfidf");
    assert_string_equal(parsed("tfidf:variant=bpn"), "tfidf:variant=bpn");
}

static void test_ranking__what_is_printed_is_read_again(void **state)
{
    size_t count;
    const struct xc_scheme *schemes = xc_schemes(&count);
    (void)state;
    assert_true(count >= 5);
    for (size_t i = 0; i < count; i++) {
        char first[512];
        if (!is_offered(&schemes[i])) continue;
        snprintf(first, sizeof first, "%s", parsed(schemes[i].name));
        assert_string_equal(parsed(first), first);
    }
}

static void test_ranking__mistakes_say_what_there_is(void **state)
{
    (void)state;
    assert_non_null(strstr(parsed("okapi"), "unknown ranking scheme 'okapi' (there are: bm25, "));
    assert_non_null(strstr(parsed(""), "unknown ranking scheme ''"));
    assert_non_null(strstr(parsed(":k1=1"), "unknown ranking scheme ''"));
    assert_string_equal(parsed("ineb2:k=1"), "scheme 'ineb2' has no parameter 'k' (it has: c=1)");
    assert_string_equal(parsed("bm25:k1"), "'k1' is not of the form parameter=value (such as bm25:k1=1.2,b=0.75)");
    assert_string_equal(parsed("bm25:,k1=1"), "'' is not of the form parameter=value (such as bm25:k1=1.2,b=0.75)");
    assert_string_equal(parsed("bm25:k1="), "'' is not a number, for parameter k1 of scheme 'bm25'");
    assert_string_equal(parsed("bm25:k1=much"), "'much' is not a number, for parameter k1 of scheme 'bm25'");
    assert_string_equal(parsed("bm25:k1=nan"), "'nan' is not a number, for parameter k1 of scheme 'bm25'");
    assert_string_equal(parsed("bm25:b=2"), "parameter b of scheme 'bm25' lies between 0 and 1, not at 2");
    assert_string_equal(parsed("tfidf:variant=12345678901234567890123456789012"),
                        "variant '12345678901234567890123456789012' of scheme 'tfidf' is too long");
}

static void test_ranking__a_mistake_leaves_the_ranking_alone(void **state)
{
    struct ranking ranking;
    (void)state;
    ranking_default(&ranking);
    assert_int_equal(ranking_parse(&ranking, SPAN("bm25:b=2"), NULL), INVALID);
    assert_string_equal(printed(&ranking), "ineb2:c=1");
}

static void test_ranking__list_has_a_line_for_each_scheme(void **state)
{
    char *text = NULL;
    size_t size, count;
    const struct xc_scheme *schemes = xc_schemes(&count);
    FILE *out = open_memstream(&text, &size);
    (void)state;
    ranking_list(out);
    fclose(out);
    for (size_t i = 0; i < count; i++) {
        char line[128];
        if (!is_offered(&schemes[i])) continue;
        snprintf(line, sizeof line, "  %-10s %s\n", schemes[i].name, schemes[i].help);
        assert_non_null(strstr(text, line));
    }
    free(text);
}

static void test_ranking__an_unknown_variant_is_an_error_of_the_query(void **state)
{
    struct search_request request;
    (void)state;
    make_index("rank.db", "{\"id\": \"a\", \"text\": \"whale\"}\n");
    struct searcher *searcher = open_index("rank.db");
    search_request_init(&request);
    assert_int_equal(ranking_parse(&request.ranking, SPAN("tfidf:variant=zzz"), NULL), OK);
    assert_string_equal(
        hits_with(searcher, &request, "whale"),
        "error invalid input @-1: scheme 'tfidf' has no variant 'zzz' (three letters: wdf n, b, s, l or "
        "L; rarity n, t, p, f or s; weight n; by default ntn)");
    assert_int_equal(ranking_parse(&request.ranking, SPAN("tfidf:variant=bpn"), NULL), OK);
    assert_string_equal(hits_with(searcher, &request, "whale"), "a");
    searcher_free(searcher);
}

static void test_ranking__every_scheme_of_the_table_ranks(void **state)
{
    size_t count;
    const struct xc_scheme *schemes = xc_schemes(&count);
    struct search_request request;
    (void)state;
    make_index("rank.db", "{\"id\": \"once\", \"text\": \"whale of a time in a long text about something else\"}\n"
                          "{\"id\": \"often\", \"text\": \"whale whale whale\"}\n"
                          "{\"id\": \"never\", \"text\": \"herring\"}\n");
    struct searcher *searcher = open_index("rank.db");
    for (size_t i = 0; i < count; i++) {
        if (!is_offered(&schemes[i])) continue;
        search_request_init(&request);
        assert_int_equal(ranking_parse(&request.ranking, span_of(schemes[i].name), NULL), OK);
        const char *hits = hits_with(searcher, &request, "whale");
        if (strcmp(hits, "often once") != 0 && strcmp(hits, "once often") != 0)
            fail_msg("%s: %s", schemes[i].name, hits);
    }
    searcher_free(searcher);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranking__ifb2_is_not_offered),
        cmocka_unit_test(test_ranking__default_is_ineb2),
        cmocka_unit_test(test_ranking__given_parameters_replace_defaults),
        cmocka_unit_test(test_ranking__keeps_a_variant),
        cmocka_unit_test(test_ranking__what_is_printed_is_read_again),
        cmocka_unit_test(test_ranking__mistakes_say_what_there_is),
        cmocka_unit_test(test_ranking__a_mistake_leaves_the_ranking_alone),
        cmocka_unit_test(test_ranking__list_has_a_line_for_each_scheme),
        cmocka_unit_test(test_ranking__an_unknown_variant_is_an_error_of_the_query),
        cmocka_unit_test(test_ranking__every_scheme_of_the_table_ranks),
    };
    return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
