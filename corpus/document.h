/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The document record: what every reader makes of a file or a record, and all that the indexer knows of it.
 *
 * Takes strings found by a reader; gives one record of well-formed UTF-8; never reads a file itself.
 */
#ifndef CORPUS_DOCUMENT_H
#define CORPUS_DOCUMENT_H

#include "corpus/text.h"

enum {
    DOCUMENT_TEXT_MAX = 256 * 1024 * 1024, /* bytes: a longer text is refused, so that memory stays bounded */
    DOCUMENT_FIELD_MAX = 4096              /* bytes of a field other than the text; longer ones are cut */
};

/* The fields a document can have, in the order they are shown. Names as users write them are in document_field_name. */
enum document_field {
    FIELD_ID,       /* the record's own id, or the path relative to the indexed root */
    FIELD_TITLE,    /* one line; empty when none was found */
    FIELD_DATE,     /* ISO 8601 day, "2014-10-08"; empty when undated */
    FIELD_SOURCE,   /* newspaper, agency, ministry, site */
    FIELD_AUTHOR,   /* several are separated by "; " */
    FIELD_LANGUAGE, /* ISO 639-1, "en"; empty when not stated: the indexer then takes its default */
    FIELD_PATH,     /* of the file, as found by the walk */
    FIELD_URL,      /* http or https; others are dropped */
    FIELD_TYPE,     /* what the reader read: "text", "markdown", "html", "jsonl" */
    FIELD_PARENT,   /* the id of the message or document this one was attached to; else empty */
    FIELD_COUNT
};

/* How the title or the date was found, kept so that `show --why` can say it. */
enum document_why {
    WHY_NONE,     /* not found */
    WHY_STATED,   /* a field of the record or the front matter */
    WHY_METADATA, /* the file format's own metadata */
    WHY_HEADING,  /* the first heading */
    WHY_LINE,     /* the first line that reads like a title */
    WHY_DATELINE, /* a date stated near the top or in a release-date line */
    WHY_JSON_LD,  /* a web page's description of itself for search engines */
    WHY_META_TAG, /* a web page's meta elements */
    WHY_TIME,     /* a web page's time elements */
    WHY_MAIL,     /* a message's header */
    WHY_NAME,     /* the file's name */
    WHY_STAMP,    /* when the file was made, as it says itself */
    WHY_COUNT
};

struct document {
    struct buffer field[FIELD_COUNT];
    struct buffer text;       /* the whole text, title line included; '\n' ends a line, a blank line a paragraph */
    struct range title_range; /* where in [text] the title stands; empty (0, 0) when it came from elsewhere */
    enum document_why title_why, date_why;
};

void document_init(struct document *document);
void document_release(struct document *document);
void document_clear(struct document *document); /* empties it and keeps its memory */

struct span document_get(const struct document *document, enum document_field field);

/* Sets a field to [value], repaired to well-formed UTF-8 and without control characters; white space is folded to
 * single spaces and trimmed, and the value is cut at DOCUMENT_FIELD_MAX on a character border. Returns OK, NO_MEMORY.
 */
enum status document_set(struct document *document, enum document_field field, struct span value);

/* Sets a field to a file's path as the system knows it: spaces are kept, a control character or a byte that is not
 * part of well-formed UTF-8 is written as %0A, so that two names never become one. Returns OK, NO_MEMORY. */
enum status document_set_path(struct document *document, enum document_field field, struct span path);

/* Sets a field from what a file or record states about itself, checked and brought to the field's form: a date as ISO
 * day, a language as its ISO 639-1 code, a URL only when http or https. A value that is not one is dropped, and so is
 * an empty one. [why] is kept for the title and the date. Returns OK, NO_MEMORY. */
enum status document_state(struct document *document, enum document_field field, struct span value,
                           enum document_why why);

/* Sets the text, repaired to well-formed UTF-8, CRLF and CR as LF, a form feed as LF, a leading BOM dropped, NUL and
 * other control characters but tab as spaces. Returns OK, LIMIT (over DOCUMENT_TEXT_MAX), NO_MEMORY. */
enum status document_set_text(struct document *document, struct span text);

/* The field called [name] ("title", "date", …), or FIELD_COUNT. */
enum document_field document_field_named(struct span name);
const char *document_field_name(enum document_field field);
const char *document_why_name(enum document_why why);

/* Fills in what the reader did not find: the title by its first heading or the first line that reads like a title, the
 * date by one stated near the top ("October 7 and 8, 2014") or in a release-date line, the source by the host of the
 * URL; else nothing is claimed.
 * Returns OK, NO_MEMORY. */
enum status document_complete(struct document *document);

enum { DOCUMENT_LABEL_MAX = 120 /* bytes: about a line of a result list */ };

/* What to show where a title is wanted: the title, else the opening words of the text, cut at a word border and ended
 * by "…", else the id. It is for eyes alone: opening words are never stored or weighted as a title. Appends at most
 * DOCUMENT_LABEL_MAX bytes, or the whole title. Returns OK, LIMIT ([out] is full), NO_MEMORY. */
enum status document_label(struct buffer *out, const struct document *document);

#endif
