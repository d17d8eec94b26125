/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "marked.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void test_acronyms__explained_once_known_throughout(void **state)
{
    (void)state;
    assert_names("The [ORG Zonal Transactions Growth Agency] (ZTGA) rose. Later ZTGA fell.",
                 "organization Zonal Transactions Growth Agency: Zonal Transactions Growth Agency (model), "
                 "ZTGA (acronym), ZTGA (acronym)\n");
}

static void test_acronyms__long_form_mends_a_short_span(void **state)
{
    (void)state;
    assert_names("It asked the Office of Naval Wave [ORG Research] (ONWR). [ORG ONWR] knew.",
                 "organization Office of Naval Wave Research: Office of Naval Wave Research (keyword), ONWR (acronym), "
                 "ONWR (acronym)\n");
}

static void test_acronyms__of_a_meeting_or_a_thing_are_no_names(void **state)
{
    (void)state;
    assert_names("The Kuala Wave Cybercrime Dialogue (KWCD) and critical wave infrastructure (CWI) matter. "
                 "[ORG KWCD] and [ORG CWI] again in [LOC Osaka].",
                 "place Osaka: Osaka (model)\n");
}

static void test_acronyms__behind_known_as(void **state)
{
    (void)state;
    assert_names("The Convention on Wave Theft, known as [ORG CWT], holds in [LOC Osaka].",
                 "place Osaka: Osaka (model)\n");
}

static void test_acronyms__explanation_beats_the_list(void **state)
{
    (void)state;
    assert_names("The [ORG Nippon Puppet Alliance] (NPA) danced; the [ORG NPA] bowed.",
                 "organization Nippon Puppet Alliance: Nippon Puppet Alliance (model), NPA (acronym), NPA (acronym)\n");
}

static void test_acronyms__foreign_letters_behind_a_body(void **state)
{
    (void)state;
    assert_names("The [ORG Zonal Wave Agency] (BSXN) rose; BSXN fell.",
                 "organization Zonal Wave Agency: Zonal Wave Agency (model), BSXN (acronym), BSXN (acronym)\n");
}

static void test_acronyms__short_form_first(void **state)
{
    (void)state;
    assert_names(
        "[ORG ZTGA] ([ORG Zonal Transactions Growth Agency]) rose.",
        "organization Zonal Transactions Growth Agency: ZTGA (acronym), Zonal Transactions Growth Agency (model)\n");
}

static void test_acronyms__between_commas(void **state)
{
    (void)state;
    assert_names("The [ORG Zorblat Workers Union], ZWU, voted. [ORG ZWU] men met [ORG Quimble Works], IBM, and others.",
                 "organization Zorblat Workers Union: Zorblat Workers Union (model), ZWU (acronym), ZWU (acronym)\n"
                 "organization Quimble Works: Quimble Works (model)\norganization IBM: IBM (list)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_acronyms__explained_once_known_throughout),
        cmocka_unit_test(test_acronyms__long_form_mends_a_short_span),
        cmocka_unit_test(test_acronyms__of_a_meeting_or_a_thing_are_no_names),
        cmocka_unit_test(test_acronyms__behind_known_as),
        cmocka_unit_test(test_acronyms__explanation_beats_the_list),
        cmocka_unit_test(test_acronyms__foreign_letters_behind_a_body),
        cmocka_unit_test(test_acronyms__short_form_first),
        cmocka_unit_test(test_acronyms__between_commas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
