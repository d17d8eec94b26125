/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/train/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *checked(void *memory, size_t size)
{
    if (!memory && size) {
        fprintf(stderr, "dossier-train: no memory for %zu bytes (close other programs and retry)\n", size);
        exit(4);
    }
    return memory;
}

void *take(size_t size)
{
    return checked(calloc(1, size ? size : 1), size);
}

void *grow(void *memory, size_t size)
{
    return checked(realloc(memory, size ? size : 1), size);
}

void *grow_to(void *array, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity) return array;
    size_t wanted = *capacity ? *capacity : 1024;
    while (wanted < need) wanted += wanted / 2;
    *capacity = wanted;
    return grow(array, wanted * size);
}

void table_init(struct table *table)
{
    memset(table, 0, sizeof *table);
}

void table_release(struct table *table)
{
    free(table->keys);
    free(table->slots);
    table_init(table);
}

static void rehash(struct table *table)
{
    size_t slots = table->mask ? (table->mask + 1) * 2 : 1024;
    free(table->slots);
    table->slots = take(slots * sizeof *table->slots);
    table->mask = slots - 1;
    for (size_t i = 0; i < table->length; i++) {
        size_t at = table->keys[i] & table->mask;
        while (table->slots[at]) at = (at + 1) & table->mask;
        table->slots[at] = (uint32_t)i + 1;
    }
}

int64_t table_find(const struct table *table, uint64_t key)
{
    if (!table->mask) return TABLE_NONE;
    for (size_t at = key & table->mask; table->slots[at]; at = (at + 1) & table->mask)
        if (table->keys[table->slots[at] - 1] == key) return table->slots[at] - 1;
    return TABLE_NONE;
}

uint32_t table_add(struct table *table, uint64_t key)
{
    int64_t found = table_find(table, key);
    if (found >= 0) return (uint32_t)found;
    if (table->length * 2 >= table->mask) rehash(table);
    table->keys = grow_to(table->keys, &table->capacity, table->length + 1, sizeof *table->keys);
    table->keys[table->length] = key;
    size_t at = key & table->mask;
    while (table->slots[at]) at = (at + 1) & table->mask;
    table->slots[at] = (uint32_t)++table->length;
    return (uint32_t)table->length - 1;
}
