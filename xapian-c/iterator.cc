/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The four iterators. libxapian's start on their first item and are compared with an end; ours start before it, and say
 * XC_NOT_FOUND past the last. */
#include "xapian-c/handles.hpp"

#include <memory>

using xc::guard;
using xc::need;

namespace
{

/* One step. True when the iterator then stands on an item. */
template <class Handle> bool step(Handle &handle)
{
    if (handle.where == place::past) return false;
    if (handle.where == place::on) ++handle.at;
    handle.where = handle.at == decltype(handle.at)() ? place::past : place::on;
    return handle.where == place::on;
}

/* Goes on to the first item for which [reached], skipping with [skip]. libxapian's iterators disagree on skipping
 * backwards, so it is never asked for. True when the iterator then stands on an item. */
template <class Handle, class Reached, class Skip> bool seek(Handle &handle, Reached reached, Skip skip)
{
    if (handle.where == place::before && !step(handle)) return false;
    if (handle.where == place::past) return false;
    if (reached(handle)) return true;
    skip(handle);
    if (handle.at == decltype(handle.at)()) handle.where = place::past;
    return handle.where == place::on;
}

/* Takes over the item the iterator stands on. */
void load(xc_terms &terms)
{
    terms.term = *terms.at;
}

void load(xc_postings &postings)
{
    postings.docid = *postings.at;
}

void load(xc_positions &positions)
{
    positions.position = *positions.at;
}

void load(xc_values &values)
{
    values.value = *values.at;
    values.docid = values.by_slot ? values.of_docid : values.at.get_docid();
    values.slot = values.at.get_valueno();
}

/* Forgets the item, so that accessors past the end give nothing. */
void unload(xc_terms &terms)
{
    terms.term.clear();
}

void unload(xc_postings &postings)
{
    postings.docid = 0;
}

void unload(xc_positions &positions)
{
    positions.position = 0;
}

void unload(xc_values &values)
{
    values.value.clear();
    values.docid = values.slot = 0;
}

template <class Handle> xc_status settle(Handle &handle, bool on)
{
    if (on) {
        load(handle);
        return XC_OK;
    }
    unload(handle);
    return XC_NOT_FOUND;
}

template <class Handle> xc_status next(Handle *handle, xc_error *error)
{
    return guard(error, [&] {
        need(handle, "iterator");
        return settle(*handle, step(*handle));
    });
}

template <class Handle> void need_item(const Handle *handle)
{
    need(handle, "iterator");
    if (handle->where != place::on) throw xc::fault{XC_INVALID, "the iterator is not on an item"};
}

/* Runs [body] for a figure that not every kind of term list has. */
template <class Body> auto figure(Body body)
{
    try {
        return body();
    } catch (const Xapian::InvalidOperationError &e) {
        throw xc::fault{XC_UNSUPPORTED, e.get_msg()};
    }
}

} // namespace

/* ---- Terms ---- */

xc_terms *xc::make_terms(const Xapian::Database &keep, const Xapian::TermIterator &begin, bool sorted)
{
    std::unique_ptr<xc_terms> made(new xc_terms);
    made->keep = keep;
    made->at = begin;
    made->sorted = sorted;
    return made.release();
}

enum xc_status xc_terms_next(struct xc_terms *terms, struct xc_error *error)
{
    return next(terms, error);
}

enum xc_status xc_terms_skip_to(struct xc_terms *terms, const char *term, size_t length, struct xc_error *error)
{
    return guard(error, [&] {
        need(terms, "iterator");
        if (!terms->sorted) throw xc::fault{XC_INVALID, "these terms are in no order to skip in"};
        xc::assign(terms->scratch, term, length);
        bool on = seek(
            *terms, [](xc_terms &t) { return *t.at >= t.scratch; }, [](xc_terms &t) { t.at.skip_to(t.scratch); });
        return settle(*terms, on);
    });
}

struct xc_bytes xc_terms_term(const struct xc_terms *terms)
{
    static const char nothing[] = "";
    return terms ? xc::borrow(terms->term) : xc_bytes{nothing, 0};
}

enum xc_status xc_terms_frequency(uint32_t *out, const struct xc_terms *terms, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        need_item(terms);
        *out = figure([&] { return terms->at.get_termfreq(); });
        return XC_OK;
    });
}

enum xc_status xc_terms_wdf(uint32_t *out, const struct xc_terms *terms, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        need_item(terms);
        *out = figure([&] { return terms->at.get_wdf(); });
        return XC_OK;
    });
}

enum xc_status xc_terms_positions(struct xc_positions **out, const struct xc_terms *terms, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        need_item(terms);
        *out = xc::make_positions(terms->keep, figure([&] { return terms->at.positionlist_begin(); }));
        return XC_OK;
    });
}

void xc_terms_free(struct xc_terms *terms)
{
    delete terms;
}

/* ---- Postings ---- */

enum xc_status xc_postings_next(struct xc_postings *postings, struct xc_error *error)
{
    return next(postings, error);
}

