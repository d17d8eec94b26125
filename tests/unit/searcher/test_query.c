/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What matches what: each operator and kind of word over a small index. */
#include "index_fixture.h"

#include <stdlib.h>
#include <string.h>

static const char *const records =
    "{\"id\": \"apart\", \"title\": \"Police training\", \"text\": \"Officers learn about cyber crime in Bangkok.\", "
    "\"date\": \"2014-10-07\", \"source\": \"The Courier\", \"author\": \"Min-ji Kim\"}\n"
    "{\"id\": \"joined\", \"title\": \"New law\", \"text\": \"Parliament debates cybercrimes and the police.\", "
    "\"date\": \"2014-12-31\", \"source\": \"Daily Wire\", \"author\": \"Kim Lee\"}\n"
    "{\"id\": \"hyphen\", \"title\": \"Treaty on cyber-crime\", \"text\": \"Experts meet in Tokyo over the text.\", "
    "\"date\": \"2015-01-01\", \"source\": \"The Courier\"}\n"
    "{\"id\": \"attack\", \"text\": \"A man-in-the-middle attack needs no cyber skill; the man waits in the middle.\", "
    "\"date\": \"2016-02-29\", \"source\": \"the courier\"}\n"
    "{\"id\": \"undated\", \"text\": \"The hotel of the state, a Crimean café.\"}\n"
    "{\"id\": \"numbers\", \"text\": \"About 1,000 guests came on flight NH847 from Kraków.\", \"date\": "
    "\"2013-09-30\"}\n";

static struct searcher *searcher;

static int setup(void **state)
{
    folder_setup(state);
    make_index("query.db", records);
    searcher = open_index("query.db");
    return 0;
}

static int teardown(void **state)
{
    searcher_free(searcher);
    return folder_teardown(state);
}

static void test_words__are_stemmed_and_folded(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "officer"), "apart");
    assert_string_equal(found(searcher, "LEARNING"), "apart");
    assert_string_equal(found(searcher, "krakow"), "numbers");
    assert_string_equal(found(searcher, "CAFÉ"), "undated");
    assert_string_equal(found(searcher, "1000"), "numbers");
    assert_string_equal(found(searcher, "nh847"), "numbers");
}

static void test_words__all_or_any(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "police parliament"), "joined");
    assert_string_equal(found(searcher, "tokyo bangkok"), "");
    assert_string_equal(found_any(searcher, "tokyo bangkok"), "apart hyphen");
}

static void test_words__auto_relaxes_when_nothing_has_all(void **state)
{
    struct search_request request;
    (void)state;
    search_request_init(&request);
    struct search_response response = search_with(searcher, &request, "tokyo bangkok");
    assert_true(response.relaxed);
    assert_int_equal(response.total, 2);
    search_response_release(&response);
    response = search_with(searcher, &request, "police parliament");
    assert_false(response.relaxed);
    assert_int_equal(response.total, 1);
    search_response_release(&response);
    response = search_with(searcher, &request, "zebra");
    assert_false(response.relaxed);
    assert_int_equal(response.total, 0);
    search_response_release(&response);
}

static void test_words__relaxing_keeps_what_restricts(void **state)
{
    (void)state;
    assert_string_equal(hits_of(searcher, "tokyo bangkok date:2014", MATCH_AUTO), "apart");
    assert_string_equal(hits_of(searcher, "tokyo bangkok -police", MATCH_AUTO), "hyphen");
}

static void test_stop_words__do_not_count_beside_others(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "the tokyo of"), "hyphen");
    assert_string_equal(found(searcher, "of"), "undated");
    assert_string_equal(found(searcher, "of date:2014"), "");
    assert_string_equal(found_any(searcher, "the tokyo"), "hyphen");
}

static void test_compounds__each_spelling_finds_all(void **state)
{
    static const char *const queries[] = {"cyber crime",  "cybercrime",   "cyber-crime", "Cybercrimes",
                                          "cyber crimes", "CYBER-CRIMES", "cyber_crime", "cyber/crimes"};
    (void)state;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        if (strcmp(found(searcher, queries[i]), "apart hyphen joined") != 0)
            fail_msg("%s: %s", queries[i], found(searcher, queries[i]));
}

static void test_compounds__spellings_hold_beside_other_words(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "cybercrime police"), "apart joined");
    assert_string_equal(found(searcher, "police cyber crime"), "apart joined");
    assert_string_equal(found(searcher, "cyber-crime tokyo"), "hyphen");
    assert_string_equal(found(searcher, "title:cybercrime"), "hyphen");
    assert_string_equal(found(searcher, "police -cybercrime"), "apart");
}

static void test_compounds__stop_words_inside_take_nothing_from_the_rest(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "man-in-the-middle attack"), "attack");
    assert_string_equal(found(searcher, "man-in-the-middle attack tokyo"), "");
    assert_string_equal(found(searcher, "man-in-the-middle tokyo"), "");
    assert_string_equal(found_any(searcher, "man-in-the-middle tokyo"), "attack hyphen");
}

