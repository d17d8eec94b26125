/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Databases to read: opening, figures, metadata, spelling, and the iterators they hand out. */
#include "xapian-c/handles.hpp"

#include <memory>

using xc::guard;
using xc::need;

/* ---- Opening ---- */

enum xc_status xc_database_open(struct xc_database **out, const char *path, struct xc_error *error)
{
    xc_error local;
    xc_error *told = error ? error : &local;
    xc_status status = guard(told, [&] {
        need(out, "result");
        std::unique_ptr<xc_database> made(new xc_database);
        made->db = xc::open_glass(path);
        *out = made.release();
        return XC_OK;
    });
    /* The path was there a moment ago; a table file that is not belongs to a damaged index, not to a removed one. */
    if (status == XC_GONE) status = told->status = XC_DAMAGED;
    return status;
}

enum xc_status xc_database_open_remote(struct xc_database **out, const char *host, uint16_t port, uint32_t timeout_ms,
                                       uint32_t connect_timeout_ms, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", host, "host");
        const unsigned normal = 10000; /* milliseconds: libxapian's own default */
        std::unique_ptr<xc_database> made(new xc_database);
        made->db = Xapian::Remote::open(host, port, timeout_ms ? timeout_ms : normal,
                                        connect_timeout_ms ? connect_timeout_ms : normal);
        *out = made.release();
        return XC_OK;
    });
}

enum xc_status xc_database_new(struct xc_database **out, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        *out = new xc_database;
        return XC_OK;
    });
}

enum xc_status xc_database_add(struct xc_database *database, const struct xc_database *part, struct xc_error *error)
{
    return guard(error, [&] {
        need(database, "database", part, "part");
        if (database == part) throw xc::fault{XC_INVALID, "a database cannot be added to itself"};
        database->db.add_database(part->db);
        return XC_OK;
    });
}

enum xc_status xc_database_reopen(bool *changed, struct xc_database *database, struct xc_error *error)
{
    xc_error local;
    xc_error *told = error ? error : &local;
    xc_status status = guard(told, [&] {
        need(database, "database");
        bool reopened = database->db.reopen();
        if (changed) *changed = reopened;
        return XC_OK;
    });
    /* It was there when it was opened. */
    if (status == XC_MISSING) status = told->status = XC_GONE;
    return status;
}

enum xc_status xc_database_close(struct xc_database *database, struct xc_error *error)
{
    return guard(error, [&] {
        need(database, "database");
        database->db.close();
        return XC_OK;
    });
}

void xc_database_free(struct xc_database *database)
{
    delete database;
}

enum xc_status xc_database_keep_alive(struct xc_database *database, struct xc_error *error)
{
    return guard(error, [&] {
        need(database, "database");
        database->db.keep_alive();
        return XC_OK;
    });
}

/* ---- Figures ---- */

size_t xc_database_part_count(const struct xc_database *database)
{
    return database ? database->db.size() : 0;
}

enum xc_status xc_database_uuid(struct xc_bytes *out, struct xc_database *database, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        database->uuid = database->db.get_uuid();
        *out = xc::borrow(database->uuid);
        return XC_OK;
    });
}

enum xc_status xc_database_revision(uint64_t *out, const struct xc_database *database, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        *out = database->db.get_revision();
        return XC_OK;
    });
}

enum xc_status xc_database_locked(bool *out, const struct xc_database *database, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        *out = database->db.locked();
        return XC_OK;
    });
}

enum xc_status xc_database_statistics(struct xc_statistics *out, const struct xc_database *database,
                                      struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        const Xapian::Database &db = database->db;
        xc_statistics s = {};
        s.documents = db.get_doccount();
        s.last_docid = db.get_lastdocid();
        s.total_length = db.get_total_length();
        s.average_length = db.get_average_length();
        s.length_low = db.get_doclength_lower_bound();
        s.length_high = db.get_doclength_upper_bound();
        s.positions = db.has_positions();
        *out = s;
        return XC_OK;
    });
}

