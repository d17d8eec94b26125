/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/highlight_table.h"

#include <stdlib.h>
#include <string.h>

static uint32_t hash_of(struct span text, uint32_t kind)
{
    uint64_t hash = 0x9E3779B97F4A7C15U ^ kind; /* any odd constant with mixed bits */
    size_t at = 0;
    for (; at + 8 <= text.length; at += 8) {
        uint64_t word;
        memcpy(&word, text.data + at, 8);
        hash = (hash ^ word) * 0xD6E8FEB86659FD93U;
        hash ^= hash >> 32;
    }
    uint64_t rest = text.length << 8;
    for (; at < text.length; at++) rest = rest << 8 ^ (unsigned char)text.data[at];
    hash = (hash ^ rest) * 0xD6E8FEB86659FD93U;
    return (uint32_t)(hash >> 32);
}

static struct table_entry *slot_of(const struct table *table, struct span text, uint32_t kind, uint32_t hash)
{
    for (size_t i = hash & table->mask;; i = (i + 1) & table->mask) {
        struct table_entry *entry = &table->slots[i];
        if (!entry->text.length || (entry->hash == hash && entry->kind == kind && span_equal(entry->text, text)))
            return entry;
    }
}

/* One word of the evidence while the table is built. */
struct written {
    struct table_entry *entry;
    struct use use;
};

/* Notes that [term] can stand at [use]. False when it stands at too many places already. */
static bool note_use(struct table *table, const struct evidence_term *term, struct use use, struct written *written)
{
    if (!term->text.length || term->text.length > TOKEN_BYTES_MAX) return true; /* no token is longer */
    uint32_t hash = hash_of(term->text, term->kind);
    struct table_entry *entry = slot_of(table, term->text, term->kind, hash);
    if (!entry->text.length) {
        *entry = (struct table_entry){term->text, hash, term->kind, 0, 0};
        table->kinds[term->kind]++;
        if (term->kind == EVIDENCE_PREFIX) table->prefix_length[term->text.length] = true;
    }
    if (entry->use_count == HIGHLIGHT_USES_MAX) return false;
    entry->use_count++;
    *written = (struct written){entry, use};
    return true;
}

static enum status fill(struct table *table, struct arena *arena, const struct evidence *evidence, size_t terms,
                        bool *given_up)
{
    struct written *written = calloc(terms + 1, sizeof *written);
    if (!written) return NO_MEMORY;
    size_t count = 0;
    for (unsigned phrases = 0; phrases < 2; phrases++) /* first the words alone */
        for (size_t g = 0; g < evidence->count; g++) {
            const struct evidence_group *group = &evidence->groups[g];
            if ((group->count > 1) != (phrases == 1)) continue;
            for (size_t p = group->count; p-- > 0;) /* falling places */
                for (size_t t = 0; t < group->places[p].count; t++) {
                    struct use use = {(uint32_t)g, (uint32_t)p};
                    if (!note_use(table, &group->places[p].terms[t], use, &written[count])) given_up[g] = true;
                    count += written[count].entry != NULL;
                }
        }
    table->uses = arena_take(arena, (count ? count : 1) * sizeof *table->uses);
    if (table->uses) {
        uint32_t next = 0;
        for (size_t i = 0; i <= table->mask; i++) {
            table->slots[i].first_use = next;
            next += table->slots[i].use_count;
            table->slots[i].use_count = 0;
        }
        for (size_t i = 0; i < count; i++)
            table->uses[written[i].entry->first_use + written[i].entry->use_count++] = written[i].use;
    }
    free(written);
    return table->uses ? OK : NO_MEMORY;
}

enum status highlight_table_build(struct table *table, struct arena *arena, const struct evidence *evidence,
                                  bool *given_up)
{
    *table = (struct table){.prefix_shortest = TOKEN_BYTES_MAX + 1};
    size_t terms = 0, slots = 16;
    for (size_t g = 0; g < evidence->count; g++)
        for (size_t p = 0; p < evidence->groups[g].count; p++) terms += evidence->groups[g].places[p].count;
    while (slots < 2 * terms) slots *= 2;
    table->mask = slots - 1;
    table->slots = arena_take(arena, slots * sizeof *table->slots);
    if (!table->slots) return NO_MEMORY;
    memset(table->slots, 0, slots * sizeof *table->slots);
    enum status status = fill(table, arena, evidence, terms, given_up);
    for (size_t i = 0; i <= TOKEN_BYTES_MAX; i++) {
        if (!table->prefix_length[i]) continue;
        if (i < table->prefix_shortest) table->prefix_shortest = i;
        table->prefix_longest = i;
    }
    return status;
}

static enum status add_uses(struct use_list *list, const struct table *table, struct span text, uint32_t kind)
{
    const struct table_entry *entry = slot_of(table, text, kind, hash_of(text, kind));
    if (!entry->use_count) return OK;
    if (list->count + entry->use_count > list->capacity) {
        size_t capacity = 2 * (list->count + entry->use_count);
        struct use *grown = realloc(list->uses, capacity * sizeof *grown);
        if (!grown) return NO_MEMORY;
        list->uses = grown;
        list->capacity = capacity;
    }
    memcpy(list->uses + list->count, table->uses + entry->first_use, entry->use_count * sizeof *list->uses);
    list->count += entry->use_count;
    return OK;
}

static int compare_uses(const void *left, const void *right)
{
    const struct use *a = left, *b = right;
    if (a->group != b->group) return a->group < b->group ? -1 : 1;
    return a->place == b->place ? 0 : a->place > b->place ? -1 : 1;
}

enum status highlight_table_find(struct use_list *list, const struct table *table, const struct token *token)
{
    enum status status = OK;
    size_t before = 0;
    unsigned sources = 0;
    list->count = 0;
    if (table->kinds[EVIDENCE_STEM] && token->stem.length) {
        status = add_uses(list, table, token->stem, EVIDENCE_STEM);
        sources += list->count > before;
        before = list->count;
        if (!status && token->plain_stem.length) status = add_uses(list, table, token->plain_stem, EVIDENCE_STEM);
        sources += list->count > before;
    }
    before = list->count;
    if (!status && table->kinds[EVIDENCE_FORM] && token->form.length) {
        status = add_uses(list, table, token->form, EVIDENCE_FORM);
        sources += list->count > before;
    }
    for (size_t length = table->prefix_shortest; length <= table->prefix_longest && length <= token->form.length;
         length++) {
        if (!table->prefix_length[length]) continue;
        before = list->count;
        if (!status) status = add_uses(list, table, span_cut(token->form, 0, length), EVIDENCE_PREFIX);
        sources += list->count > before;
    }
    if (status) return status;
    /* One source is in order, but the same word twice at one place repeats its use. */
    if (sources > 1) qsort(list->uses, list->count, sizeof *list->uses, compare_uses);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (!kept || compare_uses(&list->uses[kept - 1], &list->uses[i]) != 0) list->uses[kept++] = list->uses[i];
    list->count = kept;
    return OK;
}
