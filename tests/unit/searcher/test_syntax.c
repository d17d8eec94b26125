/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/syntax.h"
#include "show_tree.h"

/* The query gives this tree, without a notice, and prints as [printed]. */
static void check(const char *query, const char *tree, const char *printed)
{
    struct syntax *syntax;
    struct error error;
    struct buffer buffer;
    const struct syntax_options strict = {.strict = true};
    assert_int_equal(syntax_parse(&syntax, span_of(query), &strict, &error), OK);
    assert_int_equal(syntax->notices_total, 0);
    buffer_init(&buffer, 4096);
    assert_non_null(syntax->root);
    show_tree(&buffer, syntax->root);
    assert_string_equal(buffer.data, tree);
    buffer_clear(&buffer);
    assert_int_equal(syntax_print(&buffer, syntax), OK);
    assert_string_equal(buffer.data, printed);
    buffer_release(&buffer);
    syntax_free(syntax);
}

static void test_syntax__reads_words_side_by_side(void **state)
{
    (void)state;
    check("cyber", "cyber", "cyber");
    check("  cyber  crime ", "(seq cyber crime)", "cyber crime");
    check("Wi-Fi U.S. C++ don't 1,000.5", "(seq Wi-Fi U.S. C++ don't 1,000.5)", "Wi-Fi U.S. C++ don't 1,000.5");
}

static void test_syntax__takes_punctuation_off_words(void **state)
{
    (void)state;
    check("one, two; three! four?", "(seq one two three four)", "one two three four");
    check("a - b & c", "(seq a b c)", "a b c");
}

static void test_syntax__reads_phrases_in_all_double_quotes(void **state)
{
    (void)state;
    check("\"cyber  crime\"", "\"cyber crime\"", "\"cyber crime\"");
    check("“cyber crime”", "\"cyber crime\"", "\"cyber crime\"");
    check("„cyber crime“", "\"cyber crime\"", "\"cyber crime\"");
    check("« cyber crime »", "\"cyber crime\"", "\"cyber crime\"");
    check("»cyber crime«", "\"cyber crime\"", "\"cyber crime\"");
    check("“cyber crime\"", "\"cyber crime\"", "\"cyber crime\"");
    check("＂cyber crime＂", "\"cyber crime\"", "\"cyber crime\"");
}

static void test_syntax__never_takes_apostrophes_for_quotes(void **state)
{
    (void)state;
    check("it's ‘quoted’ 'words here'", "(seq it's ‘quoted’ 'words here')", "it's ‘quoted’ 'words here'");
}

static void test_syntax__reads_exact_words_and_phrases(void **state)
{
    (void)state;
    check("=Running", "=Running", "=Running");
    check("=\"Running Late\"", "=\"Running Late\"", "=\"Running Late\"");
    check("a=b", "a=b", "a=b");
}

static void test_syntax__reads_prefixes(void **state)
{
    (void)state;
    check("cyber*", "cyber*", "cyber*");
    check("(cyber*, crime)", "(seq cyber* crime)", "cyber* crime");
    check("=cyber*", "cyber*", "cyber*");
}

static void test_syntax__binds_words_before_and_before_or(void **state)
{
    (void)state;
    check("a b AND c OR d e", "(or (and (seq a b) c) (seq d e))", "((a b) AND c) OR (d e)");
    check("(a OR b) c", "(seq (or a b) c)", "(a OR b) c");
    check("a AND (b OR c)", "(and a (or b c))", "a AND (b OR c)");
}

static void test_syntax__joins_groups_that_make_no_difference(void **state)
{
    (void)state;
    check("(a AND b) AND c", "(and a b c)", "a AND b AND c");
    check("a OR (b OR (c))", "(or a b c)", "a OR b OR c");
    check("a (b c)", "(seq a b c)", "a b c");
    check("a (b -c)", "(seq a (seq b (not c)))", "a (b -c)");
}

static void test_syntax__takes_operators_only_in_capitals(void **state)
{
    (void)state;
    check("a and b or not near c", "(seq a and b or not near c)", "a and b or not near c");
}

