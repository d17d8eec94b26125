/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/rescore.h"

#include "searcher/match.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of the score, for a document of the newest day: enough to order documents that say about the same, too little to
 * bring one up that has the words once beside one that is about them. */
static const double RECENCY_SHARE = 0.3;

static double share_of(double age, double half_life)
{
    return RECENCY_SHARE * exp2(-age / half_life);
}

/* Days since the first of March of the year 0, of "YYYYMMDD". False for anything else. (Days from civil, after
 * H. Hinnant's description of the proleptic Gregorian calendar.) */
static bool day_number(double *out, struct xc_bytes date)
{
    int part[3] = {0}, digits[3] = {4, 2, 2};
    if (date.length != 8) return false;
    for (int i = 0, at = 0; i < 3; i++)
        for (int k = 0; k < digits[i]; k++, at++) {
            if (date.data[at] < '0' || date.data[at] > '9') return false;
            part[i] = 10 * part[i] + (date.data[at] - '0');
        }
    int year = part[1] <= 2 ? part[0] - 1 : part[0], month = (part[1] + 9) % 12;
    *out = 365.0 * year + floor(year / 4.0) - floor(year / 100.0) + floor(year / 400.0) + (153 * month + 2) / 5 +
           part[2] - 1;
    return true;
}

static enum status newest_day(double *out, bool *dated, struct reader *reader, struct error *error)
{
    struct xc_bytes low, high;
    struct xc_error cause = {0};
    enum xc_status status = xc_database_value_bounds(&low, &high, reader->database, SLOT_DATE, &cause);
    if (status) return reader_failure(error, status, &cause, reader->path);
    *dated = day_number(out, high);
    return OK;
}

static enum status bonus_of(double *bonus, struct reader *reader, double newest, double half_life, uint32_t docid,
                            double score, struct error *error)
{
    struct xc_document *document = NULL;
    struct xc_error cause = {0};
    struct xc_bytes date = {"", 0};
    double day;
    enum xc_status status = xc_database_known_document(&document, reader->database, docid, &cause);
    if (!status) status = xc_document_value(&date, document, SLOT_DATE, &cause);
    if (!status) {
        double age = day_number(&day, date) ? newest - day : half_life;
        *bonus = score * share_of(age < 0 ? 0 : age, half_life);
    }
    xc_document_free(document);
    return reader_failure(error, status, &cause, reader->path);
}

enum status rescore_recency(double *bonus, struct reader *reader, double half_life, uint32_t docid, double score,
                            struct error *error)
{
    double newest;
    bool dated;
    *bonus = 0;
    enum status status = newest_day(&newest, &dated, reader, error);
    if (status || !dated) return status;
    return bonus_of(bonus, reader, newest, half_life, docid, score, error);
}

/* A match with its bonuses while they are sorted. */
struct item {
    struct match match;
    double part[RESCORE_PARTS];
    size_t kept; /* its place among those kept in front; SIZE_MAX for the others */
};

static int by_score(const void *a, const void *b)
{
    const struct item *left = a, *right = b;
    if (left->kept != right->kept) return left->kept < right->kept ? -1 : 1;
    if (left->match.score != right->match.score) return left->match.score < right->match.score ? 1 : -1;
    return (left->match.docid > right->match.docid) - (left->match.docid < right->match.docid);
}

/* Raises what is kept in front to the scores it has to have there. */
static void raise_kept(struct item *items, size_t count)
{
    for (size_t i = count; i-- > 0;) {
        if (i + 1 >= count || items[i].kept == SIZE_MAX || items[i].match.score >= items[i + 1].match.score) continue;
        items[i].part[RESCORE_KEPT] = items[i + 1].match.score - items[i].match.score;
        items[i].match.score = items[i + 1].match.score;
    }
}

enum status rescore(struct match *matches, size_t count, double (*parts)[RESCORE_PARTS], struct reader *reader,
                    const struct rescoring *rescoring, struct error *error)
{
    double newest = 0;
    bool dated = false;
    enum status status = OK;
    struct item *items = calloc(count + 1, sizeof *items);
    if (!items) return fail(error, NO_MEMORY, "out of memory for %zu hits", count);
    if (rescoring->half_life > 0) status = newest_day(&newest, &dated, reader, error);
    for (size_t i = 0; !status && i < count; i++) {
        struct item *item = &items[i];
        double *recency = &item->part[RESCORE_RECENCY];
        item->match = matches[i];
        item->kept = SIZE_MAX;
        for (size_t k = 0; k < rescoring->kept_count; k++)
            if (rescoring->kept[k] == matches[i].docid) item->kept = k;
        if (!dated) continue;
        status = bonus_of(recency, reader, newest, rescoring->half_life, matches[i].docid, matches[i].score, error);
        if (!status) item->match.score += *recency;
    }
    if (!status) {
        qsort(items, count, sizeof *items, by_score);
        raise_kept(items, count);
        for (size_t i = 0; i < count; i++) {
            matches[i] = items[i].match;
            if (parts) memcpy(parts[i], items[i].part, sizeof items[i].part);
        }
    }
    free(items);
    return status;
}
