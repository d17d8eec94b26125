/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support.h"

static void test_lines__gives_each_line_with_its_number(void **state)
{
    (void)state;
    struct lines *lines;
    struct span line;
    assert_int_equal(lines_open_memory(&lines, "f", SPAN("one\n\nthree"), NULL), OK);
    assert_int_equal(lines_next(lines, &line, NULL), OK);
    assert_true(span_equal(line, SPAN("one")));
    assert_int_equal(lines_next(lines, &line, NULL), OK);
    assert_int_equal(line.length, 0);
    assert_int_equal(lines_next(lines, &line, NULL), OK);
    assert_true(span_equal(line, SPAN("three")));
    assert_int_equal(lines_number(lines), 3);
    assert_int_equal(lines_next(lines, &line, NULL), NOT_FOUND);
    lines_close(lines);
}

static void test_lines__crosses_blocks(void **state)
{
    (void)state;
    size_t count = 100000;
    char *text = malloc(count * 8 + 1), *at = text;
    assert_non_null(text);
    for (size_t i = 0; i < count; i++, at += 8) snprintf(at, 9, "%07zu\n", i);
    struct lines *lines;
    struct span line;
    assert_int_equal(lines_open_memory(&lines, "f", (struct span){text, count * 8}, NULL), OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(lines_next(lines, &line, NULL), OK);
        assert_int_equal(line.length, 7);
        assert_int_equal(strtoul(line.data, NULL, 10), i);
    }
    assert_int_equal(lines_next(lines, &line, NULL), NOT_FOUND);
    lines_close(lines);
    free(text);
}

static void test_lines__names_the_line_with_a_nul(void **state)
{
    (void)state;
    struct lines *lines;
    struct span line;
    struct error error;
    assert_int_equal(lines_open_memory(&lines, "f", SPAN("a\nb\0c\n"), &error), OK);
    assert_int_equal(lines_next(lines, &line, &error), OK);
    assert_int_equal(lines_next(lines, &line, &error), INVALID);
    assert_string_equal(error.message, "f, line 2: holds a NUL byte; is this a text file?");
    lines_close(lines);
}

static void test_lines__refuses_an_endless_line(void **state)
{
    (void)state;
    size_t length = (size_t)LINE_BYTES_MAX * 2;
    char *text = malloc(length);
    assert_non_null(text);
    memset(text, 'x', length);
    struct lines *lines;
    struct span line;
    struct error error;
    assert_int_equal(lines_open_memory(&lines, "f", (struct span){text, length}, &error), OK);
    assert_int_equal(lines_next(lines, &line, &error), LIMIT);
    assert_string_equal(error.message, "f, line 1: longer than 1048576 bytes");
    lines_close(lines);
    free(text);
}

static void test_lines__says_which_file_is_missing(void **state)
{
    (void)state;
    struct lines *lines;
    struct error error;
    assert_int_equal(lines_open(&lines, "no-such-file", &error), IO);
    assert_string_equal(error.message, "cannot open 'no-such-file': No such file or directory");
}

static void test_fields__splits_at_any_white_space(void **state)
{
    (void)state;
    struct span fields[3], rest;
    assert_int_equal(fields_split(SPAN(" a\tbc \r d  e f \r"), fields, 3, &rest), 3);
    assert_true(span_equal(fields[0], SPAN("a")));
    assert_true(span_equal(fields[1], SPAN("bc")));
    assert_true(span_equal(fields[2], SPAN("d")));
    assert_true(span_equal(rest, SPAN("e f")));
}

static enum number_fault parse(const char *text, double *value)
{
    return number_parse(span_of(text), value);
}

static void test_number__rounds_as_strtod_does(void **state)
{
    (void)state;
    static const char *const texts[] = {"0",
                                        "-0.0",
                                        "1",
                                        "-1.5",
                                        ".5",
                                        "5.",
                                        "123.456",
                                        "1e3",
                                        "-2.5e-7",
                                        "1E+10",
                                        "0.1",
                                        "29.990000",
                                        "1e22",
                                        "1e23",
                                        "1e-400",
                                        "9007199254740993",
                                        "0x1p-3",
                                        "123456789012345678901234567890",
                                        "2.2250738585072014e-308",
                                        "4.35"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double value;
        assert_int_equal(parse(texts[i], &value), NUMBER_GOOD);
        double expected = strtod(texts[i], NULL);
        assert_memory_equal(&value, &expected, sizeof value);
    }
}

static void test_number__tells_why_it_is_none(void **state)
{
    (void)state;
    double value;
    assert_int_equal(parse("1e400", &value), NUMBER_INFINITE);
    assert_int_equal(parse("-inf", &value), NUMBER_INFINITE);
    assert_int_equal(parse("nan", &value), NUMBER_NAN);
    assert_int_equal(parse("", &value), NUMBER_NOT);
    assert_int_equal(parse("1,5", &value), NUMBER_NOT);
    assert_int_equal(parse("12x", &value), NUMBER_NOT);
    assert_int_equal(parse("--1", &value), NUMBER_NOT);
    assert_int_equal(parse(".", &value), NUMBER_NOT);
    assert_int_equal(parse("1e", &value), NUMBER_NOT);
}

static void test_integer__keeps_to_its_range(void **state)
{
    (void)state;
    long value;
    assert_true(integer_parse(SPAN("-12"), -100, 100, &value));
    assert_int_equal(value, -12);
    assert_true(integer_parse(SPAN("+7"), -100, 100, &value));
    assert_int_equal(value, 7);
    assert_false(integer_parse(SPAN("101"), -100, 100, &value));
    assert_false(integer_parse(SPAN("99999999999999999999999"), -100, 100, &value));
    assert_false(integer_parse(SPAN("1.0"), -100, 100, &value));
    assert_false(integer_parse(SPAN("-"), -100, 100, &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines__gives_each_line_with_its_number),
        cmocka_unit_test(test_lines__crosses_blocks),
        cmocka_unit_test(test_lines__names_the_line_with_a_nul),
        cmocka_unit_test(test_lines__refuses_an_endless_line),
        cmocka_unit_test(test_lines__says_which_file_is_missing),
        cmocka_unit_test(test_fields__splits_at_any_white_space),
        cmocka_unit_test(test_number__rounds_as_strtod_does),
        cmocka_unit_test(test_number__tells_why_it_is_none),
        cmocka_unit_test(test_integer__keeps_to_its_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