static void test_syntax__reads_not_and_minus(void **state)
{
    (void)state;
    check("a NOT b", "(seq a (not b))", "a -b");
    check("a AND NOT b", "(and a (not b))", "a AND -b");
    check("-b", "(not b)", "-b");
    check("a -(b c) -\"d e\" -title:f", "(seq a (not (seq b c)) (not \"d e\") (not (field title f)))",
          "a -(b c) -\"d e\" -title:f");
    check("NOT a OR b", "(or (not a) b)", "-a OR b");
    check("NOT a NEAR b", "(not (near/10 a b))", "-(a NEAR/10 b)");
    check("NOT NOT a", "(not (not a))", "NOT -a");
}

static void test_syntax__takes_minus_only_at_the_start_of_a_term(void **state)
{
    (void)state;
    check("counter-terrorism", "counter-terrorism", "counter-terrorism");
    check("Japan - ASEAN", "(seq Japan ASEAN)", "Japan ASEAN");
    check("--match all", "(seq match all)", "match all");
    check("2013-2014 a- -b", "(seq 2013-2014 a- (not b))", "2013-2014 a- -b");
    check("\"a\"-b", "(seq \"a\" b)", "\"a\" b");
}

static void test_syntax__reads_near_and_adj(void **state)
{
    (void)state;
    check("a NEAR/5 b", "(near/5 a b)", "a NEAR/5 b");
    check("a NEAR b", "(near/10 a b)", "a NEAR/10 b");
    check("a ADJ/3 b ADJ/3 c", "(adj/3 a b c)", "a ADJ/3 b ADJ/3 c");
    check("x a NEAR/2 (b OR \"c d\") y", "(seq x (near/2 a (or b \"c d\")) y)", "x (a NEAR/2 (b OR \"c d\")) y");
    check("person:kishida NEAR/10 place:tokyo", "(near/10 (field person kishida) (field place tokyo))",
          "person:kishida NEAR/10 place:tokyo");
    check("title:(a NEAR/3 be*)", "(field title (near/3 a be*))", "title:(a NEAR/3 be*)");
    check("NEARBY ADJ/x NEAR/", "(seq NEARBY ADJ/x NEAR/)", "NEARBY ADJ/x NEAR/");
}

static void test_syntax__reads_fields_of_words(void **state)
{
    (void)state;
    check("title:word", "(field title word)", "title:word");
    check("Title:word", "(field title word)", "title:word");
    check("title:\"two words\"", "(field title \"two words\")", "title:\"two words\"");
    check("title:(a b)", "(field title (seq a b))", "title:(a b)");
    check("title:(a OR -b)", "(field title (or a (not b)))", "title:(a OR -b)");
    check("author:=Kim source:reu*", "(seq (field author =Kim) (field source reu*))", "author:=Kim source:reu*");
    check("title:=\"as is\"", "(field title =\"as is\")", "title:=\"as is\"");
    check("text:word", "(field text word)", "text:word");
}

static void test_syntax__reads_fields_of_values_whole(void **state)
{
    (void)state;
    check("id:a/b(1).txt language:en", "(seq (field id 'a/b(1).txt') (field language 'en'))",
          "id:\"a/b(1).txt\" language:en");
    check("(url:http://x.y/z?a=b^c)", "(field url 'http://x.y/z?a=b^c')", "url:\"http://x.y/z?a=b^c\"");
    check("path:\"my docs/a b.txt\"", "(field path 'my docs/a b.txt')", "path:\"my docs/a b.txt\"");
    check("language:(en OR de)", "(field language (or 'en' 'de'))", "language:(en OR de)");
    check("type:pdf, id:«a\"b»", "(seq (field type 'pdf') (field id 'a\"b'))", "type:pdf id:«a\"b»");
    check("path:reports/* id:\"a b\"*", "(seq (field path reports/*) (field id a b*))", "path:reports/* id:\"a b\"*");
    check("lang:en^2", "(boost 2 (field language 'en'))", "language:en^2");
}

static void test_syntax__knows_the_names_of_names(void **state)
{
    (void)state;
    check("org:asean organisation:asean organization:asean",
          "(seq (field organization asean) (field organization asean) (field organization asean))",
          "organization:asean organization:asean organization:asean");
    check("per:kishida loc:japan person:\"Fumio Kishida\" place:tokyo",
          "(seq (field person kishida) (field place japan) (field person \"Fumio Kishida\") (field place tokyo))",
          "person:kishida place:japan person:\"Fumio Kishida\" place:tokyo");
}

