/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Against published examples, and against R 4.2's t.test, wilcox.test, pt, psignrank and p.adjust. */
#include "support.h"

/* Extra hours of sleep under two drugs: "Student" 1908, The probable error of a mean; R's data set "sleep". The
 * differences are taken as there, in floating point. */
static const double SLEEP[10] = {0.7 - 1.9, -1.6 - 0.8, -0.2 - 1.1, -1.2 - 0.1, -0.1 - -0.1,
                                 3.4 - 4.4, 3.7 - 5.5,  0.8 - 1.6,  0.0 - 4.6,  2.0 - 3.4};
/* Hamilton depression scale at two visits: Hollander & Wolfe 1973, p. 29; the example of R's wilcox.test. */
static const double DEPRESSION[9] = {1.83 - 0.878, 0.50 - 0.647, 1.62 - 0.598, 2.48 - 2.05, 1.68 - 1.06,
                                     1.88 - 1.29,  1.55 - 1.06,  3.06 - 3.14,  1.30 - 1.29};
/* Crossed against self-fertilised maize, eighths of an inch: Darwin 1876; Fisher 1935, The design of experiments,
 * ch. 3. */
static const double MAIZE[15] = {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};
/* Wear of shoe soles of two materials: Box, Hunter & Hunter 1978, table 4.3; MASS's data set "shoes". */
static const double SHOES[10] = {13.2 - 14, 8.2 - 8.8, 10.9 - 11.2, 14.3 - 14.2, 10.7 - 11.8,
                                 6.6 - 6.4, 9.5 - 9.8, 10.8 - 11.3, 8.8 - 9.3,   13.3 - 13.6};

static struct paired test_of(const double *differences, size_t count)
{
    struct paired test;
    assert_int_equal(paired_test(&test, differences, count, RANDOMISATION_SAMPLES, 1, NULL), OK);
    return test;
}

static void test_statistics__t_test_as_r_has_it(void **state)
{
    (void)state;
    struct paired test = test_of(SLEEP, 10);
    assert_close(test.t, -4.0621276833820366, 1e-9);
    assert_close(test.t_p, 0.0028328901973842702, 1e-12);
    assert_close(test.effect, -1.2845575625910546, 1e-9);
    test = test_of(DEPRESSION, 9);
    assert_close(test.t, 3.0353754156485913, 1e-9);
    assert_close(test.t_p, 0.016176627434908095, 1e-12);
    test = test_of(MAIZE, 15);
    assert_close(test.t, 2.1479874613311201, 1e-9);
    assert_close(test.t_p, 0.049702944021800928, 1e-12);
    test = test_of(SHOES, 10);
    assert_close(test.t_p, 0.0085387807175989396, 1e-12);
}

static void test_statistics__signed_rank_as_r_has_it(void **state)
{
    (void)state;
    struct paired test = test_of(DEPRESSION, 9);
    assert_true(test.wilcoxon_exact);
    assert_close(test.signed_rank, 40, 0);
    assert_close(test.wilcoxon_p, 0.0390625, 1e-12);
    test = test_of(MAIZE, 15);
    assert_true(test.wilcoxon_exact);
    assert_close(test.signed_rank, 96, 0);
    assert_close(test.wilcoxon_p, 0.041259765625, 1e-12);
    test = test_of(SLEEP, 10); /* a zero and a tie: the normal approximation */
    assert_false(test.wilcoxon_exact);
    assert_close(test.signed_rank, 0, 0);
    assert_close(test.wilcoxon_p, 0.0090906980159250559, 1e-12);
    test = test_of(SHOES, 10);
    assert_close(test.signed_rank, 3, 0);
    assert_close(test.wilcoxon_p, 0.014305878435429633, 1e-12);
    double zeros[] = {0, 0, 1, 2, 3, -1, 4, 5, -2, 2, 7, 8};
    test = test_of(zeros, 12);
    assert_close(test.signed_rank, 49.5, 0);
    assert_close(test.wilcoxon_p, 0.027904030795170263, 1e-12);
}

static void test_statistics__signed_rank_of_many_is_approximated(void **state)
{
    (void)state;
    double big[60];
    for (int i = 1; i <= 60; i++) big[i - 1] = i * (37 % 101) / 101.0 - 0.45; /* R: %% binds closer than * */
    struct paired test = test_of(big, 60);
    assert_false(test.wilcoxon_exact);
    assert_close(test.signed_rank, 1829, 0);
    assert_close(test.wilcoxon_p, 1.7580439801766057e-11, 1e-16);
    assert_close(test.t, 12.982923202821892, 1e-9);
    assert_close(test.t_p, 6.0729602843413095e-19, 1e-24);
}

static void test_statistics__randomisation_as_fisher_did_it(void **state)
{
    (void)state;
    /* Fisher 1935, section 21: of 32,768 assignments of signs 863 have a sum of at least 314, and by symmetry as many
     * one of at most -314 */
    struct paired test = test_of(MAIZE, 15);
    assert_true(test.randomisation_exact);
    assert_close(test.randomisation_p, 2 * 863.0 / 32768, 1e-12);
}

static void test_statistics__randomisation_draws_when_there_are_too_many(void **state)
{
    (void)state;
    struct paired drawn, all;
    assert_int_equal(paired_test(&all, MAIZE, 15, 1 << 15, 1, NULL), OK);
    assert_int_equal(paired_test(&drawn, MAIZE, 15, 30000, 1, NULL), OK);
    assert_true(all.randomisation_exact);
    assert_false(drawn.randomisation_exact);
    assert_close(drawn.randomisation_p, all.randomisation_p, 0.005);
    struct paired again;
    assert_int_equal(paired_test(&again, MAIZE, 15, 30000, 1, NULL), OK);
    assert_true(again.randomisation_p == drawn.randomisation_p);
    assert_true(again.low == drawn.low && again.high == drawn.high);
}

