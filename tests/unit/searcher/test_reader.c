/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opening an index, and what happens to a reader when it changes, goes or is swapped; the figures about one. */
#include "index_fixture.h"
#include "searcher/info.h"
#include "searcher/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const first =
    "{\"id\": \"a\", \"text\": \"whale song\", \"date\": \"2014-10-07\"}\n"
    "{\"id\": \"b\", \"text\": \"whales\"}\n"
    "{\"id\": \"d\", \"text\": \"Wale\", \"language\": \"de\", \"date\": \"2013-01-01\"}\n";

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void assert_refused(const char *path, enum status expected, const char *message)
{
    struct searcher *searcher = NULL;
    struct error error = {0};
    assert_int_equal(searcher_open(&searcher, path, &error), expected);
    assert_null(searcher);
    assert_string_equal(error.message, message);
}

static void test_open__says_what_is_wrong_and_what_to_do(void **state)
{
    (void)state;
    assert_refused("nowhere.db", MISSING, "no index at 'nowhere.db' (make one: dossier index -d 'nowhere.db' FOLDER)");
    assert_int_equal(mkdir("folder", 0777), 0);
    write_text("folder/a.txt", "text");
    assert_refused("folder", DAMAGED, "'folder' is not an index (choose another with -d DIR)");
    assert_refused("folder/a.txt", DAMAGED, "'folder/a.txt' is not an index (choose another with -d DIR)");
    /* A stub file can name a program to run: it is no index. */
    write_text("stub", "remote :echo hello\n");
    assert_refused("stub", DAMAGED, "'stub' is not an index (choose another with -d DIR)");
}

static void test_open__refuses_a_database_of_another_program(void **state)
{
    struct xc_writer *writer = NULL;
    struct xc_writer_options options = {.create = XC_CREATE_NEW};
    (void)state;
    assert_int_equal(xc_writer_open(&writer, "foreign.db", &options, NULL), XC_OK);
    xc_writer_free(writer);
    assert_refused("foreign.db", DAMAGED, "'foreign.db' is a Xapian database, but not an index of dossier's");
}

static void test_open__refuses_another_layout(void **state)
{
    struct xc_writer *writer = NULL;
    struct xc_writer_options options = {.create = XC_CREATE_NEW};
    (void)state;
    assert_int_equal(xc_writer_open(&writer, "old.db", &options, NULL), XC_OK);
    assert_int_equal(xc_writer_begin(writer, NULL), XC_OK);
    assert_int_equal(xc_writer_set_metadata(writer, METADATA_SCHEMA, strlen(METADATA_SCHEMA), "0", 1, NULL), XC_OK);
    assert_int_equal(xc_writer_commit(writer, NULL), XC_OK);
    xc_writer_free(writer);
    assert_refused("old.db", DAMAGED,
                   "index 'old.db' has another layout (0, this program reads 1): rebuild it with dossier index into a "
                   "new folder");
}

static void test_reader__sees_what_was_committed_since(void **state)
{
    (void)state;
    make_index("r.db", first);
    struct searcher *searcher = open_index("r.db");
    assert_int_equal(searcher_reader(searcher)->documents, 3);
    assert_string_equal(found(searcher, "whale"), "a b");
    update_index("r.db", "{\"id\": \"a\", \"text\": \"herring\"}\n{\"id\": \"c\", \"text\": \"whale\"}\n");
    assert_string_equal(found(searcher, "whale"), "c");
    assert_string_equal(found(searcher, "herring"), "a");
    assert_int_equal(searcher_reader(searcher)->documents, 2);
    assert_int_equal(searcher_reader(searcher)->language_count, 1);
    searcher_free(searcher);
}

/* Two commits and more while a reader stands still throw away the blocks it read from. */
static void test_reader__many_commits_underneath_are_met_by_another_try(void **state)
{
    char records[4096];
    (void)state;
    make_index("many.db", first);
    struct searcher *searcher = open_index("many.db");
    for (int round = 0; round < 12; round++) {
        size_t length = 0;
        for (int i = 0; i < 40; i++)
            length += (size_t)snprintf(records + length, sizeof records - length,
                                       "{\"id\": \"n%d\", \"text\": \"round%d whale number%d\"}\n", i, round, i);
        update_index("many.db", records);
        if (round % 3 != 2) continue; /* three commits a search */
        char query[32];
        snprintf(query, sizeof query, "round%d number7", round);
        assert_string_equal(found(searcher, query), "n7");
        assert_string_equal(found(searcher, "song"), "");
    }
    searcher_free(searcher);
}

static void test_reader__an_index_swapped_for_another_is_opened_afresh(void **state)
{
    (void)state;
    make_index("swap.db", first);
    make_index("other.db", "{\"id\": \"z\", \"text\": \"whale of another index\"}\n");
    struct searcher *searcher = open_index("swap.db");
    assert_string_equal(found(searcher, "whale"), "a b");
    assert_int_equal(rename("swap.db", "away.db"), 0);
    assert_int_equal(rename("other.db", "swap.db"), 0);
    assert_string_equal(found(searcher, "whale"), "z");
    searcher_free(searcher);
}

