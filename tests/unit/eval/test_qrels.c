/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support.h"

static void test_qrels__orders_topics_as_bytes(void **state)
{
    (void)state;
    struct qrels *qrels;
    assert_int_equal(qrels_of(&qrels, "9 0 a 1\n10 0 a 1\nB 0 a 1\n", "qrels", NULL), OK);
    assert_int_equal(qrels_count(qrels), 3);
    assert_true(span_equal(qrels_topic(qrels, 0)->name, SPAN("10")));
    assert_true(span_equal(qrels_topic(qrels, 1)->name, SPAN("9")));
    assert_true(span_equal(qrels_topic(qrels, 2)->name, SPAN("B")));
    assert_int_equal(qrels_find(qrels, SPAN("9")), 1);
    assert_int_equal(qrels_find(qrels, SPAN("8")), SIZE_MAX);
    qrels_free(qrels);
}

static void test_qrels__tells_grades_apart_from_no_judgement(void **state)
{
    (void)state;
    struct qrels *qrels;
    assert_int_equal(qrels_of(&qrels, "1 0 a 3\r\n1 0 b 0\r\n1 0 c -1\r\n1 0 d -7\r\n", "qrels", NULL), OK);
    const struct judged_group *group = &qrels_topic(qrels, 0)->groups[0];
    assert_int_equal(judged_grade(group, SPAN("a")), 3);
    assert_int_equal(judged_grade(group, SPAN("b")), 0);
    assert_int_equal(judged_grade(group, SPAN("c")), GRADE_UNJUDGED);
    assert_int_equal(judged_grade(group, SPAN("d")), GRADE_UNJUDGED);
    assert_int_equal(judged_grade(group, SPAN("e")), GRADE_UNPOOLED);
    assert_int_equal(group->grade_max, 3);
    qrels_free(qrels);
}

static void test_qrels__skips_comments_and_blank_lines(void **state)
{
    (void)state;
    struct qrels *qrels;
    assert_int_equal(qrels_of(&qrels, "# one\n# two\n\n1 0 a 1\n   \n# end\n", "qrels", NULL), OK);
    assert_int_equal(qrels_count(qrels), 1);
    qrels_free(qrels);
}

static void test_qrels__keeps_judges_apart(void **state)
{
    (void)state;
    struct qrels *qrels;
    assert_int_equal(qrels_of(&qrels, "1 u2 a 1\n1 u1 a 0\n1 u1 b 2\n2 u2 a 1\n", "qrels_jg", NULL), OK);
    const struct judged_topic *topic = qrels_topic(qrels, 0);
    assert_int_equal(topic->group_count, 2);
    assert_true(span_equal(topic->groups[0].name, SPAN("u1")));
    assert_int_equal(judged_grade(&topic->groups[0], SPAN("a")), 0);
    assert_int_equal(judged_grade(&topic->groups[1], SPAN("a")), 1);
    assert_int_equal(qrels_topic(qrels, 1)->group_count, 1);
    qrels_free(qrels);
}

static void expect_message(const char *text, const char *format, const char *message)
{
    struct qrels *qrels = NULL;
    struct error error = {0};
    assert_int_equal(qrels_of(&qrels, text, format, &error), INVALID);
    assert_null(qrels);
    assert_string_equal(error.message, message);
}

static void test_qrels__names_what_is_wrong(void **state)
{
    (void)state;
    expect_message("1 0 a 1\n1 0 b\n", "qrels", "q, line 2: too few fields; format qrels has 4 on a line");
    expect_message("1 0 a 1 x\n", "qrels", "q, line 1: too many fields; format qrels has 4 on a line");
    expect_message("1 0 a yes\n", "qrels", "q, line 1: grade 'yes' is not a whole number of at most 32767");
    expect_message("1 0 a 1.5\n", "qrels", "q, line 1: grade '1.5' is not a whole number of at most 32767");
    expect_message("1 0 a 1e400\n", "qrels", "q, line 1: grade '1e400' is not a whole number of at most 32767");
    expect_message("1 u s a nan\n", "prefs", "q, line 1: level 'nan' is not a finite number");
    expect_message("", "qrels", "'q' holds no judgements");
    expect_message("# nothing\n", "qrels", "'q' holds no judgements");
}

static void test_qrels__names_the_first_duplicate(void **state)
{
    (void)state;
    expect_message("1 0 a 1\n2 0 a 1\n2 0 b 0\n1 0 a 1\n2 0 b 1\n", "qrels",
                   "q, line 4: document 'a' of topic '1' was judged in line 1 already");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_qrels__orders_topics_as_bytes),
        cmocka_unit_test(test_qrels__tells_grades_apart_from_no_judgement),
        cmocka_unit_test(test_qrels__skips_comments_and_blank_lines),
        cmocka_unit_test(test_qrels__keeps_judges_apart),
        cmocka_unit_test(test_qrels__names_what_is_wrong),
        cmocka_unit_test(test_qrels__names_the_first_duplicate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
