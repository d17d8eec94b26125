/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside highlighting: the words of the evidence, to be looked up for each token. Nobody else includes this.
 *
 * Takes a copy of the evidence; gives for a token the groups and places it can stand at; never keeps a text's state.
 */
#ifndef SEARCHER_HIGHLIGHT_TABLE_H
#define SEARCHER_HIGHLIGHT_TABLE_H

#include "searcher/highlight.h"

/* A place of a group that a word can stand at. */
struct use {
    uint32_t group, place;
};

struct use_list {
    struct use *uses;
    size_t count, capacity;
};

/* A word of the evidence and its uses, [first_use, first_use + use_count) of table.uses. */
struct table_entry {
    struct span text; /* empty: a free slot */
    uint32_t hash;
    uint32_t kind; /* enum evidence_kind */
    uint32_t first_use, use_count;
};

struct table {
    struct table_entry *slots;
    size_t mask; /* slots - 1, a power of two less one */
    struct use *uses;
    size_t kinds[3];                         /* words of each kind */
    bool prefix_length[TOKEN_BYTES_MAX + 1]; /* that some prefix has, in bytes */
    size_t prefix_shortest, prefix_longest;
};

/* Takes its memory from [arena]; borrows the texts of [evidence]. Sets given_up[g] for each group that has a word which
 * already stands at HIGHLIGHT_USES_MAX other places. Returns OK, NO_MEMORY. */
enum status highlight_table_build(struct table *table, struct arena *arena, const struct evidence *evidence,
                                  bool *given_up);

/* Writes to [list] (cleared before) where [token] can stand: by group, then by falling place, each once.
 * Returns OK, NO_MEMORY. */
enum status highlight_table_find(struct use_list *list, const struct table *table, const struct token *token);

#endif
