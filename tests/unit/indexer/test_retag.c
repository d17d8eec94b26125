/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finding the names of an index anew. */
#include "fixture.h"
#include "indexer/schema.h"
#include "indexer/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MODEL SOURCE_DIR "/indexer/entities/models/en.model"

static void write_articles(void)
{
    write_file("in/a.txt", "Talks\n\nFumio Kishida met ASEAN ministers in Tokyo on Monday.\n");
    write_file("in/b.txt", "Visit\n\nJoko Widodo arrived in Tokyo. Mr Widodo spoke.\n");
    write_file("in/c.jsonl", "{\"id\":\"c1\",\"text\":\"Anwar Ibrahim is in Kuala Lumpur.\"}\n"
                             "{\"id\":\"c2\",\"text\":\"Nothing of note.\"}\n"
                             "{\"id\":\"c3\",\"title\":\"Tokyo\",\"text\":\"The United Nations sent help.\"}\n");
}

static void index_into(const char *database, const char *names, bool tag)
{
    struct index_options options = {.database = database, .model = tag ? MODEL : NULL, .names = names};
    assert_int_equal(INDEX_WITH(options, "in").status, OK);
}

static struct retag_report retag_with(struct retag_options options)
{
    struct retag_report report;
    struct error error = {0};
    options.model = MODEL;
    enum status status = index_retag(&report, &options, &error);
    if (status) fail_msg("%s", error.message);
    return report;
}

static void assert_same_index(const char *a, const char *b)
{
    char *one = index_text(a), *other = index_text(b);
    assert_string_equal(one, other);
    free(one);
    free(other);
}

static void test_retag__gives_what_indexing_gives(void **state)
{
    (void)state;
    write_articles();
    index_into("x.db", NULL, false);
    index_into("wanted.db", NULL, true);
    struct retag_report report = retag_with((struct retag_options){.database = "x.db"});
    assert_int_equal(report.documents, 5);
    assert_int_equal(report.changed, 4);
    assert_same_index("x.db", "wanted.db");
    assert_sound("x.db");
}

static void test_retag__applies_changed_lists(void **state)
{
    (void)state;
    write_articles();
    index_into("x.db", NULL, true);
    write_file("mine/aliases.tsv", "Joko Widodo\tJokowi\tperson\n");
    write_file("mine/hide.tsv", "Tokyo\tplace\n");
    struct retag_report report = retag_with((struct retag_options){.database = "x.db", .names = "mine"});
    assert_int_equal(report.changed, 3);
    index_into("wanted.db", "mine", true);
    assert_same_index("x.db", "wanted.db");
    assert_sound("x.db");
    char *text = index_text("x.db");
    assert_null(strstr(text, "XLtokyo"));
    assert_non_null(strstr(text, "XEjokowi"));
    free(text);
    /* And back: the names that were, from lists that are empty now. */
    write_file("mine/aliases.tsv", "");
    write_file("mine/hide.tsv", "");
    assert_int_equal(retag_with((struct retag_options){.database = "x.db"}).changed, 3);
    text = index_text("x.db");
    assert_non_null(strstr(text, "XEjoko widodo"));
    free(text);
    assert_sound("x.db");
}

