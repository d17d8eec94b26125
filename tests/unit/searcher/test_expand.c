/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "index_fixture.h"

#include <string.h>

/* "ransomware" and "gang" go together; b says gang alone. The rest keeps both from being in too many documents. */
static const char RECORDS[] =
    "{\"id\":\"a\",\"text\":\"ransomware gang arrested by police after ransomware attack\"}\n"
    "{\"id\":\"b\",\"text\":\"gang arrested by police in the harbour\"}\n"
    "{\"id\":\"c\",\"text\":\"ransomware gang demands money\"}\n"
    "{\"id\":\"d\",\"text\":\"rice harvest begins\"}\n{\"id\":\"e\",\"text\":\"rice prices\"}\n"
    "{\"id\":\"f\",\"text\":\"harbour festival\"}\n{\"id\":\"g\",\"text\":\"music week\"}\n"
    "{\"id\":\"h\",\"text\":\"film week\"}\n{\"id\":\"i\",\"text\":\"new bridge\"}\n";

static void fill(char *records, size_t room)
{
    size_t length = strlen(RECORDS);
    memcpy(records, RECORDS, length + 1);
    for (int i = 0; i < 40; i++)
        length += (size_t)snprintf(records + length, room - length, "{\"id\":\"x%d\",\"text\":\"weather number %d\"}\n",
                                   i, i);
}

static void test_expand__finds_documents_that_share_words_with_the_best(void **state)
{
    (void)state;
    char records[8192];
    struct search_request request;
    fill(records, sizeof records);
    make_index("x.db", records);
    struct searcher *searcher = open_index("x.db");
    assert_string_equal(hits_of(searcher, "ransomware", MATCH_ANY), "a c");
    search_request_init(&request);
    request.match = MATCH_ANY;
    request.expand = true;
    assert_string_equal(hits_with(searcher, &request, "ransomware"), "a c b");
    searcher_free(searcher);
}

static void test_expand__keeps_to_documents_with_all_words(void **state)
{
    (void)state;
    char records[8192];
    struct search_request request;
    fill(records, sizeof records);
    make_index("y.db", records);
    struct searcher *searcher = open_index("y.db");
    search_request_init(&request);
    request.match = MATCH_ALL;
    request.expand = true;
    assert_string_equal(hits_with(searcher, &request, "ransomware gang"), "c a");
    assert_string_equal(hits_with(searcher, &request, "nowhere"), "");
    searcher_free(searcher);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_expand__finds_documents_that_share_words_with_the_best),
        cmocka_unit_test(test_expand__keeps_to_documents_with_all_words),
    };
    return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
