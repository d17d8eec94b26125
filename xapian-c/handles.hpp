/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Takes: nothing; shared by the .cc files of this folder and by nobody else.
 * Gives: what the opaque handles hold, the guard every exported body runs in, checks of arguments.
 * Never: is included from C, or from outside the folder. */
#ifndef XAPIAN_C_HANDLES_HPP
#define XAPIAN_C_HANDLES_HPP

#include "xapian-c/xapian-c.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>
#include <xapian.h>

/* Each handle holds libxapian's reference-counted objects by value, so that any order of freeing is safe. The strings
 * are what borrowed bytes point into, or scratch space whose capacity spares allocations on hot paths. */

struct xc_database {
    Xapian::Database db;
    std::string scratch;
    std::string uuid;
    std::string metadata;
    std::string suggestion;
    std::string low;
    std::string high;
};

struct xc_writer {
    Xapian::WritableDatabase db;
    bool in_batch = false;
    bool spoilt = false;
    std::string scratch;
};

struct xc_document {
    Xapian::Document document;
    std::string scratch;
    std::string data;
    std::string value;
};

/* A query's tree as it was put together, kept beside libxapian's own, which does not tell its factors and windows. */
struct xc_query_node {
    xc_query_view view = {};
    std::string term; /* what view.term borrows */
    std::vector<std::shared_ptr<const xc_query_node>> parts;
};

struct xc_query {
    Xapian::Query query;
    unsigned depth = 0;
    std::string description;
    std::shared_ptr<const xc_query_node> node;
};

struct xc_enquire {
    Xapian::Enquire enquire;
    bool has_query = false;
};

struct xc_mset {
    Xapian::MSet mset;
    std::string collapse_key;
    std::string sort_key;
};

struct xc_eset {
    Xapian::ESet eset;
    std::string term;
};

struct xc_spy {
    Xapian::Internal::opt_intrusive_ptr<Xapian::MatchSpy> spy;
    Xapian::ValueCountMatchSpy *counts = nullptr; /* spy itself when it counts values */
};

/* Where an iterator stands: libxapian's begin on their first item, ours before it. */
enum class place { before, on, past };

/* [keep] holds whatever the iterator reads from; not all of libxapian's iterators do so themselves. */
struct xc_terms {
    Xapian::Database keep;
    Xapian::TermIterator at;
    bool sorted = true; /* in byte order, so that skipping makes sense */
    place where = place::before;
    std::string term;
    std::string scratch;
};

struct xc_postings {
    Xapian::Database keep;
    Xapian::PostingIterator at;
    place where = place::before;
    uint32_t docid = 0;
};

struct xc_positions {
    Xapian::Database keep;
    Xapian::PositionIterator at;
    place where = place::before;
    uint32_t position = 0;
};

struct xc_values {
    Xapian::Database keep;
    Xapian::ValueIterator at;
    bool by_slot = false;  /* the values of one document, else those of one slot */
    uint32_t of_docid = 0; /* that document */
    place where = place::before;
    std::string value;
    uint32_t docid = 0;
    uint32_t slot = 0;
};

namespace xc
{

/* A failure found by the wrapper itself. */
struct fault {
    xc_status status;
    std::string message;
};

/* Thrown by the trampolines of callbacks.cc: the status with which a callback ended the call. */
struct stop {
    xc_status status;
};

/* Turns the exception in flight into a status, and words in [error] unless NULL. Call only from a catch block. */
xc_status translate(xc_error *error) noexcept;

/* Runs [body], which returns a status; no exception gets past. */
template <class Body> xc_status guard(xc_error *error, Body body) noexcept
{
    try {
        return body();
    } catch (...) {
        return translate(error);
    }
}

/* Writes a failure into [error] unless NULL, and returns its status. */
xc_status fail(xc_error *error, xc_status status, const char *type, const std::string &message) noexcept;

/* Throws XC_INVALID when a needed pointer is NULL. */
inline void need(const void *pointer, const char *what)
{
    if (!pointer) throw fault{XC_INVALID, std::string("the ") + what + " is NULL"};
}

template <class... Rest> void need(const void *pointer, const char *what, const void *next, Rest... rest)
{
    need(pointer, what);
    need(next, rest...);
}

/* Copies input bytes; throws XC_INVALID for a NULL of some length. */
inline void assign(std::string &out, const char *data, size_t length)
{
    if (length == 0) {
        out.clear();
        return;
    }
    need(data, "text");
    out.assign(data, length);
}

inline std::string bytes(const char *data, size_t length)
{
    std::string out;
    assign(out, data, length);
    return out;
}

inline xc_bytes borrow(const std::string &text)
{
    return xc_bytes{text.data(), text.size()};
}

/* Throws XC_LIMIT unless the bytes are a term that glass can store. libxapian finds out only while flushing, and drops
 * the whole batch then. */
void check_term(const char *data, size_t length, const char *what);

/* Opens a glass database for reading, and nothing else. Throws fault or Xapian::Error. */
Xapian::Database open_glass(const char *path);

enum class kind { folder, file };

/* What lies at [path]: a folder with a glass database, or a single-file one; throws a fault otherwise. */
kind probe(const char *path);

/* Whether there is a folder entry [path]/[name]. */
bool has_entry(const char *path, const char *name);

/* New iterator handles; [keep] as above. */
xc_terms *make_terms(const Xapian::Database &keep, const Xapian::TermIterator &begin, bool sorted);
xc_positions *make_positions(const Xapian::Database &keep, const Xapian::PositionIterator &begin);
xc_values *make_values(const Xapian::Database &keep, const Xapian::ValueIterator &begin);
xc_values *make_document_values(const Xapian::Document &document);

} // namespace xc

#endif
