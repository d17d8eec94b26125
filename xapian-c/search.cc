/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Searches and their result lists. */
#include "xapian-c/callbacks.hpp"

#include <cmath>
#include <memory>

using xc::guard;
using xc::need;

enum xc_status xc_enquire_new(struct xc_enquire **out, const struct xc_database *database, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", database, "database");
        *out = new xc_enquire{Xapian::Enquire(database->db), false};
        return XC_OK;
    });
}

void xc_enquire_free(struct xc_enquire *enquire)
{
    delete enquire;
}

enum xc_status xc_enquire_set_query(struct xc_enquire *enquire, const struct xc_query *query, uint32_t length,
                                    struct xc_error *error)
{
    return guard(error, [&] {
        need(enquire, "search", query, "query");
        enquire->enquire.set_query(query->query, length);
        enquire->has_query = true;
        return XC_OK;
    });
}

enum xc_status xc_enquire_set_sort(struct xc_enquire *enquire, enum xc_sort sort, uint32_t slot, bool descending,
                                   struct xc_error *error)
{
    return guard(error, [&] {
        need(enquire, "search");
        switch (sort) {
        case XC_SORT_RELEVANCE:
            enquire->enquire.set_sort_by_relevance();
            return XC_OK;
        case XC_SORT_VALUE:
            enquire->enquire.set_sort_by_value(slot, descending);
            return XC_OK;
        case XC_SORT_VALUE_RELEVANCE:
            enquire->enquire.set_sort_by_value_then_relevance(slot, descending);
            return XC_OK;
        case XC_SORT_RELEVANCE_VALUE:
            enquire->enquire.set_sort_by_relevance_then_value(slot, descending);
            return XC_OK;
        }
        throw xc::fault{XC_INVALID, "no such order of hits"};
    });
}

enum xc_status xc_enquire_set_docid_order(struct xc_enquire *enquire, enum xc_docid_order order, struct xc_error *error)
{
    return guard(error, [&] {
        need(enquire, "search");
        switch (order) {
        case XC_DOCID_ASCENDING:
            enquire->enquire.set_docid_order(Xapian::Enquire::ASCENDING);
            return XC_OK;
        case XC_DOCID_DESCENDING:
            enquire->enquire.set_docid_order(Xapian::Enquire::DESCENDING);
            return XC_OK;
        case XC_DOCID_ANY:
            enquire->enquire.set_docid_order(Xapian::Enquire::DONT_CARE);
            return XC_OK;
        }
        throw xc::fault{XC_INVALID, "no such order of documents"};
    });
}

enum xc_status xc_enquire_set_collapse(struct xc_enquire *enquire, uint32_t slot, uint32_t keep, struct xc_error *error)
{
    return guard(error, [&] {
        need(enquire, "search");
        enquire->enquire.set_collapse_key(keep ? slot : Xapian::BAD_VALUENO, keep ? keep : 1);
        return XC_OK;
    });
}

enum xc_status xc_enquire_set_cutoff(struct xc_enquire *enquire, int percent, double weight, struct xc_error *error)
{
    return guard(error, [&] {
        need(enquire, "search");
        if (percent < 0 || percent > 100 || !(weight >= 0))
            throw xc::fault{XC_INVALID, "a cutoff is 0 to 100 percent, and a weight of at least 0"};
        enquire->enquire.set_cutoff(percent, weight);
        return XC_OK;
    });
}

enum xc_status xc_enquire_set_time_limit(struct xc_enquire *enquire, double seconds, struct xc_error *error)
{
    return guard(error, [&] {
        need(enquire, "search");
        if (!(seconds >= 0) || std::isinf(seconds)) throw xc::fault{XC_INVALID, "a time limit is at least 0 seconds"};
        enquire->enquire.set_time_limit(seconds);
        return XC_OK;
    });
}

enum xc_status xc_enquire_add_spy(struct xc_enquire *enquire, const struct xc_spy *spy, struct xc_error *error)
{
    return guard(error, [&] {
        need(enquire, "search", spy, "spy");
        enquire->enquire.add_matchspy(spy->spy.get());
        return XC_OK;
    });
}

enum xc_status xc_enquire_clear_spies(struct xc_enquire *enquire, struct xc_error *error)
{
    return guard(error, [&] {
        need(enquire, "search");
        enquire->enquire.clear_matchspies();
        return XC_OK;
    });
}

static void need_query(const xc_enquire *enquire)
{
    need(enquire, "search");
    if (!enquire->has_query) throw xc::fault{XC_INVALID, "the search has no query yet"};
}