static void test_statistics__bootstrap_interval_is_near_the_t_interval(void **state)
{
    (void)state;
    struct paired test = test_of(MAIZE, 15); /* t interval: 20.93 - 20.90 and + 20.90; percentiles are narrower */
    assert_true(test.low > 0 && test.low < 6);
    assert_true(test.high > 36 && test.high < 41.9);
    assert_close(test.mean, 20.933333333333334, 1e-12);
}

static void test_statistics__counts_wins_ties_and_losses(void **state)
{
    (void)state;
    struct paired test = test_of(SLEEP, 10);
    assert_int_equal(test.wins, 0);
    assert_int_equal(test.ties, 1);
    assert_int_equal(test.losses, 9);
}

static void test_statistics__no_difference_is_p_1(void **state)
{
    (void)state;
    struct paired test = test_of((double[]){0, 0, 0}, 3);
    assert_close(test.t_p, 1, 0);
    assert_close(test.wilcoxon_p, 1, 0);
    assert_close(test.randomisation_p, 1, 0);
}

static void test_statistics__says_nothing_where_nothing_can_be_said(void **state)
{
    (void)state;
    struct paired test = test_of((double[]){0.5}, 1);
    assert_true(isnan(test.t_p) && isnan(test.wilcoxon_p) && isnan(test.randomisation_p));
    test = test_of((double[]){0.5, 0.5, 0.5}, 3); /* all one number: R's t.test refuses as well */
    assert_true(isnan(test.t_p));
    assert_close(test.randomisation_p, 0.25, 1e-12);
    test = test_of(NULL, 0);
    assert_true(isnan(test.mean));
}

static void test_statistics__holm_as_r_has_it(void **state)
{
    (void)state;
    double p[] = {0.01, 0.04, NAN, 0.03, 0.005};
    assert_int_equal(holm_correct(p, 5, NULL), OK);
    assert_close(p[0], 0.03, 1e-15);
    assert_close(p[1], 0.06, 1e-15);
    assert_true(isnan(p[2]));
    assert_close(p[3], 0.06, 1e-15);
    assert_close(p[4], 0.02, 1e-15);
}

static void test_statistics__student_as_r_has_it(void **state)
{
    (void)state;
    assert_close(student_two_sided(2.5, 7), 0.040992218585752874, 1e-14);
    assert_close(student_two_sided(-0.3, 1), 0.81445284184451539, 1e-14);
    assert_close(student_two_sided(8, 200), 9.8792009093306947e-14, 1e-24);
    assert_close(student_two_sided(0, 5), 1, 1e-15);
}

/* R itself, where it is installed: ten lists of random differences. */
static void test_statistics__agrees_with_r_on_random_data(void **state)
{
    (void)state;
    if (system("command -v Rscript > /dev/null 2>&1") != 0) skip();
    uint64_t seed = 7;
    char path[] = "/tmp/dossier-r-XXXXXX", command[200], line[200];
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    FILE *script = fdopen(descriptor, "w");
    struct paired tests[10];
    fputs("f<-function(d){w<-suppressWarnings(wilcox.test(d));"
          "cat(sprintf('%.17g %.17g %.17g\\n',t.test(d)$p.value,w$statistic,w$p.value))}\n",
          script);
    for (int list = 0; list < 10; list++) {
        double differences[70];
        size_t count = 5 + random_below(&seed, 65);
        fputs("f(c(", script);
        for (size_t i = 0; i < count; i++) {
            double unit = (double)random_below(&seed, 2000) / 2000 - 0.4;
            differences[i] = list % 2 ? unit : round(unit * 10) / 8; /* every other list with ties and zeros */
            fprintf(script, "%s%.17g", i ? "," : "", differences[i]);
        }
        fputs("))\n", script);
        tests[list] = test_of(differences, count);
    }
    fclose(script);
    snprintf(command, sizeof command, "Rscript %s", path);
    FILE *output = popen(command, "r");
    assert_non_null(output);
    for (int list = 0; list < 10; list++) {
        double t_p, rank, wilcoxon_p;
        assert_non_null(fgets(line, sizeof line, output));
        assert_int_equal(sscanf(line, "%lf %lf %lf", &t_p, &rank, &wilcoxon_p), 3);
        assert_close(tests[list].t_p, t_p, 1e-10);
        assert_close(tests[list].signed_rank, rank, 0);
        assert_close(tests[list].wilcoxon_p, wilcoxon_p, 1e-10);
    }
    assert_int_equal(pclose(output), 0);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_statistics__t_test_as_r_has_it),
        cmocka_unit_test(test_statistics__signed_rank_as_r_has_it),
        cmocka_unit_test(test_statistics__signed_rank_of_many_is_approximated),
        cmocka_unit_test(test_statistics__randomisation_as_fisher_did_it),
        cmocka_unit_test(test_statistics__randomisation_draws_when_there_are_too_many),
        cmocka_unit_test(test_statistics__bootstrap_interval_is_near_the_t_interval),
        cmocka_unit_test(test_statistics__counts_wins_ties_and_losses),
        cmocka_unit_test(test_statistics__no_difference_is_p_1),
        cmocka_unit_test(test_statistics__says_nothing_where_nothing_can_be_said),
        cmocka_unit_test(test_statistics__holm_as_r_has_it),
        cmocka_unit_test(test_statistics__student_as_r_has_it),
        cmocka_unit_test(test_statistics__agrees_with_r_on_random_data),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