static void test_syntax__reads_dates(void **state)
{
    (void)state;
    check("date:2014", "[20140101 20141231]", "date:2014");
    check("date:2014-10", "[20141001 20141031]", "date:2014-10");
    check("date:2014-10-08", "[20141008 20141008]", "date:2014-10-08");
    check("date:20141008", "[20141008 20141008]", "date:2014-10-08");
    check("date:2012-02", "[20120201 20120229]", "date:2012-02");
    check("date:1900-02", "[19000201 19000228]", "date:1900-02");
    check("date:2000-02-29", "[20000229 20000229]", "date:2000-02-29");
    check("date:none", "[none]", "date:none");
}

static void test_syntax__reads_ranges_of_dates(void **state)
{
    (void)state;
    check("date:2013-09..2014-10", "[20130901 20141031]", "date:2013-09..2014-10");
    check("date:..2015", "[0 20151231]", "date:..2015");
    check("date:2015..", "[20150101 0]", "date:2015..");
    check("date:2013..2014-03-04", "[20130101 20140304]", "date:2013-01-01..2014-03-04");
    check("date:2013-01..2013-12", "[20130101 20131231]", "date:2013");
    check("date:(2013 OR none)", "(or [20130101 20131231] [none])", "date:2013 OR date:none");
    check("a -date:\"2013\"", "(seq a (not [20130101 20131231]))", "a -date:2013");
}

static void test_syntax__reads_boosts(void **state)
{
    (void)state;
    check("word^2", "(boost 2 word)", "word^2");
    check("\"a b\"^0.5", "(boost 0.5 \"a b\")", "\"a b\"^0.5");
    check("(a OR b)^2 c", "(seq (boost 2 (or a b)) c)", "(a OR b)^2 c");
    check("title:a^1.25, b", "(seq (boost 1.25 (field title a)) b)", "title:a^1.25 b");
    check("title:(a^3)", "(field title (boost 3 a))", "title:(a^3)");
    check("-a^2 cy*^0", "(seq (not (boost 2 a)) (boost 0 cy*))", "-a^2 cy*^0");
}

static void test_syntax__takes_unknown_fields_for_words(void **state)
{
    (void)state;
    check("Re:Invent 12:30 http://x.y/z", "(seq Re:Invent 12:30 http://x.y/z)", "Re:Invent 12:30 http://x.y/z");
    check("TOKYO: talks", "(seq TOKYO talks)", "TOKYO talks");
    check("foo:\"a b\" bar:(c d)", "(seq foo \"a b\" bar c d)", "foo \"a b\" bar c d");
}

static void test_syntax__reads_full_width_forms(void **state)
{
    (void)state;
    check("ｔｉｔｌｅ：東京", "ｔｉｔｌｅ：東京", "ｔｉｔｌｅ：東京");
    check("title：東京　（日本　OR　韓国）", "(seq (field title 東京) (or 日本 韓国))", "title:東京 (日本 OR 韓国)");
    check("date：２０１４－１０", "[20141001 20141031]", "date:2014-10");
    check("－東京 ＝大阪 京都＾２ 神奈＊", "(seq (not 東京) =大阪 (boost 2 京都) 神奈*)", "-東京 =大阪 京都^2 神奈*");
}

static void test_syntax__parts_words_at_foreign_commas(void **state)
{
    (void)state;
    check("東京、大阪。京都", "(seq 東京 大阪 京都)", "東京 大阪 京都");
    check("القاهرة،بغداد؟", "(seq القاهرة بغداد)", "القاهرة بغداد");
    check("１，０００円", "１，０００円", "１，０００円");
    check("one—two…three", "(seq one two three)", "one two three");
}

static void test_syntax__keeps_places_in_the_query(void **state)
{
    (void)state;
    struct syntax *syntax;
    assert_int_equal(syntax_parse(&syntax, SPAN("ab -(c d) title:\"e\" f^2"), NULL, NULL), OK);
    static const struct range places[] = {{0, 2}, {3, 9}, {10, 19}, {20, 23}};
    const struct syntax_node *child = syntax->root->child;
    for (size_t i = 0; i < 4; i++, child = child->next) {
        assert_int_equal(child->range.start, places[i].start);
        assert_int_equal(child->range.end, places[i].end);
    }
    assert_int_equal(syntax->root->range.start, 0);
    assert_int_equal(syntax->root->range.end, 23);
    syntax_free(syntax);
}

