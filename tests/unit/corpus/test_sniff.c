/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include "corpus/sniff.h"

static const char *kind(const char *head, const char *name)
{
    struct sniffed found = sniff(span_of(head), span_of(name));
    return found.type ? found.type : found.refused ? found.refused : "look";
}

static void test_sniff__goes_by_content(void **state)
{
    (void)state;
    assert_string_equal(kind("%PDF-1.4", "a.txt"), "pdf");
    assert_string_equal(kind("\n\n\x01\x02\x03\x04\x05%PDF-1.4", "a.txt"), "pdf");
    assert_string_equal(kind("PK\3\4", "a.txt"), "look");
    assert_string_equal(kind("{\\rtf1 x}", "a.doc"), "rtf");
    assert_string_equal(kind("WARC/1.0\r\n", "a"), "warc");
    assert_string_equal(kind("<?xml version='1.0'?>\n<!-- x -->\n<html>", "a.pdf"), "html");
    assert_string_equal(kind("<DOC>\n<DOCNO>1</DOCNO>", "a.txt"), "sgml");
    assert_string_equal(kind("From a@b Wed Oct  8 10:00:00 2014\nReceived: x\n", "inbox"), "mbox");
    assert_string_equal(kind("{\"id\": 1, \"text\": \"x\"}\n{\"id\": 2}\n", "a.log"), "jsonl");
    assert_string_equal(kind("[\n {\"title\": \"x\"}]", "a"), "json");
    assert_string_equal(kind("Words of a text.", "a.docx"), "text");
    assert_string_equal(kind("\x89PNG\r\n\x1A\n", "a.html"), "a PNG picture");
}

static void test_sniff__takes_a_message_for_one_only_when_it_surely_is(void **state)
{
    (void)state;
    const char *memo = "From: The director\nTo: All\nSubject: Tea\n\nText";
    assert_string_equal(kind(memo, "a.txt"), "text");
    assert_string_equal(kind(memo, "a.eml"), "email");
    assert_string_equal(kind("Message-ID: <1@x>\nFrom: a@b\n\nText", "1.M2:2,S"), "email");
    assert_string_equal(kind("Note: this\nis no message", "a.eml"), "text");
    assert_string_equal(kind("From here on: the story\nof a town", "a.txt"), "text");
}

static void test_sniff__goes_by_name_where_content_is_silent(void **state)
{
    (void)state;
    assert_string_equal(kind("a,b\n1,2\n", "a.csv"), "csv");
    assert_string_equal(kind("a,b\n1,2\n", "a.txt"), "text");
    assert_string_equal(kind("# Heading", "a.md"), "markdown");
    assert_string_equal(kind("<p>Text", "a.htm"), "html");
    assert_string_equal(kind("<p>Text", "a.txt"), "text");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sniff__goes_by_content),
        cmocka_unit_test(test_sniff__takes_a_message_for_one_only_when_it_surely_is),
        cmocka_unit_test(test_sniff__goes_by_name_where_content_is_silent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
