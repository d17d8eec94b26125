/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of `dossier tag`: its lines of tokens, its names of a document, its outputs and its evaluation.
 *
 * Takes texts and files of tokens; gives names and tags on stdout; never touches an index.
 */
#ifndef CLI_TAG_H
#define CLI_TAG_H

#include "indexer/entities/names/names.h"
#include "searcher/cli/tag_source.h"

#include <stdio.h>

/* Finds the names of documents, one after another. Set up with tag_names_init. */
struct tag_names {
    struct tagger *tagger;
    struct namer *namer;
    struct names found;
    const uint32_t *order; /* of the entities: organizations, persons, places, each with the most frequent first */
    struct span text;      /* that mentions lie in: the input's text, behind its title when that is apart */
    size_t head;           /* bytes before the text: mentions that begin earlier are in the title */
    struct buffer joined;
    uint32_t *places;
    size_t place_capacity;
};

/* [user] may be NULL; both are borrowed. Returns OK, NO_MEMORY; release it in any case. */
enum status tag_names_init(struct tag_names *names, struct tagger *tagger, const struct user_names *user);
void tag_names_release(struct tag_names *names);

/* Finds the names in [input]; what was found before is gone. Returns OK, NO_MEMORY. */
enum status tag_names_find(struct tag_names *names, const struct tag_input *input);

/* The outputs of whole texts, rows of a table. */
struct tag_format {
    const char *name;
    enum status (*write)(FILE *out, struct tag_names *names, const struct tag_input *input, bool why);
};

extern const struct tag_format tag_formats[]; /* the first is the default; ended by a row without a name */

/* "PER", "ORG", "LOC", as IOB2 files have them. */
const char *tag_code(enum tag_type type);

/* Writes a token and its tag, as in the files that tag_lines reads. [tag] is TAG_NONE or made by TAG_FIRST, TAG_NEXT.
 */
enum { TAG_NONE = 0, TAG_BEGINS = 1 };
#define TAG_FIRST(type) ((uint8_t)((type) << 1 | TAG_BEGINS))
#define TAG_NEXT(type)  ((uint8_t)((type) << 1))
void tag_write_token(FILE *out, struct span token, uint8_t tag);

/* A file of one token a line.
 *
 * A blank line ends a sentence, a line that begins with -DOCSTART- begins a document. A token ends at the first tab, or
 * in a line without one at the first blank; the last column is the tag. */
enum {
    TAG_LINE_MAX = 1 << 20,     /* bytes of a line: longer ones are no tokens */
    TAG_BATCH_TOKENS = 1 << 17, /* of a document that is longer, so many are held at a time */
    TAG_BATCH_BYTES = 1 << 24
};

enum tag_line_kind { TAG_LINE_TOKEN, TAG_LINE_OTHER };

struct tag_line {
    size_t start; /* in the batch's bytes: the token, or the whole line when it holds none */
    uint32_t length;
    enum tag_line_kind kind;
};

/* A document, or a part of a very long one: its lines and the tokens among them. */
struct tag_batch {
    struct buffer bytes;
    struct tag_line *lines;
    size_t line_count, line_capacity;
    struct tag_token *tokens;
    uint8_t *tags; /* of the tokens, as the model has them after tag_batch_tag */
    uint8_t *gold; /* as the last column has them; TAG_NONE for other types */
    size_t token_count, token_capacity;
    uint64_t line; /* number of its first line, from 1 */
};

struct tag_lines;

/* Opens [path], "-" for standard input. [gold]: the last column is read, and every token must have one. */
enum status tag_lines_open(struct tag_lines **out, const char *path, bool gold, struct error *error);
void tag_lines_close(struct tag_lines *lines);

/* Reads the next batch, which borrows until the next call; *[batch] is NULL at the end. Returns OK, IO, INVALID (a tag
 * that is none), LIMIT (a line over TAG_LINE_MAX), UNSUPPORTED (not text), NO_MEMORY; [error] names the line. */
enum status tag_lines_next(struct tag_batch **batch, struct tag_lines *lines, struct error *error);

/* Fills the batch's tags. */
enum status tag_batch_tag(struct tag_batch *batch, struct tagger *tagger);
void tag_batch_write(FILE *out, const struct tag_batch *batch);

/* Scores the tags of a model, or those of the file [tagged] when that is not NULL, against the IOB2 file [gold], and
 * prints the table and the [confusions] most frequent mistakes; as one JSON object when [json]. */
enum status tag_evaluate(FILE *out, struct tagger *tagger, const char *gold, const char *tagged, size_t confusions,
                         bool json, struct error *error);

/* Compares names by document with a gold file of names (corpus/gold/README.md). */
struct tag_gold;

/* Whether the file at [path] looks like one: its first line has four columns, the second being a type. */
bool tag_gold_is(const char *path);
enum status tag_gold_open(struct tag_gold **out, const char *path, struct error *error);
void tag_gold_close(struct tag_gold *gold);

/* Scores the names of [input], unless the gold file has none of it. Returns OK, NO_MEMORY. */
enum status tag_gold_compare(struct tag_gold *gold, struct tag_names *names, const struct tag_input *input);

/* Prints what tag_evaluate prints. INVALID when no document of the gold file was compared. */
enum status tag_gold_print(FILE *out, struct tag_gold *gold, size_t confusions, bool json, struct error *error);

/* Writes [text] between quotes, escaped as JSON; what is no well-formed UTF-8 becomes U+FFFD. */
void write_json_text(FILE *out, struct span text);

/* Makes room for one more in a growing array. False when out of memory. */
bool tag_grow(void *array, size_t *capacity, size_t count, size_t size);

#endif
