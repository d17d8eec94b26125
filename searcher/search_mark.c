/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/query.h"

/* Cuts [text] at the borders of [ranges]. */
static enum status cut(const struct snippet_piece **out, size_t *count, struct arena *arena, struct span text,
                       const struct range *ranges, size_t range_count)
{
    struct snippet_piece *pieces = arena_take(arena, (2 * range_count + 1) * sizeof *pieces);
    size_t n = 0, from = 0;
    if (!pieces) return NO_MEMORY;
    for (size_t i = 0; i < range_count; i++) {
        if (ranges[i].start > from) pieces[n++] = (struct snippet_piece){span_cut(text, from, ranges[i].start), false};
        pieces[n++] = (struct snippet_piece){span_cut(text, ranges[i].start, ranges[i].end), true};
        from = ranges[i].end;
    }
    if (from < text.length) pieces[n++] = (struct snippet_piece){span_cut(text, from, text.length), false};
    *out = pieces;
    *count = n;
    return OK;
}

enum status search_mark(const struct snippet_piece **pieces, size_t *count, struct arena *arena,
                        struct searcher *searcher, struct span query, struct span text, struct span language,
                        struct error *error)
{
    struct analyser *analyser = NULL;
    struct highlighter *highlighter = NULL;
    struct syntax *syntax = NULL;
    struct query_plan plan = {0};
    const struct analysis *analysis;
    const struct range *ranges = NULL;
    size_t range_count = 0;
    enum status status = syntax_parse(&syntax, query, NULL, error);
    if (status) return status;
    if (analyser_new(&analyser)) status = fail(error, NO_MEMORY, "out of memory");
    struct vocabulary vocabulary = {
        .reader = searcher_reader(searcher), .analyser = analyser, .names = searcher_names(searcher), .correct = true};
    if (!status) status = query_plan_make(&plan, syntax, &vocabulary, MATCH_ANY, error);
    if (!status && highlighter_new(&highlighter, &plan.evidence)) status = fail(error, NO_MEMORY, "out of memory");
    if (!status && (status = analyse(&analysis, analyser, text, language)))
        fail(error, status, "cannot analyse the text: %s", status_name(status));
    if (!status) {
        status = highlight_ranges(&ranges, &range_count, highlighter, analysis, (struct range){0, 0});
        if (!status) status = cut(pieces, count, arena, text, ranges, range_count);
        if (status) fail(error, status, "out of memory");
    }
    highlighter_free(highlighter);
    query_plan_release(&plan);
    analyser_free(analyser);
    syntax_free(syntax);
    return status;
}
