/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a part of the query is, told by its terms: which words were typed for them, and why they count as those. */
#include "searcher/explain.h"

#include <ctype.h>
#include <string.h>

/* What the prefix of a term says. */
static const struct prefix_row {
    const char *prefix, *field, *how;
} prefixes[] = {
    {PREFIX_STEM, "text", "stem"},
    {PREFIX_TITLE_STEM, "title", "stem"},
    {"", "text", "form"},
    {PREFIX_TITLE, "title", "form"},
    {PREFIX_AUTHOR, "author", "form"},
    {PREFIX_SOURCE, "source", "form"},
    {PREFIX_SOURCE_VALUE, "source", "value"},
    {PREFIX_LANGUAGE, "language", "value"},
    {PREFIX_TYPE, "type", "value"},
    {PREFIX_YEAR, "date", "value"},
    {PREFIX_MONTH, "date", "value"},
    {PREFIX_DAY, "date", "value"},
    {PREFIX_ID, "id", "value"},
    {PREFIX_FILE, "path", "value"},
    {PREFIX_ORGANIZATION, "organization", "name"},
    {PREFIX_PERSON, "person", "name"},
    {PREFIX_PLACE, "place", "name"},
};

/* The row of a term's prefix, which is the capitals it begins with. */
static const struct prefix_row *row_of(struct span term)
{
    size_t capitals = 0;
    while (capitals < term.length && term.data[capitals] >= 'A' && term.data[capitals] <= 'Z') capitals++;
    for (size_t length = capitals; length > 0; length--)
        for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
            if (strlen(prefixes[i].prefix) == length && memcmp(prefixes[i].prefix, term.data, length) == 0)
                return &prefixes[i];
    return &prefixes[2];
}

/* A word of the query that a stem was looked for in. */
struct search_for {
    struct work *work;
    struct span stem;
    struct span typed; /* found */
    const char *how;
    struct span before; /* form of the word before, to be joined */
};

static enum status keep_typed(struct search_for *wanted, struct span typed, const char *how)
{
    wanted->how = how;
    return work_keep(wanted->work, &wanted->typed, typed) ? OK : work_out_of_memory(wanted->work);
}

static bool has_stem(const struct word *word, struct span stem)
{
    for (size_t i = 0; i < word->stem_count; i++)
        if (span_equal(word->stem[i], stem)) return true;
    return false;
}

/* One word: it is the stem's, or it makes it with the word before, or it is made of it. */
static enum status try_word(struct search_for *wanted, struct span text, const struct word *word)
{
    struct work *work = wanted->work;
    struct span typed = span_cut(text, word->source.start, word->source.end);
    enum status status = OK;
    if (has_stem(word, wanted->stem))
        return keep_typed(wanted, typed,
                          word->kind == TOKEN_COMPOUND           ? "compound"
                          : span_equal(word->form, wanted->stem) ? "word"
                                                                 : "stem");
    if (wanted->before.length && word->kind == TOKEN_WORD) {
        struct word left = {.form = wanted->before, .kind = TOKEN_WORD}, joined;
        status = words_join(&joined, &work->plan.arena, &work->vocabulary, &left, word, work->error);
        if (!status && has_stem(&joined, wanted->stem)) {
            struct buffer both;
            buffer_init(&both, 1024);
            status = buffer_printf(&both, "%.*s %.*s", (int)left.form.length, left.form.data, (int)word->form.length,
                                   word->form.data);
            if (!status) status = keep_typed(wanted, buffer_span(&both), "compound");
            buffer_release(&both);
            return status;
        }
    }
    if (!status) {
        struct word halves[2];
        bool split;
        status = words_split(&split, halves, &work->plan.arena, &work->vocabulary, word, work->error);
        if (!status && split && (has_stem(&halves[0], wanted->stem) || has_stem(&halves[1], wanted->stem)))
            return keep_typed(wanted, typed, "parts");
    }
    wanted->before = word->form;
    return status;
}

static enum status search_words(struct search_for *wanted, const struct syntax_node *node)
{
    enum status status = OK;
    bool leaf = node->kind == SYNTAX_WORD || node->kind == SYNTAX_EXACT || node->kind == SYNTAX_PHRASE ||
                node->kind == SYNTAX_PREFIX;
    if (node->kind == SYNTAX_NOT) return OK;
    if (leaf) {
        struct words words;
        struct work *work = wanted->work;
        status = words_analyse(&words, &work->plan.arena, &work->vocabulary, node->text, work->error);
        for (size_t i = 0; !status && !wanted->how && i < words.count; i++)
            status = try_word(wanted, node->text, &words.items[i]);
    }
    for (const struct syntax_node *child = node->child; !status && !wanted->how && child; child = child->next)
        status = search_words(wanted, child);
    return status;
}

/* The words typed for a stem; none for one that the query was expanded by. */
static enum status find_typed(struct search_for *wanted, struct work *work, struct span stem)
{
    *wanted = (struct search_for){.work = work, .stem = stem};
    return work->syntax->root ? search_words(wanted, work->syntax->root) : OK;
}

