/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static uint32_t count_of(const char *path)
{
    struct xc_database *database = fixture_open(path);
    uint32_t count = 0;
    assert_ok(xc_database_document_count(&count, database, NULL));
    xc_database_free(database);
    return count;
}

static void test_open__creates_opens_and_refuses(void **state)
{
    struct fixture *f = *state;
    struct xc_writer *writer = NULL;
    struct xc_writer_options options = {.create = XC_OPEN_EXISTING, .no_sync = true};
    assert_status(XC_MISSING, f->error, xc_writer_open(&writer, f->path, &options, &f->error));
    options.create = XC_CREATE_NEW;
    assert_status(XC_OK, f->error, xc_writer_open(&writer, f->path, &options, &f->error));
    xc_writer_free(writer);
    writer = NULL;
    assert_status(XC_INVALID, f->error, xc_writer_open(&writer, f->path, &options, &f->error));
    options.create = XC_OPEN_EXISTING;
    assert_status(XC_OK, f->error, xc_writer_open(&writer, f->path, &options, &f->error));
    xc_writer_free(writer);
    writer = NULL;
    assert_status(XC_OK, f->error, xc_writer_open(&writer, f->path, NULL, &f->error));
    xc_writer_free(writer);
    assert_int_equal(0, count_of(f->path));
}

static void test_open__refuses_other_things(void **state)
{
    struct fixture *f = *state;
    struct xc_writer *writer = NULL;
    fixture_write_file(f->path, "auto other.db\n", 14);
    assert_status(XC_FOREIGN, f->error, xc_writer_open(&writer, f->path, NULL, &f->error));
    assert_int_equal(0, unlink(f->path));
    assert_int_equal(0, mkdir(f->path, 0700));
    fixture_write_file(fixture_path(f, "x.db/XAPIANDB"), "auto .\n", 7);
    assert_status(XC_FOREIGN, f->error, xc_writer_open(&writer, f->path, NULL, &f->error));
    struct xc_writer_options existing = {.create = XC_OPEN_EXISTING};
    assert_status(XC_FOREIGN, f->error, xc_writer_open(&writer, f->root, &existing, &f->error));
    assert_status(XC_IO, f->error, xc_writer_open(&writer, fixture_path(f, "no/such/folder/x.db"), NULL, &f->error));
    assert_null(writer);
}

static void test_open__checks_the_block_size(void **state)
{
    struct fixture *f = *state;
    static const uint32_t wrong[] = {1, 1024, 2049, 10000, 131072};
    struct xc_writer *writer = NULL;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct xc_writer_options options = {.block_size = wrong[i]};
        assert_status(XC_INVALID, f->error, xc_writer_open(&writer, f->path, &options, &f->error));
    }
    struct xc_writer_options options = {.block_size = 2048, .no_sync = true};
    assert_status(XC_OK, f->error, xc_writer_open(&writer, f->path, &options, &f->error));
    assert_ok(xc_writer_begin(writer, NULL));
    fixture_add(writer, "a", "doc 1", NULL, NULL);
    assert_ok(xc_writer_commit(writer, NULL));
    xc_writer_free(writer);
    struct stat entry;
    assert_int_equal(0, stat(fixture_path(f, "x.db/postlist.glass"), &entry));
    assert_int_equal(2048, entry.st_size);
}

static void test_open__tells_of_another_writer(void **state)
{
    struct fixture *f = *state;
    struct xc_writer *first = fixture_writer(f->path), *second = NULL;
    assert_status(XC_LOCKED, f->error, xc_writer_open(&second, f->path, NULL, &f->error));
    assert_null(second);
    assert_string_equal("DatabaseLockError", f->error.type);
    xc_writer_free(first);
    assert_status(XC_OK, f->error, xc_writer_open(&second, f->path, NULL, &f->error));
    xc_writer_free(second);
}

