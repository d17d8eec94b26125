/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <stdio.h>

static struct caught *read_page(void **state, const char *page)
{
    struct caught *caught = read_string(*state, "page.html", page);
    if (caught->status) fail_msg("%s", caught->error.message);
    assert_int_equal(caught->documents, 1);
    return caught;
}

#define LONG "Ministers of ten countries met on Thursday to speak about crime on the internet and what can be done."

static void test_html__gives_paragraphs_and_headings(void **state)
{
    struct caught *caught = read_page(
        state,
        "<html><body><h1>A  <em>title</em></h1><p>" LONG " One\n two<b>three</b> <i>four</i>.</p><ul><li>a<li>b</ul>"
        "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table><p>x<br>y</p><pre>p\n  q</pre></body></html>");
    assert_string_equal(caught->text[0], "A title\n\n" LONG " One twothree four.\n\na\nb\n\n1\t2\n3\n\nx\ny\n\np\nq");
    assert_string_equal(caught->field[0][FIELD_TITLE], "A title");
    assert_int_equal(caught->title_why[0], WHY_HEADING);
    assert_int_equal(caught->title_range[0].end, 7);
    assert_string_equal(caught->field[0][FIELD_TYPE], "html");
    caught_release(caught);
}

static void test_html__drops_what_is_around_the_text(void **state)
{
    struct caught *caught = read_page(
        state,
        "<html><head><title>T</title><style>p{}</style></head><body><header>HEAD</header><nav>NAV</nav>"
        "<div class='cookie-banner'>COOKIES</div><div id='navBar'>BAR</div><div role=navigation>ROLE</div>"
        "<div hidden>HIDDEN</div><div style='display: none'>NONE</div><script>SCRIPT</script><p>" LONG
        "</p><div class='adventure'>kept</div><aside>ASIDE</aside><form><input value=x><button>B</button>f</form>"
        "<ul><li><a href=a>One</a></li><li><a href=b>Two</a></li></ul><footer>FOOT</footer></body></html>");
    assert_string_equal(caught->text[0], LONG "\n\nkept\nf");
    caught_release(caught);
}

static void test_html__parts_words_where_something_was_dropped(void **state)
{
    struct caught *caught = read_page(state, "<body><p>one<button>two</button>three</p></body>");
    assert_string_equal(caught->text[0], "one three");
    caught_release(caught);
}

static void test_html__takes_the_main_part(void **state)
{
    struct caught *caught = read_page(state, "<body><div>OUT</div><main><header><h1>T</h1></header><p>" LONG
                                             "</p></main><div>OUT</div></body>");
    assert_string_equal(caught->text[0], "T\n\n" LONG);
    caught_release(caught);
    caught = read_page(state, "<body><div>OUT</div><article><p>" LONG "</p></article><div>OUT</div></body>");
    assert_string_equal(caught->text[0], LONG);
    caught_release(caught);
    caught = read_page(state, "<body><article><p>" LONG "</p></article><article><p>" LONG "</p></article></body>");
    assert_string_equal(caught->text[0], LONG "\n\n" LONG);
    caught_release(caught);
}

static void test_html__loses_no_page_for_its_layout(void **state)
{
    struct caught *caught = read_page(state, "<body><main></main><p>" LONG "</p></body>");
    assert_string_equal(caught->text[0], LONG);
    caught_release(caught);
    caught = read_page(state, "<body><div class='widget'><p>" LONG "</p></div></body>");
    assert_string_equal(caught->text[0], LONG);
    caught_release(caught);
    caught =
        read_page(state, "<head><meta name=description content='All there is.'></head><body><div id=app></div></body>");
    assert_string_equal(caught->text[0], "All there is.");
    caught_release(caught);
}

