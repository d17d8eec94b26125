/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pages written so that a value cannot become markup: each function escapes for the one place it writes to.
 *
 * Takes values and literal markup; gives HTML or XML; never lets a value through unescaped: html_markup takes nothing
 * but a string literal of the program, and does not compile with anything else.
 */
#ifndef CGI_HTML_H
#define CGI_HTML_H

#include "corpus/text.h"

enum { PAGE_BYTES_MAX = 64 * 1024 * 1024 /* bytes: a long document with all its names marked */ };

/* A page while it is written. The first failure is kept and ends the writing; html_status tells it at the end. */
struct html {
    struct buffer out;
    enum status status;
};

void html_init(struct html *html);
void html_release(struct html *html);

/* Markup of ours: a string literal, written as it is. */
#define html_markup(html, literal) html_literal_((html), "" literal "", sizeof(literal) - 1)
void html_literal_(struct html *html, const char *literal, size_t length); /* for html_markup alone */

/* Text between tags: & < > " ' escaped, characters that XML forbids left out, ill-formed bytes as U+FFFD. */
void html_text(struct html *html, struct span text);
void html_string(struct html *html, const char *text);

/* A number for people: 12,345. */
void html_number(struct html *html, uint64_t number);

/* A decimal number for machines, in an attribute's value of our own (coordinates) or between tags. */
void html_decimal(struct html *html, double number);

/* An attribute with a blank before it: name="value". [name] is a literal of the program; the value is escaped as text
 * is, tabs and line breaks as character references. */
void html_attribute(struct html *html, const char *name, struct span value);
void html_attribute_number(struct html *html, const char *name, uint64_t number);

/* href="…" for an address that comes from data: only http and https are let through, else nothing is written. */
bool html_is_web_address(struct span url);
void html_href_data(struct html *html, struct span url);

/* Appends one component of an address's query string, encoded as a browser encodes a form: letters, digits and *-._ as
 * they are, a space as +, all else as %XX. Returns OK, LIMIT, NO_MEMORY. */
enum status url_component(struct buffer *out, struct span text);

#endif
