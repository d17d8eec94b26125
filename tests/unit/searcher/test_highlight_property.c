/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Random texts of few words and random evidence, against a search through all choices. The seed is fixed. */
#include "corpus/text.h"
#include "evidence.h"
#include "searcher/highlight.h"

enum { ROUNDS = 10000, WORDS_MAX = 14, PLACES_MAX = 4 };

static uint64_t seed = 41;

static size_t chance(size_t sides)
{
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17; /* Marsaglia 2003, xorshift64 */
    return seed % sides;
}

/* A text is a string of single-letter words; '-' stands for a word that nothing asks for. */
struct trial {
    char words[WORDS_MAX + 1];
    size_t count;
    char evidence[64];
    struct evidence_line *line;
    bool marked[WORDS_MAX], possible[WORDS_MAX];
};

static bool takes(const struct evidence_place *place, char word)
{
    for (size_t i = 0; i < place->count; i++)
        if (place->terms[i].text.data[0] == word) return true;
    return false;
}

/* Marks in trial->possible the words of every match of [group] that goes on from [chosen] places. */
static void try_all(struct trial *trial, const struct evidence_group *group, size_t *at, size_t chosen)
{
    if (chosen == group->count) {
        size_t low = at[0], high = at[0];
        for (size_t i = 1; i < chosen; i++) {
            if (at[i] < low) low = at[i];
            if (at[i] > high) high = at[i];
        }
        if (high - low + 1 > group->window) return;
        for (size_t i = 0; i < chosen; i++) trial->possible[at[i]] = true;
        return;
    }
    for (size_t i = 0; i < trial->count; i++) {
        bool used = false;
        for (size_t j = 0; j < chosen; j++) used = used || at[j] == i || (group->ordered && at[j] > i);
        if (used || !takes(&group->places[chosen], trial->words[i])) continue;
        at[chosen] = i;
        try_all(trial, group, at, chosen + 1);
    }
}

static void make_trial(struct trial *trial)
{
    static const char joints[] = "_~>";
    memset(trial, 0, sizeof *trial);
    trial->count = 1 + chance(WORDS_MAX);
    for (size_t i = 0; i < trial->count; i++) trial->words[i] = "abc-"[chance(4)];
    char *out = trial->evidence;
    for (size_t groups = 1 + chance(2); groups; groups--) {
        char joint = joints[chance(3)];
        size_t places = 1 + chance(PLACES_MAX), window = places + chance(4);
        for (size_t i = 0; i < places; i++) {
            if (i && joint != '_') out += sprintf(out, "%c%zu", joint, window);
            if (i) *out++ = joint;
            *out++ = "abc"[chance(3)];
            if (chance(4) == 0) out += sprintf(out, "|%c", "abc"[chance(3)]);
        }
        *out++ = ' ';
    }
    *out = '\0';
    trial->line = evidence_line_new(trial->evidence);
}

/* Highlights the trial's words as "a zz b"; true when anything is marked. */
static bool highlight(struct trial *trial, struct analyser *analyser)
{
    struct buffer text;
    struct highlighter *highlighter;
    const struct analysis *analysis;
    const struct highlight_hit *hits;
    size_t count;
    buffer_init(&text, 1000);
    for (size_t i = 0; i < trial->count; i++)
        buffer_printf(&text, "%c ", trial->words[i] == '-' ? 'z' : trial->words[i]);
    assert_int_equal(highlighter_new(&highlighter, &trial->line->evidence), OK);
    assert_int_equal(analyse(&analysis, analyser, buffer_span(&text), SPAN("")), OK);
    assert_int_equal(analysis->count, trial->count);
    assert_int_equal(highlight_hits(&hits, &count, highlighter, analysis, (struct range){0, 0}), OK);
    memset(trial->marked, 0, sizeof trial->marked);
    for (size_t i = 0; i < count; i++) {
        if (i) assert_true(hits[i - 1].start <= hits[i].start);
        for (size_t at = hits[i].start; at < hits[i].end; at += 2) trial->marked[at / 2] = true;
    }
    highlighter_free(highlighter);
    buffer_release(&text);
    return count > 0;
}

static void test_highlight__marks_what_matches_and_enough_of_it(void **state)
{
    (void)state;
    struct analyser *analyser;
    size_t matching = 0;
    assert_int_equal(analyser_new(&analyser), OK);
    for (size_t round = 0; round < ROUNDS; round++) {
        struct trial trial;
        size_t at[PLACES_MAX];
        make_trial(&trial);
        char before[WORDS_MAX + 1];
        memcpy(before, trial.words, sizeof before);
        for (size_t g = 0; g < trial.line->evidence.count; g++) try_all(&trial, &trial.line->groups[g], at, 0);
        matching += highlight(&trial, analyser);
        for (size_t i = 0; i < trial.count; i++) {
            if (trial.marked[i] && !trial.possible[i])
                fail_msg("word %zu of '%s' is no match of '%s'", i, trial.words, trial.evidence);
            if (trial.marked[i]) trial.words[i] = '-';
        }
        memset(trial.possible, 0, sizeof trial.possible);
        for (size_t g = 0; g < trial.line->evidence.count; g++) try_all(&trial, &trial.line->groups[g], at, 0);
        for (size_t i = 0; i < trial.count; i++)
            if (trial.possible[i]) fail_msg("'%s' still matches '%s', from '%s'", trial.words, trial.evidence, before);
        assert_false(highlight(&trial, analyser));
        free(trial.line);
    }
    assert_true(matching > ROUNDS / 2);
    analyser_free(analyser);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_highlight__marks_what_matches_and_enough_of_it)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
