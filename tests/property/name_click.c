/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names across documents: every organization, person and place of an index, clicked, gives as many documents as its
 * count says; and every alias that the lists have for one of them asks for the same documents as its canonical name. */
#include "indexer/entities/names/fold.h"
#include "indexer/entities/names/table.h"
#include "indexer/update.h"
#include "searcher/associate.h"
#include "searcher/search.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { REUTERS_DOCUMENTS = 2000 };

static char folder[] = "/tmp/dossier-name-click-XXXXXX";

static int remove_entry(const char *path, const struct stat *entry, int kind, struct FTW *walk)
{
    (void)entry;
    (void)kind;
    (void)walk;
    return remove(path);
}

static int setup(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : 1;
}

static int teardown(void **state)
{
    (void)state;
    return nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

static struct searcher *index_of(const char *name, const char *path)
{
    char database[128];
    struct searcher *searcher = NULL;
    struct index_report report;
    struct error error = {0};
    snprintf(database, sizeof database, "%s/%s.db", folder, name);
    struct index_options options = {.database = database,
                                    .paths = &path,
                                    .path_count = 1,
                                    .jobs = 1,
                                    .model = SOURCE_DIR "/indexer/entities/models/en.model"};
    assert_int_equal(index_update(&report, &options, &error), OK);
    assert_int_equal(searcher_open(&searcher, database, &error), OK);
    return searcher;
}

/* Documents of [query] and, where it is given, [filter]. */
static uint64_t total(struct searcher *searcher, const char *query, const struct filter *filter)
{
    struct search_request request;
    struct search_response response;
    struct error error = {0};
    search_request_init(&request);
    request.query = span_of(query);
    request.match = MATCH_ALL;
    request.filters = filter;
    request.filter_count = filter != NULL;
    request.exact_total = true;
    request.count = 0;
    if (search_run(&response, searcher, &request, &error)) fail_msg("%s: %s", query, error.message);
    uint64_t found = response.total;
    search_response_release(&response);
    return found;
}

static struct associations all_names(struct searcher *searcher)
{
    struct associations names;
    struct associate_request request = {.values = HITS_MAX};
    struct error error = {0};
    assert_int_equal(associate(&names, searcher, &request, &error), OK);
    return names;
}

/* Clicks every name; returns how many there are. */
static size_t click_all(struct searcher *searcher)
{
    static const struct {
        enum name_type type;
        enum facet_kind kind;
    } facets[] = {{NAME_ORGANIZATION, FACET_ORGANIZATION}, {NAME_PERSON, FACET_PERSON}, {NAME_PLACE, FACET_PLACE}};
    struct associations names = all_names(searcher);
    size_t clicks = 0, wrong = 0;
    for (size_t f = 0; f < sizeof facets / sizeof *facets; f++) {
        const struct associated_names *type = &names.names[facets[f].type];
        assert_int_equal(type->count, type->distinct);
        for (size_t i = 0; i < type->count; i++, clicks++) {
            struct filter filter = {facets[f].kind, type->items[i].value};
            uint64_t found = total(searcher, "", &filter);
            if (found == type->items[i].count) continue;
            if (wrong++ < 10)
                print_error("%.*s: said to give %u, gives %u\n", (int)filter.value.length, filter.value.data,
                            (unsigned)type->items[i].count, (unsigned)found);
        }
    }
    associations_release(&names);
    assert_int_equal(wrong, 0);
    return clicks;
}

/* Dossier's lists of organizations, one behind the other. */
static char *read_lists(void)
{
    static const char *const lists[] = {"organizations.tsv", "companies.tsv"};
    char *text = calloc(1, 1 << 20), path[256];
    size_t length = 0;
    assert_non_null(text);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        snprintf(path, sizeof path, "%s/indexer/entities/names/data/%s", SOURCE_DIR, lists[i]);
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        size_t bytes = fread(text + length, 1, (1 << 20) - 1 - length, file);
        assert_true(bytes > 0);
        length += bytes;
        fclose(file);
    }
    return text;
}

