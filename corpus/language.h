/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Language names and tags as documents state them, brought to ISO 639-1 codes.
 *
 * Takes "en-US", "eng", "English"; gives "en"; never guesses a language from a text.
 */
#ifndef CORPUS_LANGUAGE_H
#define CORPUS_LANGUAGE_H

#include "corpus/text.h"

/* The code of [stated], static, or NULL when it names no language we know. Any two-letter primary tag is taken as a
 * code, lower-cased into [room]. */
const char *language_code(struct span stated, char room[3]);

#endif
