/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "characters.h"

#include "characters_fold.h"

#include <utf8proc.h>

static size_t map_index(uint32_t code)
{
    if (code < MAP_LOW_END) return code;
    if (code >= MAP_HIGH_START && code < MAP_HIGH_END) return code - MAP_HIGH_START + MAP_LOW_END;
    return MAP_SIZE;
}

uint32_t character_simple(uint32_t code)
{
    size_t index = map_index(code);
    return index < MAP_SIZE ? character_simple_map[index] : 0;
}

size_t character_fold(uint32_t code, uint32_t out[2])
{
    size_t index = map_index(code);
    if (index == MAP_SIZE) {
        if (character_is_folded_mark(code)) return 0;
        out[0] = code >= 0x622 && code <= 0x671 && (code <= 0x623 || code == 0x625 || code == 0x671)
                     ? 0x627 /* alef with madda, hamza or wasla */
                     : code;
        return 1;
    }
    if (character_fold_map[index] == FOLD_PAIR) {
        utf8proc_int32_t runes[32];
        int last = 0;
        utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)code, runes, 32, UTF8PROC_DECOMPOSE, &last);
        const char *to = character_undecomposed(n >= 1 && n <= 32 ? (uint32_t)runes[0] : code);
        out[0] = (unsigned char)to[0];
        out[1] = (unsigned char)to[1];
        return 2;
    }
    out[0] = character_fold_map[index];
    return out[0] != 0;
}

unsigned character_digit(uint32_t code)
{
    if (code < 0x80) return code - '0';
    unsigned value = 0; /* decimal digits stand in whole sets of ten (Unicode 15, section 4.6) */
    while (character_class(code - value - 1) == CLASS_DIGIT) value++;
    return value % 10;
}

bool character_stands_apart(uint32_t code, bool *is_superscript)
{
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)code);
    *is_superscript = property->decomp_type == UTF8PROC_DECOMP_TYPE_SUPER;
    return (property->category == UTF8PROC_CATEGORY_NO || property->category == UTF8PROC_CATEGORY_SO) &&
           property->decomp_type != UTF8PROC_DECOMP_TYPE_SUB;
}