enum xc_status xc_database_document_count(uint32_t *out, const struct xc_database *database, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        *out = database->db.get_doccount();
        return XC_OK;
    });
}

/* libxapian reads the empty term as "all documents"; here it is a term like another, which no document has. */
static bool storable(const char *term, size_t length)
{
    if (length > 0) need(term, "term");
    return xc_term_fits(term, length);
}

enum xc_status xc_database_term_exists(bool *out, struct xc_database *database, const char *term, size_t length,
                                       struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        bool exists = false;
        if (storable(term, length)) {
            database->scratch.assign(term, length);
            exists = database->db.term_exists(database->scratch);
        }
        *out = exists;
        return XC_OK;
    });
}

enum xc_status xc_database_term_statistics(struct xc_term_statistics *out, struct xc_database *database,
                                           const char *term, size_t length, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        xc_term_statistics s = {};
        if (storable(term, length)) {
            database->scratch.assign(term, length);
            s.documents = database->db.get_termfreq(database->scratch);
            if (s.documents > 0) {
                s.occurrences = database->db.get_collection_freq(database->scratch);
                s.wdf_high = database->db.get_wdf_upper_bound(database->scratch);
            }
        }
        *out = s;
        return XC_OK;
    });
}

enum xc_status xc_database_term_frequency(uint32_t *out, struct xc_database *database, const char *term, size_t length,
                                          struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        uint32_t documents = 0;
        if (storable(term, length)) {
            database->scratch.assign(term, length);
            documents = database->db.get_termfreq(database->scratch);
        }
        *out = documents;
        return XC_OK;
    });
}

/* Document 0 is an argument error to libxapian; to a caller it is one more document that is not there. */
static void check_docid(uint32_t docid)
{
    if (docid == 0) throw xc::fault{XC_NOT_FOUND, "no document has the id 0"};
}

enum xc_status xc_database_document_length(uint32_t *out, const struct xc_database *database, uint32_t docid,
                                           struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        check_docid(docid);
        *out = database->db.get_doclength(docid);
        return XC_OK;
    });
}

enum xc_status xc_database_document_unique_terms(uint32_t *out, const struct xc_database *database, uint32_t docid,
                                                 struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        check_docid(docid);
        *out = database->db.get_unique_terms(docid);
        return XC_OK;
    });
}

enum xc_status xc_database_value_frequency(uint32_t *out, const struct xc_database *database, uint32_t slot,
                                           struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        *out = database->db.get_value_freq(slot);
        return XC_OK;
    });
}

enum xc_status xc_database_value_bounds(struct xc_bytes *low, struct xc_bytes *high, struct xc_database *database,
                                        uint32_t slot, struct xc_error *error)
{
    return guard(error, [&] {
        need(low, "lower result", high, "upper result", database, "database");
        database->low = database->db.get_value_lower_bound(slot);
        database->high = database->db.get_value_upper_bound(slot);
        *low = xc::borrow(database->low);
        *high = xc::borrow(database->high);
        return XC_OK;
    });
}

/* ---- Metadata and spelling ---- */

enum xc_status xc_database_metadata(struct xc_bytes *out, struct xc_database *database, const char *key, size_t length,
                                    struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        xc::assign(database->scratch, key, length);
        database->metadata = database->db.get_metadata(database->scratch);
        *out = xc::borrow(database->metadata);
        return XC_OK;
    });
}

enum xc_status xc_database_metadata_keys(struct xc_terms **out, struct xc_database *database, const char *prefix,
                                         size_t length, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        xc::assign(database->scratch, prefix, length);
        *out = xc::make_terms(database->db, database->db.metadata_keys_begin(database->scratch), true);
        return XC_OK;
    });
}

enum xc_status xc_database_spellings(struct xc_terms **out, struct xc_database *database, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        *out = xc::make_terms(database->db, database->db.spellings_begin(), true);
        return XC_OK;
    });
}

