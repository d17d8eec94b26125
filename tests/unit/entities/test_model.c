/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/model.h"
#include "indexer/entities/shape.h"
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
#include <unistd.h>

static struct model model;
static char *data;
static size_t bytes;

static int set_up(void **state)
{
    (void)state;
    data = tiny_model(&model, &bytes);
    return data ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    free(data);
    return 0;
}

static uint64_t exact(const char *word)
{
    struct look look;
    look_at(&look, span_of(word));
    return look.exact;
}

static void test_model__finds_words_and_phrases(void **state)
{
    (void)state;
    struct model_word word = model_word(&model, exact("Kishida"));
    assert_int_equal(word.fine, 7);
    assert_int_equal(word.coarse, 3);
    assert_int_equal(word.case_bucket, 6);
    assert_int_equal(model_word(&model, exact("kishida")).fine, 0);
    uint64_t kuala = lower_hash(SPAN("Kuala"));
    assert_int_equal(model_phrase(&model, kuala), 1u << PHRASE_PREFIX);
    assert_int_equal(model_phrase(&model, phrase_join(kuala, lower_hash(SPAN("LUMPUR")))), 1u << LIST_CITY_LARGE);
    assert_int_equal(model_phrase(&model, lower_hash(SPAN("lumpur"))), 0);
}

static void test_model__gives_no_row_for_what_was_not_learnt(void **state)
{
    size_t found = 0;
    (void)state;
    for (uint64_t i = 1; i <= 10000; i++) found += model_row(&model, hash_mix(i, i)) != NULL;
    assert_true(found < 20); /* 16-bit tags: 8 rows among 256 slots are met by chance once in 500,000 */
}

static void refused(const void *bad, size_t length, const char *word)
{
    struct model other = {0};
    struct error error = {0};
    assert_int_equal(model_from_memory(&other, bad, length, &error), DAMAGED);
    assert_non_null(strstr(error.message, word));
    assert_non_null(strstr(error.message, "train.sh")); /* the cure */
    assert_null(other.map);
}

static void test_model__refuses_another_version(void **state)
{
    (void)state;
    ((struct model_header *)data)->version++;
    refused(data, bytes, "version");
}

static void test_model__refuses_what_is_no_model(void **state)
{
    (void)state;
    refused(data, 7, "not a tagging model");
    refused("", 0, "not a tagging model");
    data[0] ^= 1;
    refused(data, bytes, "not a tagging model");
}

static void test_model__refuses_any_flipped_byte(void **state)
{
    (void)state;
    for (size_t at = sizeof(struct model_header); at < bytes; at += 97) {
        data[at] ^= 0x40;
        if (at >= 64) refused(data, bytes, "damaged");
        data[at] ^= 0x40;
    }
    ((struct model_header *)data)->buckets++;
    refused(data, bytes, "damaged");
}

static void test_model__refuses_a_file_cut_off(void **state)
{
    (void)state;
    refused(data, bytes - 64, "cut off");
    refused(data, bytes - 1, "cut off");
    refused(data, sizeof(struct model_header), "cut off");
}

static void test_model__ends_its_searches_in_full_tables(void **state)
{
    (void)state;
    memset((void *)(uintptr_t)model.words, 0xAA, model.header->word_slots * sizeof(uint64_t));
    memset((void *)(uintptr_t)model.phrases, 0xAA, model.header->phrase_slots * sizeof(uint64_t));
    assert_int_equal(model_word(&model, 12345).fine, 0);
    assert_int_equal(model_phrase(&model, 12345), 0);
}

static void test_model_open__maps_a_file_and_names_it_when_it_fails(void **state)
{
    char path[] = "/tmp/test_model_XXXXXX";
    struct model opened = {0};
    struct error error;
    (void)state;
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, data, bytes), bytes);
    assert_int_equal(model_open(&opened, path, &error), OK);
    assert_int_equal(opened.header->trained, 20261122);
    model_close(&opened);
    assert_null(opened.map);
    assert_int_equal(ftruncate(file, (off_t)bytes / 2), 0);
    assert_int_equal(model_open(&opened, path, &error), DAMAGED);
    assert_non_null(strstr(error.message, path));
    close(file);
    unlink(path);
    assert_int_equal(model_open(&opened, path, &error), MISSING);
    assert_int_equal(model_open(&opened, "/", &error), DAMAGED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_model__finds_words_and_phrases, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_model__gives_no_row_for_what_was_not_learnt, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_model__refuses_another_version, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_model__refuses_what_is_no_model, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_model__refuses_any_flipped_byte, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_model__refuses_a_file_cut_off, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_model__ends_its_searches_in_full_tables, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_model_open__maps_a_file_and_names_it_when_it_fails, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
