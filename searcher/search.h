/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The engine's one door: the command line, the search page and batch runs all search through search_run.
 *
 * Takes a query text and options; gives ranked hits with snippets and facet counts; never prints, never writes an
 * index.
 */
#ifndef SEARCHER_SEARCH_H
#define SEARCHER_SEARCH_H

#include "corpus/text.h"
#include "indexer/schema.h"
#include "searcher/rank.h"
#include "searcher/snippet.h"

enum {
    HITS_MAX = 1000000,      /* hits a request may page through or ask for at once; search_stream has no limit */
    FACET_VALUES_MAX = 1000, /* values a facet lists */
    FACETS_MAX = 16,
    FILTERS_MAX = 64
};

enum match_mode {
    MATCH_AUTO, /* all the words; any of them when nothing has all */
    MATCH_ALL,
    MATCH_ANY
};

enum sort_order { SORT_RELEVANCE, SORT_NEWEST, SORT_OLDEST };

/* What can be counted and filtered. Their names, help and slots are rows of facet_kinds (facets.h). */
enum facet_kind {
    FACET_ORGANIZATION,
    FACET_PERSON,
    FACET_PLACE,
    FACET_YEAR,
    FACET_SOURCE,
    FACET_LANGUAGE,
    FACET_TYPE,
    FACET_MONTH,
    FACET_DAY,
    FACET_DATE, /* a histogram: days, months or years, by the span of the matches */
    FACET_COUNT
};

struct facet_request {
    enum facet_kind kind;
    size_t values;          /* the most frequent so many; 0 counts the distinct ones only */
    struct span containing; /* only values that contain this text, folded; empty: all */
};

/* Documents whose [kind] has one of the values given for that kind; kinds are combined with AND. */
struct filter {
    enum facet_kind kind;
    struct span value; /* as a facet shows it; FACET_DATE takes a year, month or day, two of them as "2013-09..2014" of
                          which either can be left out, and "none" for the undated */
};

struct search_request {
    struct span query;        /* empty: every document */
    struct span similar_text; /* a text that is not in the index: hits are like it; [query] may be empty then */
    size_t offset, count;
    enum sort_order sort;
    enum match_mode match;
    struct ranking ranking;
    bool collapse; /* of near-copies show the best alone, with the count of the others */
    bool explain;  /* tell what each hit's score is made of, of at most a thousand hits */
    bool expand;   /* add words that the best hits share; relevance order only */
    double half_life; /* days in which a document's bonus for being young halves (rescore.h); 0: age does not matter */
    const struct facet_request *facets;
    size_t facet_count;
    const struct filter *filters;
    size_t filter_count;
    bool exact_total;     /* count every match, even when no facet is asked for */
    bool strict;          /* what is unclear in the query is an error instead of being taken as words, and no word
                             stands in for one that no document has */
    bool suggest;         /* look for a better spelling when little is found */
    bool documents;       /* fetch fields; without it a hit has docid, id and score, no snippet */
    size_t snippet_bytes; /* 0: none */
    size_t fragments;     /* of a snippet, at most */
    const char *language; /* of the query, a code or English name; NULL: those of the index */
};

/* Relevance order, first ten hits, two-line snippets, no facets. */
void search_request_init(struct search_request *request);

/* Names in a document, canonical, those mentioned most first. */
struct hit_names {
    const struct span *items;
    size_t count;
};

/* Other matches that are near-copies of a hit, when collapsing. */
struct hit_others {
    uint64_t count;
    const struct span *ids; /* of the best of them */
    size_t id_count;
    struct span query; /* finds them all */
};

/* A part of a hit's score. */
struct explained_part {
    struct span text;   /* what stands in the document: a stem, a phrase of stems, a name */
    struct span typed;  /* the words of the query it was taken for; empty for what was added */
    const char *how;    /* word, stem, form, compound, parts, phrase, near, name, alias, value, prefix,
                                    expansion, correction, similar, filter, recency, kept, bonus */
    const char *field;  /* text, title, …; empty for none */
    uint32_t wdf;       /* how often the document has it, 0 where that is no single number */
    uint32_t documents; /* that have it, likewise */
    double weight;
    bool is_name; /* listed also where it weighs nothing */
    size_t leaf;  /* private: its place in the query */
};

