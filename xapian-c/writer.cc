/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The writer. libxapian commits what is pending when a database is closed outside a transaction, and drops everything
 * pending when a change fails; here a batch is whole or nothing: changes need a transaction, a failure spoils the
 * writer, and freeing never commits. */
#include "xapian-c/handles.hpp"

#include <memory>
#include <sys/stat.h>

using xc::guard;
using xc::need;

/* Other formats of libxapian: creating glass tables beside them would make a mess of two databases. */
static const char *const FOREIGN_ENTRIES[] = {"iamchert", "iamflint", "iamhoney", "XAPIANDB"};

static bool block_size_is_valid(uint32_t size)
{
    return size == 0 || (size >= 2048 && size <= 65536 && (size & (size - 1)) == 0); /* bytes: glass's bounds */
}

/* Throws unless the place suits what is to be done with it. */
static void check_place(const char *path, xc_create create)
{
    need(path, "path");
    if (create == XC_OPEN_EXISTING) {
        if (xc::probe(path) == xc::kind::file)
            throw xc::fault{XC_UNSUPPORTED,
                            std::string("cannot write '") + path + "': a single-file database is read only"};
        return;
    }
    struct stat entry;
    if (stat(path, &entry) != 0) return;
    if (!S_ISDIR(entry.st_mode))
        throw xc::fault{XC_FOREIGN, std::string("cannot make a database at '") + path + "': a file is there"};
    for (const char *name : FOREIGN_ENTRIES) {
        if (xc::has_entry(path, name))
            throw xc::fault{XC_FOREIGN,
                            std::string("cannot make a database in '") + path + "': it holds '" + name + "'"};
    }
}

static int action(xc_create create)
{
    switch (create) {
    case XC_CREATE_OR_OPEN:
        return Xapian::DB_CREATE_OR_OPEN;
    case XC_CREATE_NEW:
        return Xapian::DB_CREATE;
    case XC_OPEN_EXISTING:
        return Xapian::DB_OPEN;
    }
    throw xc::fault{XC_INVALID, "no such way of opening a writer"};
}

enum xc_status xc_writer_open(struct xc_writer **out, const char *path, const struct xc_writer_options *options,
                              struct xc_error *error)
{
    xc_error local;
    xc_error *told = error ? error : &local;
    xc_status status = guard(told, [&] {
        need(out, "result");
        const xc_writer_options normal = {};
        const xc_writer_options &o = options ? *options : normal;
        int flags = action(o.create) | Xapian::DB_BACKEND_GLASS;
        if (o.no_sync) flags |= Xapian::DB_NO_SYNC;
        if (o.wait) flags |= Xapian::DB_RETRY_LOCK;
        if (!block_size_is_valid(o.block_size))
            throw xc::fault{XC_INVALID, "a block size is a power of 2 from 2048 to 65536 bytes, not " +
                                            std::to_string(o.block_size)};
        check_place(path, o.create);
        std::unique_ptr<xc_writer> made(new xc_writer);
        made->db = Xapian::WritableDatabase(path, flags, (int)o.block_size);
        *out = made.release();
        return XC_OK;
    });
    /* The place was checked; a table file that is not there belongs to a damaged index. */
    if (status == XC_GONE) status = told->status = XC_DAMAGED;
    return status;
}

void xc_writer_free(struct xc_writer *writer)
{
    if (!writer) return;
    /* Closing commits what is pending unless a transaction is open, so open one that does not flush first. It fails
     * when a transaction is open already, which is just as well. */
    guard(nullptr, [&] {
        writer->db.begin_transaction(false);
        return XC_OK;
    });
    guard(nullptr, [&] {
        writer->db.close();
        return XC_OK;
    });
    delete writer;
}

static void check_usable(const xc_writer *writer)
{
    need(writer, "writer");
    if (writer->spoilt)
        throw xc::fault{XC_INVALID, "an earlier failure spoilt this writer: free it and replay the batch"};
}

/* Runs a body that changes the transaction's state; whatever it throws spoils the writer. */
template <class Body> static xc_status turn(xc_writer *writer, bool in_batch, xc_error *error, Body body)
{
    xc_status status = guard(error, [&] {
        check_usable(writer);
        if (writer->in_batch != in_batch)
            throw xc::fault{XC_INVALID, in_batch ? "no batch is open: begin one first" : "a batch is open already"};
        return XC_OK;
    });
    if (status != XC_OK) return status;
    status = guard(error, [&] {
        body(writer->db);
        writer->in_batch = !in_batch;
        return XC_OK;
    });
    if (status != XC_OK) writer->spoilt = true;
    return status;
}

enum xc_status xc_writer_begin(struct xc_writer *writer, struct xc_error *error)
{
    return turn(writer, false, error, [](Xapian::WritableDatabase &db) { db.begin_transaction(true); });
}

enum xc_status xc_writer_commit(struct xc_writer *writer, struct xc_error *error)
{
    return turn(writer, true, error, [](Xapian::WritableDatabase &db) { db.commit_transaction(); });
}