static void test_html__reads_metadata(void **state)
{
    struct caught *caught = read_page(
        state,
        "<html lang=en-GB><head><title>Crime | The Paper</title><meta property='og:site_name' content='The Paper'>"
        "<meta name=author content='Felix Kim'><meta property='article:published_time' content='2014-10-08T10:00:00Z'>"
        "<meta name=date content='2015-01-01'><link rel=canonical href='https://example.org/a'></head><body><p>" LONG
        "</p></body></html>");
    assert_string_equal(caught->field[0][FIELD_TITLE], "Crime");
    assert_int_equal(caught->title_why[0], WHY_METADATA);
    assert_string_equal(caught->field[0][FIELD_SOURCE], "The Paper");
    assert_string_equal(caught->field[0][FIELD_AUTHOR], "Felix Kim");
    assert_string_equal(caught->field[0][FIELD_DATE], "2014-10-08");
    assert_int_equal(caught->date_why[0], WHY_META_TAG);
    assert_string_equal(caught->field[0][FIELD_LANGUAGE], "en");
    assert_string_equal(caught->field[0][FIELD_URL], "https://example.org/a");
    caught_release(caught);
}

static void test_html__finds_the_source_by_title_or_address(void **state)
{
    struct caught *caught =
        read_page(state, "<title>Crime - The Paper</title><body><h1>Crime</h1><p>" LONG "</p></body>");
    assert_string_equal(caught->field[0][FIELD_TITLE], "Crime");
    assert_string_equal(caught->field[0][FIELD_SOURCE], "The Paper");
    caught_release(caught);
    caught = read_page(
        state,
        "<!-- saved from url=(0029)https://www.example.org/a/b -->\n<title>Crime - and more</title><p>" LONG "</p>");
    assert_string_equal(caught->field[0][FIELD_TITLE], "Crime - and more");
    assert_string_equal(caught->field[0][FIELD_URL], "https://www.example.org/a/b");
    assert_string_equal(caught->field[0][FIELD_SOURCE], "example.org");
    caught_release(caught);
}

static void test_html__takes_time_elements_that_agree(void **state)
{
    struct caught *caught = read_page(state, "<main><p>" LONG "</p><time datetime='2014-10-08T01:00'>x</time></main>");
    assert_string_equal(caught->field[0][FIELD_DATE], "2014-10-08");
    caught_release(caught);
    caught = read_page(state, "<main><p>" LONG "</p><time>2014-10-08</time><time>2015-10-08</time></main>");
    assert_string_equal(caught->field[0][FIELD_DATE], "");
    caught_release(caught);
}

static void test_html__puts_json_ld_before_meta_and_time(void **state)
{
    static const char *const ld =
        "<script type='application/ld+json'>{\"@context\": \"https://schema.org\", \"@graph\": [{\"@type\": \"WebSite\", "
        "\"name\": \"S\"}, {\"@type\": [\"NewsArticle\"], \"headline\": \"Head\", \"datePublished\": "
        "\"2014-10-08T01:00:00+09:00\", \"author\": [{\"name\": \"A B\"}, {\"name\": \"C D\"}], \"publisher\": "
        "{\"@type\": \"Organization\", \"name\": \"The Paper\"}}]}</script>";
    char page[2000];
    snprintf(page, sizeof page, "<head>%s<meta name=date content=2015-01-01></head><body><main><time>2016-01-01</time><p>%s"
             "</p></main>", ld, LONG);
    struct caught *caught = read_page(state, page);
    assert_string_equal(caught->field[0][FIELD_DATE], "2014-10-08");
    assert_int_equal(caught->date_why[0], WHY_JSON_LD);
    assert_string_equal(caught->field[0][FIELD_TITLE], "Head");
    assert_string_equal(caught->field[0][FIELD_AUTHOR], "A B; C D");
    assert_string_equal(caught->field[0][FIELD_SOURCE], "The Paper");
    caught_release(caught);
    caught = read_page(state, "<script type='application/ld+json'>{\"@type\": \"Article\", </script>"
                              "<main><time>2016-01-01</time><p>" LONG "</p></main>");
    assert_string_equal(caught->field[0][FIELD_DATE], "2016-01-01");
    assert_int_equal(caught->date_why[0], WHY_TIME);
    caught_release(caught);
}

