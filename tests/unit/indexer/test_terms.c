/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"
#include "indexer/prepared.h"
#include "indexer/terms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct preparer preparer;

static int setup(void **state)
{
    (void)state;
    return preparer_init(&preparer);
}

static int teardown(void **state)
{
    (void)state;
    preparer_release(&preparer);
    return 0;
}

static void set(struct document *document, enum document_field field, const char *value)
{
    assert_int_equal(document_set(document, field, span_of(value)), OK);
}

/* The document's terms, a line each: term, wdf, positions. */
static char *terms_of(const struct document *document)
{
    struct error error;
    struct buffer bytes;
    struct prepared prepared;
    struct prepared_walk walk = {0};
    struct prepared_term term;
    struct origin origin = {SPAN("/data/news.txt"), SPAN("en"), 1};
    char *text = NULL;
    size_t size;
    buffer_init(&bytes, 1 << 24);
    assert_int_equal(preparer_begin(&preparer, document, &origin, &error), OK);
    assert_int_equal(preparer_finish(&bytes, &preparer, &error), OK);
    assert_int_equal(prepared_read(&prepared, buffer_span(&bytes)), OK);
    FILE *out = open_memstream(&text, &size);
    prepared_walk_start(&walk, &prepared);
    enum status status;
    while (!(status = prepared_next_term(&term, &walk))) {
        fprintf(out, "%.*s %u", (int)term.term.length, term.term.data, (unsigned)term.wdf);
        for (size_t i = 0; i < term.position_count; i++) fprintf(out, " @%u", (unsigned)term.positions[i]);
        fprintf(out, "\n");
    }
    assert_int_equal(status, NOT_FOUND);
    fclose(out);
    prepared_walk_release(&walk);
    buffer_release(&bytes);
    return text;
}

static void assert_has_terms(const struct document *document, const char *const *lines)
{
    char *text = terms_of(document);
    for (; *lines; lines++) {
        char line[200];
        snprintf(line, sizeof line, "\n%s\n", *lines);
        if (!strstr(text, line)) fail_msg("no line '%s' in\n%s", *lines, text);
    }
    free(text);
}

static void test_terms__title_in_the_text_counts_three_in_its_place(void **state)
{
    (void)state;
    struct document document;
    document_init(&document);
    set(&document, FIELD_ID, "n1");
    set(&document, FIELD_TITLE, "Cat plans");
    set(&document, FIELD_TYPE, "text");
    assert_int_equal(document_set_text(&document, SPAN("Cat plans\nCats sleep.")), OK);
    document.title_range = (struct range){0, 9};
    char *text = terms_of(&document);
    /* the file's term ends in its hash */
    char *file = strstr(text, "\nXP");
    assert_non_null(file);
    char rest[1000];
    snprintf(rest, sizeof rest, "%s", strchr(file + 1, '\n'));
    file[3] = '\0';
    assert_string_equal(text, "Dnone 0\nLen 0\nQn1 0\nScat 0\nSplans 0\nTtext 0\nXP");
    assert_string_equal(rest, "\nZScat 0 @1\nZSplan 0 @2\nZcat 4 @1 @3\nZplan 3 @2\nZsleep 1 @4\n"
                              "cat 3\ncats 1\nplans 3\nsleep 1\n");
    free(text);
    document_release(&document);
}

static void test_terms__title_from_elsewhere_stands_before_the_text(void **state)
{
    (void)state;
    struct document document;
    document_init(&document);
    set(&document, FIELD_ID, "n1");
    set(&document, FIELD_TITLE, "Two cats");
    assert_int_equal(document_set_text(&document, SPAN("Cats sleep")), OK);
    assert_has_terms(&document, (const char *const[]){"ZStwo 0 @1", "ZScat 0 @2", "Zcat 4 @2 @103", "Zsleep 1 @104",
                                                      "two 3", "cats 4", NULL});
    document_release(&document);
}

static void test_terms__fields_weigh_nothing(void **state)
{
    (void)state;
    struct document document;
    document_init(&document);
    set(&document, FIELD_ID, "n1");
    set(&document, FIELD_DATE, "2014-10-08");
    set(&document, FIELD_SOURCE, "Jiji  Press");
    set(&document, FIELD_AUTHOR, "Aiko Sato");
    set(&document, FIELD_LANGUAGE, "de");
    set(&document, FIELD_TYPE, "jsonl");
    assert_int_equal(document_set_text(&document, SPAN("Katzen")), OK);
    assert_has_terms(&document, (const char *const[]){"Asato 0 @2", "D20141008 0", "Lde 0", "M201410 0", "Qn1 0",
                                                      "Tjsonl 0", "XSjiji 0 @1", "XSpress 0 @2", "XVjiji press 0",
                                                      "Y2014 0", "Zkatz 1 @1", "katzen 1", NULL});
    document_release(&document);
}

/* Without a counted word there is no length, and no positions either. */
static void test_terms__document_without_words_has_no_positions(void **state)
{
    (void)state;
    struct document document;
    document_init(&document);
    set(&document, FIELD_ID, "n1");
    set(&document, FIELD_AUTHOR, "Aiko");
    char *text = terms_of(&document);
    assert_int_equal(strncmp(text, "Aaiko 0\nDnone 0\nLen 0\nQn1 0\nXP", 30), 0);
    free(text);
    document_release(&document);
}

