/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dossier eval: trec_eval's command line and output. */
#include "searcher/eval/eval_command.h"

#include "searcher/eval/lines.h"
#include "searcher/eval/report.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <poll.h>
#include <string.h>

struct settings {
    struct evaluate_options evaluate;
    struct report_options report;
    const struct qrels_format *judgements;
    const struct report_format *format;
    const char *means; /* -Z */
    struct selection selection;
    bool help, version, any_measure;
};

enum { OPTION_FORMAT = 256 };

static const struct option LONG_OPTIONS[] = {
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'v'},
    {"query_eval_wanted", no_argument, NULL, 'q'},
    {"measure", required_argument, NULL, 'm'},
    {"complete_rel_info_wanted", no_argument, NULL, 'c'},
    {"level_for_rel", required_argument, NULL, 'l'},
    {"nosummary", no_argument, NULL, 'n'},
    {"Debug_level", required_argument, NULL, 'D'},
    {"Judged_docs_only", no_argument, NULL, 'J'},
    {"Number_docs_in_coll", required_argument, NULL, 'N'},
    {"Max_retrieved_per_topic", required_argument, NULL, 'M'},
    {"Rel_info_format", required_argument, NULL, 'R'},
    {"Results_format", required_argument, NULL, 'T'},
    {"Output_old_results_format", no_argument, NULL, 'o'},
    {"Zscore", required_argument, NULL, 'Z'},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {NULL, 0, NULL, 0},
};

static const char USAGE[] = "usage: dossier eval [-hqcnJ] [-m MEASURE[.PARAMETERS]]… [-l N] [-M N] [-N N] [-R FORMAT]\n"
                            "                    [-T FORMAT] [-Z FILE] [--format trec|json|tsv|md] QRELS RUN\n";

static const char OPTIONS[] =
    "\nEvaluates a run against relevance judgements as trec_eval 10 does. '-' reads standard input.\n\n"
    "  -h, --help                        this help; with -m, -R or -T what they stand for\n"
    "  -v, --version                     the version\n"
    "  -q, --query_eval_wanted           each topic's values, before the summary\n"
    "  -n, --nosummary                   no summary\n"
    "  -c, --complete_rel_info_wanted    average over all judged topics: one missing from the run counts 0.\n"
    "                                    Without it such topics are left out, and a line on standard error tells\n"
    "                                    how many\n"
    "  -l, --level_for_rel N             the lowest grade that is relevant (1)\n"
    "  -M, --Max_retrieved_per_topic N   look at the first N documents of a topic\n"
    "  -N, --Number_docs_in_coll N       documents in the collection, for utility\n"
    "  -J, --Judged_docs_only            take unjudged documents out of the ranking first\n"
    "  -m, --measure NAME[.PARAMETERS]   a measure or a set of measures, listed below; again for more.\n"
    "                                    ir_measures' names will do too, as in P(rel=2)@5\n"
    "  -R, --Rel_info_format FORMAT      of the judgements: qrels, qrels_jg, prefs or qrels_prefs\n"
    "  -T, --Results_format FORMAT       of the run: trec_results\n"
    "  -Z, --Zscore FILE                 distances from the mean in standard deviations, which FILE holds in lines\n"
    "                                    'topic measure mean deviation'\n"
    "  -D, --Debug_level N[.TOPIC]       evaluate TOPIC alone\n"
    "      --format trec|json|tsv|md     how to write it\n"
    "\nA ranking goes by score; documents of one score go by name, from last to first. The rank column is not used.\n";

static const char RUN_FORMAT[] =
    "trec_results\n    One document a line: topic, a field that is ignored, document, rank (ignored), score, tag.\n"
    "    Lines that start with '#' are comments.\n";

int eval_exit_status(enum status status)
{
    switch (status) {
    case OK:
        return 0;
    case IO:
    case NO_MEMORY:
    case STOPPED:
        return 4;
    default:
        return 2;
    }
}

void eval_complain(FILE *err, FILE *out, const char *command, const struct error *error)
{
    struct pollfd reader = {.fd = fileno(out), .events = POLLOUT};
    if (error->status == IO && reader.fd >= 0 && poll(&reader, 1, 0) > 0 && reader.revents & POLLERR) return;
    fprintf(err, "dossier %s: %s\n", command, error->message);
}

