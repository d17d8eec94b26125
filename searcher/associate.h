/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names in the matches of a query, and what occurs together with one of them.
 *
 * Takes a query and a name; gives names with counts of documents, a measure of association and counts by month; never
 * estimates and never prints.
 */
#ifndef SEARCHER_ASSOCIATE_H
#define SEARCHER_ASSOCIATE_H

#include "searcher/search.h"

struct associate_request {
    struct span query; /* empty: every document */
    struct span with;  /* a name, or an alias or part of one; empty: none, names by count alone */
    enum name_type with_type; /* that name's type; 0: of any */
    enum match_mode match;
    const char *language; /* of the query, NULL for those of the index */
    size_t values;        /* names listed of each type */
};

struct associated_name {
    struct span value;
    uint32_t count;    /* documents of the query that have it */
    uint32_t together; /* of these, with the request's name; 0 when there is none */
    double score;      /* log-likelihood ratio; below 0 for names that avoid each other */
};

struct associated_names {
    size_t distinct;                     /* names there are: of the query, or together with the request's name */
    const struct associated_name *items; /* by falling score, without a name by falling count */
    size_t count;
};

struct associated_month {
    char month[8];      /* "2014-10"; empty for undated documents */
    uint32_t documents; /* that have the request's name */
    uint64_t mentions;  /* of it in these */
};

struct associated_with {
    enum name_type type;
    struct span value;
};

struct associations {
    uint64_t documents;                 /* of the query */
    uint64_t with_documents;            /* of these, with the request's name */
    const struct associated_with *with; /* what that name stands for: those in these documents */
    size_t with_count;
    struct associated_names names[NAME_TYPES]; /* by enum name_type */
    const struct associated_month *months;     /* ascending, the undated last */
    size_t month_count;
    bool relaxed;       /* no document had all the words of the query: any of them was taken */
    struct arena arena; /* owns all of the above */
};

/* Answers [request]; [out] is released with associations_release after OK. Returns OK, NOT_FOUND (no name of the index
 * fits), UNSUPPORTED (an index without names), and as search_run. */
enum status associate(struct associations *out, struct searcher *searcher, const struct associate_request *request,
                      struct error *error);
void associations_release(struct associations *associations);

/* How much oftener than by chance two names stand in one document: Dunning's log-likelihood ratio, given the documents
 * with [both], with [one], with [other], and [all]. Signed: below 0 when they do so more rarely. */
double associate_score(uint64_t both, uint64_t one, uint64_t other, uint64_t all);

#endif
