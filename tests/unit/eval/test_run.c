/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/run.h"
#include "support.h"

/* Writes what was read as "topic: document document …" lines. */
static enum status note(void *context, struct span topic, struct run_entry *entries, size_t count, struct error *error)
{
    (void)error;
    struct buffer *text = context;
    buffer_printf(text, "%.*s:", (int)topic.length, topic.data);
    for (size_t i = 0; i < count; i++)
        buffer_printf(text, " %.*s", (int)entries[i].document.length, entries[i].document.data);
    buffer_append_byte(text, '\n');
    return OK;
}

static bool all_but_x(void *context, struct span topic)
{
    (void)context;
    return !span_equal(topic, SPAN("x"));
}

static enum status read_text(struct buffer *text, struct buffer *tag, const char *run, struct error *error)
{
    struct lines *lines;
    assert_int_equal(lines_open_memory(&lines, "r", span_of(run), error), OK);
    struct run_reading reading = {.wanted = all_but_x, .topic = note, .context = text};
    buffer_init(text, 1000000);
    buffer_init(&reading.tag, 1000);
    enum status status = run_read_lines(&reading, lines, error);
    *tag = reading.tag;
    lines_close(lines);
    return status;
}

static void expect_order(const char *run, const char *expected)
{
    struct buffer text, tag;
    struct error error = {0};
    assert_int_equal(read_text(&text, &tag, run, &error), OK);
    assert_string_equal(text.data, expected);
    buffer_release(&text);
    buffer_release(&tag);
}

static void test_run__ranks_by_score_then_name_from_last_to_first(void **state)
{
    (void)state;
    expect_order("1 Q0 a 1 2 t\n1 Q0 c 2 5 t\n1 Q0 b 3 2.0 t\n1 Q0 B 4 2e0 t\n1 Q0 d 5 -1 t\n", "1: c b a B d\n");
}

static void test_run__reads_windows_lines_comments_and_blanks(void **state)
{
    (void)state;
    expect_order("# made by hand\r\n\r\n1\tQ0\ta\t1\t2\tt\r\n  # more\n1 Q0 b 2 3 t trailing words\r\n", "1: b a\n");
}

static void test_run__gathers_topics_that_are_mixed(void **state)
{
    (void)state;
    /* topic 1 is given once when 2 begins, and again, whole, when it turns up later */
    expect_order("1 Q0 a 1 1 t\n2 Q0 a 1 1 t\n1 Q0 b 1 9 t\n", "1: a\n2: a\n1: b a\n2: a\n");
}

static void test_run__passes_over_topics_not_wanted(void **state)
{
    (void)state;
    expect_order("x Q0 a 1 1 t\nx Q0 a 1 1 t\n1 Q0 a 1 1 t\nx Q0 b 1 1 t\n", "1: a\n");
}

static void test_run__keeps_the_tag_of_the_last_line(void **state)
{
    (void)state;
    struct buffer text, tag;
    assert_int_equal(read_text(&text, &tag, "1 Q0 a 1 1 first\nx Q0 b 1 1 last\n", NULL), OK);
    assert_string_equal(tag.data, "last");
    buffer_release(&text);
    buffer_release(&tag);
}

static void expect_message(const char *run, const char *message)
{
    struct buffer text, tag;
    struct error error = {0};
    assert_int_equal(read_text(&text, &tag, run, &error), INVALID);
    assert_string_equal(error.message, message);
    buffer_release(&text);
    buffer_release(&tag);
}

static void test_run__names_what_is_wrong(void **state)
{
    (void)state;
    expect_message("1 Q0 a 1 1 t\n1 Q0 b 1 2\n",
                   "r, line 2: too few fields; a run has 'topic Q0 document rank score tag' on a line");
    expect_message("1 Q0 a 1 high t\n", "r, line 1: score 'high' is not a number");
    expect_message("1 Q0 a 1 NaN t\n", "r, line 1: score 'NaN' is not a number that can be ranked");
    expect_message("1 Q0 a 1 -Infinity t\n", "r, line 1: score '-Infinity' is infinite, or too large for a double");
    expect_message("1 Q0 a 1 1e400 t\n", "r, line 1: score '1e400' is infinite, or too large for a double");
    expect_message("x Q0 a 1 1e400 t\n", "r, line 1: score '1e400' is infinite, or too large for a double");
    expect_message("1 Q0 a 1 3 t\n1 Q0 b 2 2 t\n1 Q0 a 3 1 t\n",
                   "r, line 3: document 'a' of topic '1' was given in line 1 already");
    expect_message("1 Q0 a 1 3 t\n2 Q0 a 1 3 t\n1 Q0 a 3 1 t\n",
                   "r, line 3: document 'a' of topic '1' was given in line 1 already");
    expect_message("# nothing\n", "'r' holds no results");
}