static void test_terms__bigrams_carry_the_length_and_characters_are_found(void **state)
{
    (void)state;
    struct document document;
    document_init(&document);
    set(&document, FIELD_ID, "n1");
    assert_int_equal(document_set_text(&document, SPAN("東京都 水")), OK);
    assert_has_terms(&document, (const char *const[]){"Z東京 1 @1", "Z京都 1 @2", "Z東 0 @1", "Z京 0 @2", "Z水 1 @4",
                                                      "東京 1", "水 1", NULL});
    document_release(&document);
}

static void test_terms__marked_word_is_found_without_marks(void **state)
{
    (void)state;
    struct document document;
    document_init(&document);
    set(&document, FIELD_ID, "n1");
    set(&document, FIELD_LANGUAGE, "fr");
    assert_int_equal(document_set_text(&document, SPAN("Pérou")), OK);
    assert_has_terms(&document, (const char *const[]){"Zperou 1 @1", "perou 1", NULL});
    document_release(&document);
}

static void test_terms__long_id_is_one_term_within_the_limit(void **state)
{
    (void)state;
    struct document document;
    char id[1000];
    memset(id, 'i', sizeof id - 1);
    id[sizeof id - 1] = '\0';
    document_init(&document);
    set(&document, FIELD_ID, id);
    char *text = terms_of(&document);
    const char *term = strstr(text, "\nQiii");
    assert_non_null(term);
    assert_int_equal(strcspn(term + 1, " "), TERM_BYTES_MAX);
    free(text);
    document_release(&document);
}

/* Pieces of a long text are joined without a seam: the words count on. */
static void test_terms__positions_go_on_over_pieces(void **state)
{
    (void)state;
    enum { WORDS = 1500000 }; /* 6 MB: over one piece */
    struct document document;
    document_init(&document);
    set(&document, FIELD_ID, "n1");
    struct buffer text;
    buffer_init(&text, 16 << 20);
    for (int i = 0; i < WORDS; i++) assert_int_equal(buffer_append(&text, "one ", 4), OK);
    assert_int_equal(buffer_append_string(&text, "last"), OK);
    assert_int_equal(document_set_text(&document, buffer_span(&text)), OK);
    struct error error;
    struct buffer bytes;
    struct prepared prepared;
    struct prepared_walk walk = {0};
    struct prepared_term term;
    struct origin origin = {SPAN("/data/news.txt"), SPAN("en"), 1};
    buffer_init(&bytes, 1 << 26);
    assert_int_equal(preparer_begin(&preparer, &document, &origin, &error), OK);
    assert_int_equal(preparer_finish(&bytes, &preparer, &error), OK);
    assert_int_equal(prepared_read(&prepared, buffer_span(&bytes)), OK);
    prepared_walk_start(&walk, &prepared);
    int seen = 0;
    while (!prepared_next_term(&term, &walk)) {
        if (span_equal(term.term, SPAN("Zone"))) {
            assert_int_equal(term.wdf, WORDS);
            assert_int_equal(term.position_count, WORDS);
            for (uint32_t i = 0; i < WORDS; i++) assert_int_equal(term.positions[i], i + 1);
            seen++;
        } else if (span_equal(term.term, SPAN("Zlast"))) {
            assert_int_equal(term.positions[0], WORDS + 1);
            seen++;
        }
    }
    assert_int_equal(seen, 2);
    prepared_walk_release(&walk);
    buffer_release(&bytes);
    buffer_release(&text);
    document_release(&document);
}

static void test_terms__document_without_id_is_refused(void **state)
{
    (void)state;
    struct document document;
    struct error error;
    struct origin origin = {SPAN("/x"), SPAN("en"), 1};
    document_init(&document);
    assert_int_equal(preparer_begin(&preparer, &document, &origin, &error), INVALID);
    document_release(&document);
}

static void test_terms__record_holds_path_and_language_taken(void **state)
{
    (void)state;
    struct document document;
    struct error error;
    struct record record;
    struct origin origin = {SPAN("/data/a\nb.txt"), SPAN("en"), 9};
    document_init(&document);
    set(&document, FIELD_ID, "n1");
    assert_int_equal(document_set_text(&document, SPAN("words")), OK);
    assert_int_equal(preparer_begin(&preparer, &document, &origin, &error), OK);
    assert_int_equal(record_decode(&record, buffer_span(&preparer.record)), OK);
    assert_true(span_equal(record.field[RECORD_PATH], SPAN("/data/a%0Ab.txt")));
    assert_true(span_equal(record.field[RECORD_LANGUAGE], SPAN("en")));
    assert_true(span_equal(record.text, SPAN("words")));
    assert_int_equal(record.where, 9);
    document_release(&document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_terms__title_in_the_text_counts_three_in_its_place),
        cmocka_unit_test(test_terms__title_from_elsewhere_stands_before_the_text),
        cmocka_unit_test(test_terms__fields_weigh_nothing),
        cmocka_unit_test(test_terms__document_without_words_has_no_positions),
        cmocka_unit_test(test_terms__bigrams_carry_the_length_and_characters_are_found),
        cmocka_unit_test(test_terms__marked_word_is_found_without_marks),
        cmocka_unit_test(test_terms__long_id_is_one_term_within_the_limit),
        cmocka_unit_test(test_terms__positions_go_on_over_pieces),
        cmocka_unit_test(test_terms__document_without_id_is_refused),
        cmocka_unit_test(test_terms__record_holds_path_and_language_taken),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
