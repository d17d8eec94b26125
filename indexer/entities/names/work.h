/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the rules of this folder share while they look at one part of a document.
 *
 * Rules run in this order: pieces and furniture (lines.c), candidates from lists, model, words and titles
 * (candidates.c, spans.c, runs.c, companies.c), the longest of them claim their pieces (candidates.c), names are given
 * (canonical.c), acronyms are bound (acronyms.c), bodies and people merged (organizations.c, people.c), and what is
 * left becomes entities (names.c).
 */
#ifndef NAMES_WORK_H
#define NAMES_WORK_H

#include "indexer/entities/names/lists.h"
#include "indexer/entities/names/names.h"
#include "indexer/entities/names/pieces.h"

#include <string.h>

enum { TAG_NONE = 0, NO_NAME = 0 };

enum {
    CLAIM_PIECES_MAX = 24, /* pieces of the longest name */
    RUN_PIECES_MAX = 24,   /* capitalised words looked at together */
    ACRONYM_LETTERS_MAX = 12,
    SHUNNED_MAX = 256,
    SHARED_MAX = 4 /* people that one word of a name is remembered for */
};

#define NOT_LOOKED UINT32_MAX
#define BLOCKED    UINT32_MAX /* owner of a piece that belongs to something that is no name */

/* A stretch of pieces that may be a name, or (TAG_NONE) must not be one. */
struct candidate {
    uint32_t first, last; /* pieces */
    uint8_t type;         /* enum tag_type */
    uint8_t why;          /* enum name_why */
    uint8_t rank;         /* lower ones claim first; within one rank, longer ones */
    bool gone;            /* of a claim: withdrawn */
    uint32_t name;        /* of a claim: its number in names */
    const struct list_record *record;
    const struct lists *lists; /* of the record */
};

/* A name in the part, under which mentions gather. */
struct known {
    struct span shown; /* in the arena, the text or the lists */
    struct span key;   /* in the arena */
    uint64_t hash;
    uint32_t votes[TAG_TYPES];
    uint32_t same;  /* the name it is another form of; itself when none */
    uint32_t claim; /* the first claim that bears it */
    uint32_t plain; /* claims outside lines that shout, or known to a list */
    bool company;   /* a legal form or an exchange's code says that it is one */
    bool listed;    /* [shown] is a list's or was settled by a rule: longer forms do not replace it */
};

/* A word and the names it is part of. */
struct shared {
    uint64_t hash; /* 0 for an empty place */
    uint32_t name[SHARED_MAX];
    uint32_t count; /* more than SHARED_MAX: too many to tell */
};

/* A growable array of T. */
#define ARRAY(T)                                                                                                       \
    struct {                                                                                                           \
        T *data;                                                                                                       \
        size_t count, capacity;                                                                                        \
    }

struct work {
    const struct user_names *user;
    struct span text;
    bool alone; /* no model: the lists find what they can */
    struct arena arena;
    ARRAY(struct piece) pieces;
    ARRAY(uint32_t) found;       /* of each piece: what lists_find has for it in the built-in lists, or NOT_LOOKED */
    ARRAY(uint32_t) token_piece; /* first piece of each token, and one more */
    ARRAY(struct candidate) candidates;
    ARRAY(struct candidate) claims;
    ARRAY(uint32_t) owner;      /* of each piece: its claim and one, 0 for none, or BLOCKED */
    ARRAY(struct known) names;  /* [0] stands for none */
    ARRAY(uint32_t) name_slots; /* hash table over names */
    ARRAY(uint64_t) shunned;    /* words that name a storm, a ship or an operation here */
    size_t bindings;            /* acronyms that the document explains */
    ARRAY(struct shared) shared;
};

/* Makes room for one more element. */
bool array_grow(void **data, size_t *capacity, size_t count, size_t size);
#define ARRAY_ROOM(a, n) ((n) <= (a).capacity || array_grow((void **)&(a).data, &(a).capacity, (n), sizeof *(a).data))

/* pieces and lines */
enum status work_pieces(struct work *work, const struct tag_token *tokens, size_t count);
void work_lines(struct work *work);

/* What all lists together say of the one word at [piece]. */
uint32_t piece_classes(const struct work *work, size_t piece);

