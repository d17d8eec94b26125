/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"
#include "indexer/signature.h"
#include "indexer/terms.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A text of [count] words, wN for N from [first] on. */
static void sign(char out[SIGNATURE_BYTES], unsigned first, unsigned count)
{
    struct signer signer;
    char word[16];
    signer_begin(&signer);
    for (unsigned i = first; i < first + count; i++) {
        snprintf(word, sizeof word, "w%u", i);
        signer_word(&signer, span_of(word));
    }
    assert_true(signer_finish(out, &signer));
}

static void test_signature__of_the_same_words_is_the_same(void **state)
{
    char a[SIGNATURE_BYTES], b[SIGNATURE_BYTES];
    (void)state;
    sign(a, 0, 500);
    sign(b, 0, 500);
    assert_memory_equal(a, b, sizeof a);
    assert_int_equal(signature_agreement(a, b), SIGNATURE_CELLS);
    assert_true(signature_near(a, b));
    assert_true(signature_resemblance(SIGNATURE_CELLS) == 1);
}

static void test_signature__of_no_word_is_none(void **state)
{
    struct signer signer;
    char out[SIGNATURE_BYTES];
    (void)state;
    signer_begin(&signer);
    assert_false(signer_finish(out, &signer));
}

static void test_signature__tells_how_many_words_there_are(void **state)
{
    char a[SIGNATURE_BYTES];
    (void)state;
    sign(a, 0, 300);
    assert_int_equal((unsigned char)a[0] * 256 + (unsigned char)a[1], 300);
    sign(a, 0, 70000);
    assert_int_equal((unsigned char)a[0] * 256 + (unsigned char)a[1], 65535);
}

/* Two windows of 400 words over one sequence share runs of three as arithmetic says; the estimate is within three
 * standard deviations, and its mean over many texts within a hundredth. */
static void test_signature__agreement_measures_resemblance(void **state)
{
    (void)state;
    for (unsigned shift = 0; shift <= 400; shift += 50) {
        double shared = shift < 398 ? 398 - shift : 0;
        double resemblance = shared / (2 * 400 - shared), sum = 0;
        double expected = resemblance + (1 - resemblance) / 4;
        double deviation = sqrt(expected * (1 - expected) / SIGNATURE_CELLS);
        for (unsigned text = 0; text < 200; text++) {
            char a[SIGNATURE_BYTES], b[SIGNATURE_BYTES];
            sign(a, text * 1000, 400);
            sign(b, text * 1000 + shift, 400);
            double share = (double)signature_agreement(a, b) / SIGNATURE_CELLS;
            assert_true(fabs(share - expected) <= 4.5 * deviation + 0.004);
            sum += share;
        }
        assert_true(fabs(sum / 200 - expected) < 0.01);
    }
}

/* The same for texts of few words, whose runs fill many cells each. */
static void test_signature__agreement_measures_resemblance_of_short_texts(void **state)
{
    (void)state;
    for (unsigned words = 5; words <= 40; words += 5) {
        double sum = 0, shared = words - 3; /* the one word less at each end changes the runs at the ends */
        double resemblance = shared / (2.0 * words - shared), expected = resemblance + (1 - resemblance) / 4;
        for (unsigned text = 0; text < 400; text++) {
            char a[SIGNATURE_BYTES], b[SIGNATURE_BYTES];
            sign(a, text * 100, words);
            sign(b, text * 100 + 1, words);
            sum += (double)signature_agreement(a, b) / SIGNATURE_CELLS;
        }
        assert_true(fabs(sum / 400 - expected) < 0.02);
    }
}

static void test_signature__of_other_texts_is_never_near(void **state)
{
    static char all[400][SIGNATURE_BYTES];
    (void)state;
    for (unsigned i = 0; i < 400; i++) sign(all[i], i * 1000, 1 + i);
    for (unsigned i = 0; i < 400; i++)
        for (unsigned k = 0; k < i; k++) assert_false(signature_near(all[i], all[k]));
}

static void test_signature__short_texts_need_more_in_common(void **state)
{
    char a[SIGNATURE_BYTES], b[SIGNATURE_BYTES];
    (void)state;
    sign(a, 0, 200); /* resemblance 138 / 262 */
    sign(b, 60, 200);
    assert_true(signature_near(a, b));
    sign(a, 0, 100); /* the same share of each */
    sign(b, 30, 100);
    assert_false(signature_near(a, b));
    sign(b, 5, 100);
    assert_true(signature_near(a, b));
}

static void value_of(char out[SIGNATURE_BYTES], size_t *length, const char *title, const char *text,
                     const char *language)
{
    struct preparer preparer;
    struct document document;
    struct origin origin = {.language = span_of(language), .where = 1};
    struct buffer bytes;
    struct error error;
    assert_int_equal(preparer_init(&preparer), OK);
    document_init(&document);
    buffer_init(&bytes, 1 << 24);
    assert_int_equal(document_set(&document, FIELD_ID, SPAN("1")), OK);
    assert_int_equal(document_set(&document, FIELD_TITLE, span_of(title)), OK);
    assert_int_equal(document_set_text(&document, span_of(text)), OK);
    assert_int_equal(preparer_begin(&preparer, &document, &origin, &error), OK);
    assert_int_equal(preparer_finish(&bytes, &preparer, &error), OK);
    *length = preparer.is_signed ? SIGNATURE_BYTES : 0;
    if (*length) memcpy(out, preparer.signature, SIGNATURE_BYTES);
    buffer_release(&bytes);
    document_release(&document);
    preparer_release(&preparer);
}

static void test_signature__of_a_document_sees_words_alone(void **state)
{
    char a[SIGNATURE_BYTES], b[SIGNATURE_BYTES];
    size_t length;
    (void)state;
    value_of(a, &length, "", "Perú's ministers met: \"crimes\" rose.", "en");
    assert_int_equal(length, SIGNATURE_BYTES);
    value_of(b, &length, "", "PERU\xE2\x80\x99S ministers\n\nmet -- crimes rose", "de");
    assert_memory_equal(a, b, sizeof a);
    value_of(b, &length, "", "Peru's ministers met: crime rose.", "en");
    assert_memory_not_equal(a, b, sizeof a);
    value_of(b, &length, "", "\xE2\x80\x94 !!!", "en");
    assert_int_equal(length, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_signature__of_the_same_words_is_the_same),
        cmocka_unit_test(test_signature__of_no_word_is_none),
        cmocka_unit_test(test_signature__tells_how_many_words_there_are),
        cmocka_unit_test(test_signature__agreement_measures_resemblance),
        cmocka_unit_test(test_signature__agreement_measures_resemblance_of_short_texts),
        cmocka_unit_test(test_signature__of_other_texts_is_never_near),
        cmocka_unit_test(test_signature__short_texts_need_more_in_common),
        cmocka_unit_test(test_signature__of_a_document_sees_words_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
