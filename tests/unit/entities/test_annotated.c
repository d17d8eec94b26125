/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/train/annotated.h"

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

static char path[] = "/tmp/test_annotated_XXXXXX";
static struct annotated text;

static void read_text(const char *content, bool mend)
{
    struct annotated_options options = {.mend = mend};
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
    annotated_init(&text);
    annotated_read(&text, path, &options);
}

/* The tokens as "word/T", T the type with + where a name begins; | begins a sentence, || a document. */
static const char *shown(const struct annotated *of)
{
    static char out[2048];
    size_t length = 0;
    for (size_t i = 0; i < of->length; i++) {
        const struct annotated_token *token = &of->tokens[i];
        length += (size_t)snprintf(out + length, sizeof out - length, "%s%.*s/%d%s ",
                                   token->document   ? "||"
                                   : token->sentence ? "|"
                                                     : "",
                                   (int)token->text.length, token->text.data, token->type, token->begins ? "+" : "");
    }
    out[length] = 0;
    return out;
}

static void test_annotated__reads_documents_sentences_and_names(void **state)
{
    (void)state;
    read_text(
        "-DOCSTART-\tO\n\nAnwar\tB-PER\nIbrahim\tI-PER\nin\tO\nTokyo\tB-LOC\n\nHe\tO\n\n-DOCSTART-\tO\n\nUN\tB-ORG\n",
        false);
    assert_string_equal(shown(&text), "||Anwar/1+ Ibrahim/1 in/0 Tokyo/3+ |He/0 ||UN/2+ ");
    annotated_release(&text);
}

static void test_annotated__mends_names_cut_in_two(void **state)
{
    (void)state;
    read_text("Association\tB-ORG\nof\tI-ORG\nNigerian\tB-MISC\nUniversities\tB-ORG\n\nRoyal\tB-ORG\nThai\tB-ORG\n\n"
              "Indian\tB-MISC\nOcean\tB-LOC\n\nIndian\tB-MISC\nRailways\tB-ORG\n",
              true);
    assert_string_equal(shown(&text), "||Association/2+ of/2 Nigerian/2 Universities/2 |Royal/2+ Thai/2 "
                                      "|Indian/3+ Ocean/3 |Indian/4+ Railways/2+ ");
    annotated_release(&text);
}

static void test_annotated__mends_possessives_and_loose_ends(void **state)
{
    (void)state;
    read_text("Kashmir\tB-LOC\n’\tO\ns\tB-LOC\nAnantnag\tI-LOC\n\nand\tB-ORG\nUN\tI-ORG\nof\tI-ORG\n", true);
    assert_string_equal(shown(&text), "||Kashmir/3+ ’/0 s/0 Anantnag/3+ |and/0 UN/2+ of/0 ");
    annotated_release(&text);
}

static void test_annotated__varies_case_and_keeps_names(void **state)
{
    struct annotated upper, title;
    (void)state;
    read_text("the\tO\nPrésident\tO\nof\tO\nPerú\tB-LOC\n\n", false);
    annotated_init(&upper);
    annotated_init(&title);
    annotated_vary(&upper, &text, 2, 0);
    assert_string_equal(shown(&upper), "||THE/0 PRÉSIDENT/0 OF/0 PERÚ/3+ ");
    annotated_vary(&title, &text, 0, 2);
    assert_string_equal(shown(&title), "||The/0 Président/0 of/0 Perú/3+ ");
    annotated_release(&upper);
    annotated_release(&title);
    annotated_release(&text);
}

static void test_annotated__reads_plain_text_in_documents(void **state)
{
    struct annotated_options options = {.document_sentences = 2};
    (void)state;
    read_text("", false);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("a b\n& lt ; debris\nc\nd e f\n", file);
    fclose(file);
    annotated_read_plain(&text, path, &options, 0, 100);
    assert_string_equal(shown(&text), "||a/0 b/0 |c/0 ||d/0 e/0 f/0 ");
    annotated_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_annotated__reads_documents_sentences_and_names),
        cmocka_unit_test(test_annotated__mends_names_cut_in_two),
        cmocka_unit_test(test_annotated__mends_possessives_and_loose_ends),
        cmocka_unit_test(test_annotated__varies_case_and_keeps_names),
        cmocka_unit_test(test_annotated__reads_plain_text_in_documents),
    };
    int file = mkstemp(path);
    if (file < 0) return 1;
    close(file);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
