/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/names/lists.h"

#include "indexer/entities/names/fold.h"

#include <string.h>

/* The table made from data/ when building; NAMES_LISTS_FILE is its path then. */
__asm__(".section .rodata\n"
        ".balign 64\n"
        "dossier_names_lists:\n"
        ".incbin \"" NAMES_LISTS_FILE "\"\n"
        "dossier_names_lists_end:\n"
        ".byte 0\n"
        ".previous\n");
extern const char dossier_names_lists[], dossier_names_lists_end[];

static void place(struct lists *lists, const void *data)
{
    const struct lists_header *header = data;
    lists->header = header;
    lists->slots = (const uint64_t *)(header + 1);
    lists->records = (const struct list_record *)(lists->slots + header->slots);
    lists->strings = (const char *)(lists->records + header->records);
}

const struct lists *lists_builtin(void)
{
    static _Thread_local struct lists lists;
    if (!lists.header) place(&lists, dossier_names_lists);
    return &lists;
}

enum status lists_open(struct lists *lists, const void *data, size_t bytes, struct error *error)
{
    const struct lists_header *header = data;
    if (bytes < sizeof *header || memcmp(header->magic, "dossnam", 8) != 0)
        return fail(error, DAMAGED, "not a table of names (build dossier again)");
    if (header->version != LISTS_VERSION)
        return fail(error, DAMAGED, "table of names has version %u, not %u (build dossier again)", header->version,
                    LISTS_VERSION);
    uint64_t need = sizeof *header + (uint64_t)header->slots * 8 +
                    (uint64_t)header->records * sizeof(struct list_record) + header->string_bytes;
    if (header->bytes != bytes || need != bytes || header->slots == 0 ||
        key_hash((struct span){(const char *)(header + 1), bytes - sizeof *header}) != header->checksum)
        return fail(error, DAMAGED, "table of names is damaged (build dossier again)");
    place(lists, data);
    return OK;
}

uint32_t lists_find(const struct lists *lists, uint64_t hash)
{
    uint32_t slots = lists->header->slots;
    for (size_t at = lists_slot(hash, slots), tries = 0; tries < slots; at = at + 1 == slots ? 0 : at + 1, tries++) {
        uint64_t slot = lists->slots[at];
        if (slot == 0) return 0;
        if ((slot ^ hash) >> 24 == 0) return (uint32_t)(slot & 0xFFFFFF);
    }
    return 0;
}

struct span lists_name(const struct lists *lists, const struct list_record *record)
{
    if (record->name == 0 || record->name + 2 > lists->header->string_bytes) return (struct span){NULL, 0};
    const unsigned char *at = (const unsigned char *)lists->strings + record->name;
    return (struct span){(const char *)at + 2, (size_t)(at[0] | at[1] << 8)};
}
