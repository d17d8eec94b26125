/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/output.h"
#include "searcher/cli/terminal.h"
#include "searcher/facets.h"

#include <inttypes.h>

static const char bold[] = "\033[1m", marked[] = "\033[1;33m", dim[] = "\033[2m", plain[] = "\033[0m";

static void paint(FILE *out, bool colour, const char *code)
{
    if (colour) fputs(code, out);
}

void print_mark_start(FILE *out, enum text_marks marks)
{
    if (marks) fputs(marks == TEXT_COLOUR ? marked : "**", out);
}

void print_mark_end(FILE *out, enum text_marks marks)
{
    if (marks) fputs(marks == TEXT_COLOUR ? plain : "**", out);
}

void print_between_marks(FILE *out, struct span text, enum text_marks marks)
{
    size_t from = 0;
    for (size_t i = 0; marks == TEXT_STARS && i < text.length; i++) {
        if (text.data[i] != '*') continue;
        bool alone = i && i + 1 < text.length && text.data[i - 1] != '*' && text.data[i + 1] != '*';
        if (alone) continue;
        print_safely(out, span_cut(text, from, i));
        fputc('\\', out);
        from = i;
    }
    print_safely(out, span_cut(text, from, text.length));
}

void print_mark(FILE *out, struct span text, enum text_marks marks)
{
    print_mark_start(out, marks);
    print_between_marks(out, text, marks);
    print_mark_end(out, marks);
}

void write_pieces(FILE *out, const struct snippet_piece *pieces, size_t count, bool colour)
{
    enum text_marks marks = colour ? TEXT_COLOUR : TEXT_STARS;
    for (size_t i = 0; i < count; i++)
        if (pieces[i].mark)
            print_mark(out, pieces[i].text, marks);
        else
            print_between_marks(out, pieces[i].text, marks);
}

/* A line of the names mentioned most: organizations, then people, then places. */
static void write_names(FILE *out, const struct hit *hit, bool colour)
{
    static const enum name_type order[] = {NAME_ORGANIZATION, NAME_PERSON, NAME_PLACE};
    enum { SHOWN = 4 /* of a type: a line or two of a terminal together */ };
    bool any = false;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const struct hit_names *names = &hit->names[order[i]];
        for (size_t k = 0; k < names->count && k < SHOWN; k++) {
            if (!any) fputs("     ", out), paint(out, colour, dim);
            fputs(k ? ", " : any ? " · " : "", out);
            print_safely(out, names->items[k]);
            any = true;
        }
        if (names->count > SHOWN) fprintf(out, " +%zu", names->count - SHOWN);
    }
    if (any) paint(out, colour, plain), fputc('\n', out);
}

/* How many near-copies a hit stands for, the first of them, and the query that lists them. */
static void write_others(FILE *out, const struct hit_others *others, bool colour)
{
    enum { SHOWN = 3 };
    if (!others->count) return;
    fputs("     ", out);
    paint(out, colour, dim);
    fprintf(out, "+ %" PRIu64 " near-cop%s: ", others->count, others->count == 1 ? "y" : "ies");
    for (size_t i = 0; i < others->id_count && i < SHOWN; i++) {
        fputs(i ? ", " : "", out);
        print_safely(out, others->ids[i]);
    }
    if (others->count > SHOWN) fputs(", \xE2\x80\xA6 search for ", out), print_safely(out, others->query);
    paint(out, colour, plain);
    fputc('\n', out);
}

static void write_part(FILE *out, const struct explained_part *part, const char *sign)
{
    fprintf(out, "     %s%9.4f  ", sign, part->weight);
    print_safely(out, part->text);
    fprintf(out, "  (%s", part->how);
    if (part->typed.length && !span_equal(part->typed, part->text)) fputs(" of ", out), print_safely(out, part->typed);
    if (part->field[0]) fprintf(out, ", %s", part->field);
    if (part->wdf) fprintf(out, ", counts %" PRIu32 " here", part->wdf);
    if (part->documents) fprintf(out, ", in %" PRIu32 " document%s", part->documents, part->documents == 1 ? "" : "s");
    fputs(")\n", out);
}

