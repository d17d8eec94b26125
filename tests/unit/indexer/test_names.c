/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of a document: terms with positions, values, the record's names. */
#include "fixture.h"
#include "indexer/naming.h"
#include "indexer/prepared.h"
#include "indexer/terms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MODEL SOURCE_DIR "/indexer/entities/models/en.model"

static struct naming *naming;
static struct preparer preparer;
static struct buffer bytes;

static int setup(void **state)
{
    (void)state;
    struct error error;
    struct naming_options options = {.model = MODEL};
    buffer_init(&bytes, 1 << 28);
    return naming_open(&naming, &options, &error) || preparer_init(&preparer) || preparer_use_names(&preparer, naming);
}

static int teardown(void **state)
{
    (void)state;
    preparer_release(&preparer);
    naming_free(naming);
    buffer_release(&bytes);
    return 0;
}

/* A document, prepared; it borrows from [bytes] until the next call. */
static struct prepared prepare(const char *title, struct span text, const char *language)
{
    struct document document;
    struct error error;
    struct prepared prepared;
    struct origin origin = {SPAN("/data/news.txt"), span_of(language), 1};
    document_init(&document);
    assert_int_equal(document_set(&document, FIELD_ID, SPAN("n1")), OK);
    if (title) assert_int_equal(document_set(&document, FIELD_TITLE, span_of(title)), OK);
    assert_int_equal(document_set_text(&document, text), OK);
    buffer_clear(&bytes);
    assert_int_equal(preparer_begin(&preparer, &document, &origin, &error), OK);
    assert_int_equal(preparer_finish(&bytes, &preparer, &error), OK);
    assert_int_equal(prepared_read(&prepared, buffer_span(&bytes)), OK);
    document_release(&document);
    return prepared;
}

/* The terms of names, a line each: term, wdf, positions. */
static char *name_terms(const struct prepared *prepared)
{
    struct prepared_walk walk = {0};
    struct prepared_term term;
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    prepared_walk_start(&walk, prepared);
    while (!prepared_next_term(&term, &walk)) {
        if (!span_starts(term.term, SPAN(PREFIX_ORGANIZATION)) && !span_starts(term.term, SPAN(PREFIX_PERSON)) &&
            !span_starts(term.term, SPAN(PREFIX_PLACE)))
            continue;
        fprintf(out, "%.*s %u", (int)term.term.length, term.term.data, (unsigned)term.wdf);
        for (size_t i = 0; i < term.position_count; i++) fprintf(out, " @%u", (unsigned)term.positions[i]);
        fprintf(out, "\n");
    }
    fclose(out);
    prepared_walk_release(&walk);
    return text;
}

/* The names of a value, separated by semicolons. */
static char *names_of_value(struct span value)
{
    char *text = NULL;
    size_t size;
    struct span name;
    FILE *out = open_memstream(&text, &size);
    for (const char *before = ""; value_names_next(&name, &value); before = "; ")
        fprintf(out, "%s%.*s", before, (int)name.length, name.data);
    assert_int_equal(value.length, 0);
    fclose(out);
    return text;
}

/* The names of a record, a line each: type, name, and the text of each mention. */
static char *names_of_record(const struct record *record)
{
    struct names_walk walk;
    struct record_name name;
    struct record_mention mention;
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    names_walk_start(&walk, record);
    enum status status;
    while (!(status = record_names_next(&name, &walk))) {
        fprintf(out, "%s %.*s:", name_places[name.type].field, (int)name.name.length, name.name.data);
        while (!record_mentions_next(&mention, &name)) {
            struct span where = mention.in_title ? record->field[RECORD_TITLE] : record->text;
            struct span shown = span_cut(where, mention.start, mention.end);
            fprintf(out, " [%s%.*s]", mention.in_title ? "title " : "", (int)shown.length, shown.data);
        }
        fprintf(out, "\n");
    }
    assert_int_equal(status, NOT_FOUND);
    fclose(out);
    return text;
}

static const char visit[] = "Fumio Kishida met ASEAN ministers in Tokyo.\nKishida left Tokyo for Jakarta, Indonesia.\n";

static void test_names__terms_carry_the_positions_of_mentions(void **state)
{
    (void)state;
    struct prepared prepared = prepare(NULL, span_of(visit), "en");
    char *terms = name_terms(&prepared);
    assert_string_equal(terms, "XEfumio kishida 0 @1 @8\n"
                               "XLindonesia 0 @13\n"
                               "XLjakarta 0 @12\n"
                               "XLtokyo 0 @7 @10\n"
                               "XOassociation of southeast asian nations 0 @4\n");
    free(terms);
}

static void test_names__positions_of_the_text_follow_a_title_from_elsewhere(void **state)
{
    (void)state;
    struct prepared prepared = prepare("Kishida in Tokyo", SPAN("Fumio Kishida met ministers in Tokyo."), "en");
    char *terms = name_terms(&prepared);
    /* the title has the positions 1 to 3, the text those from 3 + SCHEMA_TITLE_GAP + 1 = 104 */
    assert_string_equal(terms, "XEfumio kishida 0 @1 @104\n"
                               "XLtokyo 0 @3 @109\n");
    free(terms);
}

