/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/topics.h"
#include "support.h"

static char complaints[2000];

static void note(void *context, const char *message)
{
    (void)context;
    strncat(complaints, message, sizeof complaints - strlen(complaints) - 1);
    strncat(complaints, "\n", sizeof complaints - strlen(complaints) - 1);
}

static enum status read_text(struct topics *topics, const char *text, unsigned parts, struct error *error)
{
    struct lines *lines;
    complaints[0] = '\0';
    assert_int_equal(lines_open_memory(&lines, "t", span_of(text), error), OK);
    enum status status = topics_read_lines(topics, lines, parts, note, NULL, error);
    lines_close(lines);
    return status;
}

/* Topics as "name=text;". */
static void expect(const char *text, unsigned parts, const char *expected, const char *complained)
{
    struct topics topics;
    struct error error = {0};
    char joined[2000] = "";
    assert_int_equal(read_text(&topics, text, parts, &error), OK);
    for (size_t i = 0; i < topics.count; i++)
        snprintf(joined + strlen(joined), sizeof joined - strlen(joined), "%s=%s;", topics.items[i].name.data,
                 topics.items[i].text.data);
    assert_string_equal(joined, expected);
    assert_string_equal(complaints, complained);
    topics_release(&topics);
}

static const char TREC[] = "<top>\n<num> Number: 301\n<title> International   Organized Crime\n\n<desc> Description:\n"
                           "Identify <organizations> &amp; bosses.\n<narr> Narrative:\nNames needed.\n</top>\n\n<top>\n"
                           "<num>302</num><title>Polio</title>\n</top>\n<TOP><NUM>Number: 303\n<TITLE>Topic: Hubble";

static void test_topics__reads_names_and_texts_with_tabs(void **state)
{
    (void)state;
    expect("1\twhat is it\n2\t  spaced \t out  \r\n# no topic\n\n3 a b\n", TOPIC_TITLE,
           "1=what is it;2=spaced out;3=a b;", "");
    expect("\xef\xbb\xbf"
           "1\tx\n",
           TOPIC_DESCRIPTION, "1=x;", "");
}

static void test_topics__reads_trec(void **state)
{
    (void)state;
    expect(TREC, TOPIC_TITLE, "301=International Organized Crime;302=Polio;303=Hubble;", "");
    expect(TREC, TOPIC_TITLE | TOPIC_NARRATIVE, "301=International Organized Crime Names needed.;302=Polio;303=Hubble;",
           "");
    expect(TREC, TOPIC_DESCRIPTION, "301=Identify <organizations> & bosses.;",
           "t, line 11: topic '302' has no text; skipped\nt, line 14: topic '303' has no text; skipped\n");
}

static void test_topics__reads_json(void **state)
{
    (void)state;
    expect("{\"id\": 7, \"query\": \"a \\u00e9\"}\n{\"qid\": \"q-8\", \"title\": \"t\", \"description\": \"d\"}\n",
           TOPIC_TITLE, "7=a é;q-8=t;", "");
    expect("{\"_id\": \"8\", \"title\": \"t\", \"desc\": \"d\", \"narrative\": \"n\"}",
           TOPIC_TITLE | TOPIC_DESCRIPTION | TOPIC_NARRATIVE, "8=t d n;", "");
}

static void test_topics__skips_and_names_what_cannot_be_used(void **state)
{
    (void)state;
    expect("1\tone\n\tno name\n2\t\ntwo words\ttext\n1\tagain\n3\tthree\n", TOPIC_TITLE, "1=one;3=three;",
           "t, line 2: a topic without a name; skipped\nt, line 3: topic '2' has no text; skipped\n"
           "t, line 4: the topic's name 'two words' is not one word; skipped\n"
           "t, line 5: topic '1' was there already; skipped\n");
    expect("{\"id\": 1, \"text\": \"a\"}\n{\"id\": 2,\n{\"text\": \"b\"}\n[]\n", TOPIC_TITLE, "1=a;",
           "t, line 2: not a JSON object (string or '}' expected near end of file); skipped\n"
           "t, line 3: a topic without a name; skipped\n"
           "t, line 4: not a JSON object (but another value); skipped\n");
}

static void test_topics__needs_one_that_can_be_used(void **state)
{
    (void)state;
    struct topics topics;
    struct error error = {0};
    assert_int_equal(read_text(&topics, "\n1\t\n", TOPIC_TITLE, &error), INVALID);
    assert_string_equal(error.message, "'t' holds no topic that can be used");
}

static void test_topics__parts_are_named(void **state)
{
    (void)state;
    unsigned parts;
    struct error error;
    assert_int_equal(topics_parts_parse(&parts, "title+narr", &error), OK);
    assert_int_equal(parts, TOPIC_TITLE | TOPIC_NARRATIVE);
    assert_int_equal(topics_parts_parse(&parts, "desc", &error), OK);
    assert_int_equal(parts, TOPIC_DESCRIPTION);
    assert_int_equal(topics_parts_parse(&parts, "title+", &error), INVALID);
    assert_int_equal(topics_parts_parse(&parts, "summary", &error), INVALID);
    assert_string_equal(error.message, "'summary' is no part of a topic; choose title, desc or narr, or title+desc");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_topics__reads_names_and_texts_with_tabs),
        cmocka_unit_test(test_topics__reads_trec),
        cmocka_unit_test(test_topics__reads_json),
        cmocka_unit_test(test_topics__skips_and_names_what_cannot_be_used),
        cmocka_unit_test(test_topics__needs_one_that_can_be_used),
        cmocka_unit_test(test_topics__parts_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