static void test_syntax__repairs_bytes_that_are_not_text(void **state)
{
    (void)state;
    struct syntax *syntax;
    struct buffer buffer;
    buffer_init(&buffer, 100);
    assert_int_equal(syntax_parse(&syntax, SPAN("caf\xE9 a\0b \x1B[31m"), NULL, NULL), OK);
    show_tree(&buffer, syntax->root);
    assert_string_equal(buffer.data, "(seq caf\xEF\xBF\xBD a b [31m)");
    buffer_release(&buffer);
    syntax_free(syntax);
}

static void test_syntax__finds_nothing_to_ask_for(void **state)
{
    (void)state;
    static const char *const queries[] = {"", " ", "- & /", "?!", "\xEF\xBB\xBF"};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct syntax *syntax;
        struct buffer buffer;
        buffer_init(&buffer, 100);
        assert_int_equal(syntax_parse(&syntax, span_of(queries[i]), NULL, NULL), OK);
        assert_null(syntax->root);
        assert_int_equal(syntax_print(&buffer, syntax), OK);
        assert_int_equal(buffer.length, 0);
        buffer_release(&buffer);
        syntax_free(syntax);
    }
}

static void test_syntax__counts_words(void **state)
{
    (void)state;
    struct syntax *syntax;
    assert_int_equal(syntax_parse(&syntax, SPAN("a \"b c d\" title:e* date:2014 =f"), NULL, NULL), INVALID);
    assert_int_equal(syntax_parse(&syntax, SPAN("a \"b c d\" title:ee* date:2014 =f"), NULL, NULL), OK);
    assert_int_equal(syntax->terms, 7);
    syntax_free(syntax);
}

static void test_syntax__compares_trees(void **state)
{
    (void)state;
    static const char *const queries[] = {"a b",        "a c",       "a OR b", "\"a b\"",  "=\"a b\"", "a NEAR/2 b",
                                          "a NEAR/3 b", "title:a",   "text:a", "a^2",      "a^3",      "date:2014",
                                          "date:2015",  "date:none", "a b c",  "title:a b"};
    enum { COUNT = sizeof queries / sizeof *queries };
    struct syntax *trees[COUNT];
    for (size_t i = 0; i < COUNT; i++) assert_int_equal(syntax_parse(&trees[i], span_of(queries[i]), NULL, NULL), OK);
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < COUNT; j++) assert_int_equal(syntax_equal(trees[i]->root, trees[j]->root), i == j);
    assert_true(syntax_equal(NULL, NULL));
    assert_false(syntax_equal(NULL, trees[0]->root));
    for (size_t i = 0; i < COUNT; i++) syntax_free(trees[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_syntax__reads_words_side_by_side),
        cmocka_unit_test(test_syntax__takes_punctuation_off_words),
        cmocka_unit_test(test_syntax__reads_phrases_in_all_double_quotes),
        cmocka_unit_test(test_syntax__never_takes_apostrophes_for_quotes),
        cmocka_unit_test(test_syntax__reads_exact_words_and_phrases),
        cmocka_unit_test(test_syntax__reads_prefixes),
        cmocka_unit_test(test_syntax__binds_words_before_and_before_or),
        cmocka_unit_test(test_syntax__joins_groups_that_make_no_difference),
        cmocka_unit_test(test_syntax__takes_operators_only_in_capitals),
        cmocka_unit_test(test_syntax__reads_not_and_minus),
        cmocka_unit_test(test_syntax__takes_minus_only_at_the_start_of_a_term),
        cmocka_unit_test(test_syntax__reads_near_and_adj),
        cmocka_unit_test(test_syntax__reads_fields_of_words),
        cmocka_unit_test(test_syntax__reads_fields_of_values_whole),
        cmocka_unit_test(test_syntax__knows_the_names_of_names),
        cmocka_unit_test(test_syntax__reads_dates),
        cmocka_unit_test(test_syntax__reads_ranges_of_dates),
        cmocka_unit_test(test_syntax__reads_boosts),
        cmocka_unit_test(test_syntax__takes_unknown_fields_for_words),
        cmocka_unit_test(test_syntax__reads_full_width_forms),
        cmocka_unit_test(test_syntax__parts_words_at_foreign_commas),
        cmocka_unit_test(test_syntax__keeps_places_in_the_query),
        cmocka_unit_test(test_syntax__repairs_bytes_that_are_not_text),
        cmocka_unit_test(test_syntax__finds_nothing_to_ask_for),
        cmocka_unit_test(test_syntax__counts_words),
        cmocka_unit_test(test_syntax__compares_trees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
