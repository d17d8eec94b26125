/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The readers whose files can be written down here; those in zip files are tested by tests/cli/formats. */
#include "fixture.h"

#include <stdio.h>

static void test_formats__reads_rich_text(void **state)
{
    struct caught *caught = read_string(
        *state, "a.txt",
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss Arial;}{\\f1\\fcharset128 Gothic;}}"
        "{\\colortbl;\\red0;}{\\info{\\title A \\'e9t\\'e9}{\\author Kim}{\\creatim\\yr2014\\mo10\\dy8}}"
        "{\\header Page head}\\pard One \\b bold\\b0  word\\par Th\\'e9 \\u40658?\\u-10179?\\u-8704?\\par "
        "{\\f1 \\'93\\'fa\\'96\\'7b}{\\*\\unknown gone}{\\pict 89504e47}\\{x\\}{\\v hidden}\\cell c\\row}");
    assert_int_equal(caught->status, OK);
    assert_string_equal(caught->field[0][FIELD_TYPE], "rtf");
    assert_string_equal(caught->field[0][FIELD_TITLE], "A été");
    assert_string_equal(caught->field[0][FIELD_AUTHOR], "Kim");
    assert_string_equal(caught->field[0][FIELD_DATE], "2014-10-08");
    assert_int_equal(caught->date_why[0], WHY_STAMP);
    assert_string_equal(caught->text[0], "One bold word\n\nThé 黒😀\n\n日本{x}\tc");
    caught_release(caught);
}

#define HEAD                                                                                                             \
    "From: Felix Kim <felix@press.example.org>\nTo: desk@example.org\nMessage-ID: <1@example.org>\nMIME-Version: 1.0\n"  \
    "Date: Wed, 08 Oct 2014 23:15:00 -0500\n"

static void test_formats__reads_a_message(void **state)
{
    struct caught *caught =
        read_string(*state, "a.eml", HEAD "Subject: =?iso-8859-1?Q?T=EDdes?=\nContent-Type: text/plain; charset=iso-8859-1\n"
                                          "Content-Transfer-Encoding: quoted-printable\n\nOf t=EDdes =\nand pilots.\n");
    assert_int_equal(caught->status, OK);
    assert_int_equal(caught->documents, 1);
    assert_string_equal(caught->field[0][FIELD_TITLE], "Tídes");
    assert_string_equal(caught->field[0][FIELD_DATE], "2014-10-08");
    assert_int_equal(caught->date_why[0], WHY_MAIL);
    assert_string_equal(caught->field[0][FIELD_AUTHOR], "Felix Kim");
    assert_string_equal(caught->field[0][FIELD_SOURCE], "press.example.org");
    assert_string_equal(caught->text[0], "From: Felix Kim <felix@press.example.org>\nTo: desk@example.org\n"
                                         "Subject: Tídes\n\nOf tídes and pilots.");
    caught_release(caught);
}

static void test_formats__takes_one_form_of_a_message_and_all_that_is_attached(void **state)
{
    struct caught *caught = read_string(
        *state, "a.eml",
        HEAD "Subject: S\nContent-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: multipart/alternative; boundary=a\n\n"
             "--a\nContent-Type: text/plain\n\nPlain words\n--a\nContent-Type: text/html\n\n<p>Formatted words</p>\n--a--\n"
             "--m\nContent-Type: text/plain; name=../../x.txt\nContent-Disposition: attachment\n\nAttached words\n"
             "--m\nContent-Type: image/png; name=p.png\nContent-Disposition: attachment\n"
             "Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
             "--m\nContent-Type: message/rfc822\n\nSubject: Inner\nMessage-ID: <2@x>\nFrom: b@x.org\n\nInner words\n--m--\n");
    assert_int_equal(caught->status, OK);
    assert_int_equal(caught->documents, 3);
    assert_non_null(strstr(caught->text[0], "Plain words"));
    assert_null(strstr(caught->text[0], "Formatted"));
    assert_string_equal(caught->field[0][FIELD_PARENT], "");
    assert_string_equal(caught->field[1][FIELD_ID], "a.eml/x.txt");
    assert_string_equal(caught->field[1][FIELD_PARENT], "a.eml");
    assert_string_equal(caught->text[1], "Attached words");
    assert_string_equal(caught->field[2][FIELD_TITLE], "Inner");
    assert_string_equal(caught->field[2][FIELD_PARENT], "a.eml");
    assert_int_equal(caught->bad, 1);
    assert_non_null(strstr(caught->reason[0], "'p.png' is a PNG picture"));
    caught_release(caught);
}

