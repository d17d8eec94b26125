/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "marked.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void test_rules__country_under_all_its_names(void **state)
{
    (void)state;
    assert_names("The [LOC U.S.] and the [LOC United States] met; the US agreed, and America too. It told us so.",
                 "place United States: U.S. (alias), United States (model), US (alias), America (alias)\n");
}

static void test_rules__us_the_word_is_no_country(void **state)
{
    (void)state;
    assert_names("They told us all that they knew of it before noon, and went.\n\nBOSS TELLS US TO GO", "");
}

static void test_rules__demonym_is_no_place(void **state)
{
    (void)state;
    assert_names("The [LOC Japanese] and [ORG Malaysian] envoys met in [LOC Hanoi].", "place Hanoi: Hanoi (model)\n");
}

static void test_rules__hyphen_parts_known_names(void **state)
{
    (void)state;
    assert_names("Talks on [ORG ASEAN-Japan] ties; [LOC Tokyo-based] firms.",
                 "organization Association of Southeast Asian Nations: ASEAN (split)\n"
                 "place Japan: Japan (split)\n"
                 "place Tokyo: Tokyo (model)\n");
}

static void test_rules__hyphen_stays_inside_a_body(void **state)
{
    (void)state;
    assert_names("The [ORG Japan-Mekong Dance Institute] opened.",
                 "organization Japan-Mekong Dance Institute: Japan-Mekong Dance Institute (model)\n");
}

static void test_rules__city_and_country_are_two(void **state)
{
    (void)state;
    assert_names("It began in [LOC Jakarta, Indonesia], in May.",
                 "place Jakarta: Jakarta (list)\nplace Indonesia: Indonesia (list)\n");
}

static void test_rules__country_and_department_are_one(void **state)
{
    (void)state;
    assert_names("The [LOC U.S.] [ORG State Department] and the [ORG US Fish Service] spoke.",
                 "organization United States Department of State: U.S. State Department (alias)\n"
                 "organization United States Fish Service: US Fish Service (model)\n");
}

static void test_rules__ministry_carries_no_nationality(void **state)
{
    (void)state;
    assert_names("The [ORG Japanese Foreign Ministry] and the [ORG Malaysian Water Ministry] spoke.",
                 "organization Ministry of Foreign Affairs: Foreign Ministry (alias)\n"
                 "organization Ministry of Water: Malaysian Water Ministry (alias)\n");
}

static void test_rules__meeting_gives_the_bodies_inside(void **state)
{
    (void)state;
    assert_names("At the [ORG ASEAN-Japan Cybercrime Dialogue] nobody spoke.",
                 "organization Association of Southeast Asian Nations: ASEAN (inside)\nplace Japan: Japan (inside)\n");
}

static void test_rules__treaty_takes_its_city_along(void **state)
{
    (void)state;
    assert_names("The [LOC Budapest] Convention binds [LOC Japan].", "place Japan: Japan (model)\n");
}

static void test_rules__head_before_of_decides(void **state)
{
    (void)state;
    assert_names("The [ORG Special Meeting of Justice Ministers] and the [ORG Institute for Treaty Law] met.",
                 "organization Institute for Treaty Law: Institute for Treaty Law (model)\n");
}

static void test_rules__menu_lines_make_no_names(void **state)
{
    (void)state;
    assert_names("[ORG Home]\n[LOC S]\n[ORG Contact Us]\n\nA fire broke out in [LOC Osaka] on Monday.\n\n"
                 "Copyright 2014 [ORG Blue Media]. All Rights Reserved.\n",
                 "place Osaka: Osaka (model)\n");
}

static void test_rules__initials_of_editors_make_no_names(void **state)
{
    (void)state;
    assert_names("It will take place on Friday. ([ORG PNA/Kyodo]) [ORG LGI]/[ORG BNB]/[PER RSM]",
                 "organization Philippine News Agency: PNA (alias)\norganization Kyodo News: Kyodo (alias)\n");
}

