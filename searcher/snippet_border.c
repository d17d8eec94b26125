/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a text may be cut. The searcher has no character database of its own: the rules for clusters (Unicode Standard
 * Annex 29) are needed in one direction only, so a table of what surely begins a cluster is enough. */
#include "searcher/snippet_parts.h"

static const struct {
    uint32_t first, last;
} starters[] = {
    /* Ranges of characters that are neither marks, joiners, conjoining jamo, flags' letters nor emoji modifiers. */
    {0x0020, 0x007E},   {0x00A0, 0x00AC},   {0x00AE, 0x02FF},   {0x0370, 0x0482},   {0x048A, 0x0590},
    {0x05BE, 0x05BE},   {0x05D0, 0x05FF},   {0x0606, 0x060F},   {0x061B, 0x061B},   {0x061D, 0x064A},
    {0x0660, 0x066F},   {0x0671, 0x06D5},   {0x06EE, 0x070E},   {0x0710, 0x0710},   {0x0712, 0x072F},
    {0x074D, 0x07A5},   {0x07B1, 0x07EA},   {0x0E01, 0x0E30},   {0x0E32, 0x0E32},   {0x0E3F, 0x0E46},
    {0x0E4F, 0x0E5B},   {0x0E81, 0x0EB0},   {0x0EB2, 0x0EB2},   {0x0EBD, 0x0EC6},   {0x0ED0, 0x0F17},
    {0x0F1A, 0x0F34},   {0x0F3A, 0x0F3D},   {0x0F40, 0x0F6C},   {0x1000, 0x102A},   {0x103F, 0x1055},
    {0x10A0, 0x10FF},   {0x1200, 0x135A},   {0x1360, 0x1711},   {0x1780, 0x17B3},   {0x17D4, 0x17DC},
    {0x17E0, 0x17F9},   {0x1820, 0x1884},   {0x1D00, 0x1DBF},   {0x1E00, 0x200A},   {0x2010, 0x2027},
    {0x202F, 0x205F},   {0x2070, 0x20CF},   {0x2100, 0x2CEE},   {0x2CF2, 0x2D6F},   {0x2D80, 0x2DDF},
    {0x2E00, 0x3029},   {0x3030, 0x3098},   {0x309B, 0xA66E},   {0xA673, 0xA673},   {0xA67E, 0xA69D},
    {0xA6A0, 0xA6EF},   {0xA6F2, 0xA801},   {0xAC00, 0xD7A3},   {0xF900, 0xFB1D},   {0xFB1F, 0xFDFF},
    {0xFE10, 0xFE19},   {0xFE30, 0xFEFE},   {0xFF01, 0xFF9D},   {0xFFA0, 0xFFEF},   {0xFFFC, 0xFFFD},
    {0x10000, 0x101FC}, {0x1D400, 0x1D7FF}, {0x1F000, 0x1F1E5}, {0x1F200, 0x1F3FA}, {0x1F400, 0x1FAFF},
    {0x20000, 0x3FFFD},
};

/* Characters that hold on to what follows them. */
static bool holds_on(uint32_t rune)
{
    static const uint32_t holding[] = {0x06DD,  0x070F,  0x08E2,  0x0D4E,  0x110BD, 0x110CD, 0x111C2,
                                       0x111C3, 0x1193F, 0x11941, 0x11A3A, 0x11D46, 0x200D};
    if (rune < 0x0600) return false;
    if (rune <= 0x0605 || rune == 0x0890 || rune == 0x0891 || (rune >= 0x11A84 && rune <= 0x11A89)) return true;
    if ((rune >= 0x1100 && rune <= 0x11FF) || (rune >= 0xA960 && rune <= 0xA97C)) return true; /* Hangul jamo */
    for (size_t i = 0; i < sizeof holding / sizeof *holding; i++)
        if (holding[i] == rune) return true;
    return false;
}

static bool is_starter(uint32_t rune)
{
    if (rune >= 0x0900 && rune <= 0x0D7F) { /* nine Indic scripts laid out alike */
        uint32_t place = rune & 0x7F;
        return (place >= 0x05 && place <= 0x39) || place == 0x3D || (place >= 0x58 && place <= 0x61) ||
               (place >= 0x64 && place <= 0x6F);
    }
    size_t low = 0, high = sizeof starters / sizeof *starters;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rune > starters[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sizeof starters / sizeof *starters && rune >= starters[low].first;
}

uint32_t snippet_rune_before(struct span text, size_t at)
{
    if (!at) return ' ';
    size_t start = utf8_floor(text, at - 1);
    uint32_t rune = ' ';
    while (start < at) rune = utf8_next(text, &start); /* more than one where bytes are ill-formed */
    return rune;
}

bool snippet_border_is_safe(struct span text, size_t at)
{
    if (at == 0 || at >= text.length) return true;
    if (utf8_floor(text, at) != at) return false;
    size_t next = at;
    uint32_t rune = utf8_next(text, &next), before = snippet_rune_before(text, at);
    if (rune == '\n') return before != '\r';
    if (rune < 0x20 || rune == 0x7F) return true;
    return is_starter(rune) && !holds_on(before);
}
