/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dossier pool: the documents to be judged, from the first ranks of runs. */
#include "searcher/eval/eval_command.h"
#include "searcher/eval/lines.h"
#include "searcher/eval/pool.h"
#include "searcher/eval/qrels.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>

static const struct option LONG_OPTIONS[] = {
    {"help", no_argument, NULL, 'h'},
    {"depth", required_argument, NULL, 'k'},
    {"judged", required_argument, NULL, 'j'},
    {NULL, 0, NULL, 0},
};

static const char USAGE[] = "usage: dossier pool [--depth N] [--judged QRELS] RUN…\n";
static const char OPTIONS[] =
    "\nWrites the documents among the first N of each topic of each run, once each and by name, in lines\n"
    "'topic 0 document -1': a qrels file that says 'pooled, not judged', for dossier judge to go on with.\n\n"
    "  -h, --help           this help\n"
    "  -k, --depth N        documents of each run and topic (100)\n"
    "  -j, --judged QRELS   leave out documents that are judged there\n";

static enum status pool_and_write(const char *const *paths, size_t count, size_t depth, const char *judged_path,
                                  FILE *out, struct error *error)
{
    struct qrels *judged = NULL;
    struct pool *pool;
    enum status status = judged_path ? qrels_read(&judged, judged_path, &QRELS_FORMATS[0], error) : OK;
    if (status == OK) status = pool_make(&pool, paths, count, depth, judged, error);
    if (status == OK) {
        for (size_t i = 0; i < pool_count(pool); i++) {
            const struct pool_topic *topic = pool_topic(pool, i);
            for (size_t k = 0; k < topic->count; k++)
                fprintf(out, "%.*s 0 %.*s -1\n", (int)topic->name.length, topic->name.data,
                        (int)topic->documents[k].length, topic->documents[k].data);
        }
        if (fflush(out) != 0 || ferror(out)) status = fail(error, IO, "cannot write the pool: %s", strerror(errno));
        pool_free(pool);
    }
    qrels_free(judged);
    return status;
}

enum status pool_main(int argc, char **argv, FILE *out, FILE *err, int *exit_status)
{
    struct error error = {0};
    enum status status = OK;
    const char *judged = NULL;
    long depth = 100;
    bool help = false;
    optind = 0; /* glibc: start afresh */
    opterr = 0;
    for (int option; status == OK && (option = getopt_long(argc, argv, ":hk:j:", LONG_OPTIONS, NULL)) != -1;) {
        if (option == 'h')
            help = true;
        else if (option == 'j')
            judged = optarg;
        else if (option == ':')
            status = fail(&error, INVALID, "option '%s' needs a value", argv[optind - 1]);
        else if (option == '?')
            status = fail(&error, INVALID, "there is no option '%s'", argv[optind - 1]);
        else if (!integer_parse(span_of(optarg), 1, 100000000, &depth))
            status = fail(&error, INVALID, "option --depth needs a whole number above 0, not '%s'", optarg);
    }
    bool usage = status != OK;
    if (status == OK && help) {
        fprintf(out, "%s%s", USAGE, OPTIONS);
    } else if (status == OK && optind == argc) {
        usage = true;
        status = fail(&error, INVALID, "needs a run at least");
    } else if (status == OK) {
        status = pool_and_write((const char *const *)argv + optind, (size_t)(argc - optind), (size_t)depth, judged, out,
                                &error);
    }
    if (status != OK) eval_complain(err, out, "pool", &error);
    if (usage) fputs(USAGE, err);
    *exit_status = eval_exit_status(status);
    return *exit_status == 4 ? status : OK;
}