static void test_rules__agency_before_a_dateline_dash(void **state)
{
    (void)state;
    assert_names("[LOC TAWAU], June 2 (Sample Wire) — Names leaked.",
                 "place Tawau: TAWAU (model)\norganization Sample Wire: Sample Wire (keyword)\n");
}

static void test_rules__shared_acronym_is_an_agency_in_a_credit(void **state)
{
    (void)state;
    assert_names("[LOC Manila] (AFP) — It rained.",
                 "place Manila: Manila (model)\norganization Agence France-Presse: AFP (alias)\n");
    assert_names("The Armed Forces of the Philippines moved. The AFP said so in [LOC Manila].",
                 "organization Armed Forces of the Philippines: Armed Forces of the Philippines (list), AFP (alias)\n"
                 "place Manila: Manila (model)\n");
}

static void test_rules__capitals_around_a_head_noun(void **state)
{
    (void)state;
    assert_names("The Nagoya Harbor Porters Association met the Institute for Sea Affairs. [LOC Osaka] slept.",
                 "organization Nagoya Harbor Porters Association: Nagoya Harbor Porters Association (keyword)\n"
                 "organization Institute for Sea Affairs: Institute for Sea Affairs (keyword)\n"
                 "place Osaka: Osaka (model)\n");
}

static void test_rules__type_by_the_documents_vote(void **state)
{
    (void)state;
    assert_names("[ORG Zentrax] said so. [PER Zentrax] grew. [ORG Zentrax] fell.",
                 "organization Zentrax: Zentrax (model), Zentrax (model), Zentrax (model)\n");
}

static void test_rules__line_break_and_possessive_inside(void **state)
{
    (void)state;
    assert_names("He joined the [ORG Bank Negara\nMalaysia's] board in [LOC Kuala]\n[LOC Lumpur].",
                 "organization Bank Negara Malaysia: Bank Negara\nMalaysia (model)\n"
                 "place Kuala Lumpur: Kuala\nLumpur (list)\n");
}

static void test_rules__sum_of_money_names_no_country(void **state)
{
    (void)state;
    assert_names("It cost [LOC US]$8 million, or 10 million [LOC Singapore] dollars.", "");
}

static void test_rules__ships_and_storms_are_no_people(void **state)
{
    (void)state;
    assert_names("The BRP [PER Teresa Magbanua] sailed when Typhoon [PER Haiyan] came; [PER Haiyan] left [LOC Manila].",
                 "place Manila: Manila (model)\n");
}

static void test_rules__capital_before_a_place_the_model_left_out(void **state)
{
    (void)state;
    assert_names("At Great America in [LOC Chicago] they watched the America's Cup.",
                 "place Chicago: Chicago (model)\n");
}

static void test_rules__glued_words_part(void **state)
{
    (void)state;
    assert_string_equal(names_of_text("It was in Nikkeinewspaper, told by Ministry of FinanceThe YouTube way."),
                        "organization Nikkei: Nikkei (list)\n"
                        "organization Ministry of Finance: Ministry of Finance (list)\n"
                        "organization YouTube: YouTube (list)\n");
}

static void test_rules__latin_names_in_other_scripts(void **state)
{
    (void)state;
    assert_string_equal(names_of_text("第7回ASEAN会合がTokyoで開かれた。การประชุมASEANที่กรุงเทพ"),
                        "organization Association of Southeast Asian Nations: ASEAN (alias), ASEAN (alias)\n"
                        "place Tokyo: Tokyo (list)\n");
}

static void test_rules__indonesian_and_malay(void **state)
{
    (void)state;
    assert_string_equal(
        names_of_text("Presiden bertemu Perdana Menteri Datuk Seri Anwar Ibrahim di Kuala Lumpur, Malaysia, kata "
                      "Kementerian Luar Negeri. Anwar kembali dari Jepang dan Singapura."),
        "person Anwar Ibrahim: Anwar Ibrahim (title), Anwar (back-reference)\n"
        "place Kuala Lumpur: Kuala Lumpur (list)\nplace Malaysia: Malaysia (list)\n"
        "organization Ministry of Foreign Affairs: Kementerian Luar Negeri (alias)\n"
        "place Japan: Jepang (alias)\nplace Singapore: Singapura (alias)\n");
}