/* What a hit's score is made of: the weights of the parts sum to it. Heaviest first. */
struct hit_explanation {
    const struct explained_part *parts;
    size_t part_count;
    const struct explained_part *above; /* what the hit before it has more, [weight] by how much */
    size_t above_count;
};

struct hit {
    size_t rank; /* from 1, over all pages */
    double score;
    uint32_t docid;
    struct span id;
    struct span field[RECORD_FIELDS_MAX]; /* by enum record_field */
    const struct snippet_piece *pieces;   /* fragments are joined by an unmarked " … " */
    size_t piece_count;
    struct hit_names names[NAME_TYPES]; /* by enum name_type */
    struct hit_others others;
    struct hit_explanation explanation; /* when asked for */
};

struct facet_value {
    struct span value;
    uint32_t count;
};

struct facet {
    enum facet_kind kind;
    size_t distinct;                  /* values in the matches, of those that the request asks for */
    const struct facet_value *values; /* by falling count, then in byte order, years too; FACET_DATE by time */
    size_t value_count;
    enum facet_kind grain;  /* of FACET_DATE: FACET_DAY, FACET_MONTH or FACET_YEAR; of others the kind */
    struct span containing; /* as in the request */
};

struct search_notice {
    size_t position; /* byte in the query */
    struct span text;
};

struct search_response {
    struct span understood;   /* the query as read, in the query language */
    struct span in_words;     /* how the query was understood, as a sentence; when explaining */
    struct span did_you_mean; /* a better spelt query, or empty */
    bool corrected;           /* words that no document has were taken for their nearest: did_you_mean is what the hits
                                 are for */
    bool relaxed;             /* no document had all the words: any of them was taken */
    uint64_t total;           /* matches */
    bool exact;               /* else an estimate */
    double seconds;           /* of processor time spent */
    const struct search_notice *notices;
    size_t notice_count;
    const struct hit *hits;
    size_t hit_count;
    const struct facet *facets;
    size_t facet_count;
    struct arena arena; /* owns all of the above */
};

struct searcher;
struct user_names;
struct phases;

/* Opens the index at [path]. Returns OK, MISSING, DAMAGED, IO, NO_MEMORY. */
enum status searcher_open(struct searcher **out, const char *path, struct error *error);
void searcher_free(struct searcher *searcher);

/* Answers [request] from the latest committed state of the index; a change underneath is met by one more try. [out] is
 * released with search_response_release after OK. Returns OK (also without hits), INVALID (the query, with its
 * position), LIMIT, CHANGED (the index changes faster than it can be read), MISSING, DAMAGED, IO, NO_MEMORY. */
enum status search_run(struct search_response *out, struct searcher *searcher, const struct search_request *request,
                       struct error *error);

/* Gets a hit, lent for the time of the call. False ends the search. */
typedef bool search_hit_fn(void *context, const struct hit *hit);

/* The same for any number of hits: they are given to [each] in their order, one after the other, and [out] has none.
 * Memory does not grow with the hits' documents, but with 16 bytes a hit. Hits whose document is removed from the index
 * while they are given are left out. Returns as search_run, OK also when [each] ended it. */
enum status search_stream(struct search_response *out, struct searcher *searcher, const struct search_request *request,
                          search_hit_fn *each, void *context, struct error *error);

void search_response_release(struct search_response *response);

/* The reader below, for what looks at documents rather than searching (reader.h). */
struct reader *searcher_reader(struct searcher *searcher);

/* The processor time of each step; measured once [on] is set in it. */
struct phases *searcher_phases(struct searcher *searcher);

/* The user's lists of names for this index, NULL when there are none. */
const struct user_names *searcher_names(const struct searcher *searcher);

/* A whole document's text cut into pieces, what [query] asks for marked. Pieces belong to [arena] and borrow from
 * [text], which is in [language]. (view.h gives more of a stored document.) Returns OK, INVALID, LIMIT, NO_MEMORY. */
enum status search_mark(const struct snippet_piece **pieces, size_t *count, struct arena *arena,
                        struct searcher *searcher, struct span query, struct span text, struct span language,
                        struct error *error);

#endif