static void test_reader__an_index_removed_is_told_and_one_made_again_is_read(void **state)
{
    (void)state;
    make_index("gone.db", first);
    struct searcher *searcher = open_index("gone.db");
    remove_index("gone.db");
    assert_string_equal(found(searcher, "whale"),
                        "error index missing @-1: no index at 'gone.db' (make one: dossier index -d 'gone.db' FOLDER)");
    make_index("gone.db", "{\"id\": \"new\", \"text\": \"whale\"}\n");
    assert_string_equal(found(searcher, "whale"), "new");
    searcher_free(searcher);
}

static void test_reader__an_index_of_nothing_answers(void **state)
{
    (void)state;
    make_index("empty.db", "");
    struct searcher *searcher = open_index("empty.db");
    assert_string_equal(found(searcher, "whale"), "");
    assert_string_equal(found(searcher, ""), "");
    assert_string_equal(found(searcher, "whal* date:none"), "");
    searcher_free(searcher);
}

static void test_find__gives_a_document_by_its_id(void **state)
{
    struct record record;
    struct xc_document *document = NULL;
    struct error error = {0};
    uint32_t docid = 0;
    (void)state;
    make_index("f.db", first);
    struct searcher *searcher = open_index("f.db");
    struct reader *reader = searcher_reader(searcher);
    assert_int_equal(reader_find(&docid, reader, SPAN("b"), &error), OK);
    assert_int_equal(reader_record(&record, &document, reader, docid, &error), OK);
    assert_true(span_equal(record.text, SPAN("whales")));
    xc_document_free(document);
    assert_int_equal(reader_find(&docid, reader, SPAN("B"), &error), NOT_FOUND);
    assert_string_equal(error.message, "no document 'B' in index 'f.db' (dossier search shows the ids)");
    assert_int_equal(reader_find(&docid, reader, SPAN(""), &error), NOT_FOUND);
    assert_int_equal(reader_record(&record, &document, reader, 99, &error), NOT_FOUND);
    searcher_free(searcher);
}

static void test_find__an_id_longer_than_a_term(void **state)
{
    char id[600], records[1000];
    struct error error = {0};
    uint32_t docid = 0;
    (void)state;
    memset(id, 'x', sizeof id);
    id[sizeof id - 1] = '\0';
    snprintf(records, sizeof records, "{\"id\": \"%s\", \"text\": \"whale\"}\n", id);
    make_index("long.db", records);
    struct searcher *searcher = open_index("long.db");
    assert_int_equal(reader_find(&docid, searcher_reader(searcher), span_of(id), &error), OK);
    id[sizeof id - 2] = '\0';
    assert_int_equal(reader_find(&docid, searcher_reader(searcher), span_of(id), &error), NOT_FOUND);
    searcher_free(searcher);
}

static void test_info__counts_documents_words_and_dates(void **state)
{
    struct index_info info;
    struct error error = {0};
    (void)state;
    make_index("i.db", first);
    struct searcher *searcher = open_index("i.db");
    assert_int_equal(index_info(&info, searcher_reader(searcher), &error), OK);
    assert_int_equal(info.documents, 3);
    assert_int_equal(info.undated, 1);
    assert_int_equal(info.words, 4); /* whale song whales wale */
    assert_int_equal(info.stems, 3); /* whale song wal */
    assert_string_equal(info.first, "20130101");
    assert_string_equal(info.last, "20141007");
    assert_int_equal(strlen(info.uuid), 36);
    assert_true(info.bytes > 0);
    searcher_free(searcher);
}

static void test_info__of_nothing(void **state)
{
    struct index_info info;
    struct error error = {0};
    (void)state;
    make_index("i0.db", "");
    struct searcher *searcher = open_index("i0.db");
    assert_int_equal(index_info(&info, searcher_reader(searcher), &error), OK);
    assert_int_equal(info.documents, 0);
    assert_int_equal(info.words, 0);
    assert_string_equal(info.first, "");
    assert_string_equal(info.last, "");
    searcher_free(searcher);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_open__says_what_is_wrong_and_what_to_do),
        cmocka_unit_test(test_open__refuses_a_database_of_another_program),
        cmocka_unit_test(test_open__refuses_another_layout),
        cmocka_unit_test(test_reader__sees_what_was_committed_since),
        cmocka_unit_test(test_reader__many_commits_underneath_are_met_by_another_try),
        cmocka_unit_test(test_reader__an_index_swapped_for_another_is_opened_afresh),
        cmocka_unit_test(test_reader__an_index_removed_is_told_and_one_made_again_is_read),
        cmocka_unit_test(test_reader__an_index_of_nothing_answers),
        cmocka_unit_test(test_find__gives_a_document_by_its_id),
        cmocka_unit_test(test_find__an_id_longer_than_a_term),
        cmocka_unit_test(test_info__counts_documents_words_and_dates),
        cmocka_unit_test(test_info__of_nothing),
    };
    return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