enum xc_status xc_postings_skip_to(struct xc_postings *postings, uint32_t docid, struct xc_error *error)
{
    return guard(error, [&] {
        need(postings, "iterator");
        bool on = seek(
            *postings, [=](xc_postings &p) { return *p.at >= docid; }, [=](xc_postings &p) { p.at.skip_to(docid); });
        return settle(*postings, on);
    });
}

uint32_t xc_postings_docid(const struct xc_postings *postings)
{
    return postings ? postings->docid : 0;
}

uint32_t xc_postings_wdf(const struct xc_postings *postings)
{
    uint32_t wdf = 0;
    if (postings && postings->where == place::on) {
        guard(nullptr, [&] {
            wdf = postings->at.get_wdf();
            return XC_OK;
        });
    }
    return wdf;
}

enum xc_status xc_postings_document_length(uint32_t *out, const struct xc_postings *postings, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        need_item(postings);
        *out = postings->at.get_doclength();
        return XC_OK;
    });
}

enum xc_status xc_postings_positions(struct xc_positions **out, const struct xc_postings *postings,
                                     struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        need_item(postings);
        *out = xc::make_positions(postings->keep, postings->at.positionlist_begin());
        return XC_OK;
    });
}

enum xc_status xc_postings_read(size_t *count, struct xc_postings *postings, uint32_t *docids, uint32_t *wdfs,
                                size_t room, struct xc_error *error)
{
    return guard(error, [&] {
        need(count, "count", postings, "iterator");
        if (room > 0) need(docids, "array of ids");
        size_t n = 0;
        while (n < room && step(*postings)) {
            docids[n] = postings->docid = *postings->at;
            if (wdfs) wdfs[n] = postings->at.get_wdf();
            n++;
        }
        if (postings->where != place::on) unload(*postings);
        *count = n;
        return XC_OK;
    });
}

void xc_postings_free(struct xc_postings *postings)
{
    delete postings;
}

/* ---- Positions ---- */

xc_positions *xc::make_positions(const Xapian::Database &keep, const Xapian::PositionIterator &begin)
{
    std::unique_ptr<xc_positions> made(new xc_positions);
    made->keep = keep;
    made->at = begin;
    return made.release();
}

enum xc_status xc_positions_next(struct xc_positions *positions, struct xc_error *error)
{
    return next(positions, error);
}

enum xc_status xc_positions_skip_to(struct xc_positions *positions, uint32_t position, struct xc_error *error)
{
    return guard(error, [&] {
        need(positions, "iterator");
        bool on = seek(
            *positions, [=](xc_positions &p) { return *p.at >= position; },
            [=](xc_positions &p) { p.at.skip_to(position); });
        return settle(*positions, on);
    });
}

uint32_t xc_positions_position(const struct xc_positions *positions)
{
    return positions ? positions->position : 0;
}

enum xc_status xc_positions_read(size_t *count, struct xc_positions *positions, uint32_t *out, size_t room,
                                 struct xc_error *error)
{
    return guard(error, [&] {
        need(count, "count", positions, "iterator");
        if (room > 0) need(out, "array of positions");
        size_t n = 0;
        while (n < room && step(*positions)) out[n++] = positions->position = *positions->at;
        if (positions->where != place::on) unload(*positions);
        *count = n;
        return XC_OK;
    });
}

void xc_positions_free(struct xc_positions *positions)
{
    delete positions;
}

/* ---- Values ---- */

xc_values *xc::make_values(const Xapian::Database &keep, const Xapian::ValueIterator &begin)
{
    std::unique_ptr<xc_values> made(new xc_values);
    made->keep = keep;
    made->at = begin;
    return made.release();
}

xc_values *xc::make_document_values(const Xapian::Document &document)
{
    std::unique_ptr<xc_values> made(new xc_values);
    made->at = document.values_begin();
    made->by_slot = true;
    made->of_docid = document.get_docid();
    return made.release();
}

enum xc_status xc_values_next(struct xc_values *values, struct xc_error *error)
{
    return next(values, error);
}

enum xc_status xc_values_skip_to(struct xc_values *values, uint32_t key, struct xc_error *error)
{
    return guard(error, [&] {
        need(values, "iterator");
        bool on = seek(
            *values, [=](xc_values &v) { return (v.by_slot ? v.at.get_valueno() : v.at.get_docid()) >= key; },
            [=](xc_values &v) { v.at.skip_to(key); });
        return settle(*values, on);
    });
}

struct xc_bytes xc_values_value(const struct xc_values *values)
{
    static const char nothing[] = "";
    return values ? xc::borrow(values->value) : xc_bytes{nothing, 0};
}

uint32_t xc_values_docid(const struct xc_values *values)
{
    return values ? values->docid : 0;
}

uint32_t xc_values_slot(const struct xc_values *values)
{
    return values ? values->slot : 0;
}

void xc_values_free(struct xc_values *values)
{
    delete values;
}