enum xc_status xc_database_spelling_frequency(uint32_t *out, struct xc_database *database, const char *word,
                                              size_t length, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        xc::assign(database->scratch, word, length);
        uint32_t frequency = 0;
        Xapian::TermIterator at = database->db.spellings_begin();
        if (length > 0 && at != database->db.spellings_end() && *at < database->scratch) at.skip_to(database->scratch);
        if (at != database->db.spellings_end() && *at == database->scratch) frequency = at.get_termfreq();
        *out = frequency;
        return XC_OK;
    });
}

enum xc_status xc_database_spelling_suggestion(struct xc_bytes *out, struct xc_database *database, const char *word,
                                               size_t length, unsigned edits_max, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        xc::assign(database->scratch, word, length);
        database->suggestion = database->db.get_spelling_suggestion(database->scratch, edits_max);
        *out = xc::borrow(database->suggestion);
        return XC_OK;
    });
}

/* ---- Documents and iterators ---- */

enum xc_status xc_database_document(struct xc_document **out, const struct xc_database *database, uint32_t docid,
                                    struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        check_docid(docid);
        std::unique_ptr<xc_document> made(new xc_document);
        made->document = database->db.get_document(docid);
        *out = made.release();
        return XC_OK;
    });
}

enum xc_status xc_database_known_document(struct xc_document **out, const struct xc_database *database, uint32_t docid,
                                          struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        check_docid(docid);
        std::unique_ptr<xc_document> made(new xc_document);
        made->document = database->db.get_document(docid, Xapian::DOC_ASSUME_VALID);
        *out = made.release();
        return XC_OK;
    });
}

enum xc_status xc_database_terms(struct xc_terms **out, struct xc_database *database, const char *prefix, size_t length,
                                 struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        xc::assign(database->scratch, prefix, length);
        *out = xc::make_terms(database->db, database->db.allterms_begin(database->scratch), true);
        return XC_OK;
    });
}

enum xc_status xc_database_document_terms(struct xc_terms **out, const struct xc_database *database, uint32_t docid,
                                          struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        check_docid(docid);
        *out = xc::make_terms(database->db, database->db.termlist_begin(docid), true);
        return XC_OK;
    });
}

enum xc_status xc_database_postings(struct xc_postings **out, struct xc_database *database, const char *term,
                                    size_t length, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        std::unique_ptr<xc_postings> made(new xc_postings);
        made->keep = database->db;
        if (length == 0 || storable(term, length)) {
            xc::assign(database->scratch, term, length);
            made->at = database->db.postlist_begin(database->scratch);
        }
        *out = made.release();
        return XC_OK;
    });
}

enum xc_status xc_database_positions(struct xc_positions **out, struct xc_database *database, uint32_t docid,
                                     const char *term, size_t length, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        Xapian::PositionIterator begin;
        if (docid != 0 && storable(term, length)) {
            database->scratch.assign(term, length);
            begin = database->db.positionlist_begin(docid, database->scratch);
        }
        *out = xc::make_positions(database->db, begin);
        return XC_OK;
    });
}

enum xc_status xc_database_read_positions(size_t *count, struct xc_database *database, uint32_t docid, const char *term,
                                          size_t length, uint32_t *out, size_t room, struct xc_error *error)
{
    return guard(error, [&] {
        need(count, "count", database, "database");
        if (room > 0) need(out, "array of positions");
        size_t n = 0;
        if (docid != 0 && storable(term, length)) {
            database->scratch.assign(term, length);
            Xapian::PositionIterator at = database->db.positionlist_begin(docid, database->scratch), end;
            for (; at != end; ++at, n++)
                if (n < room) out[n] = *at;
        }
        *count = n;
        return XC_OK;
    });
}

enum xc_status xc_database_values(struct xc_values **out, const struct xc_database *database, uint32_t slot,
                                  struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        *out = xc::make_values(database->db, database->db.valuestream_begin(slot));
        return XC_OK;
    });
}