static bool asks_for_similar(const struct syntax_node *node)
{
    if (!node) return false;
    if (node->kind == SYNTAX_FIELD && node->field == FIELD_SIMILAR) return true;
    for (const struct syntax_node *child = node->child; child; child = child->next)
        if (asks_for_similar(child)) return true;
    return false;
}

/* Why a stem counts that nobody typed. */
static const char *added_by(const struct work *work)
{
    if (work->request->similar_text.length || asks_for_similar(work->syntax->root)) return "similar";
    return work->request->expand ? "expansion" : "correction";
}

/* What was typed under [field] for a name: that whose words are in the name's key, else an alias, the last one. */
static enum status find_name(struct explained_part *part, struct work *work, const struct syntax_node *node,
                             struct span key)
{
    enum status status = OK;
    if (node->kind == SYNTAX_FIELD && !strcmp(syntax_field_name(node->field), part->field)) {
        struct buffer typed, folded;
        buffer_init(&typed, SYNTAX_BYTES_MAX);
        buffer_init(&folded, SYNTAX_BYTES_MAX);
        status = node->child->text.length ? buffer_append_span(&typed, node->child->text)
                                          : syntax_print_node(&typed, node->child);
        if (!status) status = fold(&folded, buffer_span(&typed));
        bool within = !status && folded.length && memmem(key.data, key.length, folded.data, folded.length);
        if (!status && (within || strcmp(part->how, "name") != 0 || !part->typed.length)) {
            part->how = within ? "name" : "alias";
            if (!work_keep(work, &part->typed, buffer_span(&typed))) status = NO_MEMORY;
        }
        buffer_release(&folded);
        buffer_release(&typed);
    }
    for (const struct syntax_node *child = node->child; !status && child; child = child->next)
        status = find_name(part, work, child, key);
    return status;
}

/* Appends the terms below [node], without prefixes; the first one goes to *[first]. */
static enum status join_terms(struct buffer *out, struct span *first, const struct prefix_row **row,
                              const char *between, const struct xc_query_node *node)
{
    struct xc_query_view view = xc_query_look(node);
    enum status status = OK;
    if (view.kind == XC_QUERY_TERM || view.kind == XC_QUERY_WILDCARD) {
        struct span term = {view.term.data, view.term.length};
        const struct prefix_row *found = row_of(term);
        struct span text = span_cut(term, strlen(found->prefix), term.length);
        if (!*row) *row = found, *first = text;
        if (out->length) status = buffer_append_string(out, between);
        if (!status) status = buffer_append_span(out, text);
        return status || view.kind == XC_QUERY_TERM ? status : buffer_append_byte(out, '*');
    }
    for (size_t i = 0; !status && i < view.part_count; i++)
        status = join_terms(out, first, row, between, xc_query_part(node, i));
    return status;
}

enum status explain_label(struct explained_part *out, struct work *work, const struct xc_query_node *leaf)
{
    struct xc_query_view view = xc_query_look(leaf);
    struct explained_part part = {.how = "filter", .field = "", .text = SPAN("a range, or documents by number")};
    const struct prefix_row *row = NULL;
    struct buffer text;
    struct span first = {NULL, 0};
    bool near = view.kind == XC_QUERY_COMBINED && (view.operator_ == XC_PHRASE || view.operator_ == XC_NEAR);
    if (view.kind == XC_QUERY_ALL) part.text = SPAN("every document");
    buffer_init(&text, 1024 * 1024);
    enum status status = join_terms(&text, &first, &row, near ? " " : " or ", leaf);
    if (!status && row) {
        struct search_for wanted = {.work = work};
        part.how = row->how;
        part.field = row->field;
        part.is_name = !strcmp(row->how, "name");
        if (!work_keep(work, &part.text, buffer_span(&text))) status = NO_MEMORY;
        bool words = !strcmp(row->how, "stem") || !strcmp(row->how, "form");
        if (!status && words) status = find_typed(&wanted, work, first);
        if (!status && !strcmp(row->how, "stem")) part.how = wanted.how ? wanted.how : added_by(work);
        if (!status && near && strcmp(part.how, "parts") != 0)
            part.how = view.operator_ == XC_PHRASE ? "phrase" : "near";
        if (!status && !strcmp(row->how, "name") && work->syntax->root)
            status = find_name(&part, work, work->syntax->root, part.text);
        if (!strcmp(row->how, "name")) wanted.typed = part.typed;
        if (view.kind == XC_QUERY_WILDCARD) part.how = "prefix", wanted.typed = part.text;
        if (!near || !strcmp(part.how, "parts")) part.typed = wanted.typed;
    }
    if (!status && view.kind == XC_QUERY_TERM) {
        struct xc_error cause = {0};
        status = reader_failure(work->error,
                                xc_database_term_frequency(&part.documents, work->searcher->reader.database,
                                                           view.term.data, view.term.length, &cause),
                                &cause, work->searcher->reader.path);
    }
    buffer_release(&text);
    if (status == LIMIT || status == NO_MEMORY) return work_out_of_memory(work);
    *out = part;
    return status;
}
