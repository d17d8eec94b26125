/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "marked.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void test_companies__legal_form_ends_a_name(void **state)
{
    (void)state;
    assert_names("But Zorblat Water Corp sold it to Sweden's Quimble AB and to Fodder, Inc. on Monday, for [LOC Rome].",
                 "organization Zorblat Water Corp: Zorblat Water Corp (company)\n"
                 "place Sweden: Sweden (list)\n"
                 "organization Quimble AB: Quimble AB (company)\n"
                 "organization Fodder, Inc.: Fodder, Inc. (company)\n"
                 "place Rome: Rome (model)\n");
}

static void test_companies__code_of_an_exchange_is_no_name(void **state)
{
    (void)state;
    assert_names("Zorblat <ZOR.N> and Quimble (NYSE: QMB) met [ORG QMB] men.",
                 "organization Zorblat: Zorblat (company)\norganization Quimble: Quimble (company)\n"
                 "organization QMB: QMB (model)\n");
}

static void test_companies__first_words_are_the_company(void **state)
{
    (void)state;
    assert_names("Zorblat Quimble Corp rose. [PER Zorblat] fell. The men of Zorblat [LOC Quimble] left.",
                 "organization Zorblat Quimble Corp: Zorblat Quimble Corp (company), Zorblat (back-reference), "
                 "Zorblat Quimble (back-reference)\n");
}

static void test_companies__person_of_that_name_stays_one(void **state)
{
    (void)state;
    assert_names("[PER Mary Zorblat] came. [PER Zorblat] owns shares.",
                 "person Mary Zorblat: Mary Zorblat (model), Zorblat (back-reference)\n");
}

static void test_companies__two_words_always_together_are_one_name(void **state)
{
    (void)state;
    assert_names("Zorm and Haast Co said so. Later Zorm and Haast denied it.",
                 "organization Zorm and Haast Co: Zorm and Haast Co (company), Zorm and Haast (back-reference)\n");
    assert_names("Zorm and Haast Co said so. Later Zorm denied it.", "organization Haast Co: Haast Co (company)\n");
}

static void test_companies__listed_without_its_form(void **state)
{
    (void)state;
    assert_names("Chrysler Corp and Texaco Inc. agreed; [ORG Chrysler] gained.",
                 "organization Chrysler: Chrysler Corp (alias), Chrysler (model)\n"
                 "organization Texaco: Texaco Inc. (company)\n");
}

static void test_companies__pair_of_bodies_is_two(void **state)
{
    (void)state;
    assert_names(
        "[ORG Zorblat Trust] and Quimble Trust Co met. On [ORG Zorblat Trust and Quimble Trust] he was silent.",
        "organization Zorblat Trust: Zorblat Trust (model), Zorblat Trust (split)\n"
        "organization Quimble Trust Co: Quimble Trust Co (company), Quimble Trust (back-reference)\n");
}

static void test_companies__member_and_body_are_two(void **state)
{
    (void)state;
    assert_names("[PER Cynthia Lattaro] spoke. [ORG Lattaro of Zorblat Data] said so.",
                 "person Cynthia Lattaro: Cynthia Lattaro (model), Lattaro (back-reference)\n"
                 "organization Zorblat Data: Zorblat Data (split)\n");
}

static void test_companies__headline_in_capitals(void **state)
{
    (void)state;
    assert_names("ZORBLAT WATER CORP <ZWC> 4TH QTR NET\n\nThe year was good for all.\n",
                 "organization Zorblat Water Corp: ZORBLAT WATER CORP (company)\n");
}

static void test_companies__office_is_no_body(void **state)
{
    (void)state;
    assert_names("The [ORG Union Health Secretary of India] wrote.", "place India: India (list)\n");
}

static void test_companies__ministry_goes_on_behind_the_listed_one(void **state)
{
    (void)state;
    assert_names("The Ministry of Education and Higher Studies of today.",
                 "organization Ministry of Education and Higher Studies: "
                 "Ministry of Education and Higher Studies (keyword)\n");
    assert_names("The Ministry of Education and ASEAN met.",
                 "organization Ministry of Education: Ministry of Education (list)\n"
                 "organization Association of Southeast Asian Nations: ASEAN (alias)\n");
}

