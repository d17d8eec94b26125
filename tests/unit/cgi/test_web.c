/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cgi/web.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_message__comes_back_as_it_was(void **state)
{
    (void)state;
    struct web_request request = {0}, back;
    struct buffer message;
    buffer_init(&message, WEB_MESSAGE_BYTES_MAX);
    request.variable[WEB_METHOD] = SPAN("GET");
    request.variable[WEB_QUERY] = SPAN("q=a\0b");
    assert_int_equal(web_request_write(&message, &request), OK);
    assert_int_equal(web_request_read(&back, buffer_span(&message)), OK);
    assert_true(span_equal(back.variable[WEB_QUERY], SPAN("q=a\0b")));
    assert_true(span_equal(back.variable[WEB_METHOD], SPAN("GET")));
    assert_int_equal(back.variable[WEB_PATH].length, 0);
    for (size_t cut = 0; cut < message.length; cut++)
        assert_int_equal(web_request_read(&back, span_cut(buffer_span(&message), 0, cut)), INVALID);
    buffer_release(&message);
}

static void test_message__cuts_what_is_past_all_limits(void **state)
{
    (void)state;
    size_t length = 2 * 1024 * 1024;
    char *huge = malloc(length);
    struct web_request request = {0}, back;
    struct buffer message;
    memset(huge, 'x', length);
    buffer_init(&message, WEB_MESSAGE_BYTES_MAX);
    for (int i = 0; i < WEB_VARIABLES; i++) request.variable[i] = (struct span){huge, length};
    assert_int_equal(web_request_write(&message, &request), OK);
    assert_int_equal(web_request_read(&back, buffer_span(&message)), OK);
    assert_int_equal(back.variable[WEB_QUERY].length, 16 * 1024);
    buffer_release(&message);
    free(huge);
}

static void test_header__cannot_end_its_line(void **state)
{
    (void)state;
    struct web_response response;
    struct buffer out;
    buffer_init(&out, 1 << 20);
    web_response_init(&response);
    web_header(&response, "X-Test", SPAN("a\r\nSet-Cookie: b\0c\x7F"));
    assert_string_equal(response.headers.data, "X-Test: aSet-Cookie: bc\r\n");
    html_markup(&response.body, "<p>body</p>");
    assert_int_equal(web_response_write(&out, &response, false), OK);
    assert_true(span_starts(buffer_span(&out), SPAN("Status: 200 OK\r\nX-Test: aSet-Cookie: bc\r\n")));
    assert_non_null(strstr(out.data, "\r\nContent-Length: 11\r\n\r\n<p>body</p>"));
    assert_non_null(strstr(out.data, "Content-Security-Policy: default-src 'none'; "));
    buffer_clear(&out);
    assert_int_equal(web_response_write(&out, &response, true), OK);
    assert_non_null(strstr(out.data, "\r\nContent-Length: 11\r\n\r\n"));
    assert_null(strstr(out.data, "<p>"));
    buffer_release(&out);
    web_response_release(&response);
}

static void expect_address(const char *script, const char *name, const char *port, const char *https,
                           const char *expected)
{
    struct web_request request = {0};
    struct buffer out;
    buffer_init(&out, 1 << 20);
    request.variable[WEB_SCRIPT] = span_of(script);
    request.variable[WEB_SERVER_NAME] = span_of(name);
    request.variable[WEB_SERVER_PORT] = span_of(port);
    request.variable[WEB_HTTPS] = span_of(https);
    assert_int_equal(web_address(&out, &request), OK);
    assert_string_equal(out.data, expected);
    buffer_release(&out);
}

static void test_address__is_made_of_harmless_characters(void **state)
{
    (void)state;
    expect_address("/cgi-bin/dossier.cgi", "example.org", "80", NULL, "http://example.org/cgi-bin/dossier.cgi");
    expect_address("/search", "example.org", "8443", "on", "https://example.org:8443/search");
    expect_address("/search", "example.org", "443", "on", "https://example.org/search");
    expect_address("/search", "[::1]", "8080", "off", "http://[::1]:8080/search");
    expect_address("/search", "evil.example/\"><script>", "80", NULL, "http://localhost/search");
    expect_address("/search", "a.example", "80 x", NULL, "http://a.example/search");
    expect_address("//evil.example/x\"<", "a.example", "80", NULL, "http://a.example/evil.example/x%22%3C");
    expect_address(NULL, NULL, NULL, NULL, "http://localhost/");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_message__comes_back_as_it_was),
        cmocka_unit_test(test_message__cuts_what_is_past_all_limits),
        cmocka_unit_test(test_header__cannot_end_its_line),
        cmocka_unit_test(test_address__is_made_of_harmless_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
