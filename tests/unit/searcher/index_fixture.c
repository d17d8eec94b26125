/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "index_fixture.h"

#include "indexer/update.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static time_t next_time = 1400000000; /* of the next file written: a change of content shows as one */

int folder_setup(void **state)
{
    char path[] = "/tmp/dossier-searcher-XXXXXX";
    assert_non_null(mkdtemp(path));
    assert_int_equal(chdir(path), 0);
    *state = strdup(path);
    return 0;
}

static int remove_entry(const char *path, const struct stat *entry, int kind, struct FTW *walk)
{
    (void)entry;
    (void)kind;
    (void)walk;
    return remove(path);
}

int folder_teardown(void **state)
{
    assert_int_equal(chdir("/"), 0);
    nftw(*state, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    free(*state);
    return 0;
}

void remove_index(const char *path)
{
    nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

void update_index(const char *path, const char *records)
{
    char name[256];
    snprintf(name, sizeof name, "%s.jsonl", path);
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs(records, file);
    assert_int_equal(fclose(file), 0);
    struct timespec times[2] = {{.tv_sec = next_time}, {.tv_sec = next_time}};
    assert_int_equal(utimensat(AT_FDCWD, name, times, 0), 0);
    next_time++;
    struct index_options options = {.database = path, .paths = (const char *const[]){name}, .path_count = 1, .jobs = 1};
    struct index_report report;
    struct error error = {0};
    enum status status = index_update(&report, &options, &error);
    if (status) print_error("%s\n", error.message);
    assert_int_equal(status, OK);
    assert_int_equal(report.skipped, records[0] ? 0 : 1); /* a file of nothing is told */
}

void make_index(const char *path, const char *records)
{
    remove_index(path);
    update_index(path, records);
}

struct searcher *open_index(const char *path)
{
    struct searcher *searcher = NULL;
    struct error error = {0};
    enum status status = searcher_open(&searcher, path, &error);
    if (status) print_error("%s\n", error.message);
    assert_int_equal(status, OK);
    return searcher;
}

struct search_response search_with(struct searcher *searcher, struct search_request *request, const char *query)
{
    struct search_response response;
    struct error error = {0};
    request->query = span_of(query);
    enum status status = search_run(&response, searcher, request, &error);
    if (status) print_error("%s: %s\n", query, error.message);
    assert_int_equal(status, OK);
    return response;
}

enum { IDS_MAX = 200 };

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static const char *listed(struct searcher *searcher, struct search_request *request, const char *query, bool sorted)
{
    static char text[8192];
    struct search_response response;
    struct error error = {0};
    char *ids[IDS_MAX];
    size_t length = 0;
    request->query = span_of(query);
    enum status status = search_run(&response, searcher, request, &error);
    if (status) {
        snprintf(text, sizeof text, "error %s @%zd: %s", status_name(status), (ssize_t)error.position, error.message);
        return text;
    }
    assert_true(response.hit_count <= IDS_MAX);
    for (size_t i = 0; i < response.hit_count; i++)
        ids[i] = strndup(response.hits[i].id.data, response.hits[i].id.length);
    if (sorted) qsort(ids, response.hit_count, sizeof *ids, by_bytes);
    text[0] = '\0';
    for (size_t i = 0; i < response.hit_count; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%s", i ? " " : "", ids[i]);
        assert_true(length < sizeof text);
        free(ids[i]);
    }
    search_response_release(&response);
    return text;
}

const char *hits_with(struct searcher *searcher, struct search_request *request, const char *query)
{
    return listed(searcher, request, query, false);
}

const char *hits_of(struct searcher *searcher, const char *query, enum match_mode match)
{
    struct search_request request;
    search_request_init(&request);
    request.match = match;
    return listed(searcher, &request, query, false);
}

static const char *found_with(struct searcher *searcher, const char *query, enum match_mode match)
{
    struct search_request request;
    search_request_init(&request);
    request.match = match;
    request.count = IDS_MAX;
    return listed(searcher, &request, query, true);
}

const char *found(struct searcher *searcher, const char *query)
{
    return found_with(searcher, query, MATCH_ALL);
}

const char *found_any(struct searcher *searcher, const char *query)
{
    return found_with(searcher, query, MATCH_ANY);
}
