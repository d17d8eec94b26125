/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static int remove_entry(const char *path, const struct stat *entry, int kind, struct FTW *walk)
{
    (void)entry;
    (void)kind;
    (void)walk;
    return remove(path);
}

int fixture_setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    if (!f) return -1;
    const char *base = getenv("TMPDIR");
    snprintf(f->root, sizeof f->root, "%s/xapian-c-XXXXXX", base ? base : "/tmp");
    if (!mkdtemp(f->root)) {
        free(f);
        return -1;
    }
    snprintf(f->path, sizeof f->path, "%s/x.db", f->root);
    *state = f;
    return 0;
}

int fixture_teardown(void **state)
{
    struct fixture *f = *state;
    int status = nftw(f->root, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    free(f);
    return status;
}

struct xc_writer *fixture_writer(const char *path)
{
    struct xc_writer_options options = {.no_sync = true};
    struct xc_writer *writer = NULL;
    assert_ok(xc_writer_open(&writer, path, &options, NULL));
    return writer;
}

struct xc_database *fixture_open(const char *path)
{
    struct xc_database *database = NULL;
    assert_ok(xc_database_open(&database, path, NULL));
    return database;
}

uint32_t fixture_add(struct xc_writer *writer, const char *words, const char *data, const char *slot_0,
                     const char *slot_1)
{
    struct xc_document *document = NULL;
    assert_ok(xc_document_new(&document, NULL));
    uint32_t position = 0;
    for (const char *word = words; *word;) {
        size_t length = strcspn(word, " ");
        assert_ok(xc_document_add_posting(document, word, length, ++position, 1, NULL));
        word += length;
        word += strspn(word, " ");
    }
    assert_ok(xc_document_set_data(document, data, strlen(data), NULL));
    if (slot_0) assert_ok(xc_document_set_value(document, 0, slot_0, strlen(slot_0), NULL));
    if (slot_1) assert_ok(xc_document_set_value(document, 1, slot_1, strlen(slot_1), NULL));
    char id[32];
    snprintf(id, sizeof id, "Q%s", data + strcspn(data, "0123456789"));
    assert_ok(xc_document_add_term(document, id, strlen(id), 0, NULL));
    uint32_t docid = 0;
    assert_ok(xc_writer_add(&docid, writer, document, NULL));
    xc_document_free(document);
    return docid;
}

void fixture_build_sample(const char *path)
{
    struct xc_writer *writer = fixture_writer(path);
    assert_ok(xc_writer_begin(writer, NULL));
    fixture_add(writer, "red green blue", "doc 1", "a", "2010");
    fixture_add(writer, "red red yellow", "doc 2", "b", "2012");
    fixture_add(writer, "green blue blue", "doc 3", "a", "2011");
    fixture_add(writer, "blue black", "doc 4", "c", "2014");
    fixture_add(writer, "yellow white", "doc 5", NULL, "2013");
    assert_ok(xc_writer_set_metadata(writer, "name", 4, "sample", 6, NULL));
    assert_ok(xc_writer_add_spelling(writer, "blue", 4, 4, NULL));
    assert_ok(xc_writer_add_spelling(writer, "black", 5, 1, NULL));
    assert_ok(xc_writer_commit(writer, NULL));
    xc_writer_free(writer);
}

int fixture_setup_sample(void **state)
{
    if (fixture_setup(state) != 0) return -1;
    fixture_build_sample(((struct fixture *)*state)->path);
    return 0;
}

void fixture_write_file(const char *path, const char *data, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(length, fwrite(data, 1, length, file));
    assert_int_equal(0, fclose(file));
}

const char *fixture_path(const struct fixture *fixture, const char *name)
{
    static char buffers[4][600];
    static int next;
    char *out = buffers[next++ % 4];
    snprintf(out, sizeof buffers[0], "%s/%s", fixture->root, name);
    return out;
}

struct xc_query *fixture_term(const char *term)
{
    struct xc_query *query = NULL;
    assert_ok(xc_query_term(&query, term, strlen(term), 1, NULL));
    return query;
}

struct xc_query *fixture_join(enum xc_operator operator_, const char *a, const char *b, uint32_t parameter)
{
    struct xc_bytes terms[] = {{a, strlen(a)}, {b, strlen(b)}};
    struct xc_query *query = NULL;
    assert_ok(xc_query_combine_terms(&query, operator_, terms, 2, parameter, NULL));
    return query;
}

const char *fixture_enquire_hits(const struct xc_enquire *enquire)
{
    static char out[2000];
    struct xc_mset *mset = NULL;
    struct xc_match_options options = {.max = 100};
    struct xc_error error;
    assert_status(XC_OK, error, xc_enquire_search(&mset, enquire, &options, &error));
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < xc_mset_size(mset); i++) {
        struct xc_hit hit;
        assert_ok(xc_mset_hit(&hit, mset, i, NULL));
        used += (size_t)snprintf(out + used, sizeof out - used, "%s%u", i ? " " : "", hit.docid);
    }
    xc_mset_free(mset);
    return out;
}

const char *fixture_hits(const struct xc_database *database, const struct xc_query *query)
{
    struct xc_enquire *enquire = NULL;
    assert_ok(xc_enquire_new(&enquire, database, NULL));
    assert_ok(xc_enquire_set_query(enquire, query, 0, NULL));
    const char *hits = fixture_enquire_hits(enquire);
    xc_enquire_free(enquire);
    return hits;
}

const char *fixture_terms(struct xc_terms *terms)
{
    static char out[2000];
    size_t used = 0;
    out[0] = '\0';
    while (xc_terms_next(terms, NULL) == XC_OK) {
        struct xc_bytes term = xc_terms_term(terms);
        used += (size_t)snprintf(out + used, sizeof out - used, "%s%.*s", used ? " " : "", (int)term.length, term.data);
    }
    xc_terms_free(terms);
    return out;
}
