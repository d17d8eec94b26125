/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/matcher/weight.h"

#include <math.h>
#include <string.h>

/* The order of operations in here is libxapian's, on which equality of sums depends: do not simplify. */

struct scheme {
    const char *name;
    size_t parameters;
    bool (*takes)(const double *parameter); /* whether the weights have no part that is the same for all terms */
    double (*by_length)(const struct weigher *weigher);
    double (*of_length)(const struct weigher *weigher, uint32_t length); /* the share of a length */
    struct weight (*term)(const struct weigher *weigher, double documents, double occurrences, double wqf,
                          double factor);
    double (*weight)(const struct weight *weight, double wdf, double of_length);
};

static bool takes_all(const double *parameter)
{
    (void)parameter;
    return true;
}

/* IneB2, Amati and van Rijsbergen 2002: inverse expected document frequency, Bernoulli after-effect, normalisation 2.
 */

static double ineb2_by_length(const struct weigher *weigher)
{
    return weigher->parameter[0] * weigher->average_length;
}

static double ineb2_of_length(const struct weigher *weigher, uint32_t length)
{
    return log2(1 + weigher->by_length / length);
}

static struct weight ineb2_term(const struct weigher *weigher, double documents, double occurrences, double wqf,
                                double factor)
{
    double n = weigher->documents;
    double mean = occurrences / n;
    double expected = n * (1.0 - exp(-mean));
    double idf = log2((n + 1.0) / (expected + 0.5));
    return (struct weight){.a = (occurrences + 1.0) / documents, .b = wqf * idf * factor};
}

static double ineb2_weight(const struct weight *weight, double wdf, double of_length)
{
    double normalised = wdf * of_length;
    return normalised * weight->a / (normalised + 1.0) * weight->b;
}

/* BM25, Robertson and others 1995, as libxapian has it: rare terms alone have the full weight of their rarity. */

enum { BM25_K1, BM25_K2, BM25_K3, BM25_B, BM25_LEAST_LENGTH };

static bool bm25_takes(const double *parameter)
{
    return parameter[BM25_K2] == 0;
}

static double bm25_by_length(const struct weigher *weigher)
{
    bool counts = weigher->parameter[BM25_B] != 0 && weigher->parameter[BM25_K1] != 0;
    return counts && weigher->average_length != 0 ? 1 / weigher->average_length : 0;
}

static double bm25_of_length(const struct weigher *weigher, uint32_t length)
{
    const double *parameter = weigher->parameter;
    double normalised = length * weigher->by_length;
    if (normalised < parameter[BM25_LEAST_LENGTH]) normalised = parameter[BM25_LEAST_LENGTH];
    return parameter[BM25_K1] * (normalised * parameter[BM25_B] + (1 - parameter[BM25_B]));
}

static struct weight bm25_term(const struct weigher *weigher, double documents, double occurrences, double wqf,
                               double factor)
{
    (void)occurrences;
    const double *parameter = weigher->parameter;
    double odds = (weigher->documents - documents + 0.5) / (documents + 0.5);
    if (odds < 2) odds = odds * 0.5 + 1;
    double weight = log(odds) * factor;
    if (parameter[BM25_K3] != 0) weight *= (parameter[BM25_K3] + 1) * wqf / (parameter[BM25_K3] + wqf);
    weight *= parameter[BM25_K1] + 1;
    return (struct weight){.a = weight};
}

static double bm25_weight(const struct weight *weight, double wdf, double of_length)
{
    return weight->a * (wdf / (of_length + wdf));
}

static const struct scheme schemes[] = {
    {"ineb2", 1, takes_all, ineb2_by_length, ineb2_of_length, ineb2_term, ineb2_weight},
    {"bm25", 5, bm25_takes, bm25_by_length, bm25_of_length, bm25_term, bm25_weight},
};

bool weigher_set(struct weigher *out, const char *name, const double *parameters, size_t count,
                 const struct xc_statistics *statistics)
{
    const struct scheme *scheme = NULL;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (schemes[i].parameters == count && !strcmp(schemes[i].name, name)) scheme = &schemes[i];
    if (!scheme || !scheme->takes(parameters)) return false;
    if (out->scheme == scheme && !memcmp(out->parameter, parameters, count * sizeof *parameters)) return true;
    out->scheme = scheme;
    memcpy(out->parameter, parameters, count * sizeof *parameters);
    out->documents = statistics->documents;
    out->average_length = statistics->documents ? (double)statistics->total_length / statistics->documents : 0;
    out->by_length = scheme->by_length(out);
    for (size_t i = 0; i < WEIGHER_LENGTHS; i++) out->kept[i] = NAN;
    return true;
}

struct weight weigher_term(const struct weigher *weigher, uint32_t documents, uint64_t occurrences, uint32_t wqf,
                           double factor)
{
    return weigher->scheme->term(weigher, documents, (double)occurrences, wqf, factor);
}

double weigher_weight(struct weigher *weigher, const struct weight *weight, uint32_t wdf, uint32_t length)
{
    if (!wdf) return 0;
    double of_length;
    if (length < WEIGHER_LENGTHS) {
        of_length = weigher->kept[length];
        if (isnan(of_length)) of_length = weigher->kept[length] = weigher->scheme->of_length(weigher, length);
    } else {
        of_length = weigher->scheme->of_length(weigher, length);
    }
    return weigher->scheme->weight(weight, wdf, of_length);
}