static void test_change__needs_a_batch(void **state)
{
    struct fixture *f = *state;
    struct xc_writer *writer = fixture_writer(f->path);
    assert_status(XC_INVALID, f->error, xc_writer_set_metadata(writer, "k", 1, "v", 1, &f->error));
    assert_string_equal("no batch is open: begin one first", f->error.message);
    assert_status(XC_INVALID, f->error, xc_writer_commit(writer, &f->error));
    assert_status(XC_INVALID, f->error, xc_writer_cancel(writer, &f->error));
    assert_false(xc_writer_in_batch(writer));
    assert_ok(xc_writer_begin(writer, NULL));
    assert_true(xc_writer_in_batch(writer));
    assert_status(XC_INVALID, f->error, xc_writer_begin(writer, &f->error));
    assert_status(XC_OK, f->error, xc_writer_set_metadata(writer, "k", 1, "v", 1, &f->error));
    assert_ok(xc_writer_commit(writer, NULL));
    assert_false(xc_writer_spoilt(writer));
    xc_writer_free(writer);
}

static void test_free__drops_the_open_batch_whole(void **state)
{
    struct fixture *f = *state;
    struct xc_writer *writer = fixture_writer(f->path);
    assert_ok(xc_writer_begin(writer, NULL));
    fixture_add(writer, "pink", "doc 6", NULL, NULL);
    assert_ok(xc_writer_delete(writer, 1, NULL));
    assert_ok(xc_writer_set_metadata(writer, "name", 4, "changed", 7, NULL));
    xc_writer_free(writer);
    struct xc_database *database = fixture_open(f->path);
    struct xc_bytes name;
    bool pink = true;
    uint32_t count = 0;
    assert_ok(xc_database_metadata(&name, database, "name", 4, NULL));
    assert_bytes("sample", name);
    assert_ok(xc_database_term_exists(&pink, database, "pink", 4, NULL));
    assert_false(pink);
    assert_ok(xc_database_document_count(&count, database, NULL));
    assert_int_equal(5, count);
    xc_database_free(database);
}

/* More documents than libxapian's flush threshold of 10,000, so that part of the batch reaches the tables early. */
static void test_free__drops_a_batch_that_was_flushed(void **state)
{
    struct fixture *f = *state;
    struct xc_writer *writer = fixture_writer(f->path);
    struct xc_document *document = NULL;
    assert_ok(xc_document_new(&document, NULL));
    assert_ok(xc_document_add_term(document, "pink", 4, 1, NULL));
    assert_ok(xc_writer_begin(writer, NULL));
    for (int i = 0; i < 10050; i++) assert_int_equal(XC_OK, xc_writer_add(NULL, writer, document, NULL));
    xc_document_free(document);
    xc_writer_free(writer);
    assert_int_equal(5, count_of(f->path));
    size_t faults = 9;
    assert_ok(xc_check(&faults, f->path, NULL, NULL, NULL));
    assert_int_equal(0, faults);
}

static void test_cancel__goes_on_with_the_next_batch(void **state)
{
    struct fixture *f = *state;
    struct xc_writer *writer = fixture_writer(f->path);
    assert_ok(xc_writer_begin(writer, NULL));
    assert_ok(xc_writer_delete(writer, 1, NULL));
    assert_ok(xc_writer_cancel(writer, NULL));
    assert_ok(xc_writer_begin(writer, NULL));
    assert_int_equal(6, fixture_add(writer, "pink", "doc 6", NULL, NULL));
    assert_ok(xc_writer_commit(writer, NULL));
    xc_writer_free(writer);
    assert_int_equal(6, count_of(f->path));
}

static void test_replace__puts_a_document_under_its_id(void **state)
{
    struct fixture *f = *state;
    struct xc_writer *writer = fixture_writer(f->path);
    struct xc_document *document = NULL;
    assert_ok(xc_document_new(&document, NULL));
    assert_ok(xc_document_add_term(document, "pink", 4, 1, NULL));
    assert_ok(xc_writer_begin(writer, NULL));
    assert_status(XC_INVALID, f->error, xc_writer_replace(writer, 0, document, &f->error));
    assert_false(xc_writer_spoilt(writer));
    assert_ok(xc_writer_replace(writer, 2, document, NULL));
    assert_ok(xc_writer_replace(writer, 20, document, NULL));
    assert_ok(xc_writer_commit(writer, NULL));
    xc_document_free(document);
    xc_writer_free(writer);
    struct xc_database *database = fixture_open(f->path);
    struct xc_terms *terms = NULL;
    assert_ok(xc_database_document_terms(&terms, database, 2, NULL));
    assert_string_equal("pink", fixture_terms(terms));
    struct xc_statistics s;
    assert_ok(xc_database_statistics(&s, database, NULL));
    assert_int_equal(6, s.documents);
    assert_int_equal(20, s.last_docid);
    xc_database_free(database);
}

