/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of measures as the Python library ir_measures writes them: NAME(key=value,…)@cutoff. */
#include "searcher/eval/lines.h"
#include "searcher/eval/measures/functions.h"
#include "searcher/eval/selection.h"

#include <stdlib.h>
#include <string.h>

#define WHOLE_RANKING 1e9 /* a cut below any ranking */

/* What '@' means for a measure. */
enum cut_meaning { CUT_NEVER, CUT_PARAMETER, CUT_DEPTH, CUT_POINT };

/* Measures trec_eval does not have. */
static const struct measure JUDGED = {"Judged",     measure_judged, NEEDS_QRELS, TAKES_CUTS, VALUE_SCORE,
                                      SUMMARY_MEAN, NULL,           0,           ""};
static const struct measure NDCG_EXPONENTIAL = {
    "nDCG", measure_ndcg_exponential, NEEDS_QRELS, TAKES_CUTS, VALUE_SCORE, SUMMARY_MEAN, NULL, 0, ""};
static const struct measure RANK_BIASED = {
    "RBP", measure_rank_biased_binary, NEEDS_QRELS, TAKES_PAIRS, VALUE_SCORE, SUMMARY_MEAN, NULL, 0, ""};
static const struct measure EXPECTED_RANK = {
    "ERR", measure_expected_reciprocal_rank, NEEDS_QRELS, TAKES_CUTS, VALUE_SCORE, SUMMARY_MEAN, NULL, 0, ""};

struct ir_name {
    const char *name;
    const char *plain; /* trec_eval's measure without a cut; NULL when there is none or it is one of those above */
    const char *cut;   /* with a cut */
    const struct measure *own;
    enum cut_meaning meaning;
    bool needs_cut;
    const char *keys; /* the keys it takes besides cutoff */
    const char *explanation;
};

static const struct ir_name NAMES[] = {
    {"nDCG", "ndcg", "ndcg_cut", NULL, CUT_PARAMETER, false, "dcg judged_only",
     "normalised discounted cumulated gain; dcg='exp-log2' makes a grade g worth 2^g - 1"},
    {"NDCG", "ndcg", "ndcg_cut", NULL, CUT_PARAMETER, false, "dcg judged_only", NULL},
    {"AP", "map", "map_cut", NULL, CUT_PARAMETER, false, "rel judged_only", "average precision"},
    {"MAP", "map", "map_cut", NULL, CUT_PARAMETER, false, "rel judged_only", NULL},
    {"P", NULL, "P", NULL, CUT_PARAMETER, true, "rel judged_only", "precision"},
    {"Precision", NULL, "P", NULL, CUT_PARAMETER, true, "rel judged_only", NULL},
    {"R", NULL, "recall", NULL, CUT_PARAMETER, true, "rel judged_only", "recall"},
    {"Recall", NULL, "recall", NULL, CUT_PARAMETER, true, "rel judged_only", NULL},
    {"RR", "recip_rank", "recip_rank", NULL, CUT_DEPTH, false, "rel judged_only", "reciprocal rank"},
    {"MRR", "recip_rank", "recip_rank", NULL, CUT_DEPTH, false, "rel judged_only", NULL},
    {"Rprec", "Rprec", NULL, NULL, CUT_NEVER, false, "rel judged_only", "precision after R documents"},
    {"RPrec", "Rprec", NULL, NULL, CUT_NEVER, false, "rel judged_only", NULL},
    {"Bpref", "bpref", NULL, NULL, CUT_NEVER, false, "rel", "bpref"},
    {"BPref", "bpref", NULL, NULL, CUT_NEVER, false, "rel", NULL},
    {"infAP", "infAP", NULL, NULL, CUT_NEVER, false, "rel", "inferred average precision"},
    {"IPrec", NULL, "iprec_at_recall", NULL, CUT_POINT, true, "rel judged_only", "interpolated precision at a recall"},
    {"Success", NULL, "success", NULL, CUT_PARAMETER, true, "rel judged_only", "a relevant document was found"},
    {"Judged", NULL, NULL, &JUDGED, CUT_PARAMETER, false, "", "share of the documents that were judged"},
    {"ERR", NULL, NULL, &EXPECTED_RANK, CUT_PARAMETER, false, "", "expected reciprocal rank, grades up to 4"},
    {"RBP", NULL, NULL, &RANK_BIASED, CUT_DEPTH, false, "rel p",
     "rank-biased precision over binary relevance (rel must be given); p is 0.8"},
    {"SetP", "set_P", NULL, NULL, CUT_NEVER, false, "rel relative judged_only", "precision of the set"},
    {"SetRelP", "set_relative_P", NULL, NULL, CUT_NEVER, false, "rel judged_only", "relative precision of the set"},
    {"SetR", "set_recall", NULL, NULL, CUT_NEVER, false, "rel", "recall of the set"},
    {"SetF", "set_F", NULL, NULL, CUT_NEVER, false, "rel beta judged_only", "F of the set"},
    {"SetAP", "set_map", NULL, NULL, CUT_NEVER, false, "rel judged_only", "precision times recall of the set"},
    {"NumQ", "num_q", NULL, NULL, CUT_NEVER, false, "", "number of topics"},
    {"NumRet", "num_ret", NULL, NULL, CUT_NEVER, false, "rel", "documents retrieved (of grade rel or more)"},
    {"NumRelRet", "num_rel_ret", NULL, NULL, CUT_NEVER, false, "rel", "relevant documents retrieved"},
    {"NumRel", "num_rel", NULL, NULL, CUT_NEVER, false, "rel", "relevant documents"},
};

