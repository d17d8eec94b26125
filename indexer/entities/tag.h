/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The statistical tagger: which tokens name a person, an organization or a place.
 *
 * Takes tokens of a text, or the text itself; gives typed spans in order; never merges names and never looks at
 * other documents. Memory is the same for every document: it is read in windows of about WINDOW_TOKENS tokens, which
 * also bound what one mention of a name can say about another. Time is linear in the tokens.
 */
#ifndef INDEXER_ENTITIES_TAG_H
#define INDEXER_ENTITIES_TAG_H

#include "corpus/status.h"
#include "indexer/entities/model.h"
#include "indexer/entities/tokens.h"

enum tag_type { TAG_PERSON = 1, TAG_ORGANIZATION, TAG_PLACE, TAG_OTHER, TAG_TYPES };

/* What produced a span. */
enum tag_why {
    TAG_BY_MODEL,         /* the model alone */
    TAG_BY_MODEL_AND_LIST /* the model, and the whole name is on a list, told by [lists] */
};

/* A name in the text: bytes [start, end), tokens [first, last]. [lists] has a bit for each enum phrase_list. */
struct tag_span {
    size_t start, end, first, last;
    enum tag_type type;
    enum tag_why why;
    uint32_t lists;
};

struct tag_options {
    bool others; /* give TAG_OTHER too: events, works, peoples */
};

/* Receives the spans of one window, ascending and not overlapping; they are gone after it returns. A status other
 * than OK ends the tagging and becomes its result. */
typedef enum status tag_take(void *user, const struct tag_span *spans, size_t count);

struct tagger;

/* Makes a tagger, about 14 MB, for one thread at a time; [model] is only read, must outlive it and may be shared. */
enum status tagger_new(struct tagger **out, const struct model *model);
void tagger_free(struct tagger *tagger);

/* Tags one document given as [count] tokens of [text]. Tokens outside the text are a programmer's mistake.
 *
 * Returns OK, or what [take] returned.
 */
enum status tagger_tag_tokens(struct tagger *tagger, struct span text, const struct tag_token *tokens, size_t count,
                              const struct tag_options *options, tag_take *take, void *user);

/* Tags one document, tokenising it on the way; token numbers count from its first token. */
enum status tagger_tag_text(struct tagger *tagger, struct span text, const struct tag_options *options, tag_take *take,
                            void *user);

/* Bytes the tagger takes, for reports and tests. It never changes. */
size_t tagger_bytes(const struct tagger *tagger);

const char *tag_type_name(enum tag_type type); /* "person", "organization", "place", "other" */

#endif
