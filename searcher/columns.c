/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/columns.h"

#include <stdio.h>
#include <string.h>

/* The section of [slot] called [name], if it has [bytes] or more; else NULL data. */
static struct span section(const struct sidecar *sidecar, uint32_t slot, const char *name, uint64_t bytes)
{
    char full[16];
    snprintf(full, sizeof full, "%x.%s", (unsigned)slot, name);
    struct span found = sidecar_section(sidecar, full);
    return found.length >= bytes ? found : (struct span){NULL, 0};
}

static bool read_column(struct column *out, const struct columns *columns, const struct column_head *head)
{
    struct column column = {.head = *head};
    const struct sidecar *sidecar = &columns->sidecar;
    uint64_t documents = (uint64_t)columns->head.last_docid + 1;
    if (head->slot > 0xFF || !head->width || head->width > PACKED_BITS_MAX || !head->places_width ||
        head->places_width > PACKED_BITS_MAX || head->places > UINT32_MAX || head->values > UINT32_MAX / 2)
        return false;
    if (column_numbers(&column) < (head->many ? 2 : 1) * (uint64_t)head->values + !head->many) return false;
    if (column_numbers(&column) > 4 * ((uint64_t)head->values + 1)) return false; /* counts are held by number */
    column.of = section(sidecar, head->slot, "of", packed_bytes(documents + head->many, head->width)).data;
    column.places =
        head->many ? section(sidecar, head->slot, "list", packed_bytes(head->places, head->places_width)).data : "";
    column.first = section(sidecar, head->slot, "first", packed_bytes(head->values, 1)).data;
    struct span end = section(sidecar, head->slot, "end", (uint64_t)head->values * sizeof *column.end);
    column.end = (const uint32_t *)(const void *)end.data; /* sections are aligned for any type */
    char name[16];
    snprintf(name, sizeof name, "%x.value", (unsigned)head->slot);
    column.text = sidecar_section(sidecar, name);
    *out = column;
    return column.of && column.places && column.first && (column.end || !head->values);
}

enum status columns_open(struct columns *out, const char *path, const struct sidecar_key *key)
{
    struct columns columns = {.key = *key};
    enum status status = sidecar_open(&columns.sidecar, path, COLUMNS_CACHE, key);
    if (status) return status;
    struct span head = sidecar_section(&columns.sidecar, COLUMNS_HEAD);
    bool sound = head.length >= sizeof columns.head;
    if (sound) memcpy(&columns.head, head.data, sizeof columns.head);
    sound = sound && columns.head.version == COLUMNS_VERSION && columns.head.columns <= COLUMNS_MAX &&
            columns.head.last_docid == key->last_docid && columns.head.documents == key->documents &&
            head.length >= sizeof columns.head + columns.head.columns * sizeof(struct column_head);
    for (uint32_t i = 0; sound && i < columns.head.columns; i++) {
        struct column_head one;
        memcpy(&one, head.data + sizeof columns.head + i * sizeof one, sizeof one);
        sound = read_column(&columns.items[i], &columns, &one);
    }
    struct span live = sidecar_section(&columns.sidecar, COLUMNS_LIVE);
    if (live.length) columns.live = live.data;
    if (columns.live)
        sound = sound && live.length >= packed_bytes((uint64_t)columns.head.last_docid + 1, 1);
    else
        sound = sound && columns.head.documents == columns.head.last_docid;
    if (!sound) {
        sidecar_close(&columns.sidecar);
        return NOT_FOUND;
    }
    *out = columns;
    return OK;
}

void columns_close(struct columns *columns)
{
    sidecar_close(&columns->sidecar);
    *columns = (struct columns){0};
}

const struct column *columns_find(const struct columns *columns, uint32_t slot)
{
    for (uint32_t i = 0; i < columns->head.columns; i++)
        if (columns->items[i].head.slot == slot) return &columns->items[i];
    return NULL;
}

struct span column_value(const struct column *column, uint32_t place)
{
    if (place >= column->head.values) return (struct span){NULL, 0};
    uint32_t start = place ? column->end[place - 1] : 0, end = column->end[place];
    return start <= end ? span_cut(column->text, start, end) : (struct span){NULL, 0};
}
