/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "index_fixture.h"
#include "indexer/update.h"
#include "searcher/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MODEL SOURCE_DIR "/indexer/entities/models/en.model"

static const char *const records =
    "{\"id\": \"drill\", \"text\": \"The drills were long.\\nOfficers met; a drill.\"}\n"
    "{\"id\": \"titled\", \"title\": \"Drill of the police\", \"text\": \"A drill.\\n\\n\\nThe second drill.\"}\n"
    "{\"id\": \"empty\", \"title\": \"drill\", \"text\": \"\"}\n"
    "{\"id\": \"long\", \"text\": \"one two three four five six seven eight nine ten eleven twelve thirteen drill one "
    "two "
    "three four five six seven eight nine ten eleven twelve thirteen\"}\n"
    "{\"id\": \"npa\", \"text\": \"The National Police Agency (NPA) opened a centre in Tokyo. Officials of the NPA "
    "spoke of "
    "cyber crime. Tokyo's mayor was there.\"}\n";

static struct searcher *searcher;

static void index_records(const char *path, const char *from, const char *text)
{
    FILE *file = fopen(from, "w");
    struct index_report report;
    struct error error = {0};
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    struct index_options options = {.database = path, .paths = &from, .path_count = 1, .jobs = 1, .model = MODEL};
    if (index_update(&report, &options, &error)) fail_msg("%s", error.message);
}

static int setup(void **state)
{
    folder_setup(state);
    index_records("view.db", "view.jsonl", records);
    searcher = open_index("view.db");
    return 0;
}

static int teardown(void **state)
{
    searcher_free(searcher);
    return folder_teardown(state);
}

/* Pieces as text: a match as [text], the first piece of match 2 as [2:text], a name as <text>. */
static size_t put_pieces(char *out, size_t room, const struct view *view, const struct view_piece *pieces, size_t count)
{
    size_t length = 0;
    out[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        const struct view_piece *piece = &pieces[i];
        char number[16] = "";
        if (piece->match_starts) snprintf(number, sizeof number, "%u:", (unsigned)piece->match);
        if (piece->name) assert_true(piece->name <= view->name_count);
        length += (size_t)snprintf(out + length, room - length, "%s%s%s%.*s%s%s", piece->match ? "[" : "", number,
                                   piece->name_starts ? "<" : "", (int)piece->text.length, piece->text.data,
                                   piece->name_ends ? ">" : "", piece->match ? "]" : "");
        assert_true(length < room);
    }
    return length;
}

/* The text of a document as put_pieces writes it, with a " | " and the title when [title]; or the error. */
static const char *viewed(const char *id, const char *query, bool names, bool title)
{
    static char out[4096];
    struct view_request request = {.id = span_of(id), .query = span_of(query), .names = names};
    struct view view;
    struct error error = {0};
    enum status status = view_open(&view, searcher, &request, &error);
    if (status) {
        snprintf(out, sizeof out, "error %s @%zd", status_name(status), (ssize_t)error.position);
        return out;
    }
    size_t length = put_pieces(out, sizeof out, &view, view.pieces, view.piece_count);
    if (title) {
        length += (size_t)snprintf(out + length, sizeof out - length, " | ");
        put_pieces(out + length, sizeof out - length, &view, view.title, view.title_count);
    }
    view_release(&view);
    return out;
}

static void test_view__shows_the_whole_text_with_what_matches(void **state)
{
    (void)state;
    assert_string_equal(viewed("drill", "drill", false, false),
                        "The [1:drills] were long.\nOfficers met; a [2:drill].");
    assert_string_equal(viewed("drill", "\"officers met\"", false, false),
                        "The drills were long.\n[1:Officers met]; a drill.");
    assert_string_equal(viewed("drill", "=drill", false, false), "The drills were long.\nOfficers met; a [1:drill].");
    assert_string_equal(viewed("drill", "dri*", false, false), "The [1:drills] were long.\nOfficers met; a [2:drill].");
    assert_string_equal(viewed("drill", "off* NEAR/2 met", false, false),
                        "The drills were long.\n[1:Officers] [2:met]; a drill.");
    assert_string_equal(viewed("drill", "met -drill", false, false),
                        "The drills were long.\nOfficers [1:met]; a drill.");
    assert_string_equal(viewed("drill", "zebra", false, false), "The drills were long.\nOfficers met; a drill.");
    assert_string_equal(viewed("drill", "", false, false), "The drills were long.\nOfficers met; a drill.");
    assert_string_equal(viewed("npa", "cybercrime -herring", false, false),
                        "The National Police Agency (NPA) opened a centre in Tokyo. Officials of the NPA spoke of "
                        "[1:cyber crime]. Tokyo's mayor was there.");
    assert_string_equal(viewed("drill", "long a*", false, false), "error invalid input @5");
    assert_string_equal(viewed("nowhere", "drill", false, false), "error not found @-1");
}

