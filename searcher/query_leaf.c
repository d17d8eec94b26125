/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/query_build.h"

#include <string.h>

static enum status analyse_leaf(struct words *out, struct builder *builder, const struct syntax_node *node)
{
    return words_analyse(out, builder->arena, builder->vocabulary, node->text, builder->error);
}

/* The words of a leaf one after the other, for phrases and neighbourhoods. */
static enum status line_of(struct word **out, size_t *count, struct builder *builder, const struct syntax_node *node)
{
    struct words words;
    enum status status = analyse_leaf(&words, builder, node);
    if (status) return status;
    *out = arena_take(builder->arena, (words.count + 1) * sizeof **out);
    if (!*out) return fail(builder->error, NO_MEMORY, "out of memory while reading the query");
    *count = words_in_line(*out, &words);
    return OK;
}

static bool has_spaces(const struct word *word)
{
    return word->kind == TOKEN_WORD || word->kind == TOKEN_NUMBER;
}

/* The exact forms of [words], all of them; words of scripts without spaces have none beyond their bigrams. */
static enum status exact_forms(struct xc_query **out, struct builder *builder, const struct word *words, size_t count)
{
    const char *prefix = builder->field == FIELD_TITLE    ? PREFIX_TITLE
                         : builder->field == FIELD_AUTHOR ? PREFIX_AUTHOR
                         : builder->field == FIELD_SOURCE ? PREFIX_SOURCE
                                                          : "";
    struct parts parts = {0};
    enum status status = OK;
    for (size_t i = 0; !status && i < count; i++) {
        struct xc_query *term = NULL;
        if (!has_spaces(&words[i])) continue;
        status = term_query(&term, builder, prefix, words[i].form, 1);
        if (!status) status = parts_add(builder, &parts, term);
    }
    if (!status) return parts_combine(out, builder, &parts, XC_AND, 0);
    parts_release(&parts);
    return status;
}

enum status build_exact(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    struct word *words;
    size_t count;
    struct xc_query *forms = NULL, *phrase = NULL;
    *out = NULL;
    enum status status = line_of(&words, &count, builder, node);
    if (status || !count) return status;
    status = exact_forms(&forms, builder, words, count);
    if (!status && (count > 1 || !forms || builder->field == FIELD_TITLE))
        status = phrase_query(&phrase, builder, words, count);
    if (!status)
        status = combine_two(out, builder, XC_FILTER, phrase, forms);
    else
        xc_query_free(forms), xc_query_free(phrase);
    bool spaces = has_spaces(&words[0]);
    return status ? status
                  : add_evidence(builder, builder->items++, words, count, true, (uint32_t)count,
                                 spaces ? EVIDENCE_FORM : EVIDENCE_STEM);
}

static enum status wildcard(struct xc_query **out, struct builder *builder, const char *prefix, struct span start)
{
    struct buffer term;
    struct xc_error cause = {0};
    buffer_init(&term, 4 * TERM_BYTES_MAX);
    enum status status = schema_term(&term, prefix, start);
    if (status)
        status = fail(builder->error, status, "out of memory while reading the query");
    else
        status = build_failure(
            builder,
            xc_query_wildcard(out, term.data, term.length, QUERY_EXPANSION_MAX, XC_WILDCARD_ERROR, XC_SYNONYM, &cause),
            &cause);
    buffer_release(&term);
    return status;
}

/* A star that stands for too many words is told here, with its place, instead of failing in the middle of a match. */
static enum status check_expansion(struct builder *builder, const struct syntax_node *node, const char *prefix,
                                   struct span start)
{
    struct xc_terms *terms = NULL;
    struct xc_error cause = {0};
    struct buffer term;
    size_t count = 0;
    buffer_init(&term, 4 * TERM_BYTES_MAX);
    enum status status = schema_term(&term, prefix, start);
    enum xc_status walked = XC_OK;
    if (!status)
        walked = xc_database_terms(&terms, builder->vocabulary->reader->database, term.data, term.length, &cause);
    while (!status && !walked && count <= QUERY_EXPANSION_MAX && !(walked = xc_terms_next(terms, &cause))) count++;
    xc_terms_free(terms);
    buffer_release(&term);
    if (status) return fail(builder->error, status, "out of memory while reading the query");
    if (walked && walked != XC_NOT_FOUND) return build_failure(builder, walked, &cause);
    if (count <= QUERY_EXPANSION_MAX) return OK;
    return fail_at(builder->error, LIMIT, node->range.start,
                   "'%.*s*' stands for more than %d words of this index: type more letters before the star",
                   (int)start.length, start.data, QUERY_EXPANSION_MAX);
}

/* The folded start of a word. Scripts without spaces and text of several words have no such thing: *[start] is empty.
 */
