/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Expand sets: terms that tell relevant documents from the rest. */
#include "xapian-c/callbacks.hpp"

#include <cstring>
#include <memory>

using xc::guard;
using xc::need;

enum xc_status xc_enquire_expand(struct xc_eset **out, const struct xc_enquire *enquire, const uint32_t *relevant,
                                 size_t count, const struct xc_expand_options *options, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result", enquire, "search", options, "options");
        if (count == 0) throw xc::fault{XC_INVALID, "an expansion needs a document to start from"};
        need(relevant, "array of relevant documents");
        const char *scheme = options->scheme ? options->scheme : "trad";
        if (strcmp(scheme, "trad") != 0 && strcmp(scheme, "bo1") != 0)
            throw xc::fault{XC_INVALID, std::string("no expansion scheme is called '") + scheme + "' (trad, bo1)"};
        if (!(options->k >= 0)) throw xc::fault{XC_INVALID, "the parameter 'k' of an expansion is at least 0"};
        Xapian::RSet documents;
        for (size_t i = 0; i < count; i++) documents.add_document(relevant[i]);
        int flags = 0;
        if (options->query_terms) flags |= Xapian::Enquire::INCLUDE_QUERY_TERMS;
        if (options->exact) flags |= Xapian::Enquire::USE_EXACT_TERMFREQ;
        xc::keeper keeper(options->keep, options->context);
        /* A second handle on the same search, as setting the scheme is no const call; the scheme is set each time. */
        Xapian::Enquire search(enquire->enquire);
        search.set_expansion_scheme(scheme, options->k > 0 ? options->k : 1.0);
        std::unique_ptr<xc_eset> made(new xc_eset);
        made->eset =
            search.get_eset(options->max, documents, flags, options->keep ? &keeper : nullptr, options->weight_min);
        *out = made.release();
        return XC_OK;
    });
}

size_t xc_eset_size(const struct xc_eset *eset)
{
    return eset ? eset->eset.size() : 0;
}

enum xc_status xc_eset_term(struct xc_bytes *term, double *weight, struct xc_eset *eset, size_t i,
                            struct xc_error *error)
{
    return guard(error, [&] {
        need(eset, "list of terms");
        if (i >= eset->eset.size())
            throw xc::fault{XC_NOT_FOUND, "the list has " + std::to_string(eset->eset.size()) + " terms, none at " +
                                              std::to_string(i)};
        Xapian::ESetIterator at = eset->eset[(Xapian::doccount)i];
        eset->term = *at;
        if (term) *term = xc::borrow(eset->term);
        if (weight) *weight = at.get_weight();
        return XC_OK;
    });
}

void xc_eset_free(struct xc_eset *eset)
{
    delete eset;
}
