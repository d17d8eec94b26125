/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stylesheet and the script, built into the program. */
#ifndef CGI_ASSETS_H
#define CGI_ASSETS_H

#include <stddef.h>
#include <stdint.h>

struct asset {
    const char *path; /* below the program's, such as "/style.css" */
    const char *type;
    const char *data;
    size_t length;
    uint64_t hash; /* of the data */
};

/* Of the sources that write pages: a page of another build is another page. */
extern const uint64_t asset_sources_hash;

extern const struct asset asset_style, asset_script;

#endif
