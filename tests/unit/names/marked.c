/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "marked.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { TEXT_MAX = 4096, TOKENS_MAX = 1024, SPANS_MAX = 64, OUT_MAX = 8192 };

static const char *print(const struct names *names, const char *text)
{
    static char out[OUT_MAX];
    size_t length = 0;
    out[0] = '\0';
    for (size_t e = 0; e < names->count; e++) {
        const struct name_entity *entity = &names->entities[e];
        length += (size_t)snprintf(out + length, OUT_MAX - length, "%s %.*s:", tag_type_name(entity->type),
                                   (int)entity->name.length, entity->name.data);
        for (size_t m = 0; m < entity->count; m++) {
            const struct name_mention *mention = &names->mentions[entity->first + m];
            length += (size_t)snprintf(out + length, OUT_MAX - length, "%s %.*s (%s)", m ? "," : "",
                                       (int)(mention->end - mention->start), text + mention->start,
                                       name_why_name(mention->why));
        }
        length += (size_t)snprintf(out + length, OUT_MAX - length, "\n");
        assert_true(length < OUT_MAX);
    }
    return out;
}

const char *names_of(const char *marked, const struct user_names *user)
{
    static const struct {
        const char *mark;
        enum tag_type type;
    } marks[] = {{"[PER ", TAG_PERSON}, {"[ORG ", TAG_ORGANIZATION}, {"[LOC ", TAG_PLACE}, {"[OTH ", TAG_OTHER}};
    static char text[TEXT_MAX];
    static struct tag_token tokens[TOKENS_MAX];
    struct tag_span spans[SPANS_MAX] = {{0}};
    size_t length = 0, span_count = 0, token_count = 0;
    bool open = false;
    assert_true(strlen(marked) < TEXT_MAX);
    for (const char *at = marked; *at;) {
        enum tag_type type = (enum tag_type)0;
        for (size_t i = 0; i < 4; i++)
            if (strncmp(at, marks[i].mark, 5) == 0) type = marks[i].type;
        if (type) {
            spans[span_count].start = length;
            spans[span_count].type = type;
            open = true;
            at += 5;
        } else if (open && *at == ']') {
            spans[span_count++].end = length;
            open = false;
            at++;
        } else {
            text[length++] = *at++;
        }
    }
    text[length] = '\0';
    struct tokeniser tokeniser;
    tokeniser_init(&tokeniser, (struct span){text, length});
    while (tokeniser_next(&tokeniser, &tokens[token_count])) assert_true(++token_count < TOKENS_MAX);
    for (size_t s = 0; s < span_count; s++) {
        spans[s].first = SIZE_MAX;
        for (size_t t = 0; t < token_count; t++) {
            size_t end = tokens[t].start + tokens[t].length;
            if (end <= spans[s].start || tokens[t].start >= spans[s].end) continue;
            if (spans[s].first == SIZE_MAX) spans[s].first = t;
            spans[s].last = t;
        }
    }
    static struct namer *namer;
    struct names names;
    namer_free(namer);
    assert_int_equal(namer_new(&namer, user), OK);
    assert_int_equal(namer_find(namer, &names, (struct span){text, length}, tokens, token_count,
                                span_count ? spans : NULL, span_count),
                     OK);
    return print(&names, text);
}

const char *names_of_text(const char *text)
{
    static struct namer *namer;
    struct names names;
    namer_free(namer);
    assert_int_equal(namer_new(&namer, NULL), OK);
    assert_int_equal(namer_text(namer, &names, NULL, span_of(text)), OK);
    return print(&names, text);
}
