/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support.h"

static const char *keys;
static char qrels_path[40];

static int next_key(void *context)
{
    (void)context;
    return *keys ? (unsigned char)*keys++ : EOF;
}

static enum status show(void *context, struct span topic, struct span document, struct buffer *title,
                        struct buffer *snippet, struct buffer *text, struct error *error)
{
    (void)context, (void)topic, (void)error;
    if (span_equal(document, SPAN("gone"))) return NOT_FOUND;
    buffer_printf(title, "Title of %.*s", (int)document.length, document.data);
    buffer_append_string(snippet, "a snippet");
    buffer_append_string(text, "0123456789\x1b[31mred");
    return OK;
}

static enum status topic_text(void *context, struct span topic, struct buffer *text, struct error *error)
{
    (void)context, (void)topic, (void)error;
    return buffer_append_string(text, "what is it?");
}

static const struct judge_item ITEMS[] = {
    {{"1", 1}, {"a", 1}}, {{"1", 1}, {"gone", 4}}, {{"1", 1}, {"my b", 4}}, {{"2", 1}, {"a", 1}}};

static struct judge_outcome session(const char *pressed, char **screen_text)
{
    const struct judge_callbacks callbacks = {.show = show, .topic = topic_text, .key = next_key};
    const struct judge_options options = {.qrels_path = qrels_path, .grade_max = 3, .text_bytes = 10};
    struct judge_outcome outcome;
    char *text;
    size_t length;
    struct error error = {0};
    FILE *screen = open_memstream(&text, &length);
    keys = pressed;
    assert_int_equal(judge(&outcome, ITEMS, 4, &callbacks, &options, screen, &error), OK);
    fclose(screen);
    if (screen_text)
        *screen_text = text;
    else
        free(text);
    return outcome;
}

static void expect_file(const char *expected)
{
    char text[500] = "";
    FILE *file = fopen(qrels_path, "r");
    assert_non_null(file);
    size_t length = fread(text, 1, sizeof text - 1, file);
    text[length] = '\0';
    fclose(file);
    assert_string_equal(text, expected);
}

static int set_up(void **state)
{
    (void)state;
    strcpy(qrels_path, "/tmp/dossier-judge-XXXXXX");
    int descriptor = mkstemp(qrels_path);
    return descriptor < 0 || close(descriptor) ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    return unlink(qrels_path);
}

static void test_judge__writes_grades_as_qrels(void **state)
{
    (void)state;
    struct judge_outcome outcome = session("203", NULL);
    assert_int_equal(outcome.judged, 3);
    assert_int_equal(outcome.skipped, 1); /* gone from the index */
    assert_int_equal(outcome.left, 1);
    expect_file("1 0 a 2\n1 0 gone -1\n1 0 my%20b 0\n2 0 a 3\n");
}

static void test_judge__undo_goes_back(void **state)
{
    (void)state;
    session("20u1q", NULL);
    expect_file("1 0 a 2\n1 0 gone -1\n1 0 my%20b 1\n2 0 a -1\n");
}

static void test_judge__quits_and_goes_on_later(void **state)
{
    (void)state;
    struct judge_outcome outcome = session("2q", NULL);
    assert_true(outcome.quit);
    assert_int_equal(outcome.left, 3);
    outcome = session("31", NULL);
    assert_false(outcome.quit);
    assert_int_equal(outcome.judged, 2);
    expect_file("1 0 a 2\n1 0 gone -1\n1 0 my%20b 3\n2 0 a 1\n");
}

static void test_judge__end_of_input_is_a_quit(void **state)
{
    (void)state;
    assert_true(session("", NULL).quit);
}

static void test_judge__shows_text_that_cannot_drive_the_terminal(void **state)
{
    (void)state;
    char *screen;
    session("m9xq", &screen);
    assert_null(strchr(screen, '\x1b'));
    assert_non_null(strstr(screen,
                           "1 of 4   topic 1: what is it?\ndocument a\n\nTitle of a\n  a snippet\n\n0123456789\n"
                           "… (m for more)\n"));
    assert_non_null(strstr(screen, "?[31mred\n"));
    assert_non_null(strstr(screen, "0 to 3: the grade   u: undo   s: skip   m: more text   q: quit\n"));
    free(screen);
}

static void test_judge__keeps_judgements_of_others(void **state)
{
    (void)state;
    FILE *file = fopen(qrels_path, "w");
    assert_non_null(file);
    fputs("9 0 z 1\n1 0 a 0\n1 0 a 3\n", file); /* the last line about a document counts */
    fclose(file);
    session("s2", NULL);
    expect_file("1 0 a 3\n1 0 gone -1\n1 0 my%20b -1\n2 0 a 2\n9 0 z 1\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_judge__writes_grades_as_qrels, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_judge__undo_goes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_judge__quits_and_goes_on_later, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_judge__end_of_input_is_a_quit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_judge__shows_text_that_cannot_drive_the_terminal, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_judge__keeps_judgements_of_others, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
