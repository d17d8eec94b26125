/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/tag.h"
#include "tiny.h"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What came out: "type:text " for each span, or only counted when [count_only]. */
struct result {
    struct span text;
    char out[4096];
    size_t length, count, last_end;
    bool count_only;
    struct tag_span first;
};

static enum status keep(void *user, const struct tag_span *spans, size_t count)
{
    struct result *result = user;
    for (size_t i = 0; i < count; i++) {
        const struct tag_span *span = &spans[i];
        assert_true(span->start >= result->last_end && span->end > span->start && span->end <= result->text.length);
        assert_true(span->last >= span->first);
        result->last_end = span->end;
        if (result->count++ == 0) result->first = *span;
        if (!result->count_only)
            result->length += (size_t)snprintf(result->out + result->length, sizeof result->out - result->length,
                                               "%s:%.*s ", tag_type_name(span->type), (int)(span->end - span->start),
                                               result->text.data + span->start);
    }
    return OK;
}

static struct model tiny;
static void *tiny_data;
static struct tagger *tagger;

static int set_up(void **state)
{
    size_t bytes;
    (void)state;
    tiny_data = tiny_model(&tiny, &bytes);
    return tiny_data && tagger_new(&tagger, &tiny) == OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    tagger_free(tagger);
    free(tiny_data);
    return 0;
}

static struct result tagged(struct span text, bool others)
{
    struct result result = {.text = text};
    struct tag_options options = {.others = others};
    assert_int_equal(tagger_tag_text(tagger, text, &options, keep, &result), OK);
    return result;
}

static void test_tag__gives_typed_spans_with_bytes_and_tokens(void **state)
{
    (void)state;
    struct result result = tagged(SPAN("Talks in Kuala Lumpur, then Kishida left for Japan."), false);
    assert_string_equal(result.out, "place:Kuala Lumpur person:Kishida place:Japan ");
    assert_int_equal(result.first.start, 9);
    assert_int_equal(result.first.end, 21);
    assert_int_equal(result.first.first, 2);
    assert_int_equal(result.first.last, 3);
    assert_int_equal(result.first.why, TAG_BY_MODEL_AND_LIST);
    assert_int_equal(result.first.lists, 1u << LIST_CITY_LARGE);
}

static void test_tag__says_when_no_list_agrees(void **state)
{
    (void)state;
    struct result result = tagged(SPAN("Then Kishida left."), false);
    assert_int_equal(result.first.why, TAG_BY_MODEL);
    assert_int_equal(result.first.lists, 0);
}

static void test_tag__ignores_case_where_the_model_does(void **state)
{
    (void)state;
    assert_string_equal(tagged(SPAN("KISHIDA WENT TO KUALA LUMPUR AND ASEAN"), false).out,
                        "person:KISHIDA place:KUALA LUMPUR organization:ASEAN ");
}

static void test_tag__looks_only_at_words_that_may_be_names(void **state)
{
    (void)state;
    /* "anwar" is not in the tiny model's words, "kishida" is there as one written with a capital. */
    assert_string_equal(tagged(SPAN("then anwar met kishida there"), false).out, "person:kishida ");
}

static void test_tag__gives_other_names_only_when_asked(void **state)
{
    (void)state;
    assert_string_equal(tagged(SPAN("the festival Obon in Japan"), false).out, "place:Japan ");
    assert_string_equal(tagged(SPAN("the festival Obon in Japan"), true).out, "other:Obon place:Japan ");
}

static void test_tag__takes_tokens_as_they_are_given(void **state)
{
    const struct tag_token tokens[] = {{0, 5, true}, {6, 6, false}, {13, 6, true}};
    struct result result = {.text = SPAN("Kuala Lumpur Lumpur")};
    (void)state;
    assert_int_equal(tagger_tag_tokens(tagger, result.text, tokens, 3, NULL, keep, &result), OK);
    assert_string_equal(result.out, "place:Kuala Lumpur ");
}

static void test_tag__gives_the_same_again(void **state)
{
    (void)state;
    struct result first = tagged(SPAN("Anwar met Kishida in Tokyo. ASEAN met in Kuala Lumpur."), false);
    tagged(SPAN("Tokyo tokyo TOKYO Xx Yy Zz"), true);
    struct result again = tagged(SPAN("Anwar met Kishida in Tokyo. ASEAN met in Kuala Lumpur."), false);
    assert_string_equal(first.out, again.out);
}

static enum status stop(void *user, const struct tag_span *spans, size_t count)
{
    size_t *calls = user;
    (void)spans;
    (void)count;
    ++*calls;
    return STOPPED;
}

static void test_tag__stops_when_told(void **state)
{
    size_t calls = 0, length = 0;
    (void)state;
    enum { TIMES = 5000 };
    char *text = malloc(TIMES * 8);
    assert_non_null(text);
    for (int i = 0; i < TIMES; i++, length += 7) memcpy(text + length, "Tokyo. ", 7);
    assert_int_equal(tagger_tag_text(tagger, (struct span){text, length}, NULL, stop, &calls), STOPPED);
    assert_int_equal(calls, 1);
    free(text);
    assert_string_equal(tagged(SPAN("Tokyo"), false).out, "place:Tokyo ");
}

/* 2 million capitalised words, all different, without one sentence end: every word makes a type, every window is one
 * island. The tagger's memory is one block that never grows; each call gets the spans of one window. */
static enum status count_window(void *user, const struct tag_span *spans, size_t count)
{
    size_t *total = user;
    (void)spans;
    assert_true(count <= 2048);
    *total += count;
    return OK;
}

static void test_tag__keeps_its_memory_on_a_document_without_end(void **state)
{
    enum { WORDS = 2000000, EVERY = 1000 };
    size_t total = 0, length = 0, before = tagger_bytes(tagger);
    (void)state;
    char *text = malloc((size_t)WORDS * 10);
    assert_non_null(text);
    for (int i = 0; i < WORDS; i++)
        length += (size_t)(i % EVERY ? sprintf(text + length, "W%07d ", i) : sprintf(text + length, "Tokyo "));
    assert_int_equal(tagger_tag_text(tagger, (struct span){text, length}, NULL, count_window, &total), OK);
    assert_int_equal(total, WORDS / EVERY);
    assert_int_equal(tagger_bytes(tagger), before);
    assert_true(before < 16u << 20);
    free(text);
}

static void test_tag__survives_any_bytes(void **state)
{
    char bytes[4096];
    (void)state;
    for (unsigned seed = 0; seed < 50; seed++) {
        for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)((i * i * (seed + 3) + seed * 7919 * i) >> 5);
        struct result result = {.text = {bytes, sizeof bytes}, .count_only = true};
        assert_int_equal(tagger_tag_text(tagger, result.text, NULL, keep, &result), OK);
    }
    struct result result = tagged(SPAN("Tokyo\0Japan"), false);
    assert_string_equal(result.out, "place:Tokyo place:Japan ");
    assert_int_equal(tagged(SPAN(""), false).count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_tag__gives_typed_spans_with_bytes_and_tokens, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tag__says_when_no_list_agrees, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tag__ignores_case_where_the_model_does, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tag__looks_only_at_words_that_may_be_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tag__gives_other_names_only_when_asked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tag__takes_tokens_as_they_are_given, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tag__gives_the_same_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tag__stops_when_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tag__keeps_its_memory_on_a_document_without_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tag__survives_any_bytes, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
