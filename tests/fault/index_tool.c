/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs the indexer for the fault tests, with batches as small as they like:
 *   index_tool update DB JOBS BATCH-DOCUMENTS PATH…    index_tool dump DB    index_tool check DB    index_tool compact
 * DB Exit status 0 when done, else the number of the status; what went wrong is on stderr.
 */
#include "dump.h"
#include "indexer/update.h"

#include <stdlib.h>
#include <string.h>

static void tell_finding(void *context, const char *message)
{
    (void)context;
    fprintf(stderr, "finding: %s\n", message);
}

static void tell_note(void *context, const struct index_note *note)
{
    (void)context;
    if (note->kind != INDEX_UNDATED)
        fprintf(stderr, "%s:%llu: %s\n", note->path, (unsigned long long)note->where, note->reason);
}

static int end(enum status status, const struct error *error)
{
    if (status) fprintf(stderr, "%s: %s\n", status_name(status), error->message);
    return (int)status;
}

static int update(int count, char **arguments)
{
    struct index_report report = {0};
    struct error error = {0};
    struct index_options options = {.database = arguments[0],
                                    .jobs = (unsigned)atoi(arguments[1]),
                                    .batch_documents = (uint32_t)atoi(arguments[2]),
                                    .paths = (const char *const *)(arguments + 3),
                                    .path_count = (size_t)count - 3,
                                    .prune = true,
                                    .note = tell_note};
    enum status status = index_update(&report, &options, &error);
    printf("added %llu updated %llu removed %llu unchanged %llu skipped %llu documents %llu\n",
           (unsigned long long)report.added, (unsigned long long)report.updated, (unsigned long long)report.removed,
           (unsigned long long)report.unchanged, (unsigned long long)report.skipped,
           (unsigned long long)report.documents);
    return end(status, &error);
}

static int check(const char *path)
{
    struct index_check_result result = {0};
    struct error error = {0};
    enum status status = index_check(&result, path, tell_finding, NULL, NULL, NULL, &error);
    if (!status && result.findings) return 1;
    return end(status, &error);
}

static int compact(const char *path)
{
    struct index_sizes sizes = {0};
    struct error error = {0};
    return end(index_compact(&sizes, path, NULL, NULL, NULL, &error), &error);
}

int main(int count, char **arguments)
{
    if (count >= 6 && !strcmp(arguments[1], "update")) return update(count - 2, arguments + 2);
    if (count == 3 && !strcmp(arguments[1], "dump")) return dump_index(stdout, arguments[2]) ? 1 : 0;
    if (count == 3 && !strcmp(arguments[1], "check")) return check(arguments[2]);
    if (count == 3 && !strcmp(arguments[1], "compact")) return compact(arguments[2]);
    fprintf(stderr, "usage: index_tool update DB JOBS BATCH PATH… | dump DB | check DB | compact DB\n");
    return 2;
}