static void test_retag__writes_nothing_that_stays(void **state)
{
    (void)state;
    write_articles();
    index_into("x.db", NULL, true);
    char *before = index_text("x.db");
    struct retag_report report = retag_with((struct retag_options){.database = "x.db"});
    assert_int_equal(report.documents, 5);
    assert_int_equal(report.changed, 0);
    char *after = index_text("x.db");
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void test_retag__titles_from_elsewhere_keep_their_places(void **state)
{
    (void)state;
    write_file("in/t.jsonl",
               "{\"id\":\"t1\",\"title\":\"Joko Widodo in Tokyo\",\"text\":\"He met Fumio Kishida. Mr Widodo "
               "left Tokyo.\"}\n{\"id\":\"t2\",\"title\":\"Tokyo\",\"text\":\"\"}\n");
    index_into("x.db", NULL, false);
    index_into("wanted.db", NULL, true);
    assert_int_equal(retag_with((struct retag_options){.database = "x.db"}).changed, 2);
    assert_same_index("x.db", "wanted.db");
}

/* Stops a retag behind its second document. */
static volatile sig_atomic_t stop;

static void stop_at_two(void *context, uint64_t done, uint64_t total)
{
    (void)context;
    (void)total;
    if (done == 2) stop = 1;
}

static void stop_early(const char *names)
{
    struct retag_options options = {
        .database = "x.db", .model = MODEL, .names = names, .stop = &stop, .progress = stop_at_two};
    struct retag_report report;
    struct error error = {0};
    stop = 0;
    assert_int_equal(index_retag(&report, &options, &error), STOPPED);
    assert_int_equal(report.documents, 2);
    stop = 0;
}

static void test_retag__one_cut_short_goes_on(void **state)
{
    (void)state;
    write_articles();
    index_into("x.db", NULL, false);
    stop_early(NULL);
    assert_sound("x.db");
    struct retag_report report = retag_with((struct retag_options){.database = "x.db"});
    assert_int_equal(report.resumed, 2);
    assert_int_equal(report.documents, 3);
    index_into("wanted.db", NULL, true);
    assert_same_index("x.db", "wanted.db");
    /* One that ended leaves nothing to go on with. */
    assert_int_equal(retag_with((struct retag_options){.database = "x.db"}).resumed, 0);
}

static void test_retag__with_other_lists_it_begins_anew(void **state)
{
    (void)state;
    write_articles();
    write_file("mine/hide.tsv", "Tokyo\n");
    index_into("x.db", NULL, false);
    stop_early(NULL);
    struct retag_report report = retag_with((struct retag_options){.database = "x.db", .names = "mine"});
    assert_int_equal(report.resumed, 0);
    assert_int_equal(report.documents, 5);
    char *text = index_text("x.db");
    assert_null(strstr(text, "XLtokyo"));
    free(text);
}

static void test_retag__indexing_in_between_begins_it_anew(void **state)
{
    (void)state;
    write_articles();
    index_into("x.db", NULL, false);
    stop_early(NULL);
    write_file("in/a.txt", "Talks\n\nFumio Kishida met ASEAN ministers in Osaka on Tuesday.\n");
    index_into("x.db", NULL, false); /* the first document has no names now */
    struct retag_report report = retag_with((struct retag_options){.database = "x.db"});
    assert_int_equal(report.resumed, 0);
    char *text = index_text("x.db");
    assert_non_null(strstr(text, "XLosaka"));
    free(text);
}

static void test_retag__small_batches_make_the_same(void **state)
{
    (void)state;
    write_articles();
    index_into("x.db", NULL, false);
    index_into("wanted.db", NULL, true);
    retag_with((struct retag_options){.database = "x.db", .batch_documents = 1});
    assert_same_index("x.db", "wanted.db");
}

static void test_retag__what_is_not_there_is_told(void **state)
{
    (void)state;
    struct retag_report report;
    struct error error = {0};
    struct retag_options options = {.database = "none.db", .model = MODEL};
    assert_int_equal(index_retag(&report, &options, &error), MISSING);
    assert_non_null(strstr(error.message, "none.db"));
    write_articles();
    index_into("x.db", NULL, true);
    struct retag_options lists = {.database = "x.db", .model = MODEL, .names = "nowhere"};
    assert_int_equal(index_retag(&report, &lists, &error), MISSING);
    assert_non_null(strstr(error.message, "nowhere"));
    struct retag_options model = {.database = "x.db", .model = "in/a.txt"};
    assert_int_equal(index_retag(&report, &model, &error), DAMAGED);
    assert_sound("x.db");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_retag__gives_what_indexing_gives),
        TEST(test_retag__applies_changed_lists),
        TEST(test_retag__writes_nothing_that_stays),
        TEST(test_retag__titles_from_elsewhere_keep_their_places),
        TEST(test_retag__one_cut_short_goes_on),
        TEST(test_retag__with_other_lists_it_begins_anew),
        TEST(test_retag__indexing_in_between_begins_it_anew),
        TEST(test_retag__small_batches_make_the_same),
        TEST(test_retag__what_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