/* The parts of the score, and what the hit above has more. */
static void write_explanation(FILE *out, const struct hit *hit)
{
    enum { SHOWN = 12, MORE_SHOWN = 3 }; /* lines */
    const struct hit_explanation *explanation = &hit->explanation;
    double rest = 0;
    if (!explanation->parts) return;
    fprintf(out, "     score %.4f, of:\n", hit->score);
    for (size_t i = 0; i < explanation->part_count; i++) {
        if (i < SHOWN)
            write_part(out, &explanation->parts[i], " ");
        else
            rest += explanation->parts[i].weight;
    }
    if (explanation->part_count > SHOWN)
        fprintf(out, "      %9.4f  %zu more parts\n", rest, explanation->part_count - SHOWN);
    if (explanation->above_count) fputs("     the hit above has more of:\n", out);
    for (size_t i = 0; i < explanation->above_count && i < MORE_SHOWN; i++)
        write_part(out, &explanation->above[i], "+");
}

static void write_hit(FILE *out, const struct hit *hit, bool colour)
{
    static const enum record_field details[] = {RECORD_SOURCE, RECORD_DATE, RECORD_LANGUAGE};
    struct span title = hit->field[RECORD_TITLE];
    fprintf(out, "%3zu. ", hit->rank);
    paint(out, colour, bold);
    print_safely(out, title.length ? title : SPAN("(no title)"));
    paint(out, colour, plain);
    fputs("\n     ", out);
    paint(out, colour, dim);
    print_safely(out, hit->id);
    for (size_t i = 0; i < sizeof details / sizeof *details; i++) {
        if (!hit->field[details[i]].length) continue;
        fputs(" · ", out);
        print_safely(out, hit->field[details[i]]);
    }
    if (!hit->field[RECORD_DATE].length) fputs(" · undated", out);
    paint(out, colour, plain);
    fputs("\n     ", out);
    write_pieces(out, hit->pieces, hit->piece_count, colour);
    fputc('\n', out);
    write_names(out, hit, colour);
    write_others(out, &hit->others, colour);
    write_explanation(out, hit);
    fputc('\n', out);
}

static void write_facet(FILE *out, const struct facet *facet, bool colour)
{
    if (!facet->distinct) return;
    paint(out, colour, bold);
    fputs(facet_kinds[facet->kind].name, out);
    paint(out, colour, plain);
    if (facet->kind == FACET_DATE) fprintf(out, " by %s", facet_kinds[facet->grain].name);
    if (facet->containing.length) {
        fputs(" with '", out);
        print_safely(out, facet->containing);
        fputs("'", out);
    }
    if (facet->value_count < facet->distinct) fprintf(out, " (top %zu of %zu)", facet->value_count, facet->distinct);
    fputc(':', out);
    for (size_t i = 0; i < facet->value_count; i++) {
        fputs(i ? ", " : " ", out);
        print_safely(out, facet->values[i].value);
        fprintf(out, " %" PRIu32, facet->values[i].count);
    }
    fputc('\n', out);
}

bool write_text(FILE *out, const struct search_request *request, const struct search_response *response)
{
    bool colour = terminal_colour(out);
    for (size_t i = 0; i < response->notice_count; i++) {
        fputs("note: ", out);
        print_safely(out, response->notices[i].text);
        fputc('\n', out);
    }
    if (response->in_words.length) print_safely(out, response->in_words), fputc('\n', out);
    if (response->relaxed) fputs("No document has all the words; these have some of them.\n", out);
    if (response->did_you_mean.length) {
        fputs(response->corrected ? "No document has a word as it is written; these are for: " : "Did you mean: ", out);
        print_safely(out, response->did_you_mean);
        fputc('\n', out);
    }
    fprintf(out, "%s%" PRIu64 " document%s", response->exact ? "" : "about ", response->total,
            response->total == 1 ? "" : "s");
    if (response->hit_count && (request->offset || response->hit_count < response->total))
        fprintf(out, ", %zu to %zu shown", request->offset + 1, request->offset + response->hit_count);
    fputs("\n\n", out);
    for (size_t i = 0; i < response->hit_count; i++) write_hit(out, &response->hits[i], colour);
    for (size_t i = 0; i < response->facet_count; i++) write_facet(out, &response->facets[i], colour);
    return true;
}
