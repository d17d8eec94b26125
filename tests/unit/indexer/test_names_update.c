/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an update does with names. */
#include "fixture.h"
#include "indexer/schema.h"
#include "indexer/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MODEL SOURCE_DIR "/indexer/entities/models/en.model"

static void write_articles(void)
{
    write_file("in/a.txt", "Talks\n\nFumio Kishida met ASEAN ministers in Tokyo on Monday.\n");
    write_file("in/b.txt", "Visit\n\nJoko Widodo arrived in Tokyo. Mr Widodo spoke.\n");
    write_file("in/c.jsonl", "{\"id\":\"c1\",\"text\":\"Anwar Ibrahim is in Kuala Lumpur.\"}\n"
                             "{\"id\":\"c2\",\"text\":\"Nothing of note.\"}\n"
                             "{\"id\":\"c3\",\"title\":\"Tokyo\",\"text\":\"The United Nations sent help.\"}\n");
}

static struct index_run tag_with(unsigned jobs, const char *database)
{
    struct index_options options = {.database = database, .jobs = jobs, .model = MODEL};
    return INDEX_WITH(options, "in");
}

static char *metadata(const char *path, const char *key)
{
    struct store store;
    struct error error;
    struct store_options options = {.path = path, .existing = true};
    struct span value;
    assert_int_equal(store_open(&store, &options, &error), OK);
    assert_int_equal(store_metadata(&value, &store, span_of(key), &error), OK);
    char *copy = strndup(value.data, value.length);
    store_close(&store);
    return copy;
}

static void test_names_update__index_holds_them_and_is_sound(void **state)
{
    (void)state;
    write_articles();
    struct index_run run = tag_with(1, "x.db");
    assert_int_equal(run.status, OK);
    assert_int_equal(run.report.added, 5);
    assert_int_equal(run.report.untagged, 0);
    assert_sound("x.db");
    char *text = index_text("x.db");
    assert_non_null(strstr(text, "XEfumio kishida"));
    assert_non_null(strstr(text, "XLkuala lumpur"));
    free(text);
    char *identity = metadata("x.db", METADATA_MODEL);
    assert_int_equal(strlen(identity), 32);
    free(identity);
}

static void test_names_update__do_not_depend_on_the_number_of_workers(void **state)
{
    (void)state;
    write_articles();
    assert_int_equal(tag_with(1, "one.db").status, OK);
    assert_int_equal(tag_with(3, "three.db").status, OK);
    char *one = index_text("one.db"), *three = index_text("three.db");
    assert_string_equal(one, three);
    free(one);
    free(three);
}

static void test_names_update__without_a_model_there_are_none(void **state)
{
    (void)state;
    write_articles();
    struct index_run run = INDEX("in");
    assert_int_equal(run.status, OK);
    assert_int_equal(run.report.untagged, 5);
    char *text = index_text("x.db");
    assert_null(strstr(text, "XEfumio"));
    assert_null(strstr(text, "XLtokyo"));
    free(text);
    char *identity = metadata("x.db", METADATA_MODEL);
    assert_string_equal(identity, "");
    free(identity);
}

static void test_names_update__go_with_a_pruned_document(void **state)
{
    (void)state;
    write_articles();
    assert_int_equal(tag_with(1, "x.db").status, OK);
    assert_int_equal(remove("in/b.txt"), 0);
    struct index_options options = {.model = MODEL, .prune = true};
    struct index_run run = INDEX_WITH(options, "in");
    assert_int_equal(run.report.removed, 1);
    char *text = index_text("x.db");
    assert_null(strstr(text, "XEjoko widodo"));
    assert_non_null(strstr(text, "XLtokyo"));
    free(text);
    struct xc_database *database = NULL;
    uint32_t frequency = 9;
    assert_int_equal(xc_database_open(&database, "x.db", NULL), XC_OK);
    assert_int_equal(xc_database_term_frequency(&frequency, database, "XEjoko widodo", 13, NULL), XC_OK);
    assert_int_equal(frequency, 0);
    xc_database_free(database);
    assert_sound("x.db");
}

