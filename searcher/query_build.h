/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of the query builder share (query.c: the tree; query_sequence.c: words side by side; query_leaf.c:
 * single words and phrases; query_near.c: neighbourhoods; query_terms.c: Xapian queries and evidence from words). */
#ifndef SEARCHER_QUERY_BUILD_H
#define SEARCHER_QUERY_BUILD_H

#include "searcher/query.h"

struct builder {
    const struct vocabulary *vocabulary;
    struct arena *arena;
    struct error *error;
    enum match_mode mode;
    enum syntax_field field; /* that the node at hand is under */
    unsigned negations;      /* that it is under: what is excluded is no evidence */
    bool relaxable;
    uint32_t length;
    const struct span *telling; /* QUERY_WORDS_MAX words that count, the most telling first; NULL when all do */
    size_t different;           /* words that they were chosen from */
    struct evidence_group *groups;
    size_t group_count, group_room;
    struct evidence_name *names;
    size_t name_count, name_room;
    struct unknown_word *unknown;
    size_t corrections; /* tried */
    size_t unknown_count, unknown_room;
    uint32_t items;
};

/* A growing list of queries, owned. */
struct parts {
    struct xc_query **items;
    size_t count, room;
};

/* ---- query_terms.c */

enum status build_failure(struct builder *builder, enum xc_status status, const struct xc_error *cause);
enum status parts_add(struct builder *builder, struct parts *parts, struct xc_query *query); /* takes [query] */
void parts_release(struct parts *parts);

/* Combines the parts into *[out] and releases them, also on failure; *[out] is NULL when there are none. */
enum status parts_combine(struct xc_query **out, struct builder *builder, struct parts *parts,
                          enum xc_operator operator_, uint32_t parameter);

/* Combines two queries, either of which may be NULL, and releases them. */
enum status combine_two(struct xc_query **out, struct builder *builder, enum xc_operator operator_,
                        struct xc_query *left, struct xc_query *right);

/* Multiplies *[query]'s weights by [factor], in place. */
enum status scale(struct xc_query **query, struct builder *builder, double factor);

enum status term_query(struct xc_query **out, struct builder *builder, const char *prefix, struct span text,
                       uint32_t wqf);

/* The prefix under which words of the field at hand have positions. */
const char *field_prefix(const struct builder *builder);

/* All stems (or forms, for author and source) that will do for [word] under the field at hand, as one query without
 * regard to what scores; what phrases and neighbourhoods are made of. */
enum status place_terms(struct xc_query **out, struct builder *builder, const struct word *word);

/* A word that scores under the field at hand. */
enum status word_query(struct xc_query **out, struct builder *builder, const struct word *word, uint32_t wqf);

/* Words in order, side by side, that score. */
enum status phrase_query(struct xc_query **out, struct builder *builder, const struct word *words, size_t count);

/* The words of [words] one after the other, without compounds and addresses. Returns their number. */
size_t words_in_line(struct word *out, const struct words *words);

double word_weight(const struct builder *builder, uint32_t documents);

/* Adds evidence: [count] words standing within [window] positions. [kind] says which of a word's spellings count. */
enum status add_evidence(struct builder *builder, uint32_t item, const struct word *words, size_t count, bool ordered,
                         uint32_t window, enum evidence_kind kind);

/* Adds as evidence of [item] the mentions that a document has of a name. */
enum status add_name_evidence(struct builder *builder, uint32_t item, enum name_type type, struct span key,
                              double weight);

/* Notes a word that the index does not have, and what stands in for it, NULL for nothing. */
enum status add_unknown(struct builder *builder, const struct syntax_node *leaf, const struct word *word,
                        const struct word *correction);

/* ---- query_correct.c */

/* Finds what was most likely meant by a word that the index does not have, in the light of the [others] of the query.
 * *[found] tells. */
enum status correct_word(struct word *out, bool *found, struct builder *builder, const struct word *word,
                         const struct word *const *others, size_t count);

/* ---- query_leaf.c: one leaf; *[out] is NULL for a leaf without words */

/* The words of a leaf one after the other, for phrases and neighbourhoods. */
enum status line_of(struct word **out, size_t *count, struct builder *builder, const struct syntax_node *node);

/* The exact forms of [words], all of them; words of scripts without spaces have none beyond their bigrams. */
enum status exact_forms(struct xc_query **out, struct builder *builder, const struct word *words, size_t count);

/* The folded start of a word with a star. Scripts without spaces and text of several words have no such thing: *[start]
 * is empty. */
enum status prefix_start(struct span *start, struct builder *builder, const struct syntax_node *node);

/* The prefix of exact forms under the field at hand; and all the forms that begin with [start] there. */
const char *form_prefix(const struct builder *builder);
enum status prefix_terms(struct xc_terms **out, struct builder *builder, struct span start);

/* Fails with LIMIT at the place of [node]. */
enum status too_many_words(struct builder *builder, const struct syntax_node *node, struct span start);

enum status build_exact(struct xc_query **out, struct builder *builder, const struct syntax_node *node);
enum status build_prefix(struct xc_query **out, struct builder *builder, const struct syntax_node *node);
enum status build_phrase(struct xc_query **out, struct builder *builder, const struct syntax_node *node);
enum status build_range(struct xc_query **out, struct builder *builder, const struct syntax_node *node);
enum status build_value(struct xc_query **out, struct builder *builder, const struct syntax_node *node);

/* ---- query_copies.c: near:ID and similar:ID */

enum status build_copies(struct xc_query **out, struct builder *builder, const struct syntax_node *node);

/* ---- query_name.c: names, by the names the index has */

/* Fails with UNSUPPORTED at [field] when it asks for names and the index was not tagged. */
enum status check_names(struct builder *builder, const struct syntax_node *field);

/* True for what build_name takes; other nodes under a field of names are built of their children. */
bool name_takes(const struct syntax_node *node);
enum status build_name(struct xc_query **out, struct builder *builder, const struct syntax_node *node);

/* Lets *[query] also match documents that have the name which [word] is an alias of (npa: National Police Agency), if
 * the index has names. They score nothing by it: whoever has the word comes first. [item] is the word's evidence. */
enum status name_alternative(struct xc_query **query, struct builder *builder, const struct word *word, uint32_t item);

/* Adds to [places] a term for each name that a leaf stands for, or one that nothing has. *[words] are what highlighting
 * looks for at that place, words that are alternatives. */
enum status name_places_of(struct parts *places, struct word **words, size_t *count, struct builder *builder,
                           const struct syntax_node *node);

/* ---- query_near.c: NEAR and ADJ */

enum status build_near(struct xc_query **out, struct builder *builder, const struct syntax_node *node);

/* ---- query_sequence.c: the children of [node], or [node] itself when it is a single word */

enum status build_sequence(struct xc_query **out, struct builder *builder, const struct syntax_node *node);

/* ---- query.c: *[out] is NULL for a part without words, and on failure */

enum status build_node(struct xc_query **out, struct builder *builder, const struct syntax_node *node);

#endif