static void test_view__numbers_a_separate_title_s_matches_first(void **state)
{
    (void)state;
    assert_string_equal(viewed("titled", "drill", false, true),
                        "A [2:drill].\n\n\nThe second [3:drill]. | [1:Drill] of the police");
    assert_string_equal(viewed("titled", "title:drill", false, true),
                        "A drill.\n\n\nThe second drill. | [1:Drill] of the police");
    assert_string_equal(viewed("empty", "drill", false, true), " | [1:drill]");
}

static void test_view__marks_mentions_of_a_name_in_whatever_words(void **state)
{
    (void)state;
    assert_string_equal(viewed("npa", "organization:\"National Police Agency\"", false, false),
                        "The [1:National Police Agency] ([2:NPA]) opened a centre in Tokyo. Officials of the [3:NPA] "
                        "spoke of cyber crime. Tokyo's mayor was there.");
}

static void test_view__shows_names_beside_and_across_matches(void **state)
{
    (void)state;
    assert_string_equal(viewed("npa", "\"agency npa\" tokyo", true, false),
                        "The <National Police [1:Agency>][ (][<NPA>]) opened a centre in [2:<Tokyo>]. Officials of the "
                        "<NPA> spoke of cyber crime. [3:<Tokyo>]['s] mayor was there.");
}

static void test_view__lists_the_places_to_jump_to(void **state)
{
    struct view_request request = {.id = SPAN("titled"), .query = SPAN("drill")};
    struct view view;
    struct error error;
    (void)state;
    assert_int_equal(view_open(&view, searcher, &request, &error), OK);
    assert_int_equal(view.match_count, 3);
    assert_true(view.matches[0].in_title);
    assert_int_equal(view.matches[0].line, 0);
    assert_int_equal(view.matches[1].line, 1);
    assert_int_equal(view.matches[2].line, 4);
    assert_int_equal(view.matches[2].range.start, 22);
    assert_int_equal(view.matches[2].range.end, 27);
    assert_true(span_equal(view.matches[2].before, SPAN("The second ")));
    assert_true(span_equal(view.matches[2].match, SPAN("drill")));
    assert_true(span_equal(view.matches[2].after, SPAN(".")));
    assert_false(view.matches[2].more_before || view.matches[2].more_after);
    view_release(&view);
    request.id = SPAN("long");
    assert_int_equal(view_open(&view, searcher, &request, &error), OK);
    assert_int_equal(view.match_count, 1);
    assert_true(span_equal(view.matches[0].before, SPAN("six seven eight nine ten eleven twelve thirteen ")));
    assert_true(span_equal(view.matches[0].after, SPAN(" one two three four five six seven eight nine")));
    assert_true(view.matches[0].more_before && view.matches[0].more_after);
    view_release(&view);
}

/* A text that is analysed in parts is marked as one that is analysed whole: also across the borders of the parts. */
static void test_view__of_a_long_text_is_marked_to_its_end(void **state)
{
    enum { LINES = 60000 };
    static const char line[] = "officers of the whole police met today\\n";
    char *text = malloc(LINES * sizeof line + 100), *end = text;
    (void)state;
    assert_non_null(text);
    end += sprintf(end, "{\"id\": \"huge\", \"text\": \"");
    for (int i = 0; i < LINES; i++) end += sprintf(end, "%s", line);
    sprintf(end, "\"}\n");
    struct index_report report;
    struct error error = {0};
    const char *path = "huge.jsonl";
    FILE *file = fopen(path, "w");
    fputs(text, file);
    fclose(file);
    free(text);
    struct index_options options = {.database = "huge.db", .paths = &path, .path_count = 1, .jobs = 1};
    assert_int_equal(index_update(&report, &options, &error), OK);
    struct searcher *huge = open_index("huge.db");
    struct view_request request = {.id = SPAN("huge"), .query = SPAN("\"police met\"")};
    struct view view;
    assert_int_equal(view_open(&view, huge, &request, &error), OK);
    assert_int_equal(view.match_count, LINES);
    assert_int_equal(view.matches[LINES - 1].line, LINES);
    for (size_t i = 0; i < LINES; i++) {
        assert_int_equal(view.matches[i].range.start, i * (sizeof line - 2) + 22);
        assert_true(span_equal(view.matches[i].match, SPAN("police met")));
    }
    view_release(&view);
    searcher_free(huge);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_view__shows_the_whole_text_with_what_matches),
        cmocka_unit_test(test_view__numbers_a_separate_title_s_matches_first),
        cmocka_unit_test(test_view__marks_mentions_of_a_name_in_whatever_words),
        cmocka_unit_test(test_view__shows_names_beside_and_across_matches),
        cmocka_unit_test(test_view__lists_the_places_to_jump_to),
        cmocka_unit_test(test_view__of_a_long_text_is_marked_to_its_end),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
