/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The limits of a search, all in one table: what `dossier search --limits` prints.
 *
 * Takes the constants of the parts that keep them, each of which names its limit in the error it gives; gives rows.
 */
#ifndef SEARCHER_LIMITS_H
#define SEARCHER_LIMITS_H

#include <stddef.h>

struct limit_row {
    const char *name;
    unsigned long value;
    const char *unit; /* of what, and what happens past it */
};

extern const struct limit_row search_limits[]; /* ended by a row without a name */

#endif