static void test_companies__state_behind_a_comma(void **state)
{
    (void)state;
    assert_names("It is in [LOC Irvine], Calif., and in [LOC Salem], OR. The word Calif, or Calif",
                 "place Irvine: Irvine (model)\nplace California: Calif. (alias)\n"
                 "place Salem: Salem (model)\nplace Oregon: OR (alias)\n");
}

static void test_companies__places_go_on_to_their_noun(void **state)
{
    (void)state;
    assert_names(
        "Near [LOC Zorpa] Indian Reservation and at the [ORG University of California], Santa Barbara.",
        "place Zorpa Indian Reservation: Zorpa Indian Reservation (model)\n"
        "organization University of California, Santa Barbara: University of California, Santa Barbara (model)\n");
}

static void test_companies__whole_name_in_angle_brackets(void **state)
{
    (void)state;
    assert_names("Then <Thai Zorblat Exploration and Production Co Ltd> and the <Royal Zorb/Quimble Group> met <x>.",
                 "organization Thai Zorblat Exploration and Production Co Ltd: "
                 "Thai Zorblat Exploration and Production Co Ltd (company)\n"
                 "organization Royal Zorb/Quimble Group: Royal Zorb/Quimble Group (company)\n");
}

static void test_companies__place_that_a_body_is_based_in(void **state)
{
    (void)state;
    assert_names("The [ORG Bangkok-based Zorblat Centre] wrote.",
                 "place Bangkok: Bangkok (list)\norganization Zorblat Centre: Zorblat Centre (model)\n");
}

static void test_companies__short_forms_of_bodies_of_the_united_nations(void **state)
{
    (void)state;
    assert_names("The U.N. Economic and Social Commission for Asia and the Pacific and the US Forest Service.",
                 "organization United Nations Economic and Social Commission for Asia and the Pacific: "
                 "U.N. Economic and Social Commission for Asia and the Pacific (alias)\n"
                 "organization Forest Service: US Forest Service (alias)\n");
}

static void test_companies__doctrine_is_no_name(void **state)
{
    (void)state;
    assert_names("[PER Nazism] and [ORG Buddhism] were read about.", "");
}

static void test_companies__family_name_of_a_firm(void **state)
{
    (void)state;
    assert_names("J. Quimblebury PLC bought it. [PER Quimblebury] said so.",
                 "organization J. Quimblebury PLC: J. Quimblebury PLC (company), Quimblebury (back-reference)\n");
}

static void test_companies__hospitals_are_bodies_and_centres_for_meetings_places(void **state)
{
    (void)state;
    assert_names("[LOC Zorblat Hospital] of Michigan is near the [ORG Zorblat Convention Center].",
                 "organization Zorblat Hospital of Michigan: Zorblat Hospital of Michigan (model)\n"
                 "place Zorblat Convention Center: Zorblat Convention Center (model)\n");
}

static void test_companies__person_called_like_a_law(void **state)
{
    (void)state;
    assert_names("Then U.S. President Bill Clinton and the [ORG Law Council] wrote a PLAN.\n\nA PLAN FOR ALL TO SEE\n",
                 "place United States: U.S. (alias)\nperson Bill Clinton: Bill Clinton (title)\n"
                 "organization Law Council: Law Council (model)\n"
                 "organization People's Liberation Army Navy: PLAN (alias)\n");
}

static void test_companies__where_a_body_is_is_no_part_of_it(void **state)
{
    (void)state;
    assert_names("The [ORG Zorblat Commission in Rome] met.",
                 "organization Zorblat Commission: Zorblat Commission (model)\nplace Rome: Rome (list)\n");
}

static void test_companies__subsidiary_is_another_company(void **state)
{
    (void)state;
    assert_names("[ORG Zorblat International] grew. Zorblat International Quimble Ltd was sold. [PER Zorblat] said so.",
                 "organization Zorblat International: Zorblat International (model), Zorblat (back-reference)\n"
                 "organization Zorblat International Quimble Ltd: Zorblat International Quimble Ltd (company)\n");
}

