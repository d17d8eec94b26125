/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Measures over preferences between documents: Carterette, Bennett, Chickering & Dumais 2008, "Here or there:
 * preference judgments for relevance", and trec_eval's variants by what of a pair was retrieved. */
#include "searcher/eval/measures/functions.h"

/* Which pairs are looked at: those with both documents retrieved, with one at least, or all. */
enum reach { BOTH, IMPLIED, ALL };

static size_t kept(const struct preference_group *group, enum reach reach)
{
    return group->kept_both + (reach == BOTH ? 0 : group->kept_one);
}

static size_t possible(const struct preference_group *group, enum reach reach)
{
    return group->possible_both + (reach == BOTH ? 0 : group->possible_one) + (reach == ALL ? group->possible_none : 0);
}

static size_t add(const struct preferences *preferences, enum reach reach,
                  size_t (*what)(const struct preference_group *, enum reach))
{
    size_t sum = 0;
    for (size_t i = 0; i < preferences->group_count; i++) sum += what(&preferences->groups[i], reach);
    return sum;
}

MEASURE(pairs_possible)
{
    (void)parameters;
    values[0] = (double)add(input->preferences, ALL, possible);
    return OK;
}

MEASURE(pairs_kept)
{
    (void)parameters;
    values[0] = (double)add(input->preferences, ALL, kept);
    return OK;
}

MEASURE(pairs_kept_both)
{
    (void)parameters;
    values[0] = (double)add(input->preferences, BOTH, kept);
    return OK;
}

static double ratio(const struct preferences *preferences, enum reach reach)
{
    size_t all = add(preferences, reach, possible);
    return all ? (double)add(preferences, reach, kept) / (double)all : 0;
}

/* The share of votes the ranking keeps, by pair of documents, averaged over the pairs. */
static double average(const struct preferences *preferences, enum reach reach)
{
    size_t judged = preferences->judged, retrieved = preferences->judged_retrieved, pairs = 0;
    double sum = 0;
    /* both retrieved first, then one: the order in which trec_eval adds */
    for (int pass = BOTH; pass <= (int)reach; pass++)
        for (size_t first = 0; first < judged; first++) {
            if (pass != ALL && first >= retrieved) break;
            if (pass == ALL && first < retrieved) continue;
            size_t from = pass == IMPLIED ? retrieved : first + 1, to = pass == BOTH ? retrieved : judged;
            for (size_t last = from; last < to; last++) {
                double for_it = preferences->votes[first * judged + last];
                double against = preferences->votes[last * judged + first];
                if (for_it + against == 0) continue;
                pairs++;
                if (pass != ALL) sum += for_it / (for_it + against);
            }
        }
    return pairs ? sum / (double)pairs : 0;
}

/* The ratio by judge, averaged over the judges. */
static double judges(const struct preferences *preferences, enum reach reach)
{
    double sum = 0;
    for (size_t i = 0; i < preferences->group_count; i++) {
        size_t all = possible(&preferences->groups[i], reach);
        if (all) sum += (double)kept(&preferences->groups[i], reach) / (double)all;
    }
    return sum > 0 ? sum / (double)preferences->group_count : 0;
}

#define BY_REACH(what)                                                                                                 \
    MEASURE(pairs_##what##_both)                                                                                       \
    {                                                                                                                  \
        (void)parameters;                                                                                              \
        values[0] = what(input->preferences, BOTH);                                                                    \
        return OK;                                                                                                     \
    }                                                                                                                  \
    MEASURE(pairs_##what##_implied)                                                                                    \
    {                                                                                                                  \
        (void)parameters;                                                                                              \
        values[0] = what(input->preferences, IMPLIED);                                                                 \
        return OK;                                                                                                     \
    }                                                                                                                  \
    MEASURE(pairs_##what)                                                                                              \
    {                                                                                                                  \
        (void)parameters;                                                                                              \
        values[0] = what(input->preferences, ALL);                                                                     \
        return OK;                                                                                                     \
    }

BY_REACH(ratio)
BY_REACH(average)
BY_REACH(judges)

struct tally {
    size_t kept, possible;
};

static void tally(struct tally *tally, size_t better, size_t worse, size_t retrieved)
{
    tally->possible++;
    if (better < worse && better < retrieved) tally->kept++;
}

/* Counts a list's pairs again with no more than [quota] documents of level 0. In trec_eval the documents of level 0
 * are also weighed against the quota itself, so they are here. With [both] only retrieved documents are looked at. */
static struct tally recount_list(const struct preference_group *group, size_t retrieved, size_t quota, bool both)
{
    struct tally result = {0};
    const struct preference_item *items = group->items;
    size_t zero = group->item_count; /* where the last level begins */
    while (zero && items[zero - 1].level == items[group->item_count - 1].level) zero--;
    for (size_t i = 0; i < group->item_count; i++) {
        if (both && items[i].place >= retrieved) continue;
        for (size_t k = i + 1; k < zero; k++)
            if (items[k].level != items[i].level && !(both && items[k].place >= retrieved))
                tally(&result, items[i].place, items[k].place, retrieved);
        for (size_t k = zero; k < group->item_count && k < zero + quota; k++)
            if (!(both && items[k].place >= retrieved)) tally(&result, items[i].place, items[k].place, retrieved);
    }
    return result;
}

static struct tally recount_matrix(const struct preference_group *group, const struct preferences *preferences,
                                   bool both)
{
    struct tally result = {0};
    size_t judged = preferences->judged, retrieved = preferences->judged_retrieved, seen = 0, first = 0;
    size_t side = both ? retrieved : judged;
    for (; first < side; first++)
        if (group->levels[first] == 0 && ++seen > group->relevant) break; /* the first document left out */
    for (size_t better = 0; better < side; better++) {
        if (better >= first && group->levels[better] == 0) continue;
        for (size_t worse = 0; worse < side; worse++)
            if (!(worse >= first && group->levels[worse] == 0) && group->matrix[better * judged + worse])
                tally(&result, better, worse, retrieved);
    }
    return result;
}

/* As judges, with as many documents of level 0 as relevant ones, so that long lists of bad documents do not decide:
 * missing ones are made up as kept pairs, those in excess are left out from the end of the ranking. */
static double balanced(const struct preferences *preferences, bool both)
{
    double sum = 0;
    for (size_t i = 0; i < preferences->group_count; i++) {
        const struct preference_group *group = &preferences->groups[i];
        size_t relevant = both ? group->relevant_retrieved : group->relevant;
        size_t other = both ? group->other_retrieved : group->other;
        struct tally result;
        if (relevant >= other) {
            enum reach reach = both ? BOTH : ALL;
            result.kept = kept(group, reach) + group->relevant_retrieved * (relevant - other);
            result.possible = possible(group, reach) + group->relevant * (relevant - other);
        } else if (group->matrix) {
            result = recount_matrix(group, preferences, both);
        } else {
            result = recount_list(group, preferences->judged_retrieved, relevant, both);
        }
        sum += (double)result.kept / (double)result.possible; /* 0/0 spoils the sum, and the topic gets 0 */
    }
    return sum > 0 ? sum / (double)preferences->group_count : 0;
}

MEASURE(pairs_judges_balanced)
{
    (void)parameters;
    values[0] = balanced(input->preferences, false);
    return OK;
}

MEASURE(pairs_judges_balanced_both)
{
    (void)parameters;
    values[0] = balanced(input->preferences, true);
    return OK;
}