static void test_phrases__want_words_side_by_side(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "\"cyber crime\""), "apart hyphen");
    assert_string_equal(found(searcher, "\"crime cyber\""), "");
    assert_string_equal(found(searcher, "\"the middle\""), "attack");
    assert_string_equal(found(searcher, "\"man in the middle\""), "attack");
    assert_string_equal(found(searcher, "\"learn cyber\""), "");
    assert_string_equal(found(searcher, "=\"cyber crime\""), "apart hyphen");
    assert_string_equal(found(searcher, "=\"cyber crimes\""), "");
}

static void test_exact__takes_the_form_alone(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "=cybercrimes"), "joined");
    assert_string_equal(found(searcher, "=officer"), "");
    assert_string_equal(found(searcher, "=OFFICERS"), "apart");
    assert_string_equal(found(searcher, "title:=treaty"), "hyphen");
    assert_string_equal(found(searcher, "title:=treaties"), "");
}

static void test_star__stands_for_words_that_begin_so(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "crim*"), "apart hyphen undated");
    assert_string_equal(found(searcher, "cyberc*"), "hyphen joined");
    assert_string_equal(found(searcher, "officers*"), "apart");
    assert_string_equal(found(searcher, "zzz*"), "");
    assert_string_equal(found(searcher, "title:tr*"), "apart hyphen");
    assert_string_equal(found(searcher, "source:cour*"), "apart attack hyphen");
}

static void test_star__too_short_points_at_the_place(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "tokyo a*"), "error invalid input @6: 'a*': a star needs at least 2 letters "
                                                     "before it (write more of the word, or drop the star)");
}

static void test_near__either_order_within_the_distance(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "crime NEAR/2 learn"), "");
    assert_string_equal(found(searcher, "crime NEAR/3 learn"), "apart");
    assert_string_equal(found(searcher, "learn NEAR/3 crime"), "apart");
    assert_string_equal(found(searcher, "crime ADJ/3 learn"), "");
    assert_string_equal(found(searcher, "learn ADJ/3 crime"), "apart");
    assert_string_equal(found(searcher, "(parliament OR officers) NEAR/3 (crime OR cybercrime)"), "joined");
    assert_string_equal(found(searcher, "\"cyber crime\" NEAR/3 bangkok"), "apart");
    assert_string_equal(found(searcher, "title:police NEAR/1 title:training"), "apart");
    assert_string_equal(found(searcher, "zebra NEAR/3 bangkok"), "");
}

static void test_near__takes_stars_also_past_a_stem(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "off* NEAR/2 learn"), "apart");
    assert_string_equal(found(searcher, "officers* NEAR/2 learn"), "apart");
    assert_string_equal(found(searcher, "learn ADJ/2 off*"), "");
    assert_string_equal(found(searcher, "(zzz* OR parl*) NEAR/2 debates"), "joined");
    assert_string_equal(found(searcher, "zzz* NEAR/2 learn"), "");
    assert_string_equal(found(searcher, "source:dai* NEAR/2 source:wire"), "joined");
}

static void test_fields__look_there_alone(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "title:police"), "apart");
    assert_string_equal(found(searcher, "title:(police training)"), "apart");
    assert_string_equal(found(searcher, "title:\"police training\""), "apart");
    assert_string_equal(found(searcher, "title:\"training police\""), "");
    assert_string_equal(found(searcher, "author:kim"), "apart joined");
    assert_string_equal(found(searcher, "author:\"kim lee\""), "joined");
    assert_string_equal(found(searcher, "author:kims"), "");
    assert_string_equal(found(searcher, "source:courier"), "apart attack hyphen");
    assert_string_equal(found(searcher, "language:EN"), "apart attack hyphen joined numbers undated");
    assert_string_equal(found(searcher, "language:de"), "");
    assert_string_equal(found(searcher, "type:jsonl"), "apart attack hyphen joined numbers undated");
    assert_string_equal(found(searcher, "id:hyphen"), "hyphen");
    assert_string_equal(found(searcher, "id:ap*"), "apart");
    assert_string_equal(found(searcher, "id:po*"), "");
    assert_string_equal(found(searcher, "language:EN* type:json*"), "apart attack hyphen joined numbers undated");
    assert_string_equal(found(searcher, "type:html*"), "");
    assert_string_equal(found(searcher, "path:some*"), "error unsupported @5: path: takes no star (write the whole "
                                                       "value, or search for words)");
    assert_string_equal(found(searcher, "id:Hyphen"), "");
}

static void test_fields__that_restrict_do_so_under_any(void **state)
{
    (void)state;
    assert_string_equal(found_any(searcher, "tokyo source:courier"), "hyphen");
    assert_string_equal(found_any(searcher, "bangkok (source:courier OR source:wire)"), "apart");
    assert_string_equal(found_any(searcher, "zebra (source:courier OR source:wire)"), "");
    assert_string_equal(found_any(searcher, "police source:wire^2"), "joined");
    assert_string_equal(found_any(searcher, "tokyo (source:courier AND date:2014)"), "");
}

