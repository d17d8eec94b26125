/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From spans of text to a document's people, organizations and places, each under one canonical name.
 *
 * Takes a document's text, its tagging tokens and what the statistical tagger found in them (or nothing: the lists
 * work alone); gives entities with their mentions, each telling which rule made it; never looks at other documents.
 *
 * Rules in short: listed names with their aliases; acronyms bound to the long form beside them for the whole document;
 * titles stripped; a lone family or given name goes to the one full name it fits and is dropped when it fits several;
 * joined names split (ASEAN-Japan; Jakarta, Indonesia); meetings, treaties and programmes dropped; page furniture makes
 * no name; one type for one name, by the document's vote; the longest form is shown.
 */
#ifndef NAMES_NAMES_H
#define NAMES_NAMES_H

#include "indexer/entities/names/user.h"
#include "indexer/entities/tag.h"

enum {
    NAMES_PART_BYTES = 1 << 20,  /* bytes of text looked at together: what one mention can say about another */
    NAMES_MENTIONS_MAX = 1 << 20 /* of one document; further ones are not kept */
};

/* Which rule made a mention. */
enum name_why {
    WHY_MODEL,
    WHY_LIST,
    WHY_ALIAS,          /* the list knows it under another name */
    WHY_KEYWORD,        /* capitals around a word such as Ministry */
    WHY_TITLE,          /* what follows Datuk Seri or Prime Minister */
    WHY_ACRONYM,        /* the document says what it stands for */
    WHY_BACK_REFERENCE, /* part of a name given in full elsewhere in the document */
    WHY_SPLIT,          /* part of names joined by a hyphen, a comma or a slash */
    WHY_INSIDE,         /* in the name of a meeting or treaty */
    WHY_USER,           /* from the user's add.tsv */
    WHY_COMPANY,        /* capitals before Inc or an exchange's code */
    WHY_COUNT
};

const char *name_why_name(enum name_why why); /* "model", "list", … */

struct name_mention {
    size_t start, end; /* bytes in the text */
    enum name_why why;
};

/* A name in a document. Its mentions are [mentions][first … first + count), ascending. */
struct name_entity {
    enum tag_type type;
    struct span name;
    size_t first, count;
};

struct names {
    const struct name_entity *entities; /* in the order of their first mentions */
    size_t count;
    const struct name_mention *mentions;
    size_t mention_count;
};

/* Finds names, one document after another, for one thread. */
struct namer;

/* [user] may be NULL; it must outlive the namer. Returns OK or NO_MEMORY. */
enum status namer_new(struct namer **out, const struct user_names *user);
void namer_free(struct namer *namer);

/* The names of a document given as [count] tokens and [span_count] spans, ascending. [spans] NULL: lists alone.
 * *[out] is the namer's until its next call. Linear in the text. Texts over NAMES_PART_BYTES go through namer_text.
 *
 * Returns OK; LIMIT for a longer text; NO_MEMORY.
 */
enum status namer_find(struct namer *namer, struct names *out, struct span text, const struct tag_token *tokens,
                       size_t count, const struct tag_span *spans, size_t span_count);

/* The names of a document of any length: tokenises, mends words that a missing space glued together, tags with
 * [tagger] (NULL: lists alone), and finds the names, part by part of NAMES_PART_BYTES.
 *
 * Returns OK or NO_MEMORY.
 */
enum status namer_text(struct namer *namer, struct names *out, struct tagger *tagger, struct span text);

#endif
