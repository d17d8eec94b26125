/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text analysis: what the index holds of a text, and what a query asks of it. Both go through this code.
 *
 * Takes UTF-8 text, well-formed or not, and its language; gives tokens with source byte offsets, positions, folded
 * forms and stems; never changes the text and never knows what an index is.
 */
#ifndef ANALYSIS_ANALYSE_H
#define ANALYSIS_ANALYSE_H

#include "corpus/text.h"

enum token_kind {
    TOKEN_WORD,    /* letters, possibly with digits */
    TOKEN_NUMBER,  /* begins with a digit: "1,000.5" (form "1000.5"), "2014", "3rd" */
    TOKEN_ADDRESS, /* an e-mail address, host name or URL kept whole; its parts follow as words */
    TOKEN_BIGRAM,  /* two neighbouring characters of a script written without spaces */
    TOKEN_UNIGRAM, /* one such character: every one of them, beside the bigrams, at the bigram's position */
    TOKEN_COMPOUND /* parts written with a hyphen, underscore or slash, joined: "wifi" for Wi-Fi, beside wi and fi; also
                      the two words of an elision: "leau" for l'eau, beside l and eau */
};

enum {
    TOKEN_BYTES_MAX = 120 /* bytes of a form or stem: longer words are cut on a character border, the same way for text
                             and query; well under Xapian's 245 for a term even with a prefix */
};

/* One token. Forms and stems are UTF-8, NFKC case-folded; they borrow from the analysis. */
struct token {
    uint32_t start, end; /* source bytes [start, end) */
    uint32_t position;   /* word position, from 1; a compound has the position of its first part, a unigram that
                            of the bigram it begins; paragraph breaks do not skip positions */
    uint32_t sentence;   /* from 0 */
    uint16_t width;      /* positions the token covers: 1, or the number of parts of a compound or address */
    uint8_t kind;        /* enum token_kind */
    bool marked;         /* the form had marks that folding removed ("perú" for Perú) */
    struct span form;    /* folded: case, compatibility and marks ("peru") */
    struct span stem;    /* possessive 's aside, stem of the form with its marks in the document's language, marks then
                            folded; equal to [form] (same bytes, maybe the same pointer) when nothing changed */
    struct span plain_stem; /* stem of [form] when that differs from [stem], else empty: a reader who types no marks
                               still finds the word */
};

struct analysis {
    const struct token *tokens; /* in order of start; a compound or address stands before its parts, a bigram before its
                                   unigram */
    size_t count;
    uint32_t positions;            /* the last position, 0 for an empty text */
    const struct range *sentences; /* ascending, apart; each holds a token, and every token is in one */
    size_t sentence_count;
};

/* An analyser holds a stemmer with its cache per language and the memory of its last analysis. Not shared by threads.
 */
struct analyser;

/* Returns OK, NO_MEMORY. */
enum status analyser_new(struct analyser **out);
void analyser_free(struct analyser *analyser);

/* Words looked up in the stem caches and those that were not there, over the analyser's life; for measuring. */
void analyser_cache_counts(const struct analyser *analyser, uint64_t *lookups, uint64_t *misses);

/* The ISO 639-1 code of the language that [text] is written in, by its script and little words (detect.h); static. Empty
 * when that is not clear: a short, mixed or tabular text, or out of memory. About 15 µs. */
struct span analyser_language(struct analyser *analyser, struct span text);

/* True when [language] (ISO 639-1 code or English name, any case; empty means "no stemming") has a stemmer. */
bool analysis_has_stemmer(struct span language);

/* Analyses [text]. *[out] and all it points to belong to [analyser] and last until its next analysis or its end.
 * An unknown or empty [language] means no stemming. At least 40 MB of English a CPU second, stems included.
 * Returns OK, LIMIT (text of 4 GB or more), NO_MEMORY. */
enum status analyse(const struct analysis **out, struct analyser *analyser, struct span text, struct span language);

/* Analyses only the sentence borders and tokens of [range] of [text], as if the whole had been analysed, except that
 * positions and sentences count from the range's start. The range is first widened to white space, by at most 4096
 * bytes each way. For snippets of long texts. Same returns. */
enum status analyse_range(const struct analysis **out, struct analyser *analyser, struct span text, struct range range,
                          struct span language);

/* Writes the folded form (case, compatibility, marks, white space to single blanks, trimmed) of [text] to [out]: how
 * filter values and names are compared. Returns OK, LIMIT, NO_MEMORY. */
enum status fold(struct buffer *out, struct span text);

/* True when [form] (folded) is a stop word of [language]: Snowball's lists. False for languages without a list. */
bool analysis_is_stop_word(struct span form, struct span language);

#endif
