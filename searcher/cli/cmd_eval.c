/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands of searcher/eval that need no index: they parse their own arguments, as trec_eval's users expect. */
#include "searcher/cli/command.h"
#include "searcher/eval/eval_command.h"

typedef enum status eval_entry(int argc, char **argv, FILE *out, FILE *err, int *exit_status);

static int run_entry(eval_entry *entry, int argc, char **argv)
{
    int exit_status = EXIT_DONE;
    entry(argc, argv, stdout, stderr, &exit_status);
    return exit_status == EXIT_MACHINE ? exit_status : finish_output(exit_status); /* what failed has been told */
}

static int run_eval(int argc, char **argv)
{
    return run_entry(eval_main, argc, argv);
}

static int run_compare(int argc, char **argv)
{
    return run_entry(compare_main, argc, argv);
}

static int run_pool(int argc, char **argv)
{
    return run_entry(pool_main, argc, argv);
}

const struct command command_eval = {
    .name = "eval",
    .operands = "QRELS RUN",
    .summary = "measure a run against judgements, with trec_eval's options",
    .raw = run_eval,
};

const struct command command_compare = {
    .name = "compare",
    .operands = "QRELS RUN RUN…",
    .summary = "tell whether the difference between runs is real",
    .raw = run_compare,
};

const struct command command_pool = {
    .name = "pool",
    .operands = "RUN…",
    .summary = "collect the top documents of runs for judging",
    .raw = run_pool,
};