/* The names of a line of either list: canonical name, others separated by |. */
static bool read_line(struct span *name, struct span *others, struct span line)
{
    struct span field[4];
    if (line.length == 0 || line.data[0] == '#') return false;
    size_t count = line_fields(field, 4, line);
    *name = field[0];
    *others = count ? field[count - 1] : (struct span){NULL, 0};
    return count > 1;
}

static bool has(const struct associated_names *names, struct span value)
{
    for (size_t i = 0; i < names->count; i++)
        if (span_equal(names->items[i].value, value)) return true;
    return false;
}

static bool same_key(struct span a, struct span b)
{
    char x[NAME_BYTES_MAX], y[NAME_BYTES_MAX];
    if (!a.length || !b.length || (a.data[0] | 32) != (b.data[0] | 32)) return false;
    size_t n = name_key(x, a);
    return n == name_key(y, b) && memcmp(x, y, n) == 0;
}

/* Whether the list's [text] has [alias] on one line alone: an acronym of several bodies stands for none of them. */
static bool is_unambiguous(const char *text, struct span alias)
{
    struct span rest = span_of(text), line;
    size_t found = 0;
    while (span_next_line(&rest, &line)) {
        struct span name, others, other;
        if (!read_line(&name, &others, line)) continue;
        bool here = same_key(name, alias);
        while (next_name(&others, &other)) here = here || same_key(other, alias);
        found += here;
    }
    return found == 1;
}

/* Asks for each alias of the listed organizations that the index has; returns how many aliases that were. */
static size_t ask_aliases(struct searcher *searcher)
{
    char *text = read_lists();
    struct associations names = all_names(searcher);
    struct span rest = span_of(text), line;
    size_t asked = 0;
    while (span_next_line(&rest, &line)) {
        struct span name, others, other;
        if (!read_line(&name, &others, line) || !has(&names.names[NAME_ORGANIZATION], name)) continue;
        char query[512];
        snprintf(query, sizeof query, "organization:\"%.*s\"", (int)name.length, name.data);
        uint64_t canonical = total(searcher, query, NULL);
        assert_true(canonical > 0);
        while (next_name(&others, &other)) {
            if (!is_unambiguous(text, other)) continue;
            snprintf(query, sizeof query, "organization:\"%.*s\"", (int)other.length, other.data);
            uint64_t alias = total(searcher, query, NULL);
            if (alias != canonical)
                fail_msg("%s gives %u documents, %.*s %u", query, (unsigned)alias, (int)name.length, name.data,
                         (unsigned)canonical);
            asked++;
        }
    }
    associations_release(&names);
    free(text);
    return asked;
}

static void test_name_click__samples(void **state)
{
    (void)state;
    struct searcher *searcher = index_of("samples", SOURCE_DIR "/corpus/samples");
    assert_true(click_all(searcher) > 250);
    assert_true(ask_aliases(searcher) > 60);
    searcher_free(searcher);
}

/* Copies the first [count] lines. */
static void cut_lines(const char *to, const char *from, int count)
{
    char *line = NULL;
    size_t room = 0;
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_true(in && out);
    while (count-- > 0 && getline(&line, &room, in) > 0) fputs(line, out);
    fclose(in);
    assert_int_equal(fclose(out), 0);
    free(line);
}

static void test_name_click__reuters(void **state)
{
    static const char corpus[] = SHARED_DIR "/collections/reuters21578/corpus.jsonl";
    char sample[128];
    (void)state;
    if (access(corpus, R_OK) != 0) skip();
    snprintf(sample, sizeof sample, "%s/reuters.jsonl", folder);
    cut_lines(sample, corpus, REUTERS_DOCUMENTS);
    struct searcher *searcher = index_of("reuters", sample);
    assert_true(click_all(searcher) > 2000);
    assert_true(ask_aliases(searcher) > 60);
    searcher_free(searcher);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_name_click__samples),
        cmocka_unit_test(test_name_click__reuters),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