/* The longest phrase from [piece] on, ending before [end], that is one of [classes]; its pieces, 0 for none. */
size_t phrase_at(const struct work *work, size_t piece, size_t end, uint32_t classes, const struct list_record **record,
                 const struct lists **lists);

/* Whether all of [first, last] is on the lists as one of [classes]. */
const struct list_record *phrase_whole(const struct work *work, size_t first, size_t last, uint32_t classes,
                                       const struct lists **lists);

struct span piece_text(const struct work *work, size_t piece);
struct span pieces_text(const struct work *work, size_t first, size_t last);
/* Whether the piece is written like [word], which is not empty. */
static inline bool piece_equals(const struct work *work, size_t piece, const char *word)
{
    const struct piece *p = &work->pieces.data[piece];
    const char *text = work->text.data + p->start;
    if (p->length == 0 || text[0] != word[0]) return false; /* nearly always, and it spares the rest */
    size_t length = strlen(word);
    return p->length == length && memcmp(text, word, length) == 0;
}
bool piece_joins(const struct work *work, size_t piece);   /* of, for, the, and, & … */
bool piece_capital(const struct work *work, size_t piece); /* a word with a capital, not shut */

/* "National", "European": never a name, but often the first word of one. */
bool is_name_adjective(const struct work *work, size_t piece);

/* The type that a record speaks for. */
enum tag_type record_type(const struct list_record *record);

/* candidates */
enum status work_candidate(struct work *work, size_t first, size_t last, unsigned type, enum name_why why,
                           unsigned rank, const struct list_record *record, const struct lists *lists);
enum status work_lists(struct work *work);
enum status work_span(struct work *work, size_t first, size_t last, enum tag_type type, enum name_why why);
enum status work_spans(struct work *work, const struct tag_span *spans, size_t count);
enum status work_runs(struct work *work);
void work_tickers(struct work *work); /* exchanges' codes make no names */
enum status work_companies(struct work *work);
bool is_legal_form(const struct work *work, size_t piece);

/* What the lists have for the company at [first, last], with its legal form or without it. */
const struct list_record *company_record(const struct work *work, size_t first, size_t last,
                                         const struct lists **lists);
bool is_company(const struct work *work, const struct candidate *claim);
enum status work_claims(struct work *work);

/* Whether what ends at [last] is the country of a sum of money: "US$8 million", "Singapore dollars". */
bool is_money(const struct work *work, size_t last);

/* The last piece of the meeting, treaty or the like whose name goes through [first, last], with its class; SIZE_MAX
 * when it is none. */
size_t event_end(const struct work *work, size_t first, size_t last, uint32_t *class);
enum status harvest(struct work *work, size_t first, size_t last, uint32_t class);

/* what the nouns of [first, last] say */
bool is_single_head(const struct work *work, size_t piece);
bool is_office(const struct work *work, size_t first, size_t last);
bool is_venue(const struct work *work, size_t last); /* [last] is not the first piece */
bool is_inhabited(const struct work *work, size_t first, size_t last);
bool is_doctrine(const struct work *work, size_t first, size_t last);
bool is_unspaced(const struct work *work, size_t piece);
size_t span_extended(const struct work *work, size_t first, size_t last, enum tag_type type);

/* names */
enum status work_names(struct work *work);
enum status name_intern(struct work *work, uint32_t *out, struct span shown, bool listed);
uint32_t name_root(struct work *work, uint32_t name);
void name_merge(struct work *work, uint32_t from, uint32_t into);
struct span name_text(struct work *work, size_t first, size_t last); /* in the arena; empty: no memory */
uint32_t name_find(const struct work *work, struct span name);

/* A table of words, each with the names it is part of. */
enum status shared_clear(struct work *work, size_t words);
void shared_put(struct work *work, uint64_t hash, uint32_t name);
const struct shared *shared_get(const struct work *work, uint64_t hash);

enum status work_acronyms(struct work *work);
enum status work_people(struct work *work);
enum status work_organizations(struct work *work);

/* Where a missing space has glued two words together in [word]: "Nikkeinewspaper", "CommunicationsThe". 0 for none. */
size_t token_seam(struct span word);

#endif