static void expect_written(const double *scores, size_t count, const char *expected)
{
    char *text;
    size_t length;
    FILE *file = open_memstream(&text, &length);
    struct run_writer writer;
    run_writer_init(&writer, file, "tag");
    assert_int_equal(run_write_topic(&writer, SPAN("7"), NULL), OK);
    for (size_t i = 0; i < count; i++) {
        char name[2] = {(char)('a' + (char)i), '\0'};
        assert_int_equal(run_write(&writer, span_of(name), scores[i], NULL), OK);
    }
    run_writer_release(&writer);
    fclose(file);
    assert_string_equal(text, expected);
    free(text);
}

static void test_run_write__scores_fall_strictly(void **state)
{
    (void)state;
    expect_written((double[]){2, 2, 2, 1, 1.5}, 5,
                   "7 Q0 a 1 2 tag\n7 Q0 b 2 1.99999988 tag\n7 Q0 c 3 1.99999976 tag\n7 Q0 d 4 1 tag\n"
                   "7 Q0 e 5 0.99999994 tag\n");
    expect_written((double[]){0, 0}, 2, "7 Q0 a 1 0 tag\n7 Q0 b 2 -1.40129846e-45 tag\n");
}

static void test_run_write__what_is_written_ranks_the_same_when_read(void **state)
{
    (void)state;
    char *text;
    size_t length;
    FILE *file = open_memstream(&text, &length);
    struct run_writer writer;
    run_writer_init(&writer, file, "t");
    assert_int_equal(run_write_topic(&writer, SPAN("1"), NULL), OK);
    for (char name = 'a'; name <= 'z'; name++)
        assert_int_equal(run_write(&writer, (struct span){&name, 1}, 3 + (name % 3) * 1e-9, NULL), OK);
    run_writer_release(&writer);
    fclose(file);
    expect_order(text, "1: a b c d e f g h i j k l m n o p q r s t u v w x y z\n");
    free(text);
}

static void test_run_write__names_that_are_no_field_come_back(void **state)
{
    (void)state;
    struct buffer name, back;
    buffer_init(&name, 100);
    buffer_init(&back, 100);
    assert_int_equal(run_name_append(&name, SPAN("my files/a\tb 100%.txt")), OK);
    assert_string_equal(name.data, "my%20files/a%09b%20100%.txt");
    assert_int_equal(run_name_restore(&back, buffer_span(&name)), OK);
    assert_string_equal(back.data, "my files/a\tb 100%.txt");
    buffer_release(&name);
    buffer_release(&back);
}

static void test_run_write__refuses_what_no_run_can_hold(void **state)
{
    (void)state;
    struct run_writer writer;
    struct error error;
    run_writer_init(&writer, stderr, "t");
    assert_int_equal(run_write_topic(&writer, SPAN("two words"), &error), INVALID);
    assert_string_equal(error.message, "topic 'two words' is not one word: a run cannot name it");
    assert_int_equal(run_write_topic(&writer, SPAN("1"), &error), OK);
    assert_int_equal(run_write(&writer, SPAN("d"), NAN, &error), INVALID);
    assert_int_equal(run_write(&writer, SPAN("d"), 1e300, &error), INVALID);
    assert_int_equal(run_write(&writer, SPAN(""), 1, &error), INVALID);
    assert_int_equal(run_tag_check("my run", &error), INVALID);
    assert_int_equal(run_tag_check("", &error), INVALID);
    assert_int_equal(run_tag_check("my-run", &error), OK);
    run_writer_release(&writer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_run__ranks_by_score_then_name_from_last_to_first),
        cmocka_unit_test(test_run__reads_windows_lines_comments_and_blanks),
        cmocka_unit_test(test_run__gathers_topics_that_are_mixed),
        cmocka_unit_test(test_run__passes_over_topics_not_wanted),
        cmocka_unit_test(test_run__keeps_the_tag_of_the_last_line),
        cmocka_unit_test(test_run__names_what_is_wrong),
        cmocka_unit_test(test_run_write__scores_fall_strictly),
        cmocka_unit_test(test_run_write__what_is_written_ranks_the_same_when_read),
        cmocka_unit_test(test_run_write__names_that_are_no_field_come_back),
        cmocka_unit_test(test_run_write__refuses_what_no_run_can_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
