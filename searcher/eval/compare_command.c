/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dossier compare: runs side by side, with tests of their differences. */
#include "searcher/eval/compare.h"
#include "searcher/eval/eval_command.h"
#include "searcher/eval/lines.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <string.h>

struct settings {
    struct compare_options compare;
    const char *topics_path, *html_path;
    unsigned parts;
    void (*write)(struct writer *, const struct comparison *);
    struct selection selection;
    bool any_measure, any_curve, help;
};

enum {
    OPTION_FORMAT = 256,
    OPTION_HTML,
    OPTION_TOPICS,
    OPTION_PART,
    OPTION_MOVED,
    OPTION_SEED,
    OPTION_SAMPLES,
    OPTION_COMMON
};

static const struct option LONG_OPTIONS[] = {
    {"help", no_argument, NULL, 'h'},
    {"measure", required_argument, NULL, 'm'},
    {"level_for_rel", required_argument, NULL, 'l'},
    {"Judged_docs_only", no_argument, NULL, 'J'},
    {"Max_retrieved_per_topic", required_argument, NULL, 'M'},
    {"common", no_argument, NULL, OPTION_COMMON},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"html", required_argument, NULL, OPTION_HTML},
    {"topics", required_argument, NULL, OPTION_TOPICS},
    {"parts", required_argument, NULL, OPTION_PART},
    {"moved", required_argument, NULL, OPTION_MOVED},
    {"seed", required_argument, NULL, OPTION_SEED},
    {"samples", required_argument, NULL, OPTION_SAMPLES},
    {NULL, 0, NULL, 0},
};

static const char USAGE[] =
    "usage: dossier compare [-m MEASURE]… [--topics FILE] [--format text|md|json] [--html FILE]\n"
    "                       QRELS RUN RUN…\n";

static const char OPTIONS[] =
    "\nCompares runs topic by topic; the first is the baseline of the others.\n\n"
    "  -h, --help                 this help\n"
    "  -m, --measure NAME         a measure (dossier eval -h lists them); again for more. Without it: map,\n"
    "                             ndcg_cut.10, P.10 and recip_rank\n"
    "  -l, -J, -M                 as in dossier eval\n"
    "      --common               only topics that all runs have. Without it all topics that any run has: one missing\n"
    "                             from a run counts there as a topic without results\n"
    "      --topics FILE          the topics, to show the text of those that moved most\n"
    "      --parts P+P            which parts of TREC topics to show: title, desc, narr or several (title)\n"
    "      --moved N              topics that moved most to show, up and down each (5)\n"
    "      --samples N            of the randomisation test (100000)\n"
    "      --seed N               of the random numbers (1): the same seed gives the same figures\n"
    "      --format text|md|json  how to write it\n"
    "      --html FILE            also a page with plots\n";

static const struct {
    const char *name;
    void (*write)(struct writer *, const struct comparison *);
} FORMATS[] = {{"text", compare_write_text}, {"md", compare_write_markdown}, {"json", compare_write_json}};

static enum status read_number(const char *option, const char *argument, long low, long high, long *number,
                               struct error *error)
{
    if (integer_parse(span_of(argument), low, high, number)) return OK;
    return fail(error, INVALID, "option %s needs a whole number from %ld to %ld, not '%s'", option, low, high,
                argument);
}

static enum status read_option(struct settings *settings, int option, const char *argument, struct error *error)
{
    struct compare_options *compare = &settings->compare;
    long number = 0;
    enum status status = OK;
    switch (option) {
    case 'h':
        settings->help = true;
        break;
    case 'm':
        settings->any_measure = true;
        if (strncmp(argument, "iprec_at_recall", 15) == 0 || measure_set_find(argument)) settings->any_curve = true;
        return selection_add(&settings->selection, argument, error);
    case 'l':
        return read_number("-l", argument, -GRADE_MAX, GRADE_MAX, &compare->evaluate.ranking.level, error);
    case 'J':
        compare->evaluate.ranking.judged_only = true;
        break;
    case 'M':
        status = read_number("-M", argument, 0, LONG_MAX / 4, &number, error);
        compare->evaluate.ranking.depth = (size_t)number;
        break;
    case OPTION_COMMON:
        compare->common = true;
        break;
    case OPTION_HTML:
        settings->html_path = argument;
        break;
    case OPTION_TOPICS:
        settings->topics_path = argument;
        break;
    case OPTION_PART:
        return topics_parts_parse(&settings->parts, argument, error);
    case OPTION_MOVED:
        status = read_number("--moved", argument, 0, 1000000, &number, error);
        compare->moved = (size_t)number;
        break;
    case OPTION_SEED:
        status = read_number("--seed", argument, 0, LONG_MAX / 4, &number, error);
        compare->seed = (uint64_t)number;
        break;
    case OPTION_SAMPLES:
        status = read_number("--samples", argument, 100, 100000000, &number, error);
        compare->samples = (size_t)number;
        break;
    case OPTION_FORMAT:
        settings->write = NULL;
        for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++)
            if (strcmp(FORMATS[i].name, argument) == 0) settings->write = FORMATS[i].write;
        if (!settings->write) return fail(error, INVALID, "there is no format '%s'; choose text, md or json", argument);
        break;
    }
    return status;
}