enum xc_status xc_writer_cancel(struct xc_writer *writer, struct xc_error *error)
{
    return turn(writer, true, error, [](Xapian::WritableDatabase &db) { db.cancel_transaction(); });
}

bool xc_writer_in_batch(const struct xc_writer *writer)
{
    return writer && writer->in_batch;
}

bool xc_writer_spoilt(const struct xc_writer *writer)
{
    return writer && writer->spoilt;
}

enum xc_status xc_writer_database(struct xc_database **out, const struct xc_writer *writer, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        check_usable(writer);
        std::unique_ptr<xc_database> made(new xc_database);
        made->db = writer->db;
        *out = made.release();
        return XC_OK;
    });
}

/* Runs [check], whose throws leave the batch as it is, then [body], whose throws spoil it: by then libxapian may have
 * dropped what was pending. */
template <class Check, class Body> static xc_status change(xc_writer *writer, xc_error *error, Check check, Body body)
{
    xc_status status = guard(error, [&] {
        check_usable(writer);
        if (!writer->in_batch) throw xc::fault{XC_INVALID, "no batch is open: begin one first"};
        check();
        return XC_OK;
    });
    if (status != XC_OK) return status;
    status = guard(error, [&] {
        body(writer->db);
        return XC_OK;
    });
    if (status != XC_OK) writer->spoilt = true;
    return status;
}

static void check_room(const xc_writer *writer)
{
    if (writer->db.get_lastdocid() == UINT32_MAX)
        throw xc::fault{XC_LIMIT, "all document ids are used up: compact the index to close the gaps"};
}

enum xc_status xc_writer_add(uint32_t *docid, struct xc_writer *writer, const struct xc_document *document,
                             struct xc_error *error)
{
    return change(
        writer, error,
        [&] {
            need(document, "document");
            check_room(writer);
        },
        [&](Xapian::WritableDatabase &db) {
            uint32_t given = db.add_document(document->document);
            if (docid) *docid = given;
        });
}

enum xc_status xc_writer_replace(struct xc_writer *writer, uint32_t docid, const struct xc_document *document,
                                 struct xc_error *error)
{
    return change(
        writer, error,
        [&] {
            need(document, "document");
            if (docid == 0) throw xc::fault{XC_INVALID, "document ids start at 1"};
        },
        [&](Xapian::WritableDatabase &db) { db.replace_document(docid, document->document); });
}

enum xc_status xc_writer_replace_by_term(uint32_t *docid, struct xc_writer *writer, const char *term, size_t length,
                                         const struct xc_document *document, struct xc_error *error)
{
    return change(
        writer, error,
        [&] {
            need(document, "document");
            xc::check_term(term, length, "term");
            writer->scratch.assign(term, length);
            check_room(writer);
        },
        [&](Xapian::WritableDatabase &db) {
            uint32_t given = db.replace_document(writer->scratch, document->document);
            if (docid) *docid = given;
        });
}

enum xc_status xc_writer_delete(struct xc_writer *writer, uint32_t docid, struct xc_error *error)
{
    bool found = docid != 0;
    xc_status status = change(
        writer, error, [] {},
        [&](Xapian::WritableDatabase &db) {
            if (!found) return;
            try {
                db.delete_document(docid);
            } catch (const Xapian::DocNotFoundError &) {
                /* Thrown before anything is touched, so that the batch is as it was. */
                found = false;
            }
        });
    if (status != XC_OK || found) return status;
    return xc::fail(error, XC_NOT_FOUND, "xapian-c", "no document has the id " + std::to_string(docid));
}

enum xc_status xc_writer_delete_by_term(struct xc_writer *writer, const char *term, size_t length,
                                        struct xc_error *error)
{
    return change(
        writer, error,
        [&] {
            xc::check_term(term, length, "term");
            writer->scratch.assign(term, length);
        },
        [&](Xapian::WritableDatabase &db) { db.delete_document(writer->scratch); });
}

enum xc_status xc_writer_set_metadata(struct xc_writer *writer, const char *key, size_t key_length, const char *value,
                                      size_t value_length, struct xc_error *error)
{
    std::string copy;
    return change(
        writer, error,
        [&] {
            xc::check_term(key, key_length, "metadata key");
            writer->scratch.assign(key, key_length);
            xc::assign(copy, value, value_length);
        },
        [&](Xapian::WritableDatabase &db) { db.set_metadata(writer->scratch, copy); });
}

enum xc_status xc_writer_add_spelling(struct xc_writer *writer, const char *word, size_t length, uint32_t frequency,
                                      struct xc_error *error)
{
    return change(
        writer, error,
        [&] {
            xc::check_term(word, length, "word");
            writer->scratch.assign(word, length);
        },
        [&](Xapian::WritableDatabase &db) { db.add_spelling(writer->scratch, frequency); });
}

enum xc_status xc_writer_remove_spelling(struct xc_writer *writer, const char *word, size_t length, uint32_t frequency,
                                         struct xc_error *error)
{
    return change(
        writer, error,
        [&] {
            xc::check_term(word, length, "word");
            writer->scratch.assign(word, length);
        },
        [&](Xapian::WritableDatabase &db) { db.remove_spelling(writer->scratch, frequency); });
}