static void test_names_update__unchanged_documents_stay_unchanged(void **state)
{
    (void)state;
    write_articles();
    assert_int_equal(INDEX("in").status, OK);
    struct index_run run = tag_with(1, "x.db");
    assert_int_equal(run.report.unchanged, 5);
    assert_int_equal(run.report.updated, 0);
    assert_string_equal(run.notes.text,
                        "warning x.db:0 -: its documents were indexed without names; those that do not change stay so "
                        "(dossier retag finds names in them too)\n");
}

static void test_names_update__lists_beside_the_index_apply(void **state)
{
    (void)state;
    write_articles();
    write_file("x.db.names/hide.tsv", "Tokyo\tplace\n");
    write_file("x.db.names/aliases.tsv", "Joko Widodo\tJokowi\tperson\nbroken\n");
    struct index_run run = tag_with(1, "x.db");
    assert_int_equal(run.status, OK);
    assert_non_null(strstr(run.notes.text, "x.db.names/aliases.tsv, line 2"));
    char *text = index_text("x.db");
    assert_null(strstr(text, "XLtokyo"));
    assert_non_null(strstr(text, "XEjokowi"));
    free(text);
    assert_sound("x.db");
}

static void test_names_update__other_lists_are_told(void **state)
{
    (void)state;
    write_articles();
    assert_int_equal(tag_with(1, "x.db").status, OK);
    assert_int_equal(tag_with(1, "x.db").notes.count, 0);
    write_file("mine/hide.tsv", "Tokyo\n");
    struct index_options options = {.model = MODEL, .names = "mine"};
    struct index_run run = INDEX_WITH(options, "in");
    assert_int_equal(run.status, OK);
    assert_non_null(strstr(run.notes.text, "found with another model or other lists"));
}

static void test_names_update__lists_and_models_that_are_not_there_are_refused(void **state)
{
    (void)state;
    write_articles();
    struct index_options lists = {.model = MODEL, .names = "nowhere"};
    struct index_run run = INDEX_WITH(lists, "in");
    assert_int_equal(run.status, MISSING);
    assert_non_null(strstr(run.error.message, "nowhere"));
    struct index_options model = {.model = "in/a.txt"};
    run = INDEX_WITH(model, "in");
    assert_int_equal(run.status, DAMAGED);
    struct stat found;
    assert_int_equal(stat("x.db", &found), -1); /* nothing was begun */
}

static void keep_finding(void *context, const char *message)
{
    snprintf(context, 200, "%s", message);
}

static void test_names_update__check_finds_a_value_that_is_not_the_records(void **state)
{
    (void)state;
    write_articles();
    assert_int_equal(tag_with(1, "x.db").status, OK);
    struct xc_writer_options options = {.create = XC_OPEN_EXISTING};
    struct xc_writer *writer = NULL;
    struct xc_database *database = NULL;
    struct xc_document *document = NULL;
    assert_int_equal(xc_writer_open(&writer, "x.db", &options, NULL), XC_OK);
    assert_int_equal(xc_writer_begin(writer, NULL), XC_OK);
    assert_int_equal(xc_writer_database(&database, writer, NULL), XC_OK);
    assert_int_equal(xc_database_document(&document, database, 1, NULL), XC_OK);
    assert_int_equal(xc_document_set_value(document, SLOT_PLACE, "\x05Osaka", 6, NULL), XC_OK);
    assert_int_equal(xc_writer_replace(writer, 1, document, NULL), XC_OK);
    assert_int_equal(xc_writer_commit(writer, NULL), XC_OK);
    xc_document_free(document);
    xc_database_free(database);
    xc_writer_free(writer);
    char finding[200] = "";
    struct index_check_result result;
    struct error error;
    assert_int_equal(index_check(&result, "x.db", keep_finding, NULL, finding, NULL, &error), OK);
    assert_int_equal(result.findings, 1);
    assert_string_equal(finding, "document 1: its place is not that of its record");
}

