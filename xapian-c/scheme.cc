/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of ranking schemes: a new row is the whole change. */
#include "xapian-c/handles.hpp"

#include <cfloat>
#include <cstring>
#include <vector>

using xc::guard;
using xc::need;

/* What libxapian's constructors take, in their order; defaults are theirs. */
static const xc_scheme_parameter TRAD[] = {
    {"k", 1, 0, DBL_MAX, "how much the length of a document counts"},
};
static const xc_scheme_parameter BM25[] = {
    {"k1", 1, 0, DBL_MAX, "how much a repeated term counts"},
    {"k2", 0, 0, DBL_MAX, "correction by query length and document length"},
    {"k3", 1, 0, DBL_MAX, "how much a term repeated in the query counts"},
    {"b", 0.5, 0, 1, "how much the length of a document counts"},
    {"min_normlen", 0.5, 0, DBL_MAX, "least length of a document, relative to the average"},
};
static const xc_scheme_parameter BM25PLUS[] = {
    {"k1", 1, 0, DBL_MAX, "how much a repeated term counts"},
    {"k2", 0, 0, DBL_MAX, "correction by query length and document length"},
    {"k3", 1, 0, DBL_MAX, "how much a term repeated in the query counts"},
    {"b", 0.5, 0, 1, "how much the length of a document counts"},
    {"min_normlen", 0.5, 0, DBL_MAX, "least length of a document, relative to the average"},
    {"delta", 1, 0, DBL_MAX, "least that a term adds to a long document"},
};
/* Zero would divide by zero. */
static const xc_scheme_parameter DFR_C[] = {
    {"c", 1, DBL_MIN, DBL_MAX, "how little the length of a document counts"},
};

/* Each gets all parameters of its row, and the variant. */
typedef void apply_fn(Xapian::Enquire &enquire, const double *p, const char *variant);

template <class Weight> static void apply_plain(Xapian::Enquire &enquire, const double *, const char *)
{
    enquire.set_weighting_scheme(Weight());
}

template <class Weight> static void apply_one(Xapian::Enquire &enquire, const double *p, const char *)
{
    enquire.set_weighting_scheme(Weight(p[0]));
}

static void apply_bm25(Xapian::Enquire &enquire, const double *p, const char *)
{
    enquire.set_weighting_scheme(Xapian::BM25Weight(p[0], p[1], p[2], p[3], p[4]));
}

static void apply_bm25plus(Xapian::Enquire &enquire, const double *p, const char *)
{
    enquire.set_weighting_scheme(Xapian::BM25PlusWeight(p[0], p[1], p[2], p[3], p[4], p[5]));
}

static void apply_tfidf(Xapian::Enquire &enquire, const double *, const char *variant)
{
    enquire.set_weighting_scheme(Xapian::TfIdfWeight(variant));
}

#define PARAMETERS(array) array, sizeof(array) / sizeof *(array)

static const xc_scheme SCHEMES[] = {
    {"bm25", "probabilistic, Okapi BM25", PARAMETERS(BM25), nullptr, nullptr},
    {"bm25plus", "BM25 that is fairer to long documents", PARAMETERS(BM25PLUS), nullptr, nullptr},
    {"trad", "the older probabilistic formula", PARAMETERS(TRAD), nullptr, nullptr},
    {"tfidf", "term frequency times rarity", nullptr, 0, "ntn",
     "three letters: wdf n, b, s, l or L; rarity n, t, p, f or s; weight n"},
    {"inl2", "divergence from randomness: inverse document frequency, Laplace", PARAMETERS(DFR_C), nullptr, nullptr},
    {"ifb2", "divergence from randomness: inverse term frequency, Bernoulli", PARAMETERS(DFR_C), nullptr, nullptr},
    {"ineb2", "divergence from randomness: inverse expected document frequency, Bernoulli", PARAMETERS(DFR_C), nullptr,
     nullptr},
    {"bb2", "divergence from randomness: Bose-Einstein, Bernoulli", PARAMETERS(DFR_C), nullptr, nullptr},
    {"pl2", "divergence from randomness: Poisson, Laplace", PARAMETERS(DFR_C), nullptr, nullptr},
    {"dlh", "divergence from randomness: hypergeometric, without parameters", nullptr, 0, nullptr, nullptr},
    {"dph", "divergence from randomness: Popper's normalisation, without parameters", nullptr, 0, nullptr, nullptr},
    {"coord", "how many terms of the query match", nullptr, 0, nullptr, nullptr},
    {"boolean", "no ranking: every match weighs 0", nullptr, 0, nullptr, nullptr},
};

static apply_fn *const APPLY[] = {
    apply_bm25,
    apply_bm25plus,
    apply_one<Xapian::TradWeight>,
    apply_tfidf,
    apply_one<Xapian::InL2Weight>,
    apply_one<Xapian::IfB2Weight>,
    apply_one<Xapian::IneB2Weight>,
    apply_one<Xapian::BB2Weight>,
    apply_one<Xapian::PL2Weight>,
    apply_plain<Xapian::DLHWeight>,
    apply_plain<Xapian::DPHWeight>,
    apply_plain<Xapian::CoordWeight>,
    apply_plain<Xapian::BoolWeight>,
};

enum { SCHEME_COUNT = sizeof SCHEMES / sizeof *SCHEMES };
static_assert(sizeof APPLY / sizeof *APPLY == SCHEME_COUNT, "a function for each row");

const struct xc_scheme *xc_schemes(size_t *count)
{
    if (count) *count = SCHEME_COUNT;
    return SCHEMES;
}

const struct xc_scheme *xc_scheme_find(const char *name)
{
    if (!name) return nullptr;
    for (const xc_scheme &scheme : SCHEMES) {
        if (strcmp(scheme.name, name) == 0) return &scheme;
    }
    return nullptr;
}

enum xc_status xc_enquire_set_scheme(struct xc_enquire *enquire, const char *name, const char *variant,
                                     const double *parameters, size_t count, struct xc_error *error)
{
    return guard(error, [&] {
        need(enquire, "search", name, "name of a scheme");
        const xc_scheme *scheme = xc_scheme_find(name);
        if (!scheme) throw xc::fault{XC_INVALID, std::string("no ranking scheme is called '") + name + "'"};
        if (count > scheme->parameter_count)
            throw xc::fault{XC_INVALID, std::string("the ranking scheme '") + name + "' takes at most " +
                                            std::to_string(scheme->parameter_count) + " parameters"};
        if (count > 0) need(parameters, "array of parameters");
        if (variant && !scheme->variant)
            throw xc::fault{XC_INVALID, std::string("the ranking scheme '") + name + "' has no variants"};
        std::vector<double> all;
        for (size_t i = 0; i < scheme->parameter_count; i++) {
            const xc_scheme_parameter &row = scheme->parameters[i];
            double value = i < count ? parameters[i] : row.normal;
            /* Written so that a NaN is refused too. */
            if (!(value >= row.least && value <= row.most))
                throw xc::fault{XC_INVALID, std::string("the parameter '") + row.name + "' of the ranking scheme '" +
                                                name + "' is out of bounds"};
            all.push_back(value);
        }
        APPLY[scheme - SCHEMES](enquire->enquire, all.data(), variant ? variant : scheme->variant);
        return XC_OK;
    });
}