static enum status prefix_start(struct span *start, struct builder *builder, const struct syntax_node *node)
{
    struct words words;
    enum status status = analyse_leaf(&words, builder, node);
    *start = (struct span){NULL, 0};
    if (!status && words.count && (has_spaces(&words.items[0]) || words.items[0].kind == TOKEN_COMPOUND) &&
        words.items[0].parts + 1 == words.count)
        *start = words.items[0].form;
    return status;
}

enum status build_prefix(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    struct span start;
    *out = NULL;
    enum status status = prefix_start(&start, builder, node);
    if (status) return status;
    if (!start.length) {
        struct syntax_node phrase = *node;
        phrase.kind = SYNTAX_PHRASE;
        return build_phrase(out, builder, &phrase);
    }
    bool boolean = true;
    const char *prefix = "";
    if (builder->field == FIELD_TITLE)
        prefix = PREFIX_TITLE;
    else if (builder->field == FIELD_AUTHOR)
        prefix = PREFIX_AUTHOR;
    else if (builder->field == FIELD_SOURCE)
        prefix = PREFIX_SOURCE;
    else
        boolean = false;
    status = check_expansion(builder, node, prefix, start);
    if (!status) status = wildcard(out, builder, prefix, start);
    if (!status && boolean) status = scale(out, builder, 0);
    struct word word = {.form = start, .kind = TOKEN_WORD};
    return status ? status : add_evidence(builder, builder->items++, &word, 1, true, 1, EVIDENCE_PREFIX);
}

enum status build_phrase(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    struct word *words;
    size_t count;
    *out = NULL;
    enum status status = line_of(&words, &count, builder, node);
    if (status || !count) return status;
    struct xc_query *phrase = NULL, *forms = NULL;
    status = phrase_query(&phrase, builder, words, count);
    if (!status && node->exact) status = exact_forms(&forms, builder, words, count);
    if (!status)
        status = combine_two(out, builder, XC_FILTER, phrase, forms);
    else
        xc_query_free(phrase);
    if (status) return status;
    bool exact = node->exact && has_spaces(&words[0]);
    return add_evidence(builder, builder->items++, words, count, true, (uint32_t)count,
                        exact ? EVIDENCE_FORM : EVIDENCE_STEM);
}

/* One side of NEAR or ADJ: what may stand at its place, and what must hold besides. */
struct side {
    struct parts places; /* alternatives, each a query of terms with positions */
    struct parts extras;
    struct word *words; /* for the evidence: one word an alternative */
    size_t count;
};

static enum status side_of_leaf(struct side *side, struct builder *builder, const struct syntax_node *node)
{
    struct word *words;
    size_t count;
    struct xc_query *place = NULL, *extra = NULL;
    enum status status;
    if (node->kind == SYNTAX_PREFIX) {
        struct span start;
        status = prefix_start(&start, builder, node);
        if (!status && start.length) {
            /* Exact forms have no positions: the star grows over stems instead. */
            status = check_expansion(builder, node, field_prefix(builder), start);
            if (!status) status = wildcard(&place, builder, field_prefix(builder), start);
            if (!status) status = parts_add(builder, &side->places, place);
            struct word *word = status ? NULL : arena_take(builder->arena, sizeof *word);
            if (!word) return status ? status : fail(builder->error, NO_MEMORY, "out of memory");
            *word = (struct word){.form = start, .stem = {start}, .stem_count = 1, .kind = TOKEN_WORD};
            side->words = word, side->count = 1;
            return OK;
        }
    }
    status = line_of(&words, &count, builder, node);
    if (status || !count) return status;
    status = place_terms(&place, builder, &words[0]);
    if (!status) status = parts_add(builder, &side->places, place);
    if (!status && count > 1) {
        status = phrase_query(&extra, builder, words, count);
        if (!status) status = parts_add(builder, &side->extras, extra);
    }
    if (!status && (node->kind == SYNTAX_EXACT || node->exact)) {
        status = exact_forms(&extra, builder, words, count);
        if (!status) status = parts_add(builder, &side->extras, extra);
    }
    side->words = words, side->count = 1;
    return status;
}

static enum status build_side(struct side *side, struct builder *builder, const struct syntax_node *node)
{
    if (node->kind != SYNTAX_OR) return side_of_leaf(side, builder, node);
    enum status status = OK;
    struct word *words = arena_take(builder->arena, (node->count + 1) * sizeof *words);
    if (!words) return fail(builder->error, NO_MEMORY, "out of memory while reading the query");
    size_t count = 0;
    for (const struct syntax_node *child = node->child; !status && child; child = child->next) {
        struct side one = {.places = side->places};
        status = side_of_leaf(&one, builder, child);
        side->places = one.places;
        parts_release(&one.extras); /* what one alternative needs besides cannot hold for the others */
        if (!status && one.count) words[count++] = one.words[0];
    }
    side->words = words, side->count = count;
    return status;
}

