/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Spies, which see each match while a search runs. */
#include "xapian-c/callbacks.hpp"

#include <memory>

using xc::guard;
using xc::need;

enum xc_status xc_spy_new_value_counts(struct xc_spy **out, uint32_t slot, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        std::unique_ptr<xc_spy> made(new xc_spy);
        made->counts = new Xapian::ValueCountMatchSpy(slot);
        /* Released, it is counted, and lives as long as the handle or a search holds it. */
        made->spy = made->counts->release();
        *out = made.release();
        return XC_OK;
    });
}

enum xc_status xc_spy_new_visit(struct xc_spy **out, xc_visit_fn *visit, void *context, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        if (!visit) throw xc::fault{XC_INVALID, "a visiting spy needs a function to call"};
        std::unique_ptr<xc_spy> made(new xc_spy);
        made->spy = (new xc::visitor(visit, context))->release();
        *out = made.release();
        return XC_OK;
    });
}

size_t xc_spy_total(const struct xc_spy *spy)
{
    return spy && spy->counts ? spy->counts->get_total() : 0;
}

static const Xapian::ValueCountMatchSpy &counts_of(const xc_spy *spy)
{
    need(spy, "spy");
    if (!spy->counts) throw xc::fault{XC_INVALID, "a visiting spy counts no values"};
    return *spy->counts;
}

enum xc_status xc_spy_values(struct xc_terms **out, const struct xc_spy *spy, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        *out = xc::make_terms(Xapian::Database(), counts_of(spy).values_begin(), false);
        return XC_OK;
    });
}

enum xc_status xc_spy_top_values(struct xc_terms **out, const struct xc_spy *spy, size_t max, struct xc_error *error)
{
    return guard(error, [&] {
        need(out, "result");
        *out = xc::make_terms(Xapian::Database(), counts_of(spy).top_values_begin(max), false);
        return XC_OK;
    });
}

void xc_spy_free(struct xc_spy *spy)
{
    delete spy;
}
