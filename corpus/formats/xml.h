/* SPDX-License-Identifier: GPL-2.0-or-later */
/* XML read from front to back by libxml2, without declarations, entities or anything outside the bytes given.
 *
 * Takes the bytes of a part; gives elements and text to callbacks; never expands an entity and never fetches.
 */
#ifndef CORPUS_FORMATS_XML_H
#define CORPUS_FORMATS_XML_H

#include "corpus/text.h"

struct xml_attributes; /* private */

/* Names come without their prefixes. A callback that returns anything but OK ends the reading with that status. */
struct xml_handler {
    enum status (*start)(void *context, const char *name, const struct xml_attributes *attributes);
    enum status (*end)(void *context, const char *name);
    enum status (*text)(void *context, struct span text);
    void *context;
};

/* The value of the attribute called [name] without its prefix, or an empty span; borrowed for the callback. */
struct span xml_attribute(const struct xml_attributes *attributes, const char *name);

/* Returns OK, INVALID (broken, or with entities of its own), LIMIT (nested too deeply), NO_MEMORY, or what a callback
 * returned. *[why] (may be NULL) is then a reason in words, static or libxml2's own until the next call. */
enum status xml_read(const struct xml_handler *handler, struct span bytes, const char **why);

#endif
