/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The output of trec_eval 10 for runs and judgements made for the purpose (plain, graded, ties, missing topics,
 * negative grades, no relevant document), in ../shared/golden/trec_eval: ours has to be the same byte for byte. Where
 * that folder is not there the test is skipped. */
#include "support.h"

#define GOLDEN SHARED_DIR "/golden/trec_eval"

enum { LINE_ROOM = 500 };

static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "r");
    char *text = NULL;
    size_t room = 0;
    if (!file) return NULL;
    ssize_t got = getdelim(&text, &room, EOF, file);
    fclose(file);
    *length = got < 0 ? 0 : (size_t)got;
    return text;
}

static bool one_case(const char *folder, char *flags, const char *expected_name)
{
    char qrels[LINE_ROOM], run[LINE_ROOM], path[LINE_ROOM], *argv[40] = {"eval"};
    snprintf(qrels, sizeof qrels, GOLDEN "/%.100s/qrels", folder);
    snprintf(run, sizeof run, GOLDEN "/%.100s/run", folder);
    snprintf(path, sizeof path, GOLDEN "/%.200s", expected_name);
    int argc = 1, exit_status;
    for (char *word = strtok(flags, " "); word && argc < 30; word = strtok(NULL, " ")) argv[argc++] = word;
    argv[argc++] = qrels;
    argv[argc++] = run;
    char *out_text, *err_text;
    size_t out_length, err_length, length;
    FILE *out = open_memstream(&out_text, &out_length), *err = open_memstream(&err_text, &err_length);
    eval_main(argc, argv, out, err, &exit_status);
    fclose(out);
    fclose(err);
    char *expected = read_file(path, &length);
    bool same = exit_status == 0 && expected && length == out_length && memcmp(expected, out_text, length) == 0;
    free(expected);
    free(out_text);
    free(err_text);
    return same;
}

static void test_golden__is_what_trec_eval_prints(void **state)
{
    (void)state;
    FILE *cases = fopen(GOLDEN "/cases.tsv", "r");
    if (!cases) skip();
    char line[LINE_ROOM];
    int count = 0, different = 0;
    while (fgets(line, sizeof line, cases)) {
        char *save, *folder = strtok_r(line, "\t\n", &save), *flags = strtok_r(NULL, "\t\n", &save);
        char *expected = strtok_r(NULL, "\t\n", &save), shown[LINE_ROOM];
        if (!expected || folder[0] == '#') continue;
        snprintf(shown, sizeof shown, "%s %s", folder, flags);
        count++;
        if (one_case(folder, flags, expected)) continue;
        different++;
        print_error("different: %s\n", shown);
    }
    fclose(cases);
    print_message("%d cases, %d different\n", count, different);
    assert_int_equal(different, 0);
    assert_true(count >= 47);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_golden__is_what_trec_eval_prints)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
