/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tokenise.h"

enum {
    GROUPS_MAX = 16 /* runs of digits in one number; what is longer is a list */
};

struct group {
    size_t first, digits; /* index and count of its digits */
};

static size_t digits_end(const struct chunk *chunk, size_t i)
{
    do i++;
    while (class_at(chunk, i) == CLASS_DIGIT && !(chunk->runes[i].flags & RUNE_APART));
    return i;
}

static bool separates(const struct chunk *chunk, size_t i)
{
    return (code_at(chunk, i) == '.' || code_at(chunk, i) == ',') && class_at(chunk, i + 1) == CLASS_DIGIT &&
           !(chunk->runes[i + 1].flags & RUNE_APART);
}

/* True when the groups after the first, [first] to [count], all have [digits] digits. */
static bool groups_have(const struct group *groups, size_t first, size_t count, size_t digits)
{
    for (size_t g = first; g < count; g++)
        if (groups[g].digits != digits) return false;
    return true;
}

/* 1,000 and 1,000.5; in India also 10,00,000. [commas] groups follow the first one with a comma. */
static bool is_grouped(const struct group *groups, size_t commas)
{
    if (groups_have(groups, 1, 1 + commas, 3)) return groups[0].digits <= 3;
    return groups[0].digits <= 2 && groups_have(groups, 1, commas, 2) && groups[commas].digits == 3;
}

/* 8.10.2014, as dates are written in much of Europe. */
static bool is_date(const struct group *groups, size_t count)
{
    return count == 3 && groups[0].digits <= 2 && groups[1].digits <= 2 &&
           (groups[2].digits == 4 || groups[2].digits == 2) && groups[0].digits + groups[1].digits > 2;
}

size_t number_end(struct chunk *chunk, size_t i)
{
    struct group groups[GROUPS_MAX];
    size_t count = 0, commas = 0, dots = 0, end = i;
    bool dots_last = true, commas_last = true; /* no comma after a dot; no dot after a comma */
    if (chunk->runes[i].flags & RUNE_LONE) return atom_end(chunk, i);
    for (size_t at = i;; at = end + 1) {
        end = digits_end(chunk, at);
        groups[count++] = (struct group){at, end - at};
        if (!separates(chunk, end) || count == GROUPS_MAX) break;
        if (chunk->runes[end].code == ',') {
            if (dots) dots_last = false;
            commas++;
        } else {
            if (commas) commas_last = false;
            dots++;
        }
    }
    bool open = separates(chunk, end);
    end = atom_end(chunk, end - 1); /* 3rd, 2.4GHz */
    if (count == 1) return end;
    bool one = false, drop = false;
    if (!open && commas && dots <= 1 && dots_last) { /* 1,000 or 1,000.5 */
        one = drop = is_grouped(groups, commas);
    } else if (!open && dots && !commas) { /* 3.14, 1.4.22, 10.000.000, 192.168.0.1 */
        one = !is_date(groups, count);
    } else if (!open && commas == 1 && commas_last) { /* 10.000,5 */
        one = groups_have(groups, 1, count - 1, 3);
    }
    for (size_t g = 1; g < count; g++) {
        if (!one) chunk->runes[groups[g].first].flags |= RUNE_LONE;
        if (drop && chunk->runes[groups[g].first - 1].code == ',')
            chunk->runes[groups[g].first - 1].flags |= RUNE_DROPPED;
    }
    return one ? end : atom_end(chunk, groups[0].first);
}