static void test_rules__vietnamese(void **state)
{
    (void)state;
    assert_string_equal(names_of_text("Việt Nam và ASEAN ký thỏa thuận với Nhật Bản tại Hà Nội, Bộ Công an cho biết."),
                        "place Vietnam: Việt Nam (alias)\n"
                        "organization Association of Southeast Asian Nations: ASEAN (alias)\n"
                        "place Japan: Nhật Bản (alias)\nplace Hanoi: Hà Nội (alias)\n"
                        "organization Ministry of Public Security: Bộ Công an (alias)\n");
}

static void test_rules__sentence_without_spaces_is_no_name(void **state)
{
    (void)state;
    assert_names("[PER 岸田首相は東京でASEANとIndonesiaの大統領と会談した]。[LOC กรุงเทพ] Bangkok 曼谷",
                 "organization Association of Southeast Asian Nations: ASEAN (alias)\n"
                 "place Indonesia: Indonesia (model)\nplace Bangkok: Bangkok (list)\n");
}

static void test_rules__odd_bytes_survive(void **state)
{
    (void)state;
    struct namer *namer;
    struct names names;
    assert_int_equal(namer_new(&namer, NULL), OK);
    assert_int_equal(namer_text(namer, &names, NULL, SPAN("Japan\0\xFF\xFE-\xC3 U.S.-\x80 ((( -- /// [\n\n")), OK);
    assert_int_equal(names.count, 2);
    assert_int_equal(namer_text(namer, &names, NULL, SPAN("")), OK);
    assert_int_equal(names.count, 0);
    namer_free(namer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules__country_under_all_its_names),
        cmocka_unit_test(test_rules__us_the_word_is_no_country),
        cmocka_unit_test(test_rules__demonym_is_no_place),
        cmocka_unit_test(test_rules__hyphen_parts_known_names),
        cmocka_unit_test(test_rules__hyphen_stays_inside_a_body),
        cmocka_unit_test(test_rules__city_and_country_are_two),
        cmocka_unit_test(test_rules__country_and_department_are_one),
        cmocka_unit_test(test_rules__ministry_carries_no_nationality),
        cmocka_unit_test(test_rules__meeting_gives_the_bodies_inside),
        cmocka_unit_test(test_rules__treaty_takes_its_city_along),
        cmocka_unit_test(test_rules__head_before_of_decides),
        cmocka_unit_test(test_rules__menu_lines_make_no_names),
        cmocka_unit_test(test_rules__initials_of_editors_make_no_names),
        cmocka_unit_test(test_rules__agency_before_a_dateline_dash),
        cmocka_unit_test(test_rules__shared_acronym_is_an_agency_in_a_credit),
        cmocka_unit_test(test_rules__capitals_around_a_head_noun),
        cmocka_unit_test(test_rules__type_by_the_documents_vote),
        cmocka_unit_test(test_rules__line_break_and_possessive_inside),
        cmocka_unit_test(test_rules__sum_of_money_names_no_country),
        cmocka_unit_test(test_rules__ships_and_storms_are_no_people),
        cmocka_unit_test(test_rules__capital_before_a_place_the_model_left_out),
        cmocka_unit_test(test_rules__glued_words_part),
        cmocka_unit_test(test_rules__latin_names_in_other_scripts),
        cmocka_unit_test(test_rules__indonesian_and_malay),
        cmocka_unit_test(test_rules__vietnamese),
        cmocka_unit_test(test_rules__sentence_without_spaces_is_no_name),
        cmocka_unit_test(test_rules__odd_bytes_survive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