static void test_formats__reads_a_mailbox(void **state)
{
    struct caught *caught =
        read_string(*state, "box", "From a Wed Oct  8 10:00:00 2014\n" HEAD "Subject: One\n\nFirst\n>From here on\n\n"
                                   "From b Thu Oct  9 10:00:00 2014\nSubject: Two\nFrom: b@x.org\n\nSecond\n");
    assert_int_equal(caught->status, OK);
    assert_int_equal(caught->documents, 2);
    assert_string_equal(caught->field[0][FIELD_ID], "box/1@example.org");
    assert_string_equal(caught->field[1][FIELD_ID], "box/2");
    assert_string_equal(caught->field[1][FIELD_TYPE], "email");
    assert_int_equal(caught->where[1], 2);
    assert_non_null(strstr(caught->text[0], "First"));
    assert_null(strstr(caught->text[0], "Second"));
    caught_release(caught);
}

static void test_formats__reads_a_web_archive(void **state)
{
    static const char page[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
                               "10\r\n<html><p>A page \r\n8\r\nof words\r\n0\r\n\r\n";
    static const char gone[] = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html><p>Nothing here";
    char archive[2000];
    snprintf(archive, sizeof archive,
             "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n"
             "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <https://example.org/a?b=1>\r\n"
             "Content-Type: application/http\r\nContent-Length: %zu\r\n\r\n%s\r\n\r\n"
             "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/no\r\n"
             "Content-Type: application/http\r\nContent-Length: %zu\r\n\r\n%s\r\n\r\n",
             sizeof page - 1, page, sizeof gone - 1, gone);
    struct caught *caught = read_string(*state, "a.warc", archive);
    assert_int_equal(caught->status, OK);
    assert_int_equal(caught->documents, 1);
    assert_string_equal(caught->field[0][FIELD_ID], "a.warc/https:/example.org/a?b=1");
    assert_string_equal(caught->field[0][FIELD_URL], "https://example.org/a?b=1");
    assert_string_equal(caught->field[0][FIELD_SOURCE], "example.org");
    assert_string_equal(caught->text[0], "A page of words");
    caught_release(caught);
    archive[strlen(archive) - 400] = '\0';
    caught = read_string(*state, "b.warc", archive);
    assert_int_equal(caught->status, OK); /* the last record is shorter than it says: what there is was taken */
    caught_release(caught);
}

#define FLAT                                                                                                             \
    "<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "                                  \
    "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' xmlns:dc='d' xmlns:meta='m'>"

static void test_formats__reads_a_flat_open_document(void **state)
{
    struct caught *caught = read_string(
        *state, "a.fodt",
        "<?xml version='1.0'?>\n" FLAT "<office:meta><dc:title>Tides</dc:title><dc:date>2015-01-01</dc:date>"
        "<meta:creation-date>2014-10-08T10:00:00</meta:creation-date></office:meta><office:body><office:text>"
        "<text:tracked-changes>gone</text:tracked-changes><text:h>A  heading</text:h><text:p>One <text:s text:c='2'/>two"
        "<text:tab/>three<text:line-break/>four</text:p>\n<text:p>Five &amp; six</text:p></office:text></office:body>"
        "</office:document>");
    assert_int_equal(caught->status, OK);
    assert_string_equal(caught->field[0][FIELD_TYPE], "odt");
    assert_string_equal(caught->field[0][FIELD_TITLE], "Tides");
    assert_string_equal(caught->field[0][FIELD_DATE], "2014-10-08");
    assert_string_equal(caught->text[0], "A heading\n\nOne   two\tthree\nfour\n\nFive & six");
    caught_release(caught);
}

static void refused(void **state, const char *name, const char *text, const char *reason)
{
    struct caught *caught = read_string(*state, name, text);
    assert_int_equal(caught->documents, 0);
    assert_int_not_equal(caught->status, OK);
    if (!strstr(caught->error.message, reason)) fail_msg("'%s' lacks '%s'", caught->error.message, reason);
    caught_release(caught);
}

static void test_formats__expands_no_entity_and_fetches_nothing(void **state)
{
    refused(state, "a.fodt",
            "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;'>]>" FLAT
            "<text:p>&b;</text:p></office:document>",
            "it declares entities");
    refused(state, "b.fodt",
            "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" FLAT
            "<text:p>&a;</text:p></office:document>",
            "it declares entities");
}

static void test_formats__tells_what_is_broken(void **state)
{
    refused(state, "a.fodt", FLAT "<text:p>Words", "a broken document: ");
    refused(state, "a.pdf", "%PDF-1.4\nnothing", "a broken PDF: ");
    refused(state, "a.rtf", "{\\rtf1\\ansi{\\fonttbl", "it ends within its head");
    refused(state, "a.warc", "WARC/1.0\r\n\r\n", "a broken web archive: it has no record");
    char deep[5000] = "{\\rtf1 ";
    memset(deep + 7, '{', sizeof deep - 8);
    refused(state, "b.rtf", deep, "nested without end");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_formats__reads_rich_text),
        TEST(test_formats__reads_a_message),
        TEST(test_formats__takes_one_form_of_a_message_and_all_that_is_attached),
        TEST(test_formats__reads_a_mailbox),
        TEST(test_formats__reads_a_web_archive),
        TEST(test_formats__reads_a_flat_open_document),
        TEST(test_formats__expands_no_entity_and_fetches_nothing),
        TEST(test_formats__tells_what_is_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
