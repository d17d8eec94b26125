/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The formats in which `entities` writes names. */
#ifndef CLI_ENTITIES_OUTPUT_H
#define CLI_ENTITIES_OUTPUT_H

#include "searcher/associate.h"

#include <stdio.h>

/* What is written: [types] by enum name_type. False after complaining, or when [out] has failed. */
typedef bool entities_write(FILE *out, const struct associate_request *request, const struct associations *found,
                            const bool types[NAME_TYPES]);

entities_write entities_text, entities_json, entities_csv;

#endif