static void test_fields__without_words_or_names_are_told(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "tokyo url:x"),
                        "error unsupported @10: url: cannot be searched (search its words)");
    assert_string_equal(
        found(searcher, "tokyo person:kim"),
        "error unsupported @6: this index has no names, so person: finds nothing (dossier retag finds them)");
    assert_string_equal(
        found(searcher, "tokyo NEAR/3 place:tokyo"),
        "error unsupported @13: this index has no names, so place: finds nothing (dossier retag finds them)");
}

static void test_dates__days_months_years_and_open_ends(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "date:2014-10-07"), "apart");
    assert_string_equal(found(searcher, "date:2014-10"), "apart");
    assert_string_equal(found(searcher, "date:2014"), "apart joined");
    assert_string_equal(found(searcher, "date:2014-12-31..2015-01-01"), "hyphen joined");
    assert_string_equal(found(searcher, "date:2013-09..2014-10"), "apart numbers");
    assert_string_equal(found(searcher, "date:2013..2014"), "apart joined numbers");
    assert_string_equal(found(searcher, "date:..2014"), "apart joined numbers");
    assert_string_equal(found(searcher, "date:2015.."), "attack hyphen");
    assert_string_equal(found(searcher, "date:none"), "undated");
    assert_string_equal(found(searcher, "NOT date:none"), "apart attack hyphen joined numbers");
    assert_string_equal(found(searcher, "date:2016-02"), "attack");
}

static void test_not__excludes(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "police -parliament"), "apart");
    assert_string_equal(found(searcher, "police NOT parliament"), "apart");
    assert_string_equal(found(searcher, "police AND NOT parliament"), "apart");
    assert_string_equal(found(searcher, "-police"), "attack hyphen numbers undated");
    assert_string_equal(found(searcher, "NOT (police OR tokyo)"), "attack numbers undated");
    assert_string_equal(found(searcher, "NOT (NOT police)"), "apart joined");
    assert_string_equal(found_any(searcher, "police tokyo -parliament"), "apart hyphen");
    assert_string_equal(found(searcher, "police -zebra"), "apart joined");
}

static void test_operators__bind_as_they_should(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "tokyo OR bangkok"), "apart hyphen");
    assert_string_equal(found(searcher, "police AND (bangkok OR parliament)"), "apart joined");
    assert_string_equal(found(searcher, "police AND bangkok OR tokyo"), "apart hyphen");
    assert_string_equal(found_any(searcher, "police AND bangkok"), "apart");
}

static void test_boost__changes_the_order_alone(void **state)
{
    (void)state;
    assert_string_equal(hits_of(searcher, "tokyo^9 bangkok", MATCH_ANY), "hyphen apart");
    assert_string_equal(hits_of(searcher, "tokyo bangkok^9", MATCH_ANY), "apart hyphen");
    assert_string_equal(found(searcher, "police^0 bangkok"), "apart");
}

static void test_nothing_asked__is_every_document(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, ""), "apart attack hyphen joined numbers undated");
    assert_string_equal(found(searcher, "   "), "apart attack hyphen joined numbers undated");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words__are_stemmed_and_folded),
        cmocka_unit_test(test_words__all_or_any),
        cmocka_unit_test(test_words__auto_relaxes_when_nothing_has_all),
        cmocka_unit_test(test_words__relaxing_keeps_what_restricts),
        cmocka_unit_test(test_stop_words__do_not_count_beside_others),
        cmocka_unit_test(test_compounds__each_spelling_finds_all),
        cmocka_unit_test(test_compounds__spellings_hold_beside_other_words),
        cmocka_unit_test(test_compounds__stop_words_inside_take_nothing_from_the_rest),
        cmocka_unit_test(test_phrases__want_words_side_by_side),
        cmocka_unit_test(test_exact__takes_the_form_alone),
        cmocka_unit_test(test_star__stands_for_words_that_begin_so),
        cmocka_unit_test(test_star__too_short_points_at_the_place),
        cmocka_unit_test(test_near__either_order_within_the_distance),
        cmocka_unit_test(test_near__takes_stars_also_past_a_stem),
        cmocka_unit_test(test_fields__look_there_alone),
        cmocka_unit_test(test_fields__that_restrict_do_so_under_any),
        cmocka_unit_test(test_fields__without_words_or_names_are_told),
        cmocka_unit_test(test_dates__days_months_years_and_open_ends),
        cmocka_unit_test(test_not__excludes),
        cmocka_unit_test(test_operators__bind_as_they_should),
        cmocka_unit_test(test_boost__changes_the_order_alone),
        cmocka_unit_test(test_nothing_asked__is_every_document),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
