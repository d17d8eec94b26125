/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/charset.h"
#include "fixture.h"

static void assert_decodes_as(struct span bytes, struct span declared, const char *expected)
{
    struct buffer out;
    struct span text;
    struct error error = {0};
    buffer_init(&out, 1 << 20);
    if (charset_decode(&text, bytes, declared, &out, &error) != OK) fail_msg("%s", error.message);
    if (!span_equal(text, span_of(expected))) fail_msg("'%.*s', not '%s'", (int)text.length, text.data, expected);
    buffer_release(&out);
}

#define NONE SPAN("")

static void test_charset__leaves_utf8_alone(void **state)
{
    (void)state;
    assert_decodes_as(SPAN("plain"), NONE, "plain");
    assert_decodes_as(SPAN("Perú 日本"), NONE, "Perú 日本");
    assert_decodes_as(SPAN("Perú"), SPAN("iso-8859-1"), "Perú"); /* what it is weighs more than what it says */
    assert_decodes_as(SPAN("\xEF\xBB\xBFPerú"), NONE, "Perú");
    assert_decodes_as(SPAN(""), NONE, "");
}

static void test_charset__reads_utf16_and_utf32_with_a_mark(void **state)
{
    (void)state;
    assert_decodes_as(SPAN("\xFF\xFE"
                           "A\0\xE9\0\xE5\x65"),
                      NONE, "Aé日");
    assert_decodes_as(SPAN("\xFE\xFF"
                           "\0A\0\xE9\x65\xE5"),
                      NONE, "Aé日");
    assert_decodes_as(SPAN("\xFF\xFE\0\0"
                           "A\0\0\0\xE9\0\0\0"),
                      NONE, "Aé");
}

static void test_charset__reads_utf16_without_a_mark(void **state)
{
    (void)state;
    assert_decodes_as(SPAN("A\0 \0t\0e\0x\0t\0"), NONE, "A text");
    assert_decodes_as(SPAN("\0A\0 \0t\0e\0x\0t"), NONE, "A text");
}

static void test_charset__survives_broken_utf16(void **state)
{
    (void)state;
    assert_decodes_as(SPAN("\xFF\xFE"
                           "A\0\x00\xD8"
                           "B\0C"),
                      NONE,
                      "A\xEF\xBF\xBD"
                      "B\xEF\xBF\xBD");
}

static void test_charset__follows_the_declaration(void **state)
{
    (void)state;
    assert_decodes_as(SPAN("Per\xFA \x93x\x94"), SPAN("ISO-8859-1"), "Perú “x”");
    assert_decodes_as(SPAN("\x93\xFA\x96{"), SPAN("Shift_JIS"), "日本");
    assert_decodes_as(SPAN("\xC6\xFC\xCB\xDC"), SPAN(" euc-jp "), "日本");
    assert_decodes_as(SPAN("Per\xFA"), SPAN("no-such-charset"), "Perú");
    assert_decodes_as(SPAN("Per\xFA"), SPAN("utf-8"), "Perú");
    assert_decodes_as(SPAN("Per\xFA"), SPAN("utf-8//IGNORE"), "Perú");
}

static void test_charset__finds_the_charset_of_text(void **state)
{
    (void)state;
    assert_decodes_as(SPAN("Los ministros de diez pa\xEDses se reunieron en Per\xFA para hablar del \x93"
                           "delito\x94 "
                           "inform\xE1tico y de la cooperaci\xF3n entre naciones.\n"),
                      NONE,
                      "Los ministros de diez países se reunieron en Perú para hablar del “delito” informático y de la "
                      "cooperación entre naciones.\n");
    assert_decodes_as(
        SPAN("\x93\xFA\x96\x7B\x82\xC6\x82\x60\x82\x72\x82\x64\x82\x60\x82\x6D\x82\xCD\x8B\xA6\x97\xCD\x82\xB7"
             "\x82\xE9\x81\x42\x93\xFA\x96\x7B\x82\xCC\x8C\x78\x8E\x40\x81\x42\n"),
        NONE, "日本とＡＳＥＡＮは協力する。日本の警察。\n");
    assert_decodes_as(SPAN("\x1B$BF|K\\\x1B(B\n"), NONE, "日本\n");
}

static void test_charset__keeps_utf8_with_a_few_faults(void **state)
{
    (void)state;
    assert_decodes_as(SPAN("日本とタイ\xFFの警察"), NONE, "日本とタイ\xFFの警察");
}

static void test_charset__tells_what_is_not_text(void **state)
{
    (void)state;
    assert_string_equal(charset_binary(SPAN("%PDF-1.4 …")), "a PDF document");
    assert_string_equal(charset_binary(SPAN("PK\3\4....")), "a zip archive or an office document");
    assert_string_equal(charset_binary(SPAN("text with a \0 in it")), "binary data");
    assert_string_equal(charset_binary(SPAN("\1\2\3\4\5 text")), "binary data");
    assert_null(charset_binary(SPAN("plain text\r\n\f")));
    assert_null(charset_binary(SPAN("ID3 is a tag, BZh a beginning")));
    assert_null(charset_binary(SPAN("")));
    char tar[512] = "file.txt";
    memcpy(tar + 257, "ustar", 5);
    assert_string_equal(charset_binary((struct span){tar, sizeof tar}), "a tar archive");
}

static void test_charset__refuses_what_is_not_text(void **state)
{
    (void)state;
    struct buffer out;
    struct span text;
    struct error error;
    buffer_init(&out, 1 << 20);
    assert_int_equal(charset_decode(&text, SPAN("GIF89a\1\0\1\0"), NONE, &out, &error), UNSUPPORTED);
    assert_string_equal(error.message, "a GIF picture, not text");
    buffer_release(&out);
}

static void test_charset__stops_at_the_maximum(void **state)
{
    (void)state;
    struct buffer out;
    struct span text;
    struct error error;
    char latin[4096];
    memset(latin, 0xE9, sizeof latin);
    buffer_init(&out, 4096);
    assert_int_equal(charset_decode(&text, (struct span){latin, sizeof latin}, SPAN("latin1"), &out, &error), LIMIT);
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_charset__leaves_utf8_alone),
        cmocka_unit_test(test_charset__reads_utf16_and_utf32_with_a_mark),
        cmocka_unit_test(test_charset__reads_utf16_without_a_mark),
        cmocka_unit_test(test_charset__survives_broken_utf16),
        cmocka_unit_test(test_charset__follows_the_declaration),
        cmocka_unit_test(test_charset__finds_the_charset_of_text),
        cmocka_unit_test(test_charset__keeps_utf8_with_a_few_faults),
        cmocka_unit_test(test_charset__tells_what_is_not_text),
        cmocka_unit_test(test_charset__refuses_what_is_not_text),
        cmocka_unit_test(test_charset__stops_at_the_maximum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
