/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/request.h"

#include "searcher/facets.h"

#include <stdlib.h>
#include <string.h>

enum {
    FACET_VALUES_DEFAULT = 8, /* values: a line of a terminal each */
    RECENT_DAYS_MAX = 1000000 /* days: beyond, age makes no difference */
};

bool request_ranking(struct search_request *request, const struct command_line *line, enum match_mode match,
                     int *status)
{
    static const char *const modes[] = {[MATCH_AUTO] = "auto", [MATCH_ALL] = "all", [MATCH_ANY] = "any", NULL};
    const char *scheme = option_value(line, "rank");
    struct error error;
    size_t mode = match, days = 0;
    *status = EXIT_USAGE;
    if (!option_choice(&mode, line, "match", modes) || !option_number(&days, line, "recent", 1, RECENT_DAYS_MAX))
        return false;
    request->match = (enum match_mode)mode;
    request->language = option_value(line, "language");
    request->expand = option_given(line, "expand");
    request->half_life = (double)days;
    if (scheme && strcmp(scheme, "list") == 0) {
        ranking_list(stdout);
        *status = finish_output(EXIT_DONE);
        return false;
    }
    if (scheme && ranking_parse(&request->ranking, span_of(scheme), &error)) {
        *status = exit_with(&error);
        return false;
    }
    return true;
}

static bool parse_facet(struct facet_request *out, struct span item)
{
    const char *colon = item.length ? memchr(item.data, ':', item.length) : NULL;
    size_t name_length = colon ? (size_t)(colon - item.data) : item.length;
    enum facet_kind kind = facet_named((struct span){item.data, name_length});
    if (kind == FACET_COUNT) {
        struct buffer list;
        buffer_init(&list, ERROR_BYTES_MAX);
        for (int i = 0; i < FACET_COUNT; i++) buffer_printf(&list, "%s%s", i ? ", " : "", facet_kinds[i].name);
        complain("there is no facet '%.*s' (there are: %s)", (int)name_length, item.data, list.data);
        buffer_release(&list);
        return false;
    }
    *out = (struct facet_request){kind, FACET_VALUES_DEFAULT};
    if (!colon) return true;
    char digits[16] = "";
    struct span number = span_cut(item, name_length + 1, item.length);
    if (number.length && number.length < sizeof digits) memcpy(digits, number.data, number.length);
    char *end;
    unsigned long values = strtoul(digits, &end, 10);
    if (!digits[0] || *end || digits[0] == '-' || values > FACET_VALUES_MAX) {
        complain("--facets %.*s: the number of values is a whole number up to %d", (int)item.length, item.data,
                 FACET_VALUES_MAX);
        return false;
    }
    out->values = values;
    return true;
}

bool request_facets(struct facet_request facets[FACETS_MAX], size_t *count, const char *text)
{
    *count = 0;
    if (!text) {
        for (int i = 0; i < FACET_COUNT; i++)
            facets[(*count)++] = (struct facet_request){(enum facet_kind)i, FACET_VALUES_DEFAULT};
        return true;
    }
    struct span rest = span_of(text);
    if (!rest.length || span_equal(rest, SPAN("none"))) return true;
    while (rest.length) {
        const char *comma = memchr(rest.data, ',', rest.length);
        struct span item = {rest.data, comma ? (size_t)(comma - rest.data) : rest.length};
        rest = span_cut(rest, item.length + (comma ? 1 : 0), rest.length);
        if (*count == FACETS_MAX) {
            complain("--facets takes at most %d facets", FACETS_MAX);
            return false;
        }
        if (!parse_facet(&facets[(*count)++], item)) return false;
    }
    return true;
}
