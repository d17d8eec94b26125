/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The model as shipped, on news items written for this test (gold.conll, ours, GPL-2.0-or-later like the rest). */
#include "indexer/entities/train/evaluate.h"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define MODEL_PATH SOURCE_DIR "/indexer/entities/models/en.model"

static struct model model;
static struct tagger *tagger;

static int set_up(void **state)
{
    struct error error;
    (void)state;
    if (model_open(&model, MODEL_PATH, &error) != OK) {
        fprintf(stderr, "%s\n", error.message);
        return -1;
    }
    return tagger_new(&tagger, &model) == OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    tagger_free(tagger);
    model_close(&model);
    return 0;
}

struct result {
    struct span text;
    char out[2048];
    size_t length;
};

static enum status keep(void *user, const struct tag_span *spans, size_t count)
{
    struct result *result = user;
    for (size_t i = 0; i < count; i++)
        result->length += (size_t)snprintf(result->out + result->length, sizeof result->out - result->length,
                                           "%s:%.*s; ", tag_type_name(spans[i].type),
                                           (int)(spans[i].end - spans[i].start), result->text.data + spans[i].start);
    return OK;
}

static const char *tagged(const char *text)
{
    static struct result result;
    result = (struct result){.text = span_of(text)};
    assert_int_equal(tagger_tag_text(tagger, result.text, NULL, keep, &result), OK);
    return result.out;
}

static void test_shipped__is_small_enough(void **state)
{
    struct stat about;
    (void)state;
    assert_int_equal(stat(MODEL_PATH, &about), 0);
    assert_true(about.st_size <= 6000000);                         /* bytes */
    assert_true(about.st_size + tagger_bytes(tagger) < 30u << 20); /* bytes in memory */
}

/* The floor only rises. */
static void test_shipped__scores_at_least_its_floor(void **state)
{
    struct annotated text;
    struct annotated_options options = {0};
    struct score score;
    (void)state;
    annotated_init(&text);
    annotated_read(&text, SOURCE_DIR "/tests/unit/entities/gold.conll", &options);
    evaluate_text(&score, tagger, &text);
    score_print(&score, "gold.conll");
    assert_true(score_f1(&score, 0) >= 92.0);
    annotated_release(&text);
}

static void test_shipped__tags_plain_text(void **state)
{
    (void)state;
    assert_string_equal(tagged("Prime Minister Fumio Kishida met leaders of the European Union in Brussels on Monday, "
                               "the Ministry of Finance said."),
                        "person:Fumio Kishida; organization:European Union; place:Brussels; "
                        "organization:Ministry of Finance; ");
}

static void test_shipped__tags_capitals(void **state)
{
    (void)state;
    assert_string_equal(tagged("PRESIDENT BARACK OBAMA ARRIVED IN BERLIN FROM FRANCE ON TUESDAY."),
                        "person:BARACK OBAMA; place:BERLIN; place:FRANCE; ");
}

static void test_shipped__finds_nothing_where_nothing_is(void **state)
{
    (void)state;
    assert_string_equal(tagged("The meeting will take place next week. He said it would not change much."), "");
    assert_string_equal(tagged("東京で会議が開かれた。 ประชุม"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_shipped__is_small_enough, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_shipped__scores_at_least_its_floor, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_shipped__tags_plain_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_shipped__tags_capitals, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_shipped__finds_nothing_where_nothing_is, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