static void test_replace_by_term__keeps_one_document(void **state)
{
    struct fixture *f = *state;
    struct xc_writer *writer = fixture_writer(f->path);
    struct xc_document *document = NULL;
    uint32_t docid = 0;
    assert_ok(xc_document_new(&document, NULL));
    assert_ok(xc_document_add_term(document, "red", 3, 1, NULL));
    assert_ok(xc_writer_begin(writer, NULL));
    assert_ok(xc_writer_replace_by_term(&docid, writer, "red", 3, document, NULL));
    assert_int_equal(1, docid);
    assert_ok(xc_writer_replace_by_term(&docid, writer, "Qnew", 4, document, NULL));
    assert_int_equal(6, docid);
    assert_status(XC_LIMIT, f->error, xc_writer_replace_by_term(&docid, writer, "", 0, document, &f->error));
    assert_ok(xc_writer_commit(writer, NULL));
    xc_document_free(document);
    xc_writer_free(writer);
    assert_int_equal(5, count_of(f->path)); /* 1 and 2 became one, 6 came */
}

static void test_delete__by_id_and_by_term(void **state)
{
    struct fixture *f = *state;
    struct xc_writer *writer = fixture_writer(f->path);
    assert_ok(xc_writer_begin(writer, NULL));
    assert_status(XC_NOT_FOUND, f->error, xc_writer_delete(writer, 99, &f->error));
    assert_string_equal("no document has the id 99", f->error.message);
    assert_status(XC_NOT_FOUND, f->error, xc_writer_delete(writer, 0, &f->error));
    assert_ok(xc_writer_delete(writer, 5, NULL));
    assert_status(XC_NOT_FOUND, f->error, xc_writer_delete(writer, 5, &f->error));
    assert_ok(xc_writer_delete_by_term(writer, "blue", 4, NULL));
    assert_ok(xc_writer_delete_by_term(writer, "pink", 4, NULL));
    assert_false(xc_writer_spoilt(writer));
    assert_ok(xc_writer_commit(writer, NULL));
    xc_writer_free(writer);
    assert_int_equal(1, count_of(f->path));
}

static void test_metadata__may_hold_nuls_and_be_removed(void **state)
{
    struct fixture *f = *state;
    char key[300];
    memset(key, 'k', sizeof key);
    struct xc_writer *writer = fixture_writer(f->path);
    assert_ok(xc_writer_begin(writer, NULL));
    assert_ok(xc_writer_set_metadata(writer, "a\0b", 3, "v\0w", 3, NULL));
    assert_ok(xc_writer_set_metadata(writer, "name", 4, NULL, 0, NULL));
    assert_ok(xc_writer_set_metadata(writer, key, 245, "long", 4, NULL));
    assert_status(XC_LIMIT, f->error, xc_writer_set_metadata(writer, key, 246, "x", 1, &f->error));
    assert_status(XC_LIMIT, f->error, xc_writer_set_metadata(writer, "", 0, "x", 1, &f->error));
    assert_ok(xc_writer_commit(writer, NULL));
    xc_writer_free(writer);
    struct xc_database *database = fixture_open(f->path);
    struct xc_bytes value;
    assert_ok(xc_database_metadata(&value, database, "a\0b", 3, NULL));
    assert_bytes("v\0w", value);
    assert_ok(xc_database_metadata(&value, database, "name", 4, NULL));
    assert_bytes("", value);
    assert_ok(xc_database_metadata(&value, database, key, 245, NULL));
    assert_bytes("long", value);
    xc_database_free(database);
}