/* Known to ir_measures, and not offered. */
static const char *const ELSEWHERE[] = {"Accuracy", "BPM",    "Compat", "ERR_IA", "nERR_IA", "alpha_DCG", "alpha_nDCG",
                                        "AP_IA",    "P_IA",   "MAP_IA", "INST",   "INSQ",    "NERR8",     "NERR9",
                                        "NERR10",   "NERR11", "NRBP",   "nNRBP",  "SDCG",    "StRecall"};

struct parser {
    const struct ir_name *row;
    struct selected *out;
    struct error *error;
    const char *text;
    double number; /* beta, p or the cut */
    bool has_number, has_cut, exponential, relative;
    double cut;
};

static enum status complain(const struct parser *parser, const char *what)
{
    return fail(parser->error, INVALID, "measure '%s': %s", parser->text, what);
}

static bool takes_key(const struct ir_name *row, struct span key)
{
    struct span keys[8];
    size_t count = fields_split(span_of(row->keys), keys, 8, NULL);
    for (size_t i = 0; i < count; i++)
        if (span_equal(keys[i], key)) return true;
    return false;
}

static enum status read_cut(struct parser *parser, struct span value)
{
    long whole;
    if (parser->row->meaning == CUT_NEVER) return complain(parser, "takes no cutoff");
    if (parser->row->meaning == CUT_POINT) {
        if (number_parse(value, &parser->cut) != NUMBER_GOOD || parser->cut < 0 || parser->cut > 1)
            return complain(parser, "needs a recall from 0 to 1 after the '@'");
    } else {
        if (!integer_parse(value, 1, (long)WHOLE_RANKING, &whole))
            return complain(parser, "needs a whole number above 0 after the '@'");
        parser->cut = (double)whole;
    }
    parser->has_cut = true;
    return OK;
}

static enum status read_bool(struct parser *parser, struct span value, bool *out)
{
    *out = span_equal(value, SPAN("True"));
    return *out || span_equal(value, SPAN("False")) ? OK : complain(parser, "takes True or False there");
}

static enum status read_key(struct parser *parser, struct span key, struct span value)
{
    struct selected *out = parser->out;
    if (value.length >= 2 && (value.data[0] == '\'' || value.data[0] == '"') &&
        value.data[value.length - 1] == value.data[0])
        value = span_cut(value, 1, value.length - 1);
    if (span_equal(key, SPAN("cutoff")) || (span_equal(key, SPAN("recall")) && parser->row->meaning == CUT_POINT))
        return read_cut(parser, value);
    if (!takes_key(parser->row, key)) return complain(parser, "takes no such parameter");
    if (span_equal(key, SPAN("rel"))) {
        if (!integer_parse(value, -GRADE_MAX, GRADE_MAX, &out->level)) return complain(parser, "rel is a whole number");
        out->has_level = true;
        return OK;
    }
    if (span_equal(key, SPAN("judged_only"))) return read_bool(parser, value, &out->judged_only);
    if (span_equal(key, SPAN("relative"))) return read_bool(parser, value, &parser->relative);
    if (span_equal(key, SPAN("dcg"))) {
        parser->exponential = span_equal(value, SPAN("exp-log2"));
        return parser->exponential || span_equal(value, SPAN("log2")) ? OK
                                                                      : complain(parser, "dcg is 'log2' or 'exp-log2'");
    }
    if (number_parse(value, &parser->number) != NUMBER_GOOD) return complain(parser, "needs a number there");
    parser->has_number = true;
    return OK;
}

static enum status read_keys(struct parser *parser, struct span keys)
{
    keys = span_trim(keys);
    while (keys.length) {
        const char *comma = memchr(keys.data, ',', keys.length);
        size_t length = comma ? (size_t)(comma - keys.data) : keys.length;
        struct span one = span_trim(span_cut(keys, 0, length));
        const char *equals = one.length ? memchr(one.data, '=', one.length) : NULL;
        if (!equals) return complain(parser, "parameters are written key=value, with commas between");
        size_t at = (size_t)(equals - one.data);
        enum status status =
            read_key(parser, span_trim(span_cut(one, 0, at)), span_trim(span_cut(one, at + 1, one.length)));
        if (status != OK) return status;
        keys = span_cut(keys, comma ? length + 1 : length, keys.length);
    }
    return OK;
}

