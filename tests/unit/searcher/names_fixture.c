/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "names_fixture.h"

#include "indexer/entities/names/fold.h"
#include "xapian-c/xapian-c.h"

#include <string.h>

// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

static void term_of(struct buffer *out, const char *prefix, struct span value)
{
    buffer_clear(out);
    assert_int_equal(schema_term(out, prefix, value), OK);
}

static uint32_t document_of(struct xc_database *database, const char *id)
{
    struct buffer term;
    struct xc_postings *postings;
    buffer_init(&term, 1024);
    term_of(&term, PREFIX_ID, span_of(id));
    assert_int_equal(xc_database_postings(&postings, database, term.data, term.length, NULL), XC_OK);
    assert_int_equal(xc_postings_next(postings, NULL), XC_OK);
    uint32_t docid = xc_postings_docid(postings);
    xc_postings_free(postings);
    buffer_release(&term);
    return docid;
}

static void put_term(struct xc_document *document, struct xc_database *database, uint32_t docid,
                     const struct fixture_name *name)
{
    struct buffer term, stem;
    struct xc_positions *positions;
    char key[NAME_BYTES_MAX];
    size_t mentions = 0;
    buffer_init(&term, 1024);
    buffer_init(&stem, 1024);
    term_of(&term, name_places[name->type].prefix, (struct span){key, name_key(key, span_of(name->name))});
    term_of(&stem, PREFIX_STEM, span_of(name->at));
    assert_int_equal(xc_database_positions(&positions, database, docid, stem.data, stem.length, NULL), XC_OK);
    for (; xc_positions_next(positions, NULL) == XC_OK; mentions++)
        assert_int_equal(
            xc_document_add_posting(document, term.data, term.length, xc_positions_position(positions), 0, NULL),
            XC_OK);
    assert_true(mentions > 0);
    xc_positions_free(positions);
    buffer_release(&stem);
    buffer_release(&term);
}

static void put_value(struct xc_document *document, const struct fixture_name *name)
{
    struct buffer value;
    struct xc_bytes old;
    enum schema_slot slot = name_places[name->type].slot;
    assert_true(strlen(name->name) < 128); /* its length is one byte */
    buffer_init(&value, 65536);
    assert_int_equal(xc_document_value(&old, document, slot, NULL), XC_OK);
    assert_int_equal(buffer_append(&value, old.data, old.length), OK);
    assert_int_equal(buffer_append_byte(&value, (char)strlen(name->name)), OK);
    assert_int_equal(buffer_append_string(&value, name->name), OK);
    assert_int_equal(xc_document_set_value(document, slot, value.data, value.length, NULL), XC_OK);
    buffer_release(&value);
}

void put_names(const char *path, const struct fixture_name *names, size_t count)
{
    struct xc_writer *writer;
    struct xc_database *database;
    const struct xc_writer_options options = {.create = XC_OPEN_EXISTING};
    assert_int_equal(xc_writer_open(&writer, path, &options, NULL), XC_OK);
    for (size_t i = 0; i < count; i++) {
        struct xc_document *document;
        assert_int_equal(xc_writer_begin(writer, NULL), XC_OK);
        assert_int_equal(xc_writer_database(&database, writer, NULL), XC_OK);
        uint32_t docid = document_of(database, names[i].id);
        assert_int_equal(xc_database_document(&document, database, docid, NULL), XC_OK);
        put_term(document, database, docid, &names[i]);
        put_value(document, &names[i]);
        assert_int_equal(xc_writer_replace(writer, docid, document, NULL), XC_OK);
        assert_int_equal(xc_writer_commit(writer, NULL), XC_OK);
        xc_document_free(document);
        xc_database_free(database);
    }
    xc_writer_free(writer);
}