static void test_spelling__is_taught_and_forgotten(void **state)
{
    struct fixture *f = *state;
    char word[300];
    memset(word, 'w', sizeof word);
    struct xc_writer *writer = fixture_writer(f->path);
    assert_ok(xc_writer_begin(writer, NULL));
    assert_ok(xc_writer_add_spelling(writer, "blue", 4, 2, NULL));
    assert_ok(xc_writer_remove_spelling(writer, "black", 5, 1, NULL));
    assert_ok(xc_writer_remove_spelling(writer, "unknown", 7, 1, NULL));
    assert_ok(xc_writer_add_spelling(writer, word, 245, 1, NULL));
    assert_status(XC_LIMIT, f->error, xc_writer_add_spelling(writer, word, 246, 1, &f->error));
    assert_ok(xc_writer_commit(writer, NULL));
    xc_writer_free(writer);
    struct xc_database *database = fixture_open(f->path);
    uint32_t n = 9;
    assert_ok(xc_database_spelling_frequency(&n, database, "blue", 4, NULL));
    assert_int_equal(6, n);
    assert_ok(xc_database_spelling_frequency(&n, database, "black", 5, NULL));
    assert_int_equal(0, n);
    assert_ok(xc_database_spelling_frequency(&n, database, word, 245, NULL));
    assert_int_equal(1, n);
    xc_database_free(database);
}

static void test_database__reads_what_is_not_committed(void **state)
{
    struct fixture *f = *state;
    struct xc_writer *writer = fixture_writer(f->path);
    struct xc_database *inside = NULL;
    assert_ok(xc_writer_database(&inside, writer, NULL));
    assert_ok(xc_writer_begin(writer, NULL));
    fixture_add(writer, "pink", "doc 6", NULL, NULL);
    bool pink = false;
    assert_ok(xc_database_term_exists(&pink, inside, "pink", 4, NULL));
    assert_true(pink);
    assert_int_equal(5, count_of(f->path));
    /* Freed in the wrong order, and with a batch open: the lock goes, the batch too. */
    xc_writer_free(writer);
    uint32_t n;
    assert_status(XC_GONE, f->error, xc_database_term_frequency(&n, inside, "blue", 4, &f->error));
    writer = fixture_writer(f->path);
    xc_writer_free(writer);
    xc_database_free(inside);
    assert_int_equal(5, count_of(f->path));
}

static void test_add__stores_nuls_and_the_longest_terms(void **state)
{
    struct fixture *f = *state;
    char longest[245], nuls[122];
    memset(longest, 'x', sizeof longest);
    memset(nuls, 0, sizeof nuls);
    struct xc_writer *writer = fixture_writer(f->path);
    struct xc_document *document = NULL;
    assert_ok(xc_document_new(&document, NULL));
    assert_ok(xc_document_add_posting(document, longest, sizeof longest, 1, 1, NULL));
    assert_ok(xc_document_add_posting(document, nuls, sizeof nuls, 2, 1, NULL));
    assert_ok(xc_document_add_posting(document, "a\0b", 3, UINT32_MAX, 1, NULL));
    assert_ok(xc_document_set_data(document, "d\0ta", 4, NULL));
    assert_ok(xc_document_set_value(document, 0, "\0v", 2, NULL));
    assert_ok(xc_writer_begin(writer, NULL));
    uint32_t docid = 0;
    assert_ok(xc_writer_add(&docid, writer, document, NULL));
    assert_status(XC_OK, f->error, xc_writer_commit(writer, &f->error));
    xc_document_free(document);
    xc_writer_free(writer);
    struct xc_database *database = fixture_open(f->path);
    uint32_t n = 0;
    assert_ok(xc_database_term_frequency(&n, database, longest, sizeof longest, NULL));
    assert_int_equal(1, n);
    assert_ok(xc_database_term_frequency(&n, database, nuls, sizeof nuls, NULL));
    assert_int_equal(1, n);
    struct xc_positions *positions = NULL;
    assert_ok(xc_database_positions(&positions, database, docid, "a\0b", 3, NULL));
    assert_ok(xc_positions_next(positions, NULL));
    assert_int_equal(UINT32_MAX, xc_positions_position(positions));
    xc_positions_free(positions);
    struct xc_bytes data, value;
    assert_ok(xc_database_document(&document, database, docid, NULL));
    assert_ok(xc_document_data(&data, document, NULL));
    assert_bytes("d\0ta", data);
    assert_ok(xc_document_value(&value, document, 0, NULL));
    assert_bytes("\0v", value);
    xc_document_free(document);
    xc_database_free(database);
}

