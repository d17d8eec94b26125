/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Evidence written as a line, for the tests of highlighting and snippets. Groups stand between blanks:
 *
 *   run          the stem "run"             =running   the form        runn*    forms beginning so
 *   a_b          the phrase "a b"           a|b        either          a~5~b    NEAR, window 5     a>5>b  ADJ, window 5
 *   title:a      in the title alone         a#3        evidence of item 3, not of the group's own number
 *
 * Words are taken as they are: already folded and stemmed. */
#ifndef TESTS_SEARCHER_EVIDENCE_H
#define TESTS_SEARCHER_EVIDENCE_H

#include "searcher/highlight.h"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
/* clang-format on */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EVIDENCE_GROUPS_MAX = 16, EVIDENCE_PLACES_MAX = 200, EVIDENCE_TERMS_MAX = 4 };

struct evidence_line {
    struct evidence evidence;
    struct evidence_group groups[EVIDENCE_GROUPS_MAX];
    struct evidence_place places[EVIDENCE_GROUPS_MAX][EVIDENCE_PLACES_MAX];
    struct evidence_term terms[EVIDENCE_GROUPS_MAX][EVIDENCE_PLACES_MAX][EVIDENCE_TERMS_MAX];
    char text[4096];
};

static inline void evidence_group_read(struct evidence_line *line, size_t g, char *text)
{
    struct evidence_group *group = &line->groups[g];
    char *number = strchr(text, '#');
    *group = (struct evidence_group){line->places[g], 0, true, 0, false, (uint32_t)g, 1.0};
    if (number) {
        group->item = (uint32_t)strtoul(number + 1, NULL, 10);
        *number = '\0';
    }
    if (strncmp(text, "title:", 6) == 0) {
        group->title_only = true;
        text += 6;
    }
    bool adjacent = !strpbrk(text, "~>");
    group->ordered = !strchr(text, '~');
    char *rest;
    for (char *part = strtok_r(text, "_~>", &rest); part; part = strtok_r(NULL, "_~>", &rest)) {
        if (!adjacent && *part >= '0' && *part <= '9') {
            group->window = (uint32_t)strtoul(part, NULL, 10);
            continue;
        }
        struct evidence_place *place = &line->places[g][group->count];
        *place = (struct evidence_place){line->terms[g][group->count], 0};
        group->count++;
        char *others;
        for (char *word = strtok_r(part, "|", &others); word; word = strtok_r(NULL, "|", &others)) {
            size_t length = strlen(word);
            enum evidence_kind kind = EVIDENCE_STEM;
            if (word[length - 1] == '*') kind = EVIDENCE_PREFIX, length--;
            if (word[0] == '=') kind = EVIDENCE_FORM, word++, length--;
            line->terms[g][group->count - 1][place->count++] = (struct evidence_term){kind, {word, length}};
        }
    }
    if (adjacent) group->window = (uint32_t)group->count;
}

/* Reads [text]; the result is freed with free. */
static inline struct evidence_line *evidence_line_new(const char *text)
{
    struct evidence_line *line = calloc(1, sizeof *line);
    assert_non_null(line);
    assert_true(strlen(text) < sizeof line->text);
    strcpy(line->text, text);
    size_t count = 0;
    char *rest, *words[EVIDENCE_GROUPS_MAX];
    for (char *word = strtok_r(line->text, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        assert_true(count < EVIDENCE_GROUPS_MAX);
        words[count++] = word;
    }
    for (size_t i = 0; i < count; i++) evidence_group_read(line, i, words[i]);
    line->evidence = (struct evidence){.groups = line->groups, .count = count};
    return line;
}

#endif
