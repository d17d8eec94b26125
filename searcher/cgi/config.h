/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The configuration of the search page: which indexes there are, what the page says, what a request may cost.
 *
 * Takes a file of lines KEY = VALUE; gives a checked configuration; never guesses: an unknown key, a value that cannot
 * be, a key given twice is an error that names the line and the cure.
 */
#ifndef CGI_CONFIG_H
#define CGI_CONFIG_H

#include "corpus/text.h"

enum { CONFIG_INDEXES_MAX = 32, CONFIG_LINKS_MAX = 32, CONFIG_BYTES_MAX = 256 * 1024 };

struct config_index {
    struct span name, path, title; /* the path as a C string; an empty title: the name */
};

/* Documents whose path begins with [folder] can be read at [url] + the rest of the path. */
struct config_link {
    struct span folder, url;
};

struct config {
    struct config_index index[CONFIG_INDEXES_MAX];
    size_t index_count;
    struct config_link link[CONFIG_LINKS_MAX];
    size_t link_count;
    struct span title, description, header, footer; /* plain text */
    struct span contact;                            /* an e-mail address or a web address */
    struct span base_url;                           /* of the program, as readers see it; empty: from the request */
    struct span stylesheet, script;                 /* addresses of static copies; empty: the program's own */
    struct span accent, accent_dark;                /* #rrggbb, or empty */
    size_t page_size;                               /* hits */
    size_t depth;                                   /* hits that can be paged through */
    size_t deadline;                                /* seconds for a request */
    size_t memory;                                  /* MB for a request */
    size_t workers;                                 /* FastCGI: processes */
    size_t recycle;                                 /* FastCGI: requests before a process is replaced */
    bool shortcuts;                                 /* the script's keys */
    struct arena arena;                             /* owns the texts */
    uint64_t hash;                                  /* changes with the file's bytes */
};

/* Reads the file at [path]; relative paths in it are taken from its folder. [out] is released with config_release after
 * OK. Returns OK, NOT_FOUND, IO, LIMIT, INVALID (position is the line), NO_MEMORY. */
enum status config_load(struct config *out, const char *path, struct error *error);

/* The same from [text], which came from [path]. */
enum status config_parse(struct config *out, struct span text, const char *path, struct error *error);
void config_release(struct config *config);

/* The index called [name], the first for an empty one; NULL when there is none. */
const struct config_index *config_index_named(const struct config *config, struct span name);

/* How much two colours differ, by WCAG 2.2's contrast ratio, 1 to 21; 0 when one is no #rrggbb. */
double config_contrast(struct span one, struct span other);

#endif