static void test_html__reads_other_charsets(void **state)
{
    struct caught *caught =
        read_page(state, "<meta charset=iso-8859-1><p>Per\xFA and \x93more\x94 &eacute; &amp; &#26085;</p>");
    assert_string_equal(caught->text[0], "Perú and “more” é & 日");
    caught_release(caught);
    caught =
        read_page(state, "<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'><p>\x93\xFA\x96{</p>");
    assert_string_equal(caught->text[0], "日本");
    caught_release(caught);
}

static void test_html__is_known_by_its_content(void **state)
{
    struct caught *caught = read_string(*state, "page", "\n<!DOCTYPE html>\n<p>Text</p>");
    assert_string_equal(caught->field[0][FIELD_TYPE], "html");
    assert_string_equal(caught->text[0], "Text");
    caught_release(caught);
    caught = read_string(*state, "page.txt", "<p>Text</p>");
    assert_string_equal(caught->field[0][FIELD_TYPE], "text");
    caught_release(caught);
}

static void test_html__survives_depth(void **state)
{
    size_t depth = 100000;
    char *page = malloc(depth * 5 + 32);
    for (size_t i = 0; i < depth; i++) memcpy(page + i * 5, "<div>", 5);
    memcpy(page + depth * 5, "<p>the end</p>", 15);
    struct caught *caught = read_page(state, page);
    assert_string_equal(caught->text[0], "the end");
    caught_release(caught);
    free(page);
}

static void assert_too_much(void **state, const char *head, const char *part, const char *tail, size_t count)
{
    size_t length = strlen(part), more = strlen(tail), at = strlen(head);
    char *page = malloc(at + count * (length + more));
    memcpy(page, head, at);
    for (size_t i = 0; i < count; i++, at += length) memcpy(page + at, part, length);
    for (size_t i = 0; i < count; i++, at += more) memcpy(page + at, tail, more);
    struct caught *caught = read_bytes(*state, "page.html", page, at);
    assert_int_equal(caught->status, LIMIT);
    assert_int_equal(caught->documents, 0);
    caught_release(caught);
    free(page);
}

static void test_html__gives_up_on_pages_made_to_take_long(void **state)
{
    assert_too_much(state, "", "<b><i>", "</u></s>", 50000);
    assert_too_much(state, "<b><div>", "<i>", "</b>", 50000);
    assert_too_much(state, "<a ", "x ", "", 100000);
    assert_too_much(state, "", "<br>", "", 500000);
}

static void test_html__fetches_and_expands_nothing(void **state)
{
    struct caught *caught =
        read_page(state, "<!DOCTYPE html [<!ENTITY a 'AAAA'><!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
                         "<html><body><p>x &a; &b; y</p></body></html>");
    assert_null(strstr(caught->text[0], "AAAA"));
    assert_null(strstr(caught->text[0], "root:"));
    caught_release(caught);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_html__gives_paragraphs_and_headings),
        TEST(test_html__drops_what_is_around_the_text),
        TEST(test_html__parts_words_where_something_was_dropped),
        TEST(test_html__takes_the_main_part),
        TEST(test_html__loses_no_page_for_its_layout),
        TEST(test_html__reads_metadata),
        TEST(test_html__finds_the_source_by_title_or_address),
        TEST(test_html__takes_time_elements_that_agree),
        TEST(test_html__puts_json_ld_before_meta_and_time),
        TEST(test_html__reads_other_charsets),
        TEST(test_html__is_known_by_its_content),
        TEST(test_html__survives_depth),
        TEST(test_html__gives_up_on_pages_made_to_take_long),
        TEST(test_html__fetches_and_expands_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