/* Evidence of a side as one word whose stems are those of its alternatives. */
static struct word merged(const struct side *side)
{
    struct word word = side->words[0];
    for (size_t i = 1; i < side->count; i++)
        for (size_t k = 0; k < side->words[i].stem_count && word.stem_count < WORD_STEMS_MAX; k++)
            word.stem[word.stem_count++] = side->words[i].stem[k];
    return word;
}

enum status build_near(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    struct parts places = {0}, extras = {0};
    struct xc_query *near = NULL, *others = NULL;
    struct word *evidence = arena_take(builder->arena, (node->count + 1) * sizeof *evidence);
    size_t count = 0;
    enum status status = evidence ? OK : fail(builder->error, NO_MEMORY, "out of memory while reading the query");
    for (const struct syntax_node *child = node->child; !status && child; child = child->next) {
        enum syntax_field outer = builder->field;
        const struct syntax_node *leaf = child;
        if (child->kind == SYNTAX_FIELD) {
            if (syntax_field_is_name(child->field))
                status = fail_at(builder->error, UNSUPPORTED, child->range.start,
                                 "this index has no names: %s: finds nothing in it", syntax_field_name(child->field));
            builder->field = child->field;
            leaf = child->child;
        }
        struct side side = {0};
        struct xc_query *place = NULL;
        if (!status) status = build_side(&side, builder, leaf);
        if (!status) status = parts_combine(&place, builder, &side.places, XC_OR, 0);
        if (!status) status = parts_add(builder, &places, place);
        for (size_t i = 0; !status && i < side.extras.count; i++) {
            status = parts_add(builder, &extras, side.extras.items[i]);
            side.extras.items[i] = NULL;
        }
        if (!status && side.count) evidence[count++] = merged(&side);
        parts_release(&side.places);
        parts_release(&side.extras);
        builder->field = outer;
    }
    bool ordered = node->kind == SYNTAX_ADJ;
    uint32_t window = count > 1 ? (uint32_t)(count - 1) * node->distance + 1 : 1;
    if (!status) status = parts_combine(&near, builder, &places, ordered ? XC_PHRASE : XC_NEAR, window);
    if (!status) status = parts_combine(&others, builder, &extras, XC_AND, 0);
    if (!status) {
        status = combine_two(out, builder, XC_AND, near, others);
    } else {
        xc_query_free(near);
    }
    parts_release(&places);
    parts_release(&extras);
    return status ? status : add_evidence(builder, builder->items++, evidence, count, ordered, window, EVIDENCE_STEM);
}

static enum status date_term(struct xc_query **out, struct builder *builder, const char *prefix, uint32_t number,
                             int digits)
{
    char text[16];
    int length = snprintf(text, sizeof text, "%0*u", digits, (unsigned)number);
    return term_query(out, builder, prefix, (struct span){text, (size_t)length}, 1);
}

enum status build_range(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    char since[16], until[16];
    struct xc_error cause = {0};
    if (node->undated) return term_query(out, builder, TERM_UNDATED, (struct span){NULL, 0}, 1);
    if (node->since == node->until) return date_term(out, builder, PREFIX_DAY, node->since, 8);
    if (node->since && node->until - node->since == 1231 - 101 && node->since % 10000 == 101)
        return date_term(out, builder, PREFIX_YEAR, node->since / 10000, 4);
    snprintf(since, sizeof since, "%08u", node->since ? (unsigned)node->since : 1u);
    snprintf(until, sizeof until, "%08u", node->until ? (unsigned)node->until : 99999999u);
    return build_failure(builder, xc_query_value_range(out, SLOT_DATE, since, 8, until, 8, &cause), &cause);
}

enum status build_value(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    struct buffer lower;
    const char *prefix = builder->field == FIELD_LANGUAGE ? PREFIX_LANGUAGE
                         : builder->field == FIELD_TYPE   ? PREFIX_TYPE
                         : builder->field == FIELD_ID     ? PREFIX_ID
                         : builder->field == FIELD_PATH   ? PREFIX_FILE
                                                          : NULL;
    if (!prefix)
        return fail_at(builder->error, UNSUPPORTED, node->range.start, "%s: cannot be searched (search its words)",
                       syntax_field_name(builder->field));
    if (builder->field == FIELD_ID || builder->field == FIELD_PATH)
        return term_query(out, builder, prefix, node->text, 1);
    buffer_init(&lower, SYNTAX_BYTES_MAX);
    enum status status = fold(&lower, node->text);
    if (status)
        status = fail(builder->error, status, "out of memory while reading the query");
    else
        status = term_query(out, builder, prefix, buffer_span(&lower), 1);
    buffer_release(&lower);
    return status;
}
