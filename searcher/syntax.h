/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Query syntax: what a reader typed, as a tree.
 *
 * Takes the bytes of a query, well-formed or not; gives a tree whose nodes know their place in the query, and notices
 * about what was guessed; never analyses words and never knows what an index is.
 *
 * Binding, tightest first: field: and = and ^boost, NEAR and ADJ, NOT and -, words side by side, AND, OR.
 */
#ifndef SEARCHER_SYNTAX_H
#define SEARCHER_SYNTAX_H

#include "corpus/text.h"

/* All limits of a query's text. What its words grow to in analysis and expansion is for the query builder to limit. */
enum {
    SYNTAX_BYTES_MAX = 1024 * 1024, /* bytes: a report pasted in whole */
    SYNTAX_TERMS_MAX = 4096,       /* words of a query with signs of this syntax, or strict: libxapian's OR grows
                                      quadratic. A long text pasted in may have as many as its bytes allow */
    SYNTAX_NESTING_MAX = 100,      /* parentheses and NOTs within each other: keeps every walk of the tree shallow */
    SYNTAX_WILDCARDS_MAX = 8,      /* words with a star: each grows to many terms */
    SYNTAX_PREFIX_MIN = 2,         /* letters before a star: one letter grows to a large part of all words */
    SYNTAX_DISTANCE_MAX = 1000,    /* words between the sides of NEAR and ADJ: farther is AND */
    SYNTAX_DISTANCE_DEFAULT = 10,  /* NEAR without a number, as in Xapian's and Omega's syntax */
    SYNTAX_BOOST_MAX = 1000,       /* of ^boost: more drowns the rest of the query */
    SYNTAX_NOTICES_MAX = 16        /* notices kept: a page shows a few, the rest is counted */
};

enum syntax_kind {
    SYNTAX_WORD,     /* text: a run of characters as typed, which analysis may make several tokens of */
    SYNTAX_EXACT,    /* =word. text: the word */
    SYNTAX_PREFIX,   /* cyber*. text: before the star */
    SYNTAX_PHRASE,   /* text: between the quotes, white space folded; exact for ="…" */
    SYNTAX_VALUE,    /* text: a value to be taken whole, only under the fields that have no words (id, language, …) */
    SYNTAX_RANGE,    /* date:… since, until, undated */
    SYNTAX_SEQUENCE, /* two children or more, typed side by side: joined as --match says, except its NOT children,
                        which always exclude */
    SYNTAX_AND,      /* two children or more; a NOT child excludes */
    SYNTAX_OR,       /* two children or more */
    SYNTAX_NOT,      /* one child: everything but it */
    SYNTAX_NEAR,     /* two children or more within distance, in any order. Each is a WORD, EXACT, PREFIX or PHRASE, an
                        OR of those, or a FIELD of words with one of those */
    SYNTAX_ADJ,      /* the same, in order */
    SYNTAX_FIELD,    /* field; one child, without FIELD and RANGE in it */
    SYNTAX_BOOST,    /* boost; one child */
    SYNTAX_KIND_COUNT
};

enum syntax_field {
    FIELD_NONE,
    FIELD_TITLE,
    FIELD_TEXT,
    FIELD_AUTHOR,
    FIELD_SOURCE,
    FIELD_LANGUAGE, /* values from here … */
    FIELD_TYPE,
    FIELD_ID,
    FIELD_PATH,
    FIELD_NEAR,    /* the near-copies of a document, named by its id */
    FIELD_SIMILAR, /* what is like it */
    FIELD_URL,     /* … to here */
    FIELD_DATE,
    FIELD_ORGANIZATION,
    FIELD_PERSON,
    FIELD_PLACE,
    SYNTAX_FIELD_COUNT
};

struct syntax_node {
    enum syntax_kind kind;
    enum syntax_field field;         /* of FIELD */
    bool exact;                      /* of PHRASE: ="…", the words as written */
    bool undated;                    /* of RANGE: date:none, and no since or until */
    uint32_t since, until;           /* of RANGE: first and last day, YYYYMMDD; 0 for an open end, never both */
    uint32_t distance;               /* of NEAR and ADJ: positions between neighbours, 1 for words side by side */
    double boost;                    /* of BOOST: 0 to SYNTAX_BOOST_MAX, in thousandths */
    struct span text;                /* of leaves: well-formed UTF-8 without control characters, owned by the tree */
    struct range range;              /* bytes of the query */
    size_t count;                    /* children */
    const struct syntax_node *child; /* the first child, NULL for leaves */
    const struct syntax_node *next;  /* the next child of the same parent */
};

/* Something in the query that was understood in a way that its writer should know of. */
struct syntax_notice {
    struct range range; /* bytes of the query */
    const char *text;   /* a sentence like an error's message */
};

struct syntax {
    const struct syntax_node *root; /* NULL when nothing is asked for: an empty query, "()", "- &" */
    const struct syntax_notice *notices;
    size_t notice_count;  /* at most SYNTAX_NOTICES_MAX */
    size_t notices_total; /* with those that were not kept */
    size_t terms;         /* words in leaves, as typed: at most SYNTAX_TERMS_MAX, unless pasted */
    bool pasted;          /* a long text without operators or fields: the root is a SEQUENCE of its words */
    struct arena arena;   /* owns all of the above */
};

struct syntax_options {
    bool strict; /* what would give a notice is INVALID instead: for scripts */
};

/* Parses [query] into *[out], which the caller frees and which borrows nothing. [options] may be NULL for none set.
 * What cannot be read as syntax is read as words where that is clear (a lone AND, a quote without its partner, an
 * unknown field); the tree then has notices. Linear in the query; the depth of calls is bounded.
 *
 * Returns OK; INVALID with error.position in the query for a bad date, boost, distance or wildcard, NEAR between other
 * things than words, a field within a field; LIMIT likewise for a query over one of the limits above; NO_MEMORY. */
enum status syntax_parse(struct syntax **out, struct span query, const struct syntax_options *options,
                         struct error *error);
void syntax_free(struct syntax *syntax);

/* Appends how the query was understood, in the syntax itself: parsed again, it gives an equal tree, without notices.
 * Returns OK, LIMIT, NO_MEMORY. */
enum status syntax_print(struct buffer *out, const struct syntax *syntax);

/* The same for one part of a query, as explanations and messages need it. */
enum status syntax_print_node(struct buffer *out, const struct syntax_node *node);

/* True when both ask for the same; places in the query do not count. Both may be NULL. */
bool syntax_equal(const struct syntax_node *a, const struct syntax_node *b);

/* "title", "organization", … and "" for FIELD_NONE; static. */
const char *syntax_field_name(enum syntax_field field);

/* True for the fields that are compared whole and have no words: language, type, id, path, near, similar, url. */
bool syntax_field_is_value(enum syntax_field field);

/* True for organization, person and place. */
bool syntax_field_is_name(enum syntax_field field);

#endif
