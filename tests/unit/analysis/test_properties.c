/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What must hold for every text: checked over our samples and, where they are, over research collections. */
#include "helper.h"
#include "tokenise.h"

#include <dirent.h>
#include <jansson.h>
#include <stdlib.h>

static struct analyser *other; /* beside shared_analyser, for a second analysis at the same time */

static int set_up_two(void **state)
{
    return set_up(state) || analyser_new(&other) ? -1 : 0;
}

static int tear_down_two(void **state)
{
    analyser_free(other);
    return tear_down(state);
}

typedef void check_function(struct span text, struct span language);

static bool same(const struct token *a, const struct token *b)
{
    return a->kind == b->kind && span_equal(a->form, b->form) && span_equal(a->stem, b->stem) &&
           span_equal(a->plain_stem, b->plain_stem);
}

static void check_alone(struct span text, struct span language)
{
    const struct analysis *whole, *alone;
    assert_int_equal(analyse(&whole, shared_analyser, text, language), OK);
    for (size_t i = 0; i < whole->count; i++) {
        const struct token *token = &whole->tokens[i];
        struct span source = span_cut(text, token->start, token->end);
        bool found = false;
        assert_int_equal(analyse(&alone, other, source, language), OK);
        for (size_t k = 0; k < alone->count && !found; k++) found = same(&alone->tokens[k], token);
        if (!found) fail_msg("'%.*s' alone gives other tokens", (int)source.length, source.data);
    }
}

static void check_ways(struct span text, struct span language)
{
    const struct analysis *fast, *slow;
    struct range all = {0, text.length};
    assert_int_equal(analyse_with(&fast, shared_analyser, text, all, language, true), OK);
    assert_int_equal(analyse_with(&slow, other, text, all, language, false), OK);
    assert_int_equal(fast->count, slow->count);
    assert_int_equal(fast->sentence_count, slow->sentence_count);
    for (size_t i = 0; i < fast->count; i++) {
        const struct token *a = &fast->tokens[i], *b = &slow->tokens[i];
        assert_true(same(a, b) && a->start == b->start && a->end == b->end && a->position == b->position &&
                    a->sentence == b->sentence && a->width == b->width);
    }
}

/* Analysing a range gives the tokens the whole has there, and the sentence borders inside it. */
static void check_ranges(struct span text, struct span language)
{
    const struct analysis *whole, *part;
    assert_int_equal(analyse(&whole, shared_analyser, text, language), OK);
    for (size_t start = 0; start < text.length; start += 997) {
        struct range range = {start, start + 400};
        assert_int_equal(analyse_range(&part, other, text, range, language), OK);
        size_t i = 0;
        if (!part->count) continue;
        while (i < whole->count && whole->tokens[i].start < part->tokens[0].start) i++;
        for (size_t k = 0; k < part->count; k++, i++) {
            assert_true(i < whole->count);
            assert_int_equal(whole->tokens[i].start, part->tokens[k].start);
            assert_true(same(&whole->tokens[i], &part->tokens[k]));
            if (k)
                assert_int_equal(whole->tokens[i].sentence - whole->tokens[i - 1].sentence,
                                 part->tokens[k].sentence - part->tokens[k - 1].sentence);
        }
    }
}

static void over_file(const char *path, check_function *check)
{
    static char text[1 << 20];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(text, 1, sizeof text, file);
    fclose(file);
    check((struct span){text, length}, SPAN("en"));
}

/* Checks every file under [folder]; the number of them. */
static size_t over_folder(const char *folder, check_function *check)
{
    DIR *directory = opendir(folder);
    size_t files = 0;
    char path[4096];
    if (!directory) return 0;
    for (struct dirent *entry; (entry = readdir(directory));) {
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        size_t below = over_folder(path, check);
        if (!below) over_file(path, check);
        files += below ? below : 1;
    }
    closedir(directory);
    return files;
}

/* Checks the first [records] records of a collection; the number of them, 0 when it is not there. */
static size_t over_collection(const char *path, const char *language, size_t records, check_function *check)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0, done = 0;
    ssize_t length;
    if (!file) return 0;
    while (done < records && (length = getline(&line, &room, file)) > 0) {
        json_t *record = json_loadb(line, (size_t)length, JSON_ALLOW_NUL, NULL);
        const json_t *text = json_object_get(record, "text");
        if (text) check((struct span){json_string_value(text), json_string_length(text)}, span_of(language));
        json_decref(record);
        done++;
    }
    free(line);
    fclose(file);
    return done;
}

/* Over the samples in the tree always, over the collections beside it where they are. */
static void over_everything(check_function *check)
{
    static const struct {
        const char *path, *language;
        size_t records;
    } collections[] = {
        {SHARED_DIR "/collections/reuters21578/corpus.jsonl", "en", 2000},
        {SHARED_DIR "/collections/time/corpus.jsonl", "en", 100},
        {SHARED_DIR "/collections/xquad-de/corpus.jsonl", "de", 240},
        {SHARED_DIR "/collections/xquad-zh/corpus.jsonl", "zh", 240},
    };
    assert_true(over_folder(SOURCE_DIR "/tests/fuzz/seeds/analyse", check) > 20);
    over_folder(SOURCE_DIR "/corpus/samples", check);
    over_folder(SHARED_DIR "/seeds", check);
    for (size_t i = 0; i < sizeof collections / sizeof *collections; i++)
        over_collection(collections[i].path, collections[i].language, collections[i].records, check);
}

static void test_analyse__gives_a_word_alone_what_it_gave_in_its_text(void **state)
{
    (void)state;
    over_everything(check_alone);
}

static void test_analyse__gives_the_same_by_both_ways(void **state)
{
    (void)state;
    over_everything(check_ways);
}

static void test_analyse_range__gives_what_the_whole_gives_there(void **state)
{
    (void)state;
    over_everything(check_ranges);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_analyse__gives_a_word_alone_what_it_gave_in_its_text),
        cmocka_unit_test(test_analyse__gives_the_same_by_both_ways),
        cmocka_unit_test(test_analyse_range__gives_what_the_whole_gives_there),
    };
    return cmocka_run_group_tests(tests, set_up_two, tear_down_two);
}
