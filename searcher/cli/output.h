/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The formats in which hits are written: rows of a table.
 *
 * Takes a response; writes it to stdout; a write failure shows in finish_output.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "searcher/search.h"

#include <jansson.h>
#include <stdio.h>

struct run_writer;

/* Where a format of a line for each hit stands. */
struct hit_writer {
    FILE *out;
    const struct search_request *request;
    struct run_writer *run; /* of TREC */
};

struct output_format {
    const char *name;
    const char *help;
    bool documents; /* needs the fields of each hit */
    bool snippets;
    bool facets; /* facets and exact totals are shown */
    /* One of these two. Each returns false after complaining, or when the stream has failed. [write] gets everything at
     * once; [hit] one hit after the other, any number of them, after [begin] (may be NULL) has written what comes
     * before. */
    bool (*write)(FILE *out, const struct search_request *request, const struct search_response *response);
    bool (*hit)(struct hit_writer *writer, const struct hit *hit);
    bool (*begin)(struct hit_writer *writer);
};

extern const struct output_format output_formats[]; /* the first is the default; ended by a row without a name */

/* The row called [name], the first row for NULL, or NULL after saying what there is. */
const struct output_format *output_format_named(const char *name);

/* Searches and writes what is found; a format of lines writes each as it comes. *[written] is false after complaining
 * about memory, or when [out] has failed. Returns as search_run. */
enum status output_search(bool *written, FILE *out, const struct output_format *format, struct searcher *searcher,
                          const struct search_request *request, struct error *error);

bool write_text(FILE *out, const struct search_request *request, const struct search_response *response);

/* How marks look: in colour on a terminal, else between ** and **. Between stars, stars of the text that could be taken
 * for a mark's have a backslash before them. */
enum text_marks { TEXT_NO_MARKS, TEXT_COLOUR, TEXT_STARS };

void print_mark_start(FILE *out, enum text_marks marks);
void print_mark_end(FILE *out, enum text_marks marks);
void print_between_marks(FILE *out, struct span text, enum text_marks marks); /* text on one line, as print_safely */
void print_mark(FILE *out, struct span text, enum text_marks marks);          /* the text and its marks */

/* Pieces with the marked ones in colour, or between ** and ** without a terminal. */
void write_pieces(FILE *out, const struct snippet_piece *pieces, size_t count, bool colour);

/* A cell of CSV (RFC 4180). One that a spreadsheet would take for a formula begins with an apostrophe. */
void write_cell(FILE *out, struct span text);

/* [value] on one line with a line feed, and frees it. False after complaining about memory, or when [out] has failed.
 */
bool write_json_line(FILE *out, json_t *value);
bool write_json_pretty(FILE *out, json_t *value);

#endif