enum xc_status xc_enquire_search(struct xc_mset **out, const struct xc_enquire *enquire,
                                 const struct xc_match_options *options, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", options, "options");
        need_query(enquire);
        Xapian::RSet relevant;
        if (options->relevant_count > 0) need(options->relevant, "array of relevant documents");
        for (size_t i = 0; i < options->relevant_count; i++) relevant.add_document(options->relevant[i]);
        xc::decider decider(options->decide, options->context);
        std::unique_ptr<xc_mset> made(new xc_mset);
        made->mset = enquire->enquire.get_mset(options->first, options->max, options->check_at_least,
                                               options->relevant_count ? &relevant : nullptr,
                                               options->decide ? &decider : nullptr);
        *out = made.release();
        return XC_OK;
    });
}

enum xc_status xc_enquire_matching_terms(struct xc_terms **out, const struct xc_enquire *enquire, uint32_t docid,
                                         struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        need_query(enquire);
        if (docid == 0) throw xc::fault{XC_NOT_FOUND, "no document has the id 0"};
        *out = xc::make_terms(Xapian::Database(), enquire->enquire.get_matching_terms_begin(docid), false);
        return XC_OK;
    });
}

/* ---- Result lists ---- */

size_t xc_mset_size(const struct xc_mset *mset)
{
    return mset ? mset->mset.size() : 0;
}

static Xapian::MSetIterator hit_at(const xc_mset *mset, size_t i)
{
    need(mset, "list of hits");
    if (i >= mset->mset.size())
        throw xc::fault{XC_NOT_FOUND,
                        "the list has " + std::to_string(mset->mset.size()) + " hits, none at " + std::to_string(i)};
    return mset->mset[(Xapian::doccount)i];
}

enum xc_status xc_mset_hit(struct xc_hit *out, struct xc_mset *mset, size_t i, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        Xapian::MSetIterator at = hit_at(mset, i);
        mset->collapse_key = at.get_collapse_key();
        mset->sort_key = at.get_sort_key();
        xc_hit hit = {};
        hit.docid = *at;
        hit.weight = at.get_weight();
        hit.percent = at.get_percent();
        hit.collapsed = at.get_collapse_count();
        hit.collapse_key = xc::borrow(mset->collapse_key);
        hit.sort_key = xc::borrow(mset->sort_key);
        *out = hit;
        return XC_OK;
    });
}

enum xc_status xc_mset_document(struct xc_document **out, const struct xc_mset *mset, size_t i, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        std::unique_ptr<xc_document> made(new xc_document);
        made->document = hit_at(mset, i).get_document();
        *out = made.release();
        return XC_OK;
    });
}

enum xc_status xc_mset_fetch(const struct xc_mset *mset, struct xc_error *error)
{
    return guard(error, [&] {
        need(mset, "list of hits");
        if (!mset->mset.empty()) mset->mset.fetch();
        return XC_OK;
    });
}

enum xc_status xc_mset_counts(struct xc_match_counts *out, const struct xc_mset *mset, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", mset, "list of hits");
        const Xapian::MSet &m = mset->mset;
        xc_match_counts counts = {};
        counts.low = m.get_matches_lower_bound();
        counts.estimate = m.get_matches_estimated();
        counts.high = m.get_matches_upper_bound();
        counts.uncollapsed_low = m.get_uncollapsed_matches_lower_bound();
        counts.uncollapsed_estimate = m.get_uncollapsed_matches_estimated();
        counts.uncollapsed_high = m.get_uncollapsed_matches_upper_bound();
        counts.weight_possible = m.get_max_possible();
        counts.weight_attained = m.get_max_attained();
        *out = counts;
        return XC_OK;
    });
}

enum xc_status xc_mset_term(uint32_t *frequency, double *weight, const struct xc_mset *mset, const char *term,
                            size_t length, struct xc_error *error)
{
    return guard(error, [&] {
        need(mset, "list of hits");
        const std::string name = xc::bytes(term, length);
        double heaviest = 0;
        try {
            heaviest = mset->mset.get_termweight(name);
        } catch (const Xapian::InvalidArgumentError &) {
            throw xc::fault{XC_NOT_FOUND, "the term is not in the query"};
        }
        uint32_t documents = mset->mset.get_termfreq(name);
        if (frequency) *frequency = documents;
        if (weight) *weight = heaviest;
        return XC_OK;
    });
}

void xc_mset_free(struct xc_mset *mset)
{
    delete mset;
}