static void test_companies__listed_acronym_behind_an_unknown_name(void **state)
{
    (void)state;
    assert_names("Then Goldome FSB filed in [LOC Rome]. The FSB knew.",
                 "place Rome: Rome (model)\norganization Federal Security Service: FSB (alias)\n");
}

static void test_companies__republics_and_kingdoms(void **state)
{
    (void)state;
    assert_names("The Republic of Poland and the Kingdom of Norway, but the Republic of China.",
                 "place Poland: Republic of Poland (alias)\nplace Norway: Kingdom of Norway (alias)\n"
                 "place Taiwan: Republic of China (alias)\n");
}

static void test_companies__firm_with_a_comma_in_its_name(void **state)
{
    (void)state;
    assert_names("The men of Zorblat, Quimble and Co Inc left on Monday in [LOC Rome].",
                 "organization Zorblat, Quimble and Co Inc: Zorblat, Quimble and Co Inc (company)\n"
                 "place Rome: Rome (model)\n");
}

static void test_companies__listed_under_several_forms(void **state)
{
    (void)state;
    assert_names("General Motors Corp and [ORG Salomon Brothers Inc.] and American Telephone and Telegraph met GM.",
                 "organization General Motors: General Motors Corp (company), GM (alias)\n"
                 "organization Salomon Brothers: Salomon Brothers Inc. (alias)\n"
                 "organization AT&T: American Telephone and Telegraph (alias)\n");
}

static void test_companies__model_tags_two_as_one(void **state)
{
    (void)state;
    assert_names(
        "The [ORG Zorblat Inc. Quimble Works] men.",
        "organization Zorblat Inc.: Zorblat Inc. (company)\norganization Quimble Works: Quimble Works (model)\n");
}

static void test_companies__terms_of_business_reports_are_no_people(void **state)
{
    (void)state;
    assert_names("[PER Year Shr] 2.00 [PER N.Z. Dlrs] vs 3.00\n", "place New Zealand: N.Z. (alias)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_companies__legal_form_ends_a_name),
        cmocka_unit_test(test_companies__code_of_an_exchange_is_no_name),
        cmocka_unit_test(test_companies__first_words_are_the_company),
        cmocka_unit_test(test_companies__person_of_that_name_stays_one),
        cmocka_unit_test(test_companies__two_words_always_together_are_one_name),
        cmocka_unit_test(test_companies__listed_without_its_form),
        cmocka_unit_test(test_companies__pair_of_bodies_is_two),
        cmocka_unit_test(test_companies__member_and_body_are_two),
        cmocka_unit_test(test_companies__headline_in_capitals),
        cmocka_unit_test(test_companies__office_is_no_body),
        cmocka_unit_test(test_companies__ministry_goes_on_behind_the_listed_one),
        cmocka_unit_test(test_companies__state_behind_a_comma),
        cmocka_unit_test(test_companies__places_go_on_to_their_noun),
        cmocka_unit_test(test_companies__whole_name_in_angle_brackets),
        cmocka_unit_test(test_companies__place_that_a_body_is_based_in),
        cmocka_unit_test(test_companies__short_forms_of_bodies_of_the_united_nations),
        cmocka_unit_test(test_companies__doctrine_is_no_name),
        cmocka_unit_test(test_companies__family_name_of_a_firm),
        cmocka_unit_test(test_companies__hospitals_are_bodies_and_centres_for_meetings_places),
        cmocka_unit_test(test_companies__person_called_like_a_law),
        cmocka_unit_test(test_companies__where_a_body_is_is_no_part_of_it),
        cmocka_unit_test(test_companies__subsidiary_is_another_company),
        cmocka_unit_test(test_companies__listed_acronym_behind_an_unknown_name),
        cmocka_unit_test(test_companies__republics_and_kingdoms),
        cmocka_unit_test(test_companies__firm_with_a_comma_in_its_name),
        cmocka_unit_test(test_companies__listed_under_several_forms),
        cmocka_unit_test(test_companies__model_tags_two_as_one),
        cmocka_unit_test(test_companies__terms_of_business_reports_are_no_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
