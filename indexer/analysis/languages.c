/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "languages.h"

const struct language languages[LANGUAGE_COUNT] = {
    {"", "", false, 0, NULL},
    {"ar", "arabic", true, 0, NULL},
    {"hy", "armenian", true, 0, NULL},
    {"eu", "basque", true, LANGUAGE_ORDINAL, NULL},
    {"ca", "catalan", true, 0, NULL},
    {"da", "danish", true, LANGUAGE_ORDINAL, &stop_words_danish},
    {"nl", "dutch", true, 0, &stop_words_dutch},
    {"en", "english", true, 0, &stop_words_english},
    {"fi", "finnish", true, LANGUAGE_ORDINAL, &stop_words_finnish},
    {"fr", "french", true, 0, &stop_words_french},
    {"de", "german", true, LANGUAGE_ORDINAL, &stop_words_german},
    {"el", "greek", true, 0, NULL},
    {"hi", "hindi", true, 0, NULL},
    {"hu", "hungarian", true, LANGUAGE_ORDINAL, &stop_words_hungarian},
    {"id", "indonesian", true, 0, &stop_words_indonesian},
    {"ga", "irish", true, 0, &stop_words_irish},
    {"it", "italian", true, 0, &stop_words_italian},
    {"lt", "lithuanian", true, 0, NULL},
    {"ne", "nepali", true, 0, NULL},
    {"no", "norwegian", true, LANGUAGE_ORDINAL, &stop_words_norwegian},
    {"nb", "norwegian", true, LANGUAGE_ORDINAL, &stop_words_norwegian},
    {"nn", "norwegian", true, LANGUAGE_ORDINAL, &stop_words_norwegian},
    {"pt", "portuguese", true, 0, &stop_words_portuguese},
    {"ro", "romanian", true, 0, NULL},
    {"ru", "russian", true, 0, &stop_words_russian},
    {"sr", "serbian", true, LANGUAGE_ORDINAL, NULL},
    {"es", "spanish", true, 0, &stop_words_spanish},
    {"sv", "swedish", true, 0, &stop_words_swedish},
    {"ta", "tamil", true, 0, NULL},
    {"tr", "turkish", true, LANGUAGE_TURKIC | LANGUAGE_ORDINAL, NULL},
    {"yi", "yiddish", true, 0, NULL},
};

const struct language *language_find(struct span name)
{
    struct span code = name;
    for (size_t i = 0; i < name.length; i++)
        if (name.data[i] == '-' || name.data[i] == '_') {
            code.length = i;
            break;
        }
    for (size_t i = 1; i < LANGUAGE_COUNT; i++)
        if (span_equal_fold(code, span_of(languages[i].code)) || span_equal_fold(name, span_of(languages[i].name)))
            return &languages[i];
    return &languages[0];
}
