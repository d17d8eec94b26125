/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cgi/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void expect_text(const char *text, size_t length, const char *expected)
{
    struct html html;
    html_init(&html);
    html_text(&html, (struct span){text, length});
    assert_int_equal(html.status, OK);
    assert_string_equal(html.out.data ? html.out.data : "", expected);
    html_release(&html);
}

#define EXPECT_TEXT(literal, expected) expect_text((literal), sizeof(literal) - 1, (expected))

static void test_text__escapes_what_could_be_markup(void **state)
{
    (void)state;
    EXPECT_TEXT("<script>alert('a\"b')</script>&amp;",
                "&lt;script&gt;alert(&#39;a&quot;b&#39;)&lt;/script&gt;&amp;amp;");
    EXPECT_TEXT("plain text, 日本語, ไทย", "plain text, 日本語, ไทย");
    EXPECT_TEXT("", "");
}

static void test_text__leaves_out_what_xml_forbids(void **state)
{
    (void)state;
    EXPECT_TEXT("a\0b\x01\x1F\x7F"
                "c\td\ne\rf",
                "abc\td\nef");
    EXPECT_TEXT("\xC2\x85\xC2\x9F\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xB7\x90!", "!");
}

static void test_text__puts_replacement_characters_for_broken_bytes(void **state)
{
    (void)state;
    EXPECT_TEXT("\xFF<\xC0\xBC>", "\xEF\xBF\xBD&lt;\xEF\xBF\xBD\xEF\xBF\xBD&gt;");
    EXPECT_TEXT("a\xE2\x82", "a\xEF\xBF\xBD");
}

static void test_attribute__cannot_be_left(void **state)
{
    (void)state;
    struct html html;
    html_init(&html);
    html_attribute(&html, "title", SPAN("x\" onload='y\n\tz>"));
    assert_string_equal(html.out.data, " title=\"x&quot; onload=&#39;y&#10;&#9;z&gt;\"");
    html_release(&html);
}

static void test_href_data__takes_web_addresses_alone(void **state)
{
    (void)state;
    static const char *const refused[] = {"javascript:alert(1)",
                                          "JaVaScRiPt:alert(1)",
                                          "data:text/html,x",
                                          " https://a.example",
                                          "https://a.example/ b",
                                          "https:/a.example",
                                          "//a.example",
                                          "vbscript:x",
                                          "https://",
                                          "https://a\nb",
                                          "file:///etc/passwd",
                                          "https://\xFF",
                                          ""};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct html html;
        html_init(&html);
        html_href_data(&html, span_of(refused[i]));
        assert_int_equal(html.out.length, 0);
        html_release(&html);
    }
    struct html html;
    html_init(&html);
    html_href_data(&html, SPAN("HTTPS://a.example/?b=1&c=<2>"));
    assert_string_equal(html.out.data, " href=\"HTTPS://a.example/?b=1&amp;c=&lt;2&gt;\"");
    html_release(&html);
}

static void test_number__is_grouped(void **state)
{
    (void)state;
    static const struct {
        uint64_t number;
        const char *text;
    } cases[] = {
        {0, "0"}, {999, "999"}, {1000, "1,000"}, {1234567, "1,234,567"}, {UINT64_MAX, "18,446,744,073,709,551,615"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct html html;
        html_init(&html);
        html_number(&html, cases[i].number);
        assert_string_equal(html.out.data, cases[i].text);
        html_release(&html);
    }
}

static void test_url_component__encodes_as_a_form(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, 1000);
    assert_int_equal(url_component(&out, SPAN("a b+c&d=e/f?g*h-i.j_k~\xC3\xA9\"<>%#")), OK);
    assert_string_equal(out.data, "a+b%2Bc%26d%3De%2Ff%3Fg*h-i.j_k%7E%C3%A9%22%3C%3E%25%23");
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text__escapes_what_could_be_markup),
        cmocka_unit_test(test_text__leaves_out_what_xml_forbids),
        cmocka_unit_test(test_text__puts_replacement_characters_for_broken_bytes),
        cmocka_unit_test(test_attribute__cannot_be_left),
        cmocka_unit_test(test_href_data__takes_web_addresses_alone),
        cmocka_unit_test(test_number__is_grouped),
        cmocka_unit_test(test_url_component__encodes_as_a_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