/* A document read from one database is copied lazily; the source gone, the copy fails halfway through libxapian. */
static void test_failure_inside__spoils_the_writer(void **state)
{
    struct fixture *f = *state;
    struct xc_database *source = fixture_open(f->path);
    struct xc_document *document = NULL;
    assert_ok(xc_database_document(&document, source, 1, NULL));
    assert_ok(xc_database_close(source, NULL));
    const char *target = fixture_path(f, "target.db");
    struct xc_writer *writer = fixture_writer(target);
    assert_ok(xc_writer_begin(writer, NULL));
    fixture_add(writer, "red", "doc 1", NULL, NULL);
    assert_status(XC_GONE, f->error, xc_writer_add(NULL, writer, document, &f->error));
    assert_true(xc_writer_spoilt(writer));
    assert_status(XC_INVALID, f->error, xc_writer_commit(writer, &f->error));
    assert_string_equal("an earlier failure spoilt this writer: free it and replay the batch", f->error.message);
    xc_document_free(document);
    xc_writer_free(writer);
    xc_database_free(source);
    assert_int_equal(0, count_of(target));
}

/* In a child, because a limit on file size cannot be taken back safely. */
static int fill_up(const char *path)
{
    signal(SIGXFSZ, SIG_IGN);
    struct xc_writer *writer = NULL;
    struct xc_error error;
    if (xc_writer_open(&writer, path, NULL, &error) != XC_OK) return 10;
    const struct rlimit limit = {100000, 100000}; /* bytes: the sample has room, the batch has not */
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 11;
    struct xc_document *document = NULL;
    if (xc_document_new(&document, NULL) != XC_OK) return 12;
    uint32_t seed = 1;
    enum xc_status status = xc_writer_begin(writer, &error);
    for (int i = 0; i < 200 && status == XC_OK; i++) {
        char data[2000];
        for (size_t k = 0; k < sizeof data; k++) {
            seed = seed * 1664525 + 1013904223;
            data[k] = (char)(seed >> 24);
        }
        if (xc_document_set_data(document, data, sizeof data, NULL) != XC_OK) return 13;
        status = xc_writer_add(NULL, writer, document, &error);
    }
    if (status == XC_OK) status = xc_writer_commit(writer, &error);
    bool spoilt = xc_writer_spoilt(writer);
    xc_document_free(document);
    xc_writer_free(writer);
    return status == XC_IO && spoilt ? 0 : 20 + (int)status;
}

static void test_full_disk__fails_the_batch_and_keeps_the_rest(void **state)
{
    struct fixture *f = *state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) _exit(fill_up(f->path));
    int how = 0;
    assert_int_equal(child, waitpid(child, &how, 0));
    assert_true(WIFEXITED(how));
    assert_int_equal(0, WEXITSTATUS(how));
    assert_int_equal(5, count_of(f->path));
    size_t faults = 9;
    assert_ok(xc_check(&faults, f->path, NULL, NULL, NULL));
    assert_int_equal(0, faults);
}