static void test_names__position_is_that_of_a_part_after_a_hyphen(void **state)
{
    (void)state;
    struct prepared prepared = prepare(NULL, SPAN("Officials opened the ASEAN-Japan summit in Bangkok.\n"), "en");
    char *terms = name_terms(&prepared);
    assert_non_null(strstr(terms, "XLbangkok 0 @8\n"));
    assert_non_null(strstr(terms, "XLjapan 0 @5\n"));
    free(terms);
}

static void test_names__positions_hold_behind_the_first_piece(void **state)
{
    (void)state;
    enum { LINES = 450000 }; /* of 10 bytes: more than the 4 MB analysed at once */
    struct buffer text;
    buffer_init(&text, 1 << 24);
    for (int i = 0; i < LINES; i++) assert_int_equal(buffer_append_string(&text, "some rain\n"), OK);
    assert_int_equal(buffer_append_string(&text, "He went to Tokyo again.\n"), OK);
    struct prepared prepared = prepare(NULL, buffer_span(&text), "en");
    char *terms = name_terms(&prepared);
    assert_string_equal(terms, "XLtokyo 0 @900004\n");
    free(terms);
    buffer_release(&text);
}

static void test_names__values_list_the_most_mentioned_first(void **state)
{
    (void)state;
    struct prepared prepared = prepare(NULL, span_of(visit), "en");
    char *places = names_of_value(prepared.value[SLOT_PLACE]);
    char *people = names_of_value(prepared.value[SLOT_PERSON]);
    assert_string_equal(places, "Tokyo; Indonesia; Jakarta");
    assert_string_equal(people, "Fumio Kishida");
    free(places);
    free(people);
}

static void test_names__record_tells_where_they_stand(void **state)
{
    (void)state;
    struct prepared prepared = prepare("Kishida in Tokyo", SPAN("Fumio Kishida met ministers in Tokyo."), "en");
    struct record record;
    assert_int_equal(record_decode(&record, prepared.record), OK);
    char *names = names_of_record(&record);
    assert_string_equal(names, "person Fumio Kishida: [title Kishida] [Fumio Kishida]\n"
                               "place Tokyo: [title Tokyo] [Tokyo]\n");
    free(names);
}

static void test_names__record_hash_is_that_without_them(void **state)
{
    (void)state;
    struct prepared prepared = prepare(NULL, span_of(visit), "en");
    char with[HASH_BYTES], without[HASH_BYTES];
    struct record record;
    struct buffer plain;
    assert_int_equal(record_hash(with, prepared.record), OK);
    assert_memory_equal(with, prepared.hash, HASH_BYTES);
    assert_int_equal(record_decode(&record, prepared.record), OK);
    assert_true(record.names.length > 0);
    record.names = SPAN("");
    buffer_init(&plain, 1 << 20);
    assert_int_equal(record_encode(&plain, &record), OK);
    assert_int_equal(record_hash(without, buffer_span(&plain)), OK);
    assert_memory_equal(with, without, HASH_BYTES);
    buffer_release(&plain);
}

static void test_names__damaged_ones_are_told(void **state)
{
    (void)state;
    static const char *const damaged[] = {"\x01",
                                          "\x07\x01"
                                          "a\x01\x01\x01\x01",
                                          "\x01\x05"
                                          "a",
                                          "\x01\x01"
                                          "a\x02\x01\x01\x01"};
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        struct record record = {.text = SPAN("text"), .names = span_of(damaged[i])};
        struct names_walk walk;
        struct record_name name;
        names_walk_start(&walk, &record);
        assert_int_equal(record_names_next(&name, &walk), DAMAGED);
    }
    /* one mention, from byte 3, of 2 bytes: past the text's end */
    struct record record = {.text = SPAN("text"),
                            .names = SPAN("\x01\x01"
                                          "a\x01\x03\x02\x01")};
    struct names_walk walk;
    struct record_name name;
    struct record_mention mention;
    names_walk_start(&walk, &record);
    assert_int_equal(record_names_next(&name, &walk), OK);
    assert_int_equal(record_mentions_next(&mention, &name), DAMAGED);
}

static void test_names__other_languages_go_by_the_lists_alone(void **state)
{
    (void)state;
    struct prepared prepared = prepare(NULL,
                                       SPAN("Der Minister sprach in Tokyo mit der Presse \xc3\xbc"
                                            "ber Herrn Zwackelmann.\n"),
                                       "de");
    char *terms = name_terms(&prepared);
    assert_string_equal(terms, "XLtokyo 0 @5\n");
    free(terms);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_names__terms_carry_the_positions_of_mentions),
        TEST(test_names__positions_of_the_text_follow_a_title_from_elsewhere),
        TEST(test_names__position_is_that_of_a_part_after_a_hyphen),
        TEST(test_names__positions_hold_behind_the_first_piece),
        TEST(test_names__values_list_the_most_mentioned_first),
        TEST(test_names__record_tells_where_they_stand),
        TEST(test_names__record_hash_is_that_without_them),
        TEST(test_names__damaged_ones_are_told),
        TEST(test_names__other_languages_go_by_the_lists_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
