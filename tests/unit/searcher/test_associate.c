/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "index_fixture.h"
#include "names_fixture.h"
#include "searcher/associate.h"

#include <math.h>
#include <string.h>

static const char *const records =
    "{\"id\": \"a\", \"text\": \"Abe in Tokyo with Kim, Abe said\", \"date\": \"2014-10-07\"}\n"
    "{\"id\": \"b\", \"text\": \"Abe in Tokyo\", \"date\": \"2014-10-30\"}\n"
    "{\"id\": \"c\", \"text\": \"Kim in Seoul and Tokyo\", \"date\": \"2014-11-01\"}\n"
    "{\"id\": \"d\", \"text\": \"Abe alone\"}\n"
    "{\"id\": \"e\", \"text\": \"herring\"}\n"
    "{\"id\": \"f\", \"text\": \"Seoul herring\"}\n";

static const struct fixture_name names[] = {
    {"a", NAME_PERSON, "Abe", "abe"},    {"a", NAME_PERSON, "Kim", "kim"},    {"a", NAME_PLACE, "Tokyo", "tokyo"},
    {"b", NAME_PERSON, "Abe", "abe"},    {"b", NAME_PLACE, "Tokyo", "tokyo"}, {"c", NAME_PERSON, "Kim", "kim"},
    {"c", NAME_PLACE, "Seoul", "seoul"}, {"c", NAME_PLACE, "Tokyo", "tokyo"}, {"d", NAME_PERSON, "Abe", "abe"},
    {"f", NAME_PLACE, "Seoul", "seoul"},
};

static struct searcher *searcher;

static int setup(void **state)
{
    folder_setup(state);
    make_index("with.db", records);
    put_names("with.db", names, sizeof names / sizeof *names);
    searcher = open_index("with.db");
    return 0;
}

static int teardown(void **state)
{
    searcher_free(searcher);
    return folder_teardown(state);
}

/* "6/3 | person Kim 2 1 -0.68 | …": documents, those with the name, then names with their figures, then months. */
static const char *told(const char *query, const char *with)
{
    static char text[1024];
    struct associate_request request = {.query = span_of(query), .with = span_of(with), .values = 10};
    struct associations found;
    struct error error = {0};
    enum status status = associate(&found, searcher, &request, &error);
    if (status) {
        snprintf(text, sizeof text, "%s", error.message);
        return text;
    }
    size_t length =
        (size_t)snprintf(text, sizeof text, "%u/%u", (unsigned)found.documents, (unsigned)found.with_documents);
    for (int type = 1; type < NAME_TYPES; type++)
        for (size_t i = 0; i < found.names[type].count; i++) {
            const struct associated_name *name = &found.names[type].items[i];
            length +=
                (size_t)snprintf(text + length, sizeof text - length, " | %.*s %u %u %.2f", (int)name->value.length,
                                 name->value.data, (unsigned)name->count, (unsigned)name->together, name->score);
        }
    for (size_t i = 0; i < found.month_count; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, " | %s: %u %u", found.months[i].month,
                                   (unsigned)found.months[i].documents, (unsigned)found.months[i].mentions);
    associations_release(&found);
    return text;
}

static void test_associate__without_a_name_counts(void **state)
{
    (void)state;
    assert_string_equal(told("", ""), "6/0 | Abe 3 0 0.00 | Kim 2 0 0.00 | Tokyo 3 0 0.00 | Seoul 2 0 0.00");
    assert_string_equal(told("herring", ""), "2/0 | Seoul 1 0 0.00");
}

static void test_associate__ranks_what_occurs_together(void **state)
{
    (void)state;
    assert_string_equal(told("", "abe"), "6/3 | Kim 2 1 0.00 | Tokyo 3 2 0.68 | 2014-10: 2 3 | : 1 1");
    assert_string_equal(told("tokyo", "kim"), "3/2 | Abe 2 1 -1.05 | Seoul 1 1 1.05 | Tokyo 3 2 0.00"
                                              " | 2014-10: 1 1 | 2014-11: 1 1");
}

static void test_associate__a_name_that_the_matches_lack(void **state)
{
    (void)state;
    assert_string_equal(told("herring", "abe"), "2/0");
    assert_string_equal(told("", "nobody"), "no person, organization or place in index 'with.db' is called 'nobody'");
}

/* From the definition: 2 sum of k ln(k n / (row column)). */
static void test_associate__score_is_dunnings(void **state)
{
    (void)state;
    assert_true(associate_score(10, 100, 100, 1000) == 0); /* as by chance */
    assert_true(associate_score(1, 100, 100, 1000) < 0);
    assert_true(fabs(associate_score(5, 5, 5, 10) - 20 * log(2)) < 1e-9); /* each tells the other */
    assert_true(associate_score(3, 3, 3, 3) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_associate__without_a_name_counts),
        cmocka_unit_test(test_associate__ranks_what_occurs_together),
        cmocka_unit_test(test_associate__a_name_that_the_matches_lack),
        cmocka_unit_test(test_associate__score_is_dunnings),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
