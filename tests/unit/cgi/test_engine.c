/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The query string tells the child under test what to do. */
#include "searcher/cgi/engine.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static int answers, prepared; /* counted in the child */

static void prepare(void *context, const struct web_request *first)
{
    (void)context;
    (void)first;
    prepared++;
}

static bool answer(void *context, struct buffer *out, const struct web_request *request)
{
    struct span query = request->variable[WEB_QUERY];
    (void)context;
    answers++;
    if (span_equal(query, SPAN("crash"))) raise(SIGKILL);
    if (span_equal(query, SPAN("crash when used")) && answers > 1) raise(SIGKILL);
    if (span_equal(query, SPAN("exit"))) _exit(3);
    if (span_equal(query, SPAN("hang")))
        for (;;) pause();
    if (span_equal(query, SPAN("large")))
        for (int i = 0; i < 100000; i++) buffer_append_string(out, "0123456789");
    buffer_printf(out, "%d prepared, answer %d", prepared, answers);
    return span_equal(query, SPAN("stale")) || (span_equal(query, SPAN("stale when used")) && answers > 1);
}

static const struct engine_work work = {prepare, answer, NULL};
static struct buffer out;

static enum status ask(struct engine *engine, const char *query, int deadline, size_t recycle)
{
    struct web_request request = {0};
    request.variable[WEB_QUERY] = span_of(query);
    return engine_ask(engine, &work, &out, &request, deadline, recycle);
}

static void test_ask__is_answered_by_one_child(void **state)
{
    struct engine engine = {0};
    (void)state;
    assert_int_equal(ask(&engine, "a", 20000, 100), OK);
    assert_string_equal(out.data, "1 prepared, answer 1");
    pid_t child = engine.pid;
    assert_int_equal(ask(&engine, "b", 20000, 100), OK);
    assert_string_equal(out.data, "1 prepared, answer 2");
    assert_int_equal(engine.pid, child);
    assert_int_equal(ask(&engine, "large", 20000, 100), OK);
    assert_int_equal(out.length, 1000000 + strlen("1 prepared, answer 3"));
    engine_stop(&engine);
    assert_int_equal(kill(child, 0), -1);
}

static void test_ask__replaces_a_child_after_so_many(void **state)
{
    struct engine engine = {0};
    (void)state;
    assert_int_equal(ask(&engine, "a", 20000, 2), OK);
    assert_int_equal(ask(&engine, "a", 20000, 2), OK);
    assert_string_equal(out.data, "1 prepared, answer 2");
    assert_int_equal(engine.pid, 0);
    assert_int_equal(ask(&engine, "a", 20000, 2), OK);
    assert_string_equal(out.data, "1 prepared, answer 1");
    engine_stop(&engine);
}

static void test_ask__tells_a_crash_and_goes_on(void **state)
{
    struct engine engine = {0};
    (void)state;
    assert_int_equal(ask(&engine, "crash", 20000, 100), IO);
    assert_int_equal(engine.pid, 0);
    assert_int_equal(ask(&engine, "exit", 20000, 100), IO);
    assert_int_equal(ask(&engine, "a", 20000, 100), OK);
    assert_int_equal(ask(&engine, "crash", 20000, 100), IO); /* the fresh child crashes as well */
    assert_int_equal(ask(&engine, "a", 20000, 100), OK);
    assert_string_equal(out.data, "1 prepared, answer 1");
    engine_stop(&engine);
}

static void test_ask__asks_a_fresh_child_once(void **state)
{
    struct engine engine = {0};
    (void)state;
    assert_int_equal(ask(&engine, "a", 20000, 100), OK);
    pid_t first = engine.pid;
    assert_int_equal(ask(&engine, "crash when used", 20000, 100), OK);
    assert_string_equal(out.data, "1 prepared, answer 1");
    assert_int_not_equal(engine.pid, first);
    assert_int_equal(ask(&engine, "stale when used", 20000, 100), OK);
    assert_string_equal(out.data, "1 prepared, answer 1");
    assert_int_equal(ask(&engine, "stale", 20000, 100), OK); /* what it said is the answer, and it is not kept */
    assert_int_equal(engine.pid, 0);
    engine_stop(&engine);
}

static void test_ask__ends_a_child_that_is_late(void **state)
{
    struct engine engine = {0};
    (void)state;
    assert_int_equal(ask(&engine, "hang", 50, 100), STOPPED);
    assert_int_equal(engine.pid, 0);
    assert_int_equal(ask(&engine, "a", 20000, 100), OK);
    engine_stop(&engine);
}

static void test_ask__survives_a_child_killed_while_idle(void **state)
{
    struct engine engine = {0};
    (void)state;
    assert_int_equal(ask(&engine, "a", 20000, 100), OK);
    kill(engine.pid, SIGKILL);
    assert_int_equal(ask(&engine, "a", 20000, 100), OK);
    assert_string_equal(out.data, "1 prepared, answer 1");
    engine_stop(&engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ask__is_answered_by_one_child),
        cmocka_unit_test(test_ask__replaces_a_child_after_so_many),
        cmocka_unit_test(test_ask__tells_a_crash_and_goes_on),
        cmocka_unit_test(test_ask__asks_a_fresh_child_once),
        cmocka_unit_test(test_ask__ends_a_child_that_is_late),
        cmocka_unit_test(test_ask__survives_a_child_killed_while_idle),
    };
    buffer_init(&out, 1 << 24);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    buffer_release(&out);
    return failed;
}
