/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/names/fold.h"
#include "indexer/entities/names/lists.h"
#include "indexer/entities/names/pieces.h"
#include "indexer/entities/names/table.h"
#include "indexer/entities/names/user.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct list_record *look_up(const struct lists *lists, const char *phrase)
{
    struct piece pieces[LIST_PHRASE_MAX];
    uint64_t hash = 0;
    size_t count = pieces_of_phrase(pieces, LIST_PHRASE_MAX, span_of(phrase));
    for (size_t i = 0; i < count; i++) hash = phrase_join(hash, pieces[i].hash);
    return lists_record(lists, lists_find(lists, hash));
}

static void test_lists__built_in_table_knows_names(void **state)
{
    (void)state;
    const struct lists *lists = lists_builtin();
    struct lists opened;
    assert_int_equal(lists_open(&opened, lists->header, lists->header->bytes, NULL), OK);
    assert_true(look_up(lists, "Viet Nam")->classes & IS_COUNTRY);
    assert_true(span_equal(lists_name(lists, look_up(lists, "Viet Nam")), SPAN("Vietnam")));
    assert_true(look_up(lists, "Philippine")->classes & IS_DEMONYM);
    assert_true(look_up(lists, "Surabaya")->classes & IS_CITY);
    assert_true(look_up(lists, "Tawau")->classes & IS_CITY);
    assert_true(look_up(lists, "Datuk Seri")->classes & IS_TITLE);
    assert_true(look_up(lists, "Kishida")->classes & IS_FAMILY);
    assert_true(look_up(lists, "Ministry")->classes & IS_HEAD);
    assert_null(look_up(lists, "Zzyzyx"));
}

/* All lists and the model together stay under 8 MB; the model takes at most 6. */
static void test_lists__built_in_table_is_small(void **state)
{
    (void)state;
    assert_in_range(lists_builtin()->header->bytes, 500000, 2000000);
}

/* Finding a phrase costs a bounded number of probes: what makes tagging linear. */
static void test_lists__slots_are_spread(void **state)
{
    (void)state;
    const struct lists *lists = lists_builtin();
    uint32_t longest = 0, run = 0, used = 0;
    for (uint32_t i = 0; i < lists->header->slots; i++) {
        run = lists->slots[i] ? run + 1 : 0;
        used += lists->slots[i] != 0;
        if (run > longest) longest = run;
    }
    assert_in_range(used, 1, lists->header->slots * 4 / 5);
    assert_in_range(longest, 1, 400);
}

static void test_lists__shared_acronym_keeps_all_meanings(void **state)
{
    (void)state;
    const struct lists *lists = lists_builtin();
    size_t meanings = 0;
    for (const struct list_record *r = look_up(lists, "AFP"); r; r = lists_record(lists, r->next)) meanings++;
    assert_int_equal(meanings, 3);
    assert_int_equal(look_up(lists, "AFP")->capitals, WRITTEN_UPPER);
    assert_int_equal(look_up(lists, "ASEAN")->capitals, WRITTEN_CAPITAL); /* also written Asean */
}

static void test_lists__damaged_table_is_refused(void **state)
{
    (void)state;
    struct table *table;
    struct buffer out;
    struct lists lists;
    struct error error;
    buffer_init(&out, 1 << 20);
    assert_int_equal(table_new(&table), OK);
    assert_int_equal(table_add(table, SPAN("Zentrax Isle"), SPAN("Zentrax Isle"), IS_REGION, 0), OK);
    assert_int_equal(table_write(table, &out), OK);
    assert_int_equal(lists_open(&lists, out.data, out.length, &error), OK);
    assert_non_null(look_up(&lists, "zentrax isle"));
    assert_int_equal(lists_open(&lists, out.data, out.length - 1, &error), DAMAGED);
    out.data[out.length - 3] ^= 1;
    assert_int_equal(lists_open(&lists, out.data, out.length, &error), DAMAGED);
    assert_string_equal(error.message, "table of names is damaged (build dossier again)");
    table_free(table);
    buffer_release(&out);
}

static void test_lists__bad_line_is_named(void **state)
{
    (void)state;
    struct table *table;
    struct error error;
    assert_int_equal(table_new(&table), OK);
    assert_int_equal(table_read(table, "organizations.tsv", SPAN("# head\nZentrax\tintl\tZX\nOrbis\tclub\n"), &error),
                     INVALID);
    assert_string_equal(error.message, "organizations.tsv, line 3: cannot be read (invalid input)");
    assert_int_equal(error.position, 3);
    assert_int_equal(table_read(table, "friends.tsv", SPAN("x\n"), &error), UNSUPPORTED);
    table_free(table);
}

static void test_lists__same_lines_same_bytes(void **state)
{
    (void)state;
    struct buffer out[2];
    for (int i = 0; i < 2; i++) {
        struct table *table;
        buffer_init(&out[i], 1 << 20);
        assert_int_equal(table_new(&table), OK);
        assert_int_equal(table_read(table, "countries.tsv", SPAN("Zentria\tZ.T.|Zent\tZentrian\n"), NULL), OK);
        assert_int_equal(table_write(table, &out[i]), OK);
        table_free(table);
    }
    assert_true(span_equal(buffer_span(&out[0]), buffer_span(&out[1])));
    buffer_release(&out[0]);
    buffer_release(&out[1]);
}

static void test_lists__query_alias_becomes_canonical(void **state)
{
    (void)state;
    assert_true(span_equal(names_expand(NULL, TAG_ORGANIZATION, SPAN("asean")),
                           SPAN("Association of Southeast Asian Nations")));
    assert_true(span_equal(names_expand(NULL, TAG_PLACE, SPAN("usa")), SPAN("United States")));
    assert_true(span_equal(names_expand(NULL, (enum tag_type)0, SPAN("viet nam")), SPAN("Vietnam")));
    assert_true(span_equal(names_expand(NULL, TAG_ORGANIZATION, SPAN("AFP")), SPAN("AFP")));
    assert_true(span_equal(names_expand(NULL, TAG_PERSON, SPAN("asean")), SPAN("asean")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists__built_in_table_knows_names),
        cmocka_unit_test(test_lists__built_in_table_is_small),
        cmocka_unit_test(test_lists__slots_are_spread),
        cmocka_unit_test(test_lists__shared_acronym_keeps_all_meanings),
        cmocka_unit_test(test_lists__damaged_table_is_refused),
        cmocka_unit_test(test_lists__bad_line_is_named),
        cmocka_unit_test(test_lists__same_lines_same_bytes),
        cmocka_unit_test(test_lists__query_alias_becomes_canonical),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
