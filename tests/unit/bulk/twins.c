/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "twins.h"

#include "indexer/bulk/bulk.h"
#include "xapian-c/xapian-c.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
// clang-format on

enum { SLOTS = 12, TERM = 245, POSITIONS = 70000 };

/* ---- random documents ---- */

static uint64_t state;

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static uint64_t below(uint64_t limit)
{
    return limit ? next_random() % limit : 0;
}

struct random_term {
    char text[TERM];
    size_t length;
    uint32_t wdf, *positions;
    size_t position_count;
};

struct random_document {
    char *data;
    size_t data_length;
    char *value[SLOTS];
    size_t value_length[SLOTS];
    struct random_term *terms;
    size_t term_count;
};

static int compare_terms(const void *a, const void *b)
{
    const struct random_term *x = a, *y = b;
    return span_compare((struct span){x->text, x->length}, (struct span){y->text, y->length});
}

static int compare_positions(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static char *random_bytes(size_t length)
{
    char *bytes = malloc(length + 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < length; i++) bytes[i] = (char)(below(4) ? 'a' + below(6) : below(256));
    return bytes;
}

static void make_term(struct random_term *term, const struct twins_plan *plan)
{
    uint64_t number = below(4 * (uint64_t)plan->terms);
    number = number * number / (4 * (uint64_t)plan->terms); /* some far more often than others */
    memset(term, 0, sizeof *term);
    term->length = (size_t)snprintf(term->text, sizeof term->text, "t%llu", (unsigned long long)number);
    if (plan->long_terms && number % 5 == 1) {
        memset(term->text + term->length, 'x', TERM - term->length);
        term->length = TERM;
    } else if (plan->long_terms && number % 5 == 2) {
        term->text[1] = '\0';
    }
    term->wdf = (uint32_t)(below(10) ? below(4) : below(1000));
    size_t count = below(2) ? below(plan->positions + 1) : 0;
    term->positions = malloc((count + 1) * sizeof *term->positions);
    assert_non_null(term->positions);
    for (size_t i = 0; i < count; i++) term->positions[i] = 1 + (uint32_t)below(plan->position_most);
    if (count) qsort(term->positions, count, sizeof *term->positions, compare_positions);
    for (size_t i = 0; i < count; i++)
        if (!i || term->positions[i] != term->positions[i - 1])
            term->positions[term->position_count++] = term->positions[i];
}

static void make_document(struct random_document *document, const struct twins_plan *plan)
{
    memset(document, 0, sizeof *document);
    document->data_length = below(5) ? (size_t)below(plan->data_most + 1) : 0;
    document->data = random_bytes(document->data_length);
    for (int slot = 0; slot < SLOTS; slot++) {
        document->value_length[slot] = below(3) ? 0 : (size_t)below(plan->value_most + 1);
        document->value[slot] = random_bytes(document->value_length[slot]);
    }
    size_t count = (size_t)below(plan->terms + 1), kept = 0;
    document->terms = calloc(count + 1, sizeof *document->terms);
    assert_non_null(document->terms);
    for (size_t i = 0; i < count; i++) make_term(&document->terms[i], plan);
    qsort(document->terms, count, sizeof *document->terms, compare_terms);
    for (size_t i = 0; i < count; i++) {
        if (kept && compare_terms(&document->terms[kept - 1], &document->terms[i]) == 0)
            free(document->terms[i].positions);
        else
            document->terms[kept++] = document->terms[i];
    }
    document->term_count = kept;
}

static void free_document(struct random_document *document)
{
    for (size_t i = 0; i < document->term_count; i++) free(document->terms[i].positions);
    for (int slot = 0; slot < SLOTS; slot++) free(document->value[slot]);
    free(document->terms);
    free(document->data);
}

/* ---- making ---- */

static void fill(struct xc_document *to, const struct random_document *from)
{
    assert_int_equal(xc_document_clear(to, NULL), XC_OK);
    assert_int_equal(xc_document_set_data(to, from->data, from->data_length, NULL), XC_OK);
    for (uint32_t slot = 0; slot < SLOTS; slot++)
        assert_int_equal(xc_document_set_value(to, slot, from->value[slot], from->value_length[slot], NULL), XC_OK);
    for (size_t i = 0; i < from->term_count; i++) {
        const struct random_term *term = &from->terms[i];
        assert_int_equal(xc_document_add_term(to, term->text, term->length, term->wdf, NULL), XC_OK);
        if (term->position_count)
            assert_int_equal(
                xc_document_add_postings(to, term->text, term->length, term->positions, term->position_count, 0, NULL),
                XC_OK);
    }
}

static void load(struct bulk *bulk, const struct random_document *from)
{
    struct error error = {0};
    uint32_t docid;
    assert_int_equal(bulk_begin(bulk, &docid, (struct span){from->data, from->data_length}, &error), OK);
    for (unsigned slot = 0; slot < SLOTS; slot++)
        assert_int_equal(bulk_value(bulk, slot, (struct span){from->value[slot], from->value_length[slot]}, &error),
                         OK);
    for (size_t i = 0; i < from->term_count; i++) {
        const struct random_term *term = &from->terms[i];
        assert_int_equal(bulk_posting(bulk, (struct span){term->text, term->length}, term->wdf, term->positions,
                                      term->position_count, &error),
                         OK);
    }
    assert_int_equal(bulk_end(bulk, &error), OK);
}

static struct xc_writer *open_writer(const char *path)
{
    struct xc_writer *writer;
    struct xc_error error = {0};
    enum xc_status status = xc_writer_open(&writer, path, &(struct xc_writer_options){0}, &error);
    if (status) print_error("%s\n", error.message);
    assert_int_equal(status, XC_OK);
    assert_int_equal(xc_writer_begin(writer, NULL), XC_OK);
    return writer;
}

static void close_writer(struct xc_writer *writer)
{
    struct xc_error error = {0};
    enum xc_status status = xc_writer_commit(writer, &error);
    if (status) print_error("%s\n", error.message);
    assert_int_equal(status, XC_OK);
    xc_writer_free(writer);
}

static void set_metadata(const struct twins_plan *plan, struct xc_writer *writer, struct bulk *bulk)
{
    for (unsigned i = 0; i < plan->metadata; i++) {
        char key[64];
        size_t length = (size_t)snprintf(key, sizeof key, "key %u", (unsigned)below(2 * plan->metadata));
        size_t size = below(4) ? (size_t)below(3000) : 0;
        char *value = random_bytes(size);
        assert_int_equal(xc_writer_set_metadata(writer, key, length, value, size, NULL), XC_OK);
        assert_int_equal(bulk_set_metadata(bulk, (struct span){key, length}, (struct span){value, size}, NULL), OK);
        free(value);
    }
}

void twins_make(const struct twins_plan *plan, uint64_t seed)
{
    struct error error = {0};
    struct bulk *bulk;
    struct xc_document *document;
    struct xc_writer *writer = open_writer("by.writer");
    state = seed;
    assert_int_equal(mkdir("by.loader", 0777), 0);
    assert_int_equal(bulk_new(&bulk, "by.loader", plan->memory, &error), OK);
    assert_int_equal(xc_document_new(&document, NULL), XC_OK);
    for (uint32_t i = 0; i < plan->documents; i++) {
        struct random_document random;
        uint32_t docid;
        make_document(&random, plan);
        fill(document, &random);
        assert_int_equal(xc_writer_add(&docid, writer, document, NULL), XC_OK);
        assert_int_equal(docid, i + 1);
        load(bulk, &random);
        free_document(&random);
    }
    set_metadata(plan, writer, bulk);
    xc_document_free(document);
    close_writer(writer);
    enum status status = bulk_finish(bulk, &error);
    if (status) print_error("%s\n", error.message);
    assert_int_equal(status, OK);
    assert_int_equal(bulk_documents(bulk), plan->documents);
    bulk_free(bulk);
}

void twins_update(const struct twins_plan *plan, uint64_t seed)
{
    struct xc_writer *writers[2] = {open_writer("by.writer"), open_writer("by.loader")};
    struct xc_document *document;
    assert_int_equal(xc_document_new(&document, NULL), XC_OK);
    state = seed;
    for (uint32_t i = 0; i < plan->documents; i++) {
        struct random_document random;
        uint32_t docid = 1 + (uint32_t)below(plan->documents);
        uint64_t what = below(3);
        make_document(&random, plan);
        fill(document, &random);
        for (int k = 0; k < 2; k++) {
            uint32_t given;
            enum xc_status status = what == 0   ? xc_writer_delete(writers[k], docid, NULL)
                                    : what == 1 ? xc_writer_add(&given, writers[k], document, NULL)
                                                : xc_writer_replace(writers[k], docid, document, NULL);
            assert_true(status == XC_OK || status == XC_NOT_FOUND);
        }
        free_document(&random);
    }
    xc_document_free(document);
    close_writer(writers[0]);
    close_writer(writers[1]);
}

/* ---- comparing ---- */

static void assert_bytes(struct xc_bytes a, struct xc_bytes b)
{
    assert_int_equal(a.length, b.length);
    if (a.length) assert_memory_equal(a.data, b.data, a.length);
}

static void compare_positions_of(struct xc_database *pair[2], uint32_t docid, struct xc_bytes term)
{
    static uint32_t positions[2][POSITIONS];
    size_t count[2];
    for (int k = 0; k < 2; k++) {
        struct xc_positions *list;
        assert_int_equal(xc_database_positions(&list, pair[k], docid, term.data, term.length, NULL), XC_OK);
        assert_int_equal(xc_positions_read(&count[k], list, positions[k], POSITIONS, NULL), XC_OK);
        xc_positions_free(list);
    }
    assert_int_equal(count[0], count[1]);
    if (count[0]) assert_memory_equal(positions[0], positions[1], count[0] * sizeof **positions);
}

static void compare_postings(struct xc_database *pair[2], struct xc_bytes term)
{
    struct xc_postings *lists[2];
    enum xc_status found[2];
    for (int k = 0; k < 2; k++)
        assert_int_equal(xc_database_postings(&lists[k], pair[k], term.data, term.length, NULL), XC_OK);
    for (;;) {
        for (int k = 0; k < 2; k++) found[k] = xc_postings_next(lists[k], NULL);
        assert_int_equal(found[0], found[1]);
        if (found[0]) break;
        uint32_t docid = xc_postings_docid(lists[0]), length[2];
        assert_int_equal(docid, xc_postings_docid(lists[1]));
        assert_int_equal(xc_postings_wdf(lists[0]), xc_postings_wdf(lists[1]));
        for (int k = 0; k < 2; k++)
            assert_int_equal(xc_database_document_length(&length[k], pair[k], docid, NULL), XC_OK);
        assert_int_equal(length[0], length[1]);
        if (term.length) compare_positions_of(pair, docid, term);
    }
    assert_int_equal(found[0], XC_NOT_FOUND);
    for (int k = 0; k < 2; k++) xc_postings_free(lists[k]);
}

static void compare_terms_of(struct xc_terms *lists[2], struct xc_database *pair[2], bool document)
{
    for (;;) {
        enum xc_status found[2];
        for (int k = 0; k < 2; k++) found[k] = xc_terms_next(lists[k], NULL);
        assert_int_equal(found[0], found[1]);
        if (found[0]) break;
        struct xc_bytes terms[2] = {xc_terms_term(lists[0]), xc_terms_term(lists[1])};
        assert_bytes(terms[0], terms[1]);
        if (document) {
            uint32_t wdf[2];
            for (int k = 0; k < 2; k++) assert_int_equal(xc_terms_wdf(&wdf[k], lists[k], NULL), XC_OK);
            assert_int_equal(wdf[0], wdf[1]);
        } else {
            struct xc_term_statistics figures[2] = {0};
            for (int k = 0; k < 2; k++)
                assert_int_equal(
                    xc_database_term_statistics(&figures[k], pair[k], terms[k].data, terms[k].length, NULL), XC_OK);
            assert_int_equal(figures[0].documents, figures[1].documents);
            assert_int_equal(figures[0].occurrences, figures[1].occurrences);
            compare_postings(pair, terms[0]);
        }
    }
    for (int k = 0; k < 2; k++) xc_terms_free(lists[k]);
}

static void compare_document(struct xc_database *pair[2], uint32_t docid)
{
    struct xc_document *documents[2];
    struct xc_bytes bytes[2];
    struct xc_terms *lists[2];
    for (int k = 0; k < 2; k++) {
        assert_int_equal(xc_database_document(&documents[k], pair[k], docid, NULL), XC_OK);
        assert_int_equal(xc_document_data(&bytes[k], documents[k], NULL), XC_OK);
    }
    assert_bytes(bytes[0], bytes[1]);
    for (uint32_t slot = 0; slot < SLOTS; slot++) {
        for (int k = 0; k < 2; k++) assert_int_equal(xc_document_value(&bytes[k], documents[k], slot, NULL), XC_OK);
        assert_bytes(bytes[0], bytes[1]);
    }
    for (int k = 0; k < 2; k++) assert_int_equal(xc_database_document_terms(&lists[k], pair[k], docid, NULL), XC_OK);
    compare_terms_of(lists, pair, true);
    for (int k = 0; k < 2; k++) xc_document_free(documents[k]);
}

static void compare_metadata(struct xc_database *pair[2])
{
    struct xc_terms *lists[2];
    for (int k = 0; k < 2; k++) assert_int_equal(xc_database_metadata_keys(&lists[k], pair[k], "", 0, NULL), XC_OK);
    for (;;) {
        enum xc_status found[2];
        struct xc_bytes keys[2], values[2];
        for (int k = 0; k < 2; k++) found[k] = xc_terms_next(lists[k], NULL);
        assert_int_equal(found[0], found[1]);
        if (found[0]) break;
        for (int k = 0; k < 2; k++) {
            keys[k] = xc_terms_term(lists[k]);
            assert_int_equal(xc_database_metadata(&values[k], pair[k], keys[k].data, keys[k].length, NULL), XC_OK);
        }
        assert_bytes(keys[0], keys[1]);
        assert_bytes(values[0], values[1]);
    }
    for (int k = 0; k < 2; k++) xc_terms_free(lists[k]);
}

static void compare_figures(struct xc_database *pair[2])
{
    struct xc_statistics all[2];
    for (int k = 0; k < 2; k++) assert_int_equal(xc_database_statistics(&all[k], pair[k], NULL), XC_OK);
    assert_int_equal(all[0].documents, all[1].documents);
    assert_int_equal(all[0].last_docid, all[1].last_docid);
    assert_int_equal(all[0].total_length, all[1].total_length);
    assert_int_equal(all[0].length_low, all[1].length_low);
    assert_int_equal(all[0].length_high, all[1].length_high);
    assert_int_equal(all[0].positions, all[1].positions);
    for (uint32_t slot = 0; slot < SLOTS; slot++) {
        uint32_t frequency[2];
        struct xc_bytes low[2], high[2];
        for (int k = 0; k < 2; k++)
            assert_int_equal(xc_database_value_frequency(&frequency[k], pair[k], slot, NULL), XC_OK);
        assert_int_equal(frequency[0], frequency[1]);
        for (int k = 0; k < 2; k++)
            assert_int_equal(xc_database_value_bounds(&low[k], &high[k], pair[k], slot, NULL), XC_OK);
        assert_bytes(low[0], low[1]);
        assert_bytes(high[0], high[1]);
    }
}

static void compare_values(struct xc_database *pair[2], uint32_t slot)
{
    struct xc_values *lists[2];
    for (int k = 0; k < 2; k++) assert_int_equal(xc_database_values(&lists[k], pair[k], slot, NULL), XC_OK);
    for (;;) {
        enum xc_status found[2];
        for (int k = 0; k < 2; k++) found[k] = xc_values_next(lists[k], NULL);
        assert_int_equal(found[0], found[1]);
        if (found[0]) break;
        assert_int_equal(xc_values_docid(lists[0]), xc_values_docid(lists[1]));
        assert_bytes(xc_values_value(lists[0]), xc_values_value(lists[1]));
    }
    for (int k = 0; k < 2; k++) xc_values_free(lists[k]);
}

/* The faults that libxapian finds: it counts positions of documents without length, in its own databases too. */
static size_t faults_of(const char *path)
{
    size_t faults = SIZE_MAX;
    assert_int_equal(xc_check(&faults, path, NULL, NULL, NULL), XC_OK);
    return faults;
}

void twins_compare(const char *first, const char *second)
{
    struct xc_database *pair[2];
    struct xc_terms *lists[2];
    struct xc_postings *all;
    const char *const paths[2] = {first, second};
    for (int k = 0; k < 2; k++) assert_int_equal(xc_database_open(&pair[k], paths[k], NULL), XC_OK);
    compare_figures(pair);
    compare_metadata(pair);
    for (uint32_t slot = 0; slot < SLOTS; slot++) compare_values(pair, slot);
    compare_postings(pair, (struct xc_bytes){"", 0});
    for (int k = 0; k < 2; k++) assert_int_equal(xc_database_terms(&lists[k], pair[k], "", 0, NULL), XC_OK);
    compare_terms_of(lists, pair, false);
    assert_int_equal(xc_database_postings(&all, pair[0], "", 0, NULL), XC_OK);
    while (!xc_postings_next(all, NULL)) compare_document(pair, xc_postings_docid(all));
    xc_postings_free(all);
    for (int k = 0; k < 2; k++) xc_database_free(pair[k]);
    assert_int_equal(faults_of(first), faults_of(second));
}
