/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "marked.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void test_people__titles_are_no_part_of_a_name(void **state)
{
    (void)state;
    assert_names("[PER Datuk Seri Anwar Ibrahim], [PER H.E. Le Luong Minh], [PER Dr. Chaichana Mitrpant] and "
                 "[PER Gen. Prayut Chan-ocha] met.",
                 "person Anwar Ibrahim: Anwar Ibrahim (model)\n"
                 "person Le Luong Minh: Le Luong Minh (model)\n"
                 "person Chaichana Mitrpant: Chaichana Mitrpant (model)\n"
                 "person Prayut Chan-ocha: Prayut Chan-ocha (model)\n");
}

static void test_people__a_title_mends_a_short_span(void **state)
{
    (void)state;
    assert_names("Ambassador Datuk [PER Shahril Effendi] Abd Ghany and Datuk [PER Seri Amran Zin] came.",
                 "person Shahril Effendi Abd Ghany: Shahril Effendi Abd Ghany (title)\n"
                 "person Amran Zin: Amran Zin (model)\n");
}

static void test_people__office_with_nationality(void **state)
{
    (void)state;
    assert_names("[PER Malaysian Deputy Home Minister Nur Jazlan Mohamed] spoke.",
                 "person Nur Jazlan Mohamed: Nur Jazlan Mohamed (model)\n");
}

static void test_people__given_and_family_name_go_back(void **state)
{
    (void)state;
    assert_names("[PER Anwar Ibrahim] met [PER Fumio Kishida]. [PER Anwar] smiled. Then Kishida left.",
                 "person Anwar Ibrahim: Anwar Ibrahim (model), Anwar (back-reference)\n"
                 "person Fumio Kishida: Fumio Kishida (model), Kishida (back-reference)\n");
}

static void test_people__two_that_fit_are_none(void **state)
{
    (void)state;
    assert_names("[PER Lee Hsien Loong] met [PER Lee Yam Ming]. [PER Lee] smiled.",
                 "person Lee Hsien Loong: Lee Hsien Loong (model)\nperson Lee Yam Ming: Lee Yam Ming (model)\n");
}

static void test_people__forms_of_one_name_meet_in_the_longest(void **state)
{
    (void)state;
    assert_names("[PER Barack Obama] came. [PER Barack Hussein Obama] spoke. [PER S. Iswaran] and "
                 "[PER Subramaniam Iswaran] left; [PER Kishida Fumio], [PER Fumio Kishida].",
                 "person Barack Hussein Obama: Barack Obama (back-reference), Barack Hussein Obama (model)\n"
                 "person Subramaniam Iswaran: S. Iswaran (back-reference), Subramaniam Iswaran (model)\n"
                 "person Kishida Fumio: Kishida Fumio (model), Fumio Kishida (back-reference)\n");
}

static void test_people__wrong_type_of_a_known_family_name(void **state)
{
    (void)state;
    assert_names("[PER Jeffrey Hornung] said so. [ORG Hornung] also said this.",
                 "person Jeffrey Hornung: Jeffrey Hornung (model), Hornung (back-reference)\n");
}

static void test_people__company_short_and_long(void **state)
{
    (void)state;
    assert_names("[ORG Zentrax Motor Co.] and [ORG Zentrax] are one; the [ORG Orbis Sharing Centre] is the "
                 "[ORG Sharing Centre].",
                 "organization Zentrax Motor Co.: Zentrax Motor Co. (company), Zentrax (back-reference)\n"
                 "organization Orbis Sharing Centre: Orbis Sharing Centre (model), Sharing Centre (back-reference)\n");
}

static void test_people__reporters_initials_are_dropped(void **state)
{
    (void)state;
    assert_names("It ends here. [PER JK] and [PER J.] wrote in [LOC Osaka].", "place Osaka: Osaka (model)\n");
}

static void test_people__lists_alone_find_given_and_family(void **state)
{
    (void)state;
    assert_names("Yesterday Fumio Kishida and Prime Minister Anwar Ibrahim met.",
                 "person Fumio Kishida: Fumio Kishida (list)\nperson Anwar Ibrahim: Anwar Ibrahim (title)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_people__titles_are_no_part_of_a_name),
        cmocka_unit_test(test_people__a_title_mends_a_short_span),
        cmocka_unit_test(test_people__office_with_nationality),
        cmocka_unit_test(test_people__given_and_family_name_go_back),
        cmocka_unit_test(test_people__two_that_fit_are_none),
        cmocka_unit_test(test_people__forms_of_one_name_meet_in_the_longest),
        cmocka_unit_test(test_people__wrong_type_of_a_known_family_name),
        cmocka_unit_test(test_people__company_short_and_long),
        cmocka_unit_test(test_people__reporters_initials_are_dropped),
        cmocka_unit_test(test_people__lists_alone_find_given_and_family),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
