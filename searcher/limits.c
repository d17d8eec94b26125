/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/limits.h"

#include "searcher/collapse.h"
#include "searcher/explain.h"
#include "searcher/query.h"
#include "searcher/similar.h"

const struct limit_row search_limits[] = {
    {"query", SYNTAX_BYTES_MAX, "bytes; a longer one is an error"},
    {"query-words", SYNTAX_TERMS_MAX, "words of a query in the query language; more are an error"},
    {"telling-words", QUERY_WORDS_MAX, "different words of a long text the most telling count"},
    {"nesting", SYNTAX_NESTING_MAX, "levels of parentheses and NOTs; more are an error"},
    {"wildcards", SYNTAX_WILDCARDS_MAX, "words with a star; more are an error"},
    {"wildcard-letters", SYNTAX_PREFIX_MIN, "letters before a star at least"},
    {"wildcard-words", QUERY_EXPANSION_MAX, "words of the index that a star stands for; more are an error"},
    {"distance", SYNTAX_DISTANCE_MAX, "words of NEAR/n and ADJ/n; more is an error"},
    {"boost", SYNTAX_BOOST_MAX, "times of word^n; more is an error"},
    {"hits", HITS_MAX, "hits to ask for or to leave out"},
    {"collapsed-hits", COLLAPSE_DEPTH_MAX, "hits of --collapse, with those left out by --offset"},
    {"explained-hits", EXPLAIN_HITS_MAX, "hits of --explain"},
    {"facets", FACETS_MAX, "facets of one request"},
    {"facet-values", FACET_VALUES_MAX, "values of one facet; all are counted"},
    {"filters", FILTERS_MAX, "filters of one request"},
    {"similar-text", SIMILAR_TEXT_MAX, "bytes of --similar -; of a longer text the beginning counts"},
    {"similar-words", SIMILAR_TERMS, "different words of --similar: the most telling"},
    {NULL, 0, NULL},
};
