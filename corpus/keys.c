/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/keys.h"

/* Our own names first: of two keys that state the same, the upper row counts. */
static const struct {
    const char *name;
    int meaning;
} keys[] = {
    {"id", FIELD_ID},
    {"docno", FIELD_ID},
    {"doc_id", FIELD_ID},
    {"docid", FIELD_ID},
    {"_id", FIELD_ID},
    {"title", FIELD_TITLE},
    {"headline", FIELD_TITLE},
    {"date", FIELD_DATE},
    {"published", FIELD_DATE},
    {"date_published", FIELD_DATE},
    {"publication_date", FIELD_DATE},
    {"published_at", FIELD_DATE},
    {"pubdate", FIELD_DATE},
    {"source", FIELD_SOURCE},
    {"publisher", FIELD_SOURCE},
    {"author", FIELD_AUTHOR},
    {"authors", FIELD_AUTHOR},
    {"byline", FIELD_AUTHOR},
    {"language", FIELD_LANGUAGE},
    {"lang", FIELD_LANGUAGE},
    {"url", FIELD_URL},
    {"link", FIELD_URL},
    {"text", KEY_TEXT},
    {"body", KEY_TEXT},
    {"content", KEY_TEXT},
    {"contents", KEY_TEXT},
};

static bool names_match(const char *name, struct span stated)
{
    size_t i = 0;
    for (; name[i] && i < stated.length; i++) {
        char c = stated.data[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c | 0x20);
        if (c == '-') c = '_';
        if (c != name[i]) return false;
    }
    return !name[i] && i == stated.length;
}

int key_meaning(struct span name, int *rank)
{
    for (int i = 0; i < (int)(sizeof keys / sizeof *keys); i++)
        if (names_match(keys[i].name, name)) {
            *rank = i;
            return keys[i].meaning;
        }
    return KEY_COUNT;
}