static void print_indented(FILE *out, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        fprintf(out, "    %.*s\n", (int)length, text);
        text += length + (text[length] == '\n');
    }
}

static enum status print_help(FILE *out, const struct settings *settings, struct error *error)
{
    fprintf(out, "%s%s\nRun format ", USAGE, OPTIONS);
    fputs(RUN_FORMAT, out);
    fprintf(out, "\nJudgement format %s\n", settings->judgements->name);
    print_indented(out, settings->judgements->explanation);
    fputs("\nSets of measures\n", out);
    for (size_t i = 0; i < MEASURE_SET_COUNT; i++)
        fprintf(out, "%s\n    %s\n", MEASURE_SETS[i].name, MEASURE_SETS[i].explanation);
    fputs("\nMeasures\n", out);
    for (size_t i = 0; i < MEASURE_COUNT; i++) {
        bool asked = !settings->any_measure;
        for (size_t k = 0; k < settings->selection.count; k++)
            if (settings->selection.items[k].measure == &MEASURES[i]) asked = true;
        if (!asked) continue;
        fprintf(out, "%s\n", MEASURES[i].name);
        print_indented(out, MEASURES[i].explanation);
    }
    if (settings->any_measure) return OK;
    struct buffer list;
    buffer_init(&list, (size_t)1 << 20);
    enum status status = selection_list_ir(&list);
    if (status == OK)
        fprintf(out, "\nNames of ir_measures\n%s", list.data);
    else
        fail(error, status, "out of memory writing the help");
    buffer_release(&list);
    return status;
}

static enum status read_integer(const char *option, const char *text, long low, long *value, struct error *error)
{
    if (integer_parse(span_of(text), low, LONG_MAX / 4, value)) return OK;
    return fail(error, INVALID,
                low < 0 ? "option %s needs a whole number, not '%s'"
                        : "option %s needs a whole number of at least 0, not '%s'",
                option, text);
}

static enum status read_option(struct settings *settings, int option, const char *argument, struct error *error)
{
    long number;
    enum status status = OK;
    switch (option) {
    case 'h':
        settings->help = true;
        break;
    case 'v':
        settings->version = true;
        break;
    case 'q':
        settings->report.by_topic = true;
        break;
    case 'n':
        settings->report.no_summary = true;
        break;
    case 'c':
        settings->evaluate.complete = true;
        break;
    case 'J':
        settings->evaluate.ranking.judged_only = true;
        break;
    case 'm':
        settings->any_measure = true;
        return selection_add(&settings->selection, argument, error);
    case 'l':
        return read_integer("-l", argument, -GRADE_MAX, &settings->evaluate.ranking.level, error);
    case 'N':
        return read_integer("-N", argument, 0, &settings->evaluate.ranking.collection, error);
    case 'M':
        status = read_integer("-M", argument, 0, &number, error);
        if (status == OK) settings->evaluate.ranking.depth = (size_t)number;
        break;
    case 'D':
        if (strchr(argument, '.')) settings->evaluate.only_topic = strchr(argument, '.') + 1;
        break;
    case 'R':
        settings->judgements = qrels_format_find(argument);
        if (!settings->judgements)
            return fail(error, INVALID,
                        "there is no judgement format '%s'; choose qrels, qrels_jg, prefs or qrels_prefs", argument);
        break;
    case 'T':
        if (strcmp(argument, "trec_results") != 0)
            return fail(error, INVALID, "there is no run format '%s'; the one there is is trec_results", argument);
        break;
    case 'o':
        break; /* trec_eval takes it, and nothing follows from it */
    case 'Z':
        settings->means = argument;
        settings->report.standardised = true;
        break;
    case OPTION_FORMAT:
        settings->format = NULL;
        for (size_t i = 0; i < REPORT_FORMAT_COUNT; i++)
            if (strcmp(REPORT_FORMATS[i].name, argument) == 0) settings->format = &REPORT_FORMATS[i];
        if (!settings->format)
            return fail(error, INVALID, "there is no format '%s'; choose trec, json, tsv or md", argument);
        break;
    }
    return status;
}

