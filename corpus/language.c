/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/language.h"

#include <string.h>

/* ISO 639-1, ISO 639-2 (both forms where they differ) and names: English and own. The languages of the region, those
 * libstemmer has, and a few that archives often hold. */
static const struct {
    const char *code, *names; /* names separated by spaces */
} languages[] = {
    {"ar", "ara arabic"},
    {"ca", "cat catalan"},
    {"da", "dan danish dansk"},
    {"de", "deu ger german deutsch"},
    {"el", "ell gre greek"},
    {"en", "eng english"},
    {"es", "spa spanish español espanol castilian"},
    {"et", "est estonian"},
    {"eu", "eus baq basque"},
    {"fa", "fas per persian farsi"},
    {"fi", "fin finnish suomi"},
    {"fr", "fra fre french français francais"},
    {"ga", "gle irish"},
    {"he", "heb hebrew"},
    {"hi", "hin hindi"},
    {"hu", "hun hungarian magyar"},
    {"hy", "hye arm armenian"},
    {"id", "ind indonesian indonesia"},
    {"it", "ita italian italiano"},
    {"ja", "jpn japanese 日本語"},
    {"km", "khm khmer cambodian ខ្មែរ"},
    {"ko", "kor korean 한국어"},
    {"la", "lat latin"},
    {"lo", "lao laotian ລາວ"},
    {"lt", "lit lithuanian"},
    {"ms", "msa may malay melayu"},
    {"my", "mya bur burmese myanmar မြန်မာ"},
    {"nb", "nob bokmål bokmal"},
    {"ne", "nep nepali"},
    {"nl", "nld dut dutch nederlands flemish"},
    {"no", "nor norwegian norsk"},
    {"pl", "pol polish polski"},
    {"pt", "por portuguese português portugues"},
    {"ro", "ron rum romanian"},
    {"ru", "rus russian русский"},
    {"sr", "srp serbian"},
    {"sv", "swe swedish svenska"},
    {"ta", "tam tamil"},
    {"th", "tha thai ไทย ภาษาไทย"},
    {"tl", "tgl tagalog fil filipino"},
    {"tr", "tur turkish türkçe"},
    {"uk", "ukr ukrainian"},
    {"vi", "vie vietnamese tiếng"},
    {"yi", "yid yiddish"},
    {"zh", "zho chi chinese mandarin 中文"},
};

static bool has_name(const char *names, struct span wanted)
{
    while (*names) {
        size_t length = strcspn(names, " ");
        if (span_equal_fold((struct span){names, length}, wanted)) return true;
        names += length;
        if (*names) names++;
    }
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

const char *language_code(struct span stated, char room[3])
{
    stated = span_trim(stated);
    size_t length = 0; /* of the primary tag, or of the first word of a name */
    while (length < stated.length && !strchr("-_ .,;/(", stated.data[length])) length++;
    struct span primary = span_cut(stated, 0, length);
    if (!primary.length) return NULL;
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (has_name(languages[i].names, primary)) return languages[i].code;
    if (primary.length != 2 || !is_letter(primary.data[0]) || !is_letter(primary.data[1])) return NULL;
    room[0] = (char)(primary.data[0] | 0x20);
    room[1] = (char)(primary.data[1] | 0x20);
    room[2] = '\0';
    return room;
}
