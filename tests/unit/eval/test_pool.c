/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support.h"

static char paths[3][40];

static int set_up(void **state)
{
    static const char *const texts[] = {"2 Q0 c 1 3 t\n2 Q0 a 2 2 t\n2 Q0 z 3 1 t\n10 Q0 k 1 1 t\n",
                                        "2 Q0 b 1 9 u\n2 Q0 c 2 8 u\n2 Q0 y 3 7 u\n", "2 0 b 1\n2 0 c -1\n"};
    (void)state;
    for (int i = 0; i < 3; i++) {
        strcpy(paths[i], "/tmp/dossier-pool-XXXXXX");
        int descriptor = mkstemp(paths[i]);
        if (descriptor < 0 || write(descriptor, texts[i], strlen(texts[i])) < 0 || close(descriptor) < 0) return -1;
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) unlink(paths[i]);
    return 0;
}

static void expect(int argc, char **argv, int expected_status, const char *expected)
{
    char *text;
    size_t length;
    int exit_status;
    FILE *out = open_memstream(&text, &length);
    pool_main(argc, argv, out, out, &exit_status);
    fclose(out);
    assert_int_equal(exit_status, expected_status);
    assert_string_equal(text, expected);
    free(text);
}

static void test_pool__takes_the_first_of_each_run_once(void **state)
{
    (void)state;
    expect(5, (char *[]){"pool", "--depth", "2", paths[0], paths[1], NULL}, 0,
           "10 0 k -1\n2 0 a -1\n2 0 b -1\n2 0 c -1\n");
}

static void test_pool__leaves_out_what_is_judged(void **state)
{
    (void)state;
    expect(7, (char *[]){"pool", "-k", "2", "-j", paths[2], paths[0], paths[1], NULL}, 0,
           "10 0 k -1\n2 0 a -1\n2 0 c -1\n");
}

static void test_pool__says_what_is_wrong(void **state)
{
    (void)state;
    expect(1, (char *[]){"pool", NULL}, 2,
           "dossier pool: needs a run at least\nusage: dossier pool [--depth N] [--judged QRELS] RUN…\n");
    expect(3, (char *[]){"pool", "-k0", paths[0], NULL}, 2,
           "dossier pool: option --depth needs a whole number above 0, not '0'\n"
           "usage: dossier pool [--depth N] [--judged QRELS] RUN…\n");
    expect(2, (char *[]){"pool", "nothing-here", NULL}, 4,
           "dossier pool: cannot open 'nothing-here': No such file or directory\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pool__takes_the_first_of_each_run_once),
        cmocka_unit_test(test_pool__leaves_out_what_is_judged),
        cmocka_unit_test(test_pool__says_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
