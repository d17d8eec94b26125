/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/status.h"
#include "corpus/text.h"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#undef fail /* cmocka has one of its own */
/* clang-format on */

#include <string.h>

static void test_fail__fills_the_error_and_returns_its_status(void **state)
{
    (void)state;
    struct error error;
    assert_int_equal(fail(&error, LOCKED, "cannot open index '%s': locked", "news.db"), LOCKED);
    assert_int_equal(error.status, LOCKED);
    assert_true(error.position == SIZE_MAX);
    assert_string_equal(error.message, "cannot open index 'news.db': locked");
}

static void test_fail_at__keeps_the_position(void **state)
{
    (void)state;
    struct error error;
    assert_int_equal(fail_at(&error, INVALID, 7, "unbalanced bracket"), INVALID);
    assert_int_equal(error.position, 7);
}

static void test_fail__takes_no_error(void **state)
{
    (void)state;
    assert_int_equal(fail(NULL, IO, "%s", "x"), IO);
    assert_int_equal(fail_at(NULL, IO, 1, "%s", "x"), IO);
}

static void test_fail__cuts_long_messages_on_a_character(void **state)
{
    (void)state;
    struct error error;
    char text[3 * ERROR_BYTES_MAX];
    for (size_t shift = 0; shift < 4; shift++) {
        memset(text, 'x', sizeof text);
        for (size_t i = shift; i + 3 < sizeof text; i += 3) memcpy(text + i, "€", 3);
        text[sizeof text - 1] = '\0';
        fail(&error, IO, "%s", text);
        size_t length = strlen(error.message);
        assert_true(length < ERROR_BYTES_MAX && length > ERROR_BYTES_MAX - 5);
        assert_true(utf8_valid(span_of(error.message)));
        assert_int_equal((length - shift) % 3, 0);
    }
}

static void test_fail__keeps_a_message_that_just_fits(void **state)
{
    (void)state;
    struct error error;
    char text[ERROR_BYTES_MAX] = "";
    memset(text, 'x', ERROR_BYTES_MAX - 1);
    memcpy(text + ERROR_BYTES_MAX - 3, "é", 2);
    fail(&error, IO, "%s", text);
    assert_string_equal(error.message, text);
}

static void test_fail__shows_no_control_characters(void **state)
{
    (void)state;
    struct error error;
    fail(&error, IO, "bad name '%s'", "a\n\x1B[31mb\x7F");
    assert_string_equal(error.message, "bad name 'a??[31mb?'");
}

static void test_fail__shows_no_c1_controls_and_no_broken_bytes(void **state)
{
    (void)state;
    struct error error;
    fail(&error, IO, "bad name '%s'",
         "a\xC2\x9B"
         "31mb é \x9B\xFFz");
    assert_string_equal(error.message, "bad name 'a?31mb é ??z'");
}

static void test_status_name__knows_all(void **state)
{
    (void)state;
    for (int status = OK; status < STATUS_COUNT; status++) assert_true(strlen(status_name((enum status)status)) > 1);
    assert_string_equal(status_name(STATUS_COUNT), "unknown status");
    assert_string_equal(status_name((enum status) - 1), "unknown status");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fail__fills_the_error_and_returns_its_status),
        cmocka_unit_test(test_fail_at__keeps_the_position),
        cmocka_unit_test(test_fail__takes_no_error),
        cmocka_unit_test(test_fail__cuts_long_messages_on_a_character),
        cmocka_unit_test(test_fail__keeps_a_message_that_just_fits),
        cmocka_unit_test(test_fail__shows_no_control_characters),
        cmocka_unit_test(test_fail__shows_no_c1_controls_and_no_broken_bytes),
        cmocka_unit_test(test_status_name__knows_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