static enum status read_options(struct settings *settings, int argc, char **argv, struct error *error)
{
    optind = 0; /* glibc: start afresh */
    opterr = 0;
    for (;;) {
        int option = getopt_long(argc, argv, ":hvqm:cl:nD:JN:M:R:T:oZ:", LONG_OPTIONS, NULL);
        if (option == -1) return OK;
        if (option == ':') return fail(error, INVALID, "option '%s' needs a value", argv[optind - 1]);
        if (option == '?')
            return optopt && optopt < OPTION_FORMAT ? fail(error, INVALID, "there is no option '-%c'", optopt)
                                                    : fail(error, INVALID, "there is no option '%s'", argv[optind - 1]);
        enum status status = read_option(settings, option, optarg, error);
        if (status != OK) return status;
    }
}

static enum status evaluate_and_report(struct settings *settings, const char *qrels_path, const char *run_path,
                                       FILE *out, FILE *err, struct error *error)
{
    if (strcmp(qrels_path, "-") == 0 && strcmp(run_path, "-") == 0)
        return fail(error, INVALID, "standard input cannot be both the judgements and the run");
    enum status status = OK;
    if (!settings->any_measure) status = selection_add(&settings->selection, "official", error);
    if (status == OK) status = selection_finish(&settings->selection, error);
    if (status != OK) return status;
    const struct selected *misfit = selection_misfit(&settings->selection, settings->judgements);
    if (misfit)
        return fail(error, INVALID, "measure '%s' cannot be computed from judgements of format %s (see -R and -m)",
                    misfit->label ? misfit->label : misfit->measure->name, settings->judgements->name);
    struct qrels *qrels;
    if ((status = qrels_read(&qrels, qrels_path, settings->judgements, error)) != OK) return status;
    struct evaluation evaluation;
    status = evaluate(&evaluation, qrels, &settings->selection, run_path, &settings->evaluate, error);
    if (status == OK) {
        if (settings->means) status = evaluation_standardise(&evaluation, settings->means, error);
        if (status == OK && evaluation.missing && !settings->evaluate.complete)
            fprintf(err, "dossier eval: %zu judged topic%s missing from the run and left out (-c counts %s as 0)\n",
                    evaluation.missing, evaluation.missing == 1 ? " is" : "s are",
                    evaluation.missing == 1 ? "it" : "them");
        if (status == OK) status = settings->format->write(out, &evaluation, &settings->report, error);
        evaluation_release(&evaluation);
    }
    qrels_free(qrels);
    return status;
}

enum status eval_main(int argc, char **argv, FILE *out, FILE *err, int *exit_status)
{
    struct settings settings = {
        .evaluate = EVALUATE_DEFAULTS, .judgements = &QRELS_FORMATS[0], .format = &REPORT_FORMATS[0]};
    struct error error = {0};
    selection_init(&settings.selection);
    enum status status = read_options(&settings, argc, argv, &error);
    bool usage = status != OK;
    if (status == OK && settings.help) {
        status = print_help(out, &settings, &error);
    } else if (status == OK && settings.version) {
        fprintf(out, "dossier eval %s\n", DOSSIER_VERSION);
    } else if (status == OK && optind + 2 != argc) {
        usage = true;
        status = fail(&error, INVALID,
                      optind + 2 > argc ? "needs two files, the judgements and the run"
                                        : "takes two files, the judgements and the run");
    } else if (status == OK) {
        status = evaluate_and_report(&settings, argv[optind], argv[optind + 1], out, err, &error);
    }
    if (status == OK && (fflush(out) != 0 || ferror(out)))
        status = fail(&error, IO, "cannot write the evaluation: %s", strerror(errno));
    if (status != OK) eval_complain(err, out, "eval", &error);
    if (usage && status == INVALID && strstr(error.message, "measure") == NULL) fputs(USAGE, err);
    *exit_status = eval_exit_status(status);
    selection_release(&settings.selection);
    return *exit_status == 4 ? status : OK;
}