/* A commit fails for want of space, which comes back before the writer is freed: closing must not commit the rest. */
static int fail_to_commit(const char *path)
{
    signal(SIGXFSZ, SIG_IGN);
    struct xc_writer *writer = NULL;
    struct xc_document *document = NULL;
    struct xc_error error;
    if (xc_writer_open(&writer, path, NULL, &error) != XC_OK) return 10;
    if (xc_document_new(&document, NULL) != XC_OK) return 11;
    for (uint32_t i = 0; i < 20000; i++) {
        char term[20];
        int length = snprintf(term, sizeof term, "t%u", i * 2654435761u);
        if (xc_document_add_posting(document, term, (size_t)length, i, 1, NULL) != XC_OK) return 12;
    }
    if (xc_writer_begin(writer, &error) != XC_OK) return 13;
    for (int i = 0; i < 5; i++) {
        if (xc_writer_add(NULL, writer, document, &error) != XC_OK) return 14;
    }
    struct rlimit limit;
    if (getrlimit(RLIMIT_FSIZE, &limit) != 0) return 15;
    const rlim_t before = limit.rlim_cur;
    limit.rlim_cur = 100000; /* bytes: the sample has room, the batch has not */
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 16;
    enum xc_status status = xc_writer_commit(writer, &error);
    bool spoilt = xc_writer_spoilt(writer);
    limit.rlim_cur = before;
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 17;
    xc_document_free(document);
    xc_writer_free(writer);
    return status == XC_IO && spoilt ? 0 : 20 + (int)status;
}

static void test_free__after_a_failed_commit_commits_nothing(void **state)
{
    struct fixture *f = *state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) _exit(fail_to_commit(f->path));
    int how = 0;
    assert_int_equal(child, waitpid(child, &how, 0));
    assert_true(WIFEXITED(how));
    assert_int_equal(0, WEXITSTATUS(how));
    struct xc_database *database = fixture_open(f->path);
    struct xc_statistics s;
    assert_ok(xc_database_statistics(&s, database, NULL));
    assert_int_equal(5, s.documents);
    assert_int_equal(5, s.last_docid);
    assert_int_equal(13, s.total_length);
    xc_database_free(database);
    size_t faults = 9;
    assert_ok(xc_check(&faults, f->path, NULL, NULL, NULL));
    assert_int_equal(0, faults);
}

static void test_add__after_the_last_id_is_a_limit(void **state)
{
    struct fixture *f = *state;
    struct xc_writer *writer = fixture_writer(f->path);
    struct xc_document *document = NULL;
    assert_ok(xc_document_new(&document, NULL));
    assert_ok(xc_document_add_term(document, "pink", 4, 1, NULL));
    assert_ok(xc_writer_begin(writer, NULL));
    assert_ok(xc_writer_replace(writer, UINT32_MAX, document, NULL));
    assert_status(XC_LIMIT, f->error, xc_writer_add(NULL, writer, document, &f->error));
    assert_false(xc_writer_spoilt(writer));
    xc_document_free(document);
    xc_writer_free(writer);
}

#define ON_NOTHING(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
#define ON_SAMPLE(test)  cmocka_unit_test_setup_teardown(test, fixture_setup_sample, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_NOTHING(test_open__creates_opens_and_refuses),
        ON_NOTHING(test_open__refuses_other_things),
        ON_NOTHING(test_open__checks_the_block_size),
        ON_NOTHING(test_open__tells_of_another_writer),
        ON_NOTHING(test_change__needs_a_batch),
        ON_SAMPLE(test_free__drops_the_open_batch_whole),
        ON_SAMPLE(test_free__drops_a_batch_that_was_flushed),
        ON_SAMPLE(test_cancel__goes_on_with_the_next_batch),
        ON_SAMPLE(test_replace__puts_a_document_under_its_id),
        ON_SAMPLE(test_replace_by_term__keeps_one_document),
        ON_SAMPLE(test_delete__by_id_and_by_term),
        ON_SAMPLE(test_metadata__may_hold_nuls_and_be_removed),
        ON_SAMPLE(test_spelling__is_taught_and_forgotten),
        ON_SAMPLE(test_database__reads_what_is_not_committed),
        ON_NOTHING(test_add__stores_nuls_and_the_longest_terms),
        ON_SAMPLE(test_failure_inside__spoils_the_writer),
        ON_SAMPLE(test_full_disk__fails_the_batch_and_keeps_the_rest),
        ON_SAMPLE(test_free__after_a_failed_commit_commits_nothing),
        ON_SAMPLE(test_add__after_the_last_id_is_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
