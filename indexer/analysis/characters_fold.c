/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What folding drops or spells out, for the tables and for what stands outside of them. */
#include "characters_fold.h"

/* Letters whose mark is part of the glyph and does not decompose, and the two-letter ones. */
static const struct {
    uint16_t code;
    char to[3];
} undecomposed[] = {
    {0xDF, "ss"}, {0xE6, "ae"}, {0xF0, "d"},   {0xF8, "o"},  {0xFE, "th"}, {0x111, "d"}, {0x127, "h"},
    {0x131, "i"}, {0x142, "l"}, {0x153, "oe"}, {0x167, "t"}, {0x180, "b"}, {0x19A, "l"}, {0x1B6, "z"},
    {0x1E5, "g"}, {0x237, "j"}, {0x249, "j"},  {0x24D, "r"}, {0x24F, "y"},
};

const char *character_undecomposed(uint32_t code)
{
    for (size_t i = 0; i < sizeof undecomposed / sizeof *undecomposed; i++)
        if (undecomposed[i].code == code) return undecomposed[i].to;
    return NULL;
}

bool character_is_folded_mark(uint32_t code)
{
    return (code >= 0x300 && code <= 0x36F) || (code >= 0x1AB0 && code <= 0x1AFF) ||
           (code >= 0x1DC0 && code <= 0x1DFF) || (code >= 0x20D0 && code <= 0x20F0) ||
           (code >= 0xFE20 && code <= 0xFE2F) || (code >= 0x591 && code <= 0x5BD) || code == 0x5BF || code == 0x5C1 ||
           code == 0x5C2 || code == 0x5C4 || code == 0x5C5 || code == 0x5C7 || (code >= 0x610 && code <= 0x61A) ||
           (code >= 0x64B && code <= 0x65F) || code == 0x670 || (code >= 0x6D6 && code <= 0x6DC) ||
           (code >= 0x6DF && code <= 0x6E4) || code == 0x6E7 || code == 0x6E8 || (code >= 0x6EA && code <= 0x6ED) ||
           (code >= 0x8D3 && code <= 0x8FF);
}
