/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "helper.h"

static void test_address__keeps_mail_whole_beside_its_parts(void **state)
{
    (void)state;
    assert_shown(SHOW_POSITIONS, "en", "mail Jane.Doe+x@Mail.example.co.jp.",
                 "mail:1 jane.doe+x@mail.example.co.jp:2+6 jane:2 doe:3 x:4 mail:5 example:6 co:7 jp:8");
}

static void test_address__keeps_urls_without_their_scheme(void **state)
{
    (void)state;
    assert_forms("See https://www.mofa.go.jp/Page_1.html?x=1#top.",
                 "see www.mofa.go.jp/page_1.html?x=1#top www mofa go jp page 1 html x 1 top");
    assert_forms("(http://example.org/)", "example.org example org");
    assert_shown(SHOW_SOURCES, "en", "<http://example.org/>,", "http://example.org/ example org");
}

static void test_address__knows_bare_hosts_by_their_ending(void **state)
{
    (void)state;
    assert_forms("Amazon.com www.x.zone asahi.co.jp",
                 "amazon.com amazon com www.x.zone www x zone asahi.co.jp asahi co jp");
    assert_forms("report.pdf end.Next www.zone 3.in", "report pdf end next www zone 3 in");
}

static void test_address__takes_no_sentence_for_a_host(void **state)
{
    (void)state;
    assert_forms("The end.It is", "the end it is");
    assert_forms("ASP.NET", "asp.net asp net");
}

static void test_address__keeps_paths_and_ports_of_bare_hosts(void **state)
{
    (void)state;
    assert_forms("example.com/a/b example.com:8080",
                 "example.com/a/b example com a b example.com:8080 example com 8080");
}

static void test_address__balances_brackets(void **state)
{
    (void)state;
    assert_shown(SHOW_SOURCES, "en", "(see http://x.org/a_(b))", "see http://x.org/a_(b) x org a b");
}

static void test_address__stops_before_unspaced_scripts(void **state)
{
    (void)state;
    assert_shown(SHOW_SOURCES, "ja", "https://example.com/を", "https://example.com/ example com を");
}

static void test_address__leaves_an_at_sign_without_host(void **state)
{
    (void)state;
    assert_forms("me@home a@ @b", "me home a b");
}

static void test_address__is_cut_like_any_token(void **state)
{
    (void)state;
    char text[300] = "http://example.com/";
    const struct analysis *analysis;
    memset(text + 19, 'x', 250);
    assert_int_equal(analyse(&analysis, shared_analyser, (struct span){text, 269}, SPAN("en")), OK);
    assert_int_equal(analysis->tokens[0].kind, TOKEN_ADDRESS);
    assert_int_equal(analysis->tokens[0].end, 269);
    assert_int_equal(analysis->tokens[0].form.length, TOKEN_BYTES_MAX);
    assert_int_equal(analysis->tokens[0].width, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_address__keeps_mail_whole_beside_its_parts),
        cmocka_unit_test(test_address__keeps_urls_without_their_scheme),
        cmocka_unit_test(test_address__knows_bare_hosts_by_their_ending),
        cmocka_unit_test(test_address__takes_no_sentence_for_a_host),
        cmocka_unit_test(test_address__keeps_paths_and_ports_of_bare_hosts),
        cmocka_unit_test(test_address__balances_brackets),
        cmocka_unit_test(test_address__stops_before_unspaced_scripts),
        cmocka_unit_test(test_address__leaves_an_at_sign_without_host),
        cmocka_unit_test(test_address__is_cut_like_any_token),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