static enum status read_options(struct settings *settings, int argc, char **argv, struct error *error)
{
    optind = 0; /* glibc: start afresh */
    opterr = 0;
    for (;;) {
        int option = getopt_long(argc, argv, ":hm:l:JM:", LONG_OPTIONS, NULL);
        if (option == -1) return OK;
        if (option == ':') return fail(error, INVALID, "option '%s' needs a value", argv[optind - 1]);
        if (option == '?') return fail(error, INVALID, "there is no option '%s'", argv[optind - 1]);
        enum status status = read_option(settings, option, optarg, error);
        if (status != OK) return status;
    }
}

static enum status choose_measures(struct settings *settings, struct error *error)
{
    static const char *const usual[] = {"map", "ndcg_cut.10", "P.10", "recip_rank"};
    enum status status = OK;
    for (size_t i = 0; i < sizeof usual / sizeof *usual && !settings->any_measure && status == OK; i++)
        status = selection_add(&settings->selection, usual[i], error);
    settings->compare.curve_only = !settings->any_curve;
    if (status == OK && settings->html_path) status = selection_add(&settings->selection, "iprec_at_recall", error);
    return status == OK ? selection_finish(&settings->selection, error) : status;
}

static void complain(void *context, const char *message)
{
    fprintf(context, "dossier compare: %s\n", message);
}

static enum status compare_and_report(struct settings *settings, const char **paths, size_t count, FILE *out, FILE *err,
                                      struct error *error)
{
    enum status status = choose_measures(settings, error);
    if (status != OK) return status;
    const struct selected *misfit = selection_misfit(&settings->selection, &QRELS_FORMATS[0]);
    if (misfit)
        return fail(error, INVALID, "measure '%s' needs judgements of another format than qrels",
                    misfit->measure->name);
    struct topics topics = {0};
    if (settings->topics_path) {
        status = topics_read(&topics, settings->topics_path, settings->parts, complain, err, error);
        if (status != OK) return status;
        settings->compare.texts = &topics;
    }
    struct qrels *qrels = NULL;
    struct comparison comparison = {0};
    struct writer writer;
    writer_init(&writer);
    status = qrels_read(&qrels, paths[0], &QRELS_FORMATS[0], error);
    if (status == OK)
        status = compare(&comparison, qrels, &settings->selection, paths + 1, count - 1, &settings->compare, error);
    if (status == OK) {
        settings->write(&writer, &comparison);
        status = writer_flush(&writer, out, error);
    }
    if (status == OK && settings->html_path) {
        buffer_clear(&writer.text);
        compare_write_html(&writer, &comparison);
        status = writer_save(&writer, settings->html_path, error);
    }
    writer_release(&writer);
    comparison_release(&comparison);
    qrels_free(qrels);
    topics_release(&topics);
    return status;
}

enum status compare_main(int argc, char **argv, FILE *out, FILE *err, int *exit_status)
{
    struct settings settings = {
        .compare = {.evaluate = EVALUATE_DEFAULTS, .samples = RANDOMISATION_SAMPLES, .seed = 1, .moved = 5},
        .parts = TOPIC_TITLE,
        .write = compare_write_text};
    struct error error = {0};
    selection_init(&settings.selection);
    enum status status = read_options(&settings, argc, argv, &error);
    bool usage = status != OK && strstr(error.message, "measure") == NULL;
    size_t count = (size_t)(argc - optind);
    if (status == OK && settings.help) {
        fprintf(out, "%s%s", USAGE, OPTIONS);
    } else if (status == OK && (count < 3 || count > COMPARE_RUNS_MAX + 1)) {
        usage = true;
        status = fail(&error, INVALID, "needs judgements and from 2 to %d runs", (int)COMPARE_RUNS_MAX);
    } else if (status == OK) {
        size_t piped = 0;
        for (size_t i = 0; i < count; i++) piped += strcmp(argv[optind + (int)i], "-") == 0;
        status = piped > 1 ? fail(&error, INVALID, "standard input can be read only once")
                           : compare_and_report(&settings, (const char **)argv + optind, count, out, err, &error);
    }
    if (status == OK && (fflush(out) != 0 || ferror(out)))
        status = fail(&error, IO, "cannot write the comparison: %s", strerror(errno));
    if (status != OK) eval_complain(err, out, "compare", &error);
    if (usage) fputs(USAGE, err);
    *exit_status = eval_exit_status(status);
    selection_release(&settings.selection);
    return *exit_status == 4 ? status : OK;
}
