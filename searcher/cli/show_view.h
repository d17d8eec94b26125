/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How `show` writes a document: text, JSON, HTML.
 *
 * Takes a view; writes it to a stream; a write failure shows in finish_output.
 */
#ifndef CLI_SHOW_VIEW_H
#define CLI_SHOW_VIEW_H

#include "searcher/cli/show_names.h"
#include "searcher/view.h"

/* A document as it is shown. */
struct shown {
    struct view view;
    struct shown_names names;
    bool why;   /* tell what title, date and names come from */
    bool query; /* matches are marked, be there any or not */
};

/* The fields in the order in which they are shown. */
struct shown_field {
    const char *name;
    enum record_field field;
};
enum { SHOWN_FIELDS = 10 };
extern const struct shown_field shown_fields[SHOWN_FIELDS];

/* Where a title or date comes from, by the number that a record keeps. */
const char *shown_why(unsigned why);

/* Each returns false after complaining about memory, or when [out] has failed. */
bool show_text(FILE *out, const struct shown *shown);
bool show_json(FILE *out, const struct shown *shown);
bool show_html(FILE *out, const struct shown *shown);

#endif
