/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Queries in scripts without spaces, as words, phrases and fields; their languages are told from the texts. */
#include "index_fixture.h"

#include <string.h>

static const char *const records =
    "{\"id\": \"ja\", \"title\": \"警察庁の発表\", \"text\": \"警察庁はサイバー犯罪の対策について述べた。\"}\n"
    "{\"id\": \"zh\", \"title\": \"部长谈话\", \"text\": \"部长说,警方正在调查网络犯罪,直到晚上才知道事情。\"}\n"
    "{\"id\": \"ko\", \"title\": \"경찰청 발표\", \"text\": \"경찰청은 사이버 범죄 대책에 대해 말했다.\"}\n"
    "{\"id\": \"th\", \"title\": \"ข่าวตำรวจ\", \"text\": \"ตำรวจไทยสอบสวนอาชญากรรมทางไซเบอร์ในกรุงเทพ\"}\n"
    "{\"id\": \"km\", \"text\": \"រដ្ឋមន្ត្រីបាននិយាយអំពីអគ្គីភ័យ\"}\n"
    "{\"id\": \"de\", \"text\": \"Die Polizei hat nach den Verbrechen in der Stadt gefragt und nicht mehr gesagt.\"}\n";

static struct searcher *searcher;

static int setup(void **state)
{
    folder_setup(state);
    make_index("scripts.db", records);
    searcher = open_index("scripts.db");
    return 0;
}

static int teardown(void **state)
{
    searcher_free(searcher);
    return folder_teardown(state);
}

static void test_scripts__words_phrases_and_fields(void **state)
{
    static const struct {
        const char *query, *ids;
    } rows[] = {
        {"警察庁", "ja"},
        {"\"サイバー犯罪\"", "ja"},
        {"\"犯罪サイバー\"", ""},
        {"犯罪", "ja zh"},
        {"title:警察庁", "ja"},
        {"title:犯罪", ""},
        {"网络犯罪 -警察庁", "zh"},
        {"\"正在调查\"", "zh"},
        {"警察庁 OR 部长", "ja zh"},
        {"경찰청", "ko"},
        {"title:경찰청", "ko"},
        {"อาชญากรรม", "th"},
        {"\"ตำรวจไทย\"", "th"},
        {"\"ไทยตำรวจ\"", ""},
        {"title:ตำรวจ", "th"},
        {"អគ្គីភ័យ", "km"},
        {"language:ja", "ja"},
        {"language:th", "th"},
        {"language:de", "de"},
        {"verbrechens", "de"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *ids = found(searcher, rows[i].query);
        if (strcmp(ids, rows[i].ids) != 0) fail_msg("%s finds '%s', not '%s'", rows[i].query, ids, rows[i].ids);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_scripts__words_phrases_and_fields)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