static enum status set_numbers(struct parser *parser, double number)
{
    parser->out->numbers = malloc(sizeof *parser->out->numbers);
    if (!parser->out->numbers) return fail(parser->error, NO_MEMORY, "out of memory choosing measures");
    parser->out->numbers[0] = number;
    parser->out->parameters = (struct parameters){.numbers = parser->out->numbers, .count = 1};
    return OK;
}

static enum status set_persistence(struct parser *parser)
{
    struct selected *out = parser->out;
    if (!out->has_level) return complain(parser, "needs rel, as in RBP(rel=1); trec_eval's rbp has graded gains");
    if (!parser->has_number) return OK;
    out->pairs = calloc(1, sizeof *out->pairs);
    if (!out->pairs || !(out->pairs[0].name = strdup("p")))
        return fail(parser->error, NO_MEMORY, "out of memory choosing measures");
    out->pairs[0].value = parser->number;
    out->parameters = (struct parameters){.pairs = out->pairs, .pair_count = 1};
    return OK;
}

/* Turns what was read into a row of the table and its parameters. */
static enum status choose(struct parser *parser)
{
    const struct ir_name *row = parser->row;
    struct selected *out = parser->out;
    if (row->needs_cut && !parser->has_cut) return complain(parser, "needs a cutoff, as in P@10");
    out->measure = row->own                                             ? row->own
                   : parser->has_cut && row->cut                        ? measure_find(row->cut)
                   : parser->relative                                   ? measure_find("set_relative_P")
                   : out->has_level && strcmp(row->name, "NumRet") == 0 ? measure_find("num_rel_ret")
                                                                        : measure_find(row->plain);
    if (parser->exponential) out->measure = &NDCG_EXPONENTIAL;
    if (row->meaning == CUT_DEPTH && parser->has_cut) out->depth = (size_t)parser->cut;
    out->viewed = out->has_level || out->judged_only || out->depth != SIZE_MAX;
    if (out->measure == &RANK_BIASED) return set_persistence(parser);
    if (out->measure->takes == TAKES_CUTS || out->measure->takes == TAKES_POINTS)
        return set_numbers(parser, parser->has_cut ? parser->cut : WHOLE_RANKING);
    if (parser->has_number) return set_numbers(parser, parser->number);
    out->parameters = (struct parameters){.numbers = out->measure->defaults, .count = out->measure->default_count};
    return OK;
}

static char *without_spaces(const char *text)
{
    char *copy = strdup(text), *to = copy;
    if (!copy) return NULL;
    for (const char *at = text; *at; at++)
        if (*at != ' ') *to++ = *at;
    *to = '\0';
    return copy;
}

enum status selection_parse_ir(struct selected *out, const char *name, struct error *error)
{
    struct span base = {name, strcspn(name, "(@")};
    struct parser parser = {.out = out, .error = error, .text = name};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (span_equal(base, span_of(NAMES[i].name))) parser.row = &NAMES[i];
    for (size_t i = 0; i < sizeof ELSEWHERE / sizeof *ELSEWHERE; i++)
        if (span_equal(base, span_of(ELSEWHERE[i])))
            return fail(error, UNSUPPORTED, "measure '%s' of ir_measures is not offered (-h lists those that are)",
                        name);
    if (!parser.row) return NOT_FOUND;
    out->label = without_spaces(name);
    if (!out->label) return fail(error, NO_MEMORY, "out of memory choosing measures");
    const char *at = name + base.length;
    enum status status = OK;
    if (*at == '(') {
        const char *close = strrchr(at, ')');
        if (!close) return complain(&parser, "has no ')'");
        status = read_keys(&parser, (struct span){at + 1, (size_t)(close - at - 1)});
        at = close + 1;
    }
    if (status == OK && *at == '@') {
        status = read_cut(&parser, span_of(at + 1));
    } else if (status == OK && *at) {
        status = complain(&parser, "is written NAME(key=value)@cutoff");
    }
    return status == OK ? choose(&parser) : status;
}

enum status selection_list_ir(struct buffer *out)
{
    enum status status = OK;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES && status == OK; i++)
        if (NAMES[i].explanation)
            status = buffer_printf(out, "%s%s%s%s%s\n    %s\n", NAMES[i].name, NAMES[i].keys[0] ? "(" : "",
                                   NAMES[i].keys, NAMES[i].keys[0] ? ")" : "",
                                   NAMES[i].meaning == CUT_NEVER ? ""
                                   : NAMES[i].needs_cut          ? "@cutoff"
                                                                 : "[@cutoff]",
                                   NAMES[i].explanation);
    return status;
}