static void test_names_update__check_finds_a_term_that_is_not_the_records(void **state)
{
    (void)state;
    static const struct {
        const char *add, *remove, *finding;
    } cases[] = {
        {"XLosaka", NULL, "document 1: the term 'XLosaka' of a name that is not in its record leads to it"},
        {NULL, "XLtokyo", "document 1: the term 'XLtokyo' of a name in its record does not lead to it"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char database[16];
        snprintf(database, sizeof database, "x%zu.db", i);
        write_articles();
        assert_int_equal(tag_with(1, database).status, OK);
        struct xc_writer_options options = {.create = XC_OPEN_EXISTING};
        struct xc_writer *writer = NULL;
        struct xc_database *view = NULL;
        struct xc_document *document = NULL;
        assert_int_equal(xc_writer_open(&writer, database, &options, NULL), XC_OK);
        assert_int_equal(xc_writer_begin(writer, NULL), XC_OK);
        assert_int_equal(xc_writer_database(&view, writer, NULL), XC_OK);
        assert_int_equal(xc_database_document(&document, view, 1, NULL), XC_OK);
        if (cases[i].add)
            assert_int_equal(xc_document_add_term(document, cases[i].add, strlen(cases[i].add), 0, NULL), XC_OK);
        if (cases[i].remove)
            assert_int_equal(xc_document_remove_term(document, cases[i].remove, strlen(cases[i].remove), NULL), XC_OK);
        assert_int_equal(xc_writer_replace(writer, 1, document, NULL), XC_OK);
        assert_int_equal(xc_writer_commit(writer, NULL), XC_OK);
        xc_document_free(document);
        xc_database_free(view);
        xc_writer_free(writer);
        char finding[200] = "";
        struct index_check_result result;
        struct error error;
        assert_int_equal(index_check(&result, database, keep_finding, NULL, finding, NULL, &error), OK);
        assert_int_equal(result.findings, 1);
        assert_string_equal(finding, cases[i].finding);
    }
}

static void test_names_update__a_named_folder_of_lists_is_remembered(void **state)
{
    (void)state;
    write_articles();
    write_file("mine/aliases.tsv", "Joko Widodo\tJokowi\tperson\n");
    struct index_options named = {.model = MODEL, .names = "mine"};
    assert_int_equal(INDEX_WITH(named, "in").status, OK);
    char *folder = metadata("x.db", METADATA_NAMES), *list = metadata("x.db", METADATA_LIST "aliases.tsv");
    assert_non_null(strstr(folder, "/mine"));
    assert_string_equal(list, "Joko Widodo\tJokowi\tperson\n");
    free(folder);
    free(list);
    /* Without a word about lists they serve again, from their folder or, when that is gone, as they were. */
    write_file("in/d.txt", "Later\n\nPresident Joko Widodo spoke in Tokyo.\n");
    assert_int_equal(tag_with(1, "x.db").notes.count, 0);
    assert_int_equal(rename("mine", "elsewhere"), 0);
    write_file("in/e.txt", "Last\n\nPresident Joko Widodo left Tokyo.\n");
    struct index_run run = tag_with(1, "x.db");
    assert_int_equal(run.status, OK);
    assert_non_null(strstr(run.notes.text, "/mine:0 -: this folder of names is gone"));
    char *text = index_text("x.db");
    assert_null(strstr(text, "XEjoko widodo"));
    free(text);
    assert_sound("x.db");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_names_update__index_holds_them_and_is_sound),
        TEST(test_names_update__do_not_depend_on_the_number_of_workers),
        TEST(test_names_update__without_a_model_there_are_none),
        TEST(test_names_update__go_with_a_pruned_document),
        TEST(test_names_update__unchanged_documents_stay_unchanged),
        TEST(test_names_update__lists_beside_the_index_apply),
        TEST(test_names_update__other_lists_are_told),
        TEST(test_names_update__lists_and_models_that_are_not_there_are_refused),
        TEST(test_names_update__check_finds_a_value_that_is_not_the_records),
        TEST(test_names_update__check_finds_a_term_that_is_not_the_records),
        TEST(test_names_update__a_named_folder_of_lists_is_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
